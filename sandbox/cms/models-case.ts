import { filters as f } from './filters.ts'
import { initials, personName } from './model-parts.ts'
import type { Model, Row } from './types.ts'

const text = 'text'
const bool = 'bool'

/** The value of the list entry marked primary, else of the first, else null. */
function primary(row: Row, list: string, attr: string): string | null {
  const entries = row.lists[list] ?? []
  const found = entries.find((entry) => entry.attrs.primary === true) ?? entries[0]
  const value = found?.attrs[attr]
  return typeof value === 'string' ? value : null
}

const amount = (row: Row, name: string): number => Number(row.attrs[name] ?? 0)

function due(row: Row): number {
  return row.attrs.state === 'void' || row.attrs.state === 'deleted'
    ? 0
    : Math.round((amount(row, 'total') - amount(row, 'paid')) * 100) / 100
}

const BILL_STATES = ['draft', 'awaiting_approval', 'awaiting_payment', 'paid', 'void', 'deleted'] as const
export const contact: Model = {
  name: 'contact',
  path: 'contacts',
  attrs: {
    type: ['Person', 'Company'],
    first_name: text,
    middle_name: text,
    last_name: text,
    name: text,
    prefix: text,
    title: text,
    initials: text,
    date_of_birth: 'date',
    is_client: bool,
    primary_email_address: text,
    secondary_email_address: text,
    primary_phone_number: text,
    secondary_phone_number: text,
  },
  computed: {
    name: personName,
    initials,
    primary_email_address: (row) => primary(row, 'email_addresses', 'address'),
    secondary_email_address: (row) => (row.lists.email_addresses?.[1]?.attrs.address as string) ?? null,
    primary_phone_number: (row) => primary(row, 'phone_numbers', 'number'),
    secondary_phone_number: (row) => (row.lists.phone_numbers?.[1]?.attrs.number as string) ?? null,
  },
  links: { company: 'contact' },
  lists: {
    email_addresses: 'email_address',
    phone_numbers: 'phone_number',
    addresses: 'address',
    custom_field_values: 'custom_field_value',
  },
  summary: ['id', 'etag', 'name', 'first_name', 'last_name', 'type'],
  filters: {
    type: f.attr('type'),
    client_only: f.boolAttr('is_client'),
    query: f.search(['first_name', 'last_name', 'name'], ['email_addresses', 'phone_numbers']),
  },
  orders: ['name'],
  write: {
    allowed: [
      'type',
      'first_name',
      'middle_name',
      'last_name',
      'name',
      'prefix',
      'title',
      'date_of_birth',
      'company',
      'email_addresses',
      'phone_numbers',
      'addresses',
      'custom_field_values',
    ],
    required: ['type'],
    controlRequired: [],
  },
  verbs: ['show', 'post', 'patch', 'delete'],
}

export const matter: Model = {
  name: 'matter',
  path: 'matters',
  attrs: {
    number: 'int',
    display_number: text,
    custom_number: text,
    description: text,
    status: ['Pending', 'Open', 'Closed'],
    location: text,
    client_reference: text,
    client_id: 'int',
    billable: bool,
    billing_method: ['flat', 'contingency', 'hourly'],
    open_date: 'date',
    close_date: 'date',
    pending_date: 'date',
    last_activity_date: 'date',
    matter_stage_updated_at: 'time',
  },
  computed: { client_id: (row) => (row.refs.client as number | undefined) ?? null },
  links: {
    client: 'contact',
    matter_stage: 'matter_stage',
    practice_area: 'practice_area',
    responsible_attorney: 'user',
    originating_attorney: 'user',
    statute_of_limitations: 'task',
  },
  lists: { custom_field_values: 'custom_field_value' },
  summary: ['id', 'etag', 'display_number', 'description', 'status'],
  filters: {
    client_id: f.ref('client'),
    status: f.attrIn('status'),
    practice_area_id: f.ref('practice_area'),
    responsible_attorney_id: f.ref('responsible_attorney'),
    originating_attorney_id: f.ref('originating_attorney'),
    query: f.search(['display_number', 'description'], []),
  },
  orders: ['display_number', 'open_date', 'close_date', 'pending_date', 'matter_stage_updated_at'],
  write: {
    allowed: [
      'client',
      'description',
      'status',
      'matter_stage',
      'practice_area',
      'responsible_attorney',
      'originating_attorney',
      'location',
      'client_reference',
      'billable',
      'open_date',
      'close_date',
      'pending_date',
      'display_number',
      'custom_field_values',
    ],
    required: ['client', 'description'],
  },
  verbs: ['show', 'post', 'patch', 'delete'],
}

export const calendarEntry: Model = {
  name: 'calendar_entry',
  path: 'calendar_entries',
  idType: 'string',
  attrs: {
    summary: text,
    description: text,
    location: text,
    start_at: 'time',
    end_at: 'time',
    all_day: bool,
    recurrence_rule: text,
    start_at_time_zone: text,
    court_rule: bool,
    permission: text,
  },
  links: {
    matter: 'matter',
    calendar_owner: 'calendar',
    calendar_entry_event_type: 'calendar_entry_event_type',
  },
  lists: { attendees: 'attendee', external_properties: 'external_property' },
  summary: ['id', 'etag', 'summary', 'start_at'],
  filters: {
    matter_id: f.ref('matter'),
    calendar_id: f.ref('calendar_owner'),
    from: f.timeFrom('end_at'),
    to: f.timeTo('start_at'),
    is_all_day: f.boolAttr('all_day'),
    external_property_name: f.property('name'),
    external_property_value: f.property('value'),
    query: f.search(['summary', 'description', 'location'], []),
  },
  write: {
    allowed: [
      'summary',
      'description',
      'location',
      'start_at',
      'end_at',
      'all_day',
      'recurrence_rule',
      'matter',
      'calendar_owner',
      'calendar_entry_event_type',
      'attendees',
      'external_properties',
    ],
    required: ['summary', 'start_at', 'end_at', 'calendar_owner'],
    controlRequired: ['summary', 'start_at'],
  },
  verbs: ['show', 'post', 'patch', 'delete'],
}

export const document: Model = {
  name: 'document',
  path: 'documents',
  attrs: {
    type: ['Document'],
    name: text,
    filename: text,
    content_type: text,
    size: 'int',
    locked: bool,
    received_at: 'time',
    deleted_at: 'time',
  },
  links: { matter: 'matter', contact: 'contact', document_category: 'document_category', creator: 'user' },
  lists: {
    latest_document_version: 'document_version',
    external_properties: 'external_property',
  },
  summary: ['id', 'etag', 'name'],
  filters: {
    matter_id: f.ref('matter'),
    contact_id: f.ref('contact'),
    document_category_id: f.ref('document_category'),
    external_property_name: f.property('name'),
    external_property_value: f.property('value'),
    query: f.search(['name', 'filename'], []),
  },
  orders: ['name', 'received_at'],
  write: {
    allowed: [
      'name',
      'filename',
      'content_type',
      'parent',
      'document_category',
      'received_at',
      'external_properties',
      'uuid',
      'fully_uploaded',
    ],
    required: ['name', 'parent'],
    controlRequired: ['name'],
  },
  verbs: ['show', 'post', 'patch', 'delete'],
}

export const bill: Model = {
  name: 'bill',
  path: 'bills',
  attrs: {
    number: text,
    subject: text,
    memo: text,
    type: ['MatterBill', 'ClientBill'],
    kind: ['revenue_kind', 'summary_kind', 'trust_kind'],
    state: BILL_STATES,
    issued_at: 'date',
    due_at: 'date',
    paid_at: 'time',
    last_sent_at: 'time',
    total: 'number',
    sub_total: 'number',
    paid: 'number',
    pending: 'number',
    due: 'number',
    balance: 'number',
  },
  computed: { due, balance: due, sub_total: (row) => amount(row, 'total') },
  links: { client: 'contact', user: 'user' },
  manyLinks: { matters: 'matter' },
  summary: ['id', 'etag', 'number', 'state', 'total'],
  filters: {
    client_id: f.ref('client'),
    matter_id: f.manyRef('matters'),
    state: f.attr('state'),
    issued_after: f.dateFrom('issued_at'),
    issued_before: f.dateTo('issued_at'),
    due_after: f.dateFrom('due_at'),
    due_before: f.dateTo('due_at'),
    query: f.search(['number', 'subject'], []),
  },
  orders: ['due_at', 'issued_at', 'paid_at'],
  write: {
    allowed: ['state', 'issued_at', 'due_at', 'memo', 'number', 'subject'],
    required: [],
    controlRequired: ['total'],
  },
  verbs: ['show', 'patch', 'delete'],
}

import { filters as f } from './filters.ts'
import { FIELD_TYPES, initials, personName } from './model-parts.ts'
import type { Model } from './types.ts'

const text = 'text'
const bool = 'bool'

export const task: Model = {
  name: 'task',
  path: 'tasks',
  attrs: {
    name: text,
    description: text,
    status: ['pending', 'in_progress', 'in_review', 'complete'],
    priority: ['High', 'Normal', 'Low'],
    due_at: 'date',
    permission: ['private', 'public'],
    completed_at: 'time',
    statute_of_limitations: bool,
    notify_completion: bool,
  },
  links: { matter: 'matter', assigner: 'user' },
  lists: { assignee: 'participant' },
  summary: ['id', 'etag', 'name', 'status', 'due_at'],
  filters: {
    matter_id: f.ref('matter'),
    status: f.attr('status'),
    priority: f.attr('priority'),
    assignee_id: f.participant('assignee'),
    due_at_from: f.dateFrom('due_at'),
    due_at_to: f.dateTo('due_at'),
    query: f.search(['name', 'description'], []),
  },
  orders: ['name', 'due_at', 'priority'],
  write: {
    allowed: [
      'name',
      'description',
      'status',
      'priority',
      'due_at',
      'permission',
      'statute_of_limitations',
      'notify_completion',
      'matter',
      'assignee',
    ],
    required: ['name', 'description', 'assignee'],
    controlRequired: ['name'],
  },
  verbs: ['show', 'post', 'patch', 'delete'],
}

export const note: Model = {
  name: 'note',
  path: 'notes',
  attrs: {
    type: ['Matter', 'Contact'],
    subject: text,
    detail: text,
    detail_text_type: ['plain_text', 'rich_text'],
    date: 'date',
  },
  links: { matter: 'matter', contact: 'contact', author: 'user' },
  filters: {
    type: f.attr('type'),
    matter_id: f.ref('matter'),
    contact_id: f.ref('contact'),
    query: f.search(['subject', 'detail'], []),
  },
  orders: ['date'],
  write: {
    allowed: ['type', 'subject', 'detail', 'detail_text_type', 'date', 'matter', 'contact'],
    required: ['type'],
    controlRequired: ['detail'],
  },
  verbs: ['show', 'post', 'patch', 'delete'],
}

export const communication: Model = {
  name: 'communication',
  path: 'communications',
  attrs: {
    // Clio knows these two only; texts are logged as one of them (providers.md §4).
    type: ['EmailCommunication', 'PhoneCommunication'],
    subject: text,
    body: text,
    date: 'date',
    received_at: 'time',
  },
  links: { user: 'user', matter: 'matter' },
  lists: { senders: 'participant', receivers: 'participant', external_properties: 'external_property' },
  filters: {
    type: f.attr('type'),
    matter_id: f.ref('matter'),
    user_id: f.ref('user'),
    contact_id: f.participant('receivers', 'senders'),
    external_property_name: f.property('name'),
    external_property_value: f.property('value'),
    query: f.search(['subject', 'body'], []),
  },
  orders: ['date', 'received_at'],
  write: {
    allowed: [
      'type',
      'subject',
      'body',
      'date',
      'received_at',
      'matter',
      'senders',
      'receivers',
      'external_properties',
    ],
    required: ['type', 'subject', 'body'],
    controlRequired: ['type', 'body'],
  },
  verbs: ['show', 'post', 'patch', 'delete'],
}

export const user: Model = {
  name: 'user',
  path: 'users',
  attrs: {
    name: text,
    first_name: text,
    last_name: text,
    initials: text,
    email: text,
    phone_number: text,
    enabled: bool,
    account_owner: bool,
    subscription_type: ['Attorney', 'NonAttorney'],
    time_zone: text,
    roles: 'json',
  },
  computed: { name: personName, initials },
  summary: ['id', 'etag', 'name', 'email', 'subscription_type'],
  filters: { enabled: f.boolAttr('enabled'), name: f.search(['first_name', 'last_name'], []) },
  orders: ['email', 'first_name', 'last_name'],
  verbs: ['show'],
}

export const customField: Model = {
  name: 'custom_field',
  path: 'custom_fields',
  attrs: {
    name: text,
    parent_type: ['Contact', 'Matter'],
    field_type: FIELD_TYPES,
    displayed: bool,
    deleted: bool,
    required: bool,
    display_order: 'int',
  },
  lists: { picklist_options: 'picklist_option' },
  summary: ['id', 'etag', 'name', 'field_type'],
  filters: {
    parent_type: f.attr('parent_type'),
    field_type: f.attr('field_type'),
    deleted: f.boolAttr('deleted'),
    query: f.search(['name'], []),
  },
  orders: ['name', 'display_order'],
  verbs: ['show'],
}

import { FIELD_TYPES } from './model-parts.ts'
import { bill, calendarEntry, contact, document, matter } from './models-case.ts'
import { communication, customField, note, task, user } from './models-office.ts'
import type { Model, Row } from './types.ts'

const text = 'text'
const bool = 'bool'

const readOnly = (name: string, path: string, attrs: Model['attrs'], more: Partial<Model> = {}): Model => ({
  name,
  path,
  attrs,
  verbs: [],
  summary: ['id', 'etag', 'name'],
  ...more,
})

const embedded = (name: string, attrs: Model['attrs'], more: Partial<Model> = {}): Model => ({
  name,
  attrs,
  verbs: [],
  ...more,
})

const all: Model[] = [
  contact,
  matter,
  calendarEntry,
  document,
  bill,
  task,
  note,
  communication,
  user,
  customField,
  readOnly('matter_stage', 'matter_stages', { name: text, order: 'int', practice_area_id: text }),
  readOnly('practice_area', 'practice_areas', { name: text, code: text, category: text }),
  readOnly('document_category', 'document_categories', { name: text }),
  readOnly('calendar_entry_event_type', 'calendar_entry_event_types', { name: text, color: text }),
  readOnly('calendar', 'calendars', { name: text, type: text, permission: text, visible: bool, color: text }),
  embedded('email_address', { address: text, name: text, primary: bool }),
  embedded('address', {
    street: text,
    city: text,
    province: text,
    postal_code: text,
    country: text,
    name: text,
    primary: bool,
  }),
  embedded('phone_number', { number: text, name: text, primary: bool }),
  embedded('picklist_option', { option: text, deleted_at: 'time' }),
  embedded('attendee', { type: ['Contact', 'Calendar'], name: text, email: text, enabled: bool }),
  embedded('external_property', { name: text, value: text }),
  embedded('participant', {
    type: ['Person', 'Company', 'User'],
    name: text,
    identifier: text,
    secondary_identifier: text,
    enabled: bool,
    initials: text,
  }),
  embedded('put_header', { name: text, value: text }, { defaults: ['name', 'value'] }),
  embedded(
    'document_version',
    {
      uuid: text,
      document_id: 'int',
      put_url: text,
      fully_uploaded: bool,
      filename: text,
      content_type: text,
      size: 'int',
      version_number: 'int',
      received_at: 'time',
    },
    { lists: { put_headers: 'put_header' }, summary: ['id', 'etag', 'uuid', 'fully_uploaded', 'filename'] },
  ),
  embedded(
    'custom_field_value',
    {
      field_name: text,
      field_type: FIELD_TYPES,
      field_required: bool,
      field_displayed: bool,
      field_display_order: 'int',
      value: text,
      soft_deleted: bool,
    },
    {
      idType: 'string',
      links: { custom_field: 'custom_field' },
      lists: { picklist_option: 'picklist_option' },
      summary: ['id', 'etag', 'field_name', 'field_type', 'value', 'custom_field', 'picklist_option'],
    },
  ),
]

/** Lists that hold at most one record and are shown as that record, or null. */
export const SINGLE_LISTS: ReadonlySet<string> = new Set([
  'assignee',
  'picklist_option',
  'latest_document_version',
])

/** Every kind of record, by its singular name. */
export const MODELS: ReadonlyMap<string, Model> = new Map(all.map((model) => [model.name, model]))

/** A model that is known to exist. Throws on a programmer's mistake only. */
export function modelOf(name: string): Model {
  const model = MODELS.get(name)
  if (model === undefined) throw new Error(`no such model: ${name}`)
  return model
}

/** The id as the API shows it: a number, but text for calendar entries and custom field values. */
export function shownId(model: Model, row: Row): string | number {
  if (model.name === 'custom_field_value') return `${String(row.attrs.field_type)}-${row.id}`
  return model.idType === 'string' ? String(row.id) : row.id
}

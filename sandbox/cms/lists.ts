import { type Body, isBody, readId, type Writer } from './body.ts'
import { invalid, isRefusal, type Refusal } from './errors.ts'
import { modelOf } from './models.ts'
import type { Patch, Store } from './store.ts'
import type { Json, Model, Row } from './types.ts'

interface ListWrite {
  model: Model
  name: string
  value: Json
  writer: Writer
  patch: Patch
  row: Row | undefined
}

const ADDRESS_NAMES = ['Work', 'Home', 'Billing', 'Other']
const PHONE_NAMES = ['Work', 'Home', 'Mobile', 'Fax', 'Pager', 'Skype', 'Other']
const MAIL_NAMES = ['Work', 'Home', 'Other']
/** Clio allows this many per document, calendar entry or communication. */
const MOST_PROPERTIES = 5

/** Reads an embedded collection (phone numbers, custom field values, …) into the patch. */
export function readList(store: Store, write: ListWrite): Refusal | undefined {
  const { name, patch } = write
  const list = readEntries(store, write)
  if (isRefusal(list)) return list
  const target = name === 'primary_email_address' ? 'email_addresses' : name
  patch.lists[name === 'primary_phone_number' ? 'phone_numbers' : target] = list
  return undefined
}

function readEntries(store: Store, write: ListWrite): Row[] | Refusal {
  const { name, value, row, patch } = write
  const held = (list: string): Row[] => patch.lists[list] ?? row?.lists[list] ?? []
  switch (name) {
    case 'primary_email_address':
      return setPrimary(store, held('email_addresses'), 'address', 'Other', name, value)
    case 'primary_phone_number':
      return setPrimary(store, held('phone_numbers'), 'number', 'Mobile', name, value)
    case 'assignee': {
      const one = readParticipant(store, value, name)
      return isRefusal(one) ? one : [one]
    }
  }
  if (!Array.isArray(value)) return invalid(name, 'must be a list')
  let list = [...held(name)]
  for (const [at, entry] of value.entries()) {
    const place = `${name}[${at}]`
    if (!isBody(entry)) return invalid(place, 'must be an object')
    const next = readEntry(store, write, list, entry, place)
    if (isRefusal(next)) return next
    list = next
  }
  if (name === 'external_properties' && list.length > MOST_PROPERTIES) {
    return invalid(name, `may hold ${MOST_PROPERTIES} at most`)
  }
  return list
}

function readEntry(store: Store, write: ListWrite, list: Row[], entry: Body, place: string): Row[] | Refusal {
  switch (write.name) {
    case 'phone_numbers':
      return contactPoint(store, list, entry, place, 'number', 'default_number', PHONE_NAMES)
    case 'email_addresses':
      return contactPoint(store, list, entry, place, 'address', 'default_email', MAIL_NAMES)
    case 'addresses':
      return postalAddress(store, list, entry, place)
    case 'custom_field_values':
      return customFieldValue(store, write, list, entry, place)
    case 'external_properties': {
      if (typeof entry.name !== 'string' || entry.name === '') return invalid(`${place}.name`, 'must be text')
      const rest = list.filter((held) => held.attrs.name !== entry.name)
      return [...rest, store.embed({ attrs: { name: entry.name, value: String(entry.value ?? '') } })]
    }
    case 'senders':
    case 'receivers': {
      const id = readId(entry.id)
      if (entry._deleted === true) return list.filter((held) => held.id !== id)
      const one = readParticipant(store, entry, place)
      return isRefusal(one) ? one : [...list.filter((held) => held.id !== one.id), one]
    }
    case 'attendees': {
      const id = readId(entry.id)
      if (entry._destroy === true) return list.filter((held) => held.id !== id)
      const contact = id === undefined ? undefined : store.get('contact', id)
      if (entry.type !== 'Contact' || contact === undefined) {
        return invalid(`${place}.id`, 'must be the id of a contact, with type Contact')
      }
      const attrs = {
        type: 'Contact',
        name: nameOf(contact, 'contact'),
        email: mailOf(contact),
        enabled: true,
      }
      return [...list.filter((held) => held.id !== contact.id), store.embed({ attrs }, contact.id)]
    }
    default:
      return invalid(write.name, 'can only be read')
  }
}

function nameOf(row: Row, model: string): string {
  return String(modelOf(model).computed?.name?.(row) ?? '')
}

function mailOf(contact: Row): Json {
  return modelOf('contact').computed?.primary_email_address?.(contact) ?? null
}

function readParticipant(store: Store, value: Json, place: string): Row | Refusal {
  if (!isBody(value)) return invalid(place, 'must be an object with id and type')
  const model = value.type === 'User' ? 'user' : value.type === 'Contact' ? 'contact' : undefined
  if (model === undefined) return invalid(`${place}.type`, 'must be User or Contact')
  const id = readId(value.id)
  const found = id === undefined ? undefined : store.get(model, id)
  if (found === undefined) return invalid(`${place}.id`, 'must be the id of a user or contact')
  const attrs = {
    type: model === 'user' ? 'User' : (found.attrs.type ?? 'Person'),
    name: nameOf(found, model),
    identifier: model === 'user' ? (found.attrs.email ?? null) : mailOf(found),
    enabled: true,
  }
  return store.embed({ attrs }, found.id)
}

function setPrimary(
  store: Store,
  list: Row[],
  attr: 'number' | 'address',
  label: string,
  field: string,
  value: Json,
): Row[] | Refusal {
  if (value === null) return list.filter((entry) => entry.attrs.primary !== true)
  if (typeof value !== 'string' || value.trim() === '')
    return invalid(field, 'must be text that is not empty')
  const rest = list.filter((entry) => entry.attrs.primary !== true)
  return [store.embed({ attrs: { [attr]: value, name: label, primary: true } }), ...rest]
}

function contactPoint(
  store: Store,
  list: Row[],
  entry: Body,
  place: string,
  attr: 'number' | 'address',
  flag: 'default_number' | 'default_email',
  names: readonly string[],
): Row[] | Refusal {
  const id = entry.id === undefined ? undefined : readId(entry.id)
  const old = list.find((held) => held.id === id)
  if (entry.id !== undefined && old === undefined) return invalid(`${place}.id`, 'does not exist')
  if (entry._destroy === true) return list.filter((held) => held !== old)
  const value = entry[attr] ?? old?.attrs[attr]
  if (typeof value !== 'string' || value.trim() === '') {
    return invalid(`${place}.${attr}`, 'must be text that is not empty')
  }
  const name = entry.name ?? old?.attrs.name ?? 'Other'
  if (!names.includes(String(name))) return invalid(`${place}.name`, `must be one of ${names.join(', ')}`)
  const primary = entry[flag] === true || (old ? old.attrs.primary === true : list.length === 0)
  const attrs = { [attr]: value, name, primary }
  const fresh = old
    ? { ...old, version: old.version + 1, updated: store.now(), attrs }
    : store.embed({ attrs })
  const rest = list.map((held) =>
    primary && held !== old ? { ...held, attrs: { ...held.attrs, primary: false } } : held,
  )
  return old ? rest.map((held) => (held === old ? fresh : held)) : [...rest, fresh]
}

function postalAddress(store: Store, list: Row[], entry: Body, place: string): Row[] | Refusal {
  const id = entry.id === undefined ? undefined : readId(entry.id)
  const old = list.find((held) => held.id === id)
  if (entry.id !== undefined && old === undefined) return invalid(`${place}.id`, 'does not exist')
  if (entry._destroy === true) return list.filter((held) => held !== old)
  const name = entry.name ?? old?.attrs.name ?? 'Other'
  if (!ADDRESS_NAMES.includes(String(name)))
    return invalid(`${place}.name`, `must be one of ${ADDRESS_NAMES.join(', ')}`)
  const attrs: Row['attrs'] = { ...old?.attrs, name }
  for (const part of ['street', 'city', 'province', 'postal_code', 'country'] as const) {
    const value = entry[part]
    if (value === undefined) continue
    if (value !== null && typeof value !== 'string') return invalid(`${place}.${part}`, 'must be text')
    attrs[part] = value
  }
  attrs.primary = old ? old.attrs.primary === true : list.length === 0
  if (!old) return [...list, store.embed({ attrs })]
  const fresh = { ...old, version: old.version + 1, updated: store.now(), attrs }
  return list.map((held) => (held === old ? fresh : held))
}

/** A custom field's value as Clio keeps it: always text; a picklist's is the id of the option. */
function customFieldValue(
  store: Store,
  write: ListWrite,
  list: Row[],
  entry: Body,
  place: string,
): Row[] | Refusal {
  const number = typeof entry.id === 'string' ? Number(entry.id.split('-').at(-1)) : entry.id
  const old = list.find((held) => held.id === number)
  if (entry.id !== undefined && entry.id !== null && old === undefined) {
    return invalid(`${place}.id`, 'does not exist (it is the id of the value, not of the field)')
  }
  if (entry._destroy === true) return list.filter((held) => held !== old)
  const field = findField(store, write, entry, old)
  if (isRefusal(field)) return field
  const replaced = old ?? list.find((held) => held.refs.custom_field === field.id)
  const rest = list.filter((held) => held !== replaced)
  const made = makeCustomValue(store, field, entry.value ?? null, write.writer, replaced)
  if (made === null) return rest
  return isRefusal(made) ? invalid(`${place}.value`, made.message) : [...rest, made]
}

function findField(store: Store, write: ListWrite, entry: Body, old: Row | undefined): Row | Refusal {
  const id = isBody(entry.custom_field) ? readId(entry.custom_field.id) : (old?.refs.custom_field as number)
  const parent = write.model.name === 'contact' ? 'Contact' : 'Matter'
  if (id === undefined && write.writer === 'control' && typeof entry.field_name === 'string') {
    for (const row of store.all('custom_field')) {
      if (row.attrs.name === entry.field_name && row.attrs.parent_type === parent) return row
    }
    return invalid('custom_field_values.field_name', `"${entry.field_name}" is not a field of a ${parent}`)
  }
  const found = id === undefined ? undefined : store.get('custom_field', id)
  if (found === undefined || found.attrs.parent_type !== parent) {
    return invalid('custom_field_values.custom_field.id', `must be the id of a custom field of a ${parent}`)
  }
  return found
}

/** Makes a custom field value; null when it is emptied. Controls may name a picklist's option. */
export function makeCustomValue(
  store: Store,
  field: Row,
  value: Json,
  writer: Writer,
  old?: Row,
): Row | Refusal | null {
  if (value === null || value === '') return null
  const type = String(field.attrs.field_type)
  const lists: Row['lists'] = {}
  let text = String(value)
  if (type === 'checkbox') {
    if (text !== 'true' && text !== 'false') return invalid('', 'must be true or false')
  } else if (type === 'picklist') {
    const option = (field.lists.picklist_options ?? []).find(
      (held) => String(held.id) === text || (writer === 'control' && held.attrs.option === text),
    )
    if (option === undefined) return invalid('', 'must be the id of one of the picklist options')
    text = String(option.id)
    lists.picklist_option = [option]
  }
  const attrs = {
    field_name: field.attrs.name ?? null,
    field_type: type,
    field_required: false,
    field_displayed: true,
    field_display_order: field.attrs.display_order ?? 0,
    value: text,
    soft_deleted: false,
  }
  const made = store.embed({ attrs, refs: { custom_field: field.id }, lists }, old?.id)
  return old ? { ...made, version: old.version + 1, created: old.created } : made
}

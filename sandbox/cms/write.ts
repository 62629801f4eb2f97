import { type Body, isBody, readId, type Writer } from './body.ts'
import { invalid, isRefusal, type Refusal } from './errors.ts'
import { isoTime } from './fields.ts'
import { parseTime } from './filters.ts'
import { readList } from './lists.ts'
import type { Patch, Store } from './store.ts'
import type { Json, Kind, Model, Row } from './types.ts'

/** Records that a control may name instead of giving their id; they are made when new, as staff would. */
const BY_NAME = new Set(['matter_stage', 'document_category', 'calendar_entry_event_type', 'practice_area'])

/** What controls may write beyond the API, per model. */
const CONTROL_EXTRA: Record<string, readonly string[]> = {
  contact: ['primary_email_address', 'primary_phone_number', 'is_client'],
  matter: [],
  document: ['matter', 'contact', 'size', 'content'],
  bill: ['client', 'matters', 'total', 'paid', 'type', 'kind', 'user'],
  note: ['author'],
  calendar_entry: ['start_at_time_zone'],
}

const SHORTHAND: Record<string, { name: string; wrap: (value: Json) => Json }> = {
  client_id: { name: 'client', wrap: (id) => ({ id }) },
  contact_id: { name: 'contact', wrap: (id) => ({ id }) },
  matter_id: { name: 'matter', wrap: (id) => ({ id }) },
  matter_stage_name: { name: 'matter_stage', wrap: (name) => ({ name }) },
}

function readAttr(name: string, kind: Kind, value: Json, writer: Writer): Json | Refusal {
  if (value === null) return null
  if (typeof kind !== 'string') {
    const found = kind.find((option) =>
      writer === 'control' ? option.toLowerCase() === String(value).toLowerCase() : option === value,
    )
    return found ?? invalid(name, `must be one of ${kind.join(', ')}`)
  }
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? value : invalid(name, 'must be text')
    case 'bool':
      return typeof value === 'boolean' ? value : invalid(name, 'must be true or false')
    case 'int':
      return Number.isSafeInteger(value) ? value : invalid(name, 'must be a whole number')
    case 'number':
      return typeof value === 'number' && value >= 0 ? value : invalid(name, 'must be a number from 0 up')
    case 'json':
      return value
    case 'date': {
      const ok =
        typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && parseTime(value) !== undefined
      return ok ? value : invalid(name, 'must be a date, YYYY-MM-DD')
    }
    case 'time': {
      // Without an offset nobody can tell when it is, and a hearing would move with the server's zone.
      const whole = typeof value === 'string' && /T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/.test(value)
      const ms = whole ? parseTime(value) : undefined
      return ms === undefined ? invalid(name, 'must be an ISO 8601 time with its offset') : isoTime(ms)
    }
  }
}

function readLink(
  store: Store,
  name: string,
  model: string,
  value: Json,
  writer: Writer,
): number | null | Refusal {
  if (value === null) return null
  if (!isBody(value)) return invalid(name, 'must be an object with an id')
  if (value.id === null) return null
  if (value.id === undefined && writer === 'control' && BY_NAME.has(name)) {
    if (typeof value.name !== 'string' || value.name.trim() === '') {
      return invalid(`${name}.name`, 'must be text that is not empty')
    }
    for (const row of store.all(model)) if (row.attrs.name === value.name) return row.id
    return store.add(model, { attrs: { name: value.name, order: store.collection(model).byId.size + 1 } }).id
  }
  const id = readId(value.id)
  if (id === undefined) return invalid(`${name}.id`, 'must be the id of a record')
  return store.get(model, id) === undefined ? invalid(`${name}.id`, `${id} does not exist`) : id
}

/** Clio's matter status is lower case in requests and capitalised in answers. */
function readStatus(value: Json, writer: Writer): Json | Refusal {
  const options = ['open', 'closed', 'pending']
  const text = writer === 'control' ? String(value).toLowerCase() : String(value)
  if (!options.includes(text)) return invalid('status', `must be one of ${options.join(', ')}`)
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/**
 * Checks a body against what may be written and turns it into a patch.
 * @param row the record to be changed; absent when one is created, which makes required fields count.
 * @returns the patch, or the first mistake, naming its field.
 */
export function readPatch(
  store: Store,
  model: Model,
  body: Body,
  writer: Writer,
  row: Row | undefined,
): Patch | Refusal {
  const write = model.write
  if (write === undefined) return invalid(model.name, 'can only be read')
  const extra = writer === 'control' ? (CONTROL_EXTRA[model.name] ?? []) : []
  const patch: Patch = { attrs: {}, refs: {}, lists: {} }
  const given = new Set<string>()

  for (const [key, raw] of Object.entries(body)) {
    const short = writer === 'control' && !write.allowed.includes(key) ? SHORTHAND[key] : undefined
    const name = short?.name ?? key
    const value = short ? short.wrap(raw) : raw
    given.add(name)
    if (!write.allowed.includes(name) && !extra.includes(name)) {
      return invalid(key, `is not a field of ${model.name} that can be written`)
    }
    const wrong = readOne(store, model, patch, name, value, writer, row)
    if (isRefusal(wrong)) return wrong
  }
  if (row === undefined) {
    const required = writer === 'control' ? (write.controlRequired ?? write.required) : write.required
    for (const name of required) if (!given.has(name)) return invalid(name, 'is required')
  }
  return patch
}

function readOne(
  store: Store,
  model: Model,
  patch: Patch,
  name: string,
  value: Json,
  writer: Writer,
  row: Row | undefined,
): Refusal | undefined {
  if (model.name === 'matter' && name === 'status') {
    const status = readStatus(value, writer)
    if (isRefusal(status)) return status
    patch.attrs.status = status
    return undefined
  }
  const link = model.links?.[name]
  if (link !== undefined) {
    const id = readLink(store, name, link, value, writer)
    if (isRefusal(id)) return id
    patch.refs[name] = id
    return undefined
  }
  const many = model.manyLinks?.[name]
  if (many !== undefined) {
    if (!Array.isArray(value)) return invalid(name, 'must be a list')
    const ids: number[] = []
    for (const entry of value) {
      const id = readLink(store, name, many, entry, 'api')
      if (isRefusal(id)) return id
      if (id !== null) ids.push(id)
    }
    patch.refs[name] = ids
    return undefined
  }
  if (name === 'parent') return readParent(store, patch, value)
  const list = model.lists?.[name]
  if (list !== undefined || name.startsWith('primary_')) {
    const wrong = readList(store, { model, name, value, writer, patch, row })
    return isRefusal(wrong) ? wrong : undefined
  }
  const kind: Kind = model.attrs[name] ?? OTHER[name] ?? 'json'
  const read = readAttr(name, kind, value, writer)
  if (isRefusal(read)) return read
  patch.attrs[name] = read
  return undefined
}

/** Written with a record but not shown with it; the steps that follow take them out again. */
const OTHER: Record<string, Kind> = { uuid: 'text', fully_uploaded: 'json', content: 'text' }

function readParent(store: Store, patch: Patch, value: Json): Refusal | undefined {
  if (!isBody(value)) return invalid('parent', 'must be an object with id and type')
  const kind = value.type === 'Matter' ? 'matter' : value.type === 'Contact' ? 'contact' : undefined
  if (kind === undefined) return invalid('parent.type', 'must be Matter or Contact in this sandbox')
  const id = readLink(store, 'parent', kind, { id: value.id ?? null }, 'api')
  if (isRefusal(id)) return id
  if (id === null) return invalid('parent.id', 'must be the id of a record')
  patch.refs[kind] = id
  return undefined
}

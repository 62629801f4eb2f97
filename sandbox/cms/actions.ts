import { randomUUID } from 'node:crypto'
import type { Body, Writer } from './body.ts'
import { invalid, isRefusal, type Refusal } from './errors.ts'
import { isoTime } from './fields.ts'
import type { Patch, Store } from './store.ts'
import type { Change, Json, Model, Row } from './types.ts'
import { completeUpload, type Uploads } from './uploads.ts'
import { readPatch } from './write.ts'

export interface Actions {
  /** Adds a record from a body (without Clio's `data` wrapper) and tells the subscribers. */
  create(model: Model, body: Body, writer: Writer, play?: string): Row | Refusal
  /** Changes a record and tells the subscribers, when anything differs. */
  patch(model: Model, row: Row, body: Body, writer: Writer, play?: string): Row | Refusal
  remove(model: Model, row: Row): void
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/**
 * Everything that changes a record goes through here, whoever asks: the API, a control, a played stream.
 * @param emit told of each change, after it was made
 * @param baseUrl address of the sandbox, for the URL that uploads are put to
 */
export function createActions(
  store: Store,
  emit: (change: Change) => void,
  baseUrl: () => string,
  uploads: Uploads,
): Actions {
  const counters = { matter: 0, bill: 0 }

  /** What a new record has when nobody said otherwise. */
  const defaults = (model: Model, patch: Patch, writer: Writer): Refusal | undefined => {
    const { attrs, refs } = patch
    const now = store.now()
    const init = (values: Record<string, Json>) => {
      for (const [name, value] of Object.entries(values)) attrs[name] ??= value
    }
    switch (model.name) {
      case 'contact':
        init({ type: 'Person', is_client: false })
        if (attrs.type === 'Company' && typeof attrs.name !== 'string') return invalid('name', 'is required')
        if (attrs.type === 'Person' && typeof attrs.last_name !== 'string') {
          return splitName(attrs)
        }
        return undefined
      case 'matter': {
        if (refs.client == null) return invalid('client.id', 'must be the id of a contact')
        const number = 900 + ++counters.matter
        init({
          status: 'Open',
          number,
          display_number: `${String(number).padStart(5, '0')}-${lastName(store, refs.client)}`,
          billable: true,
          billing_method: 'hourly',
          open_date: day(now),
        })
        if (refs.matter_stage != null) init({ matter_stage_updated_at: isoTime(now) })
        return undefined
      }
      case 'calendar_entry':
        init({ all_day: false, court_rule: false, permission: 'owner' })
        init({ end_at: isoTime(Date.parse(String(attrs.start_at)) + 3_600_000) })
        if (refs.calendar_owner == null) refs.calendar_owner = [...store.all('calendar')][0]?.id ?? null
        return undefined
      case 'document':
        init({ type: 'Document', filename: attrs.name ?? null, locked: false, received_at: isoTime(now) })
        init({ content_type: 'application/pdf' })
        if (refs.matter == null && refs.contact == null) return invalid('matter.id', 'is required')
        documentVersion(patch, writer)
        return undefined
      case 'bill': {
        init({ state: 'awaiting_payment', issued_at: day(now), due_at: day(now + 30 * 86_400_000), paid: 0 })
        init({ type: 'MatterBill', kind: 'revenue_kind', number: String(4_000 + ++counters.bill) })
        const matters = refs.matters
        const first = Array.isArray(matters) ? store.get('matter', matters[0] ?? 0) : undefined
        if (refs.client == null) refs.client = (first?.refs.client as number | undefined) ?? null
        return refs.client == null ? invalid('client.id', 'is required, or matters') : undefined
      }
      case 'task':
        init({ status: 'pending', priority: 'Normal', permission: 'public', statute_of_limitations: false })
        return undefined
      case 'note': {
        init({
          type: refs.matter == null ? 'Contact' : 'Matter',
          date: day(now),
          detail_text_type: 'plain_text',
        })
        const owner = attrs.type === 'Matter' ? 'matter' : 'contact'
        return refs[owner] == null ? invalid(`${owner}.id`, 'is required') : undefined
      }
      case 'communication':
        init({ date: day(now), received_at: isoTime(now) })
        return undefined
      default:
        return undefined
    }
  }

  const documentVersion = (patch: Patch, writer: Writer): void => {
    const uuid = randomUUID()
    const url = `${baseUrl()}/_sandbox/cms/uploads/${uuid}`
    const content = patch.attrs.content
    delete patch.attrs.content
    const done = writer === 'control'
    if (done) {
      const text = typeof content === 'string' ? content : `${String(patch.attrs.name)}\n`
      uploads.put(uuid, Buffer.from(text))
      patch.attrs.size ??= Buffer.byteLength(text)
    }
    const header = store.embed({ attrs: { name: 'Content-Type', value: patch.attrs.content_type ?? null } })
    const attrs = {
      uuid,
      put_url: url,
      fully_uploaded: done,
      filename: patch.attrs.filename ?? null,
      version_number: 1,
    }
    patch.lists.latest_document_version = [store.embed({ attrs, lists: { put_headers: [header] } })]
  }

  /** What follows from a change by itself: dates with a status, balances with a payment. */
  const consequences = (model: Model, row: Row | undefined, patch: Patch): Refusal | undefined => {
    const { attrs, refs } = patch
    const now = store.now()
    if (model.name === 'matter') {
      if (refs.matter_stage !== undefined && refs.matter_stage !== row?.refs.matter_stage) {
        attrs.matter_stage_updated_at = isoTime(now)
      }
      if (row && attrs.status !== undefined && attrs.status !== row.attrs.status) {
        if (attrs.status === 'Closed') attrs.close_date ??= day(now)
        if (attrs.status === 'Pending') attrs.pending_date ??= day(now)
      }
    }
    if (model.name === 'calendar_entry') return times(row, attrs)
    if (model.name === 'bill') return payment(row, attrs, now)
    if (model.name === 'task' && attrs.status === 'complete') attrs.completed_at = isoTime(now)
    return undefined
  }

  const eventsFor = (change: Change): void => {
    emit(change)
    if (change.model !== 'note' || change.event !== 'created') return
    // Clio has no webhook for notes; what shows from outside is that the matter was touched.
    const matter = store.get('matter', Number(change.row.refs.matter ?? 0))
    if (matter === undefined) return
    store.touch(matter, { last_activity_date: day(store.now()) })
    emit({
      model: 'matter',
      event: 'updated',
      row: matter,
      changed: new Set(['last_activity_date']),
      before: {},
      ...(change.play === undefined ? {} : { play: change.play }),
    })
  }

  return {
    create(model, body, writer, play) {
      const patch = readPatch(store, model, body, writer, undefined)
      if (isRefusal(patch)) return patch
      const wrong = defaults(model, patch, writer) ?? consequences(model, undefined, patch)
      if (wrong) return wrong
      const row = store.add(model.name, patch)
      if (model.name === 'matter') markClient(store, row)
      const visible = row.lists.latest_document_version?.[0]?.attrs.fully_uploaded !== false
      if (visible) eventsFor(told(model.name, 'created', row, [], play))
      return row
    },
    patch(model, row, body, writer, play) {
      const patch = readPatch(store, model, body, writer, row)
      if (isRefusal(patch)) return patch
      const wrong = consequences(model, row, patch)
      if (wrong) return wrong
      const completed = model.name === 'document' ? completeUpload(store, uploads, row, patch) : false
      if (isRefusal(completed)) return completed
      const { changed, before } = store.update(model.name, row, patch)
      if (completed) {
        // Lists hide a document until its bytes are there, so this is when others first see it.
        emit(told('document', 'created', row, [], play))
        return row
      }
      if (changed.size > 0) {
        emit({
          model: model.name,
          event: 'updated',
          row,
          changed,
          before,
          ...(play === undefined ? {} : { play }),
        })
      }
      return row
    },
    remove(model, row) {
      store.remove(model.name, row)
      emit(told(model.name, 'deleted', row, []))
    },
  }
}

/** A change as subscribers are told of it. */
export function told(
  model: string,
  event: Change['event'],
  row: Row,
  changed: readonly string[],
  play?: string,
): Change {
  return { model, event, row, changed: new Set(changed), before: {}, ...(play === undefined ? {} : { play }) }
}

function markClient(store: Store, matter: Row): void {
  const contact = store.get('contact', Number(matter.refs.client))
  if (contact) contact.attrs.is_client = true
}

function lastName(store: Store, client: Row['refs'][string] | undefined): string {
  const contact = typeof client === 'number' ? store.get('contact', client) : undefined
  return String(contact?.attrs.last_name ?? contact?.attrs.name ?? 'Client')
}

/** "Maria Santos" given as `name` becomes first and last name, as Clio's own form does. */
function splitName(attrs: Record<string, Json>): Refusal | undefined {
  if (typeof attrs.name !== 'string' || attrs.name.trim() === '') return invalid('last_name', 'is required')
  const words = attrs.name.trim().split(/\s+/)
  attrs.last_name = words.at(-1) ?? ''
  attrs.first_name = words.slice(0, -1).join(' ')
  delete attrs.name
  return undefined
}

function times(row: Row | undefined, attrs: Record<string, Json>): Refusal | undefined {
  const startOf = (held: Json | undefined) => Date.parse(String(held))
  // Moving a hearing keeps its length, unless the end is given too.
  if (row && attrs.start_at !== undefined && attrs.end_at === undefined) {
    const length = startOf(row.attrs.end_at) - startOf(row.attrs.start_at)
    attrs.end_at = isoTime(startOf(attrs.start_at) + length)
  }
  const start = startOf(attrs.start_at ?? row?.attrs.start_at)
  const end = startOf(attrs.end_at ?? row?.attrs.end_at)
  if (Number.isNaN(start)) return invalid('start_at', 'is required')
  return end < start ? invalid('end_at', 'is before start_at') : undefined
}

function payment(row: Row | undefined, attrs: Record<string, Json>, now: number): Refusal | undefined {
  const total = Number(attrs.total ?? row?.attrs.total ?? 0)
  const paid = attrs.paid === undefined ? undefined : Number(attrs.paid)
  if (paid !== undefined && paid > total) return invalid('paid', `is more than the total of ${total}`)
  if (attrs.state === 'paid' || (paid !== undefined && total > 0 && paid >= total)) {
    attrs.state = 'paid'
    attrs.paid = total
    if (row?.attrs.state !== 'paid') attrs.paid_at = isoTime(now)
  }
  return undefined
}

/**
 * What Clio's webhooks mean unless a firm's configuration says otherwise. A delivery does not name its model, so each
 * subscription has an address of its own and the model comes from there (providers.md §4).
 */
import type { CmsKind, EventMapping, HookModel } from '../../modules/connections/index.ts'
import { billFields, communicationFields, documentFields, entryFields, ownProperty } from './records.ts'

const events = ['created', 'updated', 'deleted']

/** What we subscribe to. Asking for etag makes every change of a record news (Clio's webhook page). */
export const hookModels: readonly HookModel[] = [
  {
    model: 'matter',
    fields: 'id,etag,display_number,status,updated_at,matter_stage{id,name},client{id}',
    events,
  },
  { model: 'calendar_entry', fields: entryFields, events },
  { model: 'document', fields: documentFields, events },
  { model: 'bill', fields: billFields, events },
  { model: 'contact', fields: 'id,etag,updated_at', events: ['updated'] },
  { model: 'communication', fields: communicationFields, events: ['created'] },
]

const id = 'string(body.data.id)'
const matter = 'body.data.?matter.?id.orValue(null)'
const occurredAt = 'body.data.updated_at'
const is = (model: string, ...happened: string[]): string =>
  `model == "${model}" && body.meta.event in [${happened.map((event) => `"${event}"`).join(', ')}]`
const fields = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `body.data.${name}`]))

const documentData = {
  ...fields(['name', 'filename', 'content_type', 'received_at', 'created_at']),
  category: 'body.data.?document_category.?name.orValue(null)',
}
const appointmentData = {
  ...fields(['summary', 'description', 'location', 'start_at', 'end_at', 'all_day']),
  event_type: 'body.data.?calendar_entry_event_type.?name.orValue(null)',
  time_zone: 'body.data.?start_at_time_zone.orValue(null)',
  participants:
    'body.data.?attendees.orValue([]).filter(a, a.?type.orValue("") == "Contact").map(a, {"id": string(a.id), "name": a.?name.orValue(null)})',
}
const billData = fields([
  'number',
  'state',
  'subject',
  'total',
  'paid',
  'due',
  'issued_at',
  'due_at',
  'paid_at',
])

const orBlank = (name: string): string =>
  `(body.data.?${name}.orValue(null) == null ? "" : body.data.${name})`
/** As toAppointment in snapshot.ts makes it: the tests compare the two. */
const whenAndWhere = `${orBlank('start_at')} + "/" + ${orBlank('end_at')} + "/" + sha256(${orBlank('location')}).substring(0, 12)`

/** Asked for by name when we subscribe, so that Clio always sends them, if only as null. */
const required = (...names: string[]): string[] => ['id', 'etag', ...names].map((name) => `data.${name}`)

const appointment = (type: string, event: string): EventMapping => ({
  requires: required('updated_at', 'start_at', 'end_at', 'location', 'summary', 'matter'),
  when: is('calendar_entry', event),
  type,
  matter,
  occurredAt,
  subject: `"appointment:" + ${id} + "@" + body.data.etag`,
  data: appointmentData,
  fact: { kind: 'appointment', id, version: whenAndWhere, data: appointmentData },
})

const document = (type: string, event: string, subject: string): EventMapping => ({
  requires: required('updated_at', 'name', 'document_category', 'matter'),
  when: is('document', event),
  type,
  matter,
  occurredAt,
  subject,
  data: documentData,
  fact: { kind: 'document', id, version: 'body.data.etag', data: documentData },
})

/** A bill may be of several matters; it is told of in the first. The same state twice is said once. */
const bill = (type: string, states: string): EventMapping => ({
  requires: required('updated_at', 'number', 'state', 'total', 'due', 'matters'),
  when: `${is('bill', 'created', 'updated')} && body.data.state in ${states}`,
  type,
  matter: 'size(body.data.matters) > 0 ? body.data.matters[0].id : null',
  occurredAt,
  subject: `"bill:" + ${id} + "@" + body.data.state`,
  data: billData,
  fact: { kind: 'bill', id, version: 'body.data.etag', data: billData },
})

const gone = (type: string, model: string, kind: 'appointment' | 'document' | 'bill'): EventMapping => ({
  when: is(model, 'deleted'),
  type,
  matter,
  subject: `"${kind}:" + ${id} + "@deleted"`,
  data: kind === 'appointment' ? appointmentData : {},
  fact: { kind, id, removed: 'true', data: {} },
})

const mappings: EventMapping[] = [
  {
    when: `${is('matter', 'created', 'updated', 'matter_opened', 'matter_pended', 'matter_closed')}`,
    type: 'matter.status_changed',
    requires: required('updated_at', 'status', 'matter_stage', 'client'),
    matter: id,
    // Another client than ours: the matter is read anew before anything is said.
    client: 'body.data.?client.?id.orValue(null)',
    occurredAt,
    // As rawStatus in snapshot.ts: the stage, and Open, Pending or Closed only where there is none.
    status:
      'body.data.?matter_stage.?name.orValue(null) != null ? body.data.matter_stage.name : body.data.status',
    data: { status: 'body.data.status', stage: 'body.data.?matter_stage.?name.orValue(null)' },
  },
  {
    when: is('matter', 'deleted'),
    type: 'matter.removed',
    matter: id,
    subject: `"matter:" + ${id} + "@deleted"`,
    data: {},
  },
  appointment('hearing.scheduled', 'created'),
  appointment('hearing.moved', 'updated'),
  gone('hearing.cancelled', 'calendar_entry', 'appointment'),
  document('document.filed', 'created', `"document:" + ${id}`),
  document('document.changed', 'updated', `"document:" + ${id} + "@" + body.data.etag`),
  gone('document.removed', 'document', 'document'),
  bill('invoice.issued', '["awaiting_payment"]'),
  bill('invoice.paid', '["paid"]'),
  bill('invoice.voided', '["void", "deleted"]'),
  gone('invoice.voided', 'bill', 'bill'),
  {
    when: is('contact', 'updated'),
    type: 'client.changed',
    matter: 'null',
    client: id,
    occurredAt,
    subject: `"contact:" + ${id} + "@" + body.data.etag`,
    data: {},
  },
  {
    when: is('communication', 'created'),
    type: 'comment.added',
    matter,
    occurredAt,
    subject: `"communication:" + ${id}`,
    data: { subject: 'body.data.subject', kind: 'body.data.type', date: 'body.data.date' },
  },
]

/** What belongs to no matter, or to no client yet, is none of our business; what we wrote ourselves is no news to us. */
const ignore = [
  `model == "communication" && body.data.?external_properties.orValue(null) != null && body.data.external_properties.exists(p, p.name == "${ownProperty}")`,
  'model in ["task", "activity", "folder", "clio_payments_payment"]',
  'model in ["calendar_entry", "document", "communication"] && body.meta.event != "deleted" && body.data.matter == null',
  'model == "communication" && body.meta.event != "created"',
  'model == "contact" && body.meta.event != "updated"',
  'model == "bill" && body.meta.event != "deleted" && (size(body.data.matters) == 0 || body.data.state in ["draft", "awaiting_approval"])',
]
  .map((part) => `(${part})`)
  .join(' || ')

export const clioHooks: NonNullable<CmsKind['hooks']> = {
  /** A record's etag changes with each change of it. A record is deleted once, and what is found gone has no etag. */
  key: `model + ":" + body.meta.event + ":" + ${id} + (body.meta.event == "deleted" ? "" : ":" + body.data.etag)`,
  ignore,
  events: mappings,
}

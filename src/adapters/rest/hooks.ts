/** What is news in a poll's records (records.ts, `payload`), so that a firm need not write events of its own. */
import type { CmsKind, EventMapping } from '../../modules/connections/index.ts'

const is = (holds: string, ...events: string[]): string =>
  `body.meta.source == "list" && body.meta.holds == "${holds}" && body.meta.event in [${events.map((e) => `"${e}"`).join(', ')}]`
const id = 'body.data.id'
const matter = 'body.data.?matter.orValue(null)'
const occurredAt = 'body.data.updated_at'
const gone = 'body.?data.?removed.orValue(false) == true'
const there = `!(${gone})`
const fact = 'body.data.fact'

type Data = Record<string, string>
/** All that the configuration maps, by the names that it gives. */
const dataOf = (names: readonly string[]): Data =>
  Object.fromEntries(names.map((name) => [name, `${fact}.${name}`]))

const news = (
  kind: 'appointment' | 'document' | 'bill',
  type: string,
  data: Data,
  when: string,
  subject: string,
): EventMapping => ({
  when,
  type,
  matter,
  occurredAt,
  subject,
  data,
  fact: { kind, id, version: 'body.data.version', data },
})

const ended = (
  kind: 'appointment' | 'document' | 'bill',
  type: string,
  data: Data,
  when: string,
): EventMapping => ({
  when,
  type,
  matter,
  subject: `"${kind}:" + ${id} + "@gone"`,
  data,
  fact: { kind, id, removed: 'true', data },
})

const bill = (type: string, data: Data, state: string): EventMapping =>
  news(
    'bill',
    type,
    data,
    `${is('bill', 'created', 'updated')} && ${there} && ${fact}.state == "${state}"`,
    `"bill:" + ${id} + "@${state}"`,
  )

function eventsOf(names: Readonly<Record<Kept, readonly string[]>>): EventMapping[] {
  const appointments = dataOf(names.appointment)
  const documents = dataOf(names.document)
  const bills = dataOf(names.bill)
  const version = (kind: string): string => `"${kind}:" + ${id} + "@" + body.meta.version`
  const cancelled = (kind: 'appointment' | 'document' | 'bill', type: string, data: Data): EventMapping[] => [
    ended(kind, type, data, `${is(kind, 'created', 'updated')} && ${gone}`),
    ended(kind, type, data, is(kind, 'deleted')),
  ]
  const seen = (kind: string, ...events: string[]): string => `${is(kind, ...events)} && ${there}`
  return [
    {
      when: is('matter', 'created', 'updated'),
      type: 'matter.status_changed',
      matter: id,
      client: 'body.data.client',
      occurredAt,
      status: 'body.data.status',
      data: { status: 'body.data.status' },
    },
    {
      when: is('matter', 'deleted'),
      type: 'matter.removed',
      matter: id,
      subject: `"matter:" + ${id} + "@gone"`,
      data: {},
    },
    news(
      'appointment',
      'hearing.scheduled',
      appointments,
      seen('appointment', 'created'),
      version('appointment'),
    ),
    news(
      'appointment',
      'hearing.moved',
      appointments,
      seen('appointment', 'updated'),
      version('appointment'),
    ),
    ...cancelled('appointment', 'hearing.cancelled', appointments),
    news('document', 'document.filed', documents, seen('document', 'created'), `"document:" + ${id}`),
    news('document', 'document.changed', documents, seen('document', 'updated'), version('document')),
    ...cancelled('document', 'document.removed', documents),
    bill('invoice.issued', bills, 'awaiting_payment'),
    bill('invoice.paid', bills, 'paid'),
    bill('invoice.voided', bills, 'void'),
    ...cancelled('bill', 'invoice.voided', bills),
    {
      when: is('client', 'updated'),
      type: 'client.changed',
      matter: 'null',
      client: id,
      occurredAt,
      subject: version('client'),
      data: {},
    },
    {
      when: is('other', 'created'),
      type: 'comment.added',
      matter,
      occurredAt,
      subject: `"comment:" + ${id}`,
      data: dataOf(names.comment),
    },
  ]
}

/** A matter without a status, what belongs to no matter, a bill that nobody is asked to pay. */
const ignore = [
  `${is('matter', 'created', 'updated')} && body.data.status == null`,
  `body.meta.holds in ["appointment", "document", "bill", "other"] && body.meta.event != "deleted" && ${matter} == null`,
  `${is('other', 'updated', 'deleted')}`,
  `${is('client', 'created', 'deleted')}`,
  `${is('bill', 'created', 'updated')} && ${there} && !(${fact}.state in ["awaiting_payment", "paid", "void"])`,
]
  .map((part) => `(${part})`)
  .join(' || ')

type Kept = 'appointment' | 'document' | 'bill' | 'comment'

/** @param names what the configuration keeps of each, by its own names */
export const restHooks = (
  names: Readonly<Record<Kept, readonly string[]>>,
): NonNullable<CmsKind['hooks']> => ({
  /**
   * A record and its version, whether it was found as new or as changed: polls overlap. What is gone tells no version;
   * the same record may come back and go again, on another day.
   */
  key: `body.meta.holds + ":" + ${id} + "@" + (body.meta.event == "deleted" ? "gone " + string(received_at).substring(0, 10) : body.meta.version)`,
  ignore: `body.?meta.?source.orValue(null) == "list" && (${ignore})`,
  events: eventsOf(names),
})

/** What its records mean: nothing calls us, so these serve what polling finds (changes.ts makes the bodies). */
import type { CmsKind, EventMapping } from '../../modules/connections/index.ts'

const id = 'body.data.id'
const occurredAt = 'body.data.updated_at'
const is = (model: string, ...happened: string[]): string =>
  `model == "${model}" && body.meta.event in [${happened.map((event) => `"${event}"`).join(', ')}]`
const fields = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `body.data.${name}`]))

const appointmentData = fields([
  'summary',
  'description',
  'location',
  'start_at',
  'end_at',
  'all_day',
  'event_type',
])

const appointment = (type: string, event: string): EventMapping => ({
  when: is('appointment', event),
  type,
  matter: 'body.data.matter_id',
  occurredAt,
  subject: `"appointment:" + ${id} + "@" + body.data.stamp`,
  data: appointmentData,
  fact: {
    kind: 'appointment',
    id,
    version: 'body.data.when_and_where',
    data: { ...appointmentData, uncertain: 'body.data.uncertain' },
  },
})

const mappings: EventMapping[] = [
  {
    when: is('matter', 'created', 'updated'),
    type: 'matter.status_changed',
    matter: id,
    // Another client than ours: the matter is read anew before anything is said.
    client: 'body.data.client_id',
    occurredAt,
    status: 'body.data.status',
    data: fields(['status', 'practice_area', 'responsible_attorney', 'next_court_date']),
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
  {
    when: is('appointment', 'deleted'),
    type: 'hearing.cancelled',
    matter: 'null',
    subject: `"appointment:" + ${id} + "@deleted"`,
    data: {},
    fact: { kind: 'appointment', id, removed: 'true', data: {} },
  },
]

/** A case without a status says nothing, and an appointment of no case is the office's own. */
const ignore = [
  'model == "matter" && body.meta.event != "deleted" && body.data.status == null',
  'model == "appointment" && body.meta.event != "deleted" && body.data.matter_id == null',
]
  .map((part) => `(${part})`)
  .join(' || ')

export const soapHooks: NonNullable<CmsKind['hooks']> = {
  /**
   * The stamp changes with each change of a record. Found again as `updated` by a read that overlaps, it is the same
   * change that was `created` before. A deletion has no stamp, and so no key: what was gone and came back may go again.
   */
  key: `model + ":" + ${id} + "@" + body.data.stamp`,
  ignore,
  events: mappings,
}

/** The lanes of reminders: planning what is to come, and saying what is due. */
import { workdaysOf } from '../adapters/holidays/index.ts'
import type { Clock, FirmId, NewId } from '../kernel/index.ts'
import type { NewAlert } from '../modules/alerts/index.ts'
import { planLane, remindLane } from '../modules/reminders/index.ts'
import type { Database, FirmTx } from '../platform/db/firm-tx.ts'
import type { Lane } from '../platform/jobs/lanes.ts'
import type { Metrics } from '../platform/metrics/index.ts'
import type { Firms } from './firms.ts'

export interface ReminderLaneDeps {
  db: Database
  clock: Clock
  newId: NewId
  salt(): Uint8Array
  firms: Firms
  metrics: Metrics
  alert(tx: FirmTx, alerts: readonly NewAlert[]): Promise<void>
  nudge(lane: string, firmId: FirmId): void
  seeing(lane: Lane): Lane
}

export function reminderLanes(deps: ReminderLaneDeps): Lane[] {
  const { db, clock, newId, firms, metrics, nudge, seeing } = deps
  const now = () => clock.now()
  return [
    planLane({
      db,
      now,
      newId,
      async program(tx) {
        const { reminders, quietSource, program } = await firms.code(tx)
        return { ...reminders, firmZone: program.settings.timeZone, quiet: program.quiet, quietSource }
      },
      workdays: async (country, state) => workdaysOf(country, state),
      nudge,
      counted: (what, reminders) => metrics.reminders.inc({ outcome: what }, reminders),
    }),
    seeing(
      remindLane({
        db,
        now,
        newId,
        salt: deps.salt,
        async program(tx) {
          const ingest = await firms.code(tx)
          return { ingest, plans: new Map(ingest.reminders.plans.map((plan) => [plan.key, plan])) }
        },
        nudge,
        counted: (outcome) => metrics.reminders.inc({ outcome }),
        async unanswered(tx, waiting) {
          await deps.alert(
            tx,
            waiting.map(({ connectionId, reminders }) => ({
              kind: 'reminders_waiting',
              cause: connectionId,
              severity: 'page',
              title: `${reminders} reminders wait: the case management system does not answer whether they are still true`,
              detail: {
                connection: connectionId,
                hint: 'They go as soon as it answers. A plan with unreadable: send would have said what is known.',
              },
            })),
          )
        },
      }),
    ),
  ]
}

/** Reminders to come: when, in whose zone, and by which channel, as far as that is known today. */
import type { UpcomingReminder } from '../../../contracts/subject-pages.ts'
import type { MatterId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { audienceOfPerson } from '../facts/index.ts'
import { readMatters } from '../matters/index.ts'
import type { Known } from '../notices/index.ts'
import { ruleKeyOf } from '../reminders/index.ts'
import { type FirmProgram, gatesFor, loadSituations } from '../rules/index.ts'
import { remindersToCome } from './subject-store.ts'

/** Nothing of a reminder to come has been said. */
const nothingSaid = async (): Promise<Known> => ({ notices: new Map(), messages: new Set() })

/** @param program null: the firm's configuration can't be used, and nobody knows the channels */
export async function upcoming(
  tx: FirmTx,
  program: FirmProgram | null,
  matterIds: readonly string[],
  options: { now: Temporal.Instant; limit: number },
): Promise<UpcomingReminder[]> {
  const rows = await remindersToCome(tx, matterIds, options.limit)
  if (rows.length === 0) return []
  const matters = await readMatters(tx, [...new Set(rows.map((r) => r.matterId as MatterId))])
  const loaded = program && (await loadSituations(tx, program, matters, options.now, nothingSaid))
  return rows.map(({ person, ...row }) => {
    const audience = audienceOfPerson(person)
    const rule = program?.rulesByKey.get(ruleKeyOf(row.plan, row.step, audience))
    const action = rule?.actions[0]
    const tell = action?.kind === 'tell' ? action : null
    const matter = matters.find((m) => m.id === row.matterId)
    const situation = matter && loaded?.situation(matter)
    const channels =
      audience !== 'client' || !tell || !program || !loaded || !situation?.recipient
        ? []
        : tell.tell.channels.map((channel): UpcomingReminder['channels'][number] => {
            const { purpose, urgency } = tell.tell
            const notice = { matterId: situation.matter.id, purpose, urgency, cause: row.id }
            const { asked } = gatesFor(program, tell, channel, notice, situation, {
              // As it will be then, should nothing change: a pause that ends before holds nothing.
              now: Temporal.Instant.from(row.dueAt),
              firmId: tx.firmId,
              newId: () => {
                throw new Error('a look makes nothing')
              },
              pauses: loaded.pauses.filter(
                (p) =>
                  p.ends_at === null ||
                  Temporal.Instant.compare(p.ends_at, Temporal.Instant.from(row.dueAt)) > 0,
              ),
              withdrawals: loaded.withdrawals,
              known: loaded.known,
            })
            return {
              channel,
              address: asked.verdict === 'suppress' ? null : asked.contactPoint.address,
              verdict: asked.verdict,
              reason: asked.verdict === 'pass' ? null : asked.reason,
            }
          })
    return { ...row, template: tell?.tell.template ?? null, audience, channels }
  })
}

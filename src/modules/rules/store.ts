/** Plans become rows: decisions, notices, messages and tasks in one transaction. */
import type { EventId, NewId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { insertMessages } from '../delivery/index.ts'
import { insertNotices } from '../notices/index.ts'
import { openTasks } from '../tasks/index.ts'
import { capLifted, underCap } from './cap.ts'
import type { Plan, RuleResult } from './decide.ts'
import type { FirmProgram } from './program.ts'

export type Trigger = 'event' | 'release' | 'replay'

export interface StoreContext {
  now: Temporal.Instant
  newId: NewId
  salt: () => Uint8Array
  revision: number
}

export async function insertDecisions(
  tx: FirmTx,
  decisions: readonly { eventId: string; trigger: Trigger; results: RuleResult[] }[],
  context: StoreContext,
): Promise<void> {
  await insertMany(
    tx,
    'decisions',
    decisions.map((d) => ({
      id: context.newId<string>(),
      event_id: d.eventId as EventId,
      at: context.now,
      trigger: d.trigger,
      config_revision: context.revision,
      results: d.results,
    })),
  )
}

/** @returns how many messages were made */
export async function storePlans(
  tx: FirmTx,
  program: FirmProgram,
  plans: readonly { eventId: string; plan: Plan }[],
  context: Omit<StoreContext, 'revision'>,
): Promise<number> {
  await insertDecisions(
    tx,
    plans
      .filter(({ plan }) => plan.results.length > 0)
      .map(({ eventId, plan }) => ({ eventId, trigger: 'event', results: plan.results })),
    { ...context, revision: program.revision },
  )
  const notices = plans.flatMap(({ plan }) => plan.notices)
  const noticed = await insertNotices(tx, notices, context.now)
  const made = await insertMessages(
    tx,
    await underCap(
      tx,
      program,
      plans.flatMap(({ plan }) => plan.messages).filter((m) => noticed.has(m.noticeId)),
      context.now,
      capLifted(notices, context.now),
    ),
    context,
  )
  await openTasks(
    tx,
    plans.flatMap(({ plan }) => plan.tasks),
    context.now,
  )
  return made.size
}

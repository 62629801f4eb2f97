/** Matters that a CMS no longer knows: staff hear of it at once, and what is held for them has an end. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type MatterRow, markGone } from '../matters/index.ts'
import { countHeld } from '../notices/index.ts'
import { openTasks } from '../tasks/index.ts'
import type { FactWish } from './store.ts'

/** An account that lost its rights is told the same as of a matter that was deleted: time to put that right. */
const patience = { hours: 24 }

/** Whether what is held for a matter is not to be said any more. Pure. */
export const isGone = (matter: Pick<MatterRow, 'gone_since'>, now: Temporal.Instant): boolean =>
  matter.gone_since !== null && Temporal.Instant.compare(matter.gone_since.add(patience), now) <= 0

/** One task for as long as it is gone, and only if something waits for it. */
export async function matterGone(tx: FirmTx, wish: FactWish, now: Temporal.Instant): Promise<void> {
  const matter = await markGone(tx, { connectionId: wish.connection_id, externalId: wish.external_id }, now)
  if (!matter) return
  const held = await countHeld(tx, matter.id)
  if (held === 0) return
  await openTasks(
    tx,
    [
      {
        kind: 'matter_gone',
        title: `Matter ${matter.number ?? wish.external_id} is not in the CMS any more, and ${held} ${held === 1 ? 'message waits' : 'messages wait'} for it`,
        detail:
          'The CMS was asked for its facts before anything is said, and does not know it: it was deleted, or the account may not see it any more. If nothing changes within a day, what waits is given up. Tell the client by hand if they must know.',
        matterId: matter.id,
        clientId: matter.client_id,
        assignee: 'staff',
        dueAt: null,
        cause: `matter gone ${matter.id} ${matter.gone_since}`,
      },
    ],
    now,
  )
}

/** What follows from a change of configuration: it is recorded, and what waited for it is looked at again. */

import { record } from '../../modules/audit/index.ts'
import { replayQuarantine } from '../../modules/ingest/index.ts'
import { wakeHeld } from '../../modules/notices/index.ts'
import { rewind } from '../../modules/sync/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Runtime } from '../runtime.ts'
import type { ApplyDeps, ConfigChange } from './apply.ts'

export function applyHooks(
  runtime: Pick<Runtime, 'nudge'>,
): Required<Pick<ApplyDeps, 'changed' | 'clientZones'>> {
  return {
    async clientZones(tx: FirmTx) {
      const rows = await tx.rows<{ time_zone: string }>(
        'select distinct time_zone from clients where firm_id = current_firm() and time_zone is not null',
      )
      return rows.map((row) => row.time_zone)
    },
    changed: (tx, change) => configChanged(runtime, tx, change),
  }
}

/** In the transaction of the change: by an apply, or by an edit in the console. */
export async function configChanged(
  { nudge }: Pick<Runtime, 'nudge'>,
  tx: FirmTx,
  change: ConfigChange,
): Promise<void> {
  await record(
    tx,
    [
      {
        actor: change.author,
        action: 'config.changed',
        subject: `revision:${change.revision}`,
        data: {
          origin: change.origin,
          ...(change.reason === undefined ? {} : { reason: change.reason }),
          changes: change.changes
            .filter((c) => c.action !== 'same' && c.action !== 'keep')
            .map((c) => `${c.action} ${c.kind} ${c.key}`),
        },
      },
    ],
    change.at,
  )
  // A status that is now mapped, a mapping that is now right, a template that is now whole.
  await replayQuarantine(tx, {}, change.author, change.at, (of) => rewind(tx, of, change.at))
  await wakeHeld(tx, 'firm', change.at)
  tx.afterCommit(() => {
    nudge('decide', tx.firmId)
    nudge('poll', tx.firmId)
    nudge('release', tx.firmId)
  })
}

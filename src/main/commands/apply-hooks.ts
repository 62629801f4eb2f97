/** What follows from a change of configuration: it is recorded, and what waited for it is looked at again. */

import type { FirmId } from '../../kernel/index.ts'
import { record } from '../../modules/audit/index.ts'
import { replayQuarantine } from '../../modules/ingest/index.ts'
import { wakeHeld } from '../../modules/notices/index.ts'
import { rewind } from '../../modules/sync/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { ApplyDeps } from './apply.ts'

export function applyHooks(runtime: {
  nudge(lane: string, firmId: FirmId): void
}): Required<Pick<ApplyDeps, 'changed' | 'clientZones'>> {
  return {
    async clientZones(tx: FirmTx) {
      const rows = await tx.rows<{ time_zone: string }>(
        'select distinct time_zone from clients where firm_id = current_firm() and time_zone is not null',
      )
      return rows.map((row) => row.time_zone)
    },
    async changed(tx, change) {
      await record(
        tx,
        [
          {
            actor: change.author,
            action: 'config.changed',
            subject: `revision:${change.revision}`,
            data: {
              origin: change.origin,
              ...(change.reason ? { reason: change.reason } : {}),
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
        runtime.nudge('decide', tx.firmId)
        runtime.nudge('poll', tx.firmId)
        runtime.nudge('release', tx.firmId)
      })
    },
  }
}

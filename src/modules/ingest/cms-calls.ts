/** Calls to the CMS are kept, so that the trace can show what was asked and what came back. */
import type { ConnectionId, NewId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { CmsCall } from '../connections/index.ts'

export type TimedCall = CmsCall & { at: Temporal.Instant }

/** @param of the matter that was asked about, where it was one */
export async function logCalls(
  tx: FirmTx,
  of: { connectionId: ConnectionId; matterExternalId: string | null },
  calls: readonly TimedCall[],
  newId: NewId,
): Promise<void> {
  await insertMany(
    tx,
    'cms_calls',
    calls.map((c) => ({
      id: newId<string>(),
      connection_id: of.connectionId,
      at: c.at,
      method: c.method,
      path: c.path,
      status: c.status,
      milliseconds: Math.round(c.ms),
      error: c.error,
      matter_external_id: of.matterExternalId,
    })),
  )
}

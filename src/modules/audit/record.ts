/** Writing entries: unlinked, in the business transaction, in one statement. The sealer links them later. */

import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { scrubValue } from '../../platform/log/index.ts'
import type { AuditEntry } from './types.ts'

/**
 * Records what happened; it stands if and only if the transaction commits.
 *
 * Mail addresses and marked phone numbers in `data` are replaced all the same (`[mail]`, `[phone]`): an entry can
 * never be taken back.
 *
 * @param entries any number; one statement for all
 * @param at when it happened (the clock's now)
 */
export async function record(
  tx: FirmTx,
  entries: readonly AuditEntry[],
  at: Temporal.Instant,
): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map((entry) => ({ ...entry, data: scrubValue(entry.data) }))
  // The epoch is read in the same statement: a figure kept in memory could outlive a restored backup.
  tx.later(
    `insert into audit_entries (firm_id, epoch, at, actor, action, subject, data)
     select (select current_firm()), (select epoch from deployment), $2, actor, action, subject, data
     from json_to_recordset($1) as entry (actor text, action text, subject text, data jsonb)`,
    [JSON.stringify(rows), at.toString()],
    'audit-record',
  )
}

/** A look over the whole record, and what it found kept for those who read the record afterwards. */
import type { FirmId } from '../../kernel/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'
import type { AnchorFiles } from './anchors.ts'
import type { PublicKeys } from './types.ts'
import { type AuditReport, verifyFirm } from './verify.ts'

/** How much of what is wrong is kept; the command prints the rest. */
const kept = 10

/**
 * Verifies a firm's record and writes down that it did, with what it found.
 *
 * @param given.elsewhere anchors may lie on other machines as well: that one is missing here is then no finding, and is
 *   counted only
 */
export async function checkFirm(
  db: Database,
  firmId: FirmId,
  given: { anchors: AnchorFiles; keys: PublicKeys; now(): Temporal.Instant; elsewhere?: boolean },
): Promise<AuditReport> {
  const report = given.elsewhere
    ? withoutMissing(await verifyFirm(db, firmId, given))
    : await verifyFirm(db, firmId, given)
  await db.forFirm(firmId, (tx) =>
    tx.run(
      `insert into audit_checks (firm_id, checked_at, ok, n, epoch, xid_to, sealed_at, entries, problems)
       select current_firm(), $1, $2, $3, b.epoch, b.xid_to, b.sealed_at, $4, $5
       from firms f left join audit_batches b on b.firm_id = f.firm_id and b.n = $3 where f.firm_id = current_firm()
       on conflict (firm_id) do update set checked_at = excluded.checked_at, ok = excluded.ok, n = excluded.n,
         epoch = excluded.epoch, xid_to = excluded.xid_to, sealed_at = excluded.sealed_at, entries = excluded.entries,
         problems = excluded.problems`,
      [
        given.now(),
        report.ok,
        report.lastBatch,
        report.entries,
        JSON.stringify(report.problems.slice(0, kept).map(({ kind, n, detail }) => ({ kind, n, detail }))),
      ],
    ),
  )
  return report
}

/** Of many problems only the first are named, but all are counted: what is left over is no missing anchor for certain. */
function withoutMissing(report: AuditReport): AuditReport {
  const { missingAnchors } = report
  const problemCount = report.problemCount - missingAnchors
  const problems = report.problems.filter(({ kind }) => kind !== 'anchor_missing')
  return { ...report, problems, problemCount, ok: problemCount === 0 }
}

/** When the record was last looked over; null: never. */
export async function lastCheck(db: Database, firmId: FirmId): Promise<Temporal.Instant | null> {
  const rows = await db.forFirm(firmId, (tx) =>
    tx.rows<{ at: Temporal.Instant }>('select checked_at as at from audit_checks where firm_id = $1', [
      firmId,
    ]),
  )
  return rows[0]?.at ?? null
}

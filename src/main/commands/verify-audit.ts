/** `tipstaff verify-audit`: is the record what was sealed? Of one firm or of all. */
import type { FirmId } from '../../kernel/index.ts'
import {
  type AuditProblem,
  type AuditReport,
  acceptLosses,
  anchorFiles,
  checkFirm,
  type SealingKey,
} from '../../modules/audit/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'

export interface VerifyAuditInput {
  db: Database
  /** DATA_DIR/anchors. */
  anchorsDir: string
  /** The deployment's own key; older ones are read from the anchors' `keys/`. */
  key: SealingKey
  /** A firm's key, such as harbor-pike; all firms when absent, also those of which only anchors are left. */
  firm?: string
  /** What it found is kept for those who read the record. */
  now(): Temporal.Instant
  /** Put on record that what is lost now is lost to a restored backup. */
  accept?: { by: string; reason: string; at: Temporal.Instant }
}

export interface VerifyAuditResult {
  ok: boolean
  milliseconds: number
  firms: (AuditReport & { firm: string | null })[]
}

/** @throws Error when no firm has the given key */
export async function verifyAudit(input: VerifyAuditInput): Promise<VerifyAuditResult> {
  const began = performance.now()
  const anchors = anchorFiles(input.anchorsDir)
  const keys = (await anchors.publicKeys()).set(input.key.id, input.key.publicKey)
  const firms: VerifyAuditResult['firms'] = []
  for (const firmId of await firmsOf(input, await anchors.firms())) {
    const { now } = input
    let report = await checkFirm(input.db, firmId, { anchors, keys, now })
    if (input.accept && report.lostLinks.length > 0) {
      await acceptLosses(firmId, report, { ...input.accept, key: input.key, anchors })
      report = await checkFirm(input.db, firmId, { anchors, keys, now })
    }
    firms.push({ ...report, firm: await firmKey(input.db, firmId) })
  }
  return { ok: firms.every((firm) => firm.ok), milliseconds: Math.round(performance.now() - began), firms }
}

async function firmsOf({ db, firm }: VerifyAuditInput, anchored: readonly FirmId[]): Promise<FirmId[]> {
  if (firm === undefined) {
    const listed = await db.lookup<{ firm_id: FirmId }>('select firm_id from list_firms()')
    return [...new Set([...listed.map((row) => row.firm_id), ...anchored])]
  }
  const [row] = await db.lookup<{ firm_id: FirmId }>('select firm_id from lookup_firm($1)', [firm])
  if (!row) throw new Error(`no firm has the key ${firm}`)
  return [row.firm_id]
}

const firmKey = (db: Database, firmId: FirmId) =>
  db.forFirm(firmId, async (tx) => {
    const rows = await tx.rows<{ key: string }>('select key from firms where firm_id = $1', [firmId])
    return rows[0]?.key ?? null
  })

/** For people; `--json` prints the result itself. @returns lines, the last one says whether all is well */
export function verifyAuditText({ ok, firms, milliseconds }: VerifyAuditResult): string {
  const lines = firms.flatMap((report) => [
    `${report.firm ?? `${report.firmId} (no such firm in the database)`}: ${summary(report)}`,
    ...report.problems.map((problem) => `  ${problemText(problem)}`),
    ...(report.problemCount > report.problems.length
      ? [`  … and ${report.problemCount - report.problems.length} more`]
      : []),
  ])
  const total = firms.reduce((sum, report) => sum + report.entries, 0)
  const verdict = ok ? 'The record is what was sealed' : 'THE RECORD HAS BEEN TAMPERED WITH OR IS INCOMPLETE'
  return [...lines, `${verdict}: ${total} entries checked in ${(milliseconds / 1000).toFixed(1)} s.`].join(
    '\n',
  )
}

function summary(report: AuditReport): string {
  return [
    report.ok ? 'ok' : `${report.problemCount} problem${report.problemCount === 1 ? '' : 's'}`,
    `${report.entries} entries in ${report.batches} batches`,
    ...(report.unsealed > 0 ? [`${report.unsealed} not sealed yet`] : []),
    ...(report.unanchored > 0 ? [`${report.unanchored} batches not anchored yet`] : []),
    ...(report.acceptedLosses > 0 ? [`${report.acceptedLosses} lost to a restored backup, accepted`] : []),
    ...(report.unreadableAnchors > 0 ? [`${report.unreadableAnchors} unreadable anchor lines`] : []),
  ].join(', ')
}

function problemText({ kind, n, entry, detail }: AuditProblem): string {
  const where = entry ? `, entry ${entry.epoch}/${entry.xid}/${entry.seq}` : ''
  return `batch ${n}${where}: ${kind.replaceAll('_', ' ')}: ${detail}`
}

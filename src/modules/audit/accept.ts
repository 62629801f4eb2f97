import type { FirmId } from '../../kernel/index.ts'
import { type AnchorFiles, acceptedBytes } from './anchors.ts'
import { hex } from './encoding.ts'
import type { SealingKey } from './types.ts'
import type { AuditReport } from './verify.ts'

/**
 * A restored backup is a truncation that someone wanted: the anchors know batches that the database lost. This puts
 * a person's signed word for it beside the anchors, for exactly the links that are lost now; later verifications
 * count them (`acceptedLosses`) instead of failing. Nothing is deleted.
 *
 * @param given.by who accepts it; @param given.reason why, for those who read it later
 */
export async function acceptLosses(
  firmId: FirmId,
  report: AuditReport,
  given: { by: string; reason: string; key: SealingKey; anchors: AnchorFiles; at: Temporal.Instant },
): Promise<void> {
  if (report.lostLinks.length === 0) return
  const line = {
    firm: firmId,
    accepted: report.lostLinks,
    by: given.by,
    reason: given.reason,
    at: given.at.toString(),
    key_id: given.key.id,
  }
  const signature = hex(given.key.sign(acceptedBytes(line)))
  await given.anchors.accept(firmId, { ...line, signature })
}

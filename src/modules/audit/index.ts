/**
 * The record that can be proven: `record` in the business transaction, `sealFirm` every now and then, `verifyFirm`
 * when somebody asks.
 */
export { acceptLosses } from './accept.ts'
export { type Anchor, type AnchorFiles, anchorFiles } from './anchors.ts'
export { checkFirm, lastCheck } from './check.ts'
export { bodyHash } from './encoding.ts'
export { sealingKey, sealingKeyFrom } from './keys.ts'
export { hasBatch, type NewestAnchor, newestAnchor, newestEntry } from './newest.ts'
export { type ProvenBatch, type ProvenEntry, proveEntries, type RecordProof } from './proof.ts'
export { record } from './record.ts'
export { type SealDeps, type SealResult, sealFirm } from './seal.ts'
export {
  type EntryCursor,
  type EntryFilter,
  type FoundEntry,
  type RecordMark,
  recordMark,
  searchEntries,
  searchStatement,
  valuesOf,
  valuesStatement,
} from './search.ts'
export { oldestUnsealed } from './store.ts'
export type { AnchorLine, AuditEntry, PublicKeys, SealingKey, StoredEntry } from './types.ts'
export { type AuditProblem, type AuditReport, verifyFirm } from './verify.ts'

/** What staff see and do: the trace, what waits, and the hands on it. Reads every module's tables, writes through them. */
export {
  type ApiKey,
  type Caller,
  callerOf,
  createKey,
  keyUsed,
  listKeys,
  revokeKey,
} from './api-keys.ts'
export { type AuditQuery, auditChoices, auditPage, markOf } from './audit.ts'
export { connectionList } from './connections.ts'
export { countStatement, counts } from './counts.ts'
export { holdById, holdPage } from './holds.ts'
export {
  deadLetterPage,
  heldPage,
  quarantinePage,
  type Target,
  taskPage,
  unhandledPage,
} from './lists.ts'
export { Live, type LiveChanges, type LivePosition, type Watcher } from './live.ts'
export {
  type Acting,
  acceptChange,
  type Closing,
  closeLetter,
  correctLetter,
  discardFromQuarantine,
  endTask,
  listPauses,
  type Missing,
  pauseTarget,
  replayLetters,
  replayQuarantined,
  resumeTarget,
} from './operations.ts'
export { fixQuality, ignoreQuality, qualityPage } from './quality.ts'
export { countQuiet, type QuietShift, quietShift } from './quiet-waiting.ts'
export { type RenderOptions, renderTrace } from './render-trace.ts'
export { namesOfActors } from './rows.ts'
export { search } from './search.ts'
export { type ShadowedMessage, shadowed } from './shadow.ts'
export { firmStates, type Mapped, withRaw } from './states.ts'
export { deploymentStats, type FirmStats, firmStats, type LaneStats, unhandledTypes } from './stats.ts'
export { clientPageOf, type Looking, matterPageOf, timelineOf } from './subject-pages.ts'
export type { Candidate } from './subjects.ts'
export { findTarget, type TargetVerdict } from './targets.ts'
export {
  sampleMatter,
  standardVariables,
  templateHistory,
  templateList,
  templateOf,
  templateRates,
} from './templates.ts'
export { messagePage, messagesStatement, todayOf } from './today.ts'
export { defaultLimit, type TraceQuery, type TraceVerdict, trace } from './trace.ts'
export { type WholeDigest, type WholeMatter, type WholePause, wholeMatter } from './whole.ts'
export { changeClientWishes, clientWishesOf } from './wishes.ts'

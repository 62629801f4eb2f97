export {
  type HookAnswer,
  type HookConnection,
  type HookDeps,
  type HookDoor,
  type HookOutcome,
  hookDoor,
  largestHook,
} from './accept.ts'
export { decideLane, type IngestDeps } from './decide-lane.ts'
export { type FetchDeps, fetchLane, logCmsCalls } from './fetch-lane.ts'
export { releaseLane } from './release-lane.ts'
export { type QuarantineKind, replayQuarantine } from './store.ts'
export type { IngestProgram } from './types.ts'

export {
  type HookAnswer,
  type HookConnection,
  type HookDeps,
  type HookDoor,
  type HookOutcome,
  hookDoor,
  largestHook,
} from './accept.ts'
export { logCalls, type TimedCall } from './cms-calls.ts'
export { awaitDecideLock, decideLane, type IngestDeps, takeDecideLock } from './decide-lane.ts'
export { discardQuarantined } from './discard.ts'
export { type FetchDeps, fetchLane, storeSnapshot } from './fetch-lane.ts'
export { isGone } from './gone.ts'
export type { Drifted } from './interpret.ts'
export { factsTooOld } from './judge.ts'
export { type LostTime, lostTime } from './lost-time.ts'
export { faultName, mayPass } from './one-by-one.ts'
export { releaseLane } from './release-lane.ts'
export { driftCause, forgetShapes, loadShapes, type ShapeBook } from './shape-book.ts'
export {
  type Arrival,
  insertEvents,
  type QuarantineKind,
  replayQuarantine,
  storeArrivals,
  wakeWishes,
  wishForFacts,
} from './store.ts'
export type { IngestProgram } from './types.ts'

export { pollLane } from './lane.ts'
export { forgetTroubles, pollNow, pollSoon, rewind } from './store.ts'
export type { SyncDeps } from './turn.ts'
export type { Followed, StreamRow } from './types.ts'

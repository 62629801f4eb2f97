export { pollLane } from './lane.ts'
export { forgetTroubles, pollNow, rewind } from './store.ts'
export type { SyncDeps } from './turn.ts'
export type { Followed, StreamRow } from './types.ts'

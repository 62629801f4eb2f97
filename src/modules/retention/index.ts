/** How long words are kept, and what keeps them longer. */
export { countRetention } from './count.ts'
export { type HoldTarget, placeHold, releaseHold } from './holds.ts'
export { cutoffsOf } from './policy.ts'
export { type RetainDeps, type Retained, retain } from './retain.ts'
export type { Cutoff, RetentionCount, RetentionRule, RetentionSettings } from './types.ts'

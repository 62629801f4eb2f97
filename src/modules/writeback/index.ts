/** Writing into a CMS what was said to its clients and what its staff are to do. */
export { type WritebackDeps, writebackLane } from './lane.ts'
export { type RefusedWrite, refusedWrites, retryWrites } from './operate.ts'
export type { WriteTarget } from './types.ts'

/** Digests: what need not be said at once is said together. Which, when, and to whom: ../moments, digests.yaml. */
export { type DigestDeps, digestLane } from './lane.ts'
export { type DigestLines, digestVariables } from './write.ts'

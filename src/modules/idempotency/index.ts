export { keyOf, type Marks, marksOf, openAnswer, type StoredAnswer, sealAnswer } from './policy.ts'
export { answerKey, type Claim, claimKey, type Mine, releaseKey, sweepKeys } from './store.ts'

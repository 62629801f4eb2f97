/** Messages that staff write by a template: looked at before they go, held to the gates of a rule's, sent once. */

export { type Choice, choices } from './choices.ts'
export { compileByHand } from './compile.ts'
export { type Look, type LookedGate, lookAt, type Wish, type WritingDeps } from './look.ts'
export { saidLast } from './store.ts'
export { type SendDeps, type Sent, write } from './write.ts'

export { nextDaily, windowEnd } from './digest.ts'
export { clientsWish, compileQuiet, type Quiet, type QuietQuestion, type QuietTable } from './quiet.ts'
export {
  type ClientWishes,
  clientWishes,
  type DigestConfig,
  digestConfig,
  type Pace,
  paces,
  type QuietRule,
  quietRule,
} from './types.ts'
export { lookAt, quietNext, weekWithout } from './week.ts'

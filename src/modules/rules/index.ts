export { type Over, overCap } from './cap.ts'
export { type DecisionContext, forMark, gatesFor } from './channel.ts'
export { type CompiledRule, compileRule } from './compile.ts'
export { compose } from './compose.ts'
export { decide, decideRule, overtaken, type Plan, type RuleResult } from './decide.ts'
export { loadSituations } from './load.ts'
export { type PreviewedMessage, previewTemplate } from './preview.ts'
export { type FirmProgram, languageFor, zoneFor } from './program.ts'
export { lookAgain, type ReleaseContext, releaseHeld } from './release.ts'
export { type SentenceContext, sentenceOf } from './sentence.ts'
export {
  type Appointment,
  clientValues,
  type Happening,
  type Situation,
  writtenEvent,
} from './situation.ts'
export { loadToday, noLongerTrue, type Standing, standingOf, type Today, valuesOf } from './standing.ts'
export { insertDecisions, type StoreContext, storePlans } from './store.ts'
export type { Said, TrialDifference, TrialItem } from './trial.ts'
export { type TrialPart, trialDays, tryRule } from './trial-run.ts'
export { type RuleConfig, ruleConfig } from './types.ts'

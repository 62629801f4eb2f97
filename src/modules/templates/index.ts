/** Templates: compiled, checked, rendered with limits, never half-empty. Pure; stored as config versions by firms. */
export { type Answer, type AnswersConfig, type AnswerWords, answersConfig, answerWords } from './asks.ts'
export { byHandRoots } from './by-hand.ts'
export {
  type Compilation,
  type CompiledTemplate,
  compileTemplate,
} from './compile.ts'
export { pathsOf, standardPaths, type TemplateContext, type TemplateValues, toContext } from './context.ts'
export { type Invitation, invitationFile, readdressed, writeInvitation } from './invitation.ts'
export { type LintProblem, lintTemplate } from './lint.ts'
export { type MailInput, mailParts, mailText } from './mail.ts'
export { type Preview, preview } from './preview.ts'
export { type Rendered, type RenderRequest, renderMessage } from './render.ts'
export {
  type RenderProblem,
  type TemplateConfig,
  type TemplateProblem,
  templateConfig,
} from './types.ts'

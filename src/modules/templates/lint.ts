/** What can be said about a template before anyone is told anything. */
import { type CompiledTemplate, type CompiledText, nearest } from './compile.ts'
import { pathsOf, type TemplateContext } from './context.ts'
import { countSegments, gsmSubstitutes } from './segments.ts'
import type { TemplateProblem } from './types.ts'

export interface LintProblem extends TemplateProblem {
  /** Errors would hold messages; warnings cost money or patience. */
  severity: 'error' | 'warning'
}

const mostSegments = 2

/**
 * @param known dotted paths that will be there (`.*` at the end for whatever lies below), or a sample context; what
 *   the template itself lists under `variables` is known too
 * @param languages those the firm promises
 */
export function lintTemplate(
  template: CompiledTemplate,
  known: ReadonlySet<string> | TemplateContext,
  languages: readonly string[] = [],
): LintProblem[] {
  const paths = new Set([
    ...(known instanceof Set ? (known as ReadonlySet<string>) : pathsOf(known as TemplateContext)),
    ...Object.keys(template.config.variables ?? {}),
  ])
  const problems: LintProblem[] = []
  for (const language of languages) {
    if (Object.hasOwn(template.languages, language)) continue
    const message = `has no ${language}: clients who speak it get another language`
    problems.push({ severity: 'warning', path: ['languages'], message })
  }
  for (const [language, { sms, email, digest }] of Object.entries(template.languages)) {
    const at = ['languages', language]
    if (sms !== undefined)
      problems.push(...unknown(sms, paths, [...at, 'sms']), ...length(sms, [...at, 'sms']))
    if (digest !== undefined) problems.push(...unknown(digest, paths, [...at, 'digest']))
    if (email === undefined) continue
    problems.push(...unknown(email.subject, paths, [...at, 'email', 'subject']))
    problems.push(...unknown(email.body, paths, [...at, 'email', 'body']))
  }
  return problems
}

function unknown(
  text: CompiledText,
  known: ReadonlySet<string>,
  path: TemplateProblem['path'],
): LintProblem[] {
  const seen = new Set<string>()
  return text.variables.flatMap(({ path: name, line }) => {
    const field = name.replace(/\.(size|first|last)$/, '')
    if (seen.has(name) || isKnown(name, known) || isKnown(field, known)) return []
    seen.add(name)
    const message = `there is no ${name}${nearest(name, known)}`
    return [{ severity: 'error' as const, path, message, line }]
  })
}

function isKnown(path: string, known: ReadonlySet<string>): boolean {
  if (known.has(path)) return true
  for (let dot = path.lastIndexOf('.'); dot !== -1; dot = path.lastIndexOf('.', dot - 1)) {
    if (known.has(`${path.slice(0, dot)}.*`)) return true
  }
  // A whole object, as in a condition: {% if hearing %}.
  for (const candidate of known) if (candidate.startsWith(`${path}.`)) return true
  return false
}

/** The fixed words alone, since values are yet to come. */
function length(text: CompiledText, path: TemplateProblem['path']): LintProblem[] {
  const fixed = text.source.replace(/\{%[^%]*%\}/g, '').replace(/\{\{[^}]*\}\}/g, 'xxxxxxxx')
  const problems: LintProblem[] = []
  const { segments, encoding } = countSegments(fixed)
  if (segments > mostSegments) {
    const message = `takes ${segments} SMS segments or more (${encoding}); more than ${mostSegments} are costly and arrive in pieces`
    problems.push({ severity: 'warning', path, message })
  }
  // Only where plain characters would bring the text back into the cheap alphabet: accents stay.
  const plain = [...fixed]
    .map((char) => gsmSubstitutes.get(char)?.replace('a plain space', ' ') ?? char)
    .join('')
  if (encoding === 'GSM-7' || countSegments(plain).encoding === 'UCS-2') return problems
  for (const char of new Set(fixed)) {
    const instead = gsmSubstitutes.get(char)
    if (instead === undefined) continue
    const line = text.source.slice(0, text.source.indexOf(char)).split('\n').length
    const message = `${char} makes every segment hold 70 characters instead of 160: write ${instead}`
    problems.push({ severity: 'warning', path, message, line })
  }
  return problems
}

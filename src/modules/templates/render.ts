/** From a compiled template and a matter's facts to the words that one client gets. */
import { toValueSync } from 'liquidjs'
import type { Channel } from '../../kernel/channels.ts'
import { isZone } from '../../kernel/time.ts'
import { oneLine } from './clean.ts'
import type { CompiledTemplate, CompiledText } from './compile.ts'
import type { TemplateContext } from './context.ts'
import { liquid, problemOf } from './engine.ts'
import { BoundedText, limits, type Manner, Scope } from './scope.ts'
import { countSegments, type SegmentCount } from './segments.ts'
import type { RenderProblem } from './types.ts'

export interface RenderRequest {
  /** The client's: `es` or `es-MX`; null where we don't know it. */
  language: string | null
  /** The firm's default, used where the template lacks the client's. */
  fallbackLanguage: string
  /** `digest`: its line in one. */
  channel: Channel | 'digest'
  context: TemplateContext
  /** The client's IANA zone. */
  timeZone: string
  /** The firm's zone: a moment that says no zone of its own is then named (`11:30 AM PDT`) to clients elsewhere. */
  homeZone?: string
  /** The zone of the place where it happens, of a court say; the firm's when nothing says it, or says no zone. */
  placeZone?: string
  /** BCP 47, for dates and money; by default `en-US`, `es-US`, else the language itself. */
  locale?: string
  /** ISO 4217; by default USD. */
  currency?: string
}

export type Rendered =
  | ({ ok: true; language: string; subject?: string; text: string } & Partial<SegmentCount>)
  | { ok: false; problems: RenderProblem[] }

/** @returns the template's language for someone who wants `wanted`, or null when it has neither */
export function chooseLanguage(
  template: CompiledTemplate,
  wanted: string | null,
  fallback: string,
): string | null {
  for (const language of [wanted, fallback]) {
    if (language === null) continue
    const base = language.toLowerCase().split(/[-_]/)[0]!
    if (Object.hasOwn(template.languages, base)) return base
  }
  return null
}

/**
 * Writes one message. Either all of it is there or nothing is said: a blank field that the text needs, a value that
 * can't be said, a text too long come back as problems, all of them at once.
 *
 * @returns `text`: the SMS, or the mail's Markdown with every value escaped, for `mailParts`
 */
export function renderMessage(template: CompiledTemplate, request: RenderRequest): Rendered {
  const language = chooseLanguage(template, request.language, request.fallbackLanguage)
  const texts = language === null ? undefined : template.languages[language]
  if (language === null || texts === undefined) {
    return refuse('missing', `language ${request.fallbackLanguage} in template ${template.key}`)
  }
  if (!isZone(request.timeZone)) return refuse('error', 'time zone: is not an IANA zone')
  const manner: Manner = {
    language,
    locale: request.locale ?? locales[language] ?? language,
    timeZone: request.timeZone,
    homeZone: zoneOf(request.homeZone),
    placeZone: zoneOf(request.placeZone) ?? zoneOf(request.homeZone),
    currency: request.currency ?? 'USD',
  }
  switch (request.channel) {
    case 'sms':
      return texts.sms === undefined ? lacks('sms', template) : sms(texts.sms, request.context, manner)
    case 'digest':
      return texts.digest === undefined
        ? lacks('digest', template)
        : line(texts.digest, request.context, manner)
    case 'email':
      return texts.email === undefined
        ? lacks('email', template)
        : email(texts.email, request.context, manner)
  }
}

// The firm's clients live in the United States, whichever language they speak.
const locales: Readonly<Record<string, string>> = { en: 'en-US', es: 'es-US' }

const zoneOf = (text: string | undefined): string | null => (text !== undefined && isZone(text) ? text : null)

function sms(compiled: CompiledText, context: TemplateContext, manner: Manner): Rendered {
  const written = write(compiled, context, manner, limits.smsLength, 'sms')
  const text = fewerBlankLines(
    written.text
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n'),
  )
  if (written.problems.length > 0) return { ok: false, problems: written.problems }
  if (text === '') return refuse('empty', 'sms')
  return { ok: true, language: manner.language, text, ...countSegments(text) }
}

function line(compiled: CompiledText, context: TemplateContext, manner: Manner): Rendered {
  const written = write(compiled, context, manner, limits.lineLength, 'digest')
  if (written.problems.length > 0) return { ok: false, problems: written.problems }
  const text = oneLine(written.text)
  return text === '' ? refuse('empty', 'digest') : { ok: true, language: manner.language, text }
}

function email(
  compiled: { subject: CompiledText; body: CompiledText },
  context: TemplateContext,
  manner: Manner,
): Rendered {
  const first = write(compiled.subject, context, manner, limits.subjectLength, 'subject')
  const second = write(compiled.body, context, manner, limits.mailLength, 'body')
  const subject = oneLine(first.text)
  const text = fewerBlankLines(second.text)
  const problems = unique([...first.problems, ...second.problems])
  if (problems.length > 0) return { ok: false, problems }
  if (subject === '') problems.push({ kind: 'empty', what: 'subject' })
  if (text === '') problems.push({ kind: 'empty', what: 'body' })
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, language: manner.language, subject, text }
}

function write(
  compiled: CompiledText,
  context: TemplateContext,
  manner: Manner,
  limit: number,
  name: string,
) {
  const scope = new Scope(liquid, context, manner)
  const out = new BoundedText(limit)
  try {
    toValueSync(liquid.renderer.renderTemplates(compiled.nodes, scope, out))
  } catch (error) {
    scope.problems.push(problemOf(error, name))
  }
  return { text: out.buffer, problems: unique(scope.problems) }
}

/** Conditions and loops leave blank lines behind. */
const fewerBlankLines = (text: string) =>
  text
    .normalize('NFC')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const refuse = (kind: RenderProblem['kind'], what: string): Rendered => ({
  ok: false,
  problems: [{ kind, what }],
})

const lacks = (channel: Channel | 'digest', template: CompiledTemplate) =>
  refuse('missing', `${channel} in template ${template.key}`)

function unique(problems: readonly RenderProblem[]): RenderProblem[] {
  const seen = new Map(problems.map((problem) => [`${problem.kind} ${problem.what}`, problem]))
  return [...seen.values()].slice(0, 20)
}

/** The words of one message: the template's version of now, in the client's language and zone. */
import type { Channel } from '../../kernel/index.ts'
import type { PreparedValues } from '../../platform/expressions/index.ts'
import { renderMessage, toContext } from '../templates/index.ts'
import type { CompiledAction } from './compile.ts'
import { type FirmProgram, zoneFor } from './program.ts'
import { clientValues, type Situation } from './situation.ts'

export type Composed =
  | {
      ok: true
      version: number
      language: string
      subject: string | null
      text: string
      segments: number | null
    }
  | { ok: false; problems: string[] }

export function compose(
  program: FirmProgram,
  action: Extract<CompiledAction, { kind: 'tell' }>,
  channel: Channel | 'digest',
  language: string,
  situation: Situation,
  given: { raw: Record<string, unknown>; values: PreparedValues },
): Composed {
  const known = program.templates.get(action.tell.template)
  if (!known) return { ok: false, problems: [`there is no template ${action.tell.template}`] }
  const facts: Record<string, unknown> = {}
  for (const [name, expression] of action.with) {
    const value = expression.evaluate(given.values)
    if (!value.ok) return { ok: false, problems: [`${name}: ${value.message}`] }
    facts[name] = value.value
  }
  const { matter, recipient } = situation
  const place = (given.raw.event as Record<string, unknown> | undefined)?.time_zone
  const rendered = renderMessage(known.template, {
    channel,
    language,
    fallbackLanguage: program.settings.languages[0]!,
    timeZone: zoneFor(program, recipient?.timeZone ?? null),
    homeZone: program.settings.timeZone,
    ...(typeof place === 'string' ? { placeZone: place } : {}),
    context: toContext({
      client: given.raw.client as Record<string, unknown>,
      recipient: recipient ? clientValues(recipient) : {},
      matter: {
        ...matter.data,
        number: matter.number,
        title: matter.title,
        state: {
          key: matter.state,
          words:
            matter.state === null
              ? null
              : (program.statuses.states.get(matter.state)?.words[language] ?? null),
          since: matter.state_entered_at,
        },
      },
      firm: { name: program.settings.name, phone: program.settings.offices[0]?.phone ?? null },
      event: given.raw.event as Record<string, unknown>,
      ...facts,
    }),
  })
  if (!rendered.ok) {
    return {
      ok: false,
      problems: rendered.problems.map((p) => `${channel} ${action.tell.template}: ${p.kind} ${p.what}`),
    }
  }
  return {
    ok: true,
    version: known.version,
    language: rendered.language,
    subject: rendered.subject ?? null,
    text: rendered.text,
    segments: rendered.segments ?? null,
  }
}

/** What a template would say about a real matter: through the same context as a message that is sent (compose.ts). */
import type { Channel, MatterId } from '../../kernel/index.ts'
import { channels } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { prepareValues } from '../../platform/expressions/index.ts'
import { lockMattersById } from '../matters/index.ts'
import { type CompiledTemplate, mailParts } from '../templates/index.ts'
import type { CompiledAction } from './compile.ts'
import { compose } from './compose.ts'
import { loadSituations } from './load.ts'
import type { FirmProgram } from './program.ts'
import { type Happening, ruleValues } from './situation.ts'

export interface PreviewedMessage {
  /** The rule whose `with` gives the values; null: no rule uses this template. */
  rule: string | null
  /** The matter's latest event of the rule's kind; null: none came yet, so what it would bring is missing. */
  eventAt: string | null
  language: string
  channel: Channel
  subject: string | null
  /** As it would leave: a text, or the text part of a mail. Null where it would be held. */
  text: string | null
  /** Of a mail: its HTML without the frame that all mails have. */
  content: string | null
  segments: number | null
  /** Why it would be held for staff. */
  problems: string[]
}

type Tell = Extract<CompiledAction, { kind: 'tell' }>

/**
 * @param template in place of the firm's own, before it is applied
 * @param languages absent: all that the template has
 * @returns null when the firm has no such template
 */
export async function previewTemplate(
  tx: FirmTx,
  given: FirmProgram,
  wanted: { key: string; template?: CompiledTemplate; matterId: MatterId; languages?: readonly string[] },
  now: Temporal.Instant,
): Promise<PreviewedMessage[] | null> {
  const own = given.templates.get(wanted.key)
  const template = wanted.template ?? own?.template
  if (!template) return null
  const program: FirmProgram = {
    ...given,
    templates: new Map(given.templates).set(wanted.key, { version: own?.version ?? 0, template }),
  }
  const [matter] = await lockMattersById(tx, [wanted.matterId])
  const situation = (await loadSituations(tx, program, [matter!], now)).situation(matter!)
  const uses = [...program.rulesByKey.values()].flatMap((rule) =>
    rule.actions
      .filter((a): a is Tell => a.kind === 'tell' && a.tell.template === wanted.key)
      .map((action) => ({ rule: rule.key as string | null, on: rule.on, action })),
  )
  if (uses.length === 0) uses.push({ rule: null, on: '', action: nobodysAction(wanted.key) })

  const languages = wanted.languages ?? Object.keys(template.languages)
  const found: PreviewedMessage[] = []
  for (const { rule, on, action } of uses) {
    const { happening, eventAt } = await latest(tx, wanted.matterId, on, now)
    const raw = ruleValues(happening, situation)
    const values = prepareValues(raw)
    for (const language of languages) {
      for (const channel of channels) {
        if (!action.tell.channels.includes(channel) || template.languages[language]?.[channel] === undefined)
          continue
        const composed = compose(program, action, channel, language, situation, { raw, values })
        const base = { rule, eventAt, language, channel }
        if (!composed.ok) {
          const nothing = { subject: null, text: null, content: null, segments: null }
          found.push({ ...base, ...nothing, problems: composed.problems })
          continue
        }
        const { subject, segments } = composed
        const mail = channel === 'email' ? partsOf(program, subject ?? '', composed.text, language) : null
        const text = mail?.text ?? composed.text
        found.push({ ...base, subject, text, content: mail?.content ?? null, segments, problems: [] })
      }
    }
  }
  return found
}

const partsOf = (program: FirmProgram, subject: string, markdown: string, language: string) =>
  mailParts({ subject, markdown, firmName: program.settings.name, language })

const nobodysAction = (template: string): Tell => ({
  kind: 'tell',
  tell: { template, channels: [...channels] } as unknown as Tell['tell'],
  with: new Map(),
  audience: 'client',
})

async function latest(
  tx: FirmTx,
  matterId: MatterId,
  type: string,
  now: Temporal.Instant,
): Promise<{ happening: Happening; eventAt: string | null }> {
  const [event] = await tx.rows<{
    id: string
    subject: string
    at: Temporal.Instant
    data: Record<string, unknown>
  }>(
    `select id, subject, occurred_at as at, data from events where matter_id = $1 and type = $2
     order by occurred_at desc, id desc limit 1`,
    [matterId, type],
  )
  return {
    happening: {
      eventId: event?.id ?? '',
      type,
      subject: event?.subject ?? '',
      occurredAt: event?.at ?? now,
      data: event?.data ?? {},
      stateEntry: null,
      fact: null,
      settlesAt: null,
    },
    eventAt: event?.at.toString() ?? null,
  }
}

/** A template that may be sent by hand, as a rule: so that it is decided, held and released like any other. */
import { type CompiledRule, compileRule, writtenEvent } from '../rules/index.ts'
import { byHandRoots, type TemplateConfig } from '../templates/index.ts'

/** No rule of the firm's own can have such a key. */
export const byHandKeyOf = (template: string): string => `by-hand:${template}`

/** @param version of the template: it is pinned on what is said */
export function compileByHand(config: TemplateConfig, version: number): CompiledRule[] {
  const { key, byHand, languages, variables } = config
  if (byHand === undefined) return []
  const texts = Object.values(languages)
  const compiled = compileRule(
    {
      key: byHandKeyOf(key),
      // Decided when somebody presses the button, and by no event's type.
      on: writtenEvent,
      evidence: [],
      wait: 'P1D',
      // biome-ignore lint/suspicious/noThenProperty: the word of rules
      then: [
        {
          tell: 'client',
          template: key,
          purpose: byHand.purpose,
          urgency: 'normal',
          channels: (['sms', 'email'] as const).filter((channel) =>
            texts.some((text) => text[channel] !== undefined),
          ),
          with: Object.fromEntries(
            byHandRoots(variables).map((root) => [root, `event.?typed.?${root}.orValue(null)`]),
          ),
          calendar: false,
        },
      ],
    },
    version,
  )
  if (!compiled.ok) throw new Error(`by hand, ${key}: ${compiled.problems[0]?.message}`)
  return [compiled.rule]
}

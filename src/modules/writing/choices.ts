/** Which templates may be sent by hand about a matter, and what is still missing for each. */
import type { Channel, Purpose } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { MatterRow } from '../matters/index.ts'
import {
  compose,
  type FirmProgram,
  languageFor,
  loadSituations,
  valuesOf,
  writtenEvent,
} from '../rules/index.ts'
import { byHandKeyOf } from './compile.ts'

export interface Choice {
  key: string
  describe: string | null
  purpose: Purpose
  /** What a person types into it, by its path, in the firm's words. */
  variables: { path: string; words: string }[]
  /** By which channels the firm sends it, and what the facts lack for it there. */
  channels: { channel: Channel; lacks: string[] }[]
}

export async function choices(
  tx: FirmTx,
  program: FirmProgram,
  matter: MatterRow,
  now: Temporal.Instant,
): Promise<{ items: Choice[]; language: string; preference: string | null }> {
  const known = async () => ({ notices: new Map<string, boolean>(), messages: new Set<string>() })
  const situation = (await loadSituations(tx, program, [matter], now, known)).situation(matter)
  const language = languageFor(program, situation.recipient?.language ?? null)
  const happening = {
    eventId: '',
    type: writtenEvent,
    subject: '',
    occurredAt: now,
    data: {},
    stateEntry: null,
    fact: null,
    settlesAt: null,
  }
  const given = valuesOf(happening, situation)
  const items = [...program.templates].flatMap(([key, { template }]): Choice[] => {
    const action = program.rulesByKey.get(byHandKeyOf(key))?.actions[0]
    if (action?.kind !== 'tell') return []
    const variables = Object.entries(template.config.variables ?? {}).map(([path, words]) => ({
      path,
      words,
    }))
    return [
      {
        key,
        describe: template.config.describe ?? null,
        purpose: action.tell.purpose,
        variables,
        channels: action.tell.channels
          .filter((channel) => program.outlets[channel] !== null)
          .map((channel) => {
            const composed = compose(program, action, channel, language, situation, given)
            const problems = composed.ok ? [] : composed.problems
            return { channel, lacks: problems.filter((problem) => !isTyped(problem, variables)) }
          }),
      },
    ]
  })
  return { items, language, preference: situation.recipient?.preference ?? null }
}

/** What a person types is missing until they have. */
const isTyped = (problem: string, variables: Choice['variables']): boolean => {
  const missing = / missing (\S+)$/.exec(problem)?.[1]
  return (
    missing !== undefined &&
    variables.some(
      ({ path }) => path === missing || missing.startsWith(`${path}.`) || path.startsWith(`${missing}.`),
    )
  )
}

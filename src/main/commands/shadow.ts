/** `tipstaff shadow`: what would have been sent, and how much of each. */
import { type ShadowedMessage, shadowed } from '../../modules/console/index.ts'
import { type Profile, shadowMark } from '../profiles.ts'
import {
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  minute,
  type OperatingDeps,
  printJson,
} from './operating.ts'

export interface ShadowOptions extends CommonOptions {
  /** ISO 8601 duration, counted back from now. */
  last: string
  limit: number
}

export function shadowCommand(
  deps: OperatingDeps & { profile: Profile | null },
  options: ShadowOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    if (deps.profile !== 'shadow')
      throw new CommandFailed(
        'this deployment is no shadow: what it decides it sends. Start one beside it with "npx tipstaff start --profile shadow"',
      )
    const since = deps.clock.now().subtract(lastOf(options.last))
    const messages = await deps.db.forFirm(firmId, (tx) =>
      shadowed(tx, { mark: shadowMark, since, limit: options.limit }),
    )
    if (options.json) printJson(deps.terminal, { since: since.toString(), messages })
    else deps.terminal.out(textOf(messages, since))
    return 0
  })
}

function lastOf(text: string): Temporal.DurationLike {
  try {
    const { seconds } = Temporal.Duration.from(text).round({
      largestUnit: 'seconds',
      relativeTo: '2026-01-01',
    })
    return { seconds }
  } catch {
    throw new CommandFailed(`--last ${text.slice(0, 40)} is not a duration such as P1D or PT12H`)
  }
}

function textOf(messages: readonly ShadowedMessage[], since: Temporal.Instant): string {
  if (messages.length === 0) return `Nothing would have been sent since ${minute(since.toString())}.\n`
  const counts = Map.groupBy(messages, (m) => `${m.rule} · ${m.template} · ${m.channel}`)
  const lines = messages.map((m) =>
    [
      `${minute(m.at.toString())}  ${m.channel.padEnd(5)}  ${m.client}${m.matter ? `, ${m.matter}` : ''}  (${m.rule}, ${m.language})`,
      ...(m.subject ? [`    ${m.subject}`] : []),
      ...(m.body ?? '(words deleted)').split('\n').map((line) => `    ${line}`),
    ].join('\n'),
  )
  const sums = [...counts].map(([what, those]) => `${String(those.length).padStart(6)}  ${what}`)
  return `${lines.join('\n\n')}\n\nWould have been sent since ${minute(since.toString())}: ${messages.length}\n${sums.join('\n')}\n`
}

/**
 * The dead-man switch: is the work that nobody asks for being done at all? Pure.
 *
 * What stands still can't say so itself. So whoever works leaves a sign of life in the database, and whoever lives looks
 * for it: a process with doors only, the next one that starts, and an outside service that misses our ping.
 */
import type { FirmId } from '../../kernel/index.ts'
import type { NewAlert } from './types.ts'

/** The kind under which operators hear that work stands still; its cause is `sweep` or a lane. */
export const workStopped = 'work_stopped'

/** Longer than a restart or an upgrade takes, and short enough that a reminder is still of use. */
export const patience = Temporal.Duration.from({ minutes: 15 })

/** Work of one lane for one firm that is due and that nobody has touched. */
export interface Untouched {
  lane: string
  firmId: FirmId
  since: Temporal.Instant
}

export interface Signs {
  now: Temporal.Instant
  /** When due work was last looked for; null: never yet. */
  sweptAt: Temporal.Instant | null
  /** Since when this process has been looking; what was before is not its to judge. */
  lookingSince: Temporal.Instant
  untouched: readonly Untouched[]
  /** Nothing is sent because somebody said so (a restored copy): that has an alert of its own. */
  held: boolean
}

/** What stands still: everything, or some lanes of some firms. */
export type Standstill =
  | { kind: 'everything'; since: Temporal.Instant }
  | { kind: 'lanes'; untouched: readonly Untouched[] }

/** @returns what has stood still for longer than `patience`; nothing: `lanes` without any */
export function standstill({ now, sweptAt, lookingSince, untouched, held }: Signs): Standstill {
  const since = sweptAt ?? lookingSince
  if (isOlder(since, now)) return { kind: 'everything', since }
  return { kind: 'lanes', untouched: held ? [] : untouched.filter((one) => isOlder(one.since, now)) }
}

/** @returns whether nothing was done for so long, before a process began or woke up, that somebody should hear of it */
export const isGap = (before: Temporal.Instant, now: Temporal.Instant): boolean => isOlder(before, now)

const isOlder = (moment: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(moment.add(patience), now) < 0

/** What a firm's operators are told of it. */
export function stoppedAlerts(found: Standstill, firmId: FirmId): NewAlert[] {
  const base = { kind: workStopped, severity: 'page' as const }
  if (found.kind === 'everything')
    return [
      {
        ...base,
        cause: 'sweep',
        title: `Nothing has run since ${found.since}: no worker looks for what is due`,
        detail: {
          since: found.since.toString(),
          hint: 'Is "npx tipstaff start" or "npx tipstaff worker" running? What is still true is said when it is back.',
        },
      },
    ]
  return found.untouched
    .filter((one) => one.firmId === firmId)
    .map(({ lane, since }) => ({
      ...base,
      cause: lane,
      title: `Work of the lane ${lane} has been due since ${since}, and nothing touches it`,
      detail: { lane, since: since.toString(), hint: 'The log at level error names what fails.' },
    }))
}

/** What became of the reminders whose moment passed while nothing ran. */
export interface Aftermath {
  from: Temporal.Instant
  to: Temporal.Instant
  late: number
  said: number
  /** Moved, off, over, or of a plan that has changed. */
  dropped: number
}

export function outageAlert({ from, to, late, said, dropped }: Aftermath): NewAlert {
  const waiting = late - said - dropped
  const became = [`${said} sent`, `${dropped} skipped`, ...(waiting > 0 ? [`${waiting} still wait`] : [])]
  const reminders =
    late === 0
      ? 'no reminder was late'
      : `${late} ${late === 1 ? 'reminder was' : 'reminders were'} late: ${became.join(', ')}`
  return {
    kind: 'work_missed',
    cause: from.toString(),
    severity: late > 0 ? 'page' : 'warning',
    title: `Nothing ran from ${shown(from)} to ${shown(to)}; ${reminders}`,
    detail: { from: from.toString(), to: to.toString(), late, sent: said, skipped: dropped, waiting },
  }
}

const shown = (moment: Temporal.Instant) => moment.toString({ smallestUnit: 'second' })

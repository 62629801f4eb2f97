/** What a torture run is asked to do. */
import { parseArgs } from 'node:util'

export interface TortureOptions {
  messages: number
  /** SIGKILLs at random moments. */
  kills: number
  /** SIGSTOPs past the lease, with another process taking over meanwhile. */
  freezes: number
  /** Restarts of PostgreSQL, half of them without a clean shutdown. */
  restarts: number
  seed: number
  /** Seconds in which the events are spread, and everything that goes wrong with them. */
  seconds: number
  /** Leases and questions of seconds instead of a minute, through the app's own settings. */
  quick: boolean
  json: boolean
}

const usage = `node test/torture/main.ts --messages N --kills K --seed S [--freezes F] [--restarts R] [--seconds T] [--quick] [--json]`

export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: string[]): TortureOptions {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  let values: Record<string, string | boolean | undefined>
  try {
    ;({ values } = parseArgs({
      args,
      options: {
        messages: text,
        kills: text,
        freezes: text,
        restarts: text,
        seed: text,
        seconds: text,
        quick: flag,
        json: flag,
      },
    }))
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`)
  }
  const number = (name: string, fallback: number, least: number): number => {
    const given = values[name]
    if (given === undefined) return fallback
    if (typeof given === 'string' && /^\d{1,7}$/.test(given) && Number(given) >= least) return Number(given)
    throw new UsageError(`--${name} must be a whole number from ${least}\n${usage}`)
  }
  const kills = number('kills', 25, 0)
  const seconds = number('seconds', Math.max(20, kills * 5), 5)
  return {
    messages: number('messages', 2_000, 1),
    kills,
    freezes: number('freezes', Math.ceil(kills / 5), 0),
    // Every 5 to 20 s, for the middle half of the run.
    restarts: number('restarts', Math.ceil(seconds / 2 / 12.5), 0),
    seed: number('seed', 1, 0),
    seconds,
    quick: values.quick === true,
    json: values.json === true,
  }
}

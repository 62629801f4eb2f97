/**
 * When a queue will be through, at its rate and around the hours in which its clients sleep. Pure.
 *
 * What shares an urgency and a moment leaves in no order that anybody knows, so of each such batch all leave in proportion
 * to their share; what is left of some when they fall asleep waits for their morning.
 */
/** Messages that leave together, of clients who keep the same hours. */
export interface Waiting {
  /** Names the hours that they keep. */
  hours: string
  count: number
}

/** When those hours are quiet. */
export interface Sleep {
  /** Until when it is quiet then; null: it is not. */
  until(moment: Temporal.Instant, hours: string): Temporal.Instant | null
  /** When it becomes quiet next, while it is not; null: never. */
  next(moment: Temporal.Instant, hours: string): Temporal.Instant | null
}

export interface Through {
  /** When the last one leaves; null: not within a month. */
  at: Temporal.Instant | null
  /** How many wait for the end of quiet hours first. */
  afterQuiet: number
}

/** After which nobody plans by it any more. */
const furthest = { hours: 31 * 24 }

/**
 * @param batches in the order in which they leave
 * @param perSecond of the connection; null: no limit
 * @param sleep null: nobody's binds this channel
 */
export function whenThrough(
  batches: readonly (readonly Waiting[])[],
  perSecond: number | null,
  sleep: Sleep | null,
  now: Temporal.Instant,
): Through {
  let at = now
  let afterQuiet = 0
  const queue = batches.map((batch) => batch.map((one) => ({ ...one })))
  const asleep = new Map<string, { until: Temporal.Instant; count: number }>()
  const end = now.add(furthest)
  while (Temporal.Instant.compare(at, end) < 0) {
    // Who has slept goes first: nothing was due before them.
    for (const [hours, { until, count }] of asleep) {
      if (Temporal.Instant.compare(until, at) > 0) continue
      asleep.delete(hours)
      queue.unshift([{ hours, count }])
    }
    const batch = queue[0]
    if (batch === undefined) {
      const next = [...asleep.values()].map(({ until }) => until).toSorted(Temporal.Instant.compare)[0]
      if (next === undefined) return { at, afterQuiet }
      at = next
      continue
    }
    let seconds = Number.POSITIVE_INFINITY
    const awake = batch.filter((one) => {
      const until = sleep?.until(at, one.hours) ?? null
      if (until !== null) {
        const already = asleep.get(one.hours)?.count ?? 0
        asleep.set(one.hours, { until, count: already + one.count })
        afterQuiet += one.count
        return false
      }
      const next = sleep?.next(at, one.hours) ?? null
      if (next !== null) seconds = Math.min(seconds, at.until(next).total('seconds'))
      return true
    })
    const left = awake.reduce((sum, one) => sum + one.count, 0)
    if (left === 0) {
      queue.shift()
      continue
    }
    for (const { until } of asleep.values()) seconds = Math.min(seconds, at.until(until).total('seconds'))
    const needed = perSecond === null ? 0 : left / perSecond
    if (needed <= seconds) {
      at = later(at, needed)
      queue.shift()
      continue
    }
    const gone = seconds * perSecond!
    queue[0] = share(awake, left, gone)
    at = later(at, seconds)
  }
  return { at: null, afterQuiet }
}

/** Whole messages: what a fraction leaves over is given to the first. */
function share(awake: readonly Waiting[], left: number, gone: number): Waiting[] {
  const kept = awake.map((one) => ({ ...one, count: Math.floor(one.count * (1 - gone / left)) }))
  const over = Math.max(0, Math.round(left - gone) - kept.reduce((sum, one) => sum + one.count, 0))
  return kept.map((one, i) => (i === 0 ? { ...one, count: one.count + over } : one))
}

/** At least a second, so that time goes on. */
const later = (at: Temporal.Instant, seconds: number): Temporal.Instant =>
  at.add({ milliseconds: Math.ceil(seconds * 1000) })

/** Time as the core sees it: an instant for what is stored, a monotonic count for how long something took. */
export interface Clock {
  now(): Temporal.Instant
  /** Milliseconds from an arbitrary start that never go back, even when the wall clock is set. */
  monotonic(): number
}

export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  monotonic: () => performance.now(),
}

/** A clock that moves only when told; for tests and rehearsals. */
export function drivenClock(start: string | Temporal.Instant): Clock & {
  advance(duration: Temporal.DurationLike): void
  set(instant: string | Temporal.Instant): void
} {
  let now = Temporal.Instant.from(start)
  const origin = now.epochMilliseconds
  return {
    now: () => now,
    monotonic: () => now.epochMilliseconds - origin,
    advance: (duration) => {
      now = now.add(duration)
    },
    set: (instant) => {
      now = Temporal.Instant.from(instant)
    },
  }
}

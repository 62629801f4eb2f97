/**
 * How often somebody may ask: the generic cell rate algorithm (ITU-T I.371, the virtual scheduling form). One number for
 * each who asks: when they would have used up what they have drawn. Our own, since the known libraries keep their own
 * time, and two dozen lines can be driven by a clock.
 */
export interface Rate {
  /** How many may come at once; and as many again over `seconds`, evenly. */
  quota: number
  seconds: number
}

export interface Draw {
  allowed: boolean
  /** How many more would be let through now. */
  left: number
  /** Seconds until the whole quota is there again. */
  full: number
  /** Seconds until the next is let through; 0 where it was. */
  retry: number
}

/** Whoever is not known here has their whole quota: that many are remembered before those are forgotten who have too. */
const remembered = 10_000

/** Counts in this process alone. */
export class RateLimiter {
  readonly rate: Rate
  readonly #monotonic: () => number
  readonly #spentAt = new Map<string, number>()

  /** @param monotonic milliseconds that never go back */
  constructor(rate: Rate, monotonic: () => number) {
    this.rate = rate
    this.#monotonic = monotonic
  }

  draw(who: string): Draw {
    const now = this.#monotonic()
    const window = this.rate.seconds * 1_000
    const each = window / this.rate.quota
    const spent = Math.max(now, this.#spentAt.get(who) ?? now)
    const after = spent + each
    // Whole drops make fractions of milliseconds, whose sum is not exact.
    const allowed = after - now <= window + each / 1_000
    const held = (allowed ? after : spent) - now
    if (allowed) {
      if (this.#spentAt.size >= remembered && !this.#spentAt.has(who)) this.#forget(now)
      this.#spentAt.set(who, after)
    }
    return {
      allowed,
      left: Math.max(0, Math.floor((window - held) / each + 0.001)),
      full: Math.ceil(held / 1_000),
      retry: allowed ? 0 : Math.max(1, Math.ceil((after - window - now) / 1_000)),
    }
  }

  #forget(now: number): void {
    for (const [who, at] of this.#spentAt) if (at <= now) this.#spentAt.delete(who)
  }
}

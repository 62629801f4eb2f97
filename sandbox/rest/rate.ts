/** A rate limit in fixed windows, by caller. */
export interface Rate {
  /** Calls a window; null lifts the limit. */
  limit: number | null
  /** Headers that tell of it, and whether this call is one too many. */
  spend(caller: string): { headers: Record<string, string>; refused: boolean }
  clear(): void
}

/** @param now milliseconds */
export function createRate(now: () => number, windowMs: number, limit: number): Rate {
  const windows = new Map<string, { ends: number; used: number }>()
  const rate: Rate = {
    limit,
    spend(caller) {
      if (rate.limit === null) return { headers: {}, refused: false }
      const at = now()
      let window = windows.get(caller)
      if (!window || window.ends <= at) {
        window = { ends: at + windowMs, used: 0 }
        windows.set(caller, window)
      }
      window.used++
      const refused = window.used > rate.limit
      return {
        refused,
        headers: {
          'X-RateLimit-Limit': String(rate.limit),
          'X-RateLimit-Remaining': String(Math.max(0, rate.limit - window.used)),
          'X-RateLimit-Reset': String(Math.ceil(window.ends / 1_000)),
          ...(refused ? { 'Retry-After': String(Math.max(1, Math.ceil((window.ends - at) / 1_000))) } : {}),
        },
      }
    },
    clear() {
      windows.clear()
      rate.limit = limit
    },
  }
  return rate
}

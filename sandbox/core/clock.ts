/** The sandbox's time: the machine's own, or one that a test drives. */
export type Clock = {
  /** ms since the epoch. */
  now(): number
  /** Runs `task` once, `ms` later; returns a canceller. */
  after(ms: number, task: () => void): () => void
  /** Stops at `now` (ms), or goes on by `advanceMs`, running what falls due in order; `null` follows the machine again. */
  drive(to: { now: number } | { advanceMs: number } | null): void
  /** Drops all that is planned. */
  clear(): void
}

type Planned = { due: number; order: number; task: () => void; timer?: NodeJS.Timeout }

// setTimeout fires at once beyond 2^31-1 ms, and Twilio schedules up to 35 days ahead.
const longestTimer = 2 ** 31 - 1

/** Makes a clock; `machine` is where real time comes from (ms). */
export function createClock(machine: () => number = Date.now): Clock {
  const planned = new Set<Planned>()
  let stoppedAt: number | null = null
  let order = 0
  const now = () => stoppedAt ?? machine()

  function arm(item: Planned): void {
    const wait = Math.max(0, item.due - machine())
    item.timer = setTimeout(
      () => {
        if (item.due > machine() && wait >= longestTimer) return arm(item)
        planned.delete(item)
        item.task()
      },
      Math.min(wait, longestTimer),
    )
  }

  function runUntil(end: number): void {
    for (;;) {
      const next = [...planned].sort((a, b) => a.due - b.due || a.order - b.order)[0]
      if (!next || next.due > end) break
      planned.delete(next)
      stoppedAt = Math.max(stoppedAt ?? next.due, next.due)
      next.task()
    }
    stoppedAt = end
  }

  return {
    now,
    after(ms, task) {
      const item: Planned = { due: now() + ms, order: order++, task }
      planned.add(item)
      if (stoppedAt === null) arm(item)
      return () => {
        planned.delete(item)
        clearTimeout(item.timer)
      }
    },
    drive(to) {
      for (const item of planned) clearTimeout(item.timer)
      if (to === null) {
        stoppedAt = null
        for (const item of planned) arm(item)
        return
      }
      stoppedAt ??= machine()
      runUntil('now' in to ? to.now : stoppedAt + to.advanceMs)
    },
    clear() {
      for (const item of planned) clearTimeout(item.timer)
      planned.clear()
    },
  }
}

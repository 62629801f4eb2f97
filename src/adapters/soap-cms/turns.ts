/** One after the other: for a system that bears one call at a time. Holds for this process; the gate for all of them. */
import type { CmsUrgency } from '../../modules/connections/index.ts'

export interface Turns {
  /**
   * @returns what gives the turn to the next one; null when the signal came first
   */
  take(urgency: CmsUrgency, signal: AbortSignal): Promise<(() => void) | null>
}

export function createTurns(): Turns {
  let taken = false
  const waiting: Record<CmsUrgency, Set<() => void>> = { now: new Set(), background: new Set() }

  const next = (): void => {
    // Those whom a client waits for go first; among equals, who came first.
    const [first] = [...waiting.now, ...waiting.background]
    if (first) first()
    else taken = false
  }
  const turn = (): (() => void) => {
    let given = false
    return () => {
      if (!given) next()
      given = true
    }
  }

  return {
    take(urgency, signal) {
      if (signal.aborted) return Promise.resolve(null)
      if (!taken) {
        taken = true
        return Promise.resolve(turn())
      }
      return new Promise((resolve) => {
        const leave = (): void => {
          waiting[urgency].delete(mine)
          signal.removeEventListener('abort', tired)
        }
        const tired = (): void => {
          leave()
          resolve(null)
        }
        const mine = (): void => {
          leave()
          resolve(turn())
        }
        waiting[urgency].add(mine)
        signal.addEventListener('abort', tired, { once: true })
      })
    },
  }
}

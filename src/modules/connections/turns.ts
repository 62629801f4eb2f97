/**
 * Systems that bear only so many calls at once: one row for each place, taken under a lease, so that a process that
 * dies in a call frees its place. Within a process callers queue up; between processes they look again after a while.
 */
import type { ConnectionId, FirmId, NewId } from '../../kernel/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'
import type { CmsUrgency } from './access.ts'
import { giveTurn, takeTurn } from './gate-store.ts'

export interface TurnDeps {
  db: Database
  now(): Temporal.Instant
  newId: NewId
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>
}

/** Beyond the longest call: the answer must be handed on, and clocks of two machines differ a little. */
const margin = 5_000
const firstLook = 25
const longestLook = 400

export class Turns {
  readonly #deps: TurnDeps
  readonly #of: { firmId: FirmId; connectionId: ConnectionId; atOnce: number; longestMs: number }
  #here = 0
  readonly #waiting: { urgency: CmsUrgency; go(): void }[] = []

  constructor(
    deps: TurnDeps,
    of: { firmId: FirmId; connectionId: ConnectionId; atOnce: number; longestMs: number },
  ) {
    this.#deps = deps
    this.#of = of
  }

  /** @returns how to give it back; null when none came free in `patience` milliseconds */
  async take(urgency: CmsUrgency, patience: number): Promise<(() => Promise<void>) | null> {
    const { db, now, newId, wait } = this.#deps
    const { firmId, connectionId, atOnce, longestMs } = this.#of
    await this.#placeHere(urgency)
    const holder = newId<string>()
    try {
      for (let waited = 0, look = firstLook; ; waited += look, look = Math.min(look * 2, longestLook)) {
        const at = now()
        const until = at.add({ milliseconds: longestMs + margin })
        const place = await db.forFirm(firmId, (tx) =>
          takeTurn(tx, connectionId, atOnce, { holder, now: at, until }),
        )
        if (place !== null)
          return async () => {
            try {
              await db.forFirm(firmId, (tx) => giveTurn(tx, connectionId, holder))
            } finally {
              this.#leaveHere()
            }
          }
        if (waited >= patience) break
        await wait(look)
      }
    } catch (error) {
      this.#leaveHere()
      throw error
    }
    this.#leaveHere()
    return null
  }

  /** Whose work a client waits for comes first. */
  #placeHere(urgency: CmsUrgency): Promise<void> {
    if (this.#here < this.#of.atOnce) {
      this.#here++
      return Promise.resolve()
    }
    return new Promise((go) => {
      const at = this.#waiting.findIndex((other) => urgency === 'now' && other.urgency === 'background')
      this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, { urgency, go })
    })
  }

  #leaveHere(): void {
    const next = this.#waiting.shift()
    if (next) next.go()
    else this.#here--
  }
}

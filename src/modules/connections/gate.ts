/**
 * Who may call a CMS now: one rate limit for all callers and processes of a connection. A permit is reserved in a short
 * transaction before the call; where the CMS told of no limit there is nothing to reserve, and no database work.
 */
import type { ConnectionId, FirmId } from '../../kernel/index.ts'
import type { CmsGate, CmsLimit, CmsPass, CmsUrgency } from './access.ts'
import { admit, ended } from './gate-policy.ts'
import { lockGate, readGate, writeGate } from './gate-store.ts'
import { type TurnDeps, Turns } from './turns.ts'
import type { CmsTrouble } from './verdicts.ts'

export interface GateDeps extends TurnDeps {
  log: { warn(fields: object, message: string): void }
}

/** How long a caller stands in line for its turn before it is told to come again, in milliseconds. */
const patience = 10_000

/** @param of.turns calls that may be under way at once, and how long one takes at most */
export function connectionGate(
  deps: GateDeps,
  of: { firmId: FirmId; connectionId: ConnectionId; turns?: { atOnce: number; longestMs: number } },
): CmsGate {
  const { db, now, log } = deps
  const { firmId, connectionId } = of
  const turns = of.turns ? new Turns(deps, { firmId, connectionId, ...of.turns }) : null
  /** Null: not known yet, to be looked up once. */
  let limited: Promise<boolean> | null = null
  /** Let through while no limit was known, and not ended. */
  let unreserved = 0

  const lookUp = async () => {
    const { perWindow, closedUntil } = await db.forFirm(firmId, (tx) => readGate(tx, connectionId))
    return perWindow !== null || closedUntil !== null
  }

  /** @returns the window that the call counts in (null: in none), or until when to wait */
  const reserve = async (
    urgency: CmsUrgency,
  ): Promise<{ window: number | null } | { until: Temporal.Instant }> => {
    limited ??= lookUp()
    limited.catch(() => {
      limited = null
    })
    if (!(await limited)) return { window: null }
    return db.forFirm(firmId, async (tx) => {
      const state = await lockGate(tx, connectionId)
      const verdict = admit(state, urgency, now())
      if (verdict.next !== state) writeGate(tx, connectionId, verdict.next)
      if (!verdict.go) return { until: verdict.until }
      // Another process learnt that the limit is lifted, or the time is over for which it was closed.
      if (verdict.next.perWindow === null) {
        limited = Promise.resolve(false)
        return { window: null }
      }
      return { window: verdict.next.window }
    })
  }

  /** Nobody waits for it: what was learnt in vain is told again by the next answer. */
  const learn = async (window: number | null, told: CmsLimit | undefined) => {
    if (told === undefined || (window === null && told.kind === 'none')) return
    const others = unreserved
    await db.forFirm(firmId, async (tx) => {
      const state = await lockGate(tx, connectionId)
      writeGate(tx, connectionId, ended(state, { window, others }, told, now()))
    })
    limited = Promise.resolve(told.kind !== 'none')
  }

  return {
    async enter(urgency) {
      const give = turns === null ? noTurn : await turns.take(urgency, patience)
      if (give === null) return wait('others are calling; only so many may at once', 2)
      let entered: Awaited<ReturnType<typeof reserve>>
      try {
        entered = await reserve(urgency)
      } catch (error) {
        await give()
        throw error
      }
      if ('until' in entered) {
        await give()
        const seconds = Math.ceil((entered.until.epochMilliseconds - now().epochMilliseconds) / 1000)
        return wait('the calls of this minute are used up', Math.max(1, seconds))
      }
      const { window } = entered
      if (window === null) unreserved++
      let left = false
      const pass: CmsPass = {
        async leave(told) {
          if (left) return
          left = true
          if (window === null) unreserved--
          try {
            await Promise.all([learn(window, told), give()])
          } catch (error) {
            log.warn({ firm: firmId, connection: connectionId, err: error }, 'a rate limit was not noted')
          }
        },
      }
      return { ok: true, value: pass }
    },
  }
}

const noTurn = async () => {}

const wait = (detail: string, retryAfter: number): CmsTrouble => ({
  ok: false,
  kind: 'rate_limited',
  retryAfter,
  detail,
})

/**
 * The deliver lane: claims what is due, calls the providers with no connection held, writes the outcomes.
 */
import type { Clock, ConnectionId, FirmId, MessageId, NewId } from '../../kernel/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'
import { batcher } from '../../platform/jobs/batcher.ts'
import type { Lane, LaneResult } from '../../platform/jobs/lanes.ts'
import type { QuietTable } from '../moments/index.ts'
import { invitationFile } from '../templates/index.ts'
import type { Rate } from './bucket.ts'
import { claim } from './claim.ts'
import type { DeliveryNews } from './news.ts'
import { type Outcome, writeOutcomes } from './outcomes.ts'
import type { OutgoingMessage, Sender } from './ports.ts'
import type { ClaimedAttempt } from './types.ts'

/** What delivery needs to know of a firm; main/firms.ts makes it from the firm's configuration. */
export interface FirmDelivery {
  quiet: QuietTable
  schedule: readonly Temporal.Duration[]
  /** How old the facts of a connection's matters may be when a message is tried again; not named: any age. */
  factsMaxAge: ReadonlyMap<ConnectionId, Temporal.Duration>
  outlets: ReadonlyMap<ConnectionId, Outlet>
  /** Both parts of a mail from its Markdown. */
  mail(message: { subject: string; body: string; language: string; messageId: MessageId }): {
    html: string
    text: string
    unsubscribeUrl: string
  }
}

/** One connection's way out of the house. */
export interface Outlet {
  sender: Sender
  rate: Rate | null
  receiptsUrl: string
}

/** When a claim began, by both clocks. */
interface Claimed {
  at: Temporal.Instant
  monotonic: number
}

/** What a call may still need after its time-out: to be noticed, and its outcome written. */
const callMargin = 500

/**
 * The lease must outlast a call that left at its half (DESIGN: lease > HTTP time-out + margin).
 *
 * @returns null when it does, else what is wrong
 */
export function leaseProblem(lease: Temporal.Duration, sender: Pick<Sender, 'timeoutMs'>): string | null {
  const half = lease.total('milliseconds') / 2
  if (sender.timeoutMs + callMargin <= half) return null
  return `timeoutMs ${sender.timeoutMs} is too long: at most ${half - callMargin} with a lease of ${lease.total('seconds')} s`
}

export interface DeliveryDeps {
  db: Database
  clock: Clock
  newId: NewId
  firm(firmId: FirmId): Promise<FirmDelivery>
  news: DeliveryNews
  /** Longer than the slowest provider's time-out and a margin. */
  lease: Temporal.Duration
  /** Calls under way per connection. */
  maxInFlight: number
  /** False while a restored backup has not been reconciled: nothing leaves. */
  maySend(): boolean
  observe: DeliveryObserver
}

export interface DeliveryObserver {
  attempt(provider: string, verdict: string, seconds: number): void
  /** A first attempt leaves, so many seconds after it was due. */
  dispatched?(seconds: number): void
  outcomeNotWritten(error: unknown): void
}

const batch = 100

export interface Dispatcher {
  lane: Lane
  /** Resolves when no call is under way and every outcome is written. */
  drain(): Promise<void>
}

/** @param nudge wakes the lane for a firm that had more to send than there were free calls */
export function dispatcher(deps: DeliveryDeps, nudge: (firmId: FirmId) => void): Dispatcher {
  const inFlight = new Map<ConnectionId, number>()
  const starved = new Set<FirmId>()
  /** Connections at their rate limit, until when on the monotonic clock. */
  const resting = new Map<ConnectionId, number>()
  let underWay = 0
  let idlers: (() => void)[] = []

  const outcomes = batcher<Outcome, void>({
    key: (o) => o.firmId,
    max: 200,
    gather: 20,
    run: async (firmId, items) => {
      const firm = await deps.firm(firmId as FirmId)
      await deps.db.forFirm(firmId as FirmId, (tx) =>
        writeOutcomes(tx, items, {
          now: deps.clock.now(),
          schedule: firm.schedule,
          newId: deps.newId,
          news: deps.news,
        }),
      )
      return items.map(() => undefined)
    },
  })

  /** The answer is in our hands: it is worth some patience. After that the lease ends and the provider is asked. */
  const write = async (outcome: Outcome) => {
    for (let tries = 1; ; tries++) {
      try {
        return await outcomes.add(outcome)
      } catch (error) {
        if (tries === 20) return deps.observe.outcomeNotWritten(error)
        await new Promise((resolve) => setTimeout(resolve, 250 * Math.min(tries, 8)))
      }
    }
  }

  // A process that was frozen since the claim must not wake up and send what was given to another (DESIGN). The wall
  // clock is looked at too: a suspended machine's monotonic clock stands still (clock_gettime(2), CLOCK_MONOTONIC).
  const stillOurs = (claimed: Claimed) => {
    const half = deps.lease.total('milliseconds') / 2
    const wall = deps.clock.now().epochMilliseconds - claimed.at.epochMilliseconds
    return deps.clock.monotonic() - claimed.monotonic <= half && wall <= half
  }

  const attemptOnce = async (
    firm: FirmDelivery,
    attempt: ClaimedAttempt,
    outlet: Outlet,
    claimed: Claimed,
  ): Promise<Outcome['verdict']> => {
    let message: OutgoingMessage
    try {
      message = outgoing(firm, attempt, outlet.receiptsUrl)
    } catch (error) {
      // Nothing was sent, and trying again would fail alike: a human looks at it.
      return { kind: 'refused', code: 'not_composed', detail: error instanceof Error ? error.name : 'failed' }
    }
    let late = false
    const mayLeave = () => {
      late = !stillOurs(claimed)
      return !late
    }
    if (!mayLeave()) return { kind: 'abandoned' }
    const verdict = await outlet.sender.send(message, mayLeave)
    return late ? { kind: 'abandoned' } : verdict
  }

  const call = async (firmId: FirmId, firm: FirmDelivery, attempt: ClaimedAttempt, claimed: Claimed) => {
    const outlet = firm.outlets.get(attempt.connectionId)!
    const { sender } = outlet
    const started = deps.clock.monotonic()
    if (attempt.number === 1)
      deps.observe.dispatched?.(attempt.dueAt.until(deps.clock.now()).total('seconds'))
    const verdict = await attemptOnce(firm, attempt, outlet, claimed)
    deps.observe.attempt(sender.provider, verdict.kind, (deps.clock.monotonic() - started) / 1000)
    free(attempt.connectionId, firmId)
    await write({
      firmId,
      attemptId: attempt.attemptId,
      messageId: attempt.messageId,
      number: attempt.number,
      retryStep: attempt.retryStep,
      verdict,
      provider: sender.provider,
    })
    if (--underWay === 0) {
      for (const wake of idlers) wake()
      idlers = []
    }
  }

  const free = (connection: ConnectionId, firmId: FirmId) => {
    inFlight.set(connection, inFlight.get(connection)! - 1)
    // Half the calls at once, so that a claim is a batch again and not one row.
    if (starved.has(firmId) && inFlight.get(connection)! <= deps.maxInFlight / 2) {
      starved.delete(firmId)
      nudge(firmId)
    }
  }

  const run = async (firmId: FirmId): Promise<LaneResult> => {
    if (!deps.maySend()) return { next: 'wait', milliseconds: 5_000 }
    const firm = await deps.firm(firmId)
    const outlets = new Map<ConnectionId, { rate: Rate | null; free: number }>()
    let full = false
    const started = deps.clock.monotonic()
    for (const [id, outlet] of firm.outlets) {
      // At its rate limit: asked again only when a token has come.
      if ((resting.get(id) ?? 0) > started) continue
      const left = deps.maxInFlight - (inFlight.get(id) ?? 0)
      if (left > 0) outlets.set(id, { rate: outlet.rate, free: left })
      else full = true
    }
    if (full) starved.add(firmId)
    if (outlets.size === 0) return rest(firm, started)

    const moment: Claimed = { at: deps.clock.now(), monotonic: deps.clock.monotonic() }
    const claimed = await deps.db.forFirm(firmId, (tx) =>
      claim(tx, {
        now: moment.at,
        limit: batch,
        lease: deps.lease,
        newId: deps.newId,
        connections: outlets,
        guard: { quiet: firm.quiet },
        factsMaxAge: firm.factsMaxAge,
      }),
    )
    for (const attempt of claimed.attempts) {
      inFlight.set(attempt.connectionId, (inFlight.get(attempt.connectionId) ?? 0) + 1)
      underWay++
      void call(firmId, firm, attempt, moment)
    }
    for (const [id, ms] of claimed.waits) resting.set(id, moment.monotonic + ms)
    return claimed.more ? { next: 'more' } : rest(firm, moment.monotonic)
  }

  /** Until the first of the firm's connections that are at their limit may send again. */
  const rest = (firm: FirmDelivery, at: number): LaneResult => {
    const waits = [...firm.outlets.keys()].map((id) => (resting.get(id) ?? 0) - at).filter((ms) => ms > 0)
    return waits.length === 0 ? { next: 'idle' } : { next: 'wait', milliseconds: Math.min(...waits) }
  }

  return {
    lane: { name: 'deliver', parallel: 2, run },
    drain: async () => {
      if (underWay > 0) await new Promise<void>((resolve) => idlers.push(resolve))
      await outcomes.idle()
    },
  }
}

function outgoing(firm: FirmDelivery, attempt: ClaimedAttempt, receiptsUrl: string): OutgoingMessage {
  const base = { attemptId: attempt.attemptId, channel: attempt.channel, to: attempt.address, receiptsUrl }
  if (attempt.channel === 'sms') return { ...base, text: attempt.body }
  const subject = attempt.subject ?? ''
  const parts = firm.mail({
    subject,
    body: attempt.body,
    language: attempt.language,
    messageId: attempt.messageId,
  })
  return {
    ...base,
    subject,
    text: parts.text,
    html: parts.html,
    unsubscribeUrl: parts.unsubscribeUrl,
    ...(attempt.calendar === null ? {} : { attachments: [invitationFile(attempt.calendar)] }),
  }
}

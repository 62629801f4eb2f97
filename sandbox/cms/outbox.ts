import type { CoreDeps } from '../core/deps.ts'
import { type Random, randomFrom } from './random.ts'

/** How webhooks leave: retries, and mishaps that rehearsals ask for. */
export interface OutboxSettings {
  /** How many more times a delivery is tried (Clio: 5, providers.md §4). */
  retries: number
  /** Wait before the first retry, in seconds; each further wait is twice the last (Clio: 120). */
  retryBaseSeconds: number
  /** Time an endpoint has to answer, in milliseconds. Clio says "a short period" only. */
  timeoutMs: number
  /** Share of deliveries (0 to 1) that are never sent. */
  dropShare: number
  /** Share of deliveries (0 to 1) that are sent twice. */
  doubleShare: number
  /** Deliveries wait a random time up to this, in milliseconds, so that they overtake each other. */
  shuffleMs: number
  /** Makes the mishaps repeatable. */
  seed: number
}

export const OUTBOX_DEFAULTS: OutboxSettings = {
  retries: 5,
  retryBaseSeconds: 120,
  timeoutMs: 10_000,
  dropShare: 0,
  doubleShare: 0,
  shuffleMs: 0,
  seed: 1,
}

export type Outcome = 'delivered' | 'retrying' | 'failed' | 'gone' | 'dropped' | 'cancelled'

/** One line of the delivery log: an attempt, or the fact that there was none. */
export interface LogEntry {
  id: number
  /** Milliseconds since the epoch. */
  at: number
  kind: string
  hook: number | string
  url: string
  event: string
  model: string
  record: number
  attempt: number
  /** HTTP status; 0 when nobody answered. */
  status: number
  /** How long the answer took, in milliseconds. */
  ms: number
  outcome: Outcome
  error?: string
  play?: string
}

export interface Delivery {
  kind: string
  hook: number | string
  url: string
  event: string
  model: string
  record: number
  body: string
  /** Asked anew for each attempt, since some signatures carry the time. */
  headers(): Record<string, string>
  /** False once the receiver was removed or disabled: what is left is not sent. */
  alive(): boolean
  /** Called when the receiver answered 410. */
  gone?(): void
  play?: string
}

export interface Outbox {
  settings: OutboxSettings
  configure(change: Partial<OutboxSettings>): void
  /** Sends, in the background; never throws. */
  send(delivery: Delivery): void
  /** Newest first. */
  log(limit: number): LogEntry[]
  counts(play?: string): Record<Outcome | 'attempts' | 'pending', number>
  /** Forgets the log and what is still waiting. */
  clear(): void
}

/** Lines of the log that are kept. */
const LOG_SIZE = 2_000

const noCounts = () => ({
  attempts: 0,
  pending: 0,
  delivered: 0,
  retrying: 0,
  failed: 0,
  gone: 0,
  dropped: 0,
  cancelled: 0,
})
type Counts = ReturnType<typeof noCounts>

/** For Clio 2xx and 3xx count as processed, as does 410, which also disables the hook; for others 2xx and 410. */
function processed(kind: string, status: number): boolean {
  return (status >= 200 && status < (kind === 'clio' ? 400 : 300)) || status === 410
}

/** Sends webhooks with retries, and keeps the log that the pages show. */
export function createOutbox(
  deps: Pick<CoreDeps, 'post' | 'after' | 'now' | 'announce'>,
  defaults: Partial<OutboxSettings> = {},
): Outbox {
  let settings: OutboxSettings = { ...OUTBOX_DEFAULTS, ...defaults }
  let random: Random = randomFrom(settings.seed)
  let lines: LogEntry[] = []
  let lastLine = 0
  let total = noCounts()
  const plays = new Map<string, Counts>()
  let generation = 0

  const tallies = (delivery: Delivery): Counts[] => {
    if (delivery.play === undefined) return [total]
    let counts = plays.get(delivery.play)
    if (counts === undefined) {
      counts = noCounts()
      plays.set(delivery.play, counts)
    }
    return [total, counts]
  }

  const note = (
    delivery: Delivery,
    part: Pick<LogEntry, 'attempt' | 'status' | 'ms' | 'outcome'> & { error?: string },
  ) => {
    const { kind, hook, url, event, model, record } = delivery
    lines.push({
      id: ++lastLine,
      at: deps.now(),
      kind,
      hook,
      url,
      event,
      model,
      record,
      ...part,
      ...(delivery.play === undefined ? {} : { play: delivery.play }),
    })
    if (lines.length > LOG_SIZE * 2) lines = lines.slice(-LOG_SIZE)
    for (const counts of tallies(delivery)) counts[part.outcome]++
    deps.announce({ type: 'cms', about: 'deliveries' })
  }

  const settle = (delivery: Delivery): void => {
    for (const counts of tallies(delivery)) counts.pending--
  }

  const attempt = async (delivery: Delivery, number: number, born: number): Promise<void> => {
    if (born !== generation) return
    if (!delivery.alive()) {
      note(delivery, {
        attempt: number,
        status: 0,
        ms: 0,
        outcome: 'cancelled',
        error: 'the hook is not enabled',
      })
      return settle(delivery)
    }
    for (const counts of tallies(delivery)) counts.attempts++
    const started = performance.now()
    const result = await deps.post(delivery.url, {
      headers: { 'content-type': 'application/json', ...delivery.headers() },
      body: delivery.body,
      timeoutMs: settings.timeoutMs,
    })
    if (born !== generation) return
    const ms = Math.round((performance.now() - started) * 10) / 10
    const done = processed(delivery.kind, result.status)
    const last = number > settings.retries
    const outcome: Outcome =
      result.status === 410 ? 'gone' : done ? 'delivered' : last ? 'failed' : 'retrying'
    const error = result.error === undefined ? {} : { error: result.error }
    note(delivery, { attempt: number, status: result.status, ms, outcome, ...error })
    if (result.status === 410) delivery.gone?.()
    if (outcome !== 'retrying') return settle(delivery)
    deps.after(settings.retryBaseSeconds * 1_000 * 2 ** (number - 1), () => {
      for (const counts of tallies(delivery)) counts.retrying--
      void attempt(delivery, number + 1, born)
    })
  }

  return {
    get settings() {
      return settings
    },
    configure(change) {
      settings = { ...settings, ...change }
      random = randomFrom(settings.seed)
    },
    send(delivery) {
      const dropped = settings.dropShare > 0 && random() < settings.dropShare
      if (dropped) return note(delivery, { attempt: 0, status: 0, ms: 0, outcome: 'dropped' })
      const copies = settings.doubleShare > 0 && random() < settings.doubleShare ? 2 : 1
      for (let copy = 0; copy < copies; copy++) {
        for (const counts of tallies(delivery)) counts.pending++
        const born = generation
        if (settings.shuffleMs === 0) void attempt(delivery, 1, born)
        else deps.after(random() * settings.shuffleMs, () => void attempt(delivery, 1, born))
      }
    },
    log: (limit) => lines.slice(-limit).reverse(),
    counts: (play) => ({ ...(play === undefined ? total : (plays.get(play) ?? noCounts())) }),
    clear() {
      generation++
      lines = []
      total = noCounts()
      plays.clear()
    },
  }
}

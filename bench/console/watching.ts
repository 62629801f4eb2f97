/** Many consoles that watch while messages flow: each reads again what its page would, and misses nothing. */
import { concernedBy, everything, isAmong } from '../../web/console/src/api/news.ts'
import type { App } from '../deployment.ts'
import { median, percentile, round, rssMb, sleep } from '../measure.ts'
import { phoneOf } from '../people.ts'
import { openSender } from '../sender.ts'
import { type Progress, webhook } from '../webhooks.ts'
import { ask } from './staff.ts'

/** What a page asks for, by the first words of its query's key (queries.ts). */
const today = [
  { key: ['counts'], path: '/counts' },
  { key: ['today'], path: '/today' },
  { key: ['list', 'messages'], path: '/messages?limit=8' },
  { key: ['pauses'], path: '/pauses' },
  { key: ['queue'], path: '/queue' },
]
const trace = (n: number) => [
  { key: ['trace'], path: `/trace?q=${encodeURIComponent(phoneOf(n))}` },
  ...today.filter(({ key }) => ['counts', 'pauses', 'queue'].includes(key[0]!)),
]
type Shown = typeof today

/** However much happens, a page reads again once a second at most (live.ts). */
const atMostEvery = 1_000

export interface Watching {
  seconds: number
  consoles: number
  messages: number
  /** Seconds from the first webhook to the last receipt. */
  through: number
  /** Answers that pages asked for meanwhile, a second. */
  readPerSecond: number
  /** Milliseconds; how long such an answer took. */
  readP95: number
  /** Entries of the record that some console was not told of. */
  missed: number
  /** Megabytes of the app: the median of the run's second quarter, and of its last. */
  memory: { second: number; last: number }
}

class Console {
  /** Of each action: how many entries it was told of. */
  readonly told: Record<string, number> = {}
  readonly readMs: number[] = []
  resets = 0
  readonly #url: string
  readonly #cookie: string
  readonly #shown: Shown
  readonly #leave = new AbortController()
  #waiting = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #last = 0
  #reading: Promise<void> = Promise.resolve()

  constructor(url: string, cookie: string, shown: Shown) {
    this.#url = url
    this.#cookie = cookie
    this.#shown = shown
  }

  /** @returns once it is told of whatever happens from now on */
  async open(): Promise<void> {
    const answer = await fetch(`${this.#url}/api/v1/live`, {
      headers: { cookie: this.#cookie },
      signal: this.#leave.signal,
    })
    if (!answer.ok) throw new Error(`/live: ${answer.status}`)
    const { promise, resolve } = Promise.withResolvers<void>()
    void this.#listen(answer.body!, resolve).catch((error) => {
      if (!this.#leave.signal.aborted) throw error
    })
    await promise
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#reading
    this.#leave.abort()
  }

  async #listen(body: ReadableStream<Uint8Array>, hello: () => void): Promise<void> {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of body) {
      rest += decoder.decode(chunk, { stream: true })
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        const event = /^event: (\w+)$/m.exec(rest.slice(0, end))?.[1]
        const data = /^data: (.*)$/m.exec(rest.slice(0, end))?.[1]
        rest = rest.slice(end + 2)
        if (event === 'hello') hello()
        else if (event === 'reset') this.resets++
        if (event === 'changes') {
          const changes = JSON.parse(data!)
          for (const [action, count] of Object.entries<number>(changes.actions))
            this.told[action] = (this.told[action] ?? 0) + count
          this.#look(concernedBy(changes))
        } else if (event !== undefined) this.#look(everything)
      }
    }
  }

  #look(names: ReadonlySet<string>): void {
    for (const name of names) this.#waiting.add(name)
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        this.#last = Date.now()
        const now = this.#waiting
        this.#waiting = new Set()
        // As in a browser: what is asked for already is not asked for twice at once.
        this.#reading = this.#reading.then(() => this.#read(now))
      },
      Math.max(0, this.#last + atMostEvery - Date.now()),
    )
  }

  async #read(names: ReadonlySet<string>): Promise<void> {
    await Promise.all(
      this.#shown
        .filter(({ key }) => isAmong(names, key))
        .map(async ({ path }) => {
          const began = performance.now()
          await ask(this.#url, this.#cookie, path)
          this.readMs.push(performance.now() - began)
        }),
    )
  }
}

/**
 * @param cookies of who watches, each at a console of their own
 * @param walled how many of them, the first, have matters that are closed to them: no message is about those
 * @param from the first matter that something happens in; each gets its next state in turn
 */
export async function watching(
  app: App,
  cookies: readonly string[],
  progress: Progress,
  {
    from,
    matters,
    perSecond,
    seconds,
  }: { from: number; matters: number; perSecond: number; seconds: number },
  recorded: () => Promise<Record<string, number>>,
): Promise<Watching> {
  const consoles = cookies.map(
    (cookie, n) => new Console(app.url, cookie, n % 2 === 0 ? today : trace(from + n)),
  )
  for (const one of consoles) await one.open()
  const before = await recorded()
  for (const one of consoles) for (const action of Object.keys(one.told)) delete one.told[action]
  const host = new URL(app.url).host
  const sender = await openSender(app.url, 16)
  const memory: number[] = []
  const count = perSecond * seconds
  const answers: Promise<number>[] = []
  const began = performance.now()
  for (let i = 0; i < count; i++) {
    const matter = from + (i % matters)
    const wait = began + (i * 1000) / perSecond - performance.now()
    if (wait > 0) await sleep(wait)
    if (i % perSecond === 0) memory.push(rssMb(app.pid))
    answers.push(sender.send(webhook('bench-cms', host, matter, progress.next(matter))))
  }
  const refused = (await Promise.all(answers)).find((status) => status !== 202)
  if (refused !== undefined) throw new Error(`a webhook was answered ${refused}`)
  const readFor = (performance.now() - began) / 1000
  sender.close()
  let missed = Number.POSITIVE_INFINITY
  let through = 0
  // Receipts are on their way yet, and the record's last transactions are not final.
  for (let tries = 0; tries < 60 && missed > 0; tries++) {
    await sleep(500)
    const now = await recorded()
    const happened = Object.entries(now).map(([action, n]) => [action, n - (before[action] ?? 0)] as const)
    missed = Math.max(
      ...consoles.map((one) =>
        happened.reduce((sum, [action, n]) => sum + Math.abs(n - (one.told[action] ?? 0)), 0),
      ),
    )
    if ((now['receipt.delivered'] ?? 0) - (before['receipt.delivered'] ?? 0) < count)
      missed = Math.max(missed, 1)
    through = (performance.now() - began) / 1000
  }
  const resets = consoles.reduce((sum, one) => sum + one.resets, 0)
  for (const one of consoles) await one.close()
  const readMs = consoles.flatMap((one) => one.readMs)
  const quarter = (n: number) => memory.slice((memory.length * n) / 4, (memory.length * (n + 1)) / 4)
  return {
    seconds,
    consoles: consoles.length,
    messages: count,
    through: round(through),
    readPerSecond: round(readMs.length / readFor),
    readP95: round(percentile(readMs, 0.95)),
    missed: missed + resets,
    memory: { second: round(median(quarter(1))), last: round(median(quarter(3))) },
  }
}

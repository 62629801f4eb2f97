// What every part of the sandbox is handed. Types only; `core.ts` makes the real things.
import type { Hono } from 'hono'

/** The outside systems that the sandbox plays. */
export type Provider =
  | 'twilio'
  | 'sendgrid'
  | 'postmark'
  | 'ses'
  | 'clio'
  | 'dms'
  | 'mycase'
  | 'filevine'
  | 'legacy'

/** One call that a provider's door received; `status` 0 means that it never got an answer. */
export type Call = {
  provider: Provider
  method: string
  /** Without the query. */
  path: string
  /** Without the question mark; only of systems whose lists are asked for by it. */
  query?: string
  status: number
  /** Our caller's own id of the attempt, where the call carries one. */
  reference: string | null
  /** Arrival, ms since the epoch. */
  at: number
  /** The same in µs on the machine's monotonic clock, which all its processes share: for measuring. */
  arrivedUs: number
}

export type CallLog = {
  /** Adds a call. `at` is now and `reference` null when left out. The entry may be completed later. */
  record(
    call: Omit<Call, 'reference' | 'at' | 'arrivedUs'> & { reference?: string | null; at?: number },
  ): Call
}

/** What goes wrong with one call; see sandbox/README.md, "Faults". */
export type Fault =
  | { kind: 'status'; status: number }
  | { kind: 'timeout'; delayMs: number }
  | { kind: 'reset_after_accept' }
  | { kind: 'slow'; delayMs: number }

export type Faults = {
  /** The fault that hits this call, if any; counts it down. `writes` is false for calls that accept nothing. */
  pick(provider: Provider, about?: { to?: string; method?: string; writes?: boolean }): Fault | undefined
}

/** What the receiver of one of our webhooks said; `status` 0 means no answer (`error` says why). */
export type PostResult = {
  status: number
  headers: Record<string, string>
  body: string
  /** How many times it was tried. */
  attempts: number
  error?: string
}

export type PostOptions = {
  /** Made anew for each try when a function: signatures with a timestamp need that. */
  headers: Record<string, string> | (() => Record<string, string>)
  body: string | Buffer
  /** Per attempt, ms; 15,000 by default. */
  timeoutMs?: number
  /** Waits before the 2nd, 3rd, … try, in ms; none: one try only. */
  retry?: {
    delaysMs: Iterable<number>
    /** True when the answer needs no other try. Default: any 2xx. */
    done?: (result: PostResult) => boolean
  }
}

/** News for the pages' live updates. */
export type SandboxEvent = { type: 'message' | 'status' | 'text' | 'cms' | 'reset'; about: string }

/** What a mounted part may use. */
export type CoreDeps = {
  /** ms since the epoch, by the sandbox's clock, which tests may drive. */
  now(): number
  /** Runs `task` once, `ms` later by the sandbox's clock; returns a canceller. */
  after(ms: number, task: () => void): () => void
  calls: CallLog
  faults: Faults
  /** POSTs a webhook. Never throws; ends after the last try. */
  post(url: string, options: PostOptions): Promise<PostResult>
  /** Where the sandbox itself is reached, without a trailing slash. */
  baseUrl(): string
  /** Tells open pages that something changed; `about` is an address, a number or an id. */
  announce(event: SandboxEvent): void
  /** Registers work to do when a test empties the world (`DELETE /_sandbox/messages`). */
  onReset(task: () => void): void
}

/** A part of the outside world: adds its paths to the app. */
export type Mount = (app: Hono, deps: CoreDeps) => unknown

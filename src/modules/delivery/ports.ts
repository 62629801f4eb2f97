/**
 * The border to carriers and mail providers. One conformance suite (conformance.ts) holds every adapter to this,
 * and through the adapters the sandbox.
 */
import type { Channel, RawRequest, Refusal, SendVerdict } from '../../kernel/index.ts'

/** A file that goes with a mail. */
export interface Attachment {
  filename: string
  /** As MIME writes it, parameters among it: `text/calendar; method=REQUEST`. */
  contentType: string
  /** A text; it leaves as UTF-8. */
  content: string
}

/** What is handed to a provider for one attempt. */
export interface OutgoingMessage {
  /** Our attempt id; the provider carries it back in every receipt. */
  attemptId: string
  channel: Channel
  /** E.164 for sms, a mail address for email. */
  to: string
  /** Sms: the whole text. Mail: the text part. */
  text: string
  /** Mail only. */
  subject?: string
  html?: string
  /** Mail only: where one click ends these mails (RFC 8058). */
  unsubscribeUrl?: string
  /** Mail only. */
  attachments?: readonly Attachment[]
  /** Where the provider reports what became of it, without our attempt id. */
  receiptsUrl: string
}

export interface FoundMessage {
  providerMessageId: string
  createdAt: Temporal.Instant
  status: string
}

/** One open connection to a provider. Made once per connection and kept: the SDK's client holds the sockets. */
export interface Sender {
  readonly provider: string
  readonly channel: Channel
  /** How long a call may take at most, in milliseconds; the lease must outlast it. */
  readonly timeoutMs: number
  /**
   * Never throws: whatever happens is a verdict.
   *
   * @param mayLeave asked when a connection stands and the first byte would be written: false, and nothing is sent.
   *   The verdict is then `retry`, with code `TOO_LATE`.
   */
  send(message: OutgoingMessage, mayLeave?: () => boolean): Promise<SendVerdict>
  /**
   * Looks for messages with this exact text to this address, created in the window. Only providers that can be
   * asked have it (Twilio); the others' receipts are awaited instead.
   * Throws when the provider can't be reached.
   */
  find?(query: {
    to: string
    text: string
    from: Temporal.Instant
    until: Temporal.Instant
  }): Promise<FoundMessage[]>
  /**
   * What became of a message that the provider took, for receipts that never reached us. Only providers that can be
   * asked for one message have it.
   *
   * @returns a receipt as if it had been reported, or null when the provider does not know this id
   * @throws when the provider can't be reached
   */
  statusOf?(providerMessageId: string): Promise<Receipt | null>
  /** One cheap authenticated call, for `doctor`. @returns null when all is well, else what is wrong */
  check(): Promise<string | null>
  /** Drops the kept connections. Calls under way end as their verdict says. */
  close?(): void
}

export const receiptKinds = [
  'queued',
  'sent',
  'delivered',
  'deferred',
  'undelivered',
  'failed',
  'bounced',
  'dropped',
  'opened',
  'machine_opened',
  'clicked',
  'unsubscribed',
  'spam_report',
  'resubscribed',
] as const
export type ReceiptKind = (typeof receiptKinds)[number]

/** What a provider reports about a message, in our words. */
export interface Receipt {
  /** The same report twice has the same key. */
  key: string
  kind: ReceiptKind
  attemptId?: string
  providerMessageId?: string
  at: Temporal.Instant
  code?: string
  detail?: string
  /** The receipt says that the contact point itself is bad (landline, unknown mailbox): stop using it. */
  suppress?: string
  /** The same message may be tried again within its budget (Twilio 30001, 30003, 30008). */
  retryable?: boolean
  /** The operator must act: registration, suspended account, filtering. */
  page?: boolean
}

/** A text that someone sent to the firm. */
export interface IncomingText {
  providerMessageId: string
  from: string
  to: string
  body: string
  media: { url: string; contentType: string }[]
  /** What the carrier itself already acted on, if it says so. */
  carrierAction?: 'stop' | 'start' | 'help'
}

/** Verifies and reads what a provider posts to us. Pure: no network, no database. */
export interface CallbackReader {
  /** `skipped`: how many parts of a batch were signed but not understood; to be counted, the rest is good. */
  receipts(request: RawRequest): { ok: true; receipts: Receipt[]; skipped?: number } | Refusal
  texts?(request: RawRequest): { ok: true; texts: IncomingText[] } | Refusal
  /**
   * What to answer an incoming text, so that the provider does not retry and says nothing by itself.
   *
   * @param reply said to the sender at once; null: nothing
   */
  textAnswer?(reply: string | null): { contentType: string; body: string }
}

/** A provider: made from a connection's settings, its secrets already resolved. Registered in main/adapters.ts. */
export interface Provider {
  /** The `kind` in a firm's configuration. */
  readonly kind: string
  readonly channel: Channel
  /** Which settings hold a secret: `apply` takes a reference there and refuses a literal. */
  readonly secrets: readonly string[]
  /** Checks the settings of a connection; every problem is named with its path. */
  parse(settings: unknown): { ok: true } | { ok: false; problems: { path: string; message: string }[] }
  /** Mail only: who mails come from by these settings; null where they do not say. */
  from?(settings: unknown): { email: string; name?: string | undefined } | null
  /** Secrets that the settings refer to are already replaced by their values. Throws if parse would refuse. */
  open(settings: unknown): { sender: Sender; reader: CallbackReader }
}

import type { SendVerdict } from '../../kernel/index.ts'
import type { FoundMessage, OutgoingMessage, Receipt, Sender } from '../../modules/delivery/index.ts'
import { redact } from '../answers.ts'
import { CallFailed, CallRefused, createTransport, verdictOfFailure } from '../transport.ts'
import { createClient } from './client.ts'
import { policyOf, receiptKindOf, verdictOfAnswer } from './policy.ts'
import type { TwilioSettings } from './settings.ts'

const pageSize = 100
const pageLimit = 50
const dayMs = 86_400_000

// A trial account puts this before each text.
const trialPrefix = 'Sent from your Twilio trial account - '

/** @param now milliseconds since the epoch */
export function createSender(settings: TwilioSettings, now: () => number): Sender {
  const transport = createTransport({ timeoutMs: settings.timeoutMs })
  const client = createClient(settings, transport)
  const sender =
    settings.messagingServiceSid === undefined
      ? { from: settings.from! }
      : { messagingServiceSid: settings.messagingServiceSid }

  async function send(message: OutgoingMessage, mayLeave?: () => boolean): Promise<SendVerdict> {
    try {
      const sent = await transport.guarded(mayLeave, () =>
        client.messages.create({
          // Half a surrogate pair can't be put into a form.
          to: message.to.toWellFormed(),
          body: message.text.toWellFormed(),
          statusCallback: withAttempt(message.receiptsUrl, message.attemptId),
          ...sender,
        }),
      )
      if (!sent.sid) return { kind: 'ambiguous', detail: 'accepted, but the answer names no sid' }
      // The first status is not called back: a failure told in the answer itself must be heard here.
      if (sent.status === 'failed')
        return failedAtOnce(String(sent.errorCode ?? 'failed'), sent.errorMessage ?? '')
      return { kind: 'accepted', providerMessageId: sent.sid }
    } catch (error) {
      return verdictOf(error)
    }
  }

  function verdictOf(error: unknown): SendVerdict {
    if (error instanceof CallRefused) return verdictOfAnswer(error.answer, now())
    if (error instanceof CallFailed) return verdictOfFailure(error)
    // A success that the SDK could not read.
    return { kind: 'ambiguous', detail: redact(String(error)) }
  }

  /**
   * Twilio's filters go by date_sent, which a message still in its queue lacks: so all to this number are read,
   * newest first, until a whole page is a day older than the window.
   */
  async function find({
    to,
    text,
    from,
    until,
  }: Parameters<NonNullable<Sender['find']>>[0]): Promise<FoundMessage[]> {
    const body = text.toWellFormed()
    // date_created has no fraction of a second.
    const earliest = Math.floor(from.epochMilliseconds / 1000) * 1000
    const found: FoundMessage[] = []
    let page = await client.messages.page({ to, pageSize })
    for (let count = 1; ; count++) {
      let newest = 0
      for (const item of page.instances) {
        const created = new Date(item.dateCreated).getTime()
        newest = Math.max(newest, created)
        if (!item.direction.startsWith('outbound') || item.direction === 'outbound-reply') continue
        if (item.body !== body && item.body !== trialPrefix + body) continue
        if (created < earliest || created > until.epochMilliseconds) continue
        found.push({
          providerMessageId: item.sid,
          createdAt: Temporal.Instant.fromEpochMilliseconds(created),
          status: item.status,
        })
      }
      if (newest < earliest - dayMs) return found
      if (count === pageLimit)
        throw new Error(`Twilio lists more than ${pageLimit * pageSize} messages to one number`)
      const next = await page.nextPage()
      if (!next) return found
      page = next as typeof page
    }
  }

  async function statusOf(sid: string): Promise<Receipt | null> {
    let item: Awaited<ReturnType<ReturnType<typeof client.messages>['fetch']>>
    try {
      item = await client.messages(sid).fetch()
    } catch (error) {
      if (error instanceof CallRefused && error.answer.status === 404) return null
      throw error
    }
    const kind = receiptKindOf(item.status)
    if (!kind) throw new Error(`Twilio tells a status that is not known: ${redact(item.status)}`)
    const code = item.errorCode ? String(item.errorCode) : item.status === 'canceled' ? 'canceled' : undefined
    return {
      // Not the key of the callback: that one may have come when nobody knew whose it was.
      key: ['asked', sid, item.status, ...(code === undefined ? [] : [code])].join(':'),
      kind,
      providerMessageId: sid,
      at: Temporal.Instant.fromEpochMilliseconds(new Date(item.dateUpdated).getTime()),
      ...(code === undefined ? {} : { code }),
      ...(item.errorMessage ? { detail: redact(item.errorMessage) } : {}),
      ...(code !== undefined && (kind === 'undelivered' || kind === 'failed') ? policyOf(code) : {}),
    }
  }

  async function check(): Promise<string | null> {
    try {
      const account = await client.api.v2010.accounts(settings.accountSid).fetch()
      return account.status === 'active' ? null : `the Twilio account is ${account.status}`
    } catch (error) {
      const verdict = verdictOf(error)
      return verdict.kind === 'accepted' ? null : `Twilio: ${verdict.detail}`
    }
  }

  return {
    provider: 'twilio',
    channel: 'sms',
    timeoutMs: settings.timeoutMs,
    send,
    find,
    statusOf,
    check,
    close: transport.close,
  }
}

/** The callback URL that brings our attempt id back in each receipt. */
export function withAttempt(receiptsUrl: string, attemptId: string): string {
  return `${receiptsUrl}${receiptsUrl.includes('?') ? '&' : '?'}attempt=${encodeURIComponent(attemptId)}`
}

function failedAtOnce(code: string, message: string): SendVerdict {
  const { suppress, retryable, page } = policyOf(code)
  const detail = redact(message || 'failed at once')
  if (retryable) return { kind: 'retry', code, detail }
  return {
    kind: 'refused',
    code,
    detail,
    ...(suppress === undefined ? {} : { suppress }),
    ...(page ? { page: true } : {}),
  }
}

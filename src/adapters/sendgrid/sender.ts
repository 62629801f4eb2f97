import type { AttachmentData } from '@sendgrid/helpers/classes/attachment.js'
import type { MailContent } from '@sendgrid/helpers/classes/mail.js'
import type { SendVerdict } from '../../kernel/index.ts'
import type { OutgoingMessage, Sender } from '../../modules/delivery/index.ts'
import { isRecord, oneLine, redact, textOf } from '../answers.ts'
import { CallFailed, CallRefused, createTransport, notARequest, verdictOfFailure } from '../transport.ts'
import { createClient } from './client.ts'
import { verdictOfAnswer } from './policy.ts'
import type { SendgridSettings } from './settings.ts'

/**
 * The custom argument that carries our attempt id; SendGrid puts it at the top level of each event. In `deferred` its
 * own count of tries has the same name and may win: then X-Message-Id alone says which mail is meant.
 */
export const attemptArgument = 'attempt'

/** @param now milliseconds since the epoch */
export function createSender(settings: SendgridSettings, now: () => number): Sender {
  const transport = createTransport({ timeoutMs: settings.timeoutMs })
  const { client, mail } = createClient(settings, transport)
  const from = person(settings.from)
  const replyTo = settings.replyTo === undefined ? {} : { replyTo: person(settings.replyTo) }

  async function send(message: OutgoingMessage, mayLeave?: () => boolean): Promise<SendVerdict> {
    try {
      const [answer] = await transport.guarded(mayLeave, () =>
        mail.send({
          from,
          ...replyTo,
          subject: oneLine(message.subject ?? ''),
          // Headers stand here and not at the top, whence the SDK would copy them into its HTTP request.
          personalizations: [{ to: { email: message.to }, ...unsubscribeHeaders(message.unsubscribeUrl) }],
          content: contentOf(message),
          ...attachmentsOf(message),
          customArgs: { [attemptArgument]: message.attemptId },
          trackingSettings: {
            openTracking: { enable: settings.tracking.opens },
            clickTracking: { enable: settings.tracking.clicks, enableText: false },
            // Unsubscribing is ours: SendGrid would add its own link below each mail.
            subscriptionTracking: { enable: false },
          },
        }),
      )
      const id = textOf((answer.headers as Record<string, unknown>)['x-message-id'])
      return id === undefined
        ? { kind: 'ambiguous', detail: 'accepted, but the answer names no X-Message-Id' }
        : { kind: 'accepted', providerMessageId: id }
    } catch (error) {
      return verdictOf(error)
    }
  }

  function verdictOf(error: unknown): SendVerdict {
    if (error instanceof CallRefused) return verdictOfAnswer(error.answer, now())
    if (error instanceof CallFailed) return verdictOfFailure(error)
    return { kind: 'ambiguous', detail: redact(String(error)) }
  }

  async function check(): Promise<string | null> {
    try {
      const [, body] = await client.request({ method: 'GET', url: '/v3/scopes' })
      const scopes = isRecord(body) && Array.isArray(body.scopes) ? body.scopes : []
      return scopes.includes('mail.send') ? null : 'the SendGrid key may not send mail (scope mail.send)'
    } catch (error) {
      const verdict = verdictOf(error)
      return verdict.kind === 'accepted' ? null : `SendGrid: ${verdict.detail}`
    }
  }

  return {
    provider: 'sendgrid',
    channel: 'email',
    timeoutMs: settings.timeoutMs,
    send,
    check,
    close: transport.close,
  }
}

function person({ email, name }: { email: string; name?: string | undefined }): {
  email: string
  name?: string
} {
  return name === undefined ? { email } : { email, name: oneLine(name) }
}

/** RFC 8058: one click, by POST. */
function unsubscribeHeaders(url: string | undefined): { headers?: Record<string, string> } {
  if (url === undefined) return {}
  if (!URL.canParse(url)) throw notARequest('unsubscribeUrl is not a URL')
  return {
    headers: {
      'List-Unsubscribe': `<${new URL(url).href}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  }
}

/**
 * SendGrid takes no parameter of a type but the method of an invitation: a charset, say, is refused with 400 ("cannot
 * contain ';'", github.com/sendgrid/sendgrid-nodejs/issues/1313). Text without one is UTF-8 (RFC 5545 §3.1.4).
 */
function attachmentsOf({ attachments = [] }: OutgoingMessage): { attachments?: AttachmentData[] } {
  if (attachments.length === 0) return {}
  return {
    attachments: attachments.map(({ filename, contentType, content }) => ({
      filename: oneLine(filename),
      type: contentType,
      content: Buffer.from(content.toWellFormed()).toString('base64'),
      disposition: 'attachment',
    })),
  }
}

/** The text part comes first (RFC 2046 §5.1.4); SendGrid refuses an empty part. */
function contentOf({ text, html }: OutgoingMessage): [MailContent, ...MailContent[]] {
  const plain: MailContent = { type: 'text/plain', value: text.toWellFormed() }
  if (!html) return [plain]
  const rich: MailContent = { type: 'text/html', value: html.toWellFormed() }
  return text === '' ? [rich] : [plain, rich]
}

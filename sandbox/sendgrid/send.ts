import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { hangUp, openFor, throughDoor } from '../core/door.ts'
import type { Attachment } from '../core/messages.ts'
import { sendGridErrors, sendGridStatus } from './errors.ts'
import { liveMailAtOnce, startMailLife } from './life.ts'
import { localPart, refusalOf } from './magic.ts'
import type { Mail, SendGrid } from './state.ts'
import { checkMail, type MailRequest, type Personalization } from './validate.ts'

const sizeLimit = 30 * 1024 * 1024
const unansweredMs = 60_000

/** `POST /v3/mail/send`. */
export async function sendMail(c: Context, sendgrid: SendGrid): Promise<Response> {
  const raw = await c.req.text()
  const body = parseJson(raw)
  const mail = body as Partial<MailRequest> | undefined
  const firstRecipient = mail?.personalizations?.[0]?.to?.[0]?.email
  return throughDoor(c, sendgrid.core, {
    provider: 'sendgrid',
    ...(typeof firstRecipient === 'string' ? { to: firstRecipient } : {}),
    reference: referenceOf(mail?.personalizations?.[0], mail?.custom_args),
    writes: true,
    refuse: (status) => sendGridStatus(status, sendgrid.core.now()),
    answer() {
      const now = sendgrid.core.now()
      if (c.req.header('authorization') !== `Bearer ${sendgrid.apiKey}`) return sendGridStatus(401, now)
      if (raw.length > sizeLimit) return sendGridStatus(413, now)
      if (body === undefined) return sendGridErrors(400, [{ message: 'Bad Request', field: null }])
      const wrong = checkMail(body, now)
      if (wrong) return sendGridErrors(400, [wrong])
      const request = body as MailRequest
      const refused = refusalOf(request.personalizations[0]!.to[0]!.email)
      if (refused !== undefined) return sendGridStatus(refused, now)
      if (localPart(request.from.email) === 'unverified') return unverified()
      // SendGrid's own sandbox mode: checked, answered 200, not sent.
      if (request.mail_settings?.sandbox_mode?.enable) return new Response(null, { status: 200 })
      return accept(c, sendgrid, request)
    },
  })
}

/** `GET /v3/scopes`: what the key may do. */
export function listScopes(c: Context, sendgrid: SendGrid): Promise<Response> {
  return throughDoor(c, sendgrid.core, {
    provider: 'sendgrid',
    writes: false,
    refuse: (status) => sendGridStatus(status, sendgrid.core.now()),
    answer: () =>
      c.req.header('authorization') === `Bearer ${sendgrid.apiKey}`
        ? c.json({ scopes: ['mail.send', 'mail.batch.create', 'user.webhooks.event.settings.read'] })
        : sendGridStatus(401, sendgrid.core.now()),
  })
}

async function accept(c: Context, sendgrid: SendGrid, request: MailRequest): Promise<Response> {
  const messageId = randomBytes(16).toString('base64url')
  const calls = new Set<string>()
  for (const personalization of request.personalizations) {
    for (const { email } of recipientsOf(personalization)) {
      const mail = take(sendgrid, request, personalization, email, messageId)
      const call = localPart(email)
      calls.add(call)
      if (call === 'early') await liveMailAtOnce(sendgrid, mail)
      else begin(sendgrid, mail, personalization.send_at ?? request.send_at)
    }
  }
  if (calls.has('reset')) return hangUp(c)
  if (calls.has('hang')) {
    await openFor(c, unansweredMs)
    return hangUp(c)
  }
  return new Response(null, { status: 202, headers: { 'x-message-id': messageId } })
}

function begin(sendgrid: SendGrid, mail: Mail, sendAt: number | undefined): void {
  const wait = sendAt === undefined ? 0 : sendAt * 1000 - sendgrid.core.now()
  if (wait <= 0) startMailLife(sendgrid, mail)
  else sendgrid.core.after(wait, () => startMailLife(sendgrid, mail))
}

function take(
  sendgrid: SendGrid,
  request: MailRequest,
  personalization: Personalization,
  to: string,
  messageId: string,
): Mail {
  const { core } = sendgrid
  const headers = { ...request.headers, ...personalization.headers }
  const replyTo = request.reply_to ?? request.reply_to_list?.[0]
  const log = core.messages.add({
    provider: 'sendgrid',
    providerMessageId: messageId,
    channel: 'email',
    to,
    from: (personalization.from ?? request.from).email,
    subject: personalization.subject ?? request.subject,
    text: contentOf(request, 'text/plain'),
    html: contentOf(request, 'text/html'),
    reference: referenceOf(personalization, request.custom_args),
    acceptedAt: new Date(core.now()).toISOString(),
    status: 'accepted',
    origin: 'api',
    headers: replyTo ? { 'Reply-To': replyTo.email, ...headers } : headers,
    ...(request.attachments ? { attachments: request.attachments.map(fileOf) } : {}),
  })
  const mail: Mail = {
    log,
    customArgs: { ...request.custom_args, ...personalization.custom_args },
    categories: request.categories ?? [],
    trackOpens: request.tracking_settings?.open_tracking?.enable !== false,
    trackClicks: request.tracking_settings?.click_tracking?.enable !== false,
    groupId: request.asm?.group_id ?? null,
    events: 0,
  }
  sendgrid.mails.add(mail)
  return mail
}

function recipientsOf(personalization: Personalization) {
  return [...personalization.to, ...(personalization.cc ?? []), ...(personalization.bcc ?? [])]
}

function contentOf(request: MailRequest, type: string): string | null {
  return request.content.find((part) => part.type === type)?.value ?? null
}

function fileOf({
  filename,
  type = 'application/octet-stream',
  content,
}: NonNullable<MailRequest['attachments']>[number]): Attachment {
  const text = type.startsWith('text/')
  return {
    filename,
    contentType: type,
    content: text ? Buffer.from(content, 'base64').toString() : content,
  }
}

// Read before the body is checked, so that refused calls are logged with it too.
function referenceOf(personalization: Partial<Personalization> | undefined, topArgs: unknown): string | null {
  const own = personalization?.custom_args?.attempt
  const top = (topArgs as Record<string, unknown> | undefined | null)?.attempt
  return typeof own === 'string' ? own : typeof top === 'string' ? top : null
}

function unverified(): Response {
  const message =
    'The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.'
  return sendGridErrors(403, [{ message, field: 'from' }])
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown
  } catch {
    return undefined
  }
}

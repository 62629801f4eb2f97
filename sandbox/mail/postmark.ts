import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import type { Core } from '../core/core.ts'
import { throughDoor } from '../core/door.ts'

/** Test credential; it opens nothing but this sandbox. */
export const postmarkToken = 'sandbox-postmark-token'

type Email = Partial<Record<'From' | 'To' | 'Subject' | 'HtmlBody' | 'TextBody' | 'ReplyTo', string>> & {
  Headers?: { Name: string; Value: string }[]
  Metadata?: Record<string, string>
}

const address = /^(?:[^<>]*<)?([^\s@<>,]+@[^\s@<>,]+\.[^\s@<>,]+)>?$/

/** Postmark's `POST /email`: accepts and logs. `inactive@…` is refused with 406, as after a bounce. */
export function mountPostmark(app: Hono, core: Core): void {
  app.post('/email', async (c) => {
    const email = (await c.req.json<unknown>().catch(() => undefined)) as Email | undefined
    return throughDoor(c, core, {
      provider: 'postmark',
      ...(typeof email?.To === 'string' ? { to: email.To } : {}),
      reference: email?.Metadata?.attempt ?? null,
      writes: true,
      refuse: (status) =>
        c.json({ ErrorCode: status === 429 ? 429 : 100, Message: `HTTP ${status}` }, status as 500),
      answer: () => answer(c, core, email),
    })
  })
}

function answer(c: Context, core: Core, email: Email | undefined): Response {
  const refuse = (status: 401 | 422, ErrorCode: number, Message: string) =>
    c.json({ ErrorCode, Message }, status)
  if (c.req.header('x-postmark-server-token') !== postmarkToken) {
    return refuse(
      401,
      10,
      'The Server Token you provided in the X-Postmark-Server-Token request header was invalid.',
    )
  }
  if (typeof email !== 'object' || email === null) return refuse(422, 402, 'Invalid JSON')
  const from = addressIn(email.From)
  if (from === undefined) return refuse(422, 300, "Invalid 'From' address.")
  const recipients = typeof email.To === 'string' ? email.To.split(',').map((item) => addressIn(item)) : []
  if (recipients.length === 0 || recipients.includes(undefined))
    return refuse(422, 300, "Invalid 'To' address.")
  if (!email.HtmlBody && !email.TextBody)
    return refuse(422, 300, 'Provide either email TextBody or HtmlBody or both.')
  if (recipients.some((to) => to!.toLowerCase().startsWith('inactive@'))) {
    return refuse(422, 406, 'You tried to send to a recipient that has been marked as inactive.')
  }
  const id = randomUUID()
  const acceptedAt = new Date(core.now()).toISOString()
  for (const to of recipients) {
    core.messages.add({
      provider: 'postmark',
      providerMessageId: id,
      channel: 'email',
      to: to!,
      from,
      subject: email.Subject ?? null,
      text: email.TextBody ?? null,
      html: email.HtmlBody ?? null,
      reference: email.Metadata?.attempt ?? null,
      acceptedAt,
      status: 'accepted',
      origin: 'api',
      headers: {
        ...(email.ReplyTo ? { 'Reply-To': email.ReplyTo } : {}),
        ...Object.fromEntries((email.Headers ?? []).map(({ Name, Value }) => [Name, Value])),
      },
    })
  }
  return c.json({ To: email.To, SubmittedAt: acceptedAt, MessageID: id, ErrorCode: 0, Message: 'OK' })
}

function addressIn(value: string | undefined): string | undefined {
  return typeof value === 'string' ? address.exec(value.trim())?.[1] : undefined
}

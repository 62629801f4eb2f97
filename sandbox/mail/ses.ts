import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import type { Core } from '../core/core.ts'
import { throughDoor } from '../core/door.ts'

type Text = { Data?: string }
type Email = {
  FromEmailAddress?: string
  Destination?: { ToAddresses?: string[]; CcAddresses?: string[]; BccAddresses?: string[] }
  ReplyToAddresses?: string[]
  Content?: {
    Simple?: {
      Subject?: Text
      Body?: { Text?: Text; Html?: Text }
      Headers?: { Name: string; Value: string }[]
    }
    Raw?: { Data?: string }
  }
  EmailTags?: { Name: string; Value: string }[]
}

// Each refusal of SES v2 has a type in a header; the body has the words.
const types: Record<number, string> = {
  400: 'BadRequestException',
  403: 'MissingAuthenticationTokenException',
  404: 'NotFoundException',
  429: 'TooManyRequestsException',
}

/** SES v2's `POST /v2/email/outbound-emails`: accepts and logs. That a signature is there is checked, not its value. */
export function mountSes(app: Hono, core: Core): void {
  app.post('/v2/email/outbound-emails', async (c) => {
    const email = (await c.req.json<unknown>().catch(() => undefined)) as Email | undefined
    const to = email?.Destination?.ToAddresses?.[0]
    return throughDoor(c, core, {
      provider: 'ses',
      ...(typeof to === 'string' ? { to } : {}),
      reference: tagOf(email),
      writes: true,
      refuse: (status) => refuse(status, `HTTP ${status}`),
      answer: () => answer(c, core, email),
    })
  })
}

function refuse(status: number, message: string): Response {
  return new Response(JSON.stringify({ message }), {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': types[status] ?? 'InternalServiceErrorException',
    },
  })
}

function answer(c: Context, core: Core, email: Email | undefined): Response {
  if (!c.req.header('authorization')?.startsWith('AWS4-HMAC-SHA256 '))
    return refuse(403, 'Missing Authentication Token')
  if (typeof email !== 'object' || email === null) return refuse(400, 'The body is not JSON')
  const { Destination, Content, FromEmailAddress } = email
  const recipients = [
    ...(Destination?.ToAddresses ?? []),
    ...(Destination?.CcAddresses ?? []),
    ...(Destination?.BccAddresses ?? []),
  ]
  if (recipients.length === 0) return refuse(400, 'Destination must have at least one address')
  if (recipients.some((to) => typeof to !== 'string' || !to.includes('@')))
    return refuse(400, 'Illegal address')
  if (!FromEmailAddress) return refuse(400, 'FromEmailAddress is required')
  const { Simple, Raw } = Content ?? {}
  if (!Raw?.Data && !Simple?.Subject?.Data)
    return refuse(400, 'Content must have Simple with a subject, or Raw')
  const id = randomUUID()
  for (const to of recipients) {
    core.messages.add({
      provider: 'ses',
      providerMessageId: id,
      channel: 'email',
      to,
      from: FromEmailAddress,
      subject: Simple?.Subject?.Data ?? null,
      text: Simple ? (Simple.Body?.Text?.Data ?? null) : Buffer.from(Raw!.Data!, 'base64').toString(),
      html: Simple?.Body?.Html?.Data ?? null,
      reference: tagOf(email),
      acceptedAt: new Date(core.now()).toISOString(),
      status: 'accepted',
      origin: 'api',
      headers: Object.fromEntries((Simple?.Headers ?? []).map(({ Name, Value }) => [Name, Value])),
    })
  }
  return c.json({ MessageId: id })
}

function tagOf(email: Email | undefined): string | null {
  const tags = Array.isArray(email?.EmailTags) ? email.EmailTags : []
  return tags.find((tag) => tag?.Name === 'attempt')?.Value ?? null
}

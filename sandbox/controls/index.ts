import type { Context, Hono } from 'hono'
import type { Core } from '../core/core.ts'
import type { Call, Provider } from '../core/deps.ts'
import { parseFaults, providers } from '../core/faults.ts'
import { type Bad, bad, isBad, moment, optionalNumber, record, text } from '../core/input.ts'
import type { MessageFilter } from '../core/messages.ts'
import { applySettings } from '../core/settings.ts'
import type { SendGrid } from '../sendgrid/index.ts'
import { addNumber, hearText, type Twilio } from '../twilio/index.ts'
import { eventStream } from './stream.ts'

type Parts = { core: Core; twilio: Twilio; sendgrid: SendGrid }

/** The controls that are not a provider's: what was accepted, faults, a client's text, speeds, clock. */
export function mountControls(app: Hono, parts: Parts): void {
  const { core, sendgrid } = parts
  app.get('/_sandbox/messages', (c) => {
    const filter = messageFilter(c)
    return isBad(filter) ? refuse(c, filter) : c.json({ messages: core.messages.list(filter) })
  })
  app.delete('/_sandbox/messages', (c) => {
    core.reset()
    return c.body(null, 204)
  })
  app.get('/_sandbox/calls', (c) => {
    const since = moment(c.req.query('since'), 'since')
    if (isBad(since)) return refuse(c, since)
    const provider = c.req.query('provider')
    if (provider && !providers.includes(provider as Provider)) {
      return refuse(c, bad('provider', `must be one of ${providers.join(', ')}`))
    }
    const filter = {
      ...(provider ? { provider: provider as Provider } : {}),
      ...(since === undefined ? {} : { since }),
    }
    const precise = c.req.query('precise') !== undefined
    return c.json({ calls: core.calls.list(filter).map((call) => callJson(call, precise)) })
  })
  app.get('/_sandbox/events', () => eventStream(core.events))
  app.get('/_sandbox/keys', (c) => c.json({ sendgridEventPublicKey: sendgrid.keys.publicKey }))
  mountFaults(app, core)
  mountSpeeds(app, core)
  mountTexts(app, parts)
}

function mountFaults(app: Hono, core: Core): void {
  app.get('/_sandbox/faults', (c) => c.json({ faults: core.faults.list() }))
  app.put('/_sandbox/faults', async (c) => {
    const orders = parseFaults(await bodyOf(c))
    if (isBad(orders)) return refuse(c, orders)
    core.faults.set(orders)
    return c.json({ faults: core.faults.list() })
  })
  app.delete('/_sandbox/faults', (c) => {
    core.faults.set([])
    return c.body(null, 204)
  })
}

function mountSpeeds(app: Hono, core: Core): void {
  app.get('/_sandbox/settings', (c) => c.json(core.settings))
  app.put('/_sandbox/settings', async (c) => {
    const wrong = applySettings(core.settings, await bodyOf(c))
    return wrong ? refuse(c, wrong) : c.json(core.settings)
  })
  const clockJson = () => ({ now: new Date(core.now()).toISOString() })
  app.get('/_sandbox/clock', (c) => c.json(clockJson()))
  app.put('/_sandbox/clock', async (c) => {
    const to = parseClock(await bodyOf(c))
    if (isBad(to)) return refuse(c, to)
    if ('now' in to && to.now < core.now()) return refuse(c, bad('now', 'must not be before the present'))
    core.clock.drive(to)
    return c.json(clockJson())
  })
  app.delete('/_sandbox/clock', (c) => {
    core.clock.drive(null)
    return c.json(clockJson())
  })
}

function mountTexts(app: Hono, { core, twilio, sendgrid }: Parts): void {
  app.post('/_sandbox/texts', async (c) => {
    const message = parseText(await bodyOf(c), twilio)
    if (isBad(message)) return refuse(c, message)
    const heard = hearText(twilio, message)
    const result = c.req.query('wait') === undefined ? undefined : await heard.webhook
    const webhook = result && {
      status: result.status,
      attempts: result.attempts,
      error: result.error ?? null,
    }
    return c.json(
      { text: { ...message, sid: heard.sid, optOut: heard.word ?? null }, webhook: webhook ?? null },
      201,
    )
  })
  app.get('/_sandbox/twilio/numbers', (c) => c.json({ numbers: [...twilio.account.numbers.values()] }))
  app.put('/_sandbox/twilio/numbers/:e164', async (c) => {
    const e164 = c.req.param('e164')
    if (!/^\+[1-9]\d{6,14}$/.test(e164))
      return refuse(c, bad('number', 'must be E.164, such as +12015550123'))
    const url = parseUrl(await bodyOf(c), 'smsUrl')
    return isBad(url) ? refuse(c, url) : c.json({ number: addNumber(twilio.account, e164, url, core.now()) })
  })
  app.put('/_sandbox/sendgrid/webhook', async (c) => {
    const url = parseUrl(await bodyOf(c), 'url')
    if (isBad(url)) return refuse(c, url)
    sendgrid.webhook.url = url
    return c.json({ url })
  })
}

function refuse(c: Context, { bad: error }: Bad): Response {
  return c.json({ error }, 400)
}

async function bodyOf(c: Context): Promise<unknown> {
  return c.req.json<unknown>().catch(() => undefined)
}

function callJson({ arrivedUs, ...call }: Call, precise: boolean) {
  return { ...call, at: new Date(call.at).toISOString(), ...(precise ? { arrivedUs } : {}) }
}

function messageFilter(c: Context): MessageFilter | Bad {
  const filter: MessageFilter = {}
  const channel = c.req.query('channel')
  if (channel) {
    if (channel !== 'sms' && channel !== 'email') return bad('channel', 'must be sms or email')
    filter.channel = channel
  }
  const to = c.req.query('to')
  if (to) filter.to = to
  const since = moment(c.req.query('since'), 'since')
  if (isBad(since)) return since
  if (since !== undefined) filter.since = since
  const limit = c.req.query('limit')
  if (limit) {
    if (!/^\d{1,9}$/.test(limit)) return bad('limit', 'must be a whole number')
    filter.limit = Number(limit)
  }
  return filter
}

function parseText(input: unknown, twilio: Twilio): { from: string; to: string; body: string } | Bad {
  const fields = record(input, '', ['from', 'to', 'body'])
  if (isBad(fields)) return fields
  const from = text(fields, 'from')
  if (isBad(from)) return from
  if (!/^\+[1-9]\d{6,14}$/.test(from)) return bad('from', 'must be E.164, such as +12015550199')
  const to = text(fields, 'to')
  if (isBad(to)) return to
  if (!twilio.account.numbers.has(to)) {
    return bad('to', `must be a number of the account: ${[...twilio.account.numbers.keys()].join(', ')}`)
  }
  const body = text(fields, 'body')
  if (isBad(body)) return body
  return body.length > 1600 ? bad('body', 'must be at most 1600 characters') : { from, to, body }
}

function parseClock(input: unknown): { now: number } | { advanceMs: number } | Bad {
  const fields = record(input, '', ['now', 'advanceMs'])
  if (isBad(fields)) return fields
  if (fields.now !== undefined) {
    const now = moment(String(fields.now), 'now')
    return isBad(now) ? now : now === undefined ? bad('now', 'must be a time') : { now }
  }
  const advanceMs = optionalNumber(fields, 'advanceMs', 0, 10 * 365 * 86_400_000)
  if (isBad(advanceMs)) return advanceMs
  return advanceMs === undefined ? bad('body', 'must have now or advanceMs') : { advanceMs }
}

function parseUrl(input: unknown, name: string): string | Bad {
  const fields = record(input, '', [name])
  if (isBad(fields)) return fields
  const url = fields[name]
  if (url === '') return ''
  return typeof url === 'string' && /^https?:/.test(url) && URL.canParse(url)
    ? url
    : bad(name, 'must be an http(s) URL, or empty for none')
}

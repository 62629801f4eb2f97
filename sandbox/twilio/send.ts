import { parse } from 'node:querystring'
import type { Context } from 'hono'
import { hangUp, openFor, throughDoor } from '../core/door.ts'
import { readSpec } from '../core/spec.ts'
import { twilioError, twilioStatus } from './errors.ts'
import { type Magic, magicOf, magicSenders } from './magic.ts'
import { liveAtOnce, startLife } from './receipts.ts'
import { newSid, type Resource, toJson } from './resource.ts'
import { segmentCount } from './segments.ts'
import { setStatus, type Twilio } from './state.ts'

const messagesPath = '/2010-04-01/Accounts/{AccountSid}/Messages.json'
const formSchema = ['requestBody', 'content', 'application/x-www-form-urlencoded', 'schema']
const checkForm = readSpec('twilio-messaging.json', { form: true }).at(
  'paths',
  messagesPath,
  'post',
  ...formSchema,
)

// E.164; for North America also the shape of its plan (no area or exchange code begins with 0 or 1).
const e164 = /^\+(?:1[2-9]\d\d[2-9]\d{6}|[2-9]\d{6,14})$/
const bodyLimit = 1600
const mediaLimit = 10
const unansweredMs = 60_000
const scheduleWindow = { from: 15 * 60_000, to: 35 * 86_400_000 }

type Form = Record<string, string | string[] | undefined>

/** `POST Messages.json`: checks the request as Twilio does, accepts it, and answers. */
export async function sendMessage(c: Context, twilio: Twilio): Promise<Response> {
  const authorized = c.req.header('authorization') === twilio.basicAuth
  const form: Form = parse(await c.req.text())
  const to = first(form.To) ?? ''
  return throughDoor(c, twilio.core, {
    provider: 'twilio',
    to,
    reference: attemptOf(first(form.StatusCallback)),
    writes: true,
    refuse: twilioStatus,
    answer() {
      if (!authorized) return twilioError(20003)
      if (c.req.param('sid') !== twilio.account.sid) return twilioError(20404)
      return refusal(twilio, form, to) ?? accept(c, twilio, form, to)
    },
  })
}

/** The `attempt` query parameter of a status callback: the id that our caller gave. */
export function attemptOf(statusCallback: string | undefined): string | null {
  const found = statusCallback === undefined ? null : /[?&]attempt=([^&#]*)/.exec(statusCallback)
  if (!found) return null
  try {
    return decodeURIComponent(found[1]!)
  } catch {
    return found[1]!
  }
}

function refusal(twilio: Twilio, form: Form, to: string): Response | undefined {
  if (to === '') return twilioError(21604)
  const wrong = checkForm(form)
  if (wrong) return twilioError(codeFor(wrong.field), `${wrong.field} ${wrong.message}`)
  if (!e164.test(to)) return twilioError(21211, to)
  const sender = senderRefusal(twilio, form, to)
  if (sender) return sender
  const body = first(form.Body) ?? ''
  const media = list(form.MediaUrl).length
  if (body === '' && media === 0) return twilioError(21602)
  if (body.length > bodyLimit) return twilioError(21617)
  if (media > mediaLimit) return twilioError(21623)
  const validity = form.ValidityPeriod === undefined ? 1 : Number(form.ValidityPeriod)
  if (validity < 1 || validity > 36_000) return twilioError(20001, 'ValidityPeriod must be 1 to 36000')
  return scheduleRefusal(twilio, form)
}

function senderRefusal(twilio: Twilio, form: Form, to: string): Response | undefined {
  const from = first(form.From)
  const service = first(form.MessagingServiceSid)
  if (from === undefined && service === undefined) return twilioError(21603)
  if (service !== undefined && service !== twilio.account.serviceSid) return twilioError(21701, service)
  if (from !== undefined) {
    const magic = magicSenders[from]
    if (magic !== undefined) return twilioError(magic)
    if (!e164.test(from)) return twilioError(21212, from)
    if (!twilio.account.numbers.has(from)) return twilioError(21606, from)
    if (from === to) return twilioError(21266)
  }
  const refused = magicOf(to)
  if (refused?.kind === 'refuse') {
    return twilioError(refused.code, '', refused.code === 20429 ? { 'retry-after': '2' } : {})
  }
  return twilio.optOuts.has(to, service ?? from!) ? twilioError(21610) : undefined
}

function scheduleRefusal(twilio: Twilio, form: Form): Response | undefined {
  if (form.ScheduleType === undefined) return undefined
  if (form.MessagingServiceSid === undefined) return twilioError(35118)
  if (form.SendAt === undefined) return twilioError(35111)
  const ahead = Date.parse(first(form.SendAt)!) - twilio.core.now()
  return ahead >= scheduleWindow.from && ahead <= scheduleWindow.to ? undefined : twilioError(35114)
}

async function accept(c: Context, twilio: Twilio, form: Form, to: string): Promise<Response> {
  const magic = magicOf(to)
  const resource = take(twilio, form, to)
  if (resource.status === 'scheduled') schedule(twilio, resource, Date.parse(first(form.SendAt)!), magic)
  else if (magic?.kind === 'behave' && magic.how === 'receipts before the answer') {
    const answer = created(twilio, resource)
    await liveAtOnce(twilio, resource)
    return answer
  } else startLife(twilio, resource, magic)
  if (magic?.kind === 'behave' && magic.how === 'accepted, connection reset') return hangUp(c)
  if (magic?.kind === 'behave' && magic.how === 'accepted, never answered') {
    await openFor(c, unansweredMs)
    return hangUp(c)
  }
  return created(twilio, resource)
}

function take(twilio: Twilio, form: Form, to: string): Resource {
  const { core } = twilio
  const now = core.now()
  const service = first(form.MessagingServiceSid) ?? null
  const body = first(form.Body) ?? ''
  const media = list(form.MediaUrl).length
  const status = form.ScheduleType !== undefined ? 'scheduled' : service === null ? 'queued' : 'accepted'
  const sid = newSid(media > 0 ? 'MM' : 'SM')
  const from = first(form.From) ?? firstNumber(twilio)
  const statusCallback = first(form.StatusCallback) ?? null
  const log = core.messages.add({
    provider: 'twilio',
    providerMessageId: sid,
    channel: 'sms',
    to,
    from,
    subject: null,
    text: body,
    html: null,
    reference: attemptOf(statusCallback ?? undefined),
    acceptedAt: new Date(now).toISOString(),
    status,
    origin: 'api',
  })
  const resource: Resource = {
    sid,
    to,
    from,
    body,
    status,
    direction: 'outbound-api',
    createdAt: now,
    sentAt: null,
    updatedAt: now,
    errorCode: null,
    errorMessage: null,
    segments: segmentCount(body),
    media,
    serviceSid: service,
    statusCallback,
    log,
  }
  twilio.store.add(resource)
  return resource
}

function schedule(twilio: Twilio, resource: Resource, at: number, magic: Magic | undefined): void {
  twilio.core.after(at - twilio.core.now(), () => {
    if (resource.status !== 'scheduled') return
    setStatus(twilio, resource, 'queued')
    startLife(twilio, resource, magic)
  })
}

function created(twilio: Twilio, resource: Resource): Response {
  return new Response(JSON.stringify(toJson(resource, twilio.account.sid)), {
    status: 201,
    headers: { 'content-type': 'application/json' },
  })
}

// A field that the spec refuses answers with Twilio's own code for that field, where there is one.
function codeFor(field: string): number {
  if (field.startsWith('MediaUrl')) return 21620
  const codes: Record<string, number> = {
    StatusCallback: 21609,
    MessagingServiceSid: 21701,
    From: 21212,
    To: 21211,
  }
  return codes[field] ?? 20001
}

function firstNumber(twilio: Twilio): string {
  return twilio.account.numbers.keys().next().value ?? ''
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

function list(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

import { deliveryErrors } from './errors.ts'
import type { Magic } from './magic.ts'
import type { Resource, Status } from './resource.ts'
import { formBody, signature } from './sign.ts'
import { setStatus, type Twilio } from './state.ts'

/** One step of a message's life: after `ms` it has `status`; `calls` status callbacks are made, `late` ones change nothing. */
type Step = { ms: number; status: Status; calls: number; late?: true; code?: number }

/** Plans what becomes of an accepted message, and lets it happen. */
export function startLife(twilio: Twilio, resource: Resource, magic: Magic | undefined): void {
  const { sentAfterMs, deliveredAfterMs } = twilio.core.settings.twilio
  const steps = plan(twilio, resource, magic, sentAfterMs, deliveredAfterMs)
  runStep(twilio, resource, steps, 0, 0)
}

/** The same at once, for a recipient whose receipts come before our answer; resolves when they were taken. */
export async function liveAtOnce(twilio: Twilio, resource: Resource): Promise<void> {
  for (const status of ['sent', 'delivered'] as const) {
    setStatus(twilio, resource, status)
    await callBack(twilio, resource, status, undefined)
  }
}

function plan(
  twilio: Twilio,
  resource: Resource,
  magic: Magic | undefined,
  sent: number,
  delivered: number,
): Step[] {
  const good: Step[] = [
    { ms: sent, status: 'sent', calls: 1 },
    { ms: delivered, status: 'delivered', calls: 1 },
  ]
  if (magic === undefined || magic.kind === 'refuse') return good
  if (magic.kind === 'undelivered') return failing(magic.code, sent, delivered)
  switch (magic.how) {
    case 'no receipt':
      return [{ ms: sent, status: 'sent', calls: 0 }]
    case 'sent, never delivered':
      return good.slice(0, 1)
    case 'receipts doubled':
      return good.map((step) => ({ ...step, calls: 2 }))
    case 'receipts out of order':
      return [
        { ms: sent, status: 'delivered', calls: 1 },
        { ms: delivered, status: 'sent', calls: 1, late: true },
      ]
    case 'every other one 30003': {
      const turn = twilio.turns.get(resource.to) ?? 0
      twilio.turns.set(resource.to, turn + 1)
      return turn % 2 === 0 ? failing(30003, sent, delivered) : good
    }
    case 'receipts before the answer':
    case 'accepted, connection reset':
    case 'accepted, never answered':
      return good
  }
}

function failing(code: number, sent: number, delivered: number): Step[] {
  const { status } = deliveryErrors[code]!
  if (status === 'failed') return [{ ms: sent, status, calls: 1, code }]
  return [
    { ms: sent, status: 'sent', calls: 1 },
    { ms: delivered, status, calls: 1, code },
  ]
}

function runStep(
  twilio: Twilio,
  resource: Resource,
  steps: readonly Step[],
  index: number,
  passed: number,
): void {
  const step = steps[index]
  if (!step) return
  twilio.core.after(Math.max(0, step.ms - passed), () => {
    const error =
      step.code === undefined ? undefined : { code: step.code, message: deliveryErrors[step.code]!.message }
    if (!step.late) setStatus(twilio, resource, step.status, error)
    for (let i = 0; i < step.calls; i++) void callBack(twilio, resource, step.status, error)
    runStep(twilio, resource, steps, index + 1, Math.max(passed, step.ms))
  })
}

/** One status callback, signed. Twilio makes no second try (its documentation), so neither do we. */
function callBack(
  twilio: Twilio,
  resource: Resource,
  status: Status,
  error: { code: number; message: string } | undefined,
): Promise<unknown> | undefined {
  const url = resource.statusCallback
  if (url === null) return undefined
  const params: Record<string, string> = {
    SmsSid: resource.sid,
    SmsStatus: status,
    MessageStatus: status,
    To: resource.to,
    MessageSid: resource.sid,
    AccountSid: twilio.account.sid,
    From: resource.from,
    ApiVersion: '2010-04-01',
  }
  if (resource.serviceSid !== null) params.MessagingServiceSid = resource.serviceSid
  if (error) {
    params.ErrorCode = String(error.code)
    params.ErrorMessage = error.message
  }
  return postSigned(twilio, url, params)
}

/** A signed form POST to one of the firm's webhooks. */
export function postSigned(
  twilio: Twilio,
  url: string,
  params: Record<string, string>,
  extra: { headers?: Record<string, string>; timeoutMs?: number; retryMs?: number } = {},
) {
  const wellFormed = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, value.toWellFormed()]),
  )
  return twilio.core.post(url, {
    body: formBody(wellFormed),
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      'x-twilio-signature': signature(twilio.account.authToken, url, wellFormed),
      ...extra.headers,
    },
    ...(extra.timeoutMs === undefined ? {} : { timeoutMs: extra.timeoutMs }),
    ...(extra.retryMs === undefined
      ? {}
      : { retry: { delaysMs: [extra.retryMs], done: (result) => result.status > 0 && result.status < 500 } }),
  })
}

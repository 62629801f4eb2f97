/** Verifies and reads what Twilio posts to us: status callbacks and incoming texts. */
import { parse } from 'node:querystring'
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js'
import { isUuid, type RawRequest, type Refusal } from '../../kernel/index.ts'
import type { CallbackReader, IncomingText, Receipt } from '../../modules/delivery/index.ts'
import { isRecord, parseJson, redact, textOf } from '../answers.ts'
import { policyOf, receiptKindOf } from './policy.ts'
import type { TwilioSettings } from './settings.ts'

type Params = Readonly<Record<string, string | string[] | undefined>>

const mediaLimit = 10

/** @param now for receipts: Twilio's callbacks carry no time of their own */
export function createReader(settings: TwilioSettings, now: () => Temporal.Instant): CallbackReader {
  const tokens = [settings.authToken, ...(settings.secondaryAuthToken ? [settings.secondaryAuthToken] : [])]

  return {
    receipts(request) {
      const opened = verified(request, tokens)
      if (!opened.ok) return opened
      const { params } = opened
      const sid = text(params, 'MessageSid') ?? text(params, 'SmsSid')
      const status = text(params, 'MessageStatus') ?? text(params, 'SmsStatus')
      if (!sid || !status) return malformed('MessageSid or MessageStatus is missing')
      const kind = receiptKindOf(status)
      if (!kind) return malformed(`MessageStatus ${redact(status)} is not known`)
      return { ok: true, receipts: [receiptOf(params, request.url, sid, status, kind, now())] }
    },

    texts(request) {
      const opened = verified(request, tokens)
      if (!opened.ok) return opened
      const { params } = opened
      const providerMessageId = text(params, 'MessageSid') ?? text(params, 'SmsSid')
      const from = text(params, 'From')
      const to = text(params, 'To')
      if (!providerMessageId || !from || !to) return malformed('MessageSid, From or To is missing')
      const action = carrierAction(text(params, 'OptOutType'))
      const incoming: IncomingText = {
        providerMessageId,
        from,
        to,
        body: text(params, 'Body') ?? '',
        media: mediaOf(params),
        ...(action === undefined ? {} : { carrierAction: action }),
      }
      return { ok: true, texts: [incoming] }
    },

    textAnswer: (reply) => ({
      contentType: 'text/xml; charset=utf-8',
      body: `<?xml version="1.0" encoding="UTF-8"?>${
        reply === null ? '<Response/>' : `<Response><Message>${xmlText(reply)}</Message></Response>`
      }`,
    }),
  }
}

/** The parameters, if the signature is Twilio's (twilio.com/docs/usage/security; the SDK checks it). */
function verified(request: RawRequest, tokens: readonly string[]): { ok: true; params: Params } | Refusal {
  const signature = request.headers['x-twilio-signature']
  if (!signature) return { ok: false, status: 401, reason: 'X-Twilio-Signature is missing' }
  const body = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength).toString(
    'utf8',
  )
  const json = request.headers['content-type']?.startsWith('application/json') ?? false
  const params: Params = json ? {} : parse(body, '&', '=', { maxKeys: 0 })
  const genuine = tokens.some((token) =>
    json
      ? validateRequestWithBody(token, signature, request.url, body)
      : validateRequest(token, signature, request.url, params),
  )
  if (!genuine) return { ok: false, status: 403, reason: 'X-Twilio-Signature does not match' }
  if (!json) return { ok: true, params }
  const fields = parseJson(body)
  return isRecord(fields)
    ? { ok: true, params: fields as Params }
    : malformed('the body is not a JSON object')
}

function receiptOf(
  params: Params,
  url: string,
  sid: string,
  status: string,
  kind: Receipt['kind'],
  at: Temporal.Instant,
): Receipt {
  const attempt = new URL(url).searchParams.get('attempt')
  const code = text(params, 'ErrorCode') ?? (status === 'canceled' ? 'canceled' : undefined)
  const detail = text(params, 'ErrorMessage')
  const failure = kind === 'undelivered' || kind === 'failed'
  return {
    key: code === undefined ? `${sid}:${status}` : `${sid}:${status}:${code}`,
    kind,
    providerMessageId: sid,
    at,
    ...(attempt !== null && isUuid(attempt) ? { attemptId: attempt } : {}),
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail: redact(detail) }),
    ...(failure && code !== undefined ? policyOf(code) : {}),
  }
}

function mediaOf(params: Params): IncomingText['media'] {
  const count = Math.min(Number(text(params, 'NumMedia') ?? 0) || 0, mediaLimit)
  const media: IncomingText['media'] = []
  for (let i = 0; i < count; i++) {
    const url = text(params, `MediaUrl${i}`)
    if (url)
      media.push({ url, contentType: text(params, `MediaContentType${i}`) ?? 'application/octet-stream' })
  }
  return media
}

function carrierAction(optOutType: string | undefined): IncomingText['carrierAction'] {
  switch (optOutType?.toUpperCase()) {
    case 'STOP':
      return 'stop'
    case 'START':
      return 'start'
    case 'HELP':
      return 'help'
    default:
      return undefined
  }
}

function text(params: Params, name: string): string | undefined {
  const value = params[name]
  return textOf(Array.isArray(value) ? value[0] : value)
}

function malformed(reason: string): Refusal {
  return { ok: false, status: 422, reason }
}

const xmlText = (text: string) =>
  text.replace(/[<>&]/g, (c) => (c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&amp;'))

import { parse } from 'node:querystring'
import type { Context } from 'hono'
import { readSpec } from '../core/spec.ts'
import type { PhoneNumber } from './account.ts'
import { twilioError } from './errors.ts'
import { asOwner } from './read.ts'
import { rfc2822 } from './resource.ts'
import type { Twilio } from './state.ts'

const updatePath = '/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json'
const formSchema = ['requestBody', 'content', 'application/x-www-form-urlencoded', 'schema']
const checkUpdate = readSpec('twilio-messaging.json', { form: true }).at(
  'paths',
  updatePath,
  'post',
  ...formSchema,
)

const epoch = Date.UTC(2024, 0, 1)

/** `GET Accounts/{sid}.json` */
export function fetchAccount(c: Context, twilio: Twilio): Promise<Response> {
  const sid = (c.req.param('file') ?? '').replace(/\.json$/, '')
  return asOwner(c, twilio, () => c.json(accountJson(sid)), sid)
}

function accountJson(sid: string): object {
  return {
    auth_token: '[Redacted]',
    date_created: rfc2822(epoch),
    date_updated: rfc2822(epoch),
    friendly_name: 'Sandbox',
    owner_account_sid: sid,
    sid,
    status: 'active',
    subresource_uris: {
      messages: `/2010-04-01/Accounts/${sid}/Messages.json`,
      incoming_phone_numbers: `/2010-04-01/Accounts/${sid}/IncomingPhoneNumbers.json`,
    },
    type: 'Full',
    uri: `/2010-04-01/Accounts/${sid}.json`,
  }
}

/** `GET IncomingPhoneNumbers.json`, with the filter `PhoneNumber`. */
export function listNumbers(c: Context, twilio: Twilio): Promise<Response> {
  return asOwner(c, twilio, () => {
    const wanted = c.req.query('PhoneNumber')
    const numbers = [...twilio.account.numbers.values()].filter((item) => !wanted || item.e164 === wanted)
    const uri = `/2010-04-01/Accounts/${twilio.account.sid}/IncomingPhoneNumbers.json?PageSize=50&Page=0`
    return c.json({
      end: Math.max(0, numbers.length - 1),
      first_page_uri: uri,
      next_page_uri: null,
      page: 0,
      page_size: 50,
      previous_page_uri: null,
      start: 0,
      uri,
      incoming_phone_numbers: numbers.map((number) => numberJson(number, twilio)),
    })
  })
}

/** `GET` and `POST IncomingPhoneNumbers/{sid}.json`; of the settings, `SmsUrl` and `FriendlyName` are kept. */
export function oneNumber(c: Context, twilio: Twilio): Promise<Response> {
  return asOwner(c, twilio, async () => {
    const sid = (c.req.param('file') ?? '').replace(/\.json$/, '')
    const number = [...twilio.account.numbers.values()].find((item) => item.sid === sid)
    if (!number) return twilioError(20404)
    if (c.req.method === 'POST') {
      const form = parse(await c.req.text())
      const wrong = checkUpdate(form)
      if (wrong) return twilioError(20001, `${wrong.field} ${wrong.message}`)
      if (typeof form.SmsUrl === 'string') number.smsUrl = form.SmsUrl
      if (typeof form.FriendlyName === 'string') number.friendlyName = form.FriendlyName
    }
    return c.json(numberJson(number, twilio))
  })
}

function numberJson(number: PhoneNumber, twilio: Twilio): object {
  const { sid } = twilio.account
  return {
    sid: number.sid,
    account_sid: sid,
    friendly_name: number.friendlyName,
    phone_number: number.e164,
    sms_url: number.smsUrl || null,
    sms_method: 'POST',
    sms_fallback_url: null,
    sms_fallback_method: 'POST',
    status_callback: null,
    status_callback_method: 'POST',
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    beta: false,
    origin: 'twilio',
    status: 'in-use',
    date_created: rfc2822(number.createdAt),
    date_updated: rfc2822(number.createdAt),
    api_version: '2010-04-01',
    uri: `/2010-04-01/Accounts/${sid}/IncomingPhoneNumbers/${number.sid}.json`,
  }
}

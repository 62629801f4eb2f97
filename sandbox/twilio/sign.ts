import { createHmac } from 'node:crypto'

/** X-Twilio-Signature of a form POST: HMAC-SHA1 over the URL and the parameters sorted by name (Twilio's rule). */
export function signature(authToken: string, url: string, params: Record<string, string>): string {
  let data = url
  for (const name of Object.keys(params).sort()) data += name + params[name]
  return createHmac('sha1', authToken).update(data).digest('base64')
}

/** `application/x-www-form-urlencoded`; faster than URLSearchParams, which matters at 2,000 callbacks/s. */
export function formBody(params: Record<string, string>): string {
  let body = ''
  for (const name in params) {
    body += `${body === '' ? '' : '&'}${name}=${encodeURIComponent(params[name]!.toWellFormed())}`
  }
  return body
}

/** What a person at a browser has: its cookies, and an authenticator app beside it. */
import { createHmac } from 'node:crypto'

/** A browser's tab: it keeps cookies and says where its page is from. */
export function browserTab(appUrl: string) {
  const jar = new Map<string, string>()
  return {
    jar,
    async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(`${appUrl}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
          origin: appUrl,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const set = response.headers.getSetCookie()
      for (const cookie of set) {
        const [pair = '', ...attributes] = cookie.split('; ')
        const [name = '', value = ''] = pair.split('=', 2)
        if (value === '' || attributes.some((a) => /^max-age=0$/i.test(a))) jar.delete(name)
        else jar.set(name, pair.slice(name.length + 1))
      }
      const text = await response.text()
      let told: Record<string, unknown> = {}
      try {
        told = text === '' ? {} : JSON.parse(text)
      } catch {
        told = { text }
      }
      return {
        status: response.status,
        body: told as never as Record<string, never>,
        set,
        headers: response.headers,
      }
    },
  }
}

/** RFC 6238, with what authenticator apps use: SHA-1, six digits, half a minute. */
export function totp(secret: string, at = Date.now()): string {
  const bits = [...secret].map((c) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'),
  )
  const key = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((b) => Number.parseInt(b, 2)),
  )
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const offset = hash.at(-1)! & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

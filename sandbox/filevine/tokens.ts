/** The identity host's token endpoint: a personal access token, or client credentials, for an access token. */
import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'

/** Published test credentials; they open nothing but this sandbox. */
export const FILEVINE_CLIENT = 'sandbox-filevine-client'
export const FILEVINE_SECRET = 'sandbox-filevine-secret'
export const FILEVINE_PAT = 'sandbox-filevine-pat'

export interface Tokens {
  /** Seconds that a token lives. */
  expiresIn: number
  good(token: string | undefined): boolean
  /** All tokens given so far stop working. */
  revoke(): void
  routes: Hono
}

/** @param now milliseconds */
export function createTokens(now: () => number): Tokens {
  const held = new Map<string, number>()
  const app = new Hono()
  const fail = (c: Context, status: 400 | 401, error: string) => c.json({ error }, status)

  app.post('/filevine/connect/token', async (c) => {
    if (!/^application\/x-www-form-urlencoded/i.test(c.req.header('content-type') ?? ''))
      return fail(c, 400, 'invalid_request')
    const form = new URLSearchParams(await c.req.text())
    const basic = /^Basic (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    const [user, password] = basic ? Buffer.from(basic, 'base64').toString().split(':') : []
    const client = user ?? form.get('client_id')
    const secret = password ?? form.get('client_secret')
    if (client !== FILEVINE_CLIENT || secret !== FILEVINE_SECRET) return fail(c, 401, 'invalid_client')
    switch (form.get('grant_type')) {
      case 'personal_access_token':
        if (form.get('token') !== FILEVINE_PAT) return fail(c, 400, 'invalid_grant')
        break
      case 'client_credentials':
        break
      default:
        return fail(c, 400, 'unsupported_grant_type')
    }
    const access = randomBytes(24).toString('base64url')
    held.set(access, now() + tokens.expiresIn * 1_000)
    return c.json({ access_token: access, token_type: 'Bearer', expires_in: tokens.expiresIn })
  })

  const tokens: Tokens = {
    expiresIn: 1_800,
    good: (token) => token !== undefined && (held.get(token) ?? 0) > now(),
    revoke: () => held.clear(),
    routes: app,
  }
  return tokens
}

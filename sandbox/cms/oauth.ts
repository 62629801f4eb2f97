import type { Context } from 'hono'
import { Hono } from 'hono'
import { html, page } from '../pages/layout.ts'
import { CLIENT_ID, CLIENT_SECRET, type Tokens } from './tokens.ts'

type Fault = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type'

function fail(c: Context, status: 400 | 401, error: Fault, description: string): Response {
  return c.json({ error, error_description: description }, status)
}

/** The redirect URI of a request, when it is one. */
function readRedirect(value: string | undefined): URL | undefined {
  const url = value === undefined ? null : URL.parse(value)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined
}

function redirectBack(c: Context, target: URL, values: Record<string, string | undefined>): Response {
  const url = new URL(target)
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) url.searchParams.set(name, value)
  return c.redirect(url.toString(), 302)
}

/** Form fields of a request, or undefined when it is not form-encoded (Clio's token endpoint takes nothing else). */
async function readForm(c: Context): Promise<URLSearchParams | undefined> {
  const type = c.req.header('content-type') ?? ''
  return type.startsWith('application/x-www-form-urlencoded')
    ? new URLSearchParams(await c.req.text())
    : undefined
}

/** Clio's OAuth 2.0: authorize, token, deauthorize (RFC 6749; providers.md §4). Paths under `/oauth`. */
export function oauthRoutes(tokens: Tokens): Hono {
  const app = new Hono()
  /** As registered for the app, to the letter. */
  const registered = (redirect: string | undefined): boolean =>
    tokens.settings.redirectUris?.includes(redirect ?? '') ?? true

  app.get('/oauth/authorize', (c) => {
    const query = c.req.query()
    const redirect = readRedirect(query.redirect_uri)
    if (query.client_id !== CLIENT_ID) return fail(c, 401, 'invalid_client', 'client_id is not known')
    if (redirect === undefined) return fail(c, 400, 'invalid_request', 'redirect_uri must be an address')
    if (!registered(query.redirect_uri))
      return fail(c, 400, 'invalid_request', 'redirect_uri is not registered for this app')
    if (query.response_type !== 'code') return fail(c, 400, 'invalid_request', 'response_type must be code')
    if (query.auto_approve === '1') {
      const code = tokens.issueCode(redirect.toString())
      return redirectBack(c, redirect, { code, state: query.state })
    }
    return c.html(
      page({
        title: 'Connect an application',
        active: 'cms',
        body: html`<h1>Connect an application</h1>
<p>An application at <strong>${redirect.host}</strong> asks to read and write the firm's matters, contacts,
calendar, documents and bills.</p>
<form method="post" action="/oauth/authorize" class="actions">
<input type="hidden" name="redirect_uri" value="${query.redirect_uri ?? ''}">
<input type="hidden" name="state" value="${query.state ?? ''}">
<button class="primary" name="answer" value="approve">Approve</button>
<button name="answer" value="deny">Deny</button>
</form>`,
      }),
    )
  })

  app.post('/oauth/authorize', async (c) => {
    const form = await readForm(c)
    const redirect = readRedirect(form?.get('redirect_uri') ?? undefined)
    if (!form || !redirect || !registered(form.get('redirect_uri') ?? undefined))
      return fail(c, 400, 'invalid_request', 'redirect_uri must be an address, as it is registered')
    const state = form.get('state') || undefined
    if (form.get('answer') !== 'approve') return redirectBack(c, redirect, { error: 'access_denied', state })
    return redirectBack(c, redirect, { code: tokens.issueCode(redirect.toString()), state })
  })

  app.post('/oauth/token', async (c) => {
    const form = await readForm(c)
    if (!form) return fail(c, 400, 'invalid_request', 'the body must be form-encoded')
    if (form.get('client_id') !== CLIENT_ID || form.get('client_secret') !== CLIENT_SECRET) {
      return fail(c, 401, 'invalid_client', 'client_id or client_secret is wrong')
    }
    const expires_in = tokens.settings.expiresIn
    switch (form.get('grant_type')) {
      case 'authorization_code': {
        const redirect = readRedirect(form.get('redirect_uri') ?? undefined)?.toString() ?? ''
        const granted = tokens.redeem(form.get('code') ?? '', redirect)
        if (!granted)
          return fail(c, 400, 'invalid_grant', 'the code is unknown, used, old, or for another redirect_uri')
        const { access, refresh } = granted
        return c.json({ access_token: access, token_type: 'bearer', expires_in, refresh_token: refresh })
      }
      case 'refresh_token': {
        const given = tokens.refresh(form.get('refresh_token') ?? '')
        if (given === undefined)
          return fail(c, 400, 'invalid_grant', 'the refresh token is unknown or revoked')
        const { access, refresh: refresh_token } = given
        return c.json({ access_token: access, token_type: 'bearer', expires_in, refresh_token })
      }
      default:
        return fail(
          c,
          400,
          'unsupported_grant_type',
          'grant_type must be authorization_code or refresh_token',
        )
    }
  })

  app.post('/oauth/deauthorize', (c) => {
    const access = c.req.header('authorization')?.replace(/^Bearer /i, '') ?? ''
    return tokens.revoke(access) ? c.body(null, 200) : c.json({ error: 'invalid_token' }, 401)
  })
  return app
}

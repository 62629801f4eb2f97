/** Clio's OAuth 2.0 (RFC 6749 §4.1; providers.md §4): the page that a person is sent to, tokens, and giving them back. */
import { z } from 'zod'
import type { Clock } from '../../kernel/index.ts'
import type { CmsAuthorisation, CmsTokens, CmsVerdict } from '../../modules/connections/index.ts'
import { parseJson } from '../answers.ts'
import { trouble } from '../cms-answers.ts'
import { resolved } from '../settings.ts'
import { type ClioSettings, clioSettings } from './settings.ts'

/** Tokens are renewed under a lease of 20 s. */
const longestMs = 10_000
/** Far above any answer of a token endpoint, in characters. */
const mostText = 65_536

const granted = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  // Seconds; some servers write numbers as text.
  expires_in: z.coerce.number().positive(),
})
const refused = z.object({ error: z.string().regex(/^\w{1,60}$/) })

export function clioAuthorisation(clock: Clock, fetch: typeof globalThis.fetch): CmsAuthorisation {
  const settingsOf = (raw: unknown) => {
    const settings = resolved('clio', clioSettings, raw)
    const { clientId, clientSecret } = settings
    if (clientId === undefined || clientSecret === undefined)
      throw new Error('clio: clientId and clientSecret are missing')
    return { ...settings, clientId, clientSecret }
  }

  const ask = async (
    settings: ClioSettings,
    path: string,
    headers: Record<string, string>,
    form?: Record<string, string>,
  ): Promise<CmsVerdict<{ status: number; body: unknown }>> => {
    try {
      const answer = await fetch(`${settings.baseUrl}/oauth/${path}`, {
        method: 'POST',
        headers: { accept: 'application/json', ...headers },
        ...(form ? { body: new URLSearchParams(form) } : {}),
        redirect: 'error',
        signal: AbortSignal.timeout(Math.min(settings.timeoutMs, longestMs)),
      })
      const text = await answer.text()
      return {
        ok: true,
        value: { status: answer.status, body: text.length > mostText ? undefined : parseJson(text) },
      }
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError'
      return trouble('unavailable', `Clio's sign-in: ${late ? 'no answer in time' : 'no connection'}`)
    }
  }

  const tokens = async (raw: unknown, form: Record<string, string>): Promise<CmsVerdict<CmsTokens>> => {
    const settings = settingsOf(raw)
    const { clientId, clientSecret } = settings
    // Clio reads forms only, and the credentials from there.
    const answer = await ask(
      settings,
      'token',
      {},
      { client_id: clientId, client_secret: clientSecret, ...form },
    )
    if (!answer.ok) return answer
    const { status, body } = answer.value
    if (status < 200 || status > 299) {
      const told = refused.safeParse(body)
      const said = `Clio's sign-in answered ${status}${told.success ? ` ${told.data.error}` : ''}`
      // Only this says that the consent is gone (RFC 6749 §5.2); a wrong secret is the operator's to mend.
      if (told.success && told.data.error === 'invalid_grant') return trouble('unauthorised', said)
      if (status === 429) return trouble('rate_limited', said, 60)
      return trouble(status >= 500 ? 'unavailable' : 'refused', said)
    }
    const read = granted.safeParse(body)
    if (!read.success) return trouble('unavailable', "Clio's sign-in gave something else than tokens")
    const { access_token, refresh_token, expires_in } = read.data
    return {
      ok: true,
      value: {
        access: access_token,
        refresh: refresh_token ?? null,
        expiresAt: clock.now().add({ seconds: Math.floor(expires_in) }),
      },
    }
  }

  return {
    wanted: (settings) =>
      typeof settings === 'object' && settings !== null && 'clientId' in settings && !('token' in settings),
    address(raw, { state, redirectUri, challenge }) {
      const { baseUrl, clientId } = settingsOf(raw)
      const url = new URL(`${baseUrl}/oauth/authorize`)
      const query = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        state,
        // Clio does not know these, and takes no harm; whoever stands in for it may.
        code_challenge: challenge,
        code_challenge_method: 'S256',
      }
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return url.toString()
    },
    exchange: (settings, { code, redirectUri, verifier }) =>
      tokens(settings, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    refresh: (settings, refreshToken) =>
      tokens(settings, { grant_type: 'refresh_token', refresh_token: refreshToken }),
    async revoke(raw, accessToken) {
      const answer = await ask(settingsOf(raw), 'deauthorize', { authorization: `Bearer ${accessToken}` })
      if (!answer.ok) return answer
      const { status } = answer.value
      // 401: it is gone already.
      if ((status >= 200 && status < 300) || status === 401) return { ok: true, value: null }
      return trouble(status >= 500 ? 'unavailable' : 'refused', `Clio's sign-in answered ${status}`)
    },
  }
}

/** How a call proves who we are. */
import type { Clock } from '../../kernel/index.ts'
import type { CmsVerdict, OnCmsCall } from '../../modules/connections/index.ts'
import { isRecord, parseJson } from '../answers.ts'
import { readAtMost, trouble } from '../cms-answers.ts'
import type { Auth, RestSettings } from './settings.ts'

export interface Proof {
  headers: Readonly<Record<string, string>>
  /** For keys that go into the query. */
  query: Readonly<Record<string, string>>
  /** What a 401 is told of, where a new one can be had. */
  token: string | null
}

export interface Prover {
  /** @param refused the token of the proof that was just answered with 401 */
  prove(onCall: OnCmsCall, refused?: string): Promise<CmsVerdict<Proof>>
  /** The parameter that addresses from outside must not keep: they are stored. */
  readonly secretParameter: string | null
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

export function prover(settings: RestSettings, fetch: typeof globalThis.fetch, clock: Clock): Prover {
  const { auth } = settings
  const secret = settings.secret ?? ''
  const fixed = (headers: Record<string, string>, query: Record<string, string> = {}): Prover => {
    const proof: CmsVerdict<Proof> = { ok: true, value: { headers, query, token: null } }
    return {
      prove: () => Promise.resolve(proof),
      secretParameter: auth.by === 'query' ? auth.name : null,
    }
  }
  switch (auth.by) {
    case 'none':
      return fixed({})
    case 'header':
      return fixed({ [auth.name]: `${auth.prefix}${secret}` })
    case 'query':
      return fixed({}, { [auth.name]: secret })
    case 'basic':
      return fixed({ authorization: basic(auth.user, secret) })
    case 'bearer':
      return fixed({ authorization: `Bearer ${secret}` })
    case 'oauth':
      return tokens(settings, auth, fetch, clock)
  }
}

/** A token is not used in its last minute: it must outlast the call, and clocks differ. */
const marginMs = 60_000
/** Where the answer does not say (RFC 6749 §5.1 only recommends it). */
const lifeMs = 5 * 60_000
const mostBytes = 64 * 1024

interface Token {
  access: string
  /** Milliseconds since the epoch. */
  goodUntil: number
}

function tokens(
  settings: RestSettings,
  auth: Extract<Auth, { by: 'oauth' }>,
  fetch: typeof globalThis.fetch,
  clock: Clock,
): Prover {
  let held: Token | null = null
  let fetching: Promise<CmsVerdict<Token>> | null = null
  const now = () => clock.now().epochMilliseconds

  const get = async (onCall: OnCmsCall): Promise<CmsVerdict<Token>> => {
    const url = new URL(settings.identityUrl ?? '')
    const form = new URLSearchParams({ ...auth.form, grant_type: auth.grant })
    if (auth.tell === 'body') {
      form.set('client_id', auth.client)
      form.set('client_secret', settings.secret ?? '')
    }
    if (auth.secondAs !== undefined) form.set(auth.secondAs, settings.secondSecret ?? '')
    const began = clock.monotonic()
    const report = (status: number | null, error: string | null) =>
      onCall({ method: 'POST', path: url.pathname, status, ms: Math.round(clock.monotonic() - began), error })
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          // RFC 6749 §2.3.1: both are form-encoded before they are joined.
          ...(auth.tell === 'basic'
            ? {
                authorization: basic(
                  encodeURIComponent(auth.client),
                  encodeURIComponent(settings.secret ?? ''),
                ),
              }
            : {}),
        },
        body: form.toString(),
        redirect: 'manual',
        signal: AbortSignal.timeout(settings.timeoutMs),
      })
      const bytes = await readAtMost(answer, mostBytes)
      const verdict = tokenOf(
        answer,
        bytes === null ? undefined : parseJson(Buffer.from(bytes).toString()),
        now(),
      )
      report(answer.status, verdict.ok ? null : verdict.detail)
      return verdict
    } catch {
      report(null, 'no answer')
      return trouble('unavailable', 'no token: the identity server did not answer')
    }
  }

  return {
    secretParameter: null,
    async prove(onCall, refused) {
      if (held !== null && (held.access === refused || now() >= held.goodUntil)) held = null
      if (held === null) {
        // One for all who ask meanwhile.
        fetching ??= get(onCall).finally(() => {
          fetching = null
        })
        const got = await fetching
        if (!got.ok) return got
        held = got.value
      }
      return {
        ok: true,
        value: { headers: { authorization: `Bearer ${held.access}` }, query: {}, token: held.access },
      }
    },
  }
}

function tokenOf(answer: Response, body: unknown, now: number): CmsVerdict<Token> {
  const { status } = answer
  if (status === 429) return trouble('rate_limited', 'no token: the identity server answered 429', 60)
  // RFC 6749 §5.2: 400 and 401 tell that client or grant are wrong, which time does not mend.
  if (status >= 400 && status < 500) {
    const said =
      isRecord(body) && typeof body.error === 'string' && /^\w{1,60}$/.test(body.error)
        ? ` ${body.error}`
        : ''
    return trouble('unauthorised', `no token: the identity server answered ${status}${said}`)
  }
  const access = isRecord(body) ? body.access_token : undefined
  if (!answer.ok || typeof access !== 'string' || !/^[\x21-\x7e]{1,8192}$/.test(access))
    return trouble('unavailable', `no token: the identity server answered ${status} without one`)
  const seconds = isRecord(body) ? Number(body.expires_in) : Number.NaN
  const life = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : lifeMs
  // One that lives for a moment only is still used once.
  return { ok: true, value: { access, goodUntil: now + Math.max(life - marginMs, Math.min(life, 1000)) } }
}

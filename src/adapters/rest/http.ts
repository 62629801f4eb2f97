/** Calls to the configured system: to its own origin only, no redirects, bounded answers; every outcome is a verdict. */
import type { Clock } from '../../kernel/index.ts'
import { type Json, readJson } from '../../kernel/json.ts'
import type { CmsGate, CmsUrgency, CmsVerdict, OnCmsCall } from '../../modules/connections/index.ts'
import { readAtMost, trouble } from '../cms-answers.ts'
import type { Proof, Prover } from './auth.ts'
import { limitOf } from './limits.ts'
import type { RestSettings } from './settings.ts'

/** For whom calls are made, and when they must be over in all. */
export interface Session {
  onCall: OnCmsCall
  urgency: CmsUrgency
  signal?: AbortSignal
}

export interface Answer {
  body: Json
  headers: Headers
  /** Where it was asked for, for addresses that are relative to it. */
  url: URL
}

export interface RestApi {
  /**
   * @param target a path below the base address with its query; or a whole address, as a page before named it
   * @returns `refused` for an address of another origin
   */
  call(
    method: 'GET' | 'POST',
    target: { path: string; query: Readonly<Record<string, string>> } | { address: string },
    body: Json | undefined,
    session: Session,
  ): Promise<CmsVerdict<Answer>>
  /** @returns the path and query of an address that an answer named, without our key; null: of another origin */
  within(address: string, from: URL): string | null
}

/** Larger answers are not read: a thousand records of a case management system take far less. */
const mostBytes = 8 * 1024 * 1024

export interface HttpDeps {
  fetch: typeof globalThis.fetch
  clock: Clock
  gate: CmsGate
}

export function restApi(settings: RestSettings, prover: Prover, { fetch, clock, gate }: HttpDeps): RestApi {
  const root = new URL(settings.baseUrl)

  const once = async (
    method: 'GET' | 'POST',
    url: URL,
    body: Json | undefined,
    proof: Proof,
    session: Session,
  ): Promise<CmsVerdict<Answer>> => {
    const pass = await gate.enter(session.urgency)
    if (!pass.ok) return pass
    const asked = new URL(url)
    for (const [name, value] of Object.entries(proof.query)) asked.searchParams.set(name, value)
    const began = clock.monotonic()
    const report = (status: number | null, error: string | null): void =>
      session.onCall({ method, path: url.pathname, status, ms: Math.round(clock.monotonic() - began), error })
    let told: ReturnType<typeof limitOf>
    try {
      const answer = await fetch(asked, {
        method,
        headers: {
          accept: 'application/json',
          ...settings.headers,
          ...proof.headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.any([
          AbortSignal.timeout(settings.timeoutMs),
          ...(session.signal ? [session.signal] : []),
        ]),
      })
      told = limitOf(answer.status, answer.headers, clock.now().epochMilliseconds)
      const bytes = await readAtMost(answer, mostBytes)
      const verdict = judge(answer, bytes, told, clock.now().epochMilliseconds)
      report(answer.status, verdict.ok ? null : verdict.detail)
      return verdict.ok ? { ok: true, value: { body: verdict.value, headers: answer.headers, url } } : verdict
    } catch (error) {
      const late = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
      const why = late ? 'no answer in time' : 'no connection'
      report(null, why)
      return trouble('unavailable', why)
    } finally {
      pass.value.leave(told)
    }
  }

  return {
    async call(method, target, body, session) {
      const url = addressOf(settings.baseUrl, root, target)
      if (url === null || url.origin !== root.origin)
        return trouble('refused', 'an answer named a page on another host')
      const proof = await prover.prove(session.onCall)
      if (!proof.ok) return proof
      const first = await once(method, url, body, proof.value, session)
      if (first.ok || first.kind !== 'unauthorised' || proof.value.token === null || !said401(first.detail))
        return first
      // The token may have been withdrawn, or have ended a moment too soon: once with a new one.
      const anew = await prover.prove(session.onCall, proof.value.token)
      return anew.ok ? once(method, url, body, anew.value, session) : anew
    },
    within(address, from) {
      const url = URL.parse(address, from)
      if (url === null || url.origin !== root.origin) return null
      if (prover.secretParameter !== null) url.searchParams.delete(prover.secretParameter)
      return `${url.pathname}${url.search}`
    },
  }
}

function addressOf(
  baseUrl: string,
  root: URL,
  target: { path: string; query: Readonly<Record<string, string>> } | { address: string },
): URL | null {
  if ('address' in target) return URL.parse(target.address, root)
  const url = URL.parse(`${baseUrl}${target.path}`)
  if (url !== null)
    for (const [name, value] of Object.entries(target.query)) url.searchParams.set(name, value)
  return url
}

const answered = (status: number): string => `it answered ${status}`
const said401 = (detail: string): boolean => detail === answered(401)

/** Its own words are left out: they may quote what was sent, or a client's data. */
function judge(
  answer: Response,
  bytes: Uint8Array | null,
  told: ReturnType<typeof limitOf>,
  now: number,
): CmsVerdict<Json> {
  const { status } = answer
  if (answer.ok) {
    if (bytes === null) return trouble('unavailable', 'the answer is too large')
    // A POST may be answered with nothing at all.
    if (bytes.length === 0) return { ok: true, value: null }
    const read = readJson(bytes)
    return read.ok ? { ok: true, value: read.value } : trouble('unavailable', read.reason)
  }
  const said = answered(status)
  const wait =
    told?.kind === 'closed' ? Math.max(1, Math.ceil((told.until.epochMilliseconds - now) / 1000)) : undefined
  if (status >= 300 && status < 400) return trouble('refused', `${said}: redirects are not followed`)
  if (status === 401 || status === 403) return trouble('unauthorised', said)
  if (status === 404 || status === 410) return trouble('not_found', said)
  if (status === 429) return trouble('rate_limited', said, wait)
  return status >= 500 || status === 408 ? trouble('unavailable', said, wait) : trouble('refused', said)
}

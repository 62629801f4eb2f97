/** Calls to Clio's API v4, with its rate limit obeyed; every outcome is a verdict. */

import type { Clock } from '../../kernel/index.ts'
import { type Json, readJson } from '../../kernel/json.ts'
import type { CmsCall, CmsTrouble, CmsVerdict, OnCmsCall } from '../../modules/connections/index.ts'
import type { ClioSettings } from './settings.ts'

/** Who is told of the calls made for one purpose, and when they must be over in all. */
export interface Session {
  onCall: OnCmsCall
  signal?: AbortSignal
}

export interface ClioApi {
  /** @param path under /api/v4, or a whole address on the same host, as `meta.paging.next` gives */
  call(
    method: string,
    path: string,
    options: {
      query?: Readonly<Record<string, string>>
      data?: object
      headers?: Readonly<Record<string, string>>
    },
    session: Session,
  ): Promise<CmsVerdict<Json>>
  /** Every record of a list, page after page. */
  list(path: string, query: Readonly<Record<string, string>>, session: Session): Promise<CmsVerdict<Json[]>>
}

/** Larger answers are not read: 200 records of ours take far less. */
const mostBytes = 8 * 1024 * 1024
/** 200 a page; a matter with more than 10,000 documents is beyond what one look can take in. */
const mostPages = 50

export function clioApi(settings: ClioSettings, fetch: typeof globalThis.fetch, clock: Clock): ClioApi {
  /** Milliseconds since the epoch until which Clio wants no calls. */
  let closedUntil = 0
  const root = new URL(`${settings.baseUrl}/api/v4/`)

  const call: ClioApi['call'] = async (method, path, options, session) => {
    const url = new URL(path, root)
    // The address of a next page comes from outside; the token goes to Clio only.
    if (url.origin !== root.origin) return trouble('unavailable', 'Clio named a page on another host')
    for (const [name, value] of Object.entries(options.query ?? {})) url.searchParams.set(name, value)
    const wait = Math.ceil((closedUntil - clock.now().epochMilliseconds) / 1000)
    if (wait > 0) return trouble('rate_limited', 'the calls of this minute are used up', wait)
    const began = clock.monotonic()
    const report = (status: number | null, error: string | null, limit?: CmsCall['limit']): void =>
      session.onCall({
        method,
        path: url.pathname,
        status,
        ms: Math.round(clock.monotonic() - began),
        error,
        ...(limit ? { limit } : {}),
      })
    try {
      const answer = await fetch(url, {
        method,
        headers: {
          ...options.headers,
          authorization: `Bearer ${settings.token}`,
          accept: 'application/json',
          ...(options.data ? { 'content-type': 'application/json' } : {}),
        },
        ...(options.data ? { body: JSON.stringify({ data: options.data }) } : {}),
        redirect: 'error',
        signal: AbortSignal.any([
          AbortSignal.timeout(settings.timeoutMs),
          ...(session.signal ? [session.signal] : []),
        ]),
      })
      const bytes = await readAtMost(answer, mostBytes)
      closedUntil = Math.max(closedUntil, closing(answer, clock.now().epochMilliseconds))
      const verdict = judge(answer, bytes, clock.now().epochMilliseconds)
      report(answer.status, verdict.ok ? null : verdict.detail, limitOf(answer))
      return verdict
    } catch (error) {
      const why =
        error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'no connection'
      report(null, why)
      return trouble('unavailable', `Clio: ${why}`)
    }
  }

  const list: ClioApi['list'] = async (path, query, session) => {
    const records: Json[] = []
    let next: string | undefined = path
    for (let page = 0; next !== undefined; page++) {
      if (page === mostPages) return trouble('refused', `Clio: more than ${mostPages} pages of ${path}`)
      const first = page === 0 ? { limit: '200', ...query } : {}
      const answer: CmsVerdict<Json> = await call('GET', next, { query: first }, session)
      if (!answer.ok) return answer
      const { data, following } = pageOf(answer.value)
      if (data === undefined) return trouble('unavailable', `Clio: ${path} gave no list`)
      records.push(...data)
      next = following
    }
    return { ok: true, value: records }
  }

  return { call, list }
}

/** As X-RateLimit-Limit and -Remaining tell (providers.md §4). */
function limitOf(answer: Response): CmsCall['limit'] {
  const [limit, remaining] = ['limit', 'remaining'].map((name) =>
    Number(answer.headers.get(`x-ratelimit-${name}`) || Number.NaN),
  )
  return Number.isFinite(limit) && Number.isFinite(remaining)
    ? { limit: limit!, remaining: remaining! }
    : undefined
}

function judge(answer: Response, bytes: Uint8Array | null, now: number): CmsVerdict<Json> {
  const { status } = answer
  if (status === 204) return { ok: true, value: null }
  if (answer.ok) {
    if (bytes === null) return trouble('unavailable', 'Clio: the answer is too large')
    const read = readJson(bytes)
    return read.ok ? { ok: true, value: read.value } : trouble('unavailable', `Clio: ${read.reason}`)
  }
  const said = `Clio answered ${status}${errorType(bytes)}`
  const after = retryAfter(answer, now)
  if (status === 401 || status === 403) return trouble('unauthorised', said)
  if (status === 404) return trouble('not_found', said)
  if (status === 429) return trouble('rate_limited', said, after ?? 60)
  return status >= 500 ? trouble('unavailable', said, after) : trouble('refused', said)
}

/** Clio's own word for it; its message may quote what was sent, so that is left out. */
function errorType(bytes: Uint8Array | null): string {
  const read = bytes === null ? undefined : readJson(bytes)
  const body = read?.ok ? read.value : undefined
  const error = typeof body === 'object' && body !== null && !Array.isArray(body) ? body.error : undefined
  const type = typeof error === 'object' && error !== null && !Array.isArray(error) ? error.type : error
  return typeof type === 'string' && /^\w{1,60}$/.test(type) ? ` ${type}` : ''
}

/** Retry-After in seconds or as a date (RFC 9110 §10.2.3), else when the minute's calls are counted anew. */
function retryAfter(answer: Response, now: number): number | undefined {
  const text = answer.headers.get('retry-after')
  if (text !== null && /^\d{1,6}$/.test(text)) return Number(text)
  const date = text === null ? Number.NaN : Date.parse(text)
  if (Number.isFinite(date)) return Math.max(0, Math.ceil((date - now) / 1000))
  const reset = Number(answer.headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000
  return Number.isFinite(reset) && answer.status === 429
    ? Math.max(1, Math.ceil((reset - now) / 1000))
    : undefined
}

/** Until when no call should be made: told by a 429, or by the last call that this minute allows. */
function closing(answer: Response, now: number): number {
  if (answer.status === 429) return now + (retryAfter(answer, now) ?? 60) * 1000
  if (answer.headers.get('x-ratelimit-remaining') !== '0') return 0
  const reset = Number(answer.headers.get('x-ratelimit-reset') ?? 0) * 1000
  // A clock that is wrong on either side must not close us for hours.
  return Math.min(reset, now + 120_000)
}

async function readAtMost(answer: Response, most: number): Promise<Uint8Array | null> {
  if (answer.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body) {
    size += part.length
    if (size > most) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** What a list's answer holds; `data` is undefined when it is none. */
export function pageOf(body: Json): { data: Json[] | undefined; following: string | undefined } {
  const at = (value: Json | undefined, name: string): Json | undefined =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined
  const data = at(body, 'data')
  const next = at(at(at(body, 'meta'), 'paging'), 'next')
  return {
    data: Array.isArray(data) ? data : undefined,
    following: typeof next === 'string' && next !== '' ? next : undefined,
  }
}

export function trouble(kind: CmsTrouble['kind'], detail: string, retryAfter?: number): CmsTrouble {
  return retryAfter === undefined ? { ok: false, kind, detail } : { ok: false, kind, detail, retryAfter }
}

/** Calls to Clio's API v4, with its rate limit obeyed; every outcome is a verdict. */

import type { Clock } from '../../kernel/index.ts'
import { type Json, readJson } from '../../kernel/json.ts'
import type {
  CmsCall,
  CmsContext,
  CmsTrouble,
  CmsUrgency,
  CmsVerdict,
  OnCmsCall,
} from '../../modules/connections/index.ts'
import { readAtMost, trouble } from '../cms-answers.ts'
import { limitOf, localGate, retryAfter } from './limits.ts'
import type { ClioSettings } from './settings.ts'

/** Who is told of the calls made for one purpose, when they must be over in all, and who waits for them. */
export interface Session {
  onCall: OnCmsCall
  signal?: AbortSignal
  /** `now` where it is left out; lists of a sync are `background`. */
  urgency?: CmsUrgency
}

/** `stale`: the record has changed since the etag that was given (412), and nothing was written. */
export type ClioVerdict<T> = { ok: true; value: T } | (CmsTrouble & { stale?: true })

export interface CallOptions {
  query?: Readonly<Record<string, string>>
  data?: object
  headers?: Readonly<Record<string, string>>
  /** Written only if the record still has this etag. */
  ifMatch?: string
}

export interface ClioApi {
  /** @param path under /api/v4, or a whole address on the same host, as `meta.paging.next` gives */
  call(method: string, path: string, options: CallOptions, session: Session): Promise<ClioVerdict<Json>>
  /**
   * One record, unless it is still the one that we have.
   *
   * @param etag as it came with what we have; null: read it in any case
   * @returns `record: null` when it has not changed
   */
  read(
    path: string,
    query: Readonly<Record<string, string>>,
    etag: string | null,
    session: Session,
  ): Promise<CmsVerdict<{ record: Json; etag: string | null } | { record: null }>>
  /** Every record of a list, page after page. */
  list(path: string, query: Readonly<Record<string, string>>, session: Session): Promise<CmsVerdict<Json[]>>
}

/** Larger answers are not read: 200 records of ours take far less. */
const mostBytes = 8 * 1024 * 1024
/** 200 a page; a matter with more than 10,000 documents is beyond what one look can take in. */
const mostPages = 50

interface Answered {
  status: number
  etag: string | null
  body: Json
}

/** @param context whose tokens and whose share of the rate limit; without, the settings' token, and ours alone */
export function clioApi(
  settings: ClioSettings,
  fetch: typeof globalThis.fetch,
  clock: Clock,
  context: CmsContext = {},
): ClioApi {
  const gate = context.gate ?? localGate(clock)
  const root = new URL(`${settings.baseUrl}/api/v4/`)

  const tokenOf = async (refused?: string): Promise<CmsVerdict<string>> => {
    if (context.tokens) return context.tokens.token(refused)
    if (settings.token !== undefined && refused === undefined) return { ok: true, value: settings.token }
    return trouble('unauthorised', 'Clio: nobody has connected it')
  }

  const send = async (
    method: string,
    path: string,
    options: CallOptions,
    session: Session,
  ): Promise<ClioVerdict<Answered>> => {
    const url = new URL(path, root)
    // The address of a next page comes from outside; the token goes to Clio only.
    if (url.origin !== root.origin) return trouble('unavailable', 'Clio named a page on another host')
    for (const [name, value] of Object.entries(options.query ?? {})) url.searchParams.set(name, value)
    const token = await tokenOf()
    if (!token.ok) return token
    const first = await once(method, url, options, session, token.value)
    if (!('refused' in first)) return first
    if (!context.tokens) return first.refused
    // It may have ended in the middle of our work; the same call once more with a new one.
    const fresh = await tokenOf(token.value)
    if (!fresh.ok) return fresh
    const second = await once(method, url, options, session, fresh.value)
    return 'refused' in second ? second.refused : second
  }

  /** @returns `refused` where Clio does not take the token */
  const once = async (
    method: string,
    url: URL,
    options: CallOptions,
    session: Session,
    token: string,
  ): Promise<ClioVerdict<Answered> | { refused: CmsTrouble }> => {
    const entered = await gate.enter(session.urgency ?? 'now')
    if (!entered.ok) return entered
    const pass = entered.value
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
          ...(options.ifMatch === undefined ? {} : { 'if-match': options.ifMatch }),
          authorization: `Bearer ${token}`,
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
      const now = clock.now().epochMilliseconds
      const verdict = judge(answer, bytes, now)
      await pass.leave(limitOf(answer, now))
      report(answer.status, verdict.ok ? null : verdict.detail, toldLimit(answer))
      return answer.status === 401 && !verdict.ok ? { refused: verdict } : verdict
    } catch (error) {
      await pass.leave()
      const why =
        error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'no connection'
      report(null, why)
      return trouble('unavailable', `Clio: ${why}`)
    }
  }

  const call: ClioApi['call'] = async (method, path, options, session) => {
    const answer = await send(method, path, options, session)
    return answer.ok ? { ok: true, value: answer.value.body } : answer
  }

  const read: ClioApi['read'] = async (path, query, etag, session) => {
    const headers = etag === null ? {} : { 'if-none-match': etag }
    const answer = await send('GET', path, { query, headers }, session)
    if (!answer.ok) return answer
    const { status, body, etag: given } = answer.value
    return { ok: true, value: status === 304 ? { record: null } : { record: body, etag: given } }
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

  return { call, read, list }
}

/** As X-RateLimit-Limit and -Remaining tell (providers.md §4), for whoever audits the calls. */
function toldLimit(answer: Response): CmsCall['limit'] {
  const [limit, remaining] = ['limit', 'remaining'].map((name) =>
    Number(answer.headers.get(`x-ratelimit-${name}`) || Number.NaN),
  )
  return Number.isFinite(limit) && Number.isFinite(remaining)
    ? { limit: limit!, remaining: remaining! }
    : undefined
}

function judge(answer: Response, bytes: Uint8Array | null, now: number): ClioVerdict<Answered> {
  const { status } = answer
  const etag = answer.headers.get('etag')
  if (status === 204 || status === 304) return { ok: true, value: { status, etag, body: null } }
  if (answer.ok) {
    if (bytes === null) return trouble('unavailable', 'Clio: the answer is too large')
    const read = readJson(bytes)
    return read.ok
      ? { ok: true, value: { status, etag, body: read.value } }
      : trouble('unavailable', `Clio: ${read.reason}`)
  }
  const said = `Clio answered ${status}${errorType(bytes)}`
  const after = retryAfter(answer, now)
  // 403: this account may not do this one thing; the token is good all the same.
  if (status === 401 || status === 403) return trouble('unauthorised', said)
  if (status === 404) return trouble('not_found', said)
  if (status === 412) return { ...trouble('refused', said), stale: true }
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

/** One exchange with the service over HTTP: bounded in time and size, decoded, and looked through before it is parsed. */
import type { Clock } from '../../kernel/index.ts'
import type { CmsCall, CmsTrouble } from '../../modules/connections/index.ts'
import { retryAfter } from '../answers.ts'
import { asciiXml, decode } from './encoding.ts'
import type { SoapSettings } from './settings.ts'
import { xmlProblem } from './xml-safety.ts'

/** There is nothing to parse. Thrown through the SOAP library, and caught where it is called. */
export class CallProblem extends Error {
  readonly verdict: CmsTrouble
  /** The service may still be at work on the call, though nobody waits any more. */
  readonly mayBeAtWork: boolean

  constructor(verdict: CmsTrouble, mayBeAtWork = false) {
    super(verdict.detail)
    this.name = 'CallProblem'
    this.verdict = verdict
    this.mayBeAtWork = mayBeAtWork
  }
}

export interface HttpAnswer {
  status: number
  headers: Record<string, string>
  text: string
}

/** Larger answers are not read: 100 cases take a tenth of it. */
const mostBytes = 8 * 1024 * 1024

/** The request surely never left. */
const neverLeft = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]

/**
 * @param said told of the call as soon as it is over
 * @returns an answer whose text may be parsed; throws CallProblem for anything else
 */
export async function exchange(
  {
    settings,
    fetch,
    clock,
    signal,
    said,
  }: {
    settings: SoapSettings
    fetch: typeof globalThis.fetch
    clock: Clock
    signal: AbortSignal
    said(call: CmsCall): void
  },
  url: URL,
  /** Null: the description is asked for. */
  posted: { xml: string; headers: Readonly<Record<string, string>>; operation: string } | null,
): Promise<HttpAnswer> {
  const began = clock.monotonic()
  const call: CmsCall = {
    method: posted ? 'POST' : 'GET',
    path: posted ? `${url.pathname}#${posted.operation}` : url.pathname,
    status: null,
    ms: 0,
    error: null,
  }
  try {
    const answer = await fetch(url, {
      ...(posted ? { method: 'POST', body: asciiXml(posted.xml), headers: posted.headers } : {}),
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(settings.timeoutMs), signal]),
    })
    call.status = answer.status
    const bytes = await readAtMost(answer, mostBytes)
    if (bytes === null) throw new CallProblem(trouble('unavailable', 'the answer is too large'))
    const text = decode(bytes, answer.headers.get('content-type'), settings.encoding)
    judge(answer, text, posted ? /Envelope/ : /definitions|schema/, clock)
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text }
  } catch (error) {
    const problem = asProblem(error)
    call.error = problem.verdict.detail
    throw problem
  } finally {
    call.ms = Math.round(clock.monotonic() - began)
    said(call)
  }
}

/** Faults come with 500 as well, so what counts is whether there is an envelope. */
function judge(answer: Response, text: string, expected: RegExp, clock: Clock): void {
  const status = answer.status
  if (answer.ok || status === 500) {
    if (!expected.test(text)) {
      if (status === 500) throw new CallProblem(trouble('unavailable', 'it answered 500 without a Fault'))
      throw new CallProblem(trouble('unavailable', 'it answered with something else than SOAP'))
    }
    const problem = xmlProblem(text)
    if (problem !== null) throw new CallProblem(trouble('unavailable', `its answer is not read: ${problem}`))
    return
  }
  const said = `it answered ${status}`
  const after = retryAfter(answer.headers.get('retry-after') ?? undefined, clock.now().epochMilliseconds)
  if (status === 401 || status === 403) throw new CallProblem(trouble('unauthorised', said))
  if (status === 429) throw new CallProblem(trouble('rate_limited', said, after ?? 60))
  // Nothing at that address is no word about a record.
  const later = status >= 500 || status === 404 || status === 408
  throw new CallProblem(trouble(later ? 'unavailable' : 'refused', said, after))
}

function asProblem(error: unknown): CallProblem {
  if (error instanceof CallProblem) return error
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || name === 'AbortError') {
    return new CallProblem(trouble('unavailable', 'no answer in time'), true)
  }
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  // Without a code it was fetch itself that would not, or the answer that it would not take (a redirect).
  return new CallProblem(trouble('unavailable', 'no connection'), code !== '' && !neverLeft.includes(code))
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

export function trouble(kind: CmsTrouble['kind'], detail: string, after?: number): CmsTrouble {
  const said = `SOAP: ${detail}`
  return after === undefined
    ? { ok: false, kind, detail: said }
    : { ok: false, kind, detail: said, retryAfter: after }
}

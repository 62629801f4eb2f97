/** The HTTP API, typed from its own description; whatever is no success is thrown as an ApiProblem. */
import createClient from 'openapi-fetch'
import { fetchOnce } from './once.ts'
import type { components, paths } from './schema.generated.ts'

export type Schemas = components['schemas']
export const api = createClient<paths>({ baseUrl: '/api/v1', fetch: fetchOnce })

/** RFC 9457, as the API answers it. */
interface ProblemBody {
  /** Of the sign-in doors alone: which of their refusals it is. */
  code?: string
  /** The firm's own sign-in, by which whoever asked should have come. */
  own?: { firm: string; name: string } | null
  title?: string
  detail?: string
  errors?: { path: string; message: string }[]
  candidates?: Schemas['Candidate'][]
}

/** What the server refused, with its words. `status` 0: it could not be reached. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly status: number
  readonly detail: string | undefined
  readonly code: string | undefined
  readonly own: ProblemBody['own']
  /** Each with its place, `body.reason`. */
  readonly errors: readonly { path: string; message: string }[]
  /** What was named fits several: these. */
  readonly candidates: readonly Schemas['Candidate'][]

  /** Seconds after which to ask again, where the server said so. */
  readonly retryAfter: number | undefined

  constructor(status: number, body: ProblemBody, retryAfter?: number) {
    super(body.title ?? `HTTP ${status}`)
    this.status = status
    this.detail = body.detail
    this.code = body.code
    this.own = body.own
    this.errors = body.errors ?? []
    this.candidates = body.candidates ?? []
    this.retryAfter = retryAfter
  }

  /** The right that is missing, where the server refused for that (403). */
  get missingRight(): string | undefined {
    return this.status === 403 ? /scope "([^"]+)"/.exec(this.detail ?? '')?.[1] : undefined
  }
}

export const unreachable = (error: unknown) => error instanceof ApiProblem && error.status === 0

/**
 * @param request of `api`, or a plain fetch whose answer was read
 * @returns what was answered
 * @throws ApiProblem
 */
export async function answered<T>(
  request: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  let got: Awaited<typeof request>
  try {
    got = await request
  } catch (error) {
    // A page that is left breaks its requests off: that is no failure to tell of.
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem(0, { title: 'unreachable' })
  }
  if (!got.response.ok || got.data === undefined) {
    const body = typeof got.error === 'object' && got.error !== null ? (got.error as ProblemBody) : {}
    const after = Number(got.response.headers.get('retry-after') ?? Number.NaN)
    throw new ApiProblem(got.response.status, body, Number.isFinite(after) ? after : undefined)
  }
  return got.data
}

/** For doors that the API's description does not hold: sign-in. */
export async function plain<T>(path: string, init?: RequestInit): Promise<T> {
  const request = async () => {
    const response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init?.headers } })
    const body: unknown = await response.json().catch(() => undefined)
    return response.ok ? { data: body as T, response } : { error: body, response }
  }
  return answered<T>(request())
}

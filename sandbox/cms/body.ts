import type { Context } from 'hono'
import { isRefusal, type Refusal, refuse } from './errors.ts'
import type { Json } from './types.ts'

/** A JSON object as someone sent it. */
export type Body = { [name: string]: Json }

/** Who writes: `api` is held to Clio's published bodies, `control` is the sandbox's own, more forgiving door. */
export type Writer = 'api' | 'control'

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An id as bodies and paths carry it: a positive whole number, or its digits (calendar entries' are text). */
export function readId(value: unknown): number | undefined {
  const id = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined
}

/** The request's JSON object, or a 400. */
export async function readJson(c: Context): Promise<Body | Refusal> {
  let body: unknown
  try {
    body = await c.req.json()
  } catch {
    return refuse(400, 'ArgumentError', 'the body is not JSON')
  }
  return isBody(body) ? body : refuse(400, 'ArgumentError', 'the body must be a JSON object')
}

/** The body's `data` object (Clio wraps every body in it), or why it can't be read. */
export async function readData(c: Context): Promise<Body | Refusal> {
  const body = await readJson(c)
  if (isRefusal(body)) return body
  if (isBody(body.data)) return body.data
  return refuse(400, 'ArgumentError', 'data is required: bodies are wrapped in {"data":{}}')
}

import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A refusal, in Clio's words: answered as `{error:{type,message}}` with this HTTP status. */
export interface Refusal {
  refused: true
  status: ContentfulStatusCode
  type: string
  message: string
}

/** Builds a refusal as a value, so that callers decide how to answer it. */
export function refuse(status: ContentfulStatusCode, type: string, message: string): Refusal {
  return { refused: true, status, type, message }
}

/** A body that was understood but can't be taken: 422, with the field's name first in the message. */
export function invalid(field: string, message: string): Refusal {
  return refuse(422, 'ArgumentError', `${field} ${message}`)
}

/** Tells a refusal from a good result. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value
}

/** The content type of Clio's answers. */
export const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' }

/** Answers a refusal in Clio's error shape (providers.md §4: `{error:{type,message}}`). */
export function answerRefusal(c: Context, refusal: Refusal): Response {
  return c.json({ error: { type: refusal.type, message: refusal.message } }, refusal.status, JSON_TYPE)
}

/** What expressions give, read as what a mapping needs. */
import type { EvaluationVerdict } from '../../platform/expressions/index.ts'

export type Read<T> = { ok: true; value: T | null } | { ok: false; message: string }

/** Longest id, version or subject, in characters: they go into unique keys. */
const longest = 300

/** Ids are text to us; systems give numbers too. Blank is nothing. */
export function asId(verdict: EvaluationVerdict): Read<string> {
  const read = asText(verdict)
  if (!read.ok || read.value === null) return read
  const id = read.value.trim()
  if (id.length > longest) return { ok: false, message: `gives more than ${longest} characters` }
  return { ok: true, value: id === '' ? null : id }
}

export function asText(verdict: EvaluationVerdict): Read<string> {
  if (!verdict.ok) return verdict
  const { value } = verdict
  if (value === null) return { ok: true, value: null }
  if (typeof value === 'string') return { ok: true, value }
  if (typeof value === 'number' && Number.isFinite(value)) return { ok: true, value: String(value) }
  return { ok: false, message: 'gives neither text nor a number' }
}

/** ISO 8601 with a zone: without one nobody knows when it was. */
export function asInstant(verdict: EvaluationVerdict): Read<Temporal.Instant> {
  if (!verdict.ok) return verdict
  const { value } = verdict
  if (value === null || value === '') return { ok: true, value: null }
  if (value instanceof Temporal.Instant) return { ok: true, value }
  if (typeof value === 'number') return { ok: false, message: 'gives a number: use timestamp(seconds)' }
  if (typeof value !== 'string') return { ok: false, message: 'gives no time' }
  try {
    return { ok: true, value: Temporal.Instant.from(value) }
  } catch {
    return { ok: false, message: 'gives no time with a zone, such as 2026-10-15T09:00:00Z' }
  }
}

export function asFlag(verdict: EvaluationVerdict): Read<boolean> {
  if (!verdict.ok) return verdict
  return { ok: true, value: verdict.value === true }
}

/** As jsonb keeps it: times and durations become ISO text. */
export function asPlainData(value: unknown): unknown {
  if (value instanceof Temporal.Instant || value instanceof Temporal.Duration) return value.toString()
  if (Array.isArray(value)) return value.map(asPlainData)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asPlainData(item)]))
}

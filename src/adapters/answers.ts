/** What the adapters have in common when they read a provider's words. */
import { cleanText } from '../kernel/index.ts'

// Twilio and SendGrid quote the number or address in their error texts, and verdicts end up in logs and traces.
const mailAddress = /[^\s<>"'(),;:]+@[^\s<>"'(),;]+/g
const phoneNumber = /\+?\d(?:[\s().-]{0,2}\d){6,}/g
const detailLimit = 300

/** An error text without contact details, in one line. */
export function redact(text: string): string {
  return text
    .slice(0, 4 * detailLimit)
    .replace(mailAddress, '[address]')
    .replace(phoneNumber, '[number]')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, detailLimit)
}

/**
 * `Retry-After` (RFC 9110 §10.2.3): seconds or a date.
 * @param now milliseconds since the epoch
 * @returns seconds from now, or undefined when there is none that makes sense
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000)
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined
}

/** The value when it is JSON, else undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text field of something untrusted, as the database takes it; empty counts as absent. */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? cleanText(value) : ''
  return text === '' ? undefined : text
}

/** For subjects and names: one line, so that no header can be smuggled in (CWE-93), and no broken Unicode. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}

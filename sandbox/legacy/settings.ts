import type { Body } from '../cms/body.ts'
import { invalid, isRefusal, type Refusal } from '../cms/errors.ts'
import type { Encoding } from './codepage.ts'

/** How the old system behaves. */
export interface Habits {
  /** The office's zone, which it never tells anybody. */
  zone: string
  encoding: Encoding
  /** How long each call takes, in milliseconds, whether or not the caller is still there. */
  workMs: number
  /** What a second call at once gets: a Fault, or somebody else's record and broken XML. */
  onOverlap: 'fault' | 'corrupt'
  /** Whether a Fault comes with HTTP 500, as SOAP 1.1 wants it, or with 200. */
  faultStatus: 500 | 200
}

export const defaultHabits = (): Habits => ({
  zone: 'America/New_York',
  encoding: { bytes: 'windows-1252', declared: 'windows-1252', charset: 'windows-1252' },
  workMs: 3,
  onOverlap: 'fault',
  faultStatus: 500,
})

/** Changes what the body names. @returns why not, and then nothing is changed */
export function changeHabits(habits: Habits, body: Body): Refusal | undefined {
  const next: Habits = { ...habits, encoding: { ...habits.encoding } }
  for (const [name, value] of Object.entries(body)) {
    const problem = change(next, name, value)
    if (isRefusal(problem)) return problem
  }
  Object.assign(habits, next)
  return undefined
}

function change(next: Habits, name: string, value: Body[string]): Refusal | undefined {
  switch (name) {
    case 'zone':
      if (typeof value !== 'string' || !isZone(value)) return invalid(name, 'must be an IANA time zone')
      next.zone = value
      return undefined
    case 'workMs':
      if (typeof value !== 'number' || !(value >= 0 && value <= 600_000)) {
        return invalid(name, 'must be a number from 0 to 600000')
      }
      next.workMs = value
      return undefined
    case 'onOverlap':
      if (value !== 'fault' && value !== 'corrupt') return invalid(name, 'must be fault or corrupt')
      next.onOverlap = value
      return undefined
    case 'faultStatus':
      if (value !== 500 && value !== 200) return invalid(name, 'must be 500 or 200')
      next.faultStatus = value
      return undefined
    case 'encoding':
      return changeEncoding(next.encoding, value)
    default:
      return invalid(name, `is not a setting; there are ${Object.keys(next).join(', ')}`)
  }
}

function changeEncoding(encoding: Encoding, value: Body[string]): Refusal | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return invalid('encoding', 'must be an object')
  }
  for (const [name, text] of Object.entries(value)) {
    if (name === 'bytes' && (text === 'windows-1252' || text === 'utf-8')) encoding.bytes = text
    else if ((name === 'declared' || name === 'charset') && typeof text === 'string') encoding[name] = text
    else
      return invalid(`encoding.${name}`, 'takes bytes (windows-1252, utf-8), declared and charset (any text)')
  }
  return undefined
}

function isZone(name: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

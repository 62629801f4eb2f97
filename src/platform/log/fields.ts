/**
 * What may stand in a log line, as an allow-list: a new field is silent until someone decided that it is harmless.
 * A block-list would let the next `toNumber` or `mailText` slip through.
 */
import { scrub } from './scrub.ts'

const allowed = new Set(
  (
    'firm firmId matter client contactPoint event notice message attempt delivery receipt connection ' +
    'quarantine task alert deadLetter batch job ' + // ids
    'component kind type rule template version language channel purpose urgency lane provider verdict outcome ' +
    'state from_state to_state gate reason code status severity cause path action ' + // words of our own
    'route method requestId ms after count size tries bytes rows epoch n entries root link signature key_id ' +
    'sealed_at at due_at since until port host pid version signal revision command setting ' + // figures
    'check result problem file line err'
  ).split(' '),
)

const longest = 500

/**
 * @param object what was handed to the logger beside the message
 * @returns only the allowed fields, strings scrubbed and cut at 500 characters; `dropped` names the others
 */
export function allowFields(object: Record<string, unknown>): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  const dropped: string[] = []
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue
    if (name === 'err' || name === 'error') line.err = errorFields(value)
    else if (!allowed.has(name)) dropped.push(name)
    else {
      const plain = plainValue(value)
      if (plain === undefined) dropped.push(name)
      else line[name] = plain
    }
  }
  // The names too may come from outside (a spread payload), so they are words or nothing.
  if (dropped.length > 0) line.dropped = dropped.filter((name) => /^\w{1,40}$/.test(name)).slice(0, 20)
  return line
}

/** Scalars and lists of scalars; an object could hold anything, so it is not logged. */
function plainValue(value: unknown): unknown {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return scrub(value.slice(0, longest))
  if (value instanceof Temporal.Instant || value instanceof Temporal.Duration) return value.toString()
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
  if (Array.isArray(value)) {
    const items = value.slice(0, 20).map((item) => (Array.isArray(item) ? undefined : plainValue(item)))
    return items.includes(undefined) ? undefined : items
  }
  return undefined
}

/**
 * An error as its type, code, scrubbed message and where it happened. Everything else that libraries hang on errors
 * (pg's `detail` with the row, axios's request, nodemailer's envelope) is left out.
 */
function errorFields(value: unknown, depth = 0): Record<string, unknown> {
  if (!(value instanceof Error))
    return { message: typeof value === 'string' ? cut(value) : `a thrown ${typeof value}` }
  const { code } = value as { code?: unknown }
  const frames = (value.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: value.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: cut(value.message),
    stack: frames.slice(0, 12).map((line) => scrub(line.trim())),
    ...(value.cause !== undefined && depth < 3 ? { cause: errorFields(value.cause, depth + 1) } : {}),
  }
}

const cut = (text: string) => scrub(text.slice(0, longest))

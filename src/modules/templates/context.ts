/** The values a template may speak of: plain data, detached from whatever it came from. */

/**
 * What the rules module passes. Everything is optional to the text of a template, in that a blank field that the
 * text needs holds the message; the names are these:
 *
 * - `client`: `name`, `first_name`, `last_name`, `language`
 * - `matter`: `number`, `title`, `state` (`key`, `words` in the client's language, `since`), and the matter's own data
 * - `firm`: `name`, `phone`
 * - `event`: what the event's mapping made of the payload
 * - and one name for each `with` of the rule: `document.title`, `hearing.starts_at`
 *
 * Moments are `Temporal.Instant` or ISO 8601 texts with an offset, days `Temporal.PlainDate` or `2026-10-15`.
 */
export interface TemplateValues {
  client: Readonly<Record<string, unknown>>
  matter: Readonly<Record<string, unknown>>
  firm: Readonly<Record<string, unknown>>
  event: Readonly<Record<string, unknown>>
  readonly [fact: string]: unknown
}

declare const plain: unique symbol
/** Made by {@link toContext} only: objects without prototype, no functions, nothing that can be changed from a template. */
export type TemplateContext = Readonly<Record<string, unknown>> & { readonly [plain]: true }

/** Paths that every message may use; `.*` stands for whatever the firm's CMS delivers below. */
export const standardPaths: readonly string[] = [
  'client.name',
  'client.first_name',
  'client.last_name',
  'client.language',
  'recipient.name',
  'recipient.first_name',
  'recipient.last_name',
  'recipient.language',
  'matter.number',
  'matter.title',
  'matter.state.key',
  'matter.state.words',
  'matter.state.since',
  'matter.*',
  'firm.name',
  'firm.phone',
  'event.*',
]

const deepest = 12
const most = 20_000
const longest = 20_000

/**
 * Copies values for templates: CEL's results (bigint, Map, Date, optional, unsigned), JSON, Temporal.
 * What can't be said is null: functions, symbols, NaN, texts over 20,000 characters, what lies deeper than 12 levels
 * or beyond 20,000 values.
 */
export function toContext(values: TemplateValues): TemplateContext {
  return copy(values, 0, { left: most }) as TemplateContext
}

function copy(value: unknown, depth: number, budget: { left: number }): unknown {
  if (typeof value === 'string') return value.length <= longest ? value : null
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  // Beyond 2^53 a number would be said wrongly; its digits are right.
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value !== 'object' || value === null || depth >= deepest || budget.left-- <= 0) return null
  if (Array.isArray(value))
    return value.slice(0, Math.max(budget.left, 0)).map((item) => copy(item, depth + 1, budget))
  if (isMoment(value)) return value
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? null : Temporal.Instant.fromEpochMilliseconds(value.getTime())
  }
  if (value instanceof Map) return copyEntries(value.entries(), depth, budget)
  if (value instanceof Set) return copy([...value], depth, budget)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) {
    return copyEntries(Object.entries(value), depth, budget)
  }
  return copy(unwrap(value), depth + 1, budget)
}

const isMoment = (value: object) =>
  value instanceof Temporal.Instant ||
  value instanceof Temporal.PlainDate ||
  value instanceof Temporal.ZonedDateTime

/** CEL's own classes: an optional holds a value or none; unsigned integers and durations say what they are worth. */
function unwrap(value: object): unknown {
  if ('orValue' in value && typeof value.orValue === 'function') return value.orValue(null)
  const worth: unknown = value.valueOf()
  return typeof worth === 'object' ? null : worth
}

function copyEntries(entries: Iterable<[unknown, unknown]>, depth: number, budget: { left: number }) {
  const out: Record<string, unknown> = Object.create(null)
  for (const [key, item] of entries) out[String(key)] = copy(item, depth + 1, budget)
  return out
}

/** Every dotted path in a sample context, to lint templates against; lists end in `.*`. */
export function pathsOf(context: TemplateContext): Set<string> {
  const paths = new Set<string>()
  const walk = (value: unknown, path: string) => {
    if (Array.isArray(value)) paths.add(`${path}.*`)
    if (path !== '') paths.add(path)
    if (typeof value !== 'object' || value === null || Array.isArray(value) || isMoment(value)) return
    for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`)
  }
  walk(context, '')
  return paths
}

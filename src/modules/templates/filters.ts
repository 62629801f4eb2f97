/**
 * What a template can do to a value. Blank goes through every filter as blank, so that no words can grow around a
 * missing field (`{{ client.nickname | append: "!" }}`); only `default` turns it into something.
 */
import { filters as builtin, type FilterImplOptions, toValue } from 'liquidjs'
import {
  type DateStyle,
  formatDay,
  formatList,
  formatMoment,
  formatMoney,
  offsetOf,
  readWhen,
  zoneName,
} from './dates.ts'
import { blank, type Manner, type Scope, Unsayable } from './scope.ts'

type Handler = (this: { context: unknown }, value: unknown, ...args: unknown[]) => unknown

const overBlank = (handler: Handler): Handler =>
  function (given, ...args) {
    const value: unknown = toValue(given)
    if (blank(value) || args.some((arg) => arg === null || arg === undefined)) return null
    const { memoryLimit } = this.context as Scope
    for (const part of [value, ...args])
      if (typeof part === 'string' || Array.isArray(part)) memoryLimit.use(part.length)
    return handler.call(this, value, ...args)
  }

const withManner = (say: (value: unknown, manner: Manner, ...args: unknown[]) => string): Handler =>
  function (value, ...args) {
    return say(value, (this.context as Scope).manner, ...args)
  }

/** One style of dates: whole days never shift, moments are said in the client's zone. */
const date = (style: DateStyle) =>
  withManner((value, { locale, timeZone }) => {
    const when = readWhen(value)
    if (when === null) throw new Unsayable('is not a date or a time with an offset')
    if ('day' in when) return formatDay(when.day, style, locale)
    return formatMoment(when.instant, style, locale, timeZone)
  })

/** `2:30 PM`, and `11:30 AM PDT` to a client whose clock differs from the one the time was set by. */
function time(value: unknown, { locale, timeZone, homeZone }: Manner): string {
  const when = readWhen(value)
  if (when === null) throw new Unsayable('is not a time with an offset')
  if ('day' in when) throw new Unsayable('is a whole day: it has no time')
  const own = when.offset ?? (homeZone === null ? null : offsetOf(when.instant, homeZone))
  const differs = own !== null && own !== offsetOf(when.instant, timeZone)
  const clock = formatMoment(when.instant, 'time', locale, timeZone)
  return differs ? `${clock} ${zoneName(when.instant, locale, timeZone)}` : clock
}

/** `Thursday, October 15, 2026 at 2:30 PM`; of a whole day, the day. */
function datetime(value: unknown, manner: Manner): string {
  const when = readWhen(value)
  if (when === null) throw new Unsayable('is not a date or a time with an offset')
  if ('day' in when) return formatDay(when.day, 'date_long', manner.locale)
  const day = formatMoment(when.instant, 'date_long', manner.locale, manner.timeZone)
  return onDay(day, time(value, manner), manner.language)
}

function onDay(day: string, clock: string, language: string): string {
  if (language === 'en') return `${day} at ${clock}`
  if (language === 'es') return `${day} ${/^1:/.test(clock) ? 'a la' : 'a las'} ${clock}`
  return `${day}, ${clock}`
}

/** Said to a client whose clock shows another time than that of the place. */
const there: Readonly<Record<string, string>> = { en: 'where you are', es: 'en su zona' }

/**
 * The clock of the place first, since that is what its summons says, and the client's behind it where they differ:
 * `2:00 PM EDT (11:00 AM PDT where you are)`; with the weekday where it is another day there.
 */
function bothClocks(value: unknown, manner: Manner): string {
  const both = clocksOf(value, manner)
  return both === null ? time(value, manner) : `${both.place} ${both.own}`
}

/** The day of the place, and both clocks: `Friday, October 18, 2030 at 2:00 PM EDT (11:00 AM PDT where you are)`. */
function datetimeBoth(value: unknown, manner: Manner): string {
  const when = readWhen(value)
  const both = when !== null && 'day' in when ? null : clocksOf(value, manner)
  if (both === null) return datetime(value, manner)
  return `${onDay(both.day, both.place, manner.language)} ${both.own}`
}

function clocksOf(value: unknown, { language, locale, timeZone, homeZone, placeZone }: Manner) {
  const when = readWhen(value)
  if (when === null) throw new Unsayable('is not a time with an offset')
  if ('day' in when) throw new Unsayable('is a whole day: it has no time')
  const { instant } = when
  const zone = placeZone ?? homeZone
  if (zone === null || offsetOf(instant, zone) === offsetOf(instant, timeZone)) return null
  const clock = (of: string) =>
    `${formatMoment(instant, 'time', locale, of)} ${zoneName(instant, locale, of)}`
  const dayOf = (of: string) => instant.toZonedDateTimeISO(of).toPlainDate()
  const another = !dayOf(zone).equals(dayOf(timeZone))
  const weekday = another ? `${formatMoment(instant, 'weekday', locale, timeZone)}, ` : ''
  return {
    day: formatMoment(instant, 'date_long', locale, zone),
    place: clock(zone),
    own: `(${weekday}${clock(timeZone)}${there[language] ? ` ${there[language]}` : ''})`,
  }
}

/** @param value in units of the currency, not in cents: a number or its decimal digits */
function money(value: unknown, manner: Manner, currency: unknown = manner.currency): string {
  const digits = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(digits)) throw new Unsayable('is not an amount')
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    throw new Unsayable('has no currency, such as USD')
  return formatMoney(digits as `${number}`, currency, manner.locale)
}

/** Of a list, or of one value as if it were a list. */
function words(value: unknown, memory: Scope['memoryLimit']): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  if (list.some((item) => blank(item) || typeof item === 'object'))
    throw new Unsayable('has blank or nested items')
  const texts = list.map(String)
  for (const text of texts) memory.use(text.length)
  return texts
}

// Searching takes the product of both lengths at worst.
const longestPattern = 200

const replace: Handler = function (value, pattern, replacement = '') {
  if (blank(pattern) || String(pattern).length > longestPattern)
    throw new Unsayable('has no usable text to replace')
  const parts = String(value).split(String(pattern))
  const { memoryLimit } = this.context as Scope
  memoryLimit.use(parts.length * (1 + String(replacement).length))
  return parts.join(String(replacement))
}

/** LiquidJS takes any text for 0 where it wants a number; a client would be told a wrong one. */
function number(value: unknown): number {
  const n = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value
  if (typeof n !== 'number') throw new Unsayable('is not a number')
  return n
}

function plural(value: unknown, one: unknown, many: unknown): string {
  if (blank(one) || blank(many)) throw new Unsayable('needs two words: plural: "day", "days"')
  return String(number(value) === 1 ? one : many)
}

function where(list: unknown, key: unknown, wanted: unknown): unknown[] {
  if (!Array.isArray(list) || typeof key !== 'string') throw new Unsayable('is not a list')
  return list.filter((item: unknown) => {
    if (typeof item !== 'object' || item === null || !Object.hasOwn(item, key)) return false
    const value = (item as Record<string, unknown>)[key]
    return wanted === undefined ? !blank(value) && value !== false : value === wanted
  })
}

const capitalize = (value: unknown) => String(value).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

const kept = [
  'append',
  'downcase',
  'first',
  'last',
  'map',
  'prepend',
  'size',
  'sort',
  'strip',
  'truncate',
  'upcase',
]

/** Every filter there is, by name. LiquidJS's own `date` is not among them: it leaks (623 MB over 10,000 renders). */
export const messageFilters: Readonly<Record<string, FilterImplOptions>> = {
  ...Object.fromEntries(
    kept.map((name) => [name, overBlank((builtin as Record<string, unknown>)[name] as Handler)]),
  ),
  default: (value: unknown, otherwise: unknown) => {
    const plain = toValue(value)
    return blank(plain) || plain === false || (Array.isArray(plain) && plain.length === 0) ? otherwise : plain
  },
  capitalize: overBlank(capitalize),
  plus: overBlank((a, b) => number(a) + number(b)),
  minus: overBlank((a, b) => number(a) - number(b)),
  round: overBlank((value, digits = 0) =>
    Number(number(value).toFixed(Math.min(Math.max(number(digits), 0), 6))),
  ),
  where: overBlank(where),
  replace: overBlank(replace),
  join: overBlank(function (value, separator = ', ') {
    return words(value, (this.context as Scope).memoryLimit).join(String(separator))
  }),
  sentence: overBlank(function (value) {
    const { manner, memoryLimit } = this.context as Scope
    return formatList(words(value, memoryLimit), manner.locale)
  }),
  plural: overBlank(plural),
  date_long: overBlank(date('date_long')),
  date_short: overBlank(date('date_short')),
  weekday: overBlank(date('weekday')),
  time: overBlank(withManner(time)),
  datetime: overBlank(withManner(datetime)),
  both_clocks: overBlank(withManner(bothClocks)),
  datetime_both: overBlank(withManner(datetimeBoth)),
  money: overBlank(withManner(money)),
}

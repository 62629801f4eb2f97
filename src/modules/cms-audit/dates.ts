/** Dates as systems write them: recognised, read where that is safe, and held against what can be meant. Pure. */

const patterns: readonly (readonly [string, RegExp])[] = [
  ['YYYY-MM-DD', /^\d{4}-\d{2}-\d{2}$/],
  ['ISO 8601, UTC', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/i],
  ['ISO 8601 with an offset', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?[+-]\d{2}:?\d{2}$/],
  ['ISO 8601 without a zone', /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/],
  ['M/D/YYYY', /^\d{1,2}\/\d{1,2}\/\d{4}$/],
  ['M/D/YYYY h:mm AM', /^\d{1,2}\/\d{1,2}\/\d{4},? \d{1,2}:\d{2}(:\d{2})? ?[ap]\.?m\.?$/i],
  ['M/D/YY', /^\d{1,2}\/\d{1,2}\/\d{2}$/],
  ['D.M.YYYY', /^\d{1,2}\.\d{1,2}\.\d{4}$/],
  [
    'month in words',
    /^(\d{1,2} )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2}, )?\d{4}$/i,
  ],
  ['/Date(…)/', /^\/Date\(-?\d+([+-]\d{4})?\)\/$/],
]

const maybe = /^\d{1,4}[-/. ]|^[a-z]{3,9}\.? \d|^\/Date/i

/** @returns the name of the format; null when it is no date that we know */
export function dateFormat(text: string): string | null {
  // Cheap first: most texts are none.
  if (text.length < 6 || text.length > 40 || !maybe.test(text)) return null
  return patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}

/** @param zone for times that name none @returns the day, or null when it can't be read without guessing */
export function dayOf(text: string, zone: string): Temporal.PlainDate | null {
  const trimmed = text.trim()
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return Temporal.PlainDate.from(trimmed)
    if (/(Z|[+-]\d{2}:?\d{2})$/i.test(trimmed))
      return Temporal.Instant.from(trimmed).toZonedDateTimeISO(zone).toPlainDate()
    if (/^\d{4}-\d{2}-\d{2}[T ]/.test(trimmed))
      return Temporal.PlainDateTime.from(trimmed.replace(' ', 'T')).toPlainDate()
    const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(trimmed)
    if (american)
      return Temporal.PlainDate.from(
        { month: Number(american[1]), day: Number(american[2]), year: Number(american[3]) },
        { overflow: 'reject' },
      )
  } catch {
    // No such day.
  }
  return null
}

export function instantOf(text: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(text.trim())
  } catch {
    return null
  }
}

/** Days when courts of the United States are closed (5 U.S.C. §6103(a); Saturday and Sunday: FRCP 6(a)(1)(C)). */
export function dayOff(day: Temporal.PlainDate): string | null {
  if (day.dayOfWeek === 6) return 'a Saturday'
  if (day.dayOfWeek === 7) return 'a Sunday'
  const { month, day: of, dayOfWeek: weekday } = day
  const nth = Math.ceil(of / 7)
  const lastMonday = weekday === 1 && day.add({ days: 7 }).month !== month
  // Those with a date are kept on Friday or Monday when they fall on a weekend.
  const fixed = (
    [
      [1, 1],
      [6, 19],
      [7, 4],
      [11, 11],
      [12, 25],
    ] as const
  ).some(
    ([m, d]) =>
      (month === m && of === d) ||
      (weekday === 5 && sameDay(day.add({ days: 1 }), m, d)) ||
      (weekday === 1 && sameDay(day.subtract({ days: 1 }), m, d)),
  )
  const floating =
    (month === 1 && weekday === 1 && nth === 3) ||
    (month === 2 && weekday === 1 && nth === 3) ||
    (month === 5 && lastMonday) ||
    (month === 9 && weekday === 1 && nth === 1) ||
    (month === 10 && weekday === 1 && nth === 2) ||
    (month === 11 && weekday === 4 && nth === 4)
  return fixed || floating ? 'a federal holiday' : null
}

const sameDay = (day: Temporal.PlainDate, month: number, of: number): boolean =>
  day.month === month && day.day === of

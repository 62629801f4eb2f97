/** Days, weeks and months of the firm's calendar, which have 23 hours now and then. Pure. */
import type { ReportGrouping } from '../../../contracts/message-reports.ts'
import type { ReportDays } from './report.ts'

export interface Period {
  /** Both included. */
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

/** More cannot be read in a chart, or a table; at most so many rows of a group there may be. */
const mostPeriods = 400
/** Ten years. */
const mostDays = 3_660

/** @returns by what a period of that many days is read best, where nobody says */
const usual = (days: number): ReportGrouping => (days <= 45 ? 'day' : days <= 200 ? 'week' : 'month')

/**
 * Weeks begin on Monday (ISO 8601). The first and the last are cut where the days are.
 *
 * @param by absent: by what fits
 * @returns all periods, without gaps; a message where they would be too many
 */
export function periodsOf(
  days: ReportDays,
  by: ReportGrouping | undefined,
): { ok: true; by: ReportGrouping; periods: Period[] } | { ok: false; path: 'from' | 'by'; message: string } {
  const length = days.from.until(days.to).days + 1
  if (length > mostDays)
    return {
      ok: false,
      path: 'from',
      message: `${length} days are more than a report holds: at most ${mostDays}`,
    }
  const chosen = by ?? usual(length)
  const periods: Period[] = []
  let from = days.from
  while (Temporal.PlainDate.compare(from, days.to) <= 0) {
    const next = after(from, chosen)
    const last = next.subtract({ days: 1 })
    periods.push({ from, to: Temporal.PlainDate.compare(last, days.to) < 0 ? last : days.to })
    from = next
  }
  if (periods.length > mostPeriods)
    return {
      ok: false,
      path: 'by',
      message: `${periods.length} periods are more than can be read: ask for week or month`,
    }
  return { ok: true, by: chosen, periods }
}

function after(day: Temporal.PlainDate, by: ReportGrouping): Temporal.PlainDate {
  switch (by) {
    case 'day':
      return day.add({ days: 1 })
    case 'week':
      return day.add({ days: 8 - day.dayOfWeek })
    case 'month':
      return day.with({ day: 1 }).add({ months: 1 })
  }
}

/** @returns when each of them begins: at its first moment, which is not midnight where clocks are put on at midnight */
export const beginnings = (periods: readonly Period[], zone: string): Temporal.Instant[] =>
  periods.map(({ from }) => from.toZonedDateTime({ timeZone: zone }).toInstant())

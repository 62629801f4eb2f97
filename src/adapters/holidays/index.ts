/** Working days of a country and its state, by the `date-holidays` calendars. */

/** Saturday and Sunday; where the weekend is another, a firm leaves `businessDays` out. */
const firstRestDay = 6

export type Workday = (date: Temporal.PlainDate) => boolean

export type CalendarVerdict = { ok: true; isWorkday: Workday } | { ok: false; message: string }

/**
 * The library and its calendars take some 45 MB, so they are loaded with the first firm that asks.
 *
 * @param country ISO 3166-1, e.g. `US`
 * @param state as the calendar names it, e.g. `NY`
 */
export async function workdaysOf(country: string, state: string | undefined): Promise<CalendarVerdict> {
  const { default: Holidays } = await import('date-holidays')
  const all = new Holidays()
  if (!Object.hasOwn(all.getCountries(), country))
    return { ok: false, message: `no holiday calendar is known for ${country}` }
  if (state !== undefined && !Object.hasOwn(all.getStates(country) ?? {}, state))
    return { ok: false, message: `the calendar of ${country} knows no state ${state}` }
  const calendar = state === undefined ? new Holidays(country) : new Holidays(country, state)
  const years = new Map<number, Set<string>>()
  const restDays = (year: number): Set<string> => {
    const known = years.get(year)
    if (known) return known
    // Bank and school holidays and mere observances close no office by themselves.
    const found = calendar.getHolidays(year).filter((day) => day.type === 'public')
    const dates = new Set(found.map((day) => day.date.slice(0, 10)))
    years.set(year, dates)
    return dates
  }
  return {
    ok: true,
    isWorkday: (date) => date.dayOfWeek < firstRestDay && !restDays(date.year).has(date.toString()),
  }
}

/** Working days of a country and its state, by the `date-holidays` calendars. */
import { createRequire } from 'node:module'

/** Saturday and Sunday; where the weekend is another, a firm leaves `businessDays` out. */
const firstRestDay = 6

export type Workday = (date: Temporal.PlainDate) => boolean

export type CalendarVerdict = { ok: true; isWorkday: Workday } | { ok: false; message: string }

/** What is wrong with a country or a state of it. */
export interface CalendarProblem {
  part: 'country' | 'state'
  message: string
}

const require = createRequire(import.meta.url)
/** The library and its calendars take some 45 MB, so they are loaded with the first firm that asks, and at once. */
const library = () => require('date-holidays') as typeof import('date-holidays').default

/**
 * Whether there is such a calendar.
 *
 * @param country ISO 3166-1, e.g. `US`
 * @param state as the calendar names it, e.g. `NY`
 * @returns null when there is; else what is wrong, with what may have been meant
 */
export function calendarProblem(country: string, state: string | undefined): CalendarProblem | null {
  const Holidays = library()
  const all = new Holidays()
  const countries = all.getCountries() as Record<string, string>
  if (!Object.hasOwn(countries, country))
    return {
      part: 'country',
      message: `no holiday calendar is known for ${country}${meant(country, countries)}`,
    }
  const states = (all.getStates(country) ?? {}) as Record<string, string>
  if (state === undefined || Object.hasOwn(states, state)) return null
  return {
    part: 'state',
    message: `the calendar of ${country} knows no state ${state}${
      Object.keys(states).length === 0 ? ', nor any other: leave state out' : meant(state, states)
    }`,
  }
}

const mostNamed = 5

/** What people write for a country: ISO 3166-1 reserves UK, and the European Union writes EL. */
const otherCodes: Readonly<Record<string, string>> = { uk: 'GB', el: 'GR' }

/** @param known codes with their names, such as `NY: 'New York'` */
function meant(given: string, known: Readonly<Record<string, string>>): string {
  const wanted = given.toLowerCase()
  const all = Object.entries(known)
  const likely = [
    ([code, name]: [string, string]) =>
      code === otherCodes[wanted] || [code, name].some((text) => text.toLowerCase() === wanted),
    ([, name]: [string, string]) => wanted.length > 2 && name.toLowerCase().includes(wanted),
    // A code that was cut, or has a letter too many: NYC, N.Y.
    ([code]: [string, string]) =>
      code.length > 1 && wanted.replace(/[^a-z]/g, '').startsWith(code.toLowerCase()),
  ]
  const near = likely.map((fits) => all.filter(fits)).find((found) => found.length > 0)
  const shown = (near ?? all).slice(0, mostNamed).map(([code, name]) => `${code} (${name})`)
  return `; ${near ? 'is one of these meant' : 'it knows, among others'}: ${shown.join(', ')}`
}

/** @param state as the calendar names it, e.g. `NY` */
export function workdaysOf(country: string, state: string | undefined): CalendarVerdict {
  const problem = calendarProblem(country, state)
  if (problem !== null) return { ok: false, message: problem.message }
  const Holidays = library()
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

/** What a CMS says of a client or a matter beside the fields that we know: as people read it. Pure. */
import type { CmsFact, HeldDate, InCharge } from '../../../contracts/subject-pages.ts'
import { timeOf } from '../facts/index.ts'
import type { DateRow } from './subject-store.ts'

type Data = Readonly<Record<string, unknown>>

/** More are a list to read elsewhere. */
const mostFacts = 40
const longest = 200
const charge = /^(?:responsible|originating|assigned)_(\w+?)$/
/** Shown by their own place on the page. */
const shownElsewhere = new Set([
  'paused',
  'type',
  'practice_area',
  'region',
  'status',
  'stage',
  'status_since',
])

const asText = (value: unknown): string | null => {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, longest) : null
}

/** @returns single values by their names; lists and objects are left out, and who is in charge */
export function factsIn(data: Data): CmsFact[] {
  return Object.entries(data)
    .filter(([name]) => !charge.test(name) && !shownElsewhere.has(name))
    .flatMap(([name, value]): CmsFact[] => {
      const text = asText(value)
      return text === null ? [] : [{ name, value: text }]
    })
    .slice(0, mostFacts)
}

/** @returns the kind of matter, by whichever name the CMS has for it */
export const typeOfMatter = (data: Data): string | null =>
  asText(data.practice_area) ?? asText(data.type) ?? null

export const typeOfClient = (data: Data): string | null => asText(data.type)

/** `responsible_attorney` with `responsible_attorney_email`, and whoever else is named so. */
export function peopleIn(data: Data): InCharge[] {
  return Object.keys(data).flatMap((key): InCharge[] => {
    const role = charge.exec(key)?.[1]
    if (role === undefined || /_(id|email)$/.test(role)) return []
    const name = asText(data[key])
    return name === null ? [] : [{ role, name, mail: asText(data[`${key}_email`]) }]
  })
}

/** Those to come first, the soonest before the others; then those that were, the latest first. */
export function datesIn(rows: readonly DateRow[], zone: string, now: Temporal.Instant): HeldDate[] {
  const dates = rows.map((row): HeldDate => {
    const time = timeOf(row.data, zone)
    return {
      id: row.id,
      matterId: row.matterId,
      matter: row.matter,
      what: asText(row.data.summary) ?? asText(row.data.name) ?? null,
      where: asText(row.data.location),
      startsAt: time?.startsAt.toString() ?? null,
      allDayOn: time?.allDayOn?.toString() ?? null,
      removedAt: row.removedAt,
      observedAt: row.observedAt,
    }
  })
  const moment = ({ startsAt }: HeldDate) =>
    startsAt === null ? 0 : Temporal.Instant.from(startsAt).epochMilliseconds
  // A day's entry is over with its day.
  const over = (date: HeldDate) =>
    moment(date) + (date.allDayOn === null ? 0 : 86_400_000) < now.epochMilliseconds
  const [past, coming] = [dates.filter(over), dates.filter((date) => !over(date))]
  return [...coming.sort((a, b) => moment(a) - moment(b)), ...past.sort((a, b) => moment(b) - moment(a))]
}

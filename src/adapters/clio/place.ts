/**
 * Where in a list a reading is, as its cursor tells. Clio pages without end only in order of ids; what can't be asked
 * for in that order (calendar entries) ends at 10,000 records, and is then read by spans of time. Pure.
 */

/**
 * `from` and `to`: of a list that is read by spans; absent: since ever, for ever. `probe`: the last page that a span may
 * have is looked at before its first, since one that holds too much is to cost one call and not fifty.
 */
export type Place = Readonly<Partial<Record<'page_token' | 'offset' | 'from' | 'to' | 'probe', string>>>

const names = ['page_token', 'offset', 'from', 'to', 'probe'] as const

/** The first page of the whole list. */
export const start: Place = {}

/** The place alone is kept: neither a host, nor anything that a later release may ask for otherwise. */
export const writePlace = (place: Place): string => new URLSearchParams({ ...place }).toString()

/** @returns null for what is no cursor of ours */
export function readPlace(cursor: string): Place | null {
  const place = Object.fromEntries(new URLSearchParams(cursor))
  const given = Object.keys(place)
  const known = given.length > 0 && given.every((name) => names.some((one) => one === name))
  const times = [place.from, place.to].every((time) => time === undefined || instantOf(time) !== null)
  return known && times ? place : null
}

/** What is asked for, at a place. */
export const asked = ({ probe, ...place }: Place): Readonly<Record<string, string>> =>
  probe === undefined ? place : { ...place, offset: String(lastOffset) }

/** Where `meta.paging.next` leads; null where it says so in no way that we know. */
export function placeIn(address: string): Pick<Place, 'page_token' | 'offset'> | null {
  const query = URL.parse(address, 'https://app.clio.com')?.searchParams
  const token = query?.get('page_token')
  if (token) return { page_token: token }
  const offset = query?.get('offset')
  return offset && /^\d{1,9}$/.test(offset) ? { offset } : null
}

/** Beyond it a page by offset is refused (docs.developers.clio.com/api-docs/paging); 200 are on a page. */
const lastOffset = 10_000 - 200

/** Before and after these a firm's diary holds nothing to speak of. */
const earliest = Temporal.Instant.from('1990-01-01T00:00:00Z')
const latest = Temporal.Instant.from('2100-01-01T00:00:00Z')
const aYear = 365 * 24 * 3_600_000
/** A span that holds too much is halved, down to this; in milliseconds. */
const shortest = 3_600_000

/**
 * What is read after a page. Entries that reach into two spans come twice, as do those that were read before it showed
 * that there are too many: whoever reads a list takes each as often as it comes.
 *
 * @param following where Clio's own next page is; null: there is none
 * @returns null when all was read; `too_many` when there is no way to read it all
 */
export function afterPage(
  place: Place,
  following: Pick<Place, 'page_token' | 'offset'> | null,
): Place | null | 'too_many' {
  const { from, to, probe } = place
  const start = from === undefined ? null : instantOf(from)
  const end = to === undefined ? null : instantOf(to)
  const whole = start === null && end === null
  const fits = Number(following?.offset ?? 0) <= lastOffset
  if (probe === undefined && following !== null && fits) return { ...spanOf(start, end), ...following }
  if (following !== null) {
    if (whole) return probeOf(null, earliest)
    if (start === null || end === null) return 'too_many'
    const half = Math.floor(width(start, end) / 2)
    return half < shortest ? 'too_many' : probeOf(start, later(start, half))
  }
  if (probe !== undefined) return { ...spanOf(start, end), offset: '0' }
  if (end === null) return null
  if (Temporal.Instant.compare(end, latest) >= 0) return probeOf(end, null)
  const before = start === null ? aYear : width(start, end)
  // Where one page held all, a longer step does.
  const next = later(end, place.offset === '0' && start !== null ? 2 * before : before)
  return probeOf(end, Temporal.Instant.compare(next, latest) > 0 ? latest : next)
}

const spanOf = (start: Temporal.Instant | null, end: Temporal.Instant | null): Place => ({
  ...(start === null ? {} : { from: text(start) }),
  ...(end === null ? {} : { to: text(end) }),
})
const probeOf = (start: Temporal.Instant | null, end: Temporal.Instant | null): Place => ({
  ...spanOf(start, end),
  probe: '1',
})
const width = (start: Temporal.Instant, end: Temporal.Instant): number =>
  end.epochMilliseconds - start.epochMilliseconds
const later = (start: Temporal.Instant, milliseconds: number): Temporal.Instant => start.add({ milliseconds })
const text = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second', roundingMode: 'floor' })

function instantOf(text: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(text)
  } catch {
    return null
  }
}

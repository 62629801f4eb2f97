/** What changed, by asking: cases since a minute, the diary by dates. */
import type { Clock, Json } from '../../kernel/index.ts'
import type {
  CmsAsk,
  CmsChanges,
  CmsPage,
  CmsRecord,
  CmsStream,
  CmsVerdict,
  OnCmsCall,
} from '../../modules/connections/index.ts'
import { parseJson } from '../answers.ts'
import { askSince, readDate, writeDate } from './dates.ts'
import { trouble } from './http.ts'
import { range } from './read.ts'
import { dateRules, type Raw, rawsOf, stampOf, toAppointment, toMatter } from './records.ts'
import type { Session, SoapService } from './service.ts'
import type { SoapSettings } from './settings.ts'

const streams: readonly CmsStream[] = [
  { model: 'matter', holds: 'matter', by: 'since', countable: true },
  { model: 'appointment', holds: 'appointment', by: 'window', countable: true },
]

/** Most that is asked for at once. */
const perPage = 100
/** Rows read again where a page begins by its number: what changed meanwhile moves to the end, and the rest up. */
const overlapping = 10
/** A diary is read a month at a time. */
const slice = { hours: 24 * 31 }
/** Before any record. */
const ever = Temporal.Instant.from('1900-01-01T00:00:00Z')

/** A place in the list of cases: from which wall time on, and from which row of that. */
interface Place {
  since: string
  row: number
}

/** @param mostMs how long one page may take, waiting for a turn included, in milliseconds */
export function soapChanges(
  settings: SoapSettings,
  service: SoapService,
  clock: Clock,
  mostMs: number,
): CmsChanges {
  const rules = dateRules(settings)
  const session = (onCall: OnCmsCall): Session => ({
    onCall,
    urgency: 'background',
    signal: AbortSignal.timeout(mostMs),
  })

  async function cases(
    since: Temporal.Instant | null,
    cursor: string | null,
    onCall: OnCmsCall,
  ): Promise<CmsVerdict<{ raws: Raw[]; next: string | null }>> {
    const place: Place | null =
      cursor === null ? { since: askSince(since ?? ever, rules), row: 1 } : placeOf(cursor)
    if (place === null) return trouble('refused', 'the cursor can not be read')
    const answer = await service.call(
      'ListCasesChangedSince',
      { Since: place.since, StartRow: String(place.row), MaxRows: String(perPage) },
      session(onCall),
    )
    if (!answer.ok) return answer
    const raws = rawsOf(answer.value)
    return {
      ok: true,
      value: { raws, next: raws.length < perPage ? null : JSON.stringify(after(place, raws)) },
    }
  }

  /** From the last one's minute on, since rows move while they are read; by number only where a minute fills a page. */
  function after(place: Place, raws: readonly Raw[]): Place {
    const changed = settings.fields.case.changed
    const last = readDate((changed === null ? null : raws.at(-1)?.[changed]) ?? null, rules)
    const asked = readDate(place.since, rules)
    if (
      last.ok &&
      last.instant &&
      asked.ok &&
      (asked.instant === null || later(last.instant, asked.instant))
    ) {
      const since = writeDate(last.instant, rules.patterns[0] ?? '', rules.zone)
      if (since !== place.since) return { since, row: 1 }
    }
    return { since: place.since, row: place.row + perPage - overlapping }
  }

  async function diary(
    from: Temporal.Instant,
    until: Temporal.Instant,
    onCall: OnCmsCall,
  ): Promise<CmsVerdict<Raw[]>> {
    const answer = await service.call(
      'ListAppointments',
      { ...range(from, until, settings), CaseId: '' },
      session(onCall),
    )
    if (!answer.ok) return answer
    // Who cancels a hearing there marks it and leaves it where it is.
    const there = rawsOf(answer.value).filter((raw) => toAppointment(raw, settings)?.cancelled !== true)
    return { ok: true, value: there }
  }

  async function diaryPage({ window, cursor }: CmsAsk, onCall: OnCmsCall): Promise<CmsVerdict<CmsPage>> {
    const from = cursor === null ? window?.from : instantOf(cursor)
    if (!window || !from) return trouble('refused', 'a diary is asked for by dates')
    const end = from.add(slice)
    const last = !later(window.until, end)
    const answer = await diary(from, last ? window.until : end, onCall)
    if (!answer.ok) return answer
    const records = answer.value.map((raw) => appointmentRecord(raw, settings))
    return { ok: true, value: { records, next: last ? null : end.toString() } }
  }

  /** All there ever was and will be: what is not listed counts as gone. By years, since one answer must not hold it. */
  async function diaryIds(
    cursor: string | null,
    onCall: OnCmsCall,
  ): Promise<CmsVerdict<{ ids: string[]; next: string | null }>> {
    const horizon = clock.now().toZonedDateTimeISO(settings.zone).year + 5
    const year = cursor === null ? null : /^\d{4}$/.test(cursor) ? Number(cursor) : Number.NaN
    if (Number.isNaN(year)) return trouble('refused', 'the cursor can not be read')
    const begin = (at: number) =>
      Temporal.PlainDate.from({ year: at, month: 1, day: 1 }).toZonedDateTime(settings.zone).toInstant()
    const until = year === null ? 2000 : year >= horizon ? 2200 : year + 1
    const answer = await diary(year === null ? ever : begin(year), begin(until), onCall)
    if (!answer.ok) return answer
    const ids = idsOf(answer.value, settings.fields.appointment.id)
    if (ids === null) return trouble('unavailable', 'ListAppointments gave a record without an id')
    return { ok: true, value: { ids, next: until === 2200 ? null : String(until) } }
  }

  return {
    streams,
    async page(model, ask, onCall): Promise<CmsVerdict<CmsPage>> {
      if (model === 'appointment') return diaryPage(ask, onCall)
      if (model !== 'matter') return trouble('refused', `there is no list of ${model} that we read`)
      const listed = await cases(ask.since, ask.cursor, onCall)
      if (!listed.ok) return listed
      const records = listed.value.raws.map((raw) => matterRecord(raw, settings))
      return { ok: true, value: { records, next: listed.value.next } }
    },
    async ids(model, cursor, onCall) {
      if (model === 'appointment') return diaryIds(cursor, onCall)
      if (model !== 'matter') return trouble('refused', `there is no list of ${model} that we read`)
      const listed = await cases(null, cursor, onCall)
      if (!listed.ok) return listed
      const ids = idsOf(listed.value.raws, settings.fields.case.id)
      if (ids === null) return trouble('unavailable', 'ListCasesChangedSince gave a record without an id')
      return { ok: true, value: { ids, next: listed.value.next } }
    },
    gone: (_model, externalId) => ({ data: { id: externalId }, meta: { event: 'deleted' } }),
  }
}

function matterRecord(raw: Raw, settings: SoapSettings): CmsRecord {
  const read = toMatter(raw, settings)
  if (read === null) return useless(`it has no ${settings.fields.case.id}`)
  const { matter, clientExternalId, createdAt } = read
  const stamp = stampOf(raw)
  const data = {
    id: matter.externalId,
    number: matter.number,
    title: matter.title,
    client_id: clientExternalId,
    created_at: createdAt?.toString() ?? null,
    updated_at: matter.updatedAt?.toString() ?? null,
    stamp,
    ...(matter.data as Record<string, Json>),
  }
  return {
    externalId: matter.externalId,
    version: stamp,
    createdAt,
    updatedAt: matter.updatedAt,
    payload: (event) => ({ data, meta: { event } }),
    read: { holds: 'matter', matter, clientExternalId },
  }
}

function appointmentRecord(raw: Raw, settings: SoapSettings): CmsRecord {
  const read = toAppointment(raw, settings)
  if (read === null) return useless(`it has no ${settings.fields.appointment.id}`)
  const { fact, matterExternalId, createdAt } = read
  const stamp = stampOf(raw)
  const data = {
    id: fact.externalId,
    matter_id: matterExternalId,
    created_at: createdAt?.toString() ?? null,
    updated_at: fact.updatedAt?.toString() ?? null,
    stamp,
    when_and_where: fact.version,
    ...(fact.data as Record<string, Json>),
  }
  return {
    externalId: fact.externalId,
    version: stamp,
    createdAt,
    updatedAt: fact.updatedAt,
    payload: (event) => ({ data, meta: { event } }),
    read: { holds: 'appointment', fact, matterExternalId },
  }
}

const useless = (reason: string): CmsRecord => ({
  externalId: '',
  version: null,
  createdAt: null,
  updatedAt: null,
  payload: (event) => ({ data: {}, meta: { event } }),
  read: { holds: 'nothing', reason },
})

/** @returns null when one has none: what is not seen would count as gone */
function idsOf(raws: readonly Raw[], field: string): string[] | null {
  const ids = raws.map((raw) => raw[field]?.trim() ?? '')
  return ids.includes('') ? null : ids
}

function placeOf(cursor: string): Place | null {
  const read = parseJson(cursor)
  if (typeof read !== 'object' || read === null || !('since' in read) || !('row' in read)) return null
  const { since, row } = read
  if (typeof since !== 'string' || typeof row !== 'number' || !Number.isSafeInteger(row)) return null
  return row >= 1 ? { since, row } : null
}

function instantOf(cursor: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(cursor)
  } catch {
    return null
  }
}

const later = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) > 0

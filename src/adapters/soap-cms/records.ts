/** The system's records, read as what the port promises. Pure. */
import { createHash } from 'node:crypto'
import type {
  CmsClient,
  CmsContactPoint,
  CmsFact,
  CmsMatter,
  CmsRejected,
} from '../../modules/connections/index.ts'
import { isRecord, textOf } from '../answers.ts'
import { type DateRules, type ReadDate, readDate } from './dates.ts'
import { readPhones } from './phones.ts'
import type { SoapSettings } from './settings.ts'
import { readFlag, readLanguage, readMails, readMoney, readName, readPause, readZone } from './words.ts'

/** A record as it came: text in every field. */
export type Raw = Readonly<Record<string, string>>

export const dateRules = ({ zone, dateFormats, ambiguous, noDate }: SoapSettings): DateRules => ({
  zone,
  patterns: dateFormats,
  ambiguous,
  never: noDate,
})

/** One record; null where it is none. */
export function rawOf(node: unknown): Raw | null {
  if (!isRecord(node)) return null
  const raw: Record<string, string> = {}
  for (const [name, value] of Object.entries(node)) {
    // With an attribute beside it (xsi:type), the library puts the text into $value.
    const text = textOf(isRecord(value) ? value.$value : value)
    if (text !== undefined) raw[name] = text
  }
  return raw
}

/** A list: one element around as many as there are, or those alone. */
export function rawsOf(node: unknown): Raw[] {
  const inner = isRecord(node)
    ? Object.entries(node)
        .filter(([name]) => name !== 'attributes')
        .map(([, value]) => value)
    : []
  const list = Array.isArray(node) ? node : inner.flat()
  return list.map(rawOf).filter((raw) => raw !== null)
}

/** Changes whenever any field does: the system itself stamps its records to the minute only. */
export const stampOf = (raw: Raw): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(raw).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex')
    .slice(0, 20)

/** Looks into one record, and writes down which dates could not be read for sure. */
function looking(raw: Raw, rules: DateRules) {
  const uncertain: string[] = []
  const text = (field: string | null): string | null => {
    const typed = field === null ? '' : (raw[field]?.trim() ?? '')
    return typed === '' ? null : typed
  }
  const date = (field: string | null): ReadDate => {
    const typed = text(field)
    const read = readDate(typed, rules)
    if (!read.ok) uncertain.push(`${field}: "${typed?.slice(0, 40)}" is not a date that is known here`)
    else if (read.instant && read.doubt === 'twice')
      uncertain.push(`${field}: ${typed} comes twice in ${rules.zone}; the ${rules.ambiguous} one is taken`)
    else if (read.instant && read.doubt === 'skipped')
      uncertain.push(`${field}: ${typed} does not exist in ${rules.zone}; it is moved on as clocks were`)
    return read
  }
  const instant = (field: string | null): Temporal.Instant | null => {
    const read = date(field)
    return read.ok ? read.instant : null
  }
  const day = (field: string | null): string | null =>
    instant(field)?.toZonedDateTimeISO(rules.zone).toPlainDate().toString() ?? null
  /**
   * When the record was changed or made. In the hour that comes twice, a later change may bear the earlier time; then
   * it counts as not told, so that it is not taken for old.
   */
  const stamp = (field: string | null): Temporal.Instant | null => {
    const read = readDate(text(field), rules)
    return read.ok && read.instant && read.doubt !== 'twice' ? read.instant : null
  }
  /** As it is, a day where it is one, in ISO 8601. */
  const dayOrTime = (field: string | null): string | null => {
    const read = date(field)
    if (!read.ok || read.instant === null) return null
    return read.dateOnly
      ? read.instant.toZonedDateTimeISO(rules.zone).toPlainDate().toString()
      : read.instant.toString()
  }
  /** Zeros only are what such systems keep for "no other record". */
  const reference = (field: string | null): string | null => {
    const id = text(field)
    return id === null || /^0+$/.test(id) ? null : id
  }
  const noted = () => (uncertain.length > 0 ? { uncertain } : {})
  return { text, date, instant, day, dayOrTime, stamp, reference, noted }
}

export interface ReadCase {
  matter: CmsMatter
  clientExternalId: string | null
  createdAt: Temporal.Instant | null
}

/** @returns null when it has no id */
export function toMatter(raw: Raw, settings: SoapSettings): ReadCase | null {
  const names = settings.fields.case
  const { text, instant, dayOrTime, day, stamp, reference, noted } = looking(raw, dateRules(settings))
  const externalId = text(names.id)
  if (externalId === null) return null
  const status = text(names.status)
  const data = {
    status,
    status_since: instant(names.statusSince)?.toString() ?? null,
    practice_area: text(names.practiceArea),
    responsible_attorney: text(names.attorney),
    responsible_paralegal: text(names.paralegal),
    next_court_date: dayOrTime(names.nextCourtDate),
    open_date: day(names.opened),
    close_date: day(names.closed),
    paused: readPause(text(names.pause)),
  }
  return {
    matter: {
      externalId,
      number: text(names.number),
      title: text(names.title),
      rawStatus: status,
      updatedAt: stamp(names.changed),
      data: { ...data, ...noted() },
    },
    clientExternalId: reference(names.client),
    createdAt: stamp(names.created),
  }
}

export interface ReadParty {
  client: CmsClient
  contactPoints: CmsContactPoint[]
  rejected: CmsRejected[]
}

/** @returns null when it has no id */
export function toClient(raw: Raw, settings: SoapSettings): ReadParty | null {
  const names = settings.fields.party
  const { text, stamp } = looking(raw, dateRules(settings))
  const externalId = text(names.id)
  if (externalId === null) return null
  const written = text(names.name)
  const isCompany = readFlag(text(names.company))
  const name = written === null ? null : readName(written, isCompany)
  const zone = readZone(text(names.timeZone))
  const language = readLanguage(text(names.language))
  const phones = readPhones(text(names.phones), settings.country)
  const mails = readMails(text(names.email))
  const mobilesFirst = [...phones.good].sort((a, b) => Number(b.mobile) - Number(a.mobile))
  return {
    client: {
      externalId,
      name: name?.name ?? `Party ${externalId}`,
      firstName: name?.first ?? null,
      lastName: name?.last ?? null,
      preference: text(names.preference),
      timeZone: zone.value,
      language: language.value,
      paused: readPause(text(names.pause)),
      updatedAt: stamp(names.changed),
      data: { name_as_written: written, company: isCompany },
    },
    contactPoints: [
      ...ranked('sms', mobilesFirst),
      ...ranked(
        'email',
        mails.good.map(({ address }) => ({ address, label: null })),
      ),
    ],
    rejected: [...phones.rejected, ...mails.rejected, ...zone.rejected, ...language.rejected],
  }
}

function ranked(
  channel: 'sms' | 'email',
  list: readonly { address: string; label: string | null }[],
): CmsContactPoint[] {
  const seen = new Set<string>()
  return list
    .filter(({ address }) => !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase()))
    .map(({ address, label }, rank) => ({ channel, address, label, rank }))
}

export interface ReadAppointment {
  fact: CmsFact
  matterExternalId: string | null
  createdAt: Temporal.Instant | null
  /** Somebody marked it as not taking place: for us it is not in the diary. */
  cancelled: boolean
}

/** @returns null when it has no id */
export function toAppointment(raw: Raw, settings: SoapSettings): ReadAppointment | null {
  const names = settings.fields.appointment
  const { text, date, instant, stamp, reference, noted } = looking(raw, dateRules(settings))
  const externalId = text(names.id)
  if (externalId === null) return null
  const starts = date(names.starts)
  const start_at = starts.ok ? (starts.instant?.toString() ?? null) : null
  const end_at = instant(names.ends)?.toString() ?? null
  const location = text(names.location)
  const dayOnly = starts.ok && starts.instant !== null && starts.dateOnly
  return {
    fact: {
      externalId,
      // When and where, nothing else: rewording an entry does not move it.
      version: `${start_at ?? ''}/${end_at ?? ''}/${placeMark(location ?? '')}`,
      updatedAt: stamp(names.changed),
      data: {
        summary: text(names.summary),
        description: text(names.description),
        location,
        start_at,
        end_at,
        all_day: readFlag(text(names.allDay)) ?? dayOnly,
        event_type: text(names.type),
        ...noted(),
      },
    },
    matterExternalId: reference(names.case),
    createdAt: stamp(names.created),
    cancelled: readFlag(text(names.cancelled)) === true,
  }
}

const placeMark = (place: string): string => createHash('sha256').update(place).digest('hex').slice(0, 12)

export function toDocument(raw: Raw, settings: SoapSettings): CmsFact | null {
  const names = settings.fields.document
  const { text, day, stamp, noted } = looking(raw, dateRules(settings))
  const externalId = text(names.id)
  if (externalId === null) return null
  const data = {
    name: text(names.name),
    filename: text(names.filename),
    category: text(names.category),
    received_at: day(names.received),
    created_at: stamp(names.created)?.toString() ?? null,
  }
  return { externalId, version: stampOf(raw), updatedAt: stamp(names.changed), data: { ...data, ...noted() } }
}

export function toBill(raw: Raw, settings: SoapSettings): CmsFact | null {
  const names = settings.fields.invoice
  const { text, day, stamp, noted } = looking(raw, dateRules(settings))
  const externalId = text(names.id)
  if (externalId === null) return null
  const data = {
    number: externalId,
    state: text(names.state),
    total: readMoney(text(names.total)),
    paid: readMoney(text(names.paid)),
    due: readMoney(text(names.balance)),
    issued_at: day(names.issued),
    due_at: day(names.due),
  }
  return { externalId, version: stampOf(raw), updatedAt: stamp(names.changed), data: { ...data, ...noted() } }
}

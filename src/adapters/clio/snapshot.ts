/** Clio's records, read as what the port promises. Pure. */
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { parseMailAddress } from '../../kernel/mail-address.ts'
import { parsePhone } from '../../kernel/phone.ts'
import { normaliseStatus } from '../../kernel/text.ts'
import type {
  CmsClient,
  CmsContactPoint,
  CmsFact,
  CmsMatter,
  CmsRejected,
} from '../../modules/connections/index.ts'
import type {
  billRecord,
  ContactRecord,
  CustomValue,
  documentRecord,
  entryRecord,
  MatterRecord,
} from './records.ts'
import type { ClioSettings } from './settings.ts'

/** The words of picklist options, by their ids. */
export type OptionWords = ReadonlyMap<string, string>

/** The stage is what the firm works with; Open, Pending or Closed only where there is none. */
export const rawStatus = (matter: Pick<MatterRecord, 'matter_stage' | 'status'>): string | null =>
  blankless(matter.matter_stage?.name) ?? blankless(matter.status)

export function toMatter(record: MatterRecord, settings: ClioSettings): CmsMatter {
  const attorney = record.responsible_attorney
  return {
    externalId: record.id,
    number: blankless(record.display_number),
    title: blankless(record.description),
    rawStatus: rawStatus(record),
    updatedAt: record.updated_at,
    data: {
      status: record.status,
      stage: record.matter_stage?.name ?? null,
      // Of the stage only; Clio does not tell since when a matter is Open, Pending or Closed.
      status_since: record.matter_stage ? (record.matter_stage_updated_at?.toString() ?? null) : null,
      practice_area: record.practice_area?.name ?? null,
      responsible_attorney: attorney?.name ?? null,
      responsible_attorney_id: attorney?.id ?? null,
      responsible_attorney_email: attorney?.email ?? null,
      client_reference: record.client_reference,
      open_date: record.open_date,
      close_date: record.close_date,
      paused: isYes(customText(record.custom_field_values, settings.fields.pause, new Map())),
    },
  }
}

export function toClient(
  record: ContactRecord,
  settings: ClioSettings,
  options: OptionWords,
): { client: CmsClient; contactPoints: CmsContactPoint[]; rejected: CmsRejected[] } {
  const field = (name: keyof ClioSettings['fields']) =>
    customText(record.custom_field_values, settings.fields[name], options)
  const zone = readZone(field('timeZone'))
  const language = readLanguage(field('language'))
  const phones = phonePoints(record, settings.country)
  const mails = mailPoints(record)
  const parts = [record.first_name, record.middle_name, record.last_name]
    .map(blankless)
    .filter((part) => part !== null)
  return {
    client: {
      externalId: record.id,
      name: blankless(record.name) ?? (parts.length > 0 ? parts.join(' ') : `Contact ${record.id}`),
      firstName: blankless(record.first_name),
      lastName: blankless(record.last_name),
      preference: field('preference'),
      timeZone: zone.value,
      language: language.value,
      paused: isYes(field('pause')),
      updatedAt: record.updated_at,
      data: { type: record.type, prefix: record.prefix, middle_name: record.middle_name },
    },
    contactPoints: [...phones.points, ...mails.points],
    rejected: [...phones.rejected, ...mails.rejected, ...zone.rejected, ...language.rejected],
  }
}

function customText(values: readonly CustomValue[], name: string, options: OptionWords): string | null {
  const wanted = name.trim().toLowerCase()
  const found = values.find((value) => value.field_name?.trim().toLowerCase() === wanted)
  const text = blankless(found?.value)
  if (text === null || found?.field_type !== 'picklist') return text
  return options.get(text) ?? text
}

/** Yes in whatever kind of field the firm made for it. */
const isYes = (text: string | null): boolean =>
  text !== null && ['true', 'yes', 'y', '1', 'on', 'x', 'si', 'paused'].includes(normaliseStatus(text))

interface Points {
  points: CmsContactPoint[]
  rejected: CmsRejected[]
}

/** What takes texts best comes first: a mobile, then the primary number, then the others as listed. */
function phonePoints(record: ContactRecord, country: string): Points {
  const rejected: CmsRejected[] = []
  const good: { address: string; label: string | null; order: number }[] = []
  for (const { number, name, primary } of record.phone_numbers) {
    const value = blankless(number)
    if (value === null) continue
    const label = blankless(name)
    const reject = (reason: string) => rejected.push({ field: 'phone', label, value, reason })
    if (/^(fax|pager|skype)$/i.test(label ?? '')) {
      reject(`a ${label?.toLowerCase()} takes no texts`)
      continue
    }
    const read = parsePhone(value, country)
    if (!read.ok) reject(read.reason)
    else if (read.mobile === 'no') reject('is a landline or an extension, which take no texts')
    else {
      const isMobile = read.mobile === 'yes' || /mobile|cell/i.test(label ?? '')
      good.push({ address: read.e164, label, order: (isMobile ? 0 : 2) + (primary ? 0 : 1) })
    }
  }
  return { points: ranked('sms', good), rejected }
}

function mailPoints(record: ContactRecord): Points {
  const rejected: CmsRejected[] = []
  const good: { address: string; label: string | null; order: number }[] = []
  for (const { address, name, primary } of record.email_addresses) {
    const value = blankless(address)
    if (value === null) continue
    const label = blankless(name)
    const read = parseMailAddress(value)
    if (read.ok) good.push({ address: read.address, label, order: primary ? 0 : 1 })
    else rejected.push({ field: 'email', label, value, reason: read.reason })
  }
  return { points: ranked('email', good), rejected }
}

function ranked(
  channel: 'sms' | 'email',
  list: readonly { address: string; label: string | null; order: number }[],
): CmsContactPoint[] {
  const seen = new Set<string>()
  return [...list]
    .sort((a, b) => a.order - b.order)
    .filter(({ address }) => !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase()))
    .map(({ address, label }, rank) => ({ channel, address, label, rank }))
}

interface Field {
  value: string | null
  rejected: CmsRejected[]
}

/** Names of zones as typed, by the runtime's spelling: few, and asking it for each of thousands of clients takes long. */
const zones = new Map<string, string>()
const mostZones = 1_000

function readZone(text: string | null): Field {
  if (text === null) return { value: null, rejected: [] }
  const known = zones.get(text)
  if (known !== undefined) return { value: known, rejected: [] }
  try {
    // The runtime's own spelling; offsets such as +05:00 know no summer time and are refused.
    const zone = Temporal.Now.zonedDateTimeISO(text).timeZoneId
    if (!/^[+-]/.test(zone)) {
      if (zones.size < mostZones) zones.set(text, zone)
      return { value: zone, rejected: [] }
    }
  } catch {
    // Said below, with the value.
  }
  return {
    value: null,
    rejected: [{ field: 'time_zone', label: null, value: text, reason: 'is not an IANA time zone' }],
  }
}

/** What staff type where a language is asked for. */
const languageNames: Readonly<Record<string, string>> = {
  english: 'en',
  ingles: 'en',
  spanish: 'es',
  espanol: 'es',
}

function readLanguage(text: string | null): Field {
  if (text === null || /^[a-z]{2}$/.test(text)) return { value: text, rejected: [] }
  const word = normaliseStatus(text)
  const value = languageNames[word] ?? /^([a-z]{2})(?: [a-z0-9]{2,8})*$/.exec(word)?.[1]
  if (value !== undefined) return { value, rejected: [] }
  return {
    value: null,
    rejected: [{ field: 'language', label: null, value: text, reason: 'is not a language we know' }],
  }
}

export const toDocument = (record: z.infer<typeof documentRecord>): CmsFact => ({
  externalId: record.id,
  version: record.etag,
  updatedAt: record.updated_at,
  data: {
    name: record.name,
    filename: record.filename,
    content_type: record.content_type,
    category: record.document_category?.name ?? null,
    received_at: record.received_at,
    created_at: record.created_at,
  },
})

export const toBill = (record: z.infer<typeof billRecord>): CmsFact => ({
  externalId: record.id,
  version: record.etag,
  updatedAt: record.updated_at,
  data: {
    number: record.number,
    state: record.state,
    subject: record.subject,
    total: record.total,
    paid: record.paid,
    due: record.due,
    issued_at: record.issued_at,
    due_at: record.due_at,
    paid_at: record.paid_at,
  },
})

/** The version tells when and where, nothing else: rewording an entry does not move it. */
export const toAppointment = (record: z.infer<typeof entryRecord>): CmsFact => ({
  externalId: record.id,
  version: `${record.start_at ?? ''}/${record.end_at ?? ''}/${placeMark(record.location ?? '')}`,
  updatedAt: record.updated_at,
  data: {
    summary: record.summary,
    description: record.description,
    location: record.location,
    start_at: record.start_at,
    end_at: record.end_at,
    all_day: record.all_day,
    event_type: record.calendar_entry_event_type?.name ?? null,
  },
})

/** A place may be a page long; twelve characters of its hash tell whether it is another. */
const placeMark = (place: string): string => createHash('sha256').update(place).digest('hex').slice(0, 12)

const blankless = (text: string | null | undefined): string | null => {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

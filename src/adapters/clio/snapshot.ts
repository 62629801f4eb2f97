/** Clio's records, read as what the port promises. Pure. */
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type {
  CmsClient,
  CmsContactPoint,
  CmsFact,
  CmsMatter,
  CmsRejected,
} from '../../modules/connections/index.ts'
import { blankless, isYes, mailPoints, phonePoints, readLanguage, readZone } from '../people.ts'
import { regionOf } from '../regions.ts'
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
  const phones = phonePoints(
    record.phone_numbers.map(({ number, name, primary }) => ({ value: number, label: name, primary })),
    settings.country,
  )
  const mails = mailPoints(
    record.email_addresses.map(({ address, name, primary }) => ({ value: address, label: name, primary })),
  )
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
      data: {
        type: record.type,
        prefix: record.prefix,
        middle_name: record.middle_name,
        region: regionOf(record.addresses, settings.country),
      },
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
    time_zone: record.start_at_time_zone,
    event_type: record.calendar_entry_event_type?.name ?? null,
    // A colleague's calendar is listed as well, and is nobody to be reminded.
    participants: record.attendees
      .filter((one) => one.type === 'Contact')
      .map((one) => ({ id: String(one.id), name: blankless(one.name) })),
  },
})

/** A place may be a page long; twelve characters of its hash tell whether it is another. */
const placeMark = (place: string): string => createHash('sha256').update(place).digest('hex').slice(0, 12)

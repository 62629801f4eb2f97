/** Clio's records as an audit reads them: untouched, from the body as it came. Pure. */
import type { Json } from '../../kernel/json.ts'
import type { CmsHolding, CmsRecord, CmsSurvey, Surveyed } from '../../modules/connections/index.ts'
import type { ClioSettings } from './settings.ts'
import { documented } from './survey-documented.ts'

type Fields = { [name: string]: Json }

export function clioSurvey(settings: ClioSettings): CmsSurvey {
  const { fields } = settings
  const own = (name: string): string => `contact.custom_field_values[${name}].value`
  return {
    country: settings.country,
    places: {
      client_id: 'contact.id',
      matter_id: 'matter.id',
      email: 'contact.email_addresses[].address',
      mobile: 'contact.phone_numbers[].number',
      status: 'matter.matter_stage.name',
      next_court_date: 'calendar_entry.start_at',
      filing_deadline: `matter.custom_field_values[${deadlineField}].value`,
      statute_of_limitations: 'matter.statute_of_limitations.due_at',
      responsible_attorney: 'matter.responsible_attorney.name',
      paralegal: `matter.custom_field_values[${paralegalField}].value`,
      contact_preference: own(fields.preference),
      time_zone: own(fields.timeZone),
      language: own(fields.language),
      pause_flag: own(fields.pause),
    },
    documented,
    read: (model, record) => read(model, record, settings),
    link: (holds, externalId) => {
      const page = pages[holds]
      return page === null ? null : `${settings.baseUrl}/nc/#/${page}/${encodeURIComponent(externalId)}`
    },
  }
}

/** Clio has neither on a matter, so firms add fields that are called like this. */
const paralegalField = 'Paralegal'
const deadlineField = 'Filing deadline'

/** As the addresses in a browser read today; Clio documents none. */
const pages: Readonly<Record<CmsHolding, string | null>> = {
  client: 'contacts',
  matter: 'matters',
  appointment: 'calendars/calendar_entries',
  document: 'documents',
  bill: 'bills',
  other: null,
}

function read(model: string, record: CmsRecord, settings: ClioSettings): Surveyed | null {
  const raw = fieldsOf(record.raw)
  if (raw === null) return null
  switch (model) {
    case 'contact': {
      const own = (name: string) => customText(raw, name)
      return {
        holds: 'client',
        isClient: raw.is_client !== false,
        company: raw.type === 'Company',
        name: text(raw.name) ?? '',
        firstName: text(raw.first_name),
        lastName: text(raw.last_name),
        phones: listOf(raw.phone_numbers).map((one) => point(one, 'number')),
        mails: listOf(raw.email_addresses).map((one) => point(one, 'address')),
        // Of a picklist only the reading knows the words.
        preference: record.read.holds === 'client' ? record.read.client.preference : null,
        timeZone: own(settings.fields.timeZone),
        language: own(settings.fields.language),
        pause: own(settings.fields.pause),
      }
    }
    case 'matter': {
      const attorney = fieldsOf(raw.responsible_attorney)
      const statute = fieldsOf(raw.statute_of_limitations)
      const stage = text(fieldsOf(raw.matter_stage)?.name)
      return {
        holds: 'matter',
        number: text(raw.display_number),
        title: text(raw.description),
        rawStatus: stage ?? text(raw.status),
        stage,
        closed: text(raw.status) === null ? null : raw.status === 'Closed',
        closedOn: text(raw.close_date),
        openedOn: text(raw.open_date),
        practice: text(fieldsOf(raw.practice_area)?.name),
        clientExternalId: idText(fieldsOf(raw.client)?.id),
        attorney: attorney && {
          id: idText(attorney.id),
          name: text(attorney.name),
          active: attorney.enabled !== false,
        },
        paralegal: customText(raw, paralegalField),
        deadline: customText(raw, deadlineField),
        statute: statute && { on: text(statute.due_at), done: statute.status === 'complete' },
        pause: null,
      }
    }
    case 'calendar_entry':
      return {
        holds: 'appointment',
        summary: text(raw.summary),
        kind: text(fieldsOf(raw.calendar_entry_event_type)?.name),
        startAt: text(raw.start_at),
        endAt: text(raw.end_at),
        allDay: raw.all_day === true,
        matterExternalId: idText(fieldsOf(raw.matter)?.id),
      }
    case 'document':
      return {
        holds: 'document',
        name: text(raw.name),
        matterExternalId: idText(fieldsOf(raw.matter)?.id),
      }
    case 'bill':
      return {
        holds: 'bill',
        number: text(raw.number),
        state: text(raw.state),
        total: raw.total ?? null,
        paid: raw.paid ?? null,
        issuedOn: text(raw.issued_at),
        dueOn: text(raw.due_at),
        matterExternalIds: listOf(raw.matters).flatMap((one) => idText(one.id) ?? []),
      }
    default:
      return { holds: 'other' }
  }
}

const fieldsOf = (value: Json | undefined): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
const listOf = (value: Json | undefined): Fields[] =>
  Array.isArray(value) ? value.map(fieldsOf).filter((one) => one !== null) : []
/** Blanks around it are kept: they are part of what was typed. */
const text = (value: Json | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null
const idText = (value: Json | undefined): string | null =>
  value === null || value === undefined || typeof value === 'object' ? null : String(value)

const point = (fields: Fields, name: string) => ({
  label: text(fields.name),
  value: text(fields[name]) ?? '',
})

function customText(raw: Fields, name: string): string | null {
  const wanted = name.trim().toLowerCase()
  const found = listOf(raw.custom_field_values).find(
    (one) => text(one.field_name)?.trim().toLowerCase() === wanted,
  )
  const value = found?.value
  return value === null || value === undefined || typeof value === 'object' ? null : text(String(value))
}

/**
 * Reading a CMS for an audit: records as they were typed, and where in them we look for what we need. Following wants
 * what can be used; an audit wants what can't, too.
 */
import type { Json } from '../../kernel/json.ts'
import type { CmsHolding, CmsRecord } from './lists.ts'

/** What the audit looks for; messages, reminders and gates are made of these. */
export const dataPoints = [
  'client_id',
  'matter_id',
  'email',
  'mobile',
  'status',
  'next_court_date',
  'filing_deadline',
  'statute_of_limitations',
  'responsible_attorney',
  'paralegal',
  'contact_preference',
  'time_zone',
  'language',
  'pause_flag',
] as const
export type DataPoint = (typeof dataPoints)[number]

/** A phone number or mail address, untouched. */
export interface SurveyedPoint {
  label: string | null
  value: string
}

/** Texts are as typed; null where there is nothing. */
export interface SurveyedClient {
  holds: 'client'
  /** False: somebody in the address book whom the firm does not represent. */
  isClient: boolean
  company: boolean
  name: string
  firstName: string | null
  lastName: string | null
  phones: readonly SurveyedPoint[]
  mails: readonly SurveyedPoint[]
  preference: string | null
  timeZone: string | null
  language: string | null
  pause: string | null
}

export interface SurveyedMatter {
  holds: 'matter'
  number: string | null
  title: string | null
  /** What the status map is asked. */
  rawStatus: string | null
  /** The column that the firm works with, where there is one beside `phase`; undefined: this CMS has none. */
  stage: string | null | undefined
  /** Whether the CMS counts it as closed; null: it does not say. */
  closed: boolean | null
  closedOn: string | null
  openedOn: string | null
  practice: string | null
  clientExternalId: string | null
  attorney: { id: string | null; name: string | null; active: boolean } | null
  paralegal: string | null
  deadline: string | null
  statute: { on: string | null; done: boolean } | null
  pause: string | null
}

export interface SurveyedAppointment {
  holds: 'appointment'
  summary: string | null
  kind: string | null
  startAt: string | null
  endAt: string | null
  allDay: boolean
  matterExternalId: string | null
}

export interface SurveyedDocument {
  holds: 'document'
  name: string | null
  matterExternalId: string | null
}

export interface SurveyedBill {
  holds: 'bill'
  number: string | null
  state: string | null
  total: Json
  paid: Json
  issuedOn: string | null
  dueOn: string | null
  matterExternalIds: readonly string[]
}

export type Surveyed =
  | SurveyedClient
  | SurveyedMatter
  | SurveyedAppointment
  | SurveyedDocument
  | SurveyedBill
  | { holds: 'other' }

/** What the system's own documentation says of one field. */
export interface DocumentedField {
  /** From the record down, lists as `[]`: `phone_numbers[].number`. */
  path: string
  type: 'text' | 'number' | 'flag' | 'date' | 'time' | 'object' | 'list'
  /** Documented as always filled. */
  required?: true
  /** The documented list of values. */
  values?: readonly string[]
}

export interface CmsSurvey {
  /** Two letters: the country of phone numbers without a country code. */
  readonly country: string
  /** Where each data point lies, `contact.email_addresses[].address`; a field of the firm's own is named in brackets. */
  readonly places: Readonly<Partial<Record<DataPoint, string>>>
  /** By model; what is not named is not compared. */
  readonly documented: Readonly<Record<string, readonly DocumentedField[]>>
  /** @returns null where the record can't be read at all */
  read(model: string, record: CmsRecord): Surveyed | null
  /** Where staff see the record, or null. */
  link(holds: CmsHolding, externalId: string): string | null
}

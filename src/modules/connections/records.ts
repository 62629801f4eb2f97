/** What a CMS tells us, in our own words. */
import type { Channel } from '../../kernel/index.ts'

export interface CmsMatter {
  externalId: string
  number: string | null
  title: string | null
  /** What the status map is asked; the same as the default mapping gives from a webhook. */
  rawStatus: string | null
  /** The source's own time of the last change. */
  updatedAt: Temporal.Instant | null
  /**
   * JSON only: `responsible_attorney`, `practice_area`, `stage`, `status`, …; `status_since` (ISO 8601 or null) tells
   * since when the raw status holds, so that a first sight is not told as news; `paused`: the CMS's flag on the matter.
   */
  data: Record<string, unknown>
}

export interface CmsClient {
  externalId: string
  /** As one would write it on an envelope; a company's name, or the parts joined. */
  name: string
  firstName: string | null
  lastName: string | null
  /** As the CMS has it: SMS, Email, Both, None; null when blank, which means none. */
  preference: string | null
  /** An IANA zone that this runtime knows, else null (and a note). */
  timeZone: string | null
  /** Two small letters, else null (and a note). */
  language: string | null
  /** The CMS's own flag: nothing automatic for this client. */
  paused: boolean
  updatedAt: Temporal.Instant | null
  data: Record<string, unknown>
}

/** Valid by our own reading: E.164 for sms, a normalised address for email. */
export interface CmsContactPoint {
  channel: Channel
  address: string
  /** What the CMS calls it: Mobile, Work. */
  label: string | null
  /** 0 is tried first; counted for each channel apart. */
  rank: number
}

/** What could not be used, so that staff can clean it. `value` is personal data: never log it. */
export interface CmsRejected {
  field: 'phone' | 'email' | 'time_zone' | 'language'
  label: string | null
  value: string
  reason: string
}

export interface CmsFact {
  externalId: string
  /** As the default mapping gives it from a webhook, so that one fact has one version whichever way it came. */
  version: string | null
  updatedAt: Temporal.Instant | null
  data: Record<string, unknown>
}

/** A matter with all that rules and templates may want to know of it. */
export interface CmsSnapshot {
  matter: CmsMatter
  /** Null when the matter has no client. */
  client: CmsClient | null
  contactPoints: CmsContactPoint[]
  rejected: CmsRejected[]
  documents: CmsFact[]
  bills: CmsFact[]
  appointments: CmsFact[]
}

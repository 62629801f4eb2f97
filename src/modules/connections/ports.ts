/**
 * The border to case management systems: reading what we keep as facts, and subscribing to their webhooks.
 * Whatever happens out there is a verdict; nothing here throws but for our own mistakes.
 * conformance.ts says what every adapter's answers must hold to.
 */
import type { Channel } from '../../kernel/index.ts'
import type { ConnectionSettings } from './types.ts'

/** Why a CMS did not give what was asked for. */
export type CmsTrouble = {
  ok: false
  /**
   * `not_found`: there is no such record, or this account may not see it. `unauthorised`: the operator must connect
   * again. `unavailable`, `rate_limited`: try later. `refused`: the same request will never succeed.
   */
  kind: 'not_found' | 'unauthorised' | 'unavailable' | 'rate_limited' | 'refused'
  /** Seconds to wait at least, where the CMS says so. */
  retryAfter?: number
  /** For staff and logs; holds no client's data. */
  detail: string
}
export type CmsVerdict<T> = { ok: true; value: T } | CmsTrouble

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

/** One call to the CMS, for the table `cms_calls`. `path` has no query. */
export interface CmsCall {
  method: string
  path: string
  /** Null: no answer came. */
  status: number | null
  ms: number
  error: string | null
}

/** Whom an open connection tells of each of its calls, while it makes them for one purpose. */
export type OnCmsCall = (call: CmsCall) => void

export interface CmsReader {
  /** The `kind` in a firm's configuration. */
  readonly kind: string
  /** How long readMatter may take at most, in milliseconds; a lease must outlast it. */
  readonly timeoutMs: number
  readMatter(externalId: string, onCall: OnCmsCall): Promise<CmsVerdict<CmsSnapshot>>
  /** One cheap authenticated call, for `doctor`. @returns null when all is well, else what is wrong */
  check(onCall: OnCmsCall): Promise<string | null>
  /** Only where the CMS has webhooks that we subscribe to by its API. */
  subscriptions?: CmsSubscriptions
}

/** What we want to be told of. */
export interface HookModel {
  model: string
  /** Which fields a webhook brings, in the CMS's own words. */
  fields: string
  events: readonly string[]
}

export interface CmsSubscription {
  externalId: string
  model: string
  url: string
  /** `pending`: the handshake is still to be done. */
  state: 'pending' | 'active' | 'ended'
  /** Told only when it is made or renewed, and only to who asks for it. */
  secret: string | null
  expiresAt: Temporal.Instant | null
}

export interface CmsSubscriptions {
  readonly models: readonly HookModel[]
  /** The longest that a subscription may live, in days. */
  readonly longestDays: number
  /**
   * Makes a webhook. The handshake may reach us before this returns: its secret is trusted once it equals the one
   * returned here.
   *
   * @param offered what a handshake for this model already offered, if any: a webhook left pending is then activated
   */
  subscribe(
    wanted: HookModel & { url: string; expiresAt: Temporal.Instant; offered?: string },
    onCall: OnCmsCall,
  ): Promise<CmsVerdict<CmsSubscription>>
  renew(
    externalId: string,
    expiresAt: Temporal.Instant,
    onCall: OnCmsCall,
  ): Promise<CmsVerdict<CmsSubscription>>
  list(onCall: OnCmsCall): Promise<CmsVerdict<CmsSubscription[]>>
  /** Ended already is fine. */
  end(externalId: string, onCall: OnCmsCall): Promise<CmsVerdict<null>>
}

/** A kind of CMS: made from a connection's settings. Registered in main/adapters.ts. */
export interface CmsKind {
  readonly kind: string
  /** Which settings hold a secret: `apply` takes a reference there and refuses a literal. */
  readonly secrets: readonly string[]
  /** What its webhooks mean unless the connection says otherwise. */
  readonly hooks?: Pick<NonNullable<ConnectionSettings['hooks']>, 'key' | 'ignore' | 'events'>
  /** Checks the settings of a connection; secrets may still be references. Every problem is named with its path. */
  parse(settings: unknown): { ok: true } | { ok: false; problems: { path: string; message: string }[] }
  /** Secrets that the settings refer to are already replaced by their values. Throws if parse would refuse. */
  open(settings: unknown): CmsReader
}

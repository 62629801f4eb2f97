/** What an audit finds, and the report that is made of it. */
import type { ConnectionId, Purpose } from '../../kernel/index.ts'
import type { CmsHolding, CmsStream, CmsSurvey, DataPoint } from '../connections/index.ts'
import type { StatusMap } from '../matters/index.ts'
import type { Kind, Subject } from '../quality/index.ts'

/** One thing that is wrong with one record. `value` is personal data: masked unless asked for, never logged. */
export interface Finding {
  kind: Kind
  subject: Subject
  externalId: string
  /** Of the record, in the CMS's words where it has them: `email_addresses`. */
  field: string
  value: string | null
  /** In words, without the value. */
  reason: string
  /** What it probably should be. */
  suggestion?: string | null
  /** What a later judgement over the whole needs: a practice area. */
  group?: string | null
  /** Of appointments, documents and bills: the matters that it concerns. */
  matterExternalIds?: readonly string[]
}

/** The connection that is audited. */
export interface Audited {
  connectionId: ConnectionId
  key: string
  kind: string
  streams: readonly CmsStream[]
  survey: CmsSurvey
}

/** What judges know beside the record. */
export interface Bench {
  now: Temporal.Instant
  /** The day of `now` in the firm's zone. */
  today: Temporal.PlainDate
  /** The firm's, for dates without a time. */
  zone: string
  country: string
  statuses: StatusMap
}

export interface EndpointReport {
  path: string
  calls: number
  /** By status; `none` where no answer came. */
  statuses: Record<string, number>
  /** Milliseconds, to the upper bound of its bucket. */
  p50: number
  p95: number
  /** As told by headers; null: none were seen. */
  limit: { limit: number; lowestRemaining: number } | null
}

export interface PointReport {
  point: DataPoint
  /** Null: this connection knows of none. */
  place: string | null
  /** JSON types seen there, with counts. */
  types: Record<string, number>
  /** How many could have had it. */
  records: number
  filled: number
  valid: number
}

export interface StatusValue {
  value: string
  count: number
  state: string | null
  suggestions: { state: string; similarity: number }[]
}

export interface SchemaDifference {
  model: string
  path: string
  problem: 'missing' | 'type' | 'value' | 'undocumented'
  /** E.g. `text instead of number`. */
  detail: string
  count: number
}

export interface TroubleReport {
  kind: Kind
  subject: Subject
  title: string
  advice: string
  blocks: readonly Purpose[]
  count: number
  /** The first ones; `value` is null unless values were asked for. */
  examples: {
    externalId: string
    field: string
    reason: string
    value: string | null
    suggestion: string | null
    link: string | null
  }[]
}

export interface VerdictReport {
  purpose: Purpose
  verdict: 'ready' | 'ready_except' | 'not_ready'
  /** Open matters in all. */
  matters: number
  /** Of these, how many must wait. */
  blocked: number
  /** Which; as many as are listed. */
  listed: { externalId: string; number: string | null; because: Kind[] }[]
  /** Where not ready: why. */
  because: string[]
}

export interface Comparison {
  auditId: string
  finishedAt: string
  kinds: { kind: Kind; before: number; now: number; gone: number; fresh: number }[]
  verdicts: { purpose: Purpose; before: number; now: number }[]
}

export interface AuditReport {
  auditId: string
  connection: string
  kind: string
  beganAt: string
  finishedAt: string
  /** Of working time; an audit that was interrupted counts its parts. */
  seconds: number
  records: { model: string; holds: CmsHolding; count: number; problem: string | null }[]
  endpoints: EndpointReport[]
  points: PointReport[]
  dates: { path: string; formats: Record<string, number> }[]
  status: { form: 'fixed list' | 'free text' | 'none'; distinct: number; values: StatusValue[] }
  differences: SchemaDifference[]
  trouble: TroubleReport[]
  verdicts: VerdictReport[]
  compared: Comparison | null
}

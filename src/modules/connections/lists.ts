/** Reading a CMS list by list: how a first sync gets everything, and polling finds what webhooks dropped. */
import type { Json } from '../../kernel/index.ts'
import type { CmsClient, CmsContactPoint, CmsFact, CmsMatter, CmsRejected } from './records.ts'
import type { CmsVerdict, OnCmsCall } from './verdicts.ts'

/** What the records of a list become with us; `other` is only told of, never stored as a fact. */
export type CmsHolding = 'client' | 'matter' | 'document' | 'bill' | 'appointment' | 'other'

/** One list of a CMS. */
export interface CmsStream {
  /** The CMS's own word for its records, as `model` in mappings has it: `matter`, `calendar_entry`, … */
  readonly model: string
  readonly holds: CmsHolding
  /**
   * How it is asked. `since`: for what changed since a time. `window`: for what lies in a range of dates (a diary).
   * `all`: it can do neither, and every record is read each time.
   */
  readonly by: 'since' | 'window' | 'all'
  /** Whether `ids` can list all that there is, so that what is gone is found. */
  readonly countable: boolean
}

export interface CmsAsk {
  /** For streams `by: 'since'`: records changed at or after this; null: all there are. */
  since: Temporal.Instant | null
  /** For streams `by: 'window'`: records that begin in it. */
  window: { from: Temporal.Instant; until: Temporal.Instant } | null
  /** What the page before gave as `next`; null: the first page. */
  cursor: string | null
  /** For an audit: also the fields that only `survey` reads. */
  thorough?: boolean
}

/** A record as its list gave it. */
export interface CmsRecord {
  externalId: string
  /** Changes whenever the record does; null where the system has no such thing, then the payload itself tells. */
  version: string | null
  createdAt: Temporal.Instant | null
  updatedAt: Temporal.Instant | null
  /**
   * The body that a webhook about it would have had, so that a change is understood alike whichever way it came, and
   * makes the same delivery key.
   */
  payload(event: 'created' | 'updated'): Json
  /** As the list gave it, where an audit can make use of that. */
  raw?: Json
  /** The same, read: what a first sync stores without saying anything. */
  read:
    | { holds: 'client'; client: CmsClient; contactPoints: CmsContactPoint[]; rejected: CmsRejected[] }
    | { holds: 'matter'; matter: CmsMatter; clientExternalId: string | null }
    | {
        holds: 'document' | 'bill' | 'appointment'
        fact: CmsFact
        matterExternalId: string | null
        /** Cancelled, voided or deleted, though it is still listed; absent: it is not. */
        removed?: boolean
      }
    | { holds: 'other' }
    /** The record can't be used; the rest of its page can. */
    | { holds: 'nothing'; reason: string }
}

export interface CmsPage {
  records: CmsRecord[]
  /** Null: this was the last page. Opaque, and good for later: a sync goes on with it after a crash. */
  next: string | null
}

/** Reading lists. One call is one page, so that whoever asks can stop, wait and go on. */
export interface CmsChanges {
  /** In the order in which a first sync must read them: clients before matters, matters before what belongs to them. */
  readonly streams: readonly CmsStream[]
  page(model: string, ask: CmsAsk, onCall: OnCmsCall): Promise<CmsVerdict<CmsPage>>
  /** Ids of all records there are, a page at a time, as cheaply as the system can; only for countable streams. */
  ids(
    model: string,
    cursor: string | null,
    onCall: OnCmsCall,
  ): Promise<CmsVerdict<{ ids: string[]; next: string | null }>>
  /** The body that a webhook about its deletion would have had. */
  gone(model: string, externalId: string): Json
}

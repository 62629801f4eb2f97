/**
 * The border to case management systems: reading what we keep as facts, and subscribing to their webhooks.
 * Whatever happens out there is a verdict; nothing here throws but for our own mistakes.
 * conformance.ts says what every adapter's answers must hold to.
 */
import type { CmsAuthorisation, CmsContext } from './access.ts'
import type { CmsChanges } from './lists.ts'
import type { CmsSnapshot } from './records.ts'
import type { CmsSurvey } from './survey.ts'
import type { ConnectionSettings } from './types.ts'
import type { CmsVerdict, OnCmsCall } from './verdicts.ts'
import type { CmsWriter, CmsWritingKind } from './writing.ts'

export interface CmsReader {
  /** The `kind` in a firm's configuration. */
  readonly kind: string
  /** How long readMatter may take at most, in milliseconds; a lease must outlast it. */
  readonly timeoutMs: number
  /** Of phone numbers without a country code; absent: US. */
  readonly country?: string
  /** A connection without matters of its own (`mattersOf`) is not asked, and refuses. */
  readMatter(externalId: string, onCall: OnCmsCall): Promise<CmsVerdict<CmsSnapshot>>
  /** One cheap authenticated call, for `doctor`. @returns null when all is well, else what is wrong */
  check(onCall: OnCmsCall): Promise<string | null>
  /** Only where the CMS has webhooks that we subscribe to by its API. */
  subscriptions?: CmsSubscriptions
  /** Only where lists can be read: then what webhooks dropped is found, and a system without webhooks is of use. */
  changes?: CmsChanges
  /** How an audit reads what `changes` brings; absent: as far as following reads it. */
  survey?: CmsSurvey
  /** Only where something can be written back. */
  writer?: CmsWriter
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

type UsualHooks = Pick<NonNullable<ConnectionSettings['hooks']>, 'key' | 'ignore' | 'events'>

/** A kind of CMS: made from a connection's settings. Registered in main/adapters.ts. */
export interface CmsKind {
  readonly kind: string
  /** Which settings hold a secret: `apply` takes a reference there and refuses a literal. */
  readonly secrets: readonly string[]
  /** Other settings in which a reference may stand, beside a literal. */
  readonly references?: readonly string[]
  /** What its webhooks mean unless the connection says otherwise. */
  readonly hooks?: UsualHooks
  /**
   * Instead of `hooks`, where the settings of a connection decide what its records are: these read what its lists give
   * (CmsRecord.payload), so that the firm's own mappings, for its webhooks, stand beside them and not in their place.
   */
  listHooks?(settings: unknown): UsualHooks
  /** Checks the settings of a connection; secrets may still be references. Every problem is named with its path. */
  parse(settings: unknown): { ok: true } | { ok: false; problems: { path: string; message: string }[] }
  /**
   * Whether a connection with these settings has matters of its own. False: its records name those of the connection that
   * `mattersOf` says. Absent: always.
   */
  hasMatters?(settings: unknown): boolean
  /** What a connection with these settings can write back, so that `apply` refuses what it can't. Absent: nothing. */
  writes?(settings: unknown): readonly CmsWritingKind[]
  /** Its webhooks are subscribed to by its API, and signed with the secret that came of it. */
  readonly subscribes?: true
  /** Only where a person lets us in, by OAuth in the browser. */
  readonly authorisation?: CmsAuthorisation
  /** Only where the system bears so many calls at once, over all processes; one call takes `longestMs` at most. */
  readonly turns?: { atOnce: number; longestMs: number }
  /** Secrets that the settings refer to are already replaced by their values. Throws if parse would refuse. */
  open(settings: unknown, context?: CmsContext): CmsReader
}

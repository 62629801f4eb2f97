/**
 * Following a CMS by its lists. Words: a **stream** is one list of a connection (its matters, its diary); a **pass**
 * reads it from the first page to the last; the **first** pass takes in what there was before us, in silence; a
 * **counting** pass lists ids only, to find what is gone.
 */
import type { ConnectionId } from '../../kernel/index.ts'
import type { CmsChanges, CmsHolding, CompiledHooks } from '../connections/index.ts'

/** A connection that is followed, as its configuration says. */
export interface Followed {
  connectionId: ConnectionId
  /** Whose matters its records name: its own, or another's where it is a document or billing system. */
  mattersOf: ConnectionId
  /** What payloads mean: gives the key by which a poll and a webhook about one change are the same. */
  hooks: CompiledHooks | null
  changes: CmsChanges
  /** Where a person finds a record in the CMS; null: nobody knows. */
  link(holds: CmsHolding, externalId: string): string | null
  /** The longest that one page may take, in milliseconds. */
  timeoutMs: number
  every: Temporal.Duration
  reconcile: Temporal.Duration
  back: Temporal.Duration
  ahead: Temporal.Duration
  overlap: Temporal.Duration
}

export interface StreamRow extends Record<string, unknown> {
  connection_id: ConnectionId
  model: string
  phase: 'first' | 'following'
  cursor: string | null
  pass_began_at: Temporal.Instant | null
  pass_since: Temporal.Instant | null
  done_until: Temporal.Instant | null
  records: number
  counting: boolean
  counted_at: Temporal.Instant | null
  due_at: Temporal.Instant
  lease_until: Temporal.Instant | null
  tries: number
  last_error: string | null
}

/** What is written into a CMS: queued as a row, written by the lane. */
import type { ConnectionId } from '../../kernel/index.ts'
import type { CmsWriter, CmsWritingKind } from '../connections/index.ts'

/** Drawn in docs/state-machines.md. */
export type WriteState = 'queued' | 'writing' | 'written' | 'dead'

/** A connection that something is to be written into. */
export interface WriteTarget {
  connectionId: ConnectionId
  /** For staff and metrics. */
  key: string
  kind: string
  wants: ReadonlySet<CmsWritingKind>
  /** Null: it can't be opened now. What is to be written waits. */
  writer: CmsWriter | null
}

/** A write that is ours until its lease ends, with what it is about. */
export interface ClaimedWrite extends Record<string, unknown> {
  id: string
  kind: CmsWritingKind
  key: string
  /** How often it was tried before. */
  tries: number
  matter_id: string
  matter_external_id: string
  matter_number: string | null
  source_id: string
  /** The copy of a backup: it may have been written at a time that this database does not know. */
  doubtful: boolean
}

/** A message, task or answer to a reminder as it stands when it is written. */
export interface WriteSource extends Record<string, unknown> {
  id: string
  source: 'message' | 'task' | 'answer'
  at: Temporal.Instant
  channel: 'sms' | 'email' | null
  /** Subject or title; null: none, or no longer kept. */
  title: string | null
  /** Null when retention deleted the words. */
  words: string | null
  client_external_id: string | null
  due_at: Temporal.Instant | null
  /** A task that was done before it could be written. */
  over: boolean
}

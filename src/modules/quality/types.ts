/** Dirt as work: what is wrong with a record, and what became of it. */
import type { ConnectionId } from '../../kernel/index.ts'

export type ItemState = 'open' | 'fixed' | 'ignored'

/** What may follow what; docs/state-machines.md draws it. */
export const itemTransitions: Readonly<Record<ItemState, readonly ItemState[]>> = {
  open: ['fixed', 'ignored'],
  // Seen again, though it was said to be fixed.
  fixed: ['open'],
  ignored: [],
}

export type ItemSubject = 'client' | 'matter' | 'appointment' | 'document' | 'bill' | 'status'

export interface NewItem {
  connectionId: ConnectionId
  /** E.g. `phone_unusable`; the words for it are in the audit's catalogue. */
  kind: string
  subject: ItemSubject
  externalId: string
  field: string
  /** Personal data. */
  value: string | null
  /** In words, without the value. */
  reason: string
  suggestion: string | null
  /** Where staff see the record in the CMS. */
  link: string | null
}

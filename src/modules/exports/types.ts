/** What an export holds: read by people as a PDF, by programs as this, as JSON. Instants are ISO 8601 in UTC. */
import type { LegalHold } from '../../../contracts/retention.ts'
import type {
  PlainTask,
  TraceClient,
  TraceConsentChange,
  TraceDecision,
  TraceMatter,
  TraceMessage,
  TraceNotice,
  TraceStory,
  TraceText,
} from '../../../contracts/trace.ts'
import type { WholePause } from '../console/index.ts'

export const format = 'tipstaff/matter-export/1'

export type ExportLanguage = 'en' | 'es'

/** Something that was, or was to be, said. */
export interface ExportMessage extends TraceMessage {
  /** Why it was written: the rule, and what happened. */
  rule: string | null
  ruleVersion: number | null
  /** Null: a digest that was written for another matter, and says something of this one. */
  event: { id: string; type: string; at: string } | null
  recipient: string | null
  /** Why its words are not here; null: they are. */
  wordsLeftOut: 'speaks_of_other_matters' | 'deleted' | null
  /** Hex. SHA-256 of it and the words is what the record holds; null where the words are not here. */
  salt: string | null
}

export interface ExportEvent extends Omit<TraceStory, 'notices'> {
  decisions: TraceDecision[]
}

/** One line of who did what, as the record has it. */
export interface ExportDeed {
  at: string
  who: string
  actor: string
  action: string
  subject: string
  data: Record<string, unknown>
}

export interface Communication {
  format: typeof format
  export: { id: string; madeAt: string; madeBy: string; language: ExportLanguage }
  firm: { id: string; key: string; name: string; timeZone: string }
  matter: TraceMatter
  clients: TraceClient[]
  /** What went out, or was tried; the oldest first. */
  messages: ExportMessage[]
  /** What came in by text. */
  texts: TraceText[]
  /** Decided, and not said: with why. */
  notSaid: (Omit<TraceNotice, 'messages'> & { event: { id: string; type: string; at: string } })[]
  events: ExportEvent[]
  tasks: PlainTask[]
  consentChanges: TraceConsentChange[]
  pauses: WholePause[]
  holds: LegalHold[]
  deeds: ExportDeed[]
}

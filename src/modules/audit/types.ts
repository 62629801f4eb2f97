import type { KeyObject } from 'node:crypto'

/** What a module hands in: who did what to what, and the few facts that matter. Never bodies or contact details. */
export interface AuditEntry {
  /** `system`, `staff:<id>`, `client:<id>`, `apikey:<id>`, `provider:<kind>` … */
  actor: string
  /** A verb of our own: `message.sent`, `matter.paused`, `consent.withdrawn` … */
  action: string
  /** What it was done to: `message:<id>`, `matter:<id>` … */
  subject: string
  data: Record<string, unknown>
}

/** An entry as it stands in the database: every column as PostgreSQL writes it, time in UTC with microseconds. */
export interface StoredEntry {
  epoch: number
  xid: string
  seq: string
  at: string
  actor: string
  action: string
  subject: string
  /** jsonb as text. */
  data: string
}

export interface Batch {
  n: number
  epoch: number
  /** First transaction that the batch covers. */
  xidFrom: string
  /** First transaction after it. */
  xidTo: string
  entries: number
  root: Uint8Array
  link: Uint8Array
  signature: Uint8Array
  keyId: string
  /** As PostgreSQL writes it. */
  sealedAt: string
  anchored: boolean
}

/** One line outside the database; enough to notice that the batch, or all from it on, are gone or others. */
export interface AnchorLine {
  firm: string
  n: number
  /** Hex. */
  link: string
  /** Hex; Ed25519 over the link's bytes. */
  signature: string
  key_id: string
  entries: number
  sealed_at: string
  /**
   * The first 6 bytes of each entry's hash, in order, in base64: they prove nothing more, but name the entry that
   * was tampered with. Absent where a crash came between seal and anchor.
   */
  prints?: string
}

/** A person's word that a backup was restored and these anchored batches are gone for that reason. */
export interface AcceptedLine {
  firm: string
  accepted: string[]
  by: string
  reason: string
  at: string
  key_id: string
  signature: string
}

/** The private half stays in this object; `publicKeys` of verifying knows the other by `id`. */
export interface SealingKey {
  id: string
  publicKey: KeyObject
  sign(bytes: Uint8Array): Uint8Array
}

export type PublicKeys = ReadonlyMap<string, KeyObject>

/** Keys for the API: shown once, kept as a hash, each for one firm and for what it may do. */
import { createHash, randomBytes } from 'node:crypto'
import type { FirmId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import type { Role, Scope } from '../staff/index.ts'

/** 256 random bits: no dictionary helps, so one round of SHA-256 is enough to keep them by. */
const pattern = /^tsk_[\w-]{43}$/

export const hashOfKey = (key: string): Buffer => createHash('sha256').update(key).digest()

export interface ApiKey {
  id: string
  name: string
  scopes: Scope[]
  createdAt: string
  revokedAt: string | null
}

/** @returns the key itself, which nobody can be shown again */
export async function createKey(
  tx: FirmTx,
  wanted: { name: string; scopes: readonly Scope[] },
  acting: { by: string; now: Temporal.Instant; newId: NewId; random?: (size: number) => Buffer },
): Promise<{ id: string; key: string }> {
  const key = `tsk_${(acting.random ?? randomBytes)(32).toString('base64url')}`
  const id = acting.newId<string>()
  await tx.run(
    `insert into api_keys (firm_id, id, name, hash, scopes, created_at) values (current_firm(), $1, $2, $3, $4, $5)`,
    [id, wanted.name, hashOfKey(key), [...wanted.scopes], acting.now],
  )
  const entry = { actor: acting.by, action: 'api_key.created', subject: `api_key:${id}` }
  await record(tx, [{ ...entry, data: { name: wanted.name, scopes: [...wanted.scopes] } }], acting.now)
  return { id, key }
}

export async function listKeys(tx: FirmTx): Promise<ApiKey[]> {
  const rows = await tx.rows<{
    id: string
    name: string
    scopes: Scope[]
    created_at: Temporal.Instant
    revoked_at: Temporal.Instant | null
  }>(
    'select id, name, scopes, created_at, revoked_at from api_keys where firm_id = current_firm() order by created_at, id',
  )
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    scopes: r.scopes,
    createdAt: r.created_at.toString(),
    revokedAt: r.revoked_at?.toString() ?? null,
  }))
}

/** At once: the next request with it is refused. @returns false when there is no such key, or not any more */
export async function revokeKey(
  tx: FirmTx,
  id: string,
  acting: { by: string; now: Temporal.Instant },
): Promise<boolean> {
  const revoked = await tx.run(
    'update api_keys set revoked_at = $2 where firm_id = current_firm() and id = $1 and revoked_at is null',
    [id, acting.now],
  )
  if (revoked === 0) return false
  const entry = { actor: acting.by, action: 'api_key.revoked', subject: `api_key:${id}`, data: {} }
  await record(tx, [entry], acting.now)
  return true
}

export interface Caller {
  firmId: FirmId
  /** As it stands in the record. */
  by: string
  scopes: readonly Scope[]
  name: string
  /** Null: a key. */
  person: { staffId: string; email: string; role: Role; twoFactor: boolean; walled: boolean } | null
}

/** @returns null for what is no key, or none that is valid */
export async function callerOf(db: Database, key: string): Promise<Caller | null> {
  if (!pattern.test(key)) return null
  const [found] = await db.lookup<{ firm_id: FirmId; api_key_id: string }>(
    'select firm_id, api_key_id from lookup_api_key($1)',
    [hashOfKey(key)],
    'lookup_api_key',
  )
  if (!found) return null
  return db.forFirm(found.firm_id, async (tx) => {
    const [row] = await tx.rows<{ name: string; scopes: Scope[] }>(
      'select name, scopes from api_keys where id = $1 and revoked_at is null',
      [found.api_key_id],
      'api_key_scopes',
    )
    return row ? { firmId: found.firm_id, by: `apikey:${found.api_key_id}`, ...row, person: null } : null
  })
}

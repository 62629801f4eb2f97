/** Keys for the API: shown once, kept as a hash, each for one firm and for what it may do. */
import { createHash, randomBytes } from 'node:crypto'
import type { FirmId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import type { Role, Scope } from '../staff/index.ts'
import { outRows } from './rows.ts'

/** 256 random bits: no dictionary helps, so one round of SHA-256 is enough to keep them by. */
const pattern = /^tsk_[\w-]{43}$/

export const hashOfKey = (key: string): Buffer => createHash('sha256').update(key).digest()

export interface ApiKey {
  id: string
  name: string
  scopes: Scope[]
  /** As it stands in the record; null: made by an older release. */
  createdBy: string | null
  createdAt: string
  /** Null: good until it is revoked. */
  expiresAt: string | null
  /** To some minutes. */
  lastUsedAt: string | null
  revokedAt: string | null
}

/**
 * @param wanted.expiresAt from then on it is refused; left out: good until it is revoked
 * @param wanted.walledAs the member of staff whose walls bind it: a key sees no more than who made it
 * @returns the key itself, which nobody can be shown again
 */
export async function createKey(
  tx: FirmTx,
  wanted: {
    name: string
    scopes: readonly Scope[]
    expiresAt?: Temporal.Instant | null
    walledAs?: string | null
  },
  acting: { by: string; now: Temporal.Instant; newId: NewId; random?: (size: number) => Buffer },
): Promise<{ id: string; key: string }> {
  const key = `tsk_${(acting.random ?? randomBytes)(32).toString('base64url')}`
  const id = acting.newId<string>()
  await tx.run(
    `insert into api_keys (firm_id, id, name, hash, scopes, created_by, created_at, expires_at, walled_as)
     values (current_firm(), $1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      wanted.name,
      hashOfKey(key),
      [...wanted.scopes],
      acting.by,
      acting.now,
      wanted.expiresAt ?? null,
      wanted.walledAs ?? null,
    ],
  )
  const entry = { actor: acting.by, action: 'api_key.created', subject: `api_key:${id}` }
  await record(tx, [{ ...entry, data: { name: wanted.name, scopes: [...wanted.scopes] } }], acting.now)
  return { id, key }
}

export const listKeys = (tx: FirmTx): Promise<ApiKey[]> =>
  outRows<ApiKey>(
    tx,
    `select id, name, scopes, created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt",
       last_used_at as "lastUsedAt", revoked_at as "revokedAt"
     from api_keys where firm_id = current_firm() order by created_at, id`,
    [],
  )

/** That a key was used. */
export const keyUsed = (tx: FirmTx, id: string, now: Temporal.Instant): Promise<number> =>
  tx.run('update api_keys set last_used_at = $2 where id = $1', [id, now], 'api_key_used')

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
  person: {
    staffId: string
    email: string
    role: Role
    twoFactor: boolean
    /** What they must set up before anything else. */
    needs: 'second_factor' | null
  } | null
  /** Null: a person. */
  key: { id: string; expiresAt: Temporal.Instant | null } | null
  /** The member whose walls would bind them: the person, or who made the key; null: nobody's. */
  walledAs: string | null
  /** The same, where there are any: then they see the firm from behind them. */
  walledFor: string | null
}

/** @returns null for what is no key, or none that is good now */
export async function callerOf(db: Database, key: string, now: Temporal.Instant): Promise<Caller | null> {
  if (!pattern.test(key)) return null
  const [found] = await db.lookup<{ firm_id: FirmId; api_key_id: string }>(
    'select firm_id, api_key_id from lookup_api_key($1)',
    [hashOfKey(key)],
    'lookup_api_key',
  )
  if (!found) return null
  const { firm_id: firmId, api_key_id: id } = found
  return db.forFirm(firmId, async (tx) => {
    const [row] = await tx.rows<{
      name: string
      scopes: Scope[]
      expires_at: Temporal.Instant | null
      walled_as: string | null
      walled: boolean
    }>(
      `select name, scopes, expires_at, walled_as,
         walled_as is not null and exists (select from matter_walls w where w.staff_id = k.walled_as) as walled
       from api_keys k where id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [id, now],
      'api_key_scopes',
    )
    if (!row) return null
    const { name, scopes, expires_at: expiresAt, walled_as: walledAs, walled } = row
    return {
      firmId,
      by: `apikey:${id}`,
      scopes,
      name,
      person: null,
      key: { id, expiresAt },
      walledAs,
      walledFor: walled ? walledAs : null,
    }
  })
}

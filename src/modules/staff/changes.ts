/** What is done to somebody who works here: another role, suspended, signed out, gone. Each at once. */
import { isUuid } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { type Acting, makeInvitation } from './store.ts'
import type { Role } from './types.ts'

/** Who changes somebody, and whom they may change: nobody takes from who has more. */
export interface Changing extends Pick<Acting, 'by' | 'now'> {
  mayChange?(role: Role): boolean
}

/**
 * `last_owner`: a firm that nobody can let people into, or out of, would be locked for good. `above`: they may do more
 * than whoever asks. `not_joined`: of an invitation there is nothing to suspend, it is withdrawn.
 */
export type Changed = 'done' | 'missing' | 'last_owner' | 'above' | 'not_joined'

interface Member {
  id: string
  role: Role
  name: string
  email: string | null
  joined: boolean
  suspended: boolean
  userId: string | null
  /** No other owner could let people in. */
  lastOwner: boolean
}

/**
 * Locks somebody, and all owners with them in one order, so that two can't remove each other at once.
 *
 * @returns null for whom the firm does not have, or has no more
 */
async function lockMember(tx: FirmTx, id: string): Promise<Member | null> {
  if (!isUuid(id)) return null
  const rows = await tx.rows<Omit<Member, 'lastOwner' | 'userId'> & { user_id: string | null }>(
    `select id, role, name, email, joined_at is not null as joined, suspended_at is not null as suspended, user_id from staff
     where firm_id = current_firm() and removed_at is null and (id = $1 or (role = 'owner' and joined_at is not null))
     order by id for update`,
    [id],
  )
  const row = rows.find((one) => one.id === id)
  if (!row) return null
  const { user_id: userId, ...rest } = row
  const counts = (one: typeof row) => one.role === 'owner' && one.joined && !one.suspended
  return { ...rest, userId, lastOwner: counts(row) && !rows.some((one) => one.id !== id && counts(one)) }
}

async function changing(
  tx: FirmTx,
  id: string,
  { mayChange }: Changing,
  change: (member: Member) => Promise<Changed>,
): Promise<Changed> {
  const member = await lockMember(tx, id)
  if (!member) return 'missing'
  if (mayChange && !mayChange(member.role)) return 'above'
  return change(member)
}

export const changeRole = (tx: FirmTx, id: string, role: Role, acting: Changing): Promise<Changed> =>
  changing(tx, id, acting, async (member) => {
    if (member.role === role) return 'done'
    if (member.lastOwner) return 'last_owner'
    await tx.run('update staff set role = $2 where id = $1', [id, role])
    await note(tx, acting, 'staff.role_changed', id, { from: member.role, to: role })
    return 'done'
  })

/** At once: their sessions, passkeys and password go with the account. What they did stays on record. */
export const removeMember = (tx: FirmTx, id: string, acting: Changing): Promise<Changed> =>
  changing(tx, id, acting, async (member) => {
    if (member.lastOwner) return 'last_owner'
    await tx.run(
      'update staff set removed_at = $2, invite_hash = null, invite_expires_at = null where id = $1',
      [id, acting.now],
    )
    if (member.userId) await tx.run('delete from sign_in."user" where "id" = $1', [member.userId])
    await note(tx, acting, 'staff.removed', id, {})
    return 'done'
  })

/** Their sessions end at once, and nobody signs in as them until they are let in again; the account stays as it is. */
export const suspendMember = (tx: FirmTx, id: string, acting: Changing): Promise<Changed> =>
  changing(tx, id, acting, async (member) => {
    if (!member.joined) return 'not_joined'
    if (member.lastOwner) return 'last_owner'
    if (member.suspended) return 'done'
    await tx.run('update staff set suspended_at = $2 where id = $1', [id, acting.now])
    await endSessions(tx, member)
    await note(tx, acting, 'staff.suspended', id, {})
    return 'done'
  })

export const reinstateMember = (tx: FirmTx, id: string, acting: Changing): Promise<Changed> =>
  changing(tx, id, acting, async (member) => {
    if (!member.joined) return 'not_joined'
    if (!member.suspended) return 'done'
    await tx.run('update staff set suspended_at = null where id = $1', [id])
    await note(tx, acting, 'staff.reinstated', id, {})
    return 'done'
  })

/** Everywhere, at once: a machine was lost, or somebody forgot to sign out of it. */
export const signOutMember = (tx: FirmTx, id: string, acting: Changing): Promise<Changed> =>
  changing(tx, id, acting, async (member) => {
    if (!member.joined) return 'not_joined'
    await endSessions(tx, member)
    await note(tx, acting, 'staff.all_sessions_ended', id, {})
    return 'done'
  })

const endSessions = (tx: FirmTx, { userId }: Member): Promise<number> =>
  tx.run('delete from sign_in."session" where "userId" = $1', [userId])

/**
 * Another link for somebody who has not joined; the one of before is void.
 *
 * @returns the token of the link, or why there is none: `joined`
 */
export async function inviteAgain(
  tx: FirmTx,
  id: string,
  acting: Changing & Pick<Acting, 'newId'>,
): Promise<
  | { token: string; expiresAt: Temporal.Instant; name: string; email: string | null }
  | 'missing'
  | 'above'
  | 'joined'
> {
  const member = await lockMember(tx, id)
  if (!member) return 'missing'
  if (acting.mayChange && !acting.mayChange(member.role)) return 'above'
  if (member.joined) return 'joined'
  const { name, email, role } = member
  return { ...(await makeInvitation(tx, { id, name, email, role }, acting)), name, email }
}

/** Which role somebody with this address was invited to, and has not followed; null: nobody was. Locks it. */
export async function invitedAs(tx: FirmTx, email: string): Promise<Role | null> {
  const [row] = await tx.rows<{ role: Role }>(
    `select role from staff where firm_id = current_firm() and removed_at is null and joined_at is null
       and lower(email) = lower($1) for update`,
    [email],
  )
  return row?.role ?? null
}

const note = (
  tx: FirmTx,
  { by, now }: Pick<Acting, 'by' | 'now'>,
  action: string,
  id: string,
  data: Record<string, unknown>,
): Promise<void> => record(tx, [{ actor: by, action, subject: `staff:${id}`, data }], now)

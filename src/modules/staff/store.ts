/** The rows of staff. The only SQL on them, and on the two rows of the sign-in library that joining makes. */
import { createHash, randomBytes } from 'node:crypto'
import type { FirmId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import type { FirmAsks } from './policy.ts'
import type { Role, StaffMember } from './types.ts'

export interface Acting {
  /** As it stands in the record: `staff:<id>`, or who ran the command. */
  by: string
  now: Temporal.Instant
  newId: NewId
}

/** Long enough to survive a weekend in a mailbox that nobody reads, short enough not to lie about. */
const invitationGoodFor = { hours: 24 * 7 }

const tokenPattern = /^tsi_[\w-]{43}$/
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

export interface Invitation {
  firmId: FirmId
  staffId: string
  firmName: string
  name: string
  email: string | null
  role: Role
  /** They are to come by the firm's own sign-in, and choose no password. */
  ownSignIn: boolean
}

/**
 * Invites somebody, or invites them anew: the link of before is void then.
 *
 * @param wanted.email null: whoever holds the link may join, with an address of their own
 * @returns the token of the link, which nobody can be shown again; null where that address has joined already
 */
export async function invite(
  tx: FirmTx,
  wanted: { name: string; email: string | null; role: Role },
  { by, now, newId }: Acting,
): Promise<{ id: string; token: string; expiresAt: Temporal.Instant } | null> {
  const [known] = await tx.rows<{ id: string; joined: boolean }>(
    `select id, joined_at is not null as joined from staff
     where firm_id = current_firm() and removed_at is null and
       case when $1::text is null then email is null and joined_at is null and role = $2 else lower(email) = lower($1) end
     for update`,
    [wanted.email, wanted.role],
  )
  if (known?.joined) return null
  const id = known?.id ?? newId<string>()
  return { id, ...(await makeInvitation(tx, { id, ...wanted }, { by, now })) }
}

/** Writes an invitation with a new link. @param member who is not there yet, or has not joined, and is locked */
export async function makeInvitation(
  tx: FirmTx,
  { id, name, email, role }: { id: string; name: string; email: string | null; role: Role },
  { by, now }: Pick<Acting, 'by' | 'now'>,
): Promise<{ token: string; expiresAt: Temporal.Instant }> {
  const token = `tsi_${randomBytes(32).toString('base64url')}`
  const expiresAt = now.add(invitationGoodFor)
  await tx.run(
    `insert into staff (firm_id, id, name, email, role, invite_hash, invite_expires_at, invited_by, created_at)
     values (current_firm(), $1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set name = excluded.name, role = excluded.role, invite_hash = excluded.invite_hash,
       invite_expires_at = excluded.invite_expires_at, invited_by = excluded.invited_by`,
    [id, name, email, role, hashOf(token), expiresAt, by, now],
  )
  await note(tx, { by, now }, 'staff.invited', id, { role })
  return { token, expiresAt }
}

/** @returns null where the link is none of ours, was used, or is too old */
export async function invitationOf(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<Invitation | null> {
  if (!tokenPattern.test(token)) return null
  const [found] = await db.lookup<{ firm_id: FirmId; staff_id: string }>(
    'select firm_id, staff_id from lookup_invitation($1)',
    [hashOf(token)],
  )
  if (!found) return null
  return db.forFirm(found.firm_id, async (tx) => {
    const [row] = await tx.rows<
      Pick<Invitation, 'name' | 'email' | 'role'> & { firm_name: string; own_sign_in: boolean }
    >(
      `select s.name, s.email, s.role, f.name as firm_name,
         f.own_sign_in_only and s.role <> 'owner' as own_sign_in from staff s join firms f on f.firm_id = s.firm_id
       where s.id = $1 and s.invite_hash = $2 and s.invite_expires_at > $3 and s.joined_at is null`,
      [found.staff_id, hashOf(token), now],
    )
    if (!row) return null
    const { firm_name: firmName, own_sign_in: ownSignIn, ...rest } = row
    return { firmId: found.firm_id, staffId: found.staff_id, firmName, ownSignIn, ...rest }
  })
}

/**
 * Follows an invitation: the account and the place at the firm come in one transaction, once.
 *
 * @param account.passwordHash as the sign-in library's verifier reads it
 * @returns `taken`: that address belongs to an account already; `void`: somebody was quicker
 */
export async function join(
  db: Database,
  invitation: Pick<Invitation, 'firmId' | 'staffId'>,
  account: { name: string; email: string; passwordHash: string },
  token: string,
  { now, newId }: Pick<Acting, 'now' | 'newId'>,
): Promise<'joined' | 'taken' | 'void'> {
  const userId = newId<string>()
  const email = account.email.toLowerCase()
  return db.forFirm(invitation.firmId, async (tx) => {
    if (!(await makeAccount(tx, { userId, name: account.name, email, now }))) return 'taken'
    const joined = await tx.run(
      `update staff set user_id = $2, name = $3, email = $4, joined_at = $5, invite_hash = null, invite_expires_at = null
       where id = $1 and invite_hash = $6 and joined_at is null and removed_at is null`,
      [invitation.staffId, userId, account.name, email, now, hashOf(token)],
    )
    if (joined === 0) {
      await tx.run('delete from sign_in."user" where "id" = $1', [userId])
      return 'void'
    }
    await tx.run(
      `insert into sign_in."account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
       values ($1, $2, 'credential', $2, $3, $4, $4)`,
      [newId<string>(), userId, account.passwordHash, now],
    )
    await note(tx, { by: `staff:${invitation.staffId}`, now }, 'staff.joined', invitation.staffId, {})
    return 'joined'
  })
}

/**
 * Somebody comes by the firm's own sign-in, which vouches for the address: who was invited joins by that, without a
 * password; nobody else does.
 *
 * @param email verified, in small letters
 * @returns `taken`: the address belongs to an account at another firm
 */
export async function welcome(
  db: Database,
  firmId: FirmId,
  email: string,
  { now, newId }: Pick<Acting, 'now' | 'newId'>,
): Promise<'member' | 'nobody' | 'taken'> {
  return db.forFirm(firmId, async (tx) => {
    const [row] = await tx.rows<{ id: string; name: string; joined: boolean; invited: boolean }>(
      `select id, name, joined_at is not null as joined, coalesce(invite_expires_at > $2, false) as invited from staff
       where firm_id = current_firm() and lower(email) = $1 and removed_at is null and suspended_at is null for update`,
      [email, now],
    )
    if (row?.joined) return 'member'
    if (!row?.invited) return 'nobody'
    const userId = newId<string>()
    if (!(await makeAccount(tx, { userId, name: row.name, email, now }))) return 'taken'
    await tx.run(
      `update staff set user_id = $2, email = $3, joined_at = $4, invite_hash = null, invite_expires_at = null
       where id = $1`,
      [row.id, userId, email, now],
    )
    await note(tx, { by: `staff:${row.id}`, now }, 'staff.joined', row.id, { by: 'firm_sign_in' })
    return 'member'
  })
}

/** @returns false where somebody has an account with this address */
async function makeAccount(
  tx: FirmTx,
  account: { userId: string; name: string; email: string; now: Temporal.Instant },
): Promise<boolean> {
  const made = await tx.run(
    `insert into sign_in."user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt")
     values ($1, $2, $3, true, $4, $4) on conflict ("email") do nothing`,
    [account.userId, account.name, account.email, account.now],
  )
  return made > 0
}

export interface SignedIn {
  firmId: FirmId
  staffId: string
  name: string
  email: string
  role: Role
  /** Whether any matter is closed to them. */
  walled: boolean
  asks: FirmAsks
}

/** @returns null for an account without a place at any firm: nobody's, removed, or suspended */
export async function memberOf(db: Database, userId: string): Promise<SignedIn | null> {
  const [found] = await db.lookup<{ firm_id: FirmId; staff_id: string }>(
    'select firm_id, staff_id from lookup_staff($1)',
    [userId],
    'lookup_staff',
  )
  return found ? memberAt(db, { firmId: found.firm_id, staffId: found.staff_id }) : null
}

/** As `memberOf`, where it is known who they are. */
export const memberAt = (
  db: Database,
  { firmId, staffId }: Pick<SignedIn, 'firmId' | 'staffId'>,
): Promise<SignedIn | null> =>
  db.forFirm(firmId, async (tx) => {
    const [row] = await tx.rows<
      Pick<SignedIn, 'name' | 'email' | 'role' | 'walled'> & { second_factor: boolean; own_sign_in: boolean }
    >(
      `select s.name, s.email, s.role, exists (select from matter_walls w where w.staff_id = s.id) as walled,
         f.second_factor, f.own_sign_in_only as own_sign_in
       from staff s join firms f on f.firm_id = s.firm_id
       where s.id = $1 and s.removed_at is null and s.suspended_at is null`,
      [staffId],
      'staff_member',
    )
    if (!row) return null
    const { second_factor: secondFactor, own_sign_in: ownSignIn, ...member } = row
    return { firmId, staffId, ...member, asks: { secondFactor, ownSignIn } }
  })

/** Who may choose a password anew: has joined, and signs in by password; whose firm it is, is looked up. */
export async function accountOf(
  db: Database,
  email: string,
): Promise<(SignedIn & { userId: string }) | null> {
  const [found] = await db.lookup<{ id: string }>(
    `select u."id" from sign_in."user" u where u."email" = lower($1)
       and exists (select from sign_in."account" a where a."userId" = u."id" and a."providerId" = 'credential')`,
    [email],
  )
  const member = found && (await memberOf(db, found.id))
  return member ? { ...member, userId: found.id } : null
}

interface MemberRow extends Record<string, unknown> {
  id: string
  name: string
  email: string | null
  role: Role
  invited_by: string
  invite_expires_at: Temporal.Instant | null
  created_at: Temporal.Instant
  joined_at: Temporal.Instant | null
  suspended_at: Temporal.Instant | null
  removed_at: Temporal.Instant | null
  last_seen_at: Temporal.Instant | null
  has_account: boolean
  password: boolean
  two_factor: boolean
  passkeys: number
  own: boolean
  walls: number
}

export async function listStaff(tx: FirmTx, now: Temporal.Instant): Promise<StaffMember[]> {
  const rows = await tx.rows<MemberRow>(
    `select s.id, s.name, s.email, s.role, s.invited_by, s.invite_expires_at, s.created_at, s.joined_at, s.suspended_at,
       s.removed_at, s.last_seen_at, u."id" is not null as has_account, coalesce(u."twoFactorEnabled", false) as two_factor,
       exists (select from sign_in."account" a where a."userId" = u."id" and a."providerId" = 'credential') as password,
       (select count(*)::int from sign_in."passkey" p where p."userId" = u."id") as passkeys,
       exists (select from sign_in."account" a where a."userId" = u."id" and a."providerId" <> 'credential') as own,
       (select count(*)::int from matter_walls w where w.staff_id = s.id) as walls
     from staff s left join sign_in."user" u on u."id" = s.user_id
     where s.firm_id = current_firm() order by s.created_at, s.id`,
  )
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    email: r.email,
    role: r.role,
    state: stateOf(r, now),
    invitedBy: r.invited_by,
    createdAt: r.created_at.toString(),
    inviteExpiresAt: r.invite_expires_at?.toString() ?? null,
    joinedAt: r.joined_at?.toString() ?? null,
    lastSeenAt: r.last_seen_at?.toString() ?? null,
    signIn: r.has_account
      ? { password: r.password, twoFactor: r.two_factor, passkeys: r.passkeys, own: r.own }
      : null,
    walls: r.walls,
  }))
}

function stateOf(row: MemberRow, now: Temporal.Instant): StaffMember['state'] {
  if (row.removed_at) return 'removed'
  if (row.suspended_at) return 'suspended'
  if (row.joined_at) return 'joined'
  const good = row.invite_expires_at && Temporal.Instant.compare(now, row.invite_expires_at) < 0
  return good ? 'invited' : 'expired'
}

/** That somebody was here. @param id of staff */
export const seen = (tx: FirmTx, id: string, now: Temporal.Instant): Promise<number> =>
  tx.run('update staff set last_seen_at = $2 where id = $1', [id, now], 'staff_seen')

/** Whether somebody has joined who may let others in. */
export async function hasOwner(tx: FirmTx): Promise<boolean> {
  const [row] = await tx.rows<{ any: boolean }>(
    `select exists (select from staff where firm_id = current_firm() and role = 'owner' and joined_at is not null
       and removed_at is null and suspended_at is null) as any`,
  )
  return row!.any
}

/** @param ids as the record has them: what is none of ours is left out */
export const staffNames = (tx: FirmTx, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  tx.rows('select id, name from staff where id::text = any($1)', [ids], 'staff_names')

const note = (
  tx: FirmTx,
  { by, now }: Pick<Acting, 'by' | 'now'>,
  action: string,
  id: string,
  data: Record<string, unknown>,
): Promise<void> => record(tx, [{ actor: by, action, subject: `staff:${id}`, data }], now)

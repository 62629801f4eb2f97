/** Who works at a firm and may sign in, what is closed to whom, and keys for scripts. */
import { z } from 'zod'
import { id, instant } from './common.ts'
import { passwordLength } from './limits.ts'

export const role = z
  .enum(['owner', 'attorney', 'staff', 'read_only', 'operator'])
  .meta({ id: 'Role', description: 'What somebody may do; see the guide on the console' })
export const scope = z.enum(['read', 'operate', 'configure', 'administer']).meta({ id: 'Scope' })

export type Role = z.infer<typeof role>
export type Scope = z.infer<typeof scope>

const name = z.string().trim().min(1).max(100)
const email = z.email().max(254)

export const me = z
  .strictObject({
    name: z.string(),
    /** Null: a key, not a person. */
    email: z.string().nullable(),
    role: z.union([role, z.null()]),
    scopes: z.array(scope),
    /** Where their sign-in asks for a second thing beside the password; null: a key. */
    twoFactor: z.boolean().nullable(),
    /** What their firm asks of everybody and they have not set up: until then every other door answers 403. */
    needs: z.enum(['second_factor']).nullable(),
    firm: z.strictObject({
      name: z.string(),
      timeZone: z.string(),
      languages: z.array(z.string()),
    }),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof me>

export const staffMember = z
  .strictObject({
    id,
    name: z.string(),
    email: z.string().nullable(),
    role,
    /** `suspended`: signs in nowhere, and may be let in again. */
    state: z.enum(['invited', 'expired', 'joined', 'suspended', 'removed']),
    /** A name: somebody of the staff, a key, or who ran the command. */
    invitedBy: z.string(),
    createdAt: instant,
    /** Until when the link of their invitation is good; null: there is none any more. */
    inviteExpiresAt: instant.nullable(),
    joinedAt: instant.nullable(),
    /** To some minutes; null: not yet. */
    lastSeenAt: instant.nullable(),
    /** How they sign in; null: they have no account (any more). */
    signIn: z
      .strictObject({
        /** False: by the firm's own accounts alone, whose second factor is theirs. */
        password: z.boolean(),
        twoFactor: z.boolean(),
        passkeys: z.number().int(),
        /** They have come by the firm's own sign-in. */
        own: z.boolean(),
      })
      .nullable(),
    /** How many matters are closed to them. */
    walls: z.number().int(),
  })
  .meta({ id: 'StaffMember' })
export const staffList = z.strictObject({ items: z.array(staffMember) }).meta({ id: 'StaffList' })

export const inviteRequest = z.strictObject({ name, email, role }).meta({ id: 'InviteRequest' })
export const inviteResult = z
  .strictObject({
    id,
    /** Shown this once; give it to them yourself where no mail went. */
    link: z.url(),
    expiresAt: instant,
    mailed: z.boolean(),
  })
  .meta({ id: 'InviteResult' })

export const roleRequest = z.strictObject({ role }).meta({ id: 'RoleRequest' })
export const named = z.strictObject({ id }).meta({ id: 'Named' })

/** Kept in the record. */
const wallReason = z.string().trim().min(1).max(500)

export const wall = z
  .strictObject({
    matterId: id,
    matter: z.string(),
    staffId: id,
    name: z.string(),
    reason: z.string(),
    createdBy: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'Wall' })
export const walls = z.strictObject({ items: z.array(wall) }).meta({ id: 'Walls' })
export const wallRequest = z
  .strictObject({
    /** An id or a number of a matter. */
    matter: z.string().trim().min(1).max(300),
    staffId: id,
    reason: wallReason,
  })
  .meta({ id: 'WallRequest' })
export const wallLiftRequest = z.strictObject({ reason: wallReason }).meta({ id: 'WallLiftRequest' })

export const apiKey = z
  .strictObject({
    id,
    name: z.string(),
    scopes: z.array(scope),
    /** A name; null: made by an older release. */
    createdBy: z.string().nullable(),
    createdAt: instant,
    /** From then on it is refused; null: good until it is revoked. */
    expiresAt: instant.nullable(),
    /** To some minutes; null: not yet. */
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
    state: z.enum(['good', 'expired', 'revoked']),
  })
  .meta({ id: 'ApiKey' })
export const apiKeys = z.strictObject({ items: z.array(apiKey) }).meta({ id: 'ApiKeys' })
export const keyRequest = z
  .strictObject({
    name,
    scopes: z.array(scope).min(1),
    /** Left out: good until it is revoked. */
    expiresAt: instant.optional(),
  })
  .meta({ id: 'KeyRequest' })
export const keyResult = z
  .strictObject({
    id,
    /** Shown this once; only its hash is kept. */
    key: z.string(),
  })
  .meta({ id: 'KeyResult' })

/** What the sign-in page offers beside passwords and passkeys. */
export interface WaysAnswer {
  /** The firm's own sign-in: its key, and what the button says. */
  firm: { firm: string; name: string } | null
}

export const firmSignInRequest = z.strictObject({
  firm: z.string().max(63),
  /** Where they end: a page of ours, so that an address from elsewhere leads nobody away. */
  back: z
    .string()
    .max(2_000)
    .regex(/^\/(?![/\\])/, 'is not a path of this site')
    .default('/'),
})

/** What the link of an invitation leads to. */
export const invitation = z.strictObject({
  firm: z.string(),
  name: z.string(),
  /** Null: whoever follows the link says their own. */
  email: z.string().nullable(),
  role,
  /** The firm's own sign-in, by which they may join as well: the firm's key, and what the button says. */
  own: z.strictObject({ firm: z.string(), name: z.string() }).nullable(),
  /** By that alone: they choose no password. */
  only: z.boolean(),
})
export type InvitationAnswer = z.infer<typeof invitation>

export const joinRequest = z.strictObject({
  name,
  email,
  password: z
    .string()
    .min(passwordLength.least, `needs at least ${passwordLength.least} characters`)
    .max(passwordLength.most, `has more than ${passwordLength.most} characters`),
})

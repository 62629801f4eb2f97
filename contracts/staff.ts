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
    role: role.nullable(),
    scopes: z.array(scope),
    /** Where their sign-in asks for a second thing beside the password; null: a key. */
    twoFactor: z.boolean().nullable(),
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
    state: z.enum(['invited', 'expired', 'joined', 'removed']),
    createdAt: instant,
    joinedAt: instant.nullable(),
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
    reason: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'WallRequest' })

export const apiKey = z
  .strictObject({
    id,
    name: z.string(),
    scopes: z.array(scope),
    createdAt: instant,
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' })
export const apiKeys = z.strictObject({ items: z.array(apiKey) }).meta({ id: 'ApiKeys' })
export const keyRequest = z.strictObject({ name, scopes: z.array(scope).min(1) }).meta({ id: 'KeyRequest' })
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

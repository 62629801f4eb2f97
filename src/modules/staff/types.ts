/** Who works at a firm, and what each role may do. */
import { scopesOf } from '../../../contracts/roles.ts'
import { type Role, role, type Scope, scope } from '../../../contracts/staff.ts'

/** For this host alone, over TLS or from this very machine (RFC 6265bis §4.1.3.2). */
export const sessionCookie = '__Host-tipstaff'

/**
 * owner: everything, also who else works here. attorney: what clients are told, and by what rules. staff: the daily
 * work. read_only: sees and touches nothing. operator: keeps the machine running, and rewords nothing.
 */
export const roles = role.options

/**
 * What a caller may do; one does not bring the other: a key for a red button needs no access to what clients are told.
 * `read`: see what was said and what waits. `operate`: pause, resume, replay, close. `configure`: change what is said
 * and when. `administer`: who may sign in, keys, connections, walls.
 */
export const scopes = scope.options

export { scopesOf }

export interface StaffMember {
  id: string
  name: string
  /** Null: an invitation for whoever holds the link. */
  email: string | null
  role: Role
  /** `invited`: the link was not followed yet; `expired`: and can't be any more; `suspended`: signs in nowhere. */
  state: 'invited' | 'expired' | 'joined' | 'suspended' | 'removed'
  /** As it stands in the record. */
  invitedBy: string
  createdAt: string
  /** Until when the link of their invitation is good. */
  inviteExpiresAt: string | null
  joinedAt: string | null
  /** To some minutes; null: never, or not since an older release. */
  lastSeenAt: string | null
  /** How they sign in; null: they have no account (any more). */
  signIn: { password: boolean; twoFactor: boolean; passkeys: number; own: boolean } | null
  /** How many matters are closed to them. */
  walls: number
}

export type { Role, Scope }

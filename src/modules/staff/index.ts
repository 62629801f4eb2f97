/** Who works at a firm: roles, invitations, and matters that are closed to somebody. */
export {
  type Changed,
  changeRole,
  inviteAgain,
  invitedAs,
  reinstateMember,
  removeMember,
  signOutMember,
  suspendMember,
} from './changes.ts'
export { admission, type FirmAsks, type Proof } from './policy.ts'
export {
  accountOf,
  hasOwner,
  type Invitation,
  invitationOf,
  invite,
  join,
  listStaff,
  memberAt,
  memberOf,
  type SignedIn,
  seen,
  staffNames,
  welcome,
} from './store.ts'
export { type Role, roles, type Scope, type StaffMember, scopes, scopesOf, sessionCookie } from './types.ts'
export { closeMatter, openMatter, type Wall, wallsOf } from './walls.ts'

/** What of all that the library does belongs into the record: signing in, and what changes how somebody does. */
import { createAuthMiddleware, isAPIError } from 'better-auth/api'
import type { Act } from './types.ts'

interface Before {
  signedIn: boolean
  /** Whether a second factor was asked for already. */
  twoFactor: boolean
}

/** By path; null: this time nothing was changed. */
const acts: Readonly<Record<string, (before: Before) => Act | null>> = {
  '/change-password': () => 'password_changed',
  // The same door is the second step of signing in.
  '/two-factor/verify-totp': ({ signedIn, twoFactor }) =>
    signedIn && !twoFactor ? 'second_factor_on' : null,
  '/two-factor/disable': () => 'second_factor_off',
  '/two-factor/generate-backup-codes': () => 'backup_codes_made',
  '/two-factor/verify-backup-code': () => 'backup_code_used',
  '/passkey/verify-registration': () => 'passkey_added',
  '/passkey/update-passkey': () => 'passkey_renamed',
  '/passkey/delete-passkey': () => 'passkey_removed',
  '/revoke-session': () => 'session_ended',
  '/revoke-other-sessions': () => 'other_sessions_ended',
  '/revoke-sessions': () => 'all_sessions_ended',
}

/**
 * The last of the plugins: the one for second factors takes the session back that a password alone has made, and who
 * knows only that has not signed in.
 */
export const recordActs = (acted: (userId: string, act: Act) => Promise<void>) => ({
  id: 'tipstaff-record',
  hooks: {
    after: [
      {
        matcher: () => true,
        handler: createAuthMiddleware(async ({ path, context }) => {
          const { returned } = context
          // Who comes back from the firm's own sign-in is led on, which the library throws as well.
          if (isAPIError(returned) && returned.status !== 'FOUND') return
          const before = context.session?.user
          const session = context.newSession
          // Who changes their password or second factor is given another session, and was signed in before.
          if (session && !before) await acted(session.user.id, 'signed_in')
          const user = before ?? session?.user
          const act = acts[path]?.({
            signedIn: before !== undefined,
            twoFactor: before?.twoFactorEnabled === true,
          })
          if (user && act) await acted(user.id, act)
        }),
      },
    ],
  },
})

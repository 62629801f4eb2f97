/** By what a session was opened: written down with it, for firms that ask for more than a password. */
import { createAuthMiddleware, isAPIError } from 'better-auth/api'
import type pg from 'pg'
import type { Proof } from '../../modules/staff/index.ts'

/** By the library's own path; what is not here (a changed password) keeps what the session before it was opened by. */
const opened: Readonly<Record<string, Proof>> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'second_factor',
  '/two-factor/verify-backup-code': 'second_factor',
  '/two-factor/disable': 'password',
  '/passkey/verify-authentication': 'passkey',
}

/** The part of the library's context that is looked at. */
interface Opening {
  path?: string
  context?: { session?: { session: Record<string, unknown> } | null }
}

/** @param opening null: nobody's request, hence no more than a password */
export function proofOf(opening: Opening | null): Proof {
  const before = opening?.context?.session?.session.proof
  return opened[opening?.path ?? ''] ?? asProof(before)
}

const proofs: readonly Proof[] = ['password', 'second_factor', 'passkey', 'firm']

/** @param kept as the database has it; a session that an older release made has none, and counts as opened by a password */
export const asProof = (kept: unknown): Proof => proofs.find((proof) => proof === kept) ?? 'password'

/** Who has just made a passkey has unlocked it: from then on their session counts as opened by it. */
export const raiseProof = (database: pg.Pool) => ({
  id: 'tipstaff-proof',
  hooks: {
    after: [
      {
        matcher: ({ path }: { path?: string }) => path === '/passkey/verify-registration',
        handler: createAuthMiddleware(async ({ context }) => {
          if (isAPIError(context.returned) || !context.session) return
          await database.query(
            `update "session" set proof = 'passkey' where "id" = $1 and coalesce(proof, 'password') = 'password'`,
            [context.session.session.id],
          )
        }),
      },
    ],
  },
})

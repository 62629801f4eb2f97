/** Forgotten passwords: the answer says nothing about whose address it was, and the link is made afterwards. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createAuthMiddleware } from 'better-auth/api'
import type { Pool } from 'pg'
import { z } from 'zod'

/** NIST SP 800-63B-4 §3.1.3.2 gives a code by mail a day at most; who has just asked follows the link at once. */
export const resetGoodFor = { minutes: 30 } as const

/** Links of one account that may be good at once: nobody's mailbox is filled by who types their address again and again. */
const mostLinks = 3

const asked = z.object({ email: z.email() })

/**
 * Answers who asks for a link before anything is looked up, so that neither the answer nor its time tells whether there
 * is such an account. The throttle has been before it.
 *
 * @param begin the rest of it; must not throw
 */
export const answerForgotten = (begin: (email: string) => void) => ({
  id: 'tipstaff-forgotten',
  hooks: {
    before: [
      {
        matcher: ({ path }: { path?: string }) => path === '/request-password-reset',
        handler: createAuthMiddleware(async (context) => {
          // Our own call, below, comes without a request; what is no address is refused by the door itself.
          const wanted = asked.safeParse(context.body)
          if (!context.request || !wanted.success) return
          begin(wanted.data.email)
          return context.json({ status: true })
        }),
      },
    ],
  },
})

/** The library hands a token to the function that is to mail it; this is how it comes back to who asked for it. */
export function resetTokens() {
  const made = new AsyncLocalStorage<{ token: string | null }>()
  return {
    sendResetPassword: async ({ token }: { token: string }) => {
      const asking = made.getStore()
      if (asking) asking.token = token
    },
    /** @returns null where there is no such account */
    async tokenFrom(ask: () => Promise<unknown>): Promise<string | null> {
      const asking = { token: null as string | null }
      await made.run(asking, ask)
      return asking.token
    },
  }
}

/** Whether no more links should be made for this account now. Hashed, they bear no prefix; all else that is kept of an account does. */
export async function hasLinksEnough(pool: Pool, userId: string): Promise<boolean> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from "verification" where "value" = $1 and "expiresAt" > now()
       and "identifier" not like '2fa-%' and "identifier" not like 'trust-device-%'`,
    [userId],
  )
  return rows[0]!.n >= mostLinks
}

/** After a reset: other links, sign-ins that wait for a second factor, and devices that were not asked for one. */
export const forgetProofs = (pool: Pool, userId: string): Promise<unknown> =>
  pool.query('delete from "verification" where "value" = $1', [userId])

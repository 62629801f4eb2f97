/**
 * Signing in: better-auth over a schema of its own. Who may do what at which firm is ours (modules/staff); this knows
 * accounts, passwords, second factors, passkeys and sessions, and nothing else.
 */
import { betterAuth } from 'better-auth'
import pg from 'pg'
import { type Proof, sessionCookie } from '../../modules/staff/index.ts'
import { firmSignIns, IssuerProblem } from './firm-sign-in.ts'
import { hasLinksEnough, resetTokens } from './forgotten.ts'
import { authOptions, authPath, peerHeader, type SignInOptions } from './options.ts'
import { asProof } from './proof.ts'
import type { FirmSignIn } from './types.ts'

export { authOptions } from './options.ts'
export type { Act, FirmSignIn, Standing, Welcome } from './types.ts'

export interface Session {
  userId: string
  sessionId: string
  /** Whether their sign-in asks for a second thing. */
  twoFactor: boolean
  /** By what it was opened. */
  proof: Proof
}

export interface SignIn {
  /** Answers everything below /auth. @param peer address of who is on the line, or '' */
  answer(request: Request, peer: string): Promise<Response>
  /**
   * Sends somebody to their firm's own sign-in.
   *
   * @param back where they end, on a page of ours
   * @returns 200 with `url`; 503 where the issuer can't be asked
   */
  begin(firm: FirmSignIn, request: Request, peer: string, back: string): Promise<Response>
  /** Answers who comes back from there: to where they wanted, or to the sign-in page with why not. */
  arrive(firm: FirmSignIn, request: Request, peer: string): Promise<Response>
  /** @returns null without a session that is good */
  sessionOf(headers: Headers): Promise<Session | null>
  /** As `sessionOf`, for a session that it has told of before: one look, and no more than that. */
  still(sessionId: string): Promise<Pick<Session, 'twoFactor' | 'proof'> | null>
  /**
   * @param account whose password may be chosen anew by whoever holds the token
   * @returns null where nobody has that address, or `enough` where some links are good already
   */
  resetToken(account: { userId: string; email: string }): Promise<string | 'enough' | null>
  /** Signs in who has just joined. @returns the answer that carries the cookie */
  enter(email: string, password: string): Promise<Response>
  close(): Promise<void>
}

/** Connections: signing in is rare, asking who someone is takes one look. */
const poolSize = 4

export function createSignIn(options: SignInOptions): SignIn {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: poolSize,
    application_name: 'tipstaff sign-in',
    options: '-c search_path=sign_in -c timezone=UTC',
    idleTimeoutMillis: 30_000,
  })
  pool.on('error', () => {})
  const tokens = resetTokens()
  const auth = betterAuth(authOptions(options, pool, tokens))
  const firmAuth = firmSignIns(() => authOptions(options, pool, tokens), pool, {
    ...options.gate,
    linked: (userId) => options.acted(userId, 'firm_sign_in_linked'),
  })
  const from = (request: Request, peer: string): Headers => {
    const headers = new Headers(request.headers)
    const before = options.trustedProxies.length === 0 ? null : headers.get('x-forwarded-for')
    headers.set(peerHeader, [before, peer].filter(Boolean).join(', '))
    return headers
  }
  const signInPage = (firm: FirmSignIn, error: string): string =>
    `${options.publicUrl}/sign-in?firm=${encodeURIComponent(firm.key)}&error=${encodeURIComponent(error)}`
  return {
    answer: (request, peer) => auth.handler(new Request(request, { headers: from(request, peer) })),
    async begin(firm, request, peer, back) {
      const headers = from(request, peer)
      headers.set('content-type', 'application/json')
      headers.delete('content-length')
      const body = JSON.stringify({
        provider: firm.key,
        callbackURL: back,
        errorCallbackURL: `/sign-in?firm=${encodeURIComponent(firm.key)}`,
        disableRedirect: true,
      })
      try {
        const { handler } = await firmAuth(firm)
        const url = `${options.publicUrl}${authPath}/sign-in/social`
        return await handler(new Request(url, { method: 'POST', headers, body }))
      } catch (error) {
        if (!(error instanceof IssuerProblem)) throw error
        options.issuerFails(firm.key, error.message)
        return Response.json({ code: 'ISSUER_PROBLEM' }, { status: 503 })
      }
    },
    async arrive(firm, request, peer) {
      const to = (location: string) => new Response(null, { status: 302, headers: { location } })
      try {
        const { handler } = await firmAuth(firm)
        const answer = await handler(new Request(request, { headers: from(request, peer) }))
        if (answer.status < 400) return answer
        const { code } = (await answer.json().catch(() => ({}))) as { code?: string }
        return to(signInPage(firm, code ?? 'FAILED'))
      } catch (error) {
        if (!(error instanceof IssuerProblem)) throw error
        options.issuerFails(firm.key, error.message)
        return to(signInPage(firm, 'ISSUER_PROBLEM'))
      }
    },
    async sessionOf(headers) {
      if (!headers.get('cookie')?.includes(sessionCookie)) return null
      const found = await auth.api.getSession({ headers })
      if (!found) return null
      const { user, session } = found
      return {
        userId: user.id,
        sessionId: session.id,
        twoFactor: 'twoFactorEnabled' in user && user.twoFactorEnabled === true,
        proof: asProof(session.proof),
      }
    },
    async still(sessionId) {
      const { rows } = await pool.query<{ twoFactor: boolean | null; proof: string | null }>({
        name: 'still',
        text: `select u."twoFactorEnabled" as "twoFactor", s.proof from "session" s join "user" u on u."id" = s."userId"
               where s."id" = $1 and s."expiresAt" > $2`,
        values: [sessionId, new Date()],
      })
      const [row] = rows
      return row ? { twoFactor: row.twoFactor === true, proof: asProof(row.proof) } : null
    },
    async resetToken({ userId, email }) {
      if (await hasLinksEnough(pool, userId)) return 'enough'
      return tokens.tokenFrom(() => auth.api.requestPasswordReset({ body: { email } }))
    },
    enter: (email, password) => auth.api.signInEmail({ body: { email, password }, asResponse: true }),
    close: () => pool.end(),
  }
}

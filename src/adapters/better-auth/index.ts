/**
 * Signing in: better-auth over a schema of its own. Who may do what at which firm is ours (modules/staff); this knows
 * accounts, passwords, second factors, passkeys and sessions, and nothing else.
 */
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins/two-factor'
import pg from 'pg'
import { passwordLength } from '../../../contracts/limits.ts'
import { sessionCookie } from '../../modules/staff/index.ts'
import { hashPassword, verifyPassword } from '../../platform/secrets/index.ts'
import { type Act, recordActs } from './acts.ts'
import { type FirmGate, type FirmSignIn, firmSignIns, IssuerProblem } from './firm-sign-in.ts'
import { answerForgotten, forgetProofs, hasLinksEnough, resetGoodFor, resetTokens } from './forgotten.ts'

export type { Act } from './acts.ts'
export type { FirmSignIn, Welcome } from './firm-sign-in.ts'

export interface SignInOptions {
  databaseUrl: string
  /** 32 bytes: seals cookies and what second factors are kept by. */
  key: Buffer
  publicUrl: string
  /** Other origins that pages of ours are opened from: `http://localhost:3000` beside `http://127.0.0.1:3000`. */
  origins: readonly string[]
  /** Addresses or CIDR ranges of proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  newId(): string
  /** Whether an account has a place at a firm; without one it gets no session. */
  belongs(userId: string): Promise<boolean>
  /** Somebody has signed in, changed how they do, or ended a session. */
  acted(userId: string, act: Act): Promise<void>
  /** Who of those whom a firm's own sign-in vouches for may come in. */
  gate: Pick<FirmGate, 'welcome' | 'belongs'>
  /** Somebody has forgotten a password, and was answered already. Must not throw. */
  forgot(email: string): void
  /** A firm's own sign-in does not work. @param reason names addresses, and nobody */
  issuerFails(key: string, reason: string): void
  warn(message: string): void
}

export interface Session {
  userId: string
  sessionId: string
  /** Whether their sign-in asks for a second thing. */
  twoFactor: boolean
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
  /**
   * @param account whose password may be chosen anew by whoever holds the token
   * @returns null where nobody has that address, or `enough` where some links are good already
   */
  resetToken(account: { userId: string; email: string }): Promise<string | 'enough' | null>
  /** Signs in who has just joined. @returns the answer that carries the cookie */
  enter(email: string, password: string): Promise<Response>
  close(): Promise<void>
}

/** Below it all doors are the library's. */
export const authPath = '/auth'

const day = 60 * 60 * 24

/** Connections: signing in is rare, asking who someone is takes one look. */
const poolSize = 4

/** Of one kind of proof, from one address: times in so many seconds. */
const guessed = { window: 60, max: 8 }

/**
 * A passkey stands for two factors only when its owner had to unlock it: the device is one, the finger or PIN the other.
 * The library takes one without as well, so that is looked at here.
 */
function passkeys({ publicUrl, origins }: Pick<SignInOptions, 'publicUrl' | 'origins'>) {
  const { hostname } = new URL(publicUrl)
  const unlocked = (userVerified: boolean | undefined): void => {
    if (userVerified !== true)
      throw new APIError('FORBIDDEN', { code: 'NOT_UNLOCKED', message: 'the passkey was not unlocked' })
  }
  return passkey({
    // A number is no name that a passkey may be for (WebAuthn Level 3 §5.1.2): on one machine it is for its name.
    rpID: hostname === '127.0.0.1' ? 'localhost' : hostname,
    rpName: 'Tipstaff',
    origin: [...origins],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: async ({ verification }) => unlocked(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: async ({ verification }) => unlocked(verification.authenticationInfo.userVerified),
    },
  })
}

/** What the library and its plugins are told; also what a test asks for the tables that they want. */
export function authOptions(options: SignInOptions, database: pg.Pool, tokens = resetTokens()) {
  return {
    appName: 'Tipstaff',
    baseURL: options.publicUrl,
    basePath: authPath,
    secret: options.key.toString('base64url'),
    database,
    trustedOrigins: [...options.origins],
    emailAndPassword: {
      enabled: true,
      // Nobody makes an account for themselves: invitations do (modules/staff).
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }: { hash: string; password: string }) => verifyPassword(password, hash),
      },
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: resetGoodFor.minutes * 60,
      sendResetPassword: tokens.sendResetPassword,
      onPasswordReset: async ({ user }: { user: { id: string } }) => {
        await forgetProofs(database, user.id)
        await options.acted(user.id, 'password_reset')
      },
    },
    // Who reads the database must not be able to follow a link that is under way.
    verification: {
      storeIdentifier: { default: 'plain' as const, overrides: { 'reset-password:': 'hashed' as const } },
    },
    session: { expiresIn: 7 * day, updateAge: day / 4, freshAge: day / 24 },
    // Guessing gets slow for whoever guesses, by their address; nobody can lock somebody else out.
    rateLimit: {
      enabled: true,
      storage: 'database' as const,
      window: 60,
      max: 60,
      customRules: {
        '/sign-in/email': guessed,
        '/two-factor/*': guessed,
        '/change-password': guessed,
        '/sign-in/social': guessed,
        '/request-password-reset': { window: 600, max: 5 },
      },
    },
    plugins: [
      twoFactor({ issuer: 'Tipstaff' }),
      passkeys(options),
      answerForgotten(options.forgot),
      recordActs(options.acted),
    ],
    disabledPaths: ['/update-user', '/change-email', '/delete-user', '/link-social', '/unlink-account'],
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }: { userId: string }) =>
            (await options.belongs(userId)) ? undefined : false,
        },
      },
    },
    advanced: {
      // `__Host-`: over TLS (or from this very machine) alone, for this host alone, for no path in particular (RFC 6265bis §4.1.3.2).
      useSecureCookies: false,
      cookiePrefix: sessionCookie,
      cookies: { session_token: { name: sessionCookie } },
      defaultCookieAttributes: { secure: true, httpOnly: true, sameSite: 'lax' as const, path: '/' },
      ipAddress: {
        ipAddressHeaders: [peerHeader],
        ...(options.trustedProxies.length === 0 ? {} : { trustedProxies: [...options.trustedProxies] }),
      },
      database: { generateId: () => options.newId() },
    },
    logger: {
      // Its lines may name people; that it complained is enough.
      log: (level: string, message: string) => {
        if (level === 'error' || level === 'warn') options.warn(message.slice(0, 200))
      },
    },
    // Where a page of ours can say what went wrong, in the reader's language.
    onAPIError: { errorURL: `${options.publicUrl}/sign-in` },
    telemetry: { enabled: false },
  }
}

/** Set by us on each request, whatever came under that name. */
const peerHeader = 'x-tipstaff-peer'

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
      }
    },
    async resetToken({ userId, email }) {
      if (await hasLinksEnough(pool, userId)) return 'enough'
      return tokens.tokenFrom(() => auth.api.requestPasswordReset({ body: { email } }))
    },
    enter: (email, password) => auth.api.signInEmail({ body: { email, password }, asResponse: true }),
    close: () => pool.end(),
  }
}

/** What the library and its plugins are told. */
import { passkey } from '@better-auth/passkey'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type pg from 'pg'
import { passwordLength } from '../../../contracts/limits.ts'
import { type Proof, sessionCookie } from '../../modules/staff/index.ts'
import { hashPassword, verifyPassword } from '../../platform/secrets/index.ts'
import { recordActs } from './acts.ts'
import { answerForgotten, forgetProofs, resetGoodFor, resetTokens } from './forgotten.ts'
import { proofOf, raiseProof } from './proof.ts'
import type { Act, FirmGate, Standing } from './types.ts'

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
  /** Who has no place at a firm, or comes by another way than it lets in, gets no session. */
  standing(userId: string, proof: Proof): Promise<Standing>
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

/** Below it all doors are the library's. */
export const authPath = '/auth'

const day = 60 * 60 * 24

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
    session: {
      expiresIn: 7 * day,
      updateAge: day / 4,
      freshAge: day / 24,
      additionalFields: { proof: { type: 'string' as const, required: false, input: false } },
    },
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
      raiseProof(database),
      recordActs(options.acted),
    ],
    disabledPaths: ['/update-user', '/change-email', '/delete-user', '/link-social', '/unlink-account'],
    databaseHooks: {
      session: {
        create: {
          before: async (session: { userId: string }, opening: Parameters<typeof proofOf>[0]) => {
            const proof = proofOf(opening)
            const standing = await options.standing(session.userId, proof)
            if (standing === 'nobody') return false
            if (standing === 'member') return { data: { ...session, proof } }
            throw new APIError('FORBIDDEN', {
              code: 'FIRM_SIGN_IN_ONLY',
              message: 'the firm lets its people in by its own sign-in alone',
              own: standing.firm_only,
            })
          },
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
export const peerHeader = 'x-tipstaff-peer'

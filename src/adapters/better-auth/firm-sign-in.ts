/**
 * A firm's own sign-in (OpenID Connect): better-auth's generic OAuth does state, nonce, PKCE, and verifies the ID token
 * against the issuer's keys; what is here says who of those whom the issuer vouches for may come in.
 *
 * Each firm has an instance of its own, made when somebody comes: its issuer can then only ever sign in its own people.
 */
import { betterAuth } from 'better-auth'
import { APIError, addOAuthServerContext, createAuthMiddleware, getOAuthState } from 'better-auth/api'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import type { Pool } from 'pg'
import type { authOptions } from './options.ts'
import type { FirmGate, FirmSignIn } from './types.ts'
import { asksWhich, verifiedEmail } from './verified-email.ts'

type Base = ReturnType<typeof authOptions>
interface Made {
  settings: string
  madeAt: number
  auth: Promise<{ handler(request: Request): Promise<Response> }>
}

/** After this an issuer's description is read anew, in milliseconds; its keys are looked for as they come. */
const trustedFor = 60 * 60_000
/** An issuer that does not answer is not waited for longer, in milliseconds. */
const patience = 10_000

/** @returns a handler for a firm's instance; it throws where the issuer can't be reached, or is another than was named */
export function firmSignIns(base: () => Base, pool: Pool, gate: FirmGate) {
  const made = new Map<string, Made>()
  return async (firm: FirmSignIn): Promise<Awaited<Made['auth']>> => {
    const settings = JSON.stringify(firm)
    const known = made.get(firm.key)
    if (known?.settings === settings && performance.now() - known.madeAt < trustedFor) return known.auth
    const auth = make(base(), pool, firm, gate)
    made.set(firm.key, { settings, madeAt: performance.now(), auth })
    auth.catch(() => made.delete(firm.key))
    return auth
  }
}

/** The issuer could not be asked, or says that it is another. */
export class IssuerProblem extends Error {}

async function make(base: Base, pool: Pool, firm: FirmSignIn, gate: FirmGate) {
  const { key, issuer, clientId, clientSecret } = firm
  const auth = betterAuth({
    ...base,
    // What the issuer says later changes nothing here, and its tokens are of no use to us.
    account: { updateAccountOnSignIn: false },
    plugins: [
      ...base.plugins.slice(0, -1),
      bindState(key),
      genericOAuth({
        config: [
          {
            providerId: key,
            discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
            clientId,
            clientSecret,
            scopes: ['openid', 'email', 'profile'],
            pkce: true,
            ...(asksWhich(issuer) ? { prompt: 'select_account' as const } : {}),
            requireIdTokenVerification: true,
            disableImplicitSignUp: true,
            disableSignUp: true,
            // Without an ID token nobody has vouched for anything, whatever an access token opens.
            accountSubject: ({ tokens, profile }) => (tokens.idToken ? String(profile.sub ?? '') : ''),
            mapProfileToUser: (profile) => mayEnter(profile as Record<string, unknown>),
          },
        ],
      }),
      ...base.plugins.slice(-1),
    ] as never as Base['plugins'],
    databaseHooks: {
      account: {
        create: {
          before: async (account: { userId: string; providerId: string }) => {
            // An address that was given to somebody else at the issuer must not open the place of whoever had it before.
            if (await hasLink(pool, account)) return false
            return {
              data: { ...account, accessToken: null, refreshToken: null, idToken: null, scope: null },
            }
          },
          after: ({ userId }: { userId: string }) => gate.linked(userId),
        },
      },
      session: {
        create: {
          before: async (session: { userId: string }) =>
            (await gate.belongs(session.userId, key)) ? { data: { ...session, proof: 'firm' } } : false,
        },
      },
    },
  })

  const context = await within(auth.$context, patience)
  const provider = context.socialProviders.find(({ id }) => id === key)
  if (!provider) throw new IssuerProblem(`the issuer ${issuer} can't be asked for its description`)
  // OpenID Connect Discovery 1.0 §4.3: it must be the very issuer that was asked.
  if (provider.issuer !== issuer)
    throw new IssuerProblem(`the issuer ${issuer} says that it is ${provider.issuer}`)
  return auth

  async function mayEnter(profile: Record<string, unknown>) {
    if ((await getOAuthState())?.serverContext?.firm !== key) refuse('OTHER_FIRM')
    const email = verifiedEmail(issuer, profile)
    if (email === null) return refuse('EMAIL_NOT_VERIFIED')
    if (!(await isLinked(pool, key, String(profile.sub)))) {
      const welcome = await gate.welcome(key, email)
      if (welcome === 'nobody') refuse('NOT_INVITED')
      if (welcome === 'taken') refuse('ADDRESS_TAKEN')
    }
    return { email, emailVerified: true }
  }
}

/** Told on the sign-in page in words (web/console/src/pages/sign-in.tsx). */
type Refusal = 'EMAIL_NOT_VERIFIED' | 'NOT_INVITED' | 'ADDRESS_TAKEN' | 'OTHER_FIRM'
function refuse(code: Refusal): never {
  throw new APIError('FORBIDDEN', { code, message: 'this account may not come in' })
}

/** Who set out for one firm's issuer must not arrive at another's: the state is told apart by the instance that made it. */
const bindState = (key: string) => ({
  id: 'tipstaff-firm',
  hooks: {
    before: [
      {
        matcher: ({ path }: { path?: string }) => path === '/sign-in/social',
        handler: createAuthMiddleware(() => addOAuthServerContext({ firm: key })),
      },
    ],
  },
})

async function isLinked(pool: Pool, key: string, subject: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select 1 from "account" where "providerId" = $1 and "accountId" = $2',
    [key, subject],
  )
  return rowCount !== 0
}

async function hasLink(pool: Pool, of: { userId: string; providerId: string }): Promise<boolean> {
  const { rowCount } = await pool.query('select 1 from "account" where "userId" = $1 and "providerId" = $2', [
    of.userId,
    of.providerId,
  ])
  return rowCount !== 0
}

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new IssuerProblem(`the issuer has not answered in ${milliseconds} ms`)),
    milliseconds,
  )
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** A real OpenID Connect server on this machine, in the place of Microsoft's or Google's. */
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type KoaContextWithOIDC } from 'oidc-provider'

export interface Account {
  /** Its id at the issuer. */
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
}
export type Issuer = Awaited<ReturnType<typeof startIssuer>>

export const client = { id: 'tipstaff', secret: 'a secret that the issuer gave us' }

/** The part of `firm.yaml` that names an issuer. @param secret the variable that holds what it gave us */
export const signInYaml = (url: string, secret = 'HARBOR_PIKE_SIGN_IN'): string => `
signIn:
  issuer: ${url}
  clientId: ${client.id}
  clientSecret: env:${secret}
  name: Microsoft 365
`
const scope = 'openid email profile'

/** @returns an issuer that knows nobody yet; it answers once `open` has told it who its client is */
export async function startIssuer() {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
    response.writeHead(503).end()
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const accounts = new Map<string, Account>()
  /** Who sits before the browser and lets it sign in; null: who declines. */
  const state = { who: null as string | null }

  return {
    url,
    state,
    /** @param claimsInIdToken as Google does; else they are asked for apart */
    open(appUrl: string, firmKey: string, claimsInIdToken = true) {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      const provider = new Provider(url, {
        clients: [
          {
            client_id: client.id,
            client_secret: client.secret,
            redirect_uris: [`${appUrl}/auth/callback/${firmKey}`],
            token_endpoint_auth_method: 'client_secret_post',
          },
        ],
        jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: 'one' } as never] },
        cookies: { keys: ['keys for the cookies of the issuer'] },
        claims: { email: ['email', 'email_verified'], profile: ['name'] },
        conformIdTokenClaims: !claimsInIdToken,
        pkce: { required: () => true },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
        ttl: {
          AccessToken: 600,
          AuthorizationCode: 60,
          IdToken: 600,
          Interaction: 600,
          Session: 600,
          Grant: 600,
        },
        findAccount: (_context, id) => ({
          accountId: id,
          claims: async () => ({ ...accounts.get(id), sub: id }),
        }),
        async loadExistingGrant(context: KoaContextWithOIDC) {
          const { client: asking, session } = context.oidc
          const grant = new provider.Grant({ clientId: asking!.clientId, accountId: session!.accountId! })
          grant.addOIDCScope(scope)
          await grant.save()
          return grant
        },
      })
      const callback = provider.callback()
      answer = (request, response) => {
        if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
        const { who } = state
        const result = who === null ? { error: 'access_denied' } : { login: { accountId: who } }
        void provider.interactionFinished(request, response, result)
      }
    },
    /** Somebody who has an account there sits down before the browser. */
    seat(account: Account) {
      accounts.set(account.sub, account)
      state.who = account.sub
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Goes where the issuer leads, as a browser does, until it leads back. @returns the address at our door */
export async function throughIssuer(address: string, issuer: Pick<Issuer, 'url'>): Promise<string> {
  const jar = new Map<string, string>()
  let next = address
  for (let hop = 0; hop < 10 && next.startsWith(issuer.url); hop++) {
    const response = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const pair = cookie.split(';')[0]!
      const at = pair.indexOf('=')
      jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`the issuer answered ${response.status}: ${await response.text()}`)
    next = new URL(location, next).href
  }
  return next
}

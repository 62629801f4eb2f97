/** Webhooks with a Bearer JWT (RS512), whose keys are published where discovery says. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { Hono } from 'hono'
import type { CoreDeps } from '../core/deps.ts'
import type { Change } from '../rest/records.ts'
import { FILEVINE_ORG, FILEVINE_USER } from './api.ts'

export interface FilevineWebhooks {
  routes: Hono
  dispatch(change: Change): void
  clear(): void
}

const objects: Readonly<Record<string, string>> = {
  projects: 'Project',
  contacts: 'Contact',
  appointments: 'Appointment',
  deadlines: 'Deadline',
  documents: 'Document',
  invoices: 'Invoice',
  notes: 'Note',
}
const events = { created: 'Created', updated: 'Updated', deleted: 'Deleted' } as const

const makeKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export function createWebhooks(deps: Pick<CoreDeps, 'post' | 'now' | 'baseUrl'>): FilevineWebhooks {
  // Made when first needed: a key takes a moment.
  let keys: ReturnType<typeof makeKeys> | undefined
  const pair = () => {
    keys ??= makeKeys()
    return keys
  }
  let url = ''
  const issuer = () => `${deps.baseUrl()}/filevine`

  const app = new Hono()
  app.put('/_sandbox/filevine/webhook', async (c) => {
    const body = await c.req.json<{ url?: unknown }>().catch(() => undefined)
    if (typeof body?.url !== 'string' || (body.url !== '' && !URL.canParse(body.url)))
      return c.json({ error: { field: 'url', message: 'must be an http(s) URL, or empty for none' } }, 400)
    url = body.url
    return c.json({ url })
  })
  app.get('/filevine/.well-known/openid-configuration', (c) =>
    c.json({ issuer: issuer(), jwks_uri: `${issuer()}/.well-known/jwks` }),
  )
  app.get('/filevine/.well-known/jwks', (c) => {
    const jwk = pair().publicKey.export({ format: 'jwk' })
    return c.json({ keys: [{ ...jwk, alg: 'RS512', use: 'sig', kid: 'sandbox-1' }] })
  })

  return {
    routes: app,
    clear() {
      url = ''
    },
    dispatch({ list, action, row }) {
      if (url === '') return
      const seconds = Math.floor(deps.now() / 1_000)
      const body = JSON.stringify({
        Timestamp: deps.now(),
        Object: objects[list],
        Event: events[action],
        ObjectId: { [`${objects[list]}Id`]: row.id },
        OrgId: Number(FILEVINE_ORG),
        ProjectId: list === 'projects' ? row.id : (row.fields.project ?? null),
        UserId: Number(FILEVINE_USER),
        Other: {},
      })
      const claims = { iss: issuer(), iat: seconds, exp: seconds + 300 }
      const unsigned = `${part({ alg: 'RS512', typ: 'JWT', kid: 'sandbox-1' })}.${part(claims)}`
      const mark = sign('RSA-SHA512', Buffer.from(unsigned), pair().privateKey).toString('base64url')
      void deps.post(url, {
        headers: { 'content-type': 'application/json', authorization: `Bearer ${unsigned}.${mark}` },
        body,
        retry: { delaysMs: [5_000, 60_000] },
      })
    },
  }
}

/**
 * How a person lets us into a CMS: an address of ours to hand around, the way to the CMS's page and back, and the end
 * of a consent. What is said of it on pages is in connect-page.ts.
 */
import type { Clock, ConnectionId, FirmId } from '../kernel/index.ts'
import {
  type AccessNews,
  askConsent,
  connect,
  disconnect,
  findConsent,
  useConsent,
} from '../modules/connections/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import { type Keys, readToken, signToken } from '../platform/secrets/index.ts'
import type { ConnectPage } from './connect-page.ts'
import type { OpenConnection, OpenFirm } from './firms.ts'
import { endSubscriptions } from './subscriptions.ts'

export interface ConnectingDeps {
  db: Database
  keys: Keys
  clock: Clock
  firms: { open(firmId: FirmId): Promise<ConnectingFirm> }
  publicUrl: string
  news: AccessNews
  log: { warn(fields: object, message: string): void }
}

/** The part of an open firm that is asked here. */
export interface ConnectingFirm {
  code: { program: { settings: { name: string } } }
  connections: ReadonlyMap<ConnectionId, Pick<OpenConnection, 'key' | 'reader' | 'access'>>
  problems: OpenFirm['problems']
}

export interface Invitation {
  /** Ours: whoever opens it is led on to the CMS's own page. */
  address: string
  addressUntil: Temporal.Instant
  /** The CMS's own page, at once. */
  authorisation: string
  authorisationUntil: Temporal.Instant
}

/** Why a connection can't be connected; said as it is. */
export type NoWayIn = { ok: false; kind: 'unknown' | 'not_opened' | 'not_wanted'; message: string }

/** Long enough to be mailed to the attorney who may say yes, and too short to lie around. */
const addressLife = { hours: 1 }

export type Connecting = ReturnType<typeof connecting>

export function connecting(deps: ConnectingDeps) {
  const { db, keys, clock, firms, publicUrl, news } = deps
  const consents = { db, keys, news, now: () => clock.now() }
  const redirectUri = `${publicUrl}/connect/callback`

  const find = async (firmId: FirmId, wanted: { key: string } | { id: ConnectionId }) => {
    const firm = await firms.open(firmId)
    const found = [...firm.connections].find(([id, c]) =>
      'key' in wanted ? c.key === wanted.key : id === wanted.id,
    )
    if (!found) {
      const name = 'key' in wanted ? wanted.key : 'that was asked for'
      return none('unknown', `the firm has no connection ${name}`)
    }
    const [id, connection] = found
    const problem = firm.problems.find((p) => p.connection === connection.key)
    if (problem) return none('not_opened', `${connection.key} could not be opened: ${problem.message}`)
    if (!connection.access)
      return none(
        'not_wanted',
        `nobody need connect ${connection.key}: its settings have no clientId and clientSecret`,
      )
    const of = { firmId, connectionId: id, ...connection.access }
    return { ok: true as const, of, connection, firmName: firm.code.program.settings.name }
  }

  return {
    /** @param by who asks, as it stands in the record */
    async invite(
      firmId: FirmId,
      key: string,
      by: string,
    ): Promise<{ ok: true; value: Invitation } | NoWayIn> {
      const found = await find(firmId, { key })
      if (!found.ok) return found
      const { address: authorisation, until } = await askConsent(consents, found.of, { redirectUri, by })
      const addressUntil = clock.now().add(addressLife)
      const payload = { f: firmId, c: found.of.connectionId, by }
      const address = `${publicUrl}/connect/${signToken('connect', payload, keys.tokens, addressUntil)}`
      return { ok: true, value: { address, addressUntil, authorisation, authorisationUntil: until } }
    },

    /** Somebody opens our address. @returns where they are led */
    async follow(token: string): Promise<{ to: string } | ConnectPage> {
      const read = readToken<{ f: FirmId; c: ConnectionId; by: string }>(
        'connect',
        token,
        keys.tokens,
        clock.now(),
      )
      if (!read.ok) return { kind: 'bad_link' }
      const { f, c, by } = read.payload
      const found = await find(f, { id: c })
      if (!found.ok) return { kind: 'bad_link' }
      return { to: (await askConsent(consents, found.of, { redirectUri, by })).address }
    },

    /** They are back from the CMS's page. Whatever they bring, their state is used up. */
    async back(query: {
      state: string | undefined
      code: string | undefined
      error: string | undefined
    }): Promise<ConnectPage> {
      const at = query.state === undefined ? null : await findConsent(db, query.state)
      if (!at || query.state === undefined) return { kind: 'bad_state' }
      const consent = await useConsent(consents, at, query.state)
      if (!consent) return { kind: 'bad_state' }
      const found = await find(at.firmId, { id: at.connectionId })
      if (!found.ok) return { kind: 'failed', detail: found.message }
      const { connection, firmName: firm } = found
      if (query.error === 'access_denied') return { kind: 'denied', connection: connection.key }
      if (query.error !== undefined || !query.code)
        return { kind: 'failed', detail: `It answered ${wordOf(query.error) ?? 'without a code'}.` }
      const done = await connect(consents, found.of, { ...consent, state: query.state, code: query.code })
      if (done.ok) return { kind: 'connected', connection: connection.key, firm }
      deps.log.warn(
        { firm: at.firmId, connection: connection.key, reason: done.detail },
        'a connection could not be made',
      )
      return done.kind === 'unavailable' || done.kind === 'rate_limited'
        ? { kind: 'unreachable', detail: `${done.detail}.` }
        : { kind: 'failed', detail: `${done.detail}.` }
    },

    /** @returns `value` false: there was nothing to give back */
    async disconnect(
      firmId: FirmId,
      key: string,
      by: string,
    ): Promise<{ ok: true; value: boolean } | NoWayIn | { ok: false; kind: 'failed'; message: string }> {
      const found = await find(firmId, { key })
      if (!found.ok) return found
      await endSubscriptions(db, firmId, found.of.connectionId, found.connection.reader)
      const done = await disconnect(consents, found.of, found.of.tokens, by)
      return done.ok ? done : { ok: false, kind: 'failed', message: done.detail }
    },
  }
}

/** The connections of an open firm whose settings want a person to let us in. */
export const needPerson = (firm: {
  connections: ReadonlyMap<ConnectionId, { access?: unknown }>
}): ReadonlySet<ConnectionId> =>
  new Set([...firm.connections].filter(([, c]) => c.access !== undefined).map(([id]) => id))

const none = (kind: NoWayIn['kind'], message: string): NoWayIn => ({ ok: false, kind, message })

/** What came from outside and is to be shown: a word of OAuth's, or nothing. */
const wordOf = (text: string | undefined): string | null =>
  text !== undefined && /^[a-z_]{1,40}$/.test(text) ? text : null

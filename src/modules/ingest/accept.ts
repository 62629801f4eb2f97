/**
 * The door for webhooks: verify over the raw body, store raw, one commit, answer. Understanding comes later:
 * what was answered 2xx is on disk.
 */
import { createHash } from 'node:crypto'
import type { ConnectionId, DeliveryId, FirmId, NewId, RawRequest } from '../../kernel/index.ts'
import { readJson } from '../../kernel/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'
import { type Batcher, batcher } from '../../platform/jobs/batcher.ts'
import {
  type CompiledHooks,
  deliveryKey,
  type HookVerification,
  isForged,
  verifyHook,
} from '../connections/index.ts'
import { type Arrival, storeArrivals } from './store.ts'

/** What the door knows of a connection; main/firms.ts makes it from the firm's configuration. */
export interface HookConnection {
  firmId: FirmId
  connectionId: ConnectionId
  key: string
  verify: HookVerification
  hooks: CompiledHooks
  /** By model where each subscription has its own secret (Clio), else one entry with model null. */
  secrets: readonly { model: string | null; secret: string }[]
  /** @returns false when nothing is subscribing right now: then no handshake is expected */
  handshake(secret: string, model: string | null): Promise<boolean>
}

export interface HookDeps {
  db: Database
  now(): Temporal.Instant
  newId: NewId
  /** @param fresh not from memory: what was just subscribed must be known */
  connection(key: string, fresh?: boolean): Promise<HookConnection | null>
  /** Wakes the decide lane. */
  stored(firmId: FirmId): void
  counted(connection: string, outcome: HookOutcome): void
}

export type HookOutcome =
  | 'accepted'
  | 'duplicate'
  | 'handshake'
  | 'unknown_connection'
  | 'refused'
  | 'oversized'
  | 'unsupported'

export interface HookAnswer {
  status: 200 | 202 | 400 | 401 | 403 | 404 | 413 | 415 | 422 | 429
  headers?: Record<string, string>
  detail: string
}

/** Far above any webhook of a CMS; what is larger is refused before it is read. */
export const largestHook = 1_048_576

export interface HookDoor {
  accept(connectionKey: string, request: RawRequest, model: string | null): Promise<HookAnswer>
  drain(): Promise<void>
}

/** Unsigned offers of a secret: anybody may make them, so that more than these are not even looked at. */
const handshakes = { burst: 20, perMinute: 10 }
/** One bucket for each connection that there is, and one for all others, in this process's memory: what it guards costs a look-up and no more. */
function handshakeLimit(now: () => Temporal.Instant): (connection: string) => boolean {
  const buckets = new Map<string, { left: number; at: number }>()
  return (connection) => {
    const at = now().epochMilliseconds
    const known = buckets.get(connection) ?? { left: handshakes.burst, at }
    const left = Math.min(
      handshakes.burst,
      known.left + (Math.max(0, at - known.at) / 60_000) * handshakes.perMinute,
    )
    buckets.set(connection, { left: left >= 1 ? left - 1 : left, at })
    return left >= 1
  }
}

export function hookDoor(deps: HookDeps): HookDoor {
  const mayOffer = handshakeLimit(deps.now)
  const writer = (parallel: number): Batcher<Arrival & { firmId: FirmId }, boolean> =>
    batcher({
      key: (a) => a.firmId,
      max: 200,
      parallel,
      gather: 4,
      run: async (firmId, items) => deps.db.forFirm(firmId as FirmId, (tx) => storeArrivals(tx, items)),
    })
  const keyed = writer(2)
  // Without keys the first to come must also be the first to be stored, or its repetitions pass for the original.
  const keyless = writer(1)

  return {
    drain: async () => {
      await keyed.idle()
      await keyless.idle()
    },
    async accept(connectionKey, request, named) {
      // Part of the address that we gave out ourselves; what does not look like one of ours is not looked at.
      const model = named !== null && /^[\w.-]{1,80}$/.test(named) ? named : null
      const answer = (
        outcome: HookOutcome,
        status: HookAnswer['status'],
        detail: string,
        headers?: Record<string, string>,
      ) => {
        deps.counted(outcome === 'unknown_connection' ? 'unknown' : connectionKey, outcome)
        return { status, detail, ...(headers ? { headers } : {}) }
      }
      if (request.body.length > largestHook)
        return answer('oversized', 413, `larger than ${largestHook} bytes`)
      const encoding = request.headers['content-encoding']
      if (encoding !== undefined && encoding !== 'identity')
        return answer('unsupported', 415, `content-encoding ${encoding.slice(0, 40)} is not accepted`)

      let connection = await deps.connection(connectionKey)
      if (!connection) {
        // A handshake may come before our own row is saved. The echo proves nothing and gives nothing away.
        const offered = request.headers['x-hook-secret']
        if (offered !== undefined && /^[\x21-\x7e]{8,512}$/.test(offered) && mayOffer('not yet known'))
          return answer('handshake', 200, 'handshake', { 'x-hook-secret': offered })
        return answer('unknown_connection', 404, 'no such connection')
      }
      const verify = (by: HookConnection) =>
        verifyHook(by.verify, request, { active: by.secrets.map((s) => s.secret) }, deps.now())
      let verdict = verify(connection)
      if ('ok' in verdict && !verdict.ok && connection.verify.scheme === 'clio') {
        connection = (await deps.connection(connectionKey, true)) ?? connection
        verdict = verify(connection)
      }
      if ('handshake' in verdict) {
        if (!mayOffer(connectionKey))
          return answer('refused', 429, 'too many handshakes', { 'retry-after': '60' })
        if (!(await connection.handshake(verdict.handshake, model)))
          return answer('refused', 403, 'nothing is subscribing now')
        return answer('handshake', 200, 'handshake', { 'x-hook-secret': verdict.handshake })
      }
      if (!verdict.ok) return answer('refused', verdict.status, verdict.reason)

      const receivedAt = deps.now()
      const signedModel = connection.secrets[verdict.secretIndex]?.model ?? model
      const parsed = readJson(request.body)
      const input = parsed.ok
        ? { body: parsed.value, headers: request.headers, model: signedModel, receivedAt }
        : null
      if (input && isForged(connection.hooks, input))
        return answer('refused', 422, 'looks like a record that we read ourselves')
      const key = input && deliveryKey(connection.hooks, input)
      const fresh = await (key === null ? keyless : keyed).add({
        firmId: connection.firmId,
        id: deps.newId<DeliveryId>(),
        connectionId: connection.connectionId,
        receivedAt,
        model: signedModel,
        headers: kept(request.headers),
        body: request.body,
        key: key ?? `body:${createHash('sha256').update(request.body).digest('hex')}`,
        keyless: key === null,
      })
      if (!fresh) return answer('duplicate', 200, 'already received')
      deps.stored(connection.firmId)
      return answer('accepted', 202, 'stored')
    },
  }
}

/** Mappings may read headers, but secrets and signatures are not stored. */
function kept(headers: Readonly<Record<string, string>>): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (/^(content-type|user-agent|webhook-id|webhook-timestamp|x-event[a-z-]*|x-request-id)$/.test(name))
      result[name] = value.slice(0, 500).replaceAll('\u0000', '')
  }
  return result
}

/** Webhooks that we subscribe to by the CMS's own API: made, kept alive, made anew when they are gone. */
import type { ConnectionId, FirmId, NewId } from '../kernel/index.ts'
import type { CmsReader, CmsSubscription, OnCmsCall } from '../modules/connections/index.ts'
import type { Database, FirmTx } from '../platform/db/firm-tx.ts'
import { decryptSecret, encryptSecret, type Keys } from '../platform/secrets/index.ts'

interface Row extends Record<string, unknown> {
  id: string
  model: string
  external_id: string | null
  secret: Buffer | null
  state: 'pending' | 'active'
  expires_at: Temporal.Instant | null
}

/** Secrets of the webhooks that are live, by model: which one matches tells what the payload is about. */
export async function hookSecrets(
  db: Database,
  keys: Keys,
  firmId: FirmId,
  connectionId: ConnectionId,
): Promise<{ model: string | null; secret: string }[]> {
  const rows = await live(db, firmId, connectionId)
  return rows.flatMap((row) => {
    const secret = row.state === 'active' && row.secret ? open(keys, firmId, row) : null
    return secret === null ? [] : [{ model: row.model, secret }]
  })
}

/** Someone offers a secret while we subscribe: kept beside the pending row, trusted only once our own call confirms it. @returns whether anything was pending */
export async function offerHandshake(
  db: Database,
  keys: Keys,
  firmId: FirmId,
  connectionId: ConnectionId,
  model: string | null,
  secret: string,
): Promise<boolean> {
  return db.forFirm(firmId, async (tx) => {
    const rows = await tx.rows<Row>(
      `select id, model, external_id, secret, state, expires_at from hook_subscriptions
       where connection_id = $1 and state = 'pending' and ($2::text is null or model = $2)`,
      [connectionId, model],
    )
    for (const row of rows)
      await tx.run(`update hook_subscriptions set secret = $2 where id = $1 and state = 'pending'`, [
        row.id,
        seal(keys, firmId, row.id, secret),
      ])
    return rows.length > 0
  })
}

export interface SubscriptionDeps {
  db: Database
  keys: Keys
  now(): Temporal.Instant
  newId: NewId
  onCall: OnCmsCall
  /** Webhooks that were there are made anew: for a while nothing may have been told. */
  onGap(tx: FirmTx, connectionId: ConnectionId): Promise<void>
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
}

/** Renewed when less than this is left. */
const renewBefore = { hours: 24 * 7 }

/**
 * Makes sure that each model of the CMS has one live webhook that leads here.
 *
 * @param hookUrl where this connection's webhooks go, without the model
 * @returns true when anything was made or renewed
 */
export async function ensureSubscriptions(
  deps: SubscriptionDeps,
  firmId: FirmId,
  connectionId: ConnectionId,
  reader: CmsReader,
  hookUrl: string,
): Promise<boolean> {
  const subscriptions = reader.subscriptions
  if (!subscriptions) return false
  const listed = await subscriptions.list(deps.onCall)
  if (!listed.ok) {
    deps.log.warn(
      { firm: firmId, connection: connectionId, reason: listed.detail },
      'webhooks could not be listed',
    )
    return false
  }
  const now = deps.now()
  const alive = (s: CmsSubscription) =>
    s.state === 'active' && (s.expiresAt === null || Temporal.Instant.compare(s.expiresAt, now) > 0)
  let changed = false
  let gap = false
  for (const model of subscriptions.models) {
    const url = `${hookUrl}?model=${encodeURIComponent(model.model)}`
    const rows = (await live(deps.db, firmId, connectionId)).filter((r) => r.model === model.model)
    const there = listed.value.find(
      (s) =>
        alive(s) &&
        s.url === url &&
        // One whose secret can't be opened (another SECRET_KEY) is as good as gone.
        rows.some((r) => r.external_id === s.externalId && r.secret && open(deps.keys, firmId, r) !== null),
    )
    const expiresAt = now.add({ hours: 24 * subscriptions.longestDays - 1 })
    if (there) {
      const soon = there.expiresAt && Temporal.Instant.compare(there.expiresAt, now.add(renewBefore)) < 0
      if (!soon) continue
      const renewed = await subscriptions.renew(there.externalId, expiresAt, deps.onCall)
      if (!renewed.ok) {
        deps.log.warn({ firm: firmId, model: model.model, reason: renewed.detail }, 'webhook not renewed')
        continue
      }
      await deps.db.forFirm(firmId, (tx) =>
        tx.run(
          'update hook_subscriptions set expires_at = $3 where connection_id = $1 and external_id = $2',
          [connectionId, there.externalId, renewed.value.expiresAt],
        ),
      )
      changed = true
      continue
    }
    // Ours by address but not by secret (made by a process that died before it wrote the answer down), suspended, or
    // at its end.
    for (const stray of listed.value.filter((s) => s.url === url))
      await subscriptions.end(stray.externalId, deps.onCall)
    const { id, before } = await openPending(deps, firmId, connectionId, model.model, now)
    const made = await subscriptions.subscribe({ ...model, url, expiresAt }, deps.onCall)
    if (!made.ok || !made.value.secret) {
      deps.log.warn(
        { firm: firmId, model: model.model, reason: made.ok ? 'no secret came back' : made.detail },
        'webhook not made',
      )
      continue
    }
    const { externalId, secret, expiresAt: until } = made.value
    await deps.db.forFirm(firmId, (tx) =>
      tx.run(
        `update hook_subscriptions set state = 'active', external_id = $2, secret = $3, expires_at = $4 where id = $1`,
        [id, externalId, seal(deps.keys, firmId, id, secret!), until],
      ),
    )
    deps.log.info({ firm: firmId, model: model.model }, 'webhook made')
    changed = true
    gap ||= before
  }
  if (gap) await deps.db.forFirm(firmId, (tx) => deps.onGap(tx, connectionId))
  return changed
}

/**
 * Ends a connection's webhooks, at the CMS as far as it answers, and here.
 */
export async function endSubscriptions(
  db: Database,
  firmId: FirmId,
  connectionId: ConnectionId,
  reader: CmsReader | undefined,
): Promise<void> {
  for (const row of await live(db, firmId, connectionId))
    if (row.external_id !== null) await reader?.subscriptions?.end(row.external_id, () => {})
  await db.forFirm(firmId, (tx) =>
    tx.run(`update hook_subscriptions set state = 'ended' where connection_id = $1 and state <> 'ended'`, [
      connectionId,
    ]),
  )
}

/** The row is there before the call, since the handshake may come before the call returns. */
async function openPending(
  deps: SubscriptionDeps,
  firmId: FirmId,
  connectionId: ConnectionId,
  model: string,
  now: Temporal.Instant,
): Promise<{ id: string; before: boolean }> {
  const id = deps.newId<string>()
  const before = await deps.db.forFirm(firmId, async (tx) => {
    // One that never came to life leaves no gap behind.
    const earlier = await tx.rows(
      'select from hook_subscriptions where connection_id = $1 and model = $2 and external_id is not null limit 1',
      [connectionId, model],
    )
    await tx.run(
      `update hook_subscriptions set state = 'ended' where connection_id = $1 and model = $2 and state <> 'ended'`,
      [connectionId, model],
    )
    await tx.run(
      `insert into hook_subscriptions (firm_id, id, connection_id, model, state, opened_at)
       values (current_firm(), $1, $2, $3, 'pending', $4)`,
      [id, connectionId, model, now],
    )
    return earlier.length > 0
  })
  return { id, before }
}

const live = (db: Database, firmId: FirmId, connectionId: ConnectionId) =>
  db.forFirm(firmId, (tx) =>
    tx.rows<Row>(
      `select id, model, external_id, secret, state, expires_at from hook_subscriptions
       where connection_id = $1 and state <> 'ended'`,
      [connectionId],
      'subscriptions_live',
    ),
  )

/** Secrets of the firm's webhooks as they lie in the database, each with the name that its encryption is bound to. */
export async function loadHookSecrets(tx: FirmTx): Promise<{ id: string; name: string; secret: Buffer }[]> {
  const rows = await tx.rows<{ id: string; secret: Buffer }>(
    `select id, secret from hook_subscriptions
     where firm_id = current_firm() and state <> 'ended' and secret is not null order by id for update`,
  )
  return rows.map((row) => ({ ...row, name: boundTo(row.id) }))
}

export async function saveHookSecret(tx: FirmTx, id: string, secret: Buffer): Promise<void> {
  await tx.run('update hook_subscriptions set secret = $2 where id = $1', [id, secret])
}

const boundTo = (id: string): string => `hook ${id}`
const seal = (keys: Keys, firmId: FirmId, id: string, secret: string) =>
  encryptSecret(secret, keys.encryption, firmId, boundTo(id))
const open = (keys: Keys, firmId: FirmId, row: Row) =>
  decryptSecret(row.secret!, keys.encryption, firmId, boundTo(row.id))

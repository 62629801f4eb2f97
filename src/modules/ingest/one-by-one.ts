/**
 * What to do when a batch of deliveries fails: one that can't be worked off must not keep a firm's others waiting.
 * They are taken one at a time, and the one that fails goes to quarantine.
 */
import type { ConnectionId, DeliveryId, FirmId, NewId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { quarantine } from './store.ts'

/**
 * PostgreSQL's classes of errors that the values themselves cause: data exception, integrity, program limit exceeded
 * (postgresql.org/docs/18/errcodes-appendix.html). All others say something about the server or the moment.
 */
const ownFault = /^(22|23|54)[0-9A-Z]{3}$/

/**
 * Whether another try could fare better: the connection was lost, a deadlock, no configuration to decide with. Then
 * nothing is the matter with the delivery.
 */
export function mayPass(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (typeof code === 'string') return !ownFault.test(code)
  return ![TypeError, RangeError, SyntaxError, URIError].some((kind) => error instanceof kind)
}

/** What happened, in words that hold nothing of the payload: messages of errors may quote it. */
export function faultName(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (typeof code === 'string') return `database error ${code}`
  return error instanceof Error ? error.name : 'error'
}

export interface Poisoned {
  deliveryId: DeliveryId
  connectionId: ConnectionId
  fault: string
}

export interface SetAsideDeps {
  db: Database
  now(): Temporal.Instant
  newId: NewId
  /** The operators should know. */
  poisoned(tx: FirmTx, poisoned: Poisoned, error: unknown): Promise<void>
}

/** Puts a delivery aside that can't be worked off. A person can look at it, and have it tried again after a fix. */
export async function setAside(
  deps: SetAsideDeps,
  firmId: FirmId,
  deliveryId: DeliveryId,
  error: unknown,
): Promise<void> {
  const fault = faultName(error)
  await deps.db.forFirm(firmId, async (tx) => {
    const now = deps.now()
    const [delivery] = await tx.rows<{ connection_id: ConnectionId }>(
      `update inbound_deliveries set state = 'quarantined', reason = 'mapping_error', waiting_for = null
       where id = $1 and state = 'stored' returning connection_id`,
      [deliveryId],
    )
    // Another process has worked it off meanwhile.
    if (!delivery) return
    const { connection_id: connectionId } = delivery
    const detail = { message: 'it could not be worked off; the log of this moment says more', fault }
    await quarantine(
      tx,
      [{ connectionId, deliveryId, kind: 'mapping_error', rawStatus: null, detail }],
      now,
      deps.newId,
    )
    await record(
      tx,
      [
        {
          actor: 'tipstaff',
          action: 'delivery.set_aside',
          subject: `delivery:${deliveryId}`,
          data: { fault },
        },
      ],
      now,
    )
    await deps.poisoned(tx, { deliveryId, connectionId, fault }, error)
  })
}

/** The doors for what comes back: receipts, incoming texts, one-click unsubscribes. */
import type { Clock, ConnectionId, FirmId, MessageId, NewId, RawRequest } from '../kernel/index.ts'
import { recordConsent } from '../modules/consent/index.ts'
import { receiveTexts } from '../modules/conversations/index.ts'
import { type DeliveryNews, type Receipt, writeReceipts } from '../modules/delivery/index.ts'
import type { StatusMap } from '../modules/matters/index.ts'
import { answerText } from '../modules/reminders/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import { batcher } from '../platform/jobs/batcher.ts'
import type { Metrics } from '../platform/metrics/index.ts'
import { type Keys, readToken } from '../platform/secrets/index.ts'
import type { Firms } from './firms.ts'

export interface CallbackDeps {
  db: Database
  clock: Clock
  newId: NewId
  salt(): Uint8Array
  firms: Firms
  news: DeliveryNews
  metrics: Metrics
  nudge(lane: string, firmId: FirmId): void
  connectionByKey(key: string): Promise<{ firm_id: FirmId; connection_id: ConnectionId }[]>
}

export interface CallbackAnswer {
  status: 200 | 204 | 400 | 401 | 403 | 404 | 413 | 415 | 422
  body?: string
  contentType?: string
  detail?: string
}

interface Arrived {
  firmId: FirmId
  connectionId: ConnectionId
  provider: string
  receipt: Receipt
}

const failures: ReadonlySet<string> = new Set(['undelivered', 'failed', 'bounced', 'dropped'])

export function callbackDoors(deps: CallbackDeps) {
  const receipts = batcher<Arrived, null>({
    key: (a) => `${a.firmId} ${a.connectionId}`,
    max: 200,
    gather: 20,
    run: async (key, items) => {
      const [firmId, connectionId] = key.split(' ') as [FirmId, ConnectionId]
      const { delivery } = await deps.firms.open(firmId)
      await deps.db.forFirm(firmId, (tx) =>
        writeReceipts(
          tx,
          items.map((i) => i.receipt),
          {
            now: deps.clock.now(),
            connectionId,
            provider: items[0]!.provider,
            schedule: delivery.schedule,
            newId: deps.newId,
            news: deps.news,
          },
        ),
      )
      return items.map(() => null)
    },
  })

  const find = async (key: string) => {
    const [found] = await deps.connectionByKey(key)
    if (!found) return null
    const firm = await deps.firms.open(found.firm_id)
    const connection = firm.connections.get(found.connection_id)
    return connection?.callbacks ? { ...found, firm, connection, callbacks: connection.callbacks } : null
  }

  const finalStates = ({ statuses }: { statuses: StatusMap }) =>
    new Set(
      [...statuses.states.values()].filter((state) => state.next.length === 0).map((state) => state.key),
    )

  return {
    async receipts(key: string, request: RawRequest): Promise<CallbackAnswer> {
      const found = await find(key)
      if (!found) return { status: 404, detail: 'no such connection' }
      const provider = found.connection.kind
      const read = found.callbacks.receipts(request)
      if (!read.ok) {
        deps.metrics.callbacks.inc({ provider, outcome: 'refused' })
        return { status: read.status, detail: read.reason }
      }
      await Promise.all(
        read.receipts.map((receipt) =>
          receipts.add({ firmId: found.firm_id, connectionId: found.connection_id, provider, receipt }),
        ),
      )
      for (const { kind } of read.receipts) deps.metrics.receipts.inc({ provider, kind })
      deps.metrics.callbacks.inc({ provider, outcome: 'accepted' })
      // What did not arrive may go to the client's next address at once.
      if (read.receipts.some(({ kind }) => failures.has(kind))) deps.nudge('deliver', found.firm_id)
      return { status: 204 }
    },

    async texts(key: string, request: RawRequest): Promise<CallbackAnswer> {
      const found = await find(key)
      if (!found?.callbacks.texts) return { status: 404, detail: 'no such connection' }
      const provider = found.connection.kind
      const read = found.callbacks.texts(request)
      if (!read.ok) {
        deps.metrics.callbacks.inc({ provider, outcome: 'refused' })
        return { status: read.status, detail: read.reason }
      }
      const received = await deps.db.forFirm(found.firm_id, (tx) =>
        receiveTexts(tx, read.texts, {
          now: deps.clock.now(),
          connectionId: found.connection_id,
          newId: deps.newId,
          firmName: found.firm.code.program.settings.name,
          finalStates: finalStates(found.firm.code.program),
          answer: (inside, text) =>
            answerText(inside, text, {
              now: () => deps.clock.now(),
              newId: deps.newId,
              salt: deps.salt,
              program: async (asking) => {
                const { program, reminders } = await deps.firms.code(asking)
                return { program, plans: new Map(reminders.plans.map((plan) => [plan.key, plan])) }
              },
              nudge: deps.nudge,
            }),
        }),
      )
      for (const { meaning } of received) deps.metrics.texts.inc({ meaning })
      const answer = found.callbacks.textAnswer?.(received.find((r) => r.reply)?.reply ?? null)
      return answer ? { status: 200, body: answer.body, contentType: answer.contentType } : { status: 204 }
    },

    /** RFC 8058: the POST alone ends it; nothing but the token says whom it is about. */
    async unsubscribe(token: string, keys: Keys, act: boolean): Promise<'done' | 'shown' | 'refused'> {
      const read = readToken<{ f: FirmId; m: MessageId }>('unsubscribe', token, keys.tokens, deps.clock.now())
      if (!read.ok) return 'refused'
      if (!act) return 'shown'
      const { f, m } = read.payload
      return deps.db.forFirm(f, async (tx) => {
        // A digest speaks for several purposes: who stops it stops all that it says.
        const [message] = await tx.rows<{ channel: 'sms' | 'email'; address: string; purposes: string[] }>(
          `select m.channel, m.address, coalesce(d.purposes, array[m.purpose]) as purposes
           from messages m left join digests d on d.id = m.carries where m.id = $1`,
          [m],
        )
        if (!message) return 'refused'
        const { channel, address, purposes } = message
        for (const purpose of purposes)
          await recordConsent(tx, {
            channel,
            address,
            purpose,
            granted: false,
            how: 'one-click unsubscribe',
            by: 'client',
            at: deps.clock.now(),
          })
        return 'done'
      })
    },

    drain: () => receipts.idle(),
  }
}

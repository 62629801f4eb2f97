/** How long a queue will take, so that staff know before a client asks. */
import type { Channel, ConnectionId, Purpose } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { ClientWishes, QuietQuestion, QuietTable } from '../moments/index.ts'
import { type Sleep, whenThrough } from './estimate.ts'
import { untilLifted } from './types.ts'

export interface QueueEstimate {
  connectionId: ConnectionId
  channel: Channel
  queued: number
  /** What the rate alone takes. Null: no rate limit is set. */
  seconds: number | null
  /** When the last one leaves, quiet hours included; null: not within a month. */
  throughBy: Temporal.Instant | null
  /** How many of them wait for the end of their client's quiet hours first. */
  afterQuietHours: number
}

export interface QueueRules {
  rates: ReadonlyMap<ConnectionId, { perSecond: number } | null>
  quiet: QuietTable
}

interface Row extends Record<string, unknown> {
  connection_id: ConnectionId
  channel: Channel
  batch: string
  zone: string | null
  region: string | null
  wishes: ClientWishes | null
  purpose: Purpose
  urgent: boolean
  count: number
}

export async function estimateQueue(
  tx: FirmTx,
  { rates, quiet }: QueueRules,
  now: Temporal.Instant,
): Promise<QueueEstimate[]> {
  const rows = await tx.rows<Row>(
    // In the order of claims; a minute is near enough for what is due when.
    `select m.connection_id, m.channel, concat(o.urgent, date_trunc('minute', o.due_at)) as batch, c.time_zone as zone,
       c.data ->> 'region' as region, c.wishes, m.purpose, m.urgent, count(*)::int as count
     from open_messages o join messages m on m.id = o.message_id left join clients c on c.id = m.client_id
     where o.firm_id = current_firm() and o.state = 'queued' and o.due_at <= $1
     group by 1, 2, o.urgent, date_trunc('minute', o.due_at), c.time_zone, c.data ->> 'region', c.wishes, m.purpose, m.urgent
     order by 1, 2, o.urgent desc, date_trunc('minute', o.due_at)`,
    [now],
  )
  const questions = new Map<string, QuietQuestion>()
  const hoursOf = (row: Row): string => {
    const question: QuietQuestion = {
      // Nothing is asked here that differs between clients who keep the same hours.
      clientId: '',
      channel: row.channel,
      purpose: row.purpose,
      urgent: row.urgent,
      timeZone: row.zone,
      region: row.region,
      wishes: row.wishes,
    }
    const name = JSON.stringify(question)
    questions.set(name, question)
    return name
  }
  const sleep: Sleep = {
    until(moment, hours) {
      const found = quiet.look(moment, questions.get(hours)!)
      return found.quiet ? (found.until ?? untilLifted) : null
    },
    next: (moment, hours) => quiet.next(moment, questions.get(hours)!),
  }
  return [...Map.groupBy(rows, (r) => `${r.connection_id} ${r.channel}`).values()].map((those) => {
    const { connection_id: connectionId, channel } = those[0]!
    const rate = rates.get(connectionId) ?? null
    const queued = those.reduce((sum, row) => sum + row.count, 0)
    const batches = [...Map.groupBy(those, (row) => row.batch).values()].map((batch) =>
      batch.map((row) => ({ hours: hoursOf(row), count: row.count })),
    )
    const through = whenThrough(batches, rate?.perSecond ?? null, sleep, now)
    return {
      connectionId,
      channel,
      queued,
      seconds: rate ? Math.ceil(queued / rate.perSecond) : null,
      throughBy: through.at,
      afterQuietHours: through.afterQuiet,
    }
  })
}

/** What waits for the end of quiet hours, and what becomes of it by other hours. */
import type { Channel, ClientId, Purpose } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { untilLifted } from '../delivery/index.ts'
import type { ClientWishes, QuietTable } from '../moments/index.ts'

interface WaitingRow extends Record<string, unknown> {
  client_id: ClientId
  channel: Channel
  purpose: Purpose
  urgent: boolean
  due_at: Temporal.Instant
  time_zone: string | null
  region: string | null
  wishes: ClientWishes | null
}

/** As the gate says it, and as the last look before an attempt does. */
const forQuiet = `(m.reason like 'quiet hours%' or m.reason = 'quiet_hours')`
const held = `from open_messages o join messages m on m.id = o.message_id
  where o.firm_id = current_firm() and o.state = 'held' and m.state = 'held' and ${forQuiet}`

export async function countQuiet(tx: FirmTx): Promise<number> {
  const [row] = await tx.rows<{ n: number }>(`select count(*)::int as n ${held}`)
  return row!.n
}

export interface QuietShift {
  waiting: number
  atOnce: number
  sooner: number
  later: number
  same: number
}

/**
 * Where each would leave by other hours, all else being as it is.
 *
 * @param table the other hours
 */
export async function quietShift(tx: FirmTx, table: QuietTable, now: Temporal.Instant): Promise<QuietShift> {
  const rows = await tx.rows<WaitingRow>(
    `select m.client_id, m.channel, m.purpose, m.urgent, m.due_at, c.time_zone, c.data ->> 'region' as region, c.wishes
     from (select m.* ${held}) m left join clients c on c.id = m.client_id`,
  )
  const shift: QuietShift = { waiting: rows.length, atOnce: 0, sooner: 0, later: 0, same: 0 }
  for (const row of rows) {
    const quiet = table.look(now, {
      clientId: row.client_id,
      channel: row.channel,
      purpose: row.purpose,
      urgent: row.urgent,
      timeZone: row.time_zone,
      region: row.region,
      wishes: row.wishes,
    })
    if (!quiet.quiet) shift.atOnce++
    else {
      const order = Temporal.Instant.compare(quiet.leaves ?? untilLifted, row.due_at)
      shift[order < 0 ? 'sooner' : order > 0 ? 'later' : 'same']++
    }
  }
  return shift
}

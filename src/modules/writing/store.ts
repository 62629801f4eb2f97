/** What was written by hand before. */
import type { MatterId, MessageId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export interface Written {
  messageId: MessageId
  matterId: MatterId
  state: string
  reason: string | null
  dueAt: Temporal.Instant
  data: { template?: unknown; channel?: unknown; typed?: unknown }
}

/** By the key of the page that sent it; the first message, where another address took its place. */
export async function writtenBefore(tx: FirmTx, key: string): Promise<Written | null> {
  const [row] = await tx.rows<Written & Record<string, unknown>>(
    `select m.id as "messageId", e.matter_id as "matterId", m.state, m.reason, m.due_at as "dueAt", e.data
     from events e join notices n on n.event_id = e.id join messages m on m.notice_id = n.id
     where e.firm_id = current_firm() and e.type = 'message.written' and e.subject = $1 order by m.id limit 1`,
    [`written:${key}`],
    'written_before',
  )
  return row ?? null
}

/** When this client was last told this, by whoever or whatever. */
export async function saidLast(
  tx: FirmTx,
  clientId: string,
  template: string,
): Promise<Temporal.Instant | null> {
  const [row] = await tx.rows<{ at: Temporal.Instant }>(
    `select created_at as at from messages where client_id = $1 and template_key = $2 and state <> 'cancelled'
     order by created_at desc limit 1`,
    [clientId, template],
    'said_last',
  )
  return row?.at ?? null
}

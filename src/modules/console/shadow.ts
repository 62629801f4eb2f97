/** What a shadow kept to itself: messages that would have gone, had this deployment been the real one. */
import type { MessageId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export interface ShadowedMessage {
  id: MessageId
  at: Temporal.Instant
  channel: string
  purpose: string
  rule: string
  template: string
  language: string
  client: string
  matter: string | null
  subject: string | null
  body: string | null
}

/**
 * @param mark how the ids of attempts begin that reached nobody
 * @param since from when on; @param limit at most so many, the newest
 * @returns oldest first
 */
export async function shadowed(
  tx: FirmTx,
  { mark, since, limit }: { mark: string; since: Temporal.Instant; limit: number },
): Promise<ShadowedMessage[]> {
  const rows = await tx.rows<ShadowedMessage & Record<string, unknown>>(
    `select m.id, m.sent_at as at, m.channel, m.purpose, n.rule_key as rule, m.template_key as template, m.language,
            c.name as client, coalesce(t.number, t.external_id) as matter, m.subject, m.body
     from messages m join notices n on n.id = m.notice_id join clients c on c.id = m.client_id
     left join matters t on t.id = m.matter_id
     where m.firm_id = current_firm() and m.provider_message_id like $1 and m.sent_at >= $2
     order by m.sent_at desc, m.id desc limit $3`,
    [`${mark}%`, since, limit],
  )
  return rows.reverse()
}

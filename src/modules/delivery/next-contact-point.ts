/** When an address turned out not to work, the client's next one on the same channel is tried, once each. */
import type { MessageId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { readdressed } from '../templates/index.ts'

/**
 * Queues a copy for the next usable contact point of each client. The guard looks at the new address as at any other.
 *
 * @returns the messages for which there was one
 */
export async function tryNextContactPoint(
  tx: FirmTx,
  messageIds: readonly MessageId[],
  context: { now: Temporal.Instant; newId: NewId },
): Promise<Set<MessageId>> {
  const helped = new Set<MessageId>()
  const candidates = await tx.rows<{
    old: MessageId
    point: string
    address: string
    calendar: string | null
  }>(
    `select distinct on (m.id) m.id as old, p.id as point, p.address, m.calendar
     from messages m join contact_points p on p.client_id = m.client_id and p.channel = m.channel
     where m.id = any($1) and p.suppressed_at is null and p.removed_at is null and p.id <> m.contact_point_id
       and not exists (select from messages o where o.notice_id = m.notice_id and o.channel = m.channel
                       and o.address = p.address)
       and not exists (select from consents s where s.firm_id = m.firm_id and s.channel = m.channel and s.address = lower(p.address)
                       and s.purpose in ('*', m.purpose) and not s.granted)
     order by m.id, p.rank, p.id`,
    [messageIds],
  )
  for (const { old, point, address, calendar } of candidates) {
    const id = context.newId<MessageId>()
    const [made] = await tx.rows<{ hash: string }>(
      `insert into messages (firm_id, id, notice_id, matter_id, client_id, contact_point_id, connection_id, channel,
         address, purpose, urgent, template_key, template_version, language, subject, body, salt, segments, calendar, carries, state, reason,
         due_at, cause, created_at)
       select firm_id, $2, notice_id, matter_id, client_id, $3, connection_id, channel, $4, purpose, urgent, template_key,
         template_version, language, subject, body, salt, segments, $6, carries, 'queued', 'next contact point', $5,
         cause || ' then ' || $4, $5
       from messages where id = $1 and body is not null
       on conflict (firm_id, cause) do nothing
       returning encode(sha256(salt || convert_to(body, 'UTF8')), 'hex') as hash`,
      // It invites whom the mail is for.
      [old, id, point, address, context.now, calendar === null ? null : readdressed(calendar, address)],
    )
    if (!made) continue
    helped.add(old)
    await record(
      tx,
      [
        {
          actor: 'tipstaff',
          action: 'message.next_contact_point',
          subject: `message:${id}`,
          // The record vouches for the words of each message, also where they were written for another.
          data: { instead_of: old, bodyHash: made.hash },
        },
      ],
      context.now,
    )
  }
  return helped
}

/** Everything that an entry of the record can be about when it is about a client or a matter. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'

/**
 * @param of.clientIds with all their matters
 * @returns subjects as they stand in the record: `message:<id>`; none that is closed to whoever asks
 */
export async function subjectsAbout(
  tx: FirmTx,
  of: { clientIds: readonly string[]; matterIds: readonly string[] },
): Promise<string[]> {
  const rows = await tx.rows<{ subject: string }>(
    `with m as materialized (
       select id, client_id, external_id from matters where id = any($2::uuid[])
       union select id, client_id, external_id from matters where client_id = any($1::uuid[])),
     c as materialized (select id, external_id from clients where id = any($1::uuid[])),
     said as materialized (
       select id, digest_id from messages where matter_id in (select id from m)
       union select id, digest_id from messages where client_id in (select id from c)),
     happened as materialized (select id, delivery_id from events where matter_id in (select id from m)),
     addressed as materialized (
       select distinct address from contact_points
       where client_id in (select id from c union select client_id from m))
     select 'matter:' || id as subject from m
     union select 'client:' || id from c
     union select 'message:' || id from said
     union select 'digest:' || digest_id from said where digest_id is not null
     union select 'message:' || x.id from messages x where x.carries in (select digest_id from said)
     union select 'event:' || id from happened
     union select 'delivery:' || delivery_id from happened where delivery_id is not null
     union select 'task:' || id from tasks where matter_id in (select id from m) or client_id in (select id from c)
     union select 'appointment:' || id from facts where matter_id in (select id from m) and kind = 'appointment'
     union select 'text:' || t.id from incoming_texts t
       where t.firm_id = $3 and t.from_address in (select address from addressed)
         and (t.matter_ids && array(select id from m) or t.client_ids && array(select id from c))
     union select 'quality:' || q.id from quality_items q where q.firm_id = $3 and q.external_id in
       (select external_id from m union select external_id from c)`,
    [of.clientIds, of.matterIds, tx.firmId],
  )
  return rows.map((row) => row.subject)
}

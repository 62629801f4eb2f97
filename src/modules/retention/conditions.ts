/**
 * What is old enough, what stands in the way, in SQL: the same words for counting and for deleting. `$1` is the rule's
 * purpose, `$2` its moment; `$3` the moments of all rules as JSON: `{"status": "2024-…"}`.
 */

/** When a message's life ended, as far as it has. */
const ended = 'greatest(m.created_at, m.sent_at, m.settled_at)'

export const oldMessage = `m.firm_id = current_firm() and m.body is not null and m.purpose = $1 and m.created_at < $2
  and ${ended} < $2`

/** It may still be sent, or a person may still decide that it is; a digest waits for the longest of what it says. */
export const messageNeeded = `(m.state in ('held', 'queued', 'sending', 'unknown')
  or exists (select from dead_letters l where l.message_id = m.id and l.state = 'open')
  or exists (select from cms_writes w where w.source_id = m.id and w.state in ('queued', 'writing'))
  or exists (select from digests d, unnest(d.purposes) p
    where d.id = m.carries and coalesce(${ended} >= ($3::jsonb ->> p)::timestamptz, true)))`

export const messageHeld = 'message_on_hold(m.matter_id, m.client_id, m.carries)'

export const oldText = 't.firm_id = current_firm() and t.body is not null and t.received_at < $1'

/** Somebody has not answered it yet. */
export const textNeeded = `exists (select from tasks k
  where k.firm_id = t.firm_id and k.cause = 'text ' || t.id and k.state = 'open')`

export const textHeld = 'text_on_hold(t.matter_ids, t.client_ids)'

export const oldDelivery = 'd.firm_id = current_firm() and d.body is not null and d.received_at < $1'

/** Not worked off yet, not understood yet, or what came of it waits. */
export const deliveryNeeded = `(d.state not in ('done', 'ignored')
  or exists (select from quarantine q where q.delivery_id = d.id and q.state = 'open')
  or exists (select from events e join notices n on n.event_id = e.id
    where e.delivery_id = d.id and n.state in ('decided', 'held')))`

export const deliveryHeld = 'delivery_on_hold(d.id)'

/** Something that came of it has its words still. */
export const deliverySpoken = `exists (select from events e join notices n on n.event_id = e.id
  join messages o on o.notice_id = n.id where e.delivery_id = d.id and o.body is not null)`

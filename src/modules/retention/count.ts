/** What each rule would do now, without doing it. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import * as when from './conditions.ts'
import { momentsOf } from './store.ts'
import type { Cutoff, RetentionCount } from './types.ts'

interface Split {
  due: number
  held: number
  needed: number
}

export async function countRetention(tx: FirmTx, cutoffs: readonly Cutoff[]): Promise<RetentionCount[]> {
  const counts: RetentionCount[] = []
  for (const cutoff of cutoffs) {
    const none = { due: 0, held: 0, needed: 0 }
    const messages = cutoff.rule === 'webhooks' ? none : await messagesOf(tx, cutoff, cutoffs)
    const texts = cutoff.rule === 'conversation' ? await textsOf(tx, cutoff) : none
    const webhooks =
      cutoff.rule === 'webhooks' ? await payloadsOf(tx, cutoff) : await payloadsBehind(tx, cutoff, cutoffs)
    counts.push({
      rule: cutoff.rule,
      months: cutoff.months,
      before: cutoff.before.toString(),
      messages: messages.due,
      texts: texts.due,
      webhooks: webhooks.due,
      onHold: messages.held + texts.held + webhooks.held,
      stillNeeded: messages.needed + texts.needed + webhooks.needed,
    })
  }
  return counts
}

/** A hold is named before all else: it is what somebody will ask about. */
const split = (held: string, needed: string, from: string): string =>
  `select count(*) filter (where not held and not needed)::int as due, count(*) filter (where held)::int as held,
     count(*) filter (where needed and not held)::int as needed
   from (select ${held} as held, ${needed} as needed from ${from}) x`

const one = async (tx: FirmTx, sql: string, values: readonly unknown[]): Promise<Split> =>
  (await tx.rows<Split & Record<string, unknown>>(sql, values))[0]!

const messagesOf = (tx: FirmTx, { rule, before }: Cutoff, all: readonly Cutoff[]) =>
  one(tx, split(when.messageHeld, when.messageNeeded, `messages m where ${when.oldMessage}`), [
    rule,
    before,
    momentsOf(all),
  ])

const textsOf = (tx: FirmTx, { before }: Cutoff) =>
  one(tx, split(when.textHeld, when.textNeeded, `incoming_texts t where ${when.oldText}`), [before])

const payloadsOf = (tx: FirmTx, { before }: Cutoff) =>
  one(tx, split(when.deliveryHeld, when.deliveryNeeded, `inbound_deliveries d where ${when.oldDelivery}`), [
    before,
  ])

/** Those whose last words this rule would take: the same question as in deletePayloads, asked beforehand. */
async function payloadsBehind(tx: FirmTx, { rule, before }: Cutoff, all: readonly Cutoff[]): Promise<Split> {
  const [row] = await tx.rows<{ due: number }>(
    `with going as materialized (
       select m.id, m.notice_id from messages m
       where ${when.oldMessage} and not ${when.messageNeeded} and not ${when.messageHeld})
     select count(distinct d.id)::int as due
     from going g join notices n on n.id = g.notice_id join events e on e.id = n.event_id
       join inbound_deliveries d on d.id = e.delivery_id
     where d.body is not null and d.received_at < $2 and not ${when.deliveryNeeded} and not ${when.deliveryHeld}
       and not exists (select from events f join notices o on o.event_id = f.id join messages x on x.notice_id = o.id
         where f.delivery_id = d.id and x.body is not null and x.id not in (select id from going))`,
    [rule, before, momentsOf(all)],
  )
  return { due: row!.due, held: 0, needed: 0 }
}

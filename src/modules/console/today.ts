/** What a person looks at first: what needs them, and what goes out. */
import type { Page } from '../../../contracts/common.ts'
import type { ListedMessage, Today } from '../../../contracts/today.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { configuredStates, type States } from './configured-states.ts'
import { deadLetterPage, heldPage, type PageQuery, quarantinePage, taskPage, unhandledPage } from './lists.ts'
import { qualityPage } from './quality.ts'
import { outRows, pageFrom } from './rows.ts'

/**
 * @param limit of each list
 * @param known the firm's states; absent: as they are configured
 */
export async function todayOf(tx: FirmTx, limit: number, known?: States): Promise<Today> {
  const states = known ?? (await configuredStates(tx))
  const [deadLetters, tasks, quarantine, held, quality, events] = await Promise.all([
    deadLetterPage(tx, { limit, state: 'open' }),
    taskPage(tx, { limit, state: 'open' }, states),
    quarantinePage(tx, { limit }, states),
    heldPage(tx, { scope: 'firm', id: tx.firmId }, { limit }),
    qualityPage(tx, { limit, state: 'open' }),
    unhandledPage(tx, { limit }),
  ])
  return { deadLetters, tasks, quarantine, held, quality, events }
}

/** By `messages_created`, from its end: as many rows as the page has, however much was ever said. */
export const messagesStatement = `
  select m.id, m.created_at as at, m.channel, m.address, m.template_key as template, m.state, m.reason,
         m.due_at as "dueAt", m.sent_at as "sentAt", m.settled_at as "settledAt", m.opened_at as "openedAt",
         m.machine_opened_at as "machineOpenedAt", m.clicked_at as "clickedAt", m.replied_at as "repliedAt",
         m.client_id as "clientId", c.name as client, c.time_zone as "timeZone", m.matter_id as "matterId",
         coalesce(t.number, t.external_id) as matter
  from messages m left join clients c on c.id = m.client_id left join matters t on t.id = m.matter_id
  where m.firm_id = current_firm() and m.created_at <= $1 and ($2::uuid is null or (m.created_at, m.id) < ($1, $2))
  order by m.created_at desc, m.id desc limit $3`

const far = Temporal.Instant.from('9999-12-31T23:59:59Z')

/**
 * Every message, the newest first, whatever became of it.
 * @returns null: the cursor is no message that they may see
 */
export async function messagePage(tx: FirmTx, query: PageQuery): Promise<Page<ListedMessage> | null> {
  let before = far
  if (query.cursor !== undefined) {
    const [last] = await tx.rows<{ at: Temporal.Instant }>(
      'select created_at as at from messages where id = $1',
      [query.cursor],
      'console_messages_from',
    )
    if (!last) return null
    before = last.at
  }
  const values = [before, query.cursor ?? null, query.limit + 1]
  return pageFrom(
    await outRows<ListedMessage>(tx, messagesStatement, values, 'console_messages'),
    query.limit,
  )
}

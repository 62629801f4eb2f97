/** Pages of what waits or is open, the newest first. Ids are ordered by time, so an id is the cursor. */
import type { Page } from '../../../contracts/common.ts'
import type {
  DeadLetter,
  HeldItem,
  NamedState,
  QuarantineItem,
  Task,
  UnhandledEvent,
} from '../../../contracts/operations.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { stateLabel } from '../matters/index.ts'
import { configuredStates, type States } from './configured-states.ts'
import { namesOfActors, outRows, pageFrom } from './rows.ts'

export interface PageQuery {
  limit: number
  cursor?: string | undefined
}

/** What a pause or a wish to look again is about: one client, one matter, or all of the firm. */
export interface Target {
  scope: 'firm' | 'matter' | 'client'
  id: string
}

const column = { firm: 'firm_id', matter: 'matter_id', client: 'client_id' } as const

export async function deadLetterPage(
  tx: FirmTx,
  query: PageQuery & { state: DeadLetter['state']; of?: Target },
): Promise<Page<DeadLetter>> {
  const rows = await outRows<DeadLetter>(
    tx,
    `select d.id, d.attempt_number as "attemptNumber", d.cause, d.code, d.detail, d.state, d.opened_at as "openedAt",
            d.resolved_at as "resolvedAt", d.resolved_by as "resolvedBy", d.resolution, m.id as "messageId", m.channel,
            m.address, m.template_key as template, m.client_id as "clientId", c.name as client,
            c.first_name as "firstName", c.time_zone as "timeZone", m.matter_id as "matterId",
            coalesce(t.number, t.external_id) as matter
     from dead_letters d join messages m on m.id = d.message_id
     left join clients c on c.id = m.client_id left join matters t on t.id = m.matter_id
     where d.firm_id = current_firm() and d.state = $1 and ($2::uuid is null or d.id < $2)
       ${query.of ? `and m.${column[query.of.scope]} = $4` : ''}
     order by d.id desc limit $3`,
    [query.state, query.cursor ?? null, query.limit + 1, ...(query.of ? [query.of.id] : [])],
  )
  const name = await namesOfActors(
    tx,
    rows.map((r) => r.resolvedBy),
  )
  for (const row of rows) row.resolvedBy &&= name(row.resolvedBy)
  return pageFrom(rows, query.limit)
}

/**
 * @param query.of a client with all their matters, or a matter; absent: all there are
 * @param known the firm's states; absent: as they are configured
 */
export async function taskPage(
  tx: FirmTx,
  query: PageQuery & {
    state: Task['state']
    of?: { clientIds: readonly string[]; matterIds: readonly string[] }
  },
  known?: States,
): Promise<Page<Task>> {
  const states = known ?? (await configuredStates(tx))
  const rows = await outRows<Omit<Task, 'matterState'> & { stands: string | null }>(
    tx,
    `select k.id, k.kind, k.title, k.detail, k.matter_id as "matterId", coalesce(t.number, t.external_id) as matter,
            k.client_id as "clientId", c.name as client, k.assignee, k.due_at as "dueAt", k.state,
            k.created_at as "createdAt", k.done_at as "doneAt", k.done_by as "doneBy", t.state as stands
     from tasks k left join clients c on c.id = k.client_id left join matters t on t.id = k.matter_id
     where k.firm_id = current_firm() and k.state = $1 and ($2::uuid is null or k.id < $2)
       ${query.of ? 'and k.id in (select id from tasks where matter_id = any($4::uuid[]) union select id from tasks where client_id = any($5::uuid[]))' : ''}
     order by k.id desc limit $3`,
    [
      query.state,
      query.cursor ?? null,
      query.limit + 1,
      ...(query.of ? [query.of.matterIds, query.of.clientIds] : []),
    ],
  )
  const name = await namesOfActors(
    tx,
    rows.map((r) => r.doneBy),
  )
  const items = rows.map(({ stands, doneBy, ...task }) => ({
    ...task,
    doneBy: doneBy && name(doneBy),
    matterState: stands === null ? null : stateNamed(states, stands),
  }))
  return pageFrom(items, query.limit)
}

/** A state that is not configured any more has no words. */
const stateNamed = (states: States, key: string): NamedState => ({
  key,
  label: stateLabel(states, key),
  words: { ...states.states.get(key)?.words },
})

/**
 * What it names is looked up as its system calls it, or as the system that it speaks of matters of does: one that
 * several could be is not guessed.
 *
 * @param known the firm's states, by which what it may mean is judged anew; absent: as they are configured
 */
export async function quarantinePage(
  tx: FirmTx,
  query: PageQuery,
  known?: States,
): Promise<Page<QuarantineItem>> {
  const map = known ?? (await configuredStates(tx))
  const rows = await outRows<Omit<QuarantineItem, 'suggestions'>>(
    tx,
    `select q.id, q.delivery_id as "deliveryId", c.key as connection, q.kind, q.raw_status as "rawStatus", q.detail,
            q.state, q.at, q.resolved_at as "resolvedAt", q.resolved_by as "resolvedBy", t.id as "matterId",
            coalesce(t.number, t.external_id) as matter, p.id as "clientId", p.name as client
     from (
       select * from quarantine where firm_id = current_firm() and state = 'open' and ($1::uuid is null or id < $1)
       order by id desc limit $2) q join connections c on c.id = q.connection_id
       left join lateral (
         select (array_agg(m.id order by m.connection_id = q.connection_id desc))[1] as id from matters m
         where m.connection_id in (select k.id from connections k where k.firm_id = current_firm())
           and m.external_id = q.detail ->> 'matter'
         having count(*) = 1 or bool_or(m.connection_id = q.connection_id)) one on true
       left join matters t on t.id = one.id
       left join lateral (
         select coalesce(t.client_id, (select k.id from clients k
           where k.connection_id = q.connection_id and k.external_id = q.detail ->> 'client')) as id offset 0) whose on true
       left join clients p on p.id = whose.id
     order by q.id desc`,
    [query.cursor ?? null, query.limit + 1],
  )
  const items = rows.map((row): QuarantineItem => {
    const found = row.kind === 'unknown_status' && row.rawStatus !== null ? map.lookup(row.rawStatus) : null
    const alike = found !== null && 'unknown' in found ? found.suggestions : []
    return {
      ...row,
      suggestions: alike.map(({ state, raw, similarity }) => ({
        state: stateNamed(map, state),
        raw,
        similarity,
      })),
    }
  })
  return pageFrom(items, query.limit)
}

export async function unhandledPage(tx: FirmTx, query: PageQuery): Promise<Page<UnhandledEvent>> {
  const rows = await outRows<UnhandledEvent>(
    tx,
    `select e.id, e.type, c.key as connection, e.matter_id as "matterId", coalesce(t.number, t.external_id) as matter,
            e.occurred_at as "occurredAt", e.recorded_at as "recordedAt", e.data
     from events e join connections c on c.id = e.connection_id left join matters t on t.id = e.matter_id
     where e.firm_id = current_firm() and e.outcome = 'unhandled' and ($1::uuid is null or e.id < $1)
     order by e.id desc limit $2`,
    [query.cursor ?? null, query.limit + 1],
  )
  return pageFrom(rows, query.limit)
}

/** Notices that wait, and messages that were written and wait: with why, and till when. */
export async function heldPage(tx: FirmTx, target: Target, query: PageQuery): Promise<Page<HeldItem>> {
  const whose = column[target.scope]
  const rows = await outRows<HeldItem>(
    tx,
    `select h.kind, h.id, h.since, h.reason, h.until, h.rule, h.template, h.channel, h.address,
            h.client_id as "clientId", c.name as client, c.first_name as "firstName", c.time_zone as "timeZone",
            h.matter_id as "matterId", coalesce(t.number, t.external_id) as matter
     from (select * from (
       (select 'notice' as kind, id, created_at as since, reason, due_at as until, rule_key as rule,
              template_key as template, null::text as channel, null::text as address, client_id, matter_id
       from notices where firm_id = current_firm() and state = 'held' and ${whose} = $1 and ($2::uuid is null or id < $2)
       order by id desc limit $3)
       union all
       select 'message', m.id, m.created_at, m.reason, coalesce(d.due_at, nullif(m.due_at, '9999-01-01T00:00:00Z')), n.rule_key,
              m.template_key, m.channel, m.address, m.client_id, m.matter_id
       from open_messages o join messages m on m.id = o.message_id join notices n on n.id = m.notice_id
         left join digests d on d.id = m.digest_id and d.state = 'open'
       where o.firm_id = current_firm() and o.state = 'held' and m.${whose} = $1
     ) open where $2::uuid is null or id < $2 order by id desc limit $3) h
     left join clients c on c.id = h.client_id left join matters t on t.id = h.matter_id order by h.id desc`,
    [target.id, query.cursor ?? null, query.limit + 1],
  )
  return pageFrom(rows, query.limit)
}

/** How much of a target waits, leaves, or is on its way. */
export async function countMessages(
  tx: FirmTx,
  target: Target,
): Promise<{ notices: number; held: number; queued: number; sending: number }> {
  const whose = column[target.scope]
  const [row] = await tx.rows<{ notices: number; held: number; queued: number; sending: number }>(
    `select (select count(*)::int from notices
             where firm_id = current_firm() and state = 'held' and ${whose} = $1) as notices,
            count(*) filter (where o.state = 'held')::int as held,
            count(*) filter (where o.state = 'queued')::int as queued,
            count(*) filter (where o.state = 'sending')::int as sending
     from open_messages o join messages m on m.id = o.message_id
     where o.firm_id = current_firm() and m.${whose} = $1`,
    [target.id],
  )
  return row!
}

/** @returns which of these are still to be dealt with, and which do not exist for this firm */
export async function sortIds(
  tx: FirmTx,
  table: 'dead_letters' | 'quarantine',
  ids: readonly string[],
): Promise<{ open: string[]; missing: string[] }> {
  const rows = await tx.rows<{ id: string; state: string }>(
    `select id, state from ${table} where id = any($1)`,
    [ids],
  )
  const known = new Map(rows.map((r) => [r.id, r.state]))
  return {
    open: ids.filter((id) => known.get(id) === 'open'),
    missing: ids.filter((id) => !known.has(id)),
  }
}

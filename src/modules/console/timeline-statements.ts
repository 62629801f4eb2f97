/**
 * What each stream of a timeline reads: the newest before a cursor, from the end of an index, a few rows per client or
 * matter. Pure, so that tests can ask the database how it carries them out.
 */
import type { TimelineKind } from '../../../contracts/timeline.ts'
import { deletedUnder } from './trace-store.ts'

/** Where a page ends: what comes after it is older, or as old with a lesser key. */
export interface TimelineCursor {
  at: Temporal.Instant
  /** Kind and id; what happened at the same time stands in their order. */
  key: string
}

/** Whose timeline. */
export interface TimelineOf {
  scope: 'client' | 'matter'
  /** One of a client, or the client of a matter. */
  clientIds: readonly string[]
  /** The matter, or all of a client's. */
  matterIds: readonly string[]
  addresses: readonly string[]
}

export interface TimelineStatement {
  kind: TimelineKind
  sql: string
  values: unknown[]
}

const far = Temporal.Instant.from('9999-12-31T23:59:59Z')

/** @param limit of rows that each stream gives at most */
export function timelineStatements(
  firmId: string,
  of: TimelineOf,
  before: TimelineCursor | null,
  limit: number,
): TimelineStatement[] {
  const at = before?.at ?? far
  const key = before?.key ?? '~'
  const owners = of.scope === 'matter' ? of.matterIds : of.clientIds
  const whose = of.scope === 'matter' ? 'matter_id' : 'client_id'
  // The first condition is what the index serves, the second who was on the page before.
  const older = (kind: TimelineKind, column: string, id = 'x.id::text') =>
    `${column} <= $2 and (${column}, ('${kind}:' || ${id}) collate "C") < ($2, $3)`
  const statement = (kind: TimelineKind, sql: string, ...values: unknown[]): TimelineStatement => ({
    kind,
    sql: `${sql} limit $4`,
    values: [values[0], at, key, limit, ...values.slice(1)],
  })
  return [
    statement(
      'message',
      `select y.*, coalesce(t.number, t.external_id) as matter, e.data -> 'written' as written,
              case when y.state in ('dead', 'undelivered') then
                (select json_build_object('code', d.code, 'detail', nullif(d.detail, ''),
                   'resolvedBy', d.resolved_by, 'resolution', d.resolution) from dead_letters d
                 where d.message_id = y.id order by d.opened_at desc limit 1) end as failure
       from (
         select x.* from unnest($1::uuid[]) as w(id), lateral (
           select id, created_at as at, notice_id, matter_id as "matterId", channel, address, template_key as template,
                  language, purpose, subject, body, ${deletedUnder('words')} as "wordsDeleted", state, reason,
                  due_at as "dueAt", sent_at as "sentAt", settled_at as "settledAt", opened_at as "openedAt",
                  machine_opened_at as "machineOpenedAt", clicked_at as "clickedAt", replied_at as "repliedAt",
                  (select g.key from digests g where g.id = x.digest_id) as digest
           from messages x where ${whose} = w.id and ${older('message', 'created_at')}
           order by created_at desc, id desc limit $4) x
         order by at desc, id desc limit $4) y
       join notices n on n.id = y.notice_id join events e on e.id = n.event_id
       left join matters t on t.id = y."matterId" order by y.at desc, y.id desc`,
      owners,
    ),
    statement(
      'text',
      `select y.*, t.id as "matterId", coalesce(t.number, t.external_id) as matter from (
         select x.* from unnest($1::text[]) as w(address), lateral (
           select id, received_at as at, from_address as "from", body, ${deletedUnder('words')} as "wordsDeleted",
                  meaning, jsonb_array_length(media) as media,
                  case when cardinality(matter_ids) = 1 then matter_ids[1] end as matter_of
           from incoming_texts x where firm_id = $5 and from_address = w.address and ${older('text', 'received_at')}
             and ($6::uuid is null or $6 = any(matter_ids) or (matter_ids = '{}' and client_ids && $7::uuid[]))
             and ($6::uuid is not null or client_ids && $7::uuid[] or client_ids = '{}')
           order by received_at desc, id desc limit $4) x
         order by at desc, id desc limit $4) y
       left join matters t on t.id = y.matter_of order by y.at desc, y.id desc`,
      of.addresses,
      firmId,
      of.scope === 'matter' ? of.matterIds[0] : null,
      of.clientIds,
    ),
    statement(
      'notice',
      `select y.*, coalesce(t.number, t.external_id) as matter, c.name as recipient from (
         select x.* from unnest($1::uuid[]) as w(id), lateral (
           select id, created_at as at, event_id as "eventId", matter_id as "matterId", client_id, rule_key as rule,
                  template_key as template, state, reason, due_at as "dueAt", audience
           from notices x where ${whose} = w.id and state <> 'messaged' and ${older('notice', 'created_at')}
           order by created_at desc, id desc limit $4) x
         order by at desc, id desc limit $4) y
       left join matters t on t.id = y."matterId" left join clients c on c.id = y.client_id
       order by y.at desc, y.id desc`,
      owners,
    ),
    statement(
      'reminder',
      `select x.id, x.updated_at as at, x.matter_id as "matterId", coalesce(t.number, t.external_id) as matter,
              x.plan_key as plan, x.step_key as step, f.data ->> 'summary' as what, x.starts_at as "startsAt", x.state,
              x.reason, x.person
       from facts f join reminders x on x.fact_id = f.id left join matters t on t.id = x.matter_id
       where f.matter_id = any($1::uuid[]) and f.kind = 'appointment' and x.state in ('skipped', 'superseded')
         and ($5 or x.person is null) and ${older('reminder', 'x.updated_at')}
       order by x.updated_at desc, x.id desc`,
      of.matterIds,
      of.scope === 'matter',
    ),
    statement(
      'state',
      `select y.*, coalesce(t.number, t.external_id) as matter from (
         select x.* from unnest($1::uuid[]) as w(id), lateral (
           select id, recorded_at as at, matter_id as "matterId", outcome, data ->> 'raw' as raw, data ->> 'from' as from,
                  data ->> 'to' as to
           from events x where matter_id = w.id and type = 'matter.status_changed'
             and outcome in ('decided', 'unhandled', 'flagged', 'flip_flop') and ${older('state', 'recorded_at')}
           order by recorded_at desc, id desc limit $4) x
         order by at desc, id desc limit $4) y
       left join matters t on t.id = y."matterId" order by y.at desc, y.id desc`,
      of.matterIds,
    ),
    statement(
      'consent',
      `select x.* from unnest($1::text[]) as w(address), lateral (
         select id, at, channel, address, purpose, granted, how, recorded_by as by, null::uuid as "matterId",
                null::text as matter
         from consent_changes x where firm_id = $5 and address = w.address and ${older('consent', 'at')}
         order by at desc, id desc limit $4) x
       order by at desc, id desc`,
      of.addresses,
      firmId,
    ),
    statement(
      'task',
      `select x.id, x.created_at as at, x.matter_id as "matterId", coalesce(t.number, t.external_id) as matter, x.title,
              x.state, x.done_at as "doneAt", x.done_by as "doneBy"
       from tasks x left join matters t on t.id = x.matter_id
       where x.id in (
         select id from tasks where matter_id = any($1::uuid[]) union select id from tasks where client_id = any($5::uuid[]))
         and ${older('task', 'x.created_at')}
       order by x.created_at desc, x.id desc`,
      of.matterIds,
      of.scope === 'matter' ? [] : of.clientIds,
    ),
    statement(
      'act',
      `select x.* from unnest($1::text[]) as w(subject), lateral (
         select lpad(seq::text, 19, '0') as id, at, action, actor, subject, data ->> 'reason' as reason,
                null::uuid as "matterId", null::text as matter
         from audit_entries x where firm_id = $5 and subject = w.subject
           and (actor like 'staff:%' or actor like 'apikey:%' or actor like 'cli:%')
           and ${older('act', 'at', "lpad(seq::text, 19, '0')")}
         order by at desc, seq desc limit $4) x
       order by at desc, id desc`,
      [
        ...of.matterIds.map((id) => `matter:${id}`),
        ...(of.scope === 'client' ? of.clientIds.map((id) => `client:${id}`) : []),
      ],
      firmId,
    ),
  ]
}

/**
 * Claiming: due messages become attempts on disk, in one transaction, before any call is made.
 * What protects people is checked here, for every attempt: first, retry, replay and release from hold.
 */
import type {
  AttemptId,
  Audience,
  Channel,
  ConnectionId,
  FirmId,
  MessageId,
  NewId,
  Purpose,
} from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import type { ClientWishes } from '../moments/index.ts'
import { openTasks } from '../tasks/index.ts'
import { drawTokens, type Rate } from './bucket.ts'
import { takeApart } from './digests.ts'
import { type Guard, type GuardVerdict, guard } from './guard.ts'
import { tryNextContactPoint } from './next-contact-point.ts'
import type { ClaimedAttempt } from './types.ts'

export interface ClaimOptions {
  now: Temporal.Instant
  /** Per connection. */
  limit: number
  lease: Temporal.Duration
  newId: NewId
  /** Connections that may send now; a connection that is not named is left alone. */
  connections: ReadonlyMap<ConnectionId, Outlet>
  guard: Omit<Guard, 'now'>
  /** How old the facts of a connection's matters may be when a message is tried again; not named: any age. */
  factsMaxAge: ReadonlyMap<ConnectionId, Temporal.Duration>
}

/** One connection's way out: how fast it may go, and how many calls may still be started beside those under way. */
export interface Outlet {
  rate: Rate | null
  free: number
}

export interface Claim {
  attempts: ClaimedAttempt[]
  /** How many were due but may not leave. */
  stopped: number
  /** True when a connection gave as many as were asked of it. */
  more: boolean
  /** Connections at their rate limit: milliseconds until the next one may leave. */
  waits: ReadonlyMap<ConnectionId, number>
}

interface Due {
  id: MessageId
  connection_id: ConnectionId
  channel: Channel
  address: string
  subject: string | null
  body: string | null
  calendar: string | null
  language: string
  purpose: Purpose
  urgent: boolean
  attempt_count: number
  retry_step: number
  matter_id: string | null
  client_id: string
  contact_point_id: string
  due_at: Temporal.Instant
  /** The digest that this message is. */
  carries: string | null
  /** Of what that says. */
  carried_matters: string[] | null
}

interface Facts extends Record<string, unknown> {
  id: MessageId
  paused: boolean
  /** Null: until someone lifts it. */
  paused_until: Temporal.Instant | null
  opted_out: boolean
  contact_lost: boolean
  /** They are no longer what made us tell them: the client of the matter, or somebody who has a part in it. */
  client_changed: boolean
  audience: Audience
  moved_on: boolean
  quiet_lifted: boolean
  begun: boolean
  /** The matter may come back to the state that this message speaks of: until then it waits. */
  settles_at: Temporal.Instant | null
  time_zone: string | null
  region: string | null
  wishes: ClientWishes | null
  /** Whose matter it is, and when it was last read there. */
  matter_of: ConnectionId | null
  observed_at: Temporal.Instant | null
}

/** Locks that a pause or a STOP takes exclusively: while we hold them shared, neither can commit (DESIGN). */
const lockKeys = (
  firmId: FirmId,
  rows: readonly Pick<Due, 'matter_id' | 'client_id' | 'address' | 'carried_matters'>[],
) => {
  const keys = new Set<string>([`firm ${firmId}`])
  for (const row of rows) {
    if (row.matter_id) keys.add(`matter ${row.matter_id}`)
    for (const matter of row.carried_matters ?? []) keys.add(`matter ${matter}`)
    keys.add(`client ${row.client_id}`)
    keys.add(`address ${row.address.toLowerCase()}`)
  }
  return [...keys].sort()
}

export async function claim(tx: FirmTx, options: ClaimOptions): Promise<Claim> {
  const { now } = options
  const due = await tx.rows<Due & Record<string, unknown>>(
    // Each connection for itself: what waits for one carrier's rate must not stand before another's mail.
    `select m.id, m.connection_id, m.channel, m.address, m.subject, m.body, m.calendar, m.language, m.purpose, m.urgent,
            m.attempt_count, m.retry_step, m.matter_id, m.client_id, m.contact_point_id, m.due_at, m.carries,
            case when m.carries is not null then (select d.matter_ids from digests d where d.id = m.carries) end as carried_matters
     from unnest($2::uuid[], $3::int[]) as outlet (id, free) cross join lateral (
       select m.* from open_messages o join messages m on m.id = o.message_id
       where o.firm_id = current_firm() and o.connection_id = outlet.id and o.state = 'queued' and o.due_at <= $1
         and m.connection_id = outlet.id and m.state = 'queued' and m.due_at <= $1
       order by o.urgent desc, o.due_at, o.message_id limit outlet.free for update of m skip locked) m`,
    [now, [...options.connections.keys()], [...options.connections.values()].map((o) => limitOf(o, options))],
    'claim_due',
  )
  if (due.length === 0) return { attempts: [], stopped: 0, more: false, waits: new Map() }

  tx.later(
    `select pg_advisory_xact_lock_shared(hashtextextended(k, 0)) from unnest($1::text[]) k`,
    [lockKeys(tx.firmId, due)],
    'claim_locks',
  )
  // A statement of its own: its snapshot is taken after the locks, so it sees every pause and STOP that went before.
  const facts = new Map(
    (
      await tx.rows<Facts>(
        `select m.id,
           q.live or coalesce(c.cms_paused, false)
             or (n.audience <> 'client' and exists (select from clients k where k.id = t.client_id and k.cms_paused)) or coalesce(t.data -> 'paused' = 'true'::jsonb, false) as paused,
           case when coalesce(c.cms_paused, false) or coalesce(t.data -> 'paused' = 'true'::jsonb, false) then null
             else q.until end as paused_until,
           exists (select from consents s where s.firm_id = current_firm() and s.channel = m.channel
             and s.address = lower(m.address) and s.purpose = any(array['*', m.purpose] || d.purposes) and not s.granted) as opted_out,
           (p.suppressed_at is not null or p.removed_at is not null or p.address <> m.address) as contact_lost,
           ((n.state_entry is not null and n.state_entry <> t.state_entry)
             or (f.id is not null and f.mark is distinct from n.fact_mark)
             or (d.id is not null and digest_moved_on(d.id))) as moved_on,
           n.fact_id is not null and exists (select from reminders r where r.fact_id = n.fact_id and r.event_id = n.event_id
             and r.starts_at + case when f.data -> 'all_day' = 'true'::jsonb or length(f.data ->> 'start_at') = 10
               then interval '24 hours' else interval '0' end <= $2) as begun,
           case when t.settles_at > $2 and n.state_entry = t.state_entry - 1 then t.settles_at end as settles_at,
           case n.audience when 'client' then m.matter_id is not null and t.client_id is distinct from m.client_id
             when 'participants' then coalesce(not f.data -> 'participants' @> jsonb_build_array(jsonb_build_object('id', c.external_id)), true)
             else 'staff:' || (t.data ->> 'responsible_attorney_id') is distinct from c.external_id end as client_changed,
           n.audience, 'quiet_hours' = any(n.overrides) and n.overrides_until > $2 as quiet_lifted,
           c.time_zone, c.data ->> 'region' as region, c.wishes, t.connection_id as matter_of, t.observed_at
         from messages m
         join contact_points p on p.id = m.contact_point_id
         join notices n on n.id = m.notice_id
         left join clients c on c.id = m.client_id
         left join matters t on t.id = m.matter_id
         left join facts f on f.id = n.fact_id
         left join digests d on d.id = m.carries
         cross join lateral (
           select count(*) > 0 as live, case when bool_or(p.ends_at is null) then null else max(p.ends_at) end as until
           from pauses p where p.firm_id = current_firm() and p.lifted_at is null
             and (p.ends_at is null or p.ends_at > $2) and p.target_id = any(array[m.firm_id, m.matter_id, m.client_id, t.client_id] || d.matter_ids)) q
         where m.id = any($1)`,
        [due.map((d) => d.id), now],
        'claim_facts',
      )
    ).map((f) => [f.id, f]),
  )

  const allowed: Due[] = []
  const stopped: { message: Due; verdict: Exclude<GuardVerdict, { kind: 'go' }>; audience: Audience }[] = []
  for (const message of due) {
    const f = facts.get(message.id)!
    const verdict = guard(
      {
        clientId: message.client_id,
        channel: message.channel,
        purpose: message.purpose,
        urgent: message.urgent,
        paused: f.paused,
        pausedUntil: f.paused_until,
        optedOut: f.opted_out,
        contactLost: f.contact_lost,
        clientChanged: f.client_changed,
        wordsGone: message.body === null,
        movedOn: f.moved_on,
        begun: f.begun,
        settlesAt: f.settles_at,
        timeZone: f.time_zone,
        region: f.region,
        wishes: f.wishes,
        quietLifted: f.quiet_lifted,
        // A digest's were read when it was made; reading them anew would make another of it.
        factsOld: message.attempt_count > 0 && message.carries === null && tooOld(f, options),
      },
      { ...options.guard, now },
    )
    if (verdict.kind === 'go') allowed.push(message)
    else stopped.push({ message, verdict, audience: f.audience })
  }

  const { granted, waits } = await drawTokens(tx, allowed, options.connections, now)
  const leaseUntil = now.add(options.lease)
  const attempts = granted.map((m) => ({
    ...m,
    attemptId: options.newId<AttemptId>(),
    number: m.attempt_count + 1,
  }))

  if (attempts.length > 0) {
    await insertMany(
      tx,
      'attempts',
      attempts.map((a) => ({
        id: a.attemptId,
        message_id: a.id,
        number: a.number,
        connection_id: a.connection_id,
        started_at: now,
        lease_until: leaseUntil,
      })),
    )
    tx.later(
      `update messages set state = 'sending', attempt_count = attempt_count + 1, lease_until = $2, reason = null
       where id = any($1)`,
      [attempts.map((a) => a.id), leaseUntil],
      'claim_sending',
    )
  }
  const elsewhere = stopped.length > 0 ? await stop(tx, stopped, options) : 0

  return {
    attempts: attempts.map((a) => ({
      attemptId: a.attemptId,
      messageId: a.id,
      connectionId: a.connection_id,
      channel: a.channel,
      address: a.address,
      subject: a.subject,
      body: a.body!,
      calendar: a.calendar,
      language: a.language,
      purpose: a.purpose,
      number: a.number,
      retryStep: a.retry_step,
      dueAt: a.due_at,
    })),
    stopped: stopped.length,
    more: elsewhere > 0 || someFull(due, options, waits),
    waits,
  }
}

/** When it was decided, the facts were as new as the firm wants them; a try hours later looks again. */
function tooOld({ matter_of, observed_at }: Facts, { factsMaxAge, now }: ClaimOptions): boolean {
  const maxAge = matter_of && factsMaxAge.get(matter_of)
  if (!maxAge || !observed_at) return false
  const age = now.epochMilliseconds - observed_at.epochMilliseconds
  return age > maxAge.total({ unit: 'milliseconds', relativeTo: '2026-01-01' })
}

/** A connection that gave as many as were asked for and is not at its rate limit has more. */
function someFull(
  due: readonly Due[],
  options: ClaimOptions,
  waits: ReadonlyMap<ConnectionId, number>,
): boolean {
  const taken = Map.groupBy(due, (d) => d.connection_id)
  return [...options.connections].some(
    ([id, outlet]) => !waits.has(id) && (taken.get(id)?.length ?? 0) === limitOf(outlet, options),
  )
}

/** No more than a batch, and no more than there are calls free. */
const limitOf = (outlet: Outlet, options: ClaimOptions) => Math.min(outlet.free, options.limit)

/** @returns how many go to another address of the same client instead */
async function stop(
  tx: FirmTx,
  stopped: { message: Due; verdict: Exclude<GuardVerdict, { kind: 'go' }>; audience: Audience }[],
  { now, newId }: ClaimOptions,
): Promise<number> {
  // A digest does not wait as it was written: what it says waits, each by itself, and is looked at again.
  const rows = stopped.map(({ message, verdict }) => {
    const until = verdict.kind === 'hold' && message.carries === null ? verdict.until : null
    return {
      id: message.id,
      state: until ? 'held' : 'cancelled',
      reason: verdict.reason,
      due_at: until ?? now,
      settled_at: until ? null : now,
    }
  })
  await tx.run(
    `update messages m set state = x.state, reason = x.reason, due_at = x.due_at, settled_at = x.settled_at
     from json_to_recordset($1) as x(id uuid, state text, reason text, due_at timestamptz, settled_at timestamptz)
     where m.id = x.id`,
    [toJson(rows)],
  )
  await record(
    tx,
    rows.map((row) => ({
      actor: 'tipstaff',
      action: `message.${row.state}`,
      subject: `message:${row.id}`,
      data: { reason: row.reason },
    })),
    now,
  )
  await takeApart(
    tx,
    stopped.flatMap(({ message: { carries }, verdict }) =>
      carries === null || verdict.reason === 'retention'
        ? []
        : [{ carries, until: verdict.kind === 'hold' ? verdict.until : now }],
    ),
    { now, newId },
  )
  const changed = stopped
    .filter(({ verdict, audience }) => verdict.reason === 'client_changed' && audience === 'client')
    .map(({ message }) => message)
  await openTasks(
    tx,
    changed.map((m) => ({
      kind: 'client_changed',
      title: 'A message was stopped: the matter has another client now',
      detail:
        'It was written for the client that the matter had before. See whether the new one must be told.',
      matterId: m.matter_id,
      clientId: null,
      assignee: 'staff',
      dueAt: null,
      cause: `client changed ${m.id}`,
    })),
    now,
  )
  const lost = stopped
    .filter(({ message, verdict }) => verdict.reason === 'contact_point_lost' && message.carries === null)
    .map(({ message }) => message)
  if (lost.length === 0) return 0
  const helped = await tryNextContactPoint(
    tx,
    lost.map((m) => m.id),
    { now, newId },
  )
  await openTasks(
    tx,
    lost
      .filter((m) => !helped.has(m.id))
      .map((m) => ({
        kind: 'unreachable',
        title: `A client could not be told by ${m.channel}: the address is gone, and there is no other`,
        detail:
          'The message was ready when the address was removed or stopped working. Tell them another way, or add an address.',
        matterId: m.matter_id,
        clientId: m.client_id,
        assignee: 'staff',
        dueAt: null,
        cause: `contact point lost ${m.id}`,
      })),
    now,
  )
  return helped.size
}

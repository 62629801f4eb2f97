/** Reminders: planning a large diary, planning it anew, and ten thousand that fall due at one moment. */
import type pg from 'pg'
import type { App, Cluster, Sandbox } from './deployment.ts'
import { round, until, watchMemory } from './measure.ts'
import { fillQueue } from './neighbour.ts'
import type { FirmIds } from './people.ts'

/** Two weeks, two days and three hours before: three steps for each date. */
export const plans = (last: string): string => `
- key: court-date
  when: appointment.event_type == 'Hearing'
  template: status-update
  channels: [sms]
  steps:
    - { key: two-weeks, before: P14D }
    - { key: two-days, before: PT48H }
    - { key: last, before: ${last} }
- key: at-once
  when: appointment.event_type == 'Burst'
  template: status-update
  channels: [sms]
  steps:
    - { key: before, before: PT2H }
`

export interface Planning {
  appointments: number
  reminders: number
  seconds: number
  rssMb: number
}

/** Spread over the year that begins in two months, one after the other of the matters. */
export async function makeDiary(admin: pg.Client, ids: FirmIds, count: number): Promise<void> {
  await admin.query(
    `insert into facts (firm_id, id, connection_id, kind, external_id, matter_id, data, version, version_since, announced,
       mark, observed_at)
     select $1, uuidv7(), $2, 'appointment', 'A' || g.n, m.id,
       jsonb_build_object('event_type', 'Hearing', 'summary', 'Hearing', 'start_at',
         to_char((now() + interval '60 days' + g.n * interval '5 minutes') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
       'v1', now(), true, 'v1', now()
     from generate_series(1, $3::int) g(n)
     join (select id, row_number() over (order by id) as i, count(*) over () as total from matters where firm_id = $1) m
       on m.i = 1 + g.n % m.total`,
    [ids.firmId, ids.cms, count],
  )
  await admin.query('vacuum analyze facts')
}

const unplanned = async (admin: pg.Client): Promise<number> =>
  (await admin.query<{ n: number }>(`select count(*)::int as n from facts where planned <> 'done'`)).rows[0]!
    .n

/** From the app's start (or from what `change` does) until no appointment waits for its plan. */
export async function planning(
  app: App,
  cluster: Cluster,
  appointments: number,
  change?: () => Promise<void>,
): Promise<Planning> {
  const { admin } = cluster
  const stopWatching = watchMemory(app.pid)
  const before = await admin.query<{ at: Temporal.Instant }>('select clock_timestamp() as at')
  await change?.()
  const began = performance.now()
  if (change)
    await until(
      'the plans to be others',
      60_000,
      async () => {
        const { rows } = await admin.query('select from reminder_books where made_at > $1', [
          before.rows[0]!.at,
        ])
        return rows.length > 0
      },
      20,
    )
  await until('all to be planned', 300_000, async () => (await unplanned(admin)) === 0, 100)
  const seconds = (performance.now() - began) / 1000
  const { rows } = await admin.query<{ n: number }>(
    `select count(*)::int as n from reminders where state = 'planned' and plan_key = 'court-date'`,
  )
  if (rows[0]!.n !== appointments * 3)
    throw new Error(`the plan is wrong: ${rows[0]!.n} reminders of ${appointments} appointments`)
  return { appointments, reminders: rows[0]!.n, seconds: round(seconds), rssMb: round(stopWatching()) }
}

export interface Burst {
  reminders: number
  perSecond: number
  /** Seconds from the moment at which all are due to the last call that the provider read. */
  seconds: number
  /** What the rate alone takes. */
  allowed: number
  /** Milliseconds that the slowest of another firm's urgent messages took, sent in the middle of it. */
  urgentMost: number
}

/** All due at one moment, some seconds from now; one for each matter. */
export async function burst(
  cluster: Cluster,
  sandbox: Sandbox,
  ids: FirmIds,
  count: number,
  perSecond: number,
  urgent: () => Promise<number[]>,
): Promise<Burst> {
  const { admin } = cluster
  await sandbox.control('DELETE', '/_sandbox/messages')
  const { rows } = await admin.query<{ at: Temporal.Instant }>(
    `with due as (select date_trunc('second', now()) + interval '30 seconds' as at),
     made as (
       insert into facts (firm_id, id, connection_id, kind, external_id, matter_id, data, version, version_since, announced,
         mark, observed_at)
       select $1, uuidv7(), $2, 'appointment', 'B' || m.i, m.id,
         jsonb_build_object('event_type', 'Burst', 'summary', 'Hearing', 'start_at',
           to_char((due.at + interval '2 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
         'v1', now(), true, 'v1', now()
       from due, (select id, row_number() over (order by id) as i from matters where firm_id = $1 limit $3) m)
     select at from due`,
    [ids.firmId, ids.cms, count],
  )
  const dueAt = rows[0]!.at
  const sent = async () =>
    (
      await admin.query<{ n: number; last: Temporal.Instant | null }>(
        `select count(*)::int as n, max(a.started_at) as last from attempts a join messages m on m.id = a.message_id
         where m.cause like '%at-once/before%'`,
      )
    ).rows[0]!
  await until('the burst to begin', 120_000, async () => (await sent()).n > count / 10, 100)
  const took = await urgent()
  await until('the burst to be sent', 600_000, async () => (await sent()).n >= count, 500)
  const { last, n } = await sent()
  const { messages } = await sandbox.control<{ messages: unknown[] }>('GET', '/_sandbox/messages?channel=sms')
  if (n !== count || messages.length !== count + took.length)
    throw new Error(`the burst is wrong: ${n} attempts and ${messages.length} texts for ${count} reminders`)
  return {
    reminders: count,
    perSecond,
    seconds: round((last!.epochMilliseconds - dueAt.epochMilliseconds) / 1000),
    allowed: round(count / perSecond),
    urgentMost: round(Math.max(...took)),
  }
}

export interface SlowLine {
  queued: number
  /** What the estimate said at the beginning: how many would wait for the morning. */
  saidLater: number
  throughBy: string | null
  /** How many had left when quiet hours began. */
  left: number
  /** How many left in the ten seconds after that; must be none. */
  leftInQuiet: number
}

/**
 * A line that takes one text a second (a sole proprietor's 10DLC), and quiet hours that begin in a minute or two: in
 * real time, so the evening is made short and not the queue.
 *
 * @param estimate what `tipstaff queue` says
 * @param quietAt when quiet hours begin for all clients
 */
export async function slowLine(
  cluster: Cluster,
  ids: FirmIds,
  queued: number,
  quietAt: Temporal.Instant,
  estimate: () => Promise<{ afterQuietHours: number; throughBy: string | null }>,
): Promise<SlowLine> {
  const { admin } = cluster
  const { rows } = await admin.query<{ at: Temporal.Instant }>('select clock_timestamp() as at')
  const count = async (until: Temporal.Instant) =>
    (
      await admin.query<{ n: number }>(
        `select count(*)::int as n from attempts where firm_id = $1 and started_at between $2 and $3`,
        [ids.firmId, rows[0]!.at, until],
      )
    ).rows[0]!.n
  await fillQueue(cluster, ids, queued)
  const said = await estimate()
  const later = quietAt.add({ seconds: 10 })
  await until(
    'quiet hours',
    300_000,
    async () => Temporal.Instant.compare(Temporal.Now.instant(), later) > 0,
    250,
  )
  const left = await count(quietAt)
  return {
    queued,
    saidLater: said.afterQuietHours,
    throughBy: said.throughBy,
    left,
    leftInQuiet: (await count(later)) - left,
  }
}

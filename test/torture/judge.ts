/** What became of each event, as the outside world saw it; our own rows are asked only for names of what is open. */
import type pg from 'pg'
import type { Accepted } from './outside.ts'

export interface Verdict {
  /** Distinct messages that the outside world accepted. */
  accepted: number
  /** Told by receipts to have arrived. */
  delivered: number
  /** Neither accepted nor in a named final state. */
  lost: number
  /** Accepted once more than once. */
  duplicates: number
  /** Accepted again because the purpose says rather twice than never. */
  doubledByPolicy: number
  /** Still without an end. */
  unknownOpen: number
  /** Ended with a dead letter, which names them. */
  dead: number
  attempts: Record<string, number>
  /** Attempts whose process did not come back: how many, and after how long another took them up, in seconds. */
  orphans: { count: number; median: number; longest: number }
  /**
   * The longest that a stored webhook waited to be decided, in seconds; reading the CMS is part of it. Apart from those
   * whose read failed: they wait as the CMS's own trouble asks (15 s, doubling).
   */
  longestUndecided: number
  /** Reads of the CMS that failed. */
  cmsErrors: number
  /** For whoever has to find out why. */
  details: string[]
}

interface OurMessage {
  id: string
  body: string
  state: string
  purpose: string
  reason: string | null
  attempts: string
}

/** @param expected one per event: what its text contains */
export async function judge(
  db: pg.Client,
  expected: readonly string[],
  accepted: readonly Accepted[],
): Promise<Verdict> {
  const ours = (
    await db.query<OurMessage>(
      `select m.id, m.body, m.state, m.purpose, m.reason, (select string_agg(concat_ws(' ', a.number, a.verdict, a.code,
         a.started_at::time(0)), ', ' order by a.number) from attempts a where a.message_id = m.id) as attempts from messages m`,
    )
  ).rows
  const byWords = Map.groupBy(accepted, (m) => `${m.to} ${m.text}`)
  const oursByBody = Map.groupBy(ours, (m) => m.body)
  const details: string[] = []

  let duplicates = 0
  let doubledByPolicy = 0
  for (const copies of byWords.values()) {
    if (copies.length === 1) continue
    const mine = oursByBody.get(copies[0]!.text)
    if (mine?.every((m) => m.purpose === 'reminder')) doubledByPolicy += copies.length - 1
    else {
      duplicates += copies.length - 1
      details.push(
        `twice: ${copies[0]!.text} by ${copies.map((c) => c.reference).join(' and ')}; ${describe(mine)}`,
      )
    }
  }
  const final = new Set(['delivered', 'undelivered', 'dead', 'cancelled'])
  const words = [...byWords.keys()]
  const said = new Set(expected.filter((name) => words.some((key) => key.includes(name))))
  const named = ours.filter((m) => final.has(m.state))
  const lost = expected.filter((name) => !said.has(name) && !named.some((m) => m.body.includes(name)))
  for (const name of lost)
    details.push(`lost: ${name}; ${describe(ours.filter((m) => m.body.includes(name)))}`)
  const open = ours.filter((m) => !final.has(m.state) && m.state !== 'sent')
  details.push(...open.map((m) => `open: ${describe([m])}`))

  return {
    accepted: byWords.size,
    delivered: ours.filter((m) => m.state === 'delivered').length,
    lost: lost.length,
    duplicates,
    doubledByPolicy,
    unknownOpen: open.length,
    dead: ours.filter((m) => m.state === 'dead').length,
    attempts: await attemptsByVerdict(db),
    orphans: await orphans(db),
    ...(await undecided(db)),
    details: details.slice(0, 20),
  }
}

const describe = (messages: readonly OurMessage[] | undefined): string =>
  messages
    ?.map((m) => `message ${m.id} ${m.state} (${m.reason ?? 'no reason'}): ${m.attempts ?? 'no attempt'}`)
    .join('; ') || 'no message was made'

async function attemptsByVerdict(db: pg.Client): Promise<Record<string, number>> {
  const { rows } = await db.query<{ verdict: string; count: number }>(
    `select coalesce(verdict, 'open') as verdict, count(*)::int from attempts group by 1 order by 1`,
  )
  return Object.fromEntries(rows.map((r) => [r.verdict, r.count]))
}

async function orphans(db: pg.Client): Promise<Verdict['orphans']> {
  const { rows } = await db.query<{ count: number; median: number | null; longest: number | null }>(
    `select count(*)::int, percentile_cont(0.5) within group (order by waited) as median, max(waited) as longest
     from (select extract(epoch from e.at - max(a.started_at))::float8 as waited
           from audit_entries e join attempts a on 'message:' || a.message_id = e.subject and a.started_at <= e.at
           where e.action = 'message.unknown' and e.data->>'reason' = 'lease_over' group by e.subject, e.at) w`,
  )
  const { count, median, longest } = rows[0]!
  return { count, median: round(median), longest: round(longest) }
}

async function undecided(db: pg.Client): Promise<Pick<Verdict, 'longestUndecided' | 'cmsErrors'>> {
  const { rows } = await db.query<{ longest: number | null; errors: number }>(
    `with failed as (select distinct matter_external_id as id from cms_calls where error is not null)
     select extract(epoch from max(e.recorded_at - d.received_at))::float8 as longest,
            (select count(*)::int from cms_calls where error is not null) as errors
     from events e join inbound_deliveries d on d.id = e.delivery_id join matters m on m.id = e.matter_id
     where m.external_id not in (select id from failed where id is not null)`,
  )
  return { longestUndecided: round(rows[0]!.longest), cmsErrors: rows[0]!.errors }
}

const round = (seconds: number | null): number => Math.round((seconds ?? 0) * 10) / 10

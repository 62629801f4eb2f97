/** What waits, in figures: for /metrics, /readyz, doctor and the queue's page. */
import type { FirmId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'

export interface LaneStats {
  lane: string
  /** How much is due now. */
  due: number
  /** How long the oldest has been due; 0 when nothing is. */
  ageSeconds: number
}

export interface FirmStats {
  deadLettersOpen: number
  unknownOpen: number
  quarantineOpen: number
  tasksOpen: number
  lanes: LaneStats[]
}

/** One statement; each part reads a partial index that holds open work only. */
export async function firmStats(tx: FirmTx, now: Temporal.Instant): Promise<FirmStats> {
  const rows = await tx.rows<{ what: string; n: number; oldest: Temporal.Instant | null }>(
    `select 'dead' as what, count(*)::int as n, null::timestamptz as oldest
       from dead_letters where firm_id = current_firm() and state = 'open'
     union all select 'unknown', count(*)::int, null from open_messages
       where firm_id = current_firm() and state = 'unknown'
     union all select 'quarantine', count(*)::int, null from quarantine where firm_id = current_firm() and state = 'open'
     union all select 'tasks', count(*)::int, null from tasks where firm_id = current_firm() and state = 'open'
     union all select 'lane decide', count(*)::int, min(due_at) from inbound_deliveries
       where firm_id = current_firm() and state = 'stored' and due_at <= $1
     union all select 'lane fetch', count(*)::int, min(due_at) from fact_requests
       where firm_id = current_firm() and due_at <= $1 and (lease_until is null or lease_until <= $1)
     union all select 'lane release', count(*)::int, min(due_at) from (
       select due_at from notices where firm_id = current_firm() and state = 'held' and due_at <= $1
       union all select due_at from open_messages where firm_id = current_firm() and state = 'held'
         and due_at <= $1) held
     union all select 'lane deliver', count(*)::int, min(due_at) from open_messages
       where firm_id = current_firm() and state = 'queued' and due_at <= $1
     union all select 'lane reconcile', count(*)::int, min(due_at) from (
       select lease_until as due_at from open_messages where firm_id = current_firm() and state = 'sending' and lease_until <= $1
       union all select due_at from open_messages where firm_id = current_firm() and state = 'unknown'
         and due_at <= $1) open
     union all select 'lane confirm', count(*)::int, min(due_at) from open_messages
       where firm_id = current_firm() and state = 'sent' and due_at <= $1
     union all select 'lane writeback', count(*)::int, min(due_at) from cms_writes
       where firm_id = current_firm() and state in ('queued', 'writing') and due_at <= $1
         and (lease_until is null or lease_until <= $1)
     union all select 'lane remind', count(*)::int, min(due_at) from reminders
       where firm_id = current_firm() and state in ('planned', 'checking') and due_at <= $1
     union all select 'lane alert', count(*)::int, min(due_at) from alert_deliveries
       where firm_id = current_firm() and state = 'queued' and due_at <= $1
         and (lease_until is null or lease_until <= $1)`,
    [now],
    'console_stats',
  )
  const of = (what: string) => rows.find((r) => r.what === what)?.n ?? 0
  return {
    deadLettersOpen: of('dead'),
    unknownOpen: of('unknown'),
    quarantineOpen: of('quarantine'),
    tasksOpen: of('tasks'),
    lanes: rows
      .filter((r) => r.what.startsWith('lane '))
      .map((r) => ({
        lane: r.what.slice(5),
        due: r.n,
        ageSeconds: r.oldest ? (now.epochMilliseconds - r.oldest.epochMilliseconds) / 1000 : 0,
      })),
  }
}

/** Of the whole deployment: sums, and of each lane the oldest of all. Reads firm by firm, since no one sees two. */
export async function deploymentStats(db: Database, now: Temporal.Instant): Promise<FirmStats> {
  const total: FirmStats = { deadLettersOpen: 0, unknownOpen: 0, quarantineOpen: 0, tasksOpen: 0, lanes: [] }
  for (const { firm_id } of await db.lookup<{ firm_id: FirmId }>('select firm_id from list_firms()')) {
    const stats = await db.forFirm(firm_id, (tx) => firmStats(tx, now))
    total.deadLettersOpen += stats.deadLettersOpen
    total.unknownOpen += stats.unknownOpen
    total.quarantineOpen += stats.quarantineOpen
    total.tasksOpen += stats.tasksOpen
    for (const lane of stats.lanes) {
      const sum = total.lanes.find((l) => l.lane === lane.lane)
      if (!sum) {
        total.lanes.push({ ...lane })
        continue
      }
      sum.due += lane.due
      sum.ageSeconds = Math.max(sum.ageSeconds, lane.ageSeconds)
    }
  }
  return total
}

/** Types of events that no rule handles, the most frequent first: what the firm may want a rule for. */
export async function unhandledTypes(
  tx: FirmTx,
  since: Temporal.Instant,
): Promise<{ type: string; count: number; last: Temporal.Instant }[]> {
  return tx.rows(
    `select type, count(*)::int as count, max(recorded_at) as last from events
     where firm_id = current_firm() and outcome = 'unhandled' and recorded_at > $1
     group by type order by 2 desc, 1`,
    [since],
  )
}

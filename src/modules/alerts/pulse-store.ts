/** The only SQL on heartbeats and outages. */
import type { FirmId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Untouched } from './pulse.ts'

/** @returns when each lane's work last moved, and when it was last looked for (`sweep`) */
export async function readBeats(db: Database): Promise<ReadonlyMap<string, Temporal.Instant>> {
  const rows = await db.lookup<{ lane: string; beat_at: Temporal.Instant }>(
    'select lane, beat_at from heartbeats',
  )
  return new Map(rows.map((row) => [row.lane, row.beat_at]))
}

export async function writeBeats(
  db: Database,
  lanes: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await db.lookup(
    `insert into heartbeats (lane, beat_at) select lane, $2 from unnest($1::text[]) lane order by lane
     on conflict (lane) do update set beat_at = greatest(heartbeats.beat_at, excluded.beat_at)`,
    [lanes, now],
  )
}

/** @returns what was due before `moment` and has not been touched, and which firms have an outage to hear of */
export async function readLate(
  db: Database,
  moment: Temporal.Instant,
): Promise<{ untouched: Untouched[]; outages: Set<FirmId> }> {
  const rows = await db.lookup<{ lane: string; firm_id: FirmId; since: Temporal.Instant }>(
    'select lane, firm_id, since from late_work($1)',
    [moment],
  )
  const isOutage = ({ lane }: { lane: string }) => lane === 'outage'
  return {
    untouched: rows
      .filter((row) => !isOutage(row))
      .map(({ lane, firm_id, since }) => ({ lane, firmId: firm_id, since })),
    outages: new Set(rows.filter(isOutage).map((row) => row.firm_id)),
  }
}

export interface Outage extends Record<string, unknown> {
  id: string
  from_at: Temporal.Instant
  to_at: Temporal.Instant
  reminders: string[]
  due_at: Temporal.Instant
}

/** Once, however many processes wake up after it. @param dueAt when it is told at the latest */
export async function saveOutage(
  tx: FirmTx,
  outage: { id: string; from: Temporal.Instant; to: Temporal.Instant; reminders: readonly string[] },
  dueAt: Temporal.Instant,
): Promise<void> {
  await tx.run(
    `insert into outages (firm_id, id, from_at, to_at, reminders, due_at)
     values (current_firm(), $1, $2, $3, $4, $5) on conflict (firm_id, from_at) do nothing`,
    [outage.id, outage.from, outage.to, outage.reminders, dueAt],
  )
}

/** Locked, so that one process tells of it. */
export function untoldOutages(tx: FirmTx): Promise<Outage[]> {
  return tx.rows<Outage>(
    `select id, from_at, to_at, reminders, due_at from outages
     where firm_id = current_firm() and due_at is not null order by from_at for update`,
  )
}

export async function markTold(tx: FirmTx, id: string): Promise<void> {
  await tx.run('update outages set due_at = null where id = $1', [id])
}

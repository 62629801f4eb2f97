/** The rows of who came and who did not. The only SQL on them, beside the report's. */
import { toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Attendance } from './types.ts'

export const byCms = 'cms'

/** What the CMS says takes the place of what it said before, and never of what a person said. */
export async function takeAttendance(
  tx: FirmTx,
  said: readonly { factId: string; startsAt: Temporal.Instant; outcome: Attendance | null }[],
  now: Temporal.Instant,
): Promise<void> {
  if (said.length === 0) return
  const rows = toJson(
    said.map((s) => ({ fact_id: s.factId, starts_at: s.startsAt.toString(), outcome: s.outcome })),
  )
  const given = 'json_to_recordset($1) as x(fact_id uuid, starts_at timestamptz, outcome text)'
  await tx.run(
    `delete from appointment_attendance a using ${given}
     where a.fact_id = x.fact_id and a.starts_at = x.starts_at and a.said_by = '${byCms}' and x.outcome is null`,
    [rows],
    'attendance_unsaid',
  )
  if (said.every(({ outcome }) => outcome === null)) return
  await tx.run(
    `insert into appointment_attendance as a (firm_id, fact_id, starts_at, outcome, said_by, said_at)
     select current_firm(), x.fact_id, x.starts_at, x.outcome, '${byCms}', $2 from ${given} where x.outcome is not null
     on conflict (fact_id, starts_at) do update set outcome = excluded.outcome, said_at = excluded.said_at
     where a.said_by = '${byCms}' and a.outcome <> excluded.outcome`,
    [rows, now],
    'attendance_cms',
  )
}

export interface AppointmentRow extends Record<string, unknown> {
  id: string
  external_id: string
  matter_id: string | null
  data: Record<string, unknown>
  removed: boolean
}

/** @param id ours, or the CMS's own, which two systems may both have */
export function findAppointments(tx: FirmTx, id: string): Promise<AppointmentRow[]> {
  return tx.rows<AppointmentRow>(
    `select id, external_id, matter_id, data, removed_at is not null as removed from facts
     where firm_id = current_firm() and kind = 'appointment' and (id::text = $1 or external_id = $1)
     order by (id::text = $1) desc, id for no key update`,
    [id],
  )
}

export async function saveAttendance(
  tx: FirmTx,
  of: { factId: string; startsAt: Temporal.Instant },
  outcome: Attendance,
  by: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx.run(
    `insert into appointment_attendance (firm_id, fact_id, starts_at, outcome, said_by, said_at)
     values (current_firm(), $1, $2, $3, $4, $5)
     on conflict (fact_id, starts_at) do update
       set outcome = excluded.outcome, said_by = excluded.said_by, said_at = excluded.said_at`,
    [of.factId, of.startsAt, outcome, by, now],
  )
}

/** Taken back: what the CMS says of it counts again, and is asked for by planning it anew. */
export async function dropAttendance(
  tx: FirmTx,
  of: { factId: string; startsAt: Temporal.Instant },
): Promise<void> {
  await tx.run('delete from appointment_attendance where fact_id = $1 and starts_at = $2', [
    of.factId,
    of.startsAt,
  ])
  await tx.run(`update facts set planned = 'again' where id = $1 and planned = 'done'`, [of.factId])
}

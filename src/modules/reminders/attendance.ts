/** Staff say whether a client came: it stands until they say otherwise, whatever the CMS says. */
import type { FirmId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { timeOf } from '../facts/index.ts'
import * as store from './attendance-store.ts'
import type { Attendance } from './types.ts'

export interface SayingAttendance {
  by: string
  now: Temporal.Instant
  firmZone: string
  nudge(lane: 'plan', firmId: FirmId): void
}

export type AttendanceVerdict =
  | { kind: 'said'; id: string; startsAt: Temporal.Instant }
  | { kind: 'missing' }
  /** The CMS's own ids of two systems are the same: each by ours. */
  | { kind: 'several'; ids: string[] }
  /** It is off, so that nobody could come; or it tells no time that can be read. */
  | { kind: 'off' | 'no_time' }
  | { kind: 'to_come'; startsAt: Temporal.Instant }

/**
 * @param id of the appointment: ours, or the CMS's own
 * @param outcome `unknown` takes back what a person said
 */
export async function sayAttendance(
  tx: FirmTx,
  id: string,
  outcome: Attendance | 'unknown',
  { by, now, firmZone, nudge }: SayingAttendance,
): Promise<AttendanceVerdict> {
  const found = await store.findAppointments(tx, id)
  const own = found.filter((one) => one.id === id)
  const [appointment, ...more] = own.length > 0 ? own : found
  if (appointment === undefined) return { kind: 'missing' }
  if (more.length > 0) return { kind: 'several', ids: found.map((one) => one.id) }
  if (appointment.removed) return { kind: 'off' }
  const time = timeOf(appointment.data, firmZone)
  if (time === null) return { kind: 'no_time' }
  const { startsAt } = time
  if (Temporal.Instant.compare(startsAt, now) > 0) return { kind: 'to_come', startsAt }
  const of = { factId: appointment.id, startsAt }
  if (outcome === 'unknown') {
    await store.dropAttendance(tx, of)
    tx.afterCommit(() => nudge('plan', tx.firmId))
  } else await store.saveAttendance(tx, of, outcome, by, now)
  await record(
    tx,
    [
      {
        actor: by,
        action: `appointment.${outcome}`,
        subject: `appointment:${appointment.id}`,
        data: { startsAt: startsAt.toString() },
      },
    ],
    now,
  )
  return { kind: 'said', id: appointment.id, startsAt }
}

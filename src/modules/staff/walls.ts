/** Ethical walls: a matter that is closed to somebody, who then finds it nowhere (row-level security sees to it). */
import type { MatterId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'

export interface Wall {
  matterId: MatterId
  matter: string
  staffId: string
  name: string
  reason: string
  createdBy: string
  createdAt: string
}

interface Between {
  matterId: MatterId
  staffId: string
}

/** @returns false where there is no such member, or the wall stands already */
export async function closeMatter(
  tx: FirmTx,
  { matterId, staffId }: Between,
  reason: string,
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<boolean> {
  const made = await tx.run(
    `insert into matter_walls (firm_id, matter_id, staff_id, reason, created_by, created_at)
     select current_firm(), $1, s.id, $3, $4, $5 from staff s where s.id = $2 and s.removed_at is null
     on conflict do nothing`,
    [matterId, staffId, reason, by, now],
  )
  if (made === 0) return false
  const entry = { actor: by, action: 'wall.raised', subject: `matter:${matterId}` }
  await record(tx, [{ ...entry, data: { staff: staffId, reason } }], now)
  return true
}

/** The row goes: why it stood, and why not any more, is in the record. @returns false where there was no such wall */
export async function openMatter(
  tx: FirmTx,
  { matterId, staffId }: Between,
  reason: string,
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<boolean> {
  const gone = await tx.run('delete from matter_walls where staff_id = $1 and matter_id = $2', [
    staffId,
    matterId,
  ])
  if (gone === 0) return false
  const entry = { actor: by, action: 'wall.taken_down', subject: `matter:${matterId}` }
  await record(tx, [{ ...entry, data: { staff: staffId, reason } }], now)
  return true
}

export async function wallsOf(tx: FirmTx): Promise<Wall[]> {
  const rows = await tx.rows<{
    matter_id: MatterId
    number: string | null
    title: string | null
    staff_id: string
    name: string
    reason: string
    created_by: string
    created_at: Temporal.Instant
  }>(
    `select w.matter_id, m.number, m.title, w.staff_id, s.name, w.reason, w.created_by, w.created_at
     from matter_walls w join matters m on m.id = w.matter_id join staff s on s.id = w.staff_id
     where w.firm_id = current_firm() order by w.created_at desc, w.matter_id, w.staff_id`,
  )
  return rows.map((r) => ({
    matterId: r.matter_id,
    matter: [r.number, r.title].filter((part) => part !== null).join(' '),
    staffId: r.staff_id,
    name: r.name,
    reason: r.reason,
    createdBy: r.created_by,
    createdAt: r.created_at.toString(),
  }))
}

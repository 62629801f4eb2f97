/** The red button: everything to one client, one matter or the whole firm stops, at once, also what is queued. */
import type { ClientId, FirmId, MatterId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'

export type PauseScope = 'firm' | 'matter' | 'client'

export interface Pause extends Record<string, unknown> {
  id: string
  scope: PauseScope
  target_id: string
  reason: string
  paused_by: string
  created_at: Temporal.Instant
  ends_at: Temporal.Instant | null
}

/**
 * Takes the target exclusively: once this has committed, no attempt to it commits any more.
 *
 * @param endsAt null: until someone lifts it
 */
export async function pause(
  tx: FirmTx,
  wanted: {
    id: string
    scope: PauseScope
    targetId: FirmId | MatterId | ClientId
    reason: string
    by: string
    endsAt: Temporal.Instant | null
  },
  now: Temporal.Instant,
): Promise<void> {
  await tx.run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${wanted.scope} ${wanted.targetId}`,
  ])
  // Others may be told of a client's matters: what is claimed for them holds the lock of the matter.
  if (wanted.scope === 'client')
    await tx.run(
      `select pg_advisory_xact_lock(hashtextextended('matter ' || id, 0)) from
         (select id from matters where client_id = $1 order by id::text) m`,
      [wanted.targetId],
    )
  await tx.run(
    `insert into pauses (firm_id, id, scope, target_id, reason, paused_by, created_at, ends_at)
     values (current_firm(), $1, $2, $3, $4, $5, $6, $7)`,
    [wanted.id, wanted.scope, wanted.targetId, wanted.reason, wanted.by, now, wanted.endsAt],
  )
  await record(
    tx,
    [
      {
        actor: wanted.by,
        action: 'pause.begun',
        subject: `${wanted.scope}:${wanted.targetId}`,
        data: { pause: wanted.id, reason: wanted.reason },
      },
    ],
    now,
  )
}

/**
 * Lifts every live pause on the target.
 *
 * @returns how many were lifted; what they held is for the caller to release
 */
export async function resume(
  tx: FirmTx,
  target: { scope: PauseScope; targetId: string },
  by: string,
  now: Temporal.Instant,
): Promise<number> {
  const lifted = await tx.run(
    `update pauses set lifted_at = $3, lifted_by = $4
     where firm_id = current_firm() and scope = $1 and target_id = $2 and lifted_at is null`,
    [target.scope, target.targetId, now, by],
  )
  if (lifted > 0) {
    await record(
      tx,
      [
        {
          actor: by,
          action: 'pause.lifted',
          subject: `${target.scope}:${target.targetId}`,
          data: { lifted },
        },
      ],
      now,
    )
  }
  return lifted
}

/** @param targets ids of firms, matters and clients; absent: every live pause of the firm */
export function livePauses(tx: FirmTx, now: Temporal.Instant, targets?: readonly string[]): Promise<Pause[]> {
  return tx.rows<Pause>(
    `select id, scope, target_id, reason, paused_by, created_at, ends_at from pauses
     where firm_id = current_firm() and lifted_at is null and (ends_at is null or ends_at > $1)
       and ($2::uuid[] is null or target_id = any($2))
     order by created_at`,
    [now, targets ?? null],
    'pauses_live',
  )
}

/** Legal holds as staff see them: by whom, why, on what. */
import type { Page } from '../../../contracts/common.ts'
import type { LegalHold } from '../../../contracts/retention.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { PageQuery } from './lists.ts'
import { namesOfActors, outRows, pageFrom } from './rows.ts'

const columns = `h.id, case when h.matter_id is null then 'client' else 'matter' end as scope,
  coalesce(h.matter_id, h.client_id) as "targetId", coalesce(m.number, m.external_id, c.name) as target, h.reason,
  h.placed_by as "placedBy", h.placed_at as "placedAt", h.released_at as "releasedAt", h.released_by as "releasedBy",
  h.release_reason as "releaseReason"`
const from = `legal_holds h left join matters m on m.id = h.matter_id left join clients c on c.id = h.client_id`

/** The newest first. */
export async function holdPage(
  tx: FirmTx,
  query: PageQuery & { state: 'live' | 'released' },
): Promise<Page<LegalHold>> {
  const rows = await outRows<LegalHold>(
    tx,
    `select ${columns} from ${from}
     where h.firm_id = current_firm() and (h.released_at is null) = $1 and ($2::uuid is null or h.id < $2)
     order by h.id desc limit $3`,
    [query.state === 'live', query.cursor ?? null, query.limit + 1],
  )
  return pageFrom(await withNames(tx, rows), query.limit)
}

export async function holdById(tx: FirmTx, id: string): Promise<LegalHold | null> {
  const rows = await outRows<LegalHold>(tx, `select ${columns} from ${from} where h.id = $1`, [id])
  return (await withNames(tx, rows))[0] ?? null
}

/**
 * Those on any of these, the oldest first.
 *
 * @param all also those that were released
 */
export async function holdsOn(tx: FirmTx, targets: readonly string[], all = false): Promise<LegalHold[]> {
  const rows = await outRows<LegalHold>(
    tx,
    `select ${columns} from ${from}
     where h.firm_id = current_firm() and (h.matter_id = any($1) or h.client_id = any($1)) and ($2 or h.released_at is null)
     order by h.placed_at, h.id`,
    [targets, all],
  )
  return withNames(tx, rows)
}

async function withNames(tx: FirmTx, holds: LegalHold[]): Promise<LegalHold[]> {
  const name = await namesOfActors(
    tx,
    holds.flatMap((h) => [h.placedBy, h.releasedBy]),
  )
  return holds.map((h) => ({
    ...h,
    placedBy: name(h.placedBy),
    releasedBy: h.releasedBy && name(h.releasedBy),
  }))
}

/** The data quality queue as staff see it, and their hands on it. */
import type { Page } from '../../../contracts/common.ts'
import type { FixRequest, QualityItem } from '../../../contracts/quality.ts'
import type { ConnectionId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type Closing, type Fixing, fixItem, ignoreItem, isKind, kindOf } from '../quality/index.ts'
import type { PageQuery } from './lists.ts'
import type { Acting } from './operations.ts'
import { namesOfActors, outRows, pageFrom } from './rows.ts'

export async function qualityPage(
  tx: FirmTx,
  query: PageQuery & { state: QualityItem['state']; kind?: string | undefined },
): Promise<Page<QualityItem>> {
  const rows = await outRows<Omit<QualityItem, 'title' | 'advice'>>(
    tx,
    `select q.id, k.key as connection, q.kind, q.subject, q.external_id as "externalId", q.field, q.value, q.reason,
            q.suggestion, q.link, c.id as "clientId", c.name as client, q.state, q.first_seen_at as "firstSeenAt",
            q.last_seen_at as "lastSeenAt", q.resolved_at as "resolvedAt", q.resolved_by as "resolvedBy", q.resolution
     from quality_items q join connections k on k.id = q.connection_id
     left join clients c on q.subject = 'client' and c.connection_id = q.connection_id and c.external_id = q.external_id
     where q.firm_id = current_firm() and q.state = $1 and ($2::uuid is null or q.id < $2)
       and ($4::text is null or q.kind = $4)
     order by q.id desc limit $3`,
    [query.state, query.cursor ?? null, query.limit + 1, query.kind ?? null],
  )
  const name = await namesOfActors(
    tx,
    rows.map((r) => r.resolvedBy),
  )
  const items = rows.map((row): QualityItem => {
    // A later release may have kinds that this one has no words for.
    const { title, advice } = isKind(row.kind) ? kindOf(row.kind) : { title: row.kind, advice: '' }
    return { ...row, title, advice, resolvedBy: row.resolvedBy && name(row.resolvedBy) }
  })
  return pageFrom(items, query.limit)
}

/** @param countryOf for numbers without a country code, by connection */
export async function fixQuality(
  tx: FirmTx,
  id: string,
  request: FixRequest,
  countryOf: (connectionId: ConnectionId) => string,
  { by, now, newId, nudge }: Acting,
): Promise<Fixing> {
  const fixed = await fixItem(tx, id, request, countryOf, { by, now, newId })
  if (fixed.ok) tx.afterCommit(() => nudge('release', tx.firmId))
  return fixed
}

export const ignoreQuality = (tx: FirmTx, id: string, reason: string, acting: Acting): Promise<Closing> =>
  ignoreItem(tx, id, reason, acting)

/** What a pause is about, as a person names it. */
import type { PauseTarget } from '../../../contracts/operations.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { Target } from './lists.ts'
import { type Candidate, findClients, findMatters, findOwners, spellings } from './subjects.ts'

export type TargetVerdict =
  | { kind: 'found'; target: Target; name: string }
  | { kind: 'none'; reason: string }
  | { kind: 'several'; candidates: Candidate[] }

/**
 * @param text client: id, id in the CMS, name, number or address; matter: id, number, id in the CMS; firm: absent
 * @returns exactly one, or why not: nobody may be paused by mistake for another
 */
export async function findTarget(
  tx: FirmTx,
  scope: PauseTarget,
  text: string | undefined,
): Promise<TargetVerdict> {
  if (scope === 'firm') {
    const [firm] = await tx.rows<{ name: string; key: string }>(
      'select name, key from firms where firm_id = $1',
      [tx.firmId],
    )
    if (!firm) return { kind: 'none', reason: 'there is no such firm' }
    if (text !== undefined && text !== firm.key && text !== tx.firmId)
      return { kind: 'none', reason: `the firm is ${firm.key}, not "${text}"; leave the target out` }
    return { kind: 'found', target: { scope, id: tx.firmId }, name: firm.name }
  }
  if (text === undefined) return { kind: 'none', reason: `say which ${scope}` }
  const candidates = scope === 'matter' ? await findMatters(tx, text) : await clientsBy(tx, text)
  const [one, ...more] = candidates
  if (!one) return { kind: 'none', reason: `no ${scope} is known by "${text}"` }
  if (more.length > 0) return { kind: 'several', candidates }
  return { kind: 'found', target: { scope, id: one.id }, name: one.label }
}

async function clientsBy(tx: FirmTx, text: string): Promise<Candidate[]> {
  const named = await findClients(tx, text)
  if (named.length > 0) return named
  const read = spellings(text.includes('@') ? 'mail' : 'phone', text)
  return read.ok ? findOwners(tx, read.all) : []
}

/** What pauses are about, in words: for lists. */
export async function targetNames(
  tx: FirmTx,
  pauses: readonly { scope: string; targetId: string }[],
): Promise<(targetId: string) => string> {
  if (pauses.length === 0) return (id) => id
  const rows = await tx.rows<{ id: string; name: string }>(
    `select id, name from clients where id = any($1)
     union all select id, coalesce(number, external_id) from matters where id = any($1)
     union all select firm_id, name from firms where firm_id = any($1)`,
    [pauses.map((p) => p.targetId)],
  )
  const names = new Map(rows.map((r) => [r.id, r.name]))
  return (id) => names.get(id) ?? id
}

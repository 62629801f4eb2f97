/** The firm's states as a diagram wants them: how many matters are in each, and what was said that fits none. */
import type { FirmStates, UnknownStatus } from '../../../contracts/states.ts'
import { normaliseStatus } from '../../kernel/text.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { StatusMap } from '../matters/index.ts'
import { outRows } from './rows.ts'

/** How many of one status are named; it counts them all. */
const named = 20

/**
 * @param map the firm's states as they are compiled
 * @param version of the item that configures them; 0: none does
 */
export async function firmStates(tx: FirmTx, map: StatusMap, version: number): Promise<FirmStates> {
  const [counted, waiting] = await Promise.all([
    tx.rows<{ state: string | null; matters: number }>(
      'select state, count(*)::int as matters from matters where firm_id = current_firm() group by state',
    ),
    outRows<Omit<UnknownStatus, 'suggestions'>>(
      tx,
      `select q.raw_status as raw, c.key as connection, count(*)::int as count, min(q.at) as "firstAt",
              max(q.at) as "lastAt", (array_agg(q.id order by q.id desc))[1:${named}] as quarantined
       from quarantine q join connections c on c.id = q.connection_id
       where q.firm_id = current_firm() and q.state = 'open' and q.kind = 'unknown_status' and q.raw_status is not null
       group by q.raw_status, c.key order by count(*) desc, q.raw_status limit 200`,
      [],
    ),
  ])
  const matters = new Map(counted.map((row) => [row.state, row.matters]))
  const states = version === 0 ? [] : [...map.states.values()]
  return {
    version,
    states: states.map(({ key, words, initial, next, raw }) => ({
      key,
      words,
      initial,
      next,
      raw,
      matters: matters.get(key) ?? 0,
    })),
    unknown: waiting.map((status) => {
      const found = map.lookup(status.raw)
      return { ...status, suggestions: 'unknown' in found && version > 0 ? found.suggestions : [] }
    }),
    withoutState: matters.get(null) ?? 0,
  }
}

/** The written states with one more name for one of them. */
export type Mapped =
  | { kind: 'changed'; body: { states: Record<string, unknown>[] } }
  | { kind: 'same' }
  | { kind: 'no_state'; known: string[] }
  /** It means another state by now: nobody turns it round by a click. */
  | { kind: 'taken'; state: string }

/** @param written the body of the item `states`, as it was written */
export function withRaw(
  written: { states: readonly Record<string, unknown>[] },
  map: StatusMap,
  raw: string,
  state: string,
): Mapped {
  const at = written.states.findIndex((s) => s.key === state)
  if (at === -1) return { kind: 'no_state', known: written.states.map((s) => String(s.key)) }
  const found = map.lookup(raw)
  if ('state' in found && normaliseStatus(raw) !== '')
    return found.state === state ? { kind: 'same' } : { kind: 'taken', state: found.state }
  const states = written.states.map((s, i) =>
    i === at ? { ...s, raw: [...(Array.isArray(s.raw) ? s.raw : []), raw] } : s,
  )
  return { kind: 'changed', body: { states } }
}

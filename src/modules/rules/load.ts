/** Reads what decisions need for many matters at once: a handful of statements for a whole batch. */
import type { ClientId, MatterId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type ConsentRow, consentOfClients, livePauses, type Pause } from '../consent/index.ts'
import { type FactRow, loadClients, loadFacts } from '../facts/index.ts'
import type { MatterRow } from '../matters/index.ts'
import { type Known, knownAbout } from '../notices/index.ts'
import type { FirmProgram } from './program.ts'
import type { Situation } from './situation.ts'

export interface Loaded {
  /** @param recipient who is told, where that is not the matter's client; one of those that were asked for */
  situation(matter: MatterRow, recipient?: ClientId | null): Situation
  pauses: readonly Pause[]
  withdrawals: readonly ConsentRow[]
  /** What was decided about these matters before and could come again. */
  known: Known
}

/** How far back `happened` looks at most. */
const historyDays = 90

/**
 * @param matters locked rows; their present values are used, also what this batch changed in memory
 */
export async function loadSituations(
  tx: FirmTx,
  program: FirmProgram,
  matters: readonly MatterRow[],
  now: Temporal.Instant,
  /** Not asked of what is a message already: nothing of it is decided that could have been said before. */
  known: (tx: FirmTx, matterIds: readonly MatterId[]) => Promise<Known> = knownAbout,
  /** Others than the matters' clients who are told. */
  recipients: readonly ClientId[] = [],
): Promise<Loaded> {
  const ids = matters.map((m) => m.id)
  const clientIds = [
    ...new Set([...matters.flatMap((m) => (m.client_id ? [m.client_id] : [])), ...recipients]),
  ]
  const rules = [...program.rulesByKey.values()]
  const [clients, facts, history, pauses, withdrawals, before] = await Promise.all([
    loadClients(tx, clientIds),
    rules.some((r) => r.readsFacts) ? loadFacts(tx, ids) : [],
    rules.some((r) => r.readsHistory) ? loadHistory(tx, ids, now) : [],
    livePauses(tx, now, [tx.firmId, ...ids, ...clientIds]),
    consentOfClients(tx, clientIds),
    known(tx, ids),
  ])
  const factsBy = Map.groupBy(facts, (f: FactRow) => f.matterId)
  const historyBy = Map.groupBy(history, (h) => h.matter_id)
  return {
    pauses,
    withdrawals,
    known: before,
    situation: (matter, recipient = matter.client_id as ClientId | null) => ({
      matter,
      client: matter.client_id ? (clients.get(matter.client_id) ?? null) : null,
      recipient: recipient ? (clients.get(recipient) ?? null) : null,
      facts: factsBy.get(matter.id) ?? [],
      history: (historyBy.get(matter.id) ?? []).map((h) => ({ id: h.id, type: h.type, at: h.at })),
    }),
  }
}

function loadHistory(tx: FirmTx, ids: readonly MatterId[], now: Temporal.Instant) {
  return tx.rows<{ id: string; matter_id: MatterId; type: string; at: Temporal.Instant }>(
    `select id, matter_id, type, occurred_at as at from events
     where matter_id = any($1) and recorded_at > $2 and outcome in ('decided', 'unhandled')`,
    [ids, now.subtract({ hours: 24 * historyDays })],
    'events_history',
  )
}

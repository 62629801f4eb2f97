/** Facts that came in a payload, kept before rules look: a rule may require the very thing that just arrived. */
import type { MatterId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type NewFact, removeFacts, upsertFacts } from '../facts/index.ts'

export interface ArrivedFact extends NewFact {
  removed: boolean
}

/** @returns the matters whose facts changed */
export async function storeFacts(
  tx: FirmTx,
  facts: readonly ArrivedFact[],
  now: Temporal.Instant,
  newId: NewId,
): Promise<MatterId[]> {
  if (facts.length === 0) return []
  await upsertFacts(
    tx,
    facts.filter((f) => !f.removed),
    now,
    newId,
  )
  await removeFacts(
    tx,
    facts.filter((f) => f.removed),
    now,
  )
  return [...new Set(facts.map((f) => f.matterId))]
}

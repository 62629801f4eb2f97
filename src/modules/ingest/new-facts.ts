/** Facts that came in a payload, kept before rules look: a rule may require the very thing that just arrived. */
import type { MatterId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type KnownFact, upsertFacts } from '../facts/index.ts'
import { supersedeAbout } from '../notices/index.ts'

/**
 * Also ends what was to be said of these facts and is no longer so.
 *
 * @param facts as they are after all events of the batch
 * @returns the matters whose facts changed, and the editions of the facts by id
 */
export async function storeFacts(
  tx: FirmTx,
  facts: readonly KnownFact[],
  now: Temporal.Instant,
  newId: NewId,
): Promise<{ matters: MatterId[]; editions: ReadonlyMap<string, number> }> {
  if (facts.length === 0) return { matters: [], editions: new Map() }
  // One after the other on the way, one wait for both.
  const [editions] = await Promise.all([
    upsertFacts(tx, facts, now, newId),
    supersedeAbout(
      tx,
      facts.map((f) => ({ factId: f.id, mark: f.mark })),
      'there is newer news of it',
      now,
    ),
  ])
  return { matters: [...new Set(facts.flatMap((f) => f.matterId ?? []))], editions }
}

/** Retention carried out: rule by rule, a batch a transaction, so that nobody waits for long. */
import type { FirmId } from '../../kernel/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'
import { cutoffsOf } from './policy.ts'
import { type Deleting, deleteMessageWords, deletePayloads, deleteTextWords, takeTurn } from './store.ts'
import type { RetentionRule, RetentionSettings } from './types.ts'

export interface RetainDeps {
  db: Database
  now(): Temporal.Instant
  mac: Deleting['mac']
  /** Things per transaction. */
  batch?: number
  /** Asked before each batch: false ends the work early. */
  goOn?: () => boolean
}

export interface Retained {
  rule: RetentionRule
  months: number
  messages: number
  texts: number
  webhooks: number
}

const defaultBatch = 200

/** @param zone the firm's: months are those of its calendar */
export async function retain(
  firmId: FirmId,
  settings: RetentionSettings,
  zone: string,
  deps: RetainDeps,
): Promise<Retained[]> {
  const now = deps.now()
  const limit = deps.batch ?? defaultBatch
  const cutoffs = cutoffsOf(settings, now, zone)
  const given: Deleting = { now, limit, mac: deps.mac }
  const done: Retained[] = []
  const goOn = deps.goOn ?? (() => true)
  for (const cutoff of cutoffs) {
    const counts = { messages: 0, texts: 0, webhooks: 0 }
    for (let last = limit; last >= limit && goOn(); ) {
      const batch = await deps.db.forFirm(firmId, async (tx) => {
        await takeTurn(tx)
        const gone = cutoff.rule === 'webhooks' ? [] : await deleteMessageWords(tx, cutoff, cutoffs, given)
        const texts = cutoff.rule === 'conversation' ? await deleteTextWords(tx, cutoff, given) : 0
        const webhooks =
          cutoff.rule === 'webhooks'
            ? await deletePayloads(tx, cutoff, given)
            : gone.length === 0
              ? 0
              : await deletePayloads(tx, cutoff, given, gone)
        return { messages: gone.length, texts, webhooks }
      })
      counts.messages += batch.messages
      counts.texts += batch.texts
      counts.webhooks += batch.webhooks
      last = cutoff.rule === 'webhooks' ? batch.webhooks : Math.max(batch.messages, batch.texts)
    }
    done.push({ rule: cutoff.rule, months: cutoff.months, ...counts })
  }
  return done
}

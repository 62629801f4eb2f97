/** Compiled configuration, kept per firm until its revision changes, so that workers parse nothing per message. */
import type { FirmId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { loadConfig, readRevision, type StoredConfig } from './store.ts'

export interface Compiled<C> {
  readonly revision: number
  readonly value: C
}

export class FirmConfigs<C> {
  readonly #compile: (config: StoredConfig) => C
  readonly #limit: number
  readonly #kept = new Map<FirmId, Compiled<C>>()

  /**
   * @param compile pure; throws when the stored items can't be used (made by a newer release, say)
   * @param limit how many firms are kept; the one unused longest goes first
   */
  constructor(compile: (config: StoredConfig) => C, limit = 500) {
    this.#compile = compile
    this.#limit = limit
  }

  /**
   * @param revision the firm's revision where the caller has read it in this transaction already; else it is read
   * @returns the configuration as this transaction sees it
   */
  async get(tx: FirmTx, revision?: number): Promise<Compiled<C>> {
    const wanted = revision ?? (await readRevision(tx))
    const kept = this.#kept.get(tx.firmId)
    if (kept?.revision === wanted) return this.#keep(tx.firmId, kept)
    const config = await loadConfig(tx)
    return this.#keep(tx.firmId, { revision: config.revision, value: this.#compile(config) })
  }

  #keep(firmId: FirmId, compiled: Compiled<C>): Compiled<C> {
    // Map keeps the order of insertion: what was used last goes to the end.
    this.#kept.delete(firmId)
    this.#kept.set(firmId, compiled)
    if (this.#kept.size > this.#limit) this.#kept.delete(this.#kept.keys().next().value!)
    return compiled
  }
}

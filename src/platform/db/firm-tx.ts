/**
 * The only way to the tables of a firm: a transaction whose firm is set before anything else runs,
 * and for this transaction only, so that it can't leak through the pool.
 */
import type { Pool, PoolClient, QueryResultRow } from 'pg'
import { type FirmId, isUuid } from '../../kernel/index.ts'

/** A running transaction for one firm. Row-level security shows it this firm's rows and no others. */
export interface FirmTx {
  readonly firmId: FirmId
  /** @returns the rows; `name` makes it a prepared statement, worth it for what runs for each message */
  rows<R extends QueryResultRow>(sql: string, values?: readonly unknown[], name?: string): Promise<R[]>
  /** @returns how many rows were touched */
  run(sql: string, values?: readonly unknown[], name?: string): Promise<number>
  /** Runs after the commit, never after a roll-back: nudges, live updates. */
  afterCommit(then: () => void): void
}

export interface Database {
  /** Runs `work` in one transaction for one firm: one round trip to begin, one to commit. */
  forFirm<T>(firmId: FirmId, work: (tx: FirmTx) => Promise<T>): Promise<T>
  /** For the look-up functions, which work before a firm is known and return ids only. */
  lookup<R extends QueryResultRow>(sql: string, values?: readonly unknown[], name?: string): Promise<R[]>
}

class Transaction implements FirmTx {
  readonly firmId: FirmId
  readonly afterwards: (() => void)[] = []
  readonly #client: PoolClient

  constructor(firmId: FirmId, client: PoolClient) {
    this.firmId = firmId
    this.#client = client
  }

  async rows<R extends QueryResultRow>(text: string, values: readonly unknown[] = [], name?: string) {
    const result = await this.#client.query<R>(query(text, values, name))
    return result.rows
  }

  async run(text: string, values: readonly unknown[] = [], name?: string) {
    const result = await this.#client.query(query(text, values, name))
    return result.rowCount ?? 0
  }

  afterCommit(then: () => void) {
    this.afterwards.push(then)
  }
}

const query = (text: string, values: readonly unknown[], name: string | undefined) =>
  name === undefined ? { text, values: [...values] } : { text, values: [...values], name }

/** @param pool connections of the app role, which owns nothing and can't bypass row-level security */
export function database(pool: Pool): Database {
  return {
    async forFirm(firmId, work) {
      // The id goes into the text, so that begin and context are one round trip; hence the check.
      if (!isUuid(firmId)) throw new TypeError('forFirm: not a firm id')
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        await client.query(`begin; select set_config('tipstaff.firm_id', '${firmId}', true)`)
        const tx = new Transaction(firmId, client)
        const result = await work(tx)
        await client.query('commit')
        for (const then of tx.afterwards) then()
        return result
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => {
          broken = failure
        })
        throw error
      } finally {
        client.release(broken)
      }
    },
    async lookup<R extends QueryResultRow>(text: string, values: readonly unknown[] = [], name?: string) {
      return (await pool.query<R>(query(text, values, name))).rows
    },
  }
}

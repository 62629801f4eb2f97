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
  /**
   * As `run`, for what nobody waits for: it is on its way before what follows, and costs no round trip of its own.
   * Should it fail, the next statement that is waited for, or at the latest the commit, fails with its error.
   */
  later(sql: string, values?: readonly Sendable[], name?: string): void
  /** Runs after the commit, never after a roll-back: nudges, live updates. */
  afterCommit(then: () => void): void
}

type Plain = string | number | boolean | null | Temporal.Instant | Uint8Array
/** What always can be sent: a value that fails on our side would leave a transaction that could still be committed. */
export type Sendable = Plain | readonly Plain[]

export interface Database {
  /**
   * Runs `work` in one transaction for one firm. Beginning costs no round trip, committing one.
   *
   * @param walledFor a member of its staff, from whom the matters that are closed to them are hidden; null: all is seen
   */
  forFirm<T>(firmId: FirmId, work: (tx: FirmTx) => Promise<T>, walledFor?: string | null): Promise<T>
  /** For the look-up functions, which work before a firm is known and return ids only. */
  lookup<R extends QueryResultRow>(sql: string, values?: readonly unknown[], name?: string): Promise<R[]>
}

class Transaction implements FirmTx {
  readonly firmId: FirmId
  readonly afterwards: (() => void)[] = []
  readonly #client: PoolClient
  /** The first error of the transaction; those after it only say that it was aborted. */
  #failure: unknown
  #last: Promise<unknown>

  /** @param begun already on its way; what follows need not wait for it */
  constructor(firmId: FirmId, client: PoolClient, begun: Promise<unknown>) {
    this.firmId = firmId
    this.#client = client
    this.#last = this.#watched(begun)
    this.#last.catch(() => {})
  }

  async rows<R extends QueryResultRow>(text: string, values: readonly unknown[] = [], name?: string) {
    const result = await this.#send<R>(text, values, name)
    return result.rows
  }

  async run(text: string, values: readonly unknown[] = [], name?: string) {
    const result = await this.#send(text, values, name)
    return result.rowCount ?? 0
  }

  later(text: string, values: readonly Sendable[] = [], name?: string) {
    this.#last = this.#send(text, values, name)
    this.#last.catch(() => {})
  }

  afterCommit(then: () => void) {
    this.afterwards.push(then)
  }

  /** @throws when any statement failed, also one that nobody waited for: then nothing was committed */
  async commit() {
    const [{ command }] = await Promise.all([this.#watched(this.#client.query('commit')), this.#last])
    // The server answers so when the transaction had failed before.
    if (command !== 'COMMIT') throw this.#failure ?? new Error('the transaction was rolled back')
  }

  #send<R extends QueryResultRow>(text: string, values: readonly unknown[], name: string | undefined) {
    gather(this.#client)
    return this.#watched(this.#client.query<R>(query(text, values, name)))
  }

  async #watched<T>(sent: Promise<T>): Promise<T> {
    try {
      return await sent
    } catch (error) {
      this.#failure ??= error
      throw this.#failure
    }
  }
}

/**
 * A prepared statement's plan is kept until the next ANALYZE. One that was made while a table was almost empty reads
 * all of it for each row, soon at several times the work; so a connection plans anew after a second of its life, and
 * then ever more rarely: by then the tables change slowly, and autovacuum keeps up.
 */
function replan(client: PoolClient): string {
  const now = performance.now()
  const plans = planned.get(client)
  if (plans === undefined) {
    planned.set(client, { at: now, goodFor: 1_000 })
    return ''
  }
  if (now - plans.at < plans.goodFor) return ''
  planned.set(client, { at: now, goodFor: Math.min(plans.goodFor * 2, 300_000) })
  return 'discard plans; '
}
const planned = new WeakMap<PoolClient, { at: number; goodFor: number }>()

/** What is sent in one turn of the event loop leaves in one write. */
function gather(client: PoolClient) {
  const { stream } = client.connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

const query = (text: string, values: readonly unknown[], name: string | undefined) =>
  name === undefined ? { text, values: [...values] } : { text, values: [...values], name }

/** @param pool connections of the app role, which owns nothing and can't bypass row-level security */
export function database(pool: Pool): Database {
  return {
    async forFirm(firmId, work, walledFor = null) {
      // The ids go into the text, so that begin and context are one round trip; hence the check.
      if (!isUuid(firmId)) throw new TypeError('forFirm: not a firm id')
      if (walledFor !== null && !isUuid(walledFor)) throw new TypeError('forFirm: not an id of staff')
      const behindWalls =
        walledFor === null
          ? ''
          : `; set local tipstaff.staff_id = '${walledFor}'; set local role tipstaff_walled`
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        gather(client)
        const begun = client.query(
          `${replan(client)}begin; set local tipstaff.firm_id = '${firmId}'${behindWalls}`,
        )
        const tx = new Transaction(firmId, client, begun)
        const result = await work(tx)
        await tx.commit()
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

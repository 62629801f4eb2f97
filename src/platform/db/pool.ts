import pg from 'pg'
import { typeParsers } from './types.ts'

export interface PoolOptions {
  url: string
  /** Most connections at a time. The server takes 100 from all processes together. */
  max: number
  /** Hears of connections that broke while nobody was asking them anything, as on a server's restart. */
  onError: (error: Error) => void
  /** How this pool is called in pg_stat_activity. */
  applicationName?: string
  /** A statement that takes longer is ended by the server, in milliseconds. None by default. */
  statementTimeoutMs?: number
}

/** Longer than any transaction of ours; a process that froze in one must not hold its locks for ever. */
const IDLE_IN_TRANSACTION_MS = 30_000
const CONNECT_MS = 10_000
const IDLE_MS = 30_000

/**
 * Our statements look rows up, a batch at a time, by an index. A plan that reads a whole table instead is one that was
 * made while the table was almost empty, and a prepared statement would keep it until the next ANALYZE: measured as
 * several times the work per message in a deployment's first minutes. For the same reason statements that run for each
 * message name the rows of every large table by `= any(ids)`, also where a join would say as much. Bitmaps are off
 * because two of them get combined: the rows that were asked for, with all that the firm has.
 */
const byIndex = '-c enable_seqscan=off -c enable_mergejoin=off -c enable_bitmapscan=off'

/**
 * A pool of connections whose rows hold Temporal values and safe numbers (see types.ts) and whose session
 * speaks UTC. A query with a `name` is parsed and planned once per connection. A lost connection never ends the process: the query that was on it rejects, the next gets a new one.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    application_name: options.applicationName ?? 'tipstaff',
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    ...(options.statementTimeoutMs === undefined ? {} : { statement_timeout: options.statementTimeoutMs }),
    keepAlive: true,
    // Statements leave without waiting for the answer to the one before (libpq's pipeline mode).
    pipeline: true,
    options: `-c timezone=UTC ${byIndex}`,
    types: typeParsers,
  })
  // pg-pool listens to idle clients only and passes on what it hears; one that breaks between two queries of a
  // transaction would end the process. So each client has a listener of its own, and the pool's says nothing more.
  pool.on('connect', (client) => client.on('error', options.onError))
  pool.on('error', () => {})
  return pool
}

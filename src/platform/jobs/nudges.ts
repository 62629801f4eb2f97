/**
 * Nudges between processes. They go out after the commit, gathered, in a transaction of their own that writes
 * nothing: a NOTIFY inside the business transaction would make commits queue for one global lock.
 */
import { Client } from 'pg'
import type { FirmId } from '../../kernel/index.ts'
import type { Database } from '../db/firm-tx.ts'

const channel = 'tipstaff_nudge'

export interface Nudges {
  /** Whether this process hears the others now. */
  readonly listening: boolean
  send(lane: string, firmId: FirmId): void
  /**
   * @param receive called for nudges of other processes, and after each (re)connect with `null`: anything may have
   *   been missed
   */
  listen(receive: (nudge: { lane: string; firmId: FirmId } | null) => void): void
  /** What was still to be told is told. */
  close(): Promise<void>
}

/** @param options.url for a connection of its own: LISTEN belongs to a session */
export function nudges(options: {
  url: string
  db: Database
  self: string
  onError(error: unknown): void
}): Nudges {
  let pending = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let client: Client | undefined
  let receive: (nudge: { lane: string; firmId: FirmId } | null) => void = () => {}

  const flush = async () => {
    timer = undefined
    const lines = [...pending]
    pending = new Set()
    try {
      await options.db.lookup('select pg_notify($1, line) from unnest($2::text[]) line', [channel, lines])
    } catch (error) {
      // The sweep of whoever should have heard makes up for it.
      options.onError(error)
    }
  }

  const connect = async (): Promise<void> => {
    if (closed) return
    const next = new Client({
      connectionString: options.url,
      keepAlive: true,
      application_name: 'tipstaff nudges',
    })
    const again = () => {
      if (client === next) client = undefined
      next.removeAllListeners()
      next.on('error', () => {})
      next.end().catch(() => {})
      if (!closed) setTimeout(connect, 500).unref()
    }
    next.on('error', again)
    next.on('end', again)
    next.on('notification', ({ payload }) => {
      const [from, lane, firmId] = (payload ?? '').split(' ')
      if (from !== options.self && lane && firmId) receive({ lane, firmId: firmId as FirmId })
    })
    try {
      await next.connect()
      await next.query(`listen ${channel}`)
      // Closed meanwhile: nobody else would end this connection.
      if (closed) return again()
      client = next
      receive(null)
    } catch (error) {
      options.onError(error)
      again()
    }
  }
  return {
    get listening() {
      return client !== undefined
    },
    send(lane, firmId) {
      pending.add(`${options.self} ${lane} ${firmId}`)
      timer ??= setTimeout(flush, 10)
    },
    listen(given) {
      receive = given
      void connect()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      if (pending.size > 0) await flush()
      const open = client
      client = undefined
      open?.removeAllListeners('end')
      await open?.end().catch(() => {})
    },
  }
}

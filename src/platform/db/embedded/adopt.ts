import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { StartupError } from '../startup-error.ts'
import type { Place } from './place.ts'
import { findRunning } from './server.ts'
import type { Listen } from './settings.ts'

const TRIES = 40
const TRY_AGAIN_MS = 50

async function clusterName(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string }>(`select current_setting('cluster_name') as name`)
    return rows[0]?.name ?? ''
  } finally {
    await client.end()
  }
}

/**
 * The address of a live server on our cluster, after making sure that it is one that a Tipstaff of this data
 * directory started; undefined when there is none, or it dies while we look. Throws StartupError when it is
 * somebody else's. `adminUrlOf` makes the superuser's URL for an address.
 */
export async function adoptRunning(
  place: Place,
  adminUrlOf: (listen: Listen) => string,
): Promise<Listen | undefined> {
  for (let attempt = 1; ; attempt++) {
    const running = await findRunning(place)
    if (!running) return undefined
    let reason: string
    try {
      const name = await clusterName(adminUrlOf(running))
      if (name === `tipstaff-${place.record.token}`) return running
      reason = `it calls itself "${name}"`
    } catch (error) {
      // A server that was just killed looks alive for a moment, and takes no connections any more. Class 57P0x is
      // one that shuts down, crashes or starts (PostgreSQL's manual, Appendix A).
      const refused = error instanceof pg.DatabaseError && !error.code?.startsWith('57P0')
      if (!refused && attempt < TRIES) {
        await delay(TRY_AGAIN_MS)
        continue
      }
      reason = error instanceof Error ? error.message : String(error)
    }
    throw new StartupError(
      `A PostgreSQL server runs on ${place.cluster}, but it was not started by this Tipstaff (${reason}). Nothing was touched: stop that server, or choose another DATA_DIR.`,
    )
  }
}

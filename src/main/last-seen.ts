/** When people and keys were here last: kept to some minutes, so that asking costs no write each time. */
import type { Clock } from '../kernel/index.ts'
import { type Caller, keyUsed } from '../modules/console/index.ts'
import { seen } from '../modules/staff/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import type { Log } from '../platform/log/index.ts'

/** Milliseconds: "five minutes ago" is as exact as anybody asks. */
const exactTo = 5 * 60_000

const mostKept = 10_000

interface Deps {
  db: Database
  clock: Clock
  log: Pick<Log, 'warn'>
}

/** @returns notes that somebody asks; never throws: whoever asks is answered all the same */
export function lastSeen({ db, clock, log }: Deps): (caller: Caller) => Promise<void> {
  const noted = new Map<string, number>()
  return async ({ by, firmId, person, key }) => {
    const now = clock.now()
    const before = noted.get(by)
    if (before !== undefined && now.epochMilliseconds - before < exactTo) return
    if (noted.size >= mostKept) noted.clear()
    noted.set(by, now.epochMilliseconds)
    try {
      await db.forFirm(firmId, async (tx) => {
        if (person) await seen(tx, person.staffId, now)
        if (key) await keyUsed(tx, key.id, now)
      })
    } catch (error) {
      log.warn({ err: error }, 'when somebody was here last could not be kept')
    }
  }
}

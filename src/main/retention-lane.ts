/** The lane that deletes what the firm does not want to keep any longer: looked at once an hour, most of it at night. */
import { createHmac, hkdfSync } from 'node:crypto'
import type { Clock, FirmId } from '../kernel/index.ts'
import { sweepKeys } from '../modules/idempotency/index.ts'
import { retain } from '../modules/retention/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import type { Lane } from '../platform/jobs/lanes.ts'
import type { Log } from '../platform/log/index.ts'
import type { Firms } from './firms.ts'

/** Months pass slowly: an hour more or less is nobody's. */
const lookEvery = { hours: 1 }

/** A key of its own (RFC 5869), so that what it signs can pass for nothing else. */
export function retentionMac(secret: Uint8Array): (bytes: Uint8Array) => string {
  const key = Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), 'tipstaff/retention/1', 32))
  return (bytes) => createHmac('sha256', key).update(bytes).digest('hex')
}

export interface RetentionLaneDeps {
  db: Database
  clock: Clock
  firms: Pick<Firms, 'open'>
  mac: (bytes: Uint8Array) => string
  /** Nothing is deleted from a copy that may not know all that happened. */
  mayDelete(): boolean
  log: Log
}

export function retentionLane({ db, clock, firms, mac, mayDelete, log }: RetentionLaneDeps): Lane {
  const looked = new Map<FirmId, Temporal.Instant>()
  return {
    name: 'retain',
    parallel: 1,
    async run(firmId) {
      const last = looked.get(firmId)
      const now = clock.now()
      if (!mayDelete() || (last && Temporal.Instant.compare(last.add(lookEvery), now) > 0))
        return { next: 'idle' }
      looked.set(firmId, now)
      await db.forFirm(firmId, (tx) => sweepKeys(tx, now))
      const { settings } = (await firms.open(firmId)).code.program
      if (!settings.retention) return { next: 'idle' }
      const done = await retain(firmId, settings.retention, settings.timeZone, {
        db,
        now: () => clock.now(),
        mac,
        goOn: mayDelete,
      })
      for (const { rule, months, messages, texts, webhooks } of done)
        if (messages + texts + webhooks > 0)
          log.info(
            { firm: firmId, rule, months, messages, texts, webhooks },
            'words were deleted under retention',
          )
      return { next: 'idle' }
    },
  }
}

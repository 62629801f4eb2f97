/** Who was frozen while asking a provider, and wakes up when others have gone on. */
import { expect, it } from 'vitest'
import { fillTables, tablesOf } from '../../../test/support/catalog.ts'
import { testDatabase } from '../../../test/support/database.ts'
import type { FirmId } from '../../kernel/index.ts'
import { database } from '../../platform/db/firm-tx.ts'
import type { FoundMessage } from './ports.ts'
import { reconcileLane } from './reconcile.ts'

const { pool, adminPool } = await testDatabase()
const db = database(pool)
const start = Temporal.Instant.from('2030-01-15T18:00:00Z')

it('an answer about an attempt says nothing of the one that another process has begun since', async () => {
  const firmId = crypto.randomUUID() as FirmId
  const rows = await fillTables(adminPool, await tablesOf(adminPool), firmId)
  const { id, connection_id: connection } = rows.get('messages') as { id: string; connection_id: string }
  for (const table of ['receipts', 'dead_letters', 'attempts'])
    await adminPool.query(`delete from ${table} where firm_id = $1`, [firmId])
  const attempt = (number: number, at: Temporal.Instant, absentSince: Temporal.Instant | null) =>
    adminPool.query(
      `insert into attempts (firm_id, id, message_id, number, connection_id, started_at, lease_until, verdict, absent_since)
       values ($1, $2, $3, $4, $5, $6, $7, 'ambiguous', $8)`,
      [firmId, crypto.randomUUID(), id, number, connection, at, at.add({ seconds: 40 }), absentSince],
    )
  await attempt(1, start, start.add({ seconds: 60 }))
  for (const state of ['queued', 'sending', 'unknown'])
    await adminPool.query(
      "update messages set state = $2, attempt_count = 1, due_at = $3, body = 'Hello' where id = $1",
      [id, state, start],
    )

  let now = start.add({ seconds: 90 })
  // While it waits, another process has found it absent and tried again, and that call was left without an answer.
  const find = async (): Promise<FoundMessage[]> => {
    now = start.add({ minutes: 10 })
    await adminPool.query("update attempts set verdict = 'absent', finished_at = $2 where message_id = $1", [
      id,
      now,
    ])
    await attempt(2, now, null)
    for (const state of ['queued', 'sending', 'unknown'])
      await adminPool.query('update messages set state = $2, attempt_count = 2, due_at = $3 where id = $1', [
        id,
        state,
        now.add({ hours: 1 }),
      ])
    return []
  }
  const lane = reconcileLane(
    {
      db,
      clock: { now: () => now, monotonic: () => 0 },
      newId: () => crypto.randomUUID(),
      news: { dead: async () => {} },
      firm: async () => ({
        outlets: new Map([[connection, { sender: { provider: 'twilio', find } }]]),
        schedule: [Temporal.Duration.from('PT1M')],
      }),
      doorUpSince: async () => start,
    } as never,
    () => {},
  )
  await lane.run(firmId)
  const seen = await adminPool.query('select state, due_at from messages where id = $1', [id])
  expect(seen.rows).toMatchObject([{ state: 'unknown', due_at: now.add({ hours: 1 }) }])
})

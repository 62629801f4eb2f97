/** What a page hands on, where a system tells neither versions nor times. */
import { expect, it } from 'vitest'
import { fillTables, tablesOf } from '../../../test/support/catalog.ts'
import { testDatabase } from '../../../test/support/database.ts'
import type { ConnectionId, FirmId } from '../../kernel/index.ts'
import { database } from '../../platform/db/firm-tx.ts'
import type { CmsRecord } from '../connections/index.ts'
import { takePage } from './take.ts'

const { pool, adminPool } = await testDatabase()
const db = database(pool)
const start = Temporal.Instant.from('2030-01-15T18:00:00Z')

it('a status that comes back, and comes back again, is told each time, and once', async () => {
  const firmId = crypto.randomUUID() as FirmId
  const rows = await fillTables(adminPool, await tablesOf(adminPool), firmId)
  const connectionId = rows.get('connections')!.id as ConnectionId
  const record = (rawStatus: string): CmsRecord => ({
    externalId: '7',
    version: rawStatus,
    createdAt: null,
    updatedAt: null,
    payload: (event) => ({ id: '7', status: rawStatus, event }),
    read: {
      holds: 'matter',
      clientExternalId: null,
      matter: { externalId: '7', number: null, title: null, rawStatus, updatedAt: null, data: {} },
    },
  })
  let minutes = 0
  const poll = async (status: string) => {
    const now = start.add({ minutes: ++minutes })
    const { told } = await db.forFirm(firmId, (tx) =>
      takePage(tx, [record(status)], {
        followed: { connectionId, hooks: null } as never,
        stream: { model: 'matter', holds: 'matter', by: 'all', countable: true },
        pass: { phase: minutes === 1 ? 'first' : 'following', beganAt: now, since: null },
        askedAt: now,
        now,
        newId: () => crypto.randomUUID() as never,
        statuses: { lookup: (state: string) => ({ state }) } as never,
      }),
    )
    return told
  }
  // As the decide lane leaves the matter.
  const decided = (status: string) =>
    adminPool.query(
      `update matters set raw_status = $2, state = $2, state_entry = state_entry + 1, status_received_at = $3
       where firm_id = $1 and external_id = '7'`,
      [firmId, status, start.add({ minutes })],
    )
  expect(await poll('Open')).toBe(0)
  for (const status of ['Trial', 'Open', 'Trial', 'Open']) {
    expect(await poll(status)).toBe(1)
    // Not decided yet: the next poll finds the same.
    expect(await poll(status)).toBe(0)
    await decided(status)
    expect(await poll(status)).toBe(0)
  }
})

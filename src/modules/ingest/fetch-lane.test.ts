/** A read of the CMS knows nothing of what happened after it began. */
import { expect, it } from 'vitest'
import { fillTables, tablesOf } from '../../../test/support/catalog.ts'
import { testDatabase } from '../../../test/support/database.ts'
import type { FirmId } from '../../kernel/index.ts'
import { database } from '../../platform/db/firm-tx.ts'
import { fetchLane } from './fetch-lane.ts'
import { wishForFacts } from './store.ts'

const { pool, adminPool } = await testDatabase()
const db = database(pool)
const start = Temporal.Instant.from('2030-01-15T18:00:00Z')

it('what came while a read was under way waits for the next one', async () => {
  const firmId = crypto.randomUUID() as FirmId
  const rows = await fillTables(adminPool, await tablesOf(adminPool), firmId)
  const connectionId = rows.get('connections')!.id as string
  await adminPool.query('delete from fact_requests where firm_id = $1', [firmId])
  let now = start
  const waits = async () => {
    const id = crypto.randomUUID()
    await adminPool.query(
      `insert into inbound_deliveries (firm_id, id, connection_id, received_at, headers, body, repeat, state, due_at)
       values ($1, $2, $3, $4, '{}', '{}', false, 'stored', $4)`,
      [firmId, id, connectionId, now],
    )
    await adminPool.query("update inbound_deliveries set state = 'waiting', waiting_for = $2 where id = $1", [
      id,
      `${connectionId} 7`,
    ])
    await db.forFirm(firmId, (tx) =>
      wishForFacts(tx, [{ connectionId: connectionId as never, externalId: '7' }], now),
    )
    return id
  }
  const stateOf = async (id: string) =>
    (await adminPool.query('select state from inbound_deliveries where id = $1', [id])).rows[0].state

  const early = await waits()
  let late = ''
  const matter = { externalId: '7', number: null, title: null, rawStatus: 'Open', updatedAt: null, data: {} }
  const lane = fetchLane({
    db,
    now: () => now,
    newId: () => crypto.randomUUID(),
    lease: async () => Temporal.Duration.from({ minutes: 1 }),
    reader: async () => ({
      kind: 'clio',
      readMatter: async () => {
        now = now.add({ seconds: 5 })
        if (late === '') late = await waits()
        const none: never[] = []
        return {
          ok: true,
          value: {
            matter,
            client: null,
            contactPoints: none,
            rejected: none,
            documents: none,
            bills: none,
            appointments: none,
          },
        }
      },
    }),
    nudge: () => {},
    recovered: async () => {},
    trouble: async () => {},
    counted: () => {},
    lost: () => null,
  } as never)
  now = now.add({ seconds: 1 })
  await lane.run(firmId)
  expect([await stateOf(early), await stateOf(late)]).toEqual(['stored', 'waiting'])
  await lane.run(firmId)
  expect([await stateOf(early), await stateOf(late)]).toEqual(['stored', 'stored'])
})

import { expect, it } from 'vitest'
import type { FirmId } from '../../kernel/index.ts'
import { Lanes } from '../../platform/jobs/lanes.ts'
import { reconcileLane } from './reconcile.ts'

/** A database that only counts: which firm's turns began. */
function world(turns: FirmId[], unknowns: (firm: FirmId) => number) {
  const rows = (firmId: FirmId) => async (sql: string) => {
    if (sql.includes("state = 'unknown' and m.due_at <= $1"))
      return Array.from({ length: unknowns(firmId) }, (_, i) => ({
        message_id: `${i}`,
        connection_id: 'c',
        body: 'x',
        address: '+1',
        started_at: start,
        lease_until: start,
      }))
    return []
  }
  const start = Temporal.Instant.from('2030-01-01T00:00:00Z')
  return {
    clock: { now: () => start, monotonic: () => 0 },
    db: {
      forFirm: async (firmId: FirmId, work: (tx: object) => Promise<unknown>) => {
        turns.push(firmId)
        return work({
          firmId,
          rows: rows(firmId),
          run: async () => 0,
          later: () => {},
          afterCommit: () => {},
        })
      },
    },
  }
}

it('firms whose provider is slow do not keep another firm’s orphans waiting', async () => {
  const turns: FirmId[] = []
  const asked: number[] = []
  let open = 0
  const gate = Promise.withResolvers<never[]>()
  const { clock, db } = world(turns, (firm) => (firm.startsWith('slow') ? 10 : 0))
  const sender = {
    provider: 'twilio',
    find: () => {
      asked.push(++open)
      return gate.promise
    },
  }
  const lane = reconcileLane(
    {
      clock,
      db,
      newId: () => 'id',
      news: { dead: async () => {} },
      firm: async () => ({ outlets: new Map([['c', { sender }]]), schedule: [] }),
      doorUpSince: async () => clock.now(),
    } as never,
    () => {},
  )
  const lanes = new Lanes({
    onError: (_, __, error) => {
      throw error
    },
  })
  lanes.register(lane)
  for (const firm of ['slow-1', 'slow-2', 'slow-3', 'quick']) lanes.nudge('reconcile', firm as FirmId)
  await new Promise((resolve) => setImmediate(resolve))
  await new Promise((resolve) => setImmediate(resolve))
  expect(turns).toContain('quick')
  // Ten questions at once for each of the slow ones, not one after another.
  expect(open).toBe(30)
  gate.resolve([])
  await lanes.drain()
})

/** One webhook that can't be worked off must not keep a firm's others waiting; a database that is away is no such thing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replayQuarantine } from '../../src/modules/ingest/index.ts'
import { startOperators } from '../support/operators.ts'
import { post, track } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let operators: Awaited<ReturnType<typeof startOperators>>
beforeAll(async () => {
  operators = await startOperators()
  world = await startWorld({ env: operators.env })
  await world.changeStage(21011, 'Trial')
  await world.settled()
})
afterAll(async () => {
  await world.close()
  operators.close()
})

/** A date before the first year: Temporal takes it, PostgreSQL does not. */
const paid = (number: number, paid_at: string) =>
  post(world, 'harbor-pike-billing', {
    body: JSON.stringify({
      id: `paid-${number}`,
      type: 'invoice.paid',
      invoice: { matter: '21011', number, total: 10, paid_at },
    }),
    headers: { 'x-billing-secret': 'sandbox-cms-header-secret' },
  })
const mails = async () => (await world.messages({ to: 'denise.okafor@example.com' })).length

describe('a delivery at which the batch fails', () => {
  it('is put aside, and the others of its batch go their way', async () => {
    const before = await mails()
    const good = '2030-10-15T12:00:00Z'
    const dates = [good, good, '0000-01-01T00:00:00Z', good, '0000-02-02T00:00:00Z', good]
    expect(await Promise.all(dates.map((date, n) => paid(n, date)))).toEqual(Array(6).fill(202))
    await world.settled()
    expect(await mails()).toBe(before + 4)
    expect(
      await world.rows(
        "select state, count(*)::int as n from inbound_deliveries where reason = 'mapping_error' group by 1",
      ),
    ).toEqual([{ state: 'quarantined', n: 2 }])
  })

  it('is in quarantine with a reason that quotes nothing of it, and the operators are told', async () => {
    const items = await world.rows<{ kind: string; detail: Record<string, string>; state: string }>(
      'select kind, detail, state from quarantine',
    )
    expect(items).toEqual(
      Array(2).fill({
        kind: 'mapping_error',
        state: 'open',
        detail: {
          message: 'it could not be worked off; the log of this moment says more',
          fault: 'database error 22008',
        },
      }),
    )
    expect(operators.webhooks.filter((w) => w.kind === 'quarantine')).toHaveLength(2)
    expect(JSON.stringify(operators.webhooks)).not.toContain('0000-01-01')
  })

  it('comes back to quarantine when it is tried again and nothing was mended', async () => {
    const before = await mails()
    await world.runtime.db.forFirm(world.firmId, (tx) =>
      replayQuarantine(tx, {}, 'test', world.clock.now(), async () => false),
    )
    world.runtime.nudge('decide', world.firmId)
    await world.settled()
    expect(
      await world.rows('select state, count(*)::int as n from quarantine group by 1 order by 1'),
    ).toEqual([
      { state: 'open', n: 2 },
      { state: 'replayed', n: 2 },
    ])
    expect(await mails()).toBe(before)
  })
})

describe('a database that can’t do it now', () => {
  it('keeps every delivery until it can; nothing goes to quarantine', async () => {
    const before = [await mails(), (await world.rows('select id from quarantine')).length]
    await world.database.ownerPool.query('alter table decisions rename to elsewhere')
    await track(world, 21011, 'Settlement Offer')
    await world.settled()
    expect(await world.rows("select state from inbound_deliveries where state = 'stored'")).toHaveLength(1)
    await world.database.ownerPool.query('alter table elsewhere rename to decisions')
    world.runtime.nudge('decide', world.firmId)
    await world.settled()
    expect([await mails(), (await world.rows('select id from quarantine')).length]).toEqual([
      before[0]! + 1,
      before[1],
    ])
  })
})

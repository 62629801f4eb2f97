import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Counts } from '../../contracts/counts.ts'
import { countStatement } from '../../src/modules/console/index.ts'
import { closeMatter } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, somebody } from './api-support.ts'
import { phone, thingsIn } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let ours: FirmWorld
let key: string

beforeAll(async () => {
  world = await apiWorld()
  ours = await world.firm('ours')
  key = (await ours.key(['read', 'operate'], 'all')).key
  await thingsIn(world.clock, await world.firm('theirs'))
})
afterAll(() => world.deps.signIn.close())

const lists: Readonly<Record<keyof Counts, string>> = {
  deadLetters: '/dead-letters',
  held: '/held',
  tasks: '/tasks',
  quarantine: '/quarantine',
  quality: '/quality',
  events: '/events?outcome=unhandled',
  pauses: '/pauses',
  holds: '/holds',
}

describe('the counts', () => {
  it('are the lengths of the lists, walls included', async () => {
    const nothing = (await world.call(key, 'GET', '/counts')).body as Counts
    expect(Object.values(nothing)).toEqual(Object.keys(lists).map(() => ({ count: 0, more: false })))

    const [open, closed] = [await thingsIn(world.clock, ours), await thingsIn(world.clock, ours)]
    const pause = { scope: 'client', target: open.client, reason: 'talks' }
    for (const target of [open.client, closed.client])
      expect((await world.call(key, 'POST', '/pauses', { ...pause, target })).status).toBe(200)
    const walled = await somebody(world, ours, 'staff')
    await ours.inFirm((tx) =>
      closeMatter(tx, { matterId: closed.matter as never, staffId: walled.staffId }, 'kin', {
        by: 'test',
        now: world.clock.now(),
      }),
    )
    const seen = [key, walled].map(async (who) => {
      const counts = (await world.call(who, 'GET', '/counts')).body as Counts
      for (const [name, path] of Object.entries(lists)) {
        const { items } = (await world.call(who, 'GET', path)).body
        expect({ name, ...counts[name as keyof Counts] }).toEqual({ name, count: items.length, more: false })
      }
      return counts
    })
    const [all, few] = await Promise.all(seen)
    for (const name of Object.keys(lists) as (keyof Counts)[]) {
      expect({ name, count: all![name].count }).not.toMatchObject({ count: 0 })
      expect(few![name].count).toBeLessThanOrEqual(all![name].count)
    }
    for (const name of ['deadLetters', 'held', 'tasks', 'pauses', 'holds'] as const)
      expect({ name, count: few![name].count }).toEqual({ name, count: all![name].count / 2 })
  })

  it('are exact up to a thousand, and then say that there are more', async () => {
    const { matterId, id } = await ours.client(`C${newId()}`, { phone: phone() }, `C-${newId()}`)
    const open = async () => ((await world.call(key, 'GET', '/counts')).body as Counts).tasks
    const before = (await open()).count
    const add = (n: number) =>
      ours.inFirm((tx) =>
        tx.run(
          `insert into tasks (firm_id, id, kind, title, detail, matter_id, client_id, cause, state, created_at)
           select current_firm(), gen_random_uuid(), 'rule', 'call', '', $1, $2, gen_random_uuid()::text, 'open', $3
           from generate_series(1, $4)`,
          [matterId, id, world.clock.now(), n],
        ),
      )
    await add(1_000 - before)
    expect(await open()).toEqual({ count: 1_000, more: false })
    await add(1)
    expect(await open()).toEqual({ count: 1_000, more: true })
    await add(5_000)
    expect(await open()).toEqual({ count: 1_000, more: true })
  })

  it('read by index what is open, and nothing of what is over', async () => {
    const plan = await ours.inFirm(async (tx) => {
      await tx.run('set local enable_seqscan = off')
      const rows = await tx.rows<{ 'QUERY PLAN': string }>(
        `explain ${countStatement.replaceAll('$1', 'now()')}`,
      )
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).not.toContain('Seq Scan')
    for (const index of [
      'dead_letters_open',
      'notices_held',
      'open_messages_waiting',
      'tasks_open',
      'quarantine_open',
      'quality_items_open',
      'events_unhandled',
      'pauses_live',
      'legal_holds_live',
    ])
      expect(plan).toContain(index)
  })
})

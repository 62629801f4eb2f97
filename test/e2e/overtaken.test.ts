/** States that the matter has left, slips of the hand, and what waits for more than one thing at once. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MatterId } from '../../src/kernel/index.ts'
import { lockMattersById } from '../../src/modules/matters/index.ts'
import { wakeHeld } from '../../src/modules/notices/index.ts'
import { whileNobodyDecides } from '../support/overtaking.ts'
import { applyChanged, note, track } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const james = '+13105550112'
const texts = async () => (await world.messages({ to: james })).map((m) => m.text)
const notices = (rule: string) =>
  world.rows<{ state: string; reason: string | null; state_entry: number | null }>(
    'select state, reason, state_entry from notices where rule_key = $1 order by created_at, id',
    [rule],
  )

it('of five statuses that are decided at once, the last one is told', async () => {
  await world.changeStage(21002, 'Investigation')
  await world.settled()
  const before = (await texts()).length
  await whileNobodyDecides(world, async () => {
    for (const status of ['Complaint Filed', 'Discovery', 'Mediation', 'Trial Prep', 'Trial']) {
      await track(world, 21002, status)
      world.clock.advance({ seconds: 1 })
    }
  })
  const told = (await texts()).slice(before)
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('at trial')
  // Each of them happened, and the trace says why nothing was said.
  const [counted] = await world.rows(`select count(*)::int from events where outcome = 'decided'`)
  expect(counted).toEqual({ count: 6 })
  const overtaken = (await notices('status-update')).filter((n) => n.state === 'superseded')
  expect(new Set(overtaken.map((n) => n.reason))).toEqual(
    new Set(['the matter had moved on when this was decided']),
  )
})

it('a slip of the hand does not kill what was held for the real state', async () => {
  // 22:30 in Los Angeles.
  await world.advance({ hours: 11, minutes: 30 })
  const before = (await texts()).length
  await world.changeStage(21002, 'Settlement Offer')
  await world.settled()
  await world.advance({ minutes: 5 })
  await world.changeStage(21002, 'Closed')
  await world.settled()
  await world.advance({ minutes: 3 })
  await world.changeStage(21002, 'Settlement Offer')
  await world.settled()
  await world.advance({ hours: 12 })
  const told = (await texts()).slice(before)
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('settlement offer')
})

const more = `
- key: two-ways
  on: comment.added
  when: event.subject == 'both'
  evidence:
    - name: the matter is settled
      that: matter.state == 'settled'
  wait: P10D
  then:
    - tell: client
      template: comment-added
      purpose: conversation
      channels: [sms]
    - tell: client
      template: comment-added
      purpose: conversation
      channels: [sms]
- key: broken
  on: comment.added
  when: event.subject == 'broken' && event.nowhere == 1
  then:
    - tell: client
      template: comment-added
      purpose: conversation
      channels: [sms]
`
const rules = (added: string) =>
  applyChanged(world, { 'rules.yaml': [['\n- key: comment-added', `${added}\n- key: comment-added`]] })

it('a rule with two actions that waits for evidence is decided as a whole, however many wait', async () => {
  await rules(more)
  await whileNobodyDecides(world, async () => {
    await Promise.all(
      Array.from({ length: 70 }, (_, id) =>
        note(world, { matter: 21002, id, subject: 'both', detail: 'hello' }),
      ),
    )
  })
  for (let wake = 0; wake < 3; wake++) {
    await world.runtime.db.forFirm(world.firmId, (tx) => wakeHeld(tx, 'firm', world.clock.now()))
    world.runtime.nudge('release', world.firmId)
    await world.settled()
  }
  const waiting = await notices('two-ways')
  expect(waiting).toHaveLength(140)
  expect(new Set(waiting.map((n) => n.state))).toEqual(new Set(['held']))
  expect(world.logged.filter((line) => line.includes('a batch failed'))).toEqual([])
})

it('a release waits for a matter with no notice in hand, so that whoever holds the matter can go on', async () => {
  const { runtime, firmId, clock } = world
  const [matter] = await world.rows<{ id: MatterId }>("select id from matters where external_id = '21002'")
  await runtime.db.forFirm(firmId, (tx) => wakeHeld(tx, 'firm', clock.now()))
  const waiting = () =>
    world.database.adminPool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  await runtime.db.forFirm(firmId, async (tx) => {
    await lockMattersById(tx, [matter!.id])
    runtime.nudge('release', firmId)
    while ((await waiting()).rowCount === 0);
    await wakeHeld(tx, { matterIds: [matter!.id] }, clock.now())
  })
  await world.settled()
  expect(world.logged.filter((line) => line.includes('a batch failed'))).toEqual([])
})

it('evidence that is a state is looked at when the state changes', async () => {
  await world.changeStage(21002, 'Settled')
  await world.settled()
  const states = new Set((await notices('two-ways')).map((n) => n.state))
  expect(states).not.toContain('held')
})

it('a rule that fails has a task for each time, and what it would say goes once it is mended', async () => {
  const before = (await texts()).length
  for (const id of [801, 802]) await note(world, { matter: 21002, id, subject: 'broken', detail: 'hello' })
  await world.settled()
  expect(await world.tasks('rule_problem')).toHaveLength(2)
  expect((await notices('broken')).map((n) => n.state)).toEqual(['held', 'held'])
  await rules(more.replace(' && event.nowhere == 1', ''))
  await world.settled()
  expect((await notices('broken')).map((n) => n.state)).toEqual(['messaged', 'messaged'])
  expect((await texts()).slice(before)).toHaveLength(2)
})

it('what can never be decided is put off with an alert, and does not stand before the rest', async () => {
  await rules(more)
  await note(world, { matter: 21002, id: 811, subject: 'broken', detail: 'never' })
  await note(world, { matter: 21004, id: 812, subject: 'broken', detail: 'still goes' })
  await world.settled()
  const [bad] = await world.rows<{ id: string }>(
    `select n.id from notices n join matters m on m.id = n.matter_id where n.rule_key = 'broken' and n.state = 'held' and m.external_id = '21002'`,
  )
  // Stands for a fault of ours that only this one row runs into.
  const { adminPool } = world.database
  await adminPool.query(`create function refuse_one() returns trigger language plpgsql as
    $$ begin if new.id = '${bad!.id}' and new.state <> 'held' then raise exception using errcode = '23514'; end if; return new; end $$`)
  await adminPool.query(
    'create trigger refuse_one before update on notices for each row execute function refuse_one()',
  )
  await rules(more.replace(' && event.nowhere == 1', ''))
  await world.settled()
  expect((await notices('broken')).filter((n) => n.state === 'held')).toEqual([
    expect.objectContaining({ reason: 'could not be decided: database error 23514' }),
  ])
  expect(await world.rows(`select kind from alerts where kind = 'release_stuck'`)).toHaveLength(1)
  await adminPool.query('drop trigger refuse_one on notices')
  await world.advance({ minutes: 16 })
  expect((await notices('broken')).map((n) => n.state)).not.toContain('held')
})

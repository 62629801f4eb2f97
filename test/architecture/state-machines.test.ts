/** docs/state-machines.md against the code's tables and the catalog; the statements themselves are held by triggers. */
import { describe, expect, it } from 'vitest'
import { messageTransitions } from '../../src/modules/delivery/index.ts'
import { noticeTransitions } from '../../src/modules/notices/index.ts'
import { itemTransitions } from '../../src/modules/quality/index.ts'
import { reminderTransitions } from '../../src/modules/reminders/index.ts'
import { fillTables, tablesOf } from '../support/catalog.ts'
import { testDatabase } from '../support/database.ts'
import { drawnMachines, stateTriggers } from '../support/state-machines.ts'

const machines = drawnMachines()
const drawn = (name: string) => {
  const [table, column] = name.split('.')
  const machine = machines.find((m) => m.table === table && m.column === (column ?? null))
  if (!machine) throw new Error(`${name} is not drawn`)
  return machine
}
const sorted = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([a, b]) => `${a} --> ${b}`).toSorted()
const pairsOf = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table).flatMap(([from, to]) => to.map((t): [string, string] => [from, t]))

it('messages are drawn as messageTransitions says', () => {
  expect(sorted(drawn('messages.state').arrows)).toEqual(sorted(pairsOf(messageTransitions)))
})

it('notices are drawn as noticeTransitions says', () => {
  expect(sorted(drawn('notices.state').arrows)).toEqual(sorted(pairsOf(noticeTransitions)))
})

it('data quality is drawn as itemTransitions says', () => {
  expect(sorted(drawn('quality_items.state').arrows)).toEqual(sorted(pairsOf(itemTransitions)))
})

it('reminders are drawn as reminderTransitions says', () => {
  expect(sorted(drawn('reminders.state').arrows)).toEqual(sorted(pairsOf(reminderTransitions)))
})

describe('every state that the database knows', async () => {
  const { adminPool } = await testDatabase()
  const { rows } = await adminPool.query<{ name: string; states: string[] }>(`
    select c.relname || '.' || a.attname as name,
      array(select m[1] from regexp_matches(pg_get_constraintdef(k.oid), '''([^'']+)''::text', 'g') m) as states
    from pg_constraint k join pg_class c on c.oid = k.conrelid
      join pg_attribute a on a.attrelid = c.oid and k.conkey = array[a.attnum]
    where k.contype = 'c' and c.relnamespace = 'public'::regnamespace
      and (a.attname = 'state' or c.relname = 'attempts' and a.attname in ('verdict', 'reported'))`)

  it.each(rows)('$name is drawn, and nothing else', ({ name, states }) => {
    const { initial, arrows } = drawn(name)
    expect([...new Set([...initial, ...arrows.flat()])].toSorted()).toEqual(states.toSorted())
  })

  it('there are some', () => expect(rows.length).toBeGreaterThan(8))
})

describe('the triggers of the test databases', () => {
  it.each(machines)('$table ($column): refuse a change that is not drawn', async ({ table, column }) => {
    const { adminPool } = await testDatabase()
    const { rows } = await adminPool.query(
      'select tgenabled from pg_trigger where tgrelid = $1::regclass and tgname = $2',
      [table, `drawn_${table}_${column ?? 'state'}`],
    )
    expect(rows).toEqual([{ tgenabled: 'O' }])
  })

  it('raise, naming the table and the change', async () => {
    const { adminPool } = await testDatabase()
    const firm = crypto.randomUUID()
    await fillTables(adminPool, await tablesOf(adminPool), firm)
    const set = (state: string) => adminPool.query(`update messages set state = '${state}'`)
    await set('queued')
    await set('sending')
    await expect(set('cancelled')).rejects.toThrow(
      'messages: sending -> cancelled is not drawn in docs/state-machines.md',
    )
    await set('dead')
    await expect(adminPool.query(`update pauses set lifted_at = now()`)).resolves.toBeDefined()
    await expect(adminPool.query(`update pauses set lifted_at = null`)).rejects.toThrow(
      'pauses: lifted -> live',
    )
    await expect(adminPool.query(`insert into messages select * from messages`)).rejects.toThrow()
  })

  it('follow from the page alone', () => {
    const page =
      '## Cats (`cats.mood`)\n```mermaid\nstateDiagram-v2\n    [*] --> sad\n    sad --> ok: fed\n```\n'
    const [machine] = drawnMachines(page)
    expect(machine).toEqual({ table: 'cats', column: 'mood', initial: ['sad'], arrows: [['sad', 'ok']] })
    expect(stateTriggers([machine!])).toContain(`('', 'sad'), ('sad', 'ok')`)
  })
})

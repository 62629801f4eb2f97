import { randomFillSync } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { type ConnectionId, type FirmId, type NewId, uuidSource } from '../../kernel/index.ts'
import { type Database, database, type FirmTx } from '../../platform/db/firm-tx.ts'
import { FirmConfigs } from './configs.ts'
import { findConnection, listConnections, markConnection } from './connection-rows.ts'
import { editConfig } from './edit.ts'
import type { Json } from './hash.ts'
import { type ConfigItem, type ConfigKind, zodKind } from './kinds.ts'
import { plan } from './plan.ts'
import { listSecrets, loadSecrets, removeSecret, setSecret } from './secret-store.ts'
import {
  applyPlan,
  ConfigRefused,
  createFirm,
  findFirm,
  listFirms,
  loadConfig,
  loadHeads,
  loadHistory,
  loadVersions,
  lockConfig,
} from './store.ts'
import { firmSettings } from './types.ts'

let test: TestDatabase
let db: Database
const newId: NewId = uuidSource(Date.now, randomFillSync)
const at = Temporal.Instant.from('2026-10-15T14:30:00Z')
const git = { author: 'ci', origin: 'git' as const, at }

beforeAll(async () => {
  test = await testDatabase()
  db = database(test.pool)
})

let count = 0
/** A firm of its own for each test, so that they can't lean on each other. */
async function aFirm(): Promise<{
  firmId: FirmId
  key: string
  inFirm: <T>(work: (tx: FirmTx) => Promise<T>) => Promise<T>
}> {
  const firmId = newId<FirmId>()
  const key = `firm-${++count}`
  const inFirm = <T>(work: (tx: FirmTx) => Promise<T>) => db.forFirm(firmId, work)
  await inFirm((tx) => createFirm(tx, { key, name: 'A firm', at }))
  return { firmId, key, inFirm }
}

const firmItem = (name: string): ConfigItem => ({
  kind: 'firm',
  key: 'firm',
  body: { key: 'some-firm', name, timeZone: 'Europe/Madrid', languages: ['en'] },
})
const item = (kind: string, key: string, more: { [name: string]: Json } = {}): ConfigItem => ({
  kind,
  key,
  body: { key, ...more },
})

async function apply(tx: FirmTx, items: readonly ConfigItem[], take?: 'git' | 'console') {
  await lockConfig(tx)
  return applyPlan(tx, plan(await loadHeads(tx), items, take), git, newId)
}

const kinds: ConfigKind[] = [
  zodKind('firm', firmSettings),
  zodKind('rule', z.strictObject({ key: z.string(), text: z.string() })),
]
const language = { kinds, crossChecks: [] }

describe('applyPlan', () => {
  it('stores what it is given, and nothing the second time', async () => {
    const { inFirm } = await aFirm()
    const items = [
      firmItem('Harbor & Pike'),
      item('rule', 'a', { text: 'ü "quoted" \\ \u2028' }),
      item('rule', 'b'),
    ]
    expect(await inFirm((tx) => apply(tx, items))).toEqual({ revision: 1, changed: 3 })
    expect(await inFirm((tx) => apply(tx, items))).toEqual({ revision: 1, changed: 0 })
    const stored = await inFirm(loadConfig)
    expect(stored.items.map(({ kind, key, body, version }) => ({ kind, key, body, version }))).toEqual(
      items.map((wanted) => ({ ...wanted, version: 1 })),
    )
    expect(await inFirm((tx) => tx.rows('select name from firms'))).toEqual([{ name: 'Harbor & Pike' }])
  })

  it('keeps any body so that it applies again as the same', async () => {
    const { inFirm } = await aFirm()
    const textArb = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
    const bodyArb = fc.dictionary(
      textArb,
      fc.oneof(textArb, fc.double({ noNaN: true, noDefaultInfinity: true })),
      {
        noNullPrototype: true,
      },
    )
    await fc.assert(
      fc.asyncProperty(bodyArb, async (body) => {
        const items = [item('rule', 'any', body as { [name: string]: Json })]
        await inFirm((tx) => apply(tx, items))
        expect((await inFirm((tx) => apply(tx, items))).changed).toBe(0)
      }),
      { numRuns: 50 },
    )
  })

  it('keeps every version, also of what was removed and came back', async () => {
    const { inFirm } = await aFirm()
    await inFirm((tx) => apply(tx, [item('rule', 'a', { text: '1' })]))
    await inFirm((tx) => apply(tx, []))
    expect((await inFirm(loadConfig)).items).toEqual([])
    await inFirm((tx) => apply(tx, [item('rule', 'a', { text: '2' })]))
    const history = await inFirm((tx) => loadHistory(tx, 'rule', 'a'))
    expect(history.map(({ version, body }) => [version, body])).toEqual([
      [3, { key: 'a', text: '2' }],
      [2, null],
      [1, { key: 'a', text: '1' }],
    ])
    expect(history[0]!.at.equals(at)).toBe(true)
    const pinned = await inFirm((tx) =>
      loadVersions(tx, [
        { kind: 'rule', key: 'a', version: 1 },
        { kind: 'rule', key: 'a', version: 2 },
      ]),
    )
    expect(pinned.map(({ version, body }) => [version, body])).toEqual([[1, { key: 'a', text: '1' }]])
  })

  it('keeps the id of a connection as long as its key, and lets a removed one come back', async () => {
    const { inFirm } = await aFirm()
    const mine = (kind: string) => [item('connection', 'mine-1', { kind })]
    const only = async () => (await inFirm(listConnections))[0]!
    await inFirm((tx) => apply(tx, mine('twilio')))
    const first = await only()
    expect(first).toMatchObject({ key: 'mine-1', kind: 'twilio', state: 'active' })
    expect((await inFirm(loadConfig)).connections).toEqual(new Map([['mine-1', first.id]]))
    await inFirm((tx) => apply(tx, []))
    expect(await only()).toEqual({ ...first, state: 'removed' })
    expect(await findConnection(db, 'mine-1')).toBeUndefined()
    expect((await inFirm(loadConfig)).connections).toEqual(new Map())
    await inFirm((tx) => apply(tx, mine('generic')))
    expect(await only()).toEqual({ ...first, kind: 'generic' })
    expect(await findConnection(db, 'mine-1')).toMatchObject({ connectionId: first.id })
  })

  it('refuses the key of another firm’s connection and changes nothing at all', async () => {
    const one = await aFirm()
    const other = await aFirm()
    await one.inFirm((tx) => apply(tx, [item('connection', 'shared', { kind: 'clio' })]))
    const attempt = other.inFirm((tx) =>
      apply(tx, [
        item('rule', 'a'),
        item('connection', 'own', { kind: 'clio' }),
        item('connection', 'shared', { kind: 'clio' }),
      ]),
    )
    await expect(attempt).rejects.toThrow(ConfigRefused)
    const problems = await attempt.catch((error: ConfigRefused) => error.problems)
    expect(problems).toMatchObject([{ kind: 'connection', key: 'shared', path: ['key'] }])
    expect(await other.inFirm(loadConfig)).toMatchObject({ revision: 0, items: [] })
    expect(await other.inFirm(listConnections)).toEqual([])
    expect(await findConnection(db, 'shared')).toMatchObject({ firmId: one.firmId })
  })

  it('refuses the key of another firm', async () => {
    const { key } = await aFirm()
    expect(await db.forFirm(newId<FirmId>(), (tx) => createFirm(tx, { key, name: 'Twin', at }))).toBe(false)
  })

  it('will not carry out a plan with conflicts', async () => {
    const { inFirm } = await aFirm()
    await inFirm((tx) => apply(tx, [firmItem('F'), item('rule', 'a', { text: '1' })]))
    await edit(inFirm, 'a', '2', 1)
    await expect(
      inFirm((tx) => apply(tx, [firmItem('F'), item('rule', 'a', { text: '3' })])),
    ).rejects.toThrow(TypeError)
    await inFirm((tx) => apply(tx, [firmItem('F'), item('rule', 'a', { text: '3' })], 'git'))
    expect(await textOf(inFirm, 'a')).toBe('3')
  })

  it('takes what Git caught up with as Git’s own, without a new version', async () => {
    const { inFirm } = await aFirm()
    await inFirm((tx) => apply(tx, [firmItem('F'), item('rule', 'a', { text: '1' })]))
    await edit(inFirm, 'a', '2', 1)
    const caughtUp = [firmItem('F'), item('rule', 'a', { text: '2' })]
    expect(await inFirm((tx) => apply(tx, caughtUp))).toEqual({ revision: 2, changed: 0 })
    // No conflict now: Git's 2 is the base.
    expect(await inFirm((tx) => apply(tx, [firmItem('F'), item('rule', 'a', { text: '3' })]))).toMatchObject({
      changed: 1,
    })
  })

  it('lets two applies at the same moment go one after the other', async () => {
    const { inFirm } = await aFirm()
    const items = (n: number) => [firmItem('F'), item('rule', 'a', { text: `${n}` })]
    const done = await Promise.all([1, 2, 3, 4].map((n) => inFirm((tx) => apply(tx, items(n)))))
    expect(done.map((result) => result.revision).sort()).toEqual([1, 2, 3, 4])
    expect((await inFirm((tx) => loadHistory(tx, 'rule', 'a'))).length).toBe(4)
  })
})

type InFirm = <T>(work: (tx: FirmTx) => Promise<T>) => Promise<T>
const edit = (inFirm: InFirm, key: string, text: string | null, seenVersion: number) =>
  inFirm((tx) =>
    editConfig(
      tx,
      language,
      { kind: 'rule', key, body: text === null ? null : { key, text }, seenVersion },
      { author: 'pat', at, reason: 'a client asked' },
      newId,
    ),
  )
const textOf = async (inFirm: InFirm, key: string) =>
  (
    (await inFirm(loadConfig)).items.find((stored) => stored.key === key)?.body as
      | { text: string }
      | undefined
  )?.text

describe('editConfig', () => {
  it('saves, and does nothing when nothing differs', async () => {
    const { inFirm } = await aFirm()
    await inFirm((tx) => apply(tx, [firmItem('F'), item('rule', 'a', { text: '1' })]))
    expect(await edit(inFirm, 'a', '2', 1)).toMatchObject({
      ok: true,
      revision: 2,
      version: 2,
      change: { action: 'change', diff: [{ path: ['text'], from: '1', to: '2' }] },
    })
    expect(await edit(inFirm, 'a', '2', 2)).toMatchObject({ ok: true, revision: 2, version: 2, change: null })
    expect(await textOf(inFirm, 'a')).toBe('2')
    const [newest] = await inFirm((tx) => loadHistory(tx, 'rule', 'a'))
    expect(newest).toMatchObject({ origin: 'console', author: 'pat', reason: 'a client asked' })
  })

  it('does not overwrite what another person saved meanwhile', async () => {
    const { inFirm } = await aFirm()
    await inFirm((tx) => apply(tx, [firmItem('F'), item('rule', 'a', { text: '1' })]))
    const both = await Promise.all([edit(inFirm, 'a', 'mine', 1), edit(inFirm, 'a', 'yours', 1)])
    expect(both.map((result) => result.ok).sort()).toEqual([false, true])
    expect(both.find((result) => !result.ok)).toEqual({ ok: false, reason: 'outdated', version: 2 })
  })

  it('checks before it saves', async () => {
    const { inFirm } = await aFirm()
    await inFirm((tx) => apply(tx, [firmItem('F'), item('rule', 'a', { text: '1' })]))
    const result = await inFirm((tx) =>
      editConfig(
        tx,
        language,
        { kind: 'rule', key: 'a', body: { key: 'a' }, seenVersion: 1 },
        { author: 'pat', at },
        newId,
      ),
    )
    expect(result).toEqual({
      ok: false,
      reason: 'invalid',
      problems: [{ kind: 'rule', key: 'a', path: ['text'], message: 'is missing' }],
    })
    expect(await edit(inFirm, 'a', 'nul \0', 1)).toMatchObject({ ok: false, reason: 'invalid' })
    expect(await textOf(inFirm, 'a')).toBe('1')
  })

  it('removes, and brings back with the next version', async () => {
    const { inFirm } = await aFirm()
    await inFirm((tx) => apply(tx, [firmItem('F'), item('rule', 'a', { text: '1' })]))
    expect(await edit(inFirm, 'a', null, 1)).toMatchObject({ ok: true, version: 2 })
    expect(await textOf(inFirm, 'a')).toBeUndefined()
    expect(await edit(inFirm, 'a', 'back', 0)).toMatchObject({ ok: true, version: 3 })
    expect(await textOf(inFirm, 'a')).toBe('back')
  })
})

describe('FirmConfigs', () => {
  it('compiles once per revision, and again when it changed', async () => {
    const { inFirm } = await aFirm()
    await inFirm((tx) => apply(tx, [firmItem('F'), item('rule', 'a', { text: '1' })]))
    let compiled = 0
    const configs = new FirmConfigs(({ items }) => {
      compiled += 1
      return items.length
    })
    expect(await inFirm((tx) => configs.get(tx))).toEqual({ revision: 1, value: 2 })
    expect(await inFirm((tx) => configs.get(tx))).toEqual({ revision: 1, value: 2 })
    expect(compiled).toBe(1)
    await edit(inFirm, 'b', 'new', 0)
    expect(await inFirm((tx) => configs.get(tx))).toEqual({ revision: 2, value: 3 })
    expect(await inFirm((tx) => configs.get(tx, 2))).toEqual({ revision: 2, value: 3 })
    expect(compiled).toBe(2)
  })

  it('keeps firms apart and forgets the one unused longest', async () => {
    const [one, two, three] = [await aFirm(), await aFirm(), await aFirm()]
    const seen: FirmId[] = []
    const configs = new FirmConfigs((config) => {
      seen.push(config.firmId)
      return config.firmId
    }, 2)
    for (const firm of [one, two, one, three, one]) {
      expect((await firm.inFirm((tx) => configs.get(tx))).value).toBe(firm.firmId)
    }
    expect(seen).toEqual([one.firmId, two.firmId, three.firmId])
    await two.inFirm((tx) => configs.get(tx))
    expect(seen).toHaveLength(4)
  })
})

describe('rows', () => {
  it('finds firms by key, and lists them', async () => {
    const { key, firmId } = await aFirm()
    expect(await findFirm(db, key)).toBe(firmId)
    expect(await findFirm(db, 'no-such-firm')).toBeUndefined()
    expect(await listFirms(db)).toContain(firmId)
  })

  it('marks a connection broken and well again, but never a removed one', async () => {
    const { inFirm } = await aFirm()
    await inFirm((tx) => apply(tx, [item('connection', 'fragile', { kind: 'clio' })]))
    const id = (await inFirm(listConnections))[0]!.id as ConnectionId
    const mark = (state: 'active' | 'broken') => inFirm((tx) => markConnection(tx, id, state))
    expect([await mark('broken'), await mark('broken'), await mark('active')]).toEqual([true, false, true])
    await inFirm((tx) => apply(tx, []))
    expect(await mark('broken')).toBe(false)
  })

  it('keeps secrets by name, of this firm only', async () => {
    const [one, two] = [await aFirm(), await aFirm()]
    const bytes = Uint8Array.of(0, 1, 2, 255)
    await one.inFirm((tx) => setSecret(tx, 'twilio', Uint8Array.of(9), at))
    await one.inFirm((tx) => setSecret(tx, 'twilio', bytes, at))
    const loaded = await one.inFirm((tx) => loadSecrets(tx, ['twilio', 'other']))
    expect([...loaded.keys()]).toEqual(['twilio'])
    expect(Uint8Array.from(loaded.get('twilio')!)).toEqual(bytes)
    expect(await two.inFirm((tx) => loadSecrets(tx, ['twilio']))).toEqual(new Map())
    expect(await one.inFirm(listSecrets)).toEqual(['twilio'])
    expect(await one.inFirm((tx) => removeSecret(tx, 'twilio'))).toBe(true)
    expect(await one.inFirm(listSecrets)).toEqual([])
    await expect(one.inFirm((tx) => setSecret(tx, '../x', bytes, at))).rejects.toThrow(TypeError)
  })
})

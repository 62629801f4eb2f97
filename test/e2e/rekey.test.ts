/** The deployment gets another secret key: what lies encrypted in the database is carried over to it. */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RekeyReport, rekeyCommand } from '../../src/main/commands/rekey.ts'
import { hookSecrets } from '../../src/main/subscriptions.ts'
import { loadSecrets, setSecret } from '../../src/modules/firms/index.ts'
import { decryptSecret, encryptSecret, type Keys, readKeys } from '../../src/platform/secrets/index.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
const file = randomBytes(32)
const before = keysOf(file)
beforeAll(async () => {
  world = await startWorld()
  writeFileSync(join(world.dataDir, 'old.key'), `${file.toString('hex')}\n`)
})
afterAll(() => world.close())

function keysOf(bytes: Uint8Array): Keys {
  const verdict = readKeys(bytes)
  if (!verdict.ok) throw new Error(verdict.message)
  return verdict.keys
}
const store = (name: string, value: string, keys: Keys) =>
  world.runtime.db.forFirm(world.firmId, (tx) =>
    setSecret(tx, name, encryptSecret(value, keys.encryption, world.firmId, name), world.clock.now()),
  )
const read = async (name: string) => {
  const sealed = await world.runtime.db.forFirm(world.firmId, (tx) => loadSecrets(tx, [name]))
  return decryptSecret(sealed.get(name)!, world.keys.encryption, world.firmId, name)
}
const rekey = async (old = join(world.dataDir, 'old.key')) => {
  const [out, err]: string[][] = [[], []]
  const terminal = {
    out: (text: string) => void out!.push(text),
    err: (text: string) => void err!.push(text),
    colour: false,
  }
  const { db } = world.runtime
  const deps = { db, keys: world.keys, now: () => world.clock.now(), by: 'test', terminal }
  const code = await rekeyCommand(deps, old, { json: true })
  const report = out!.length > 0 ? (JSON.parse(out!.join('')) as RekeyReport) : null
  return { code, out: out!.join(''), err: err!.join(''), report }
}
const connection = async () =>
  (await world.rows<{ id: string }>(`select id from connections where key = 'harbor-pike-clio'`))[0]!.id
const hooks = async () =>
  hookSecrets(world.runtime.db, world.keys, world.firmId, (await connection()) as never)

it('encrypts stored secrets and those of webhooks anew, names what neither key opens, and prints no value', async () => {
  const live = (await hooks()).length
  expect(live).toBeGreaterThan(1)
  await store('token', 'tell nobody', before)
  await store('newer', 'set since', world.keys)
  await store('stranger', 'of a third key', keysOf(randomBytes(32)))
  const [hook] = await world.rows<{ id: string }>(
    `select id from hook_subscriptions where state = 'active' order by id limit 1`,
  )
  await world.rows('update hook_subscriptions set secret = $2 where id = $1 returning id', [
    hook!.id,
    encryptSecret('the hook’s', before.encryption, world.firmId, `hook ${hook!.id}`),
  ])
  expect(await hooks()).toHaveLength(live - 1)

  const first = await rekey()
  expect(first).toMatchObject({
    code: 1,
    report: { rekeyed: 2, kept: live, lost: [{ firmId: world.firmId, name: 'stranger' }] },
  })
  for (const value of ['tell nobody', 'set since', 'the hook’s']) expect(first.out).not.toContain(value)
  expect([await read('token'), await read('newer'), await read('stranger')]).toEqual([
    'tell nobody',
    'set since',
    null,
  ])
  expect((await hooks()).map((h) => h.secret)).toContain('the hook’s')
  expect(await world.rows(`select actor, data from audit_entries where action = 'secrets.rekeyed'`)).toEqual([
    { actor: 'test', data: { count: 2 } },
  ])
})

it('does nothing the second time, and refuses an old key that is none', async () => {
  await store('stranger', 'known again', world.keys)
  expect(await rekey()).toMatchObject({ code: 0, report: { rekeyed: 0, lost: [] } })
  expect(await rekey(join(world.dataDir, 'missing.key'))).toMatchObject({
    code: 1,
    err: expect.stringContaining("can't be read (ENOENT)"),
  })
  writeFileSync(join(world.dataDir, 'short.key'), 'short')
  expect((await rekey(join(world.dataDir, 'short.key'))).err).toContain('not 32 bytes')
})

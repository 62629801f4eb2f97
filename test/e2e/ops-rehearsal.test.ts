/** When the sandbox is wanted, and that the doors outlast the work. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandEnvironment, sandboxWanted } from '../../src/main/sandbox-process.ts'
import { startWorld, type World } from '../support/world.ts'

const example = join(import.meta.dirname, '../../examples/harbor-pike')
const real = mkdtempSync(join(tmpdir(), 'tipstaff-real-'))
let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => {
  await world.close()
  rmSync(real, { recursive: true, force: true })
})

it('its test values and private addresses go to no real firm, unless somebody says so', async () => {
  const wanted = (sandbox: 'on' | 'off' | null) => sandboxWanted({ sandbox }, world.database.appUrl)
  expect([await wanted(null), await wanted('off')]).toEqual([true, false])
  cpSync(example, real, { recursive: true })
  const yaml = readFileSync(join(real, 'firm.yaml'), 'utf8')
  writeFileSync(
    join(real, 'firm.yaml'),
    yaml.replaceAll('harbor-pike', 'real-firm').replaceAll('HARBOR_PIKE_', 'REAL_FIRM_'),
  )
  expect((await world.apply(real)).code).toBe(0)
  expect([await wanted(null), await wanted('on')]).toEqual([false, true])
  const env = { MINE: 'x' }
  expect(commandEnvironment({ sandbox: 'off', sandboxPort: 1, env })).toEqual(env)
})

it('a text that comes while calls under way end is still taken: the carrier would not repeat it', async () => {
  await world.runtime.endWork()
  await world.text('+12015550111', 'Are you still there?')
  await world.settled()
  expect(await world.rows('select body from incoming_texts')).toEqual([{ body: 'Are you still there?' }])
})

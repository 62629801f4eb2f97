/** A firm's configuration can't read the deployment's own settings, nor another firm's secrets. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWorld, type World } from '../support/world.ts'

const example = join(import.meta.dirname, '../../examples/harbor-pike')
const home = mkdtempSync(join(tmpdir(), 'tipstaff-references-'))
let world: World
beforeAll(async () => {
  world = await startWorld({
    env: { DATABASE_URL: 'postgres://owner:pass@db/tipstaff', SOMEBODY_ELSES: 'x' },
  })
})
afterAll(async () => {
  await world.close()
  rmSync(home, { recursive: true, force: true })
})

let count = 0
function firm(from: string, to: string) {
  const dir = join(home, `firm-${++count}`)
  cpSync(example, dir, { recursive: true })
  const text = readFileSync(join(dir, 'firm.yaml'), 'utf8')
  const at = text.indexOf(from)
  expect(at).toBeGreaterThan(0)
  writeFileSync(join(dir, 'firm.yaml'), text.replace(from, to))
  return { dir, place: `firm.yaml:${text.slice(0, at).split('\n').length}:` }
}

it.each([
  [
    'a sender’s name, which clients read',
    'name: Harbor & Pike\n      webhook',
    'name: env:HARBOR_PIKE_X\n      webhook',
    'is a reference, but only these settings may be one: apiKey, baseUrl, webhookPublicKey',
  ],
  [
    'our database',
    'authToken: env:HARBOR_PIKE_TWILIO_TOKEN',
    'authToken: env:DATABASE_URL',
    'belongs to the deployment',
  ],
  [
    'another’s variable',
    'authToken: env:HARBOR_PIKE_TWILIO_TOKEN',
    'authToken: env:SOMEBODY_ELSES',
    'must begin|may only name variables that begin with HARBOR_PIKE_',
  ],
  [
    'another’s variable for webhooks',
    'secrets: [env:HARBOR_PIKE_FLAT_SECRET]',
    'secrets: [env:SOMEBODY_ELSES]',
    'may only name',
  ],
  [
    'a path that leads up',
    'apiKey: env:HARBOR_PIKE_SENDGRID_KEY',
    'apiKey: file:../../secret.key',
    '".." in it',
  ],
  [
    'an operators’ address',
    'smtp: env:HARBOR_PIKE_OPERATORS_SMTP',
    'smtp: env:DATABASE_URL',
    'belongs to the deployment',
  ],
  [
    'a scheme without a secret',
    'scheme: header\n      header: X-Billing-Secret\n      secret: env:HARBOR_PIKE_BILLING_SECRET'.replaceAll(
      '\n      ',
      '\n        ',
    ),
    'scheme: clio',
    'is for systems that we subscribe to (kind clio)',
  ],
])('apply refuses with its place: %s', async (_, from, to, why) => {
  const { dir, place } = firm(from, to)
  const { code, printed } = await world.apply(dir)
  expect(code).toBe(1)
  expect(printed).toContain(place)
  expect(printed).toMatch(new RegExp(why.replace(/[().]/g, '\\$&')))
})

it('what was stored past apply is not opened either, and says why without the secret', async () => {
  await world.rows(
    `update config_versions set body = replace(body::text, 'env:HARBOR_PIKE_TWILIO_TOKEN', 'env:DATABASE_URL')::jsonb
     where kind = 'connection' and body::text like '%HARBOR_PIKE_TWILIO_TOKEN%'`,
  )
  await world.restart()
  const { problems } = await world.runtime.firms.open(world.firmId)
  expect(problems.filter((p) => p.connection === 'harbor-pike-twilio')).toEqual([
    {
      connection: 'harbor-pike-twilio',
      message: 'names DATABASE_URL, which belongs to the deployment and not to a firm',
    },
  ])
  expect(world.logged.join('')).not.toContain('owner:pass')
})

it('a file is read from the firm’s own folder', async () => {
  const own = join(world.dataDir, 'secrets', 'harbor-pike')
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'twilio'), 'sandbox-twilio-auth-token\n')
  const { dir } = firm('authToken: env:HARBOR_PIKE_TWILIO_TOKEN', 'authToken: file:twilio')
  expect((await world.apply(dir, 'git')).code).toBe(0)
  world.runtime.firms.forget(world.firmId)
  const { problems } = await world.runtime.firms.open(world.firmId)
  expect(problems.map((p) => p.connection)).not.toContain('harbor-pike-twilio')
})

/** Connections that can't send: what waits for them leaves by another or becomes a dead letter, and operators know. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { replayDeadLetters } from '../../src/modules/delivery/index.ts'
import { startWorld, type World } from '../support/world.ts'

const example = join(import.meta.dirname, '../../examples/harbor-pike')
const dirs: string[] = []
let world: World
afterEach(async () => {
  await world.close()
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})

function firm(change: (text: string) => string): string {
  const dir = mkdtempSync(join(tmpdir(), 'tipstaff-outlets-'))
  dirs.push(dir)
  cpSync(example, dir, { recursive: true })
  const before = readFileSync(join(dir, 'firm.yaml'), 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(join(dir, 'firm.yaml'), after)
  return dir
}

const sms = () =>
  world.rows<{ state: string; key: string }>(
    `select m.state, c.key from messages m join connections c on c.id = m.connection_id where m.channel = 'sms'
     order by m.created_at, m.id`,
  )
const alerts = () =>
  world.rows<{ cause: string; severity: string; open: boolean }>(
    `select cause, severity, resolved_at is null as open from alerts where kind = 'connection_unusable' order by raised_at`,
  )
/** James gets texts alone. The first try fails, so the text waits in the queue. */
async function oneWaits(options: Parameters<typeof startWorld>[0] = {}) {
  world = await startWorld(options)
  await world.fault([{ provider: 'twilio', kind: 'status', status: 500, count: 1 }])
  await world.changeStage(21002, 'Deposition Scheduled')
  await world.settled()
  expect(await sms()).toEqual([{ state: 'queued', key: 'harbor-pike-twilio' }])
}

describe('a connection that is gone', () => {
  it('gives what waits for it to the one that the firm sends by now', async () => {
    await oneWaits()
    const other = firm((text) => text.replaceAll('harbor-pike-twilio', 'harbor-pike-carrier'))
    expect((await world.apply(other)).code).toBe(0)
    await world.advance({ minutes: 2 })
    expect((await sms()).map((m) => [m.state === 'queued', m.key])).toEqual([[false, 'harbor-pike-carrier']])
    expect(await world.messages({ to: '+13105550112' })).toHaveLength(1)
    expect(await alerts()).toEqual([])
    expect(
      await world.rows("select action from audit_entries where action = 'message.rerouted'"),
    ).toHaveLength(1)
  })
})

describe('a connection that can’t be opened', () => {
  const broken = () => firm((text) => text.replace('env:HARBOR_PIKE_TWILIO_TOKEN', 'env:HARBOR_PIKE_NOT_SET'))

  it('is a page at once, without any message, and over when it opens again', async () => {
    world = await startWorld({ firm: broken() })
    await world.settled()
    expect(await alerts()).toEqual([{ cause: 'harbor-pike-twilio', severity: 'page', open: true }])
    await world.advance({ minutes: 5 })
    expect(await world.rows("select count from alerts where kind = 'connection_unusable'")).toEqual([
      { count: 1 },
    ])
    // Another process that comes later knows of it too.
    await world.restart()
    await world.apply(example)
    await world.advance({ seconds: 10 })
    expect((await alerts()).map((a) => a.open)).toEqual([false])
  })

  it('makes a dead letter of what waited for half an hour, which is replayed once it is mended', async () => {
    await oneWaits()
    await world.apply(broken())
    await world.advance({ minutes: 20 })
    expect((await sms())[0]!.state).toBe('queued')
    expect(await alerts()).toMatchObject([{ open: true }])
    await world.advance({ minutes: 15 })
    expect((await sms())[0]!.state).toBe('dead')
    const letters = await world.rows<{ id: string; cause: string }>('select id, cause from dead_letters')
    expect(letters.map((l) => l.cause)).toEqual(['no_outlet'])

    await world.apply(example)
    await world.runtime.db.forFirm(world.firmId, (tx) =>
      replayDeadLetters(tx, [letters[0]!.id], 'test', world.clock.now()),
    )
    await world.advance({ minutes: 1 })
    expect(['sent', 'delivered']).toContain((await sms())[0]!.state)
    expect(await alerts()).toMatchObject([{ open: false }])
  })
})

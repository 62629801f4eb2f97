/** The commands about what is kept: handing it out, holding it, letting go of it; and the lane that does so by itself. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exportMatterCommand } from '../../src/main/commands/export-matter.ts'
import { listHoldsCommand, placeHoldCommand, releaseHoldCommand } from '../../src/main/commands/legal-hold.ts'
import { retentionCommand } from '../../src/main/commands/retention.ts'
import { traceCommand } from '../../src/main/commands/trace.ts'
import { firmCopy, unfollowed } from '../support/firm-copy.ts'
import { startWorld, type World } from '../support/world.ts'

/** Keeps texts about a matter's status for three months. */
const firm = firmCopy((yaml) =>
  unfollowed(yaml).replace('retries: [', 'retention:\n  status: 3\n  webhooks: 6\nretries: ['),
)
const folder = mkdtempSync(join(tmpdir(), 'tipstaff-record-'))
let world: World
let out = ''
let err = ''
beforeAll(async () => {
  world = await startWorld({ firm: firm.dir })
  await world.changeStage(21001, 'Mediation')
  await world.changeStage(21003, 'Investigation')
  await world.settled()
}, 60_000)
afterAll(async () => {
  await world.close()
  firm.remove()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  out = ''
  err = ''
})
const deps = () => ({
  ...world.runtime,
  terminal: {
    out(text: string) {
      out += text
    },
    err(text: string) {
      err += text
    },
    colour: false,
  },
  by: 'cli:kim',
})
const words = (matter: number) =>
  world.rows<{ there: boolean }>(
    `select m.body is not null as there from messages m join matters t on t.id = m.matter_id
     where t.external_id = $1 and m.purpose = 'status' order by m.id`,
    [String(matter)],
  )

describe('tipstaff export-matter', () => {
  it('writes a file for whoever asked alone, which proves itself; and never over another', async () => {
    const path = join(folder, 'export.zip')
    expect(await exportMatterCommand(deps(), '21001', { out: path, language: 'es', json: true })).toBe(0)
    const said = JSON.parse(out)
    expect(said).toMatchObject({ path, digests: { pdf: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const files = unzipSync(readFileSync(path))
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
    const told = execFileSync(process.execPath, [join(folder, 'verify.mjs'), '--key', said.key]).toString()
    expect(told).toMatch(/Nothing was altered since this export was made\.\n$/)
    expect(await exportMatterCommand(deps(), '21001', { out: path, language: 'en' })).toBe(1)
    expect(err).toContain('is there already')
    expect(await exportMatterCommand(deps(), 'nothing', { out: path, language: 'en' })).toBe(1)
    expect(err).toContain('no matter is known by "nothing"')
    const rows = await world.rows(`select actor from audit_entries where action = 'matter.exported'`)
    expect(rows).toEqual([{ actor: 'cli:kim' }])
  })
})

describe('by itself, while time passes', () => {
  it('words go once their months have passed, but for those under a hold; the dry run said so', async () => {
    expect(await placeHoldCommand(deps(), 'matter', '21001', { reason: 'litigation' })).toBe(0)
    expect(out).toContain('Nothing of the matter')
    const before = [await words(21001), await words(21003)]
    expect(before.every((rows) => rows.length > 0 && rows.every((m) => m.there))).toBe(true)
    expect(await retentionCommand(deps(), { dryRun: true, json: true })).toBe(0)
    out = out.slice(out.indexOf('{'))
    expect(JSON.parse(out).items[0]).toMatchObject({ rule: 'status', messages: 0, onHold: 0 })

    await world.runtime.lanes.settled()
    // Nobody is at work meanwhile: what is due after such a time is for others to test.
    world.clock.advance({ hours: 24 * 95 })
    out = ''
    expect(await retentionCommand(deps(), { dryRun: true })).toBe(0)
    expect(out).toMatch(/^rule +months +before +messages +texts +webhooks +on hold +still needed\nstatus +3 /)
    expect(out).toContain('Nothing was deleted.')
    out = ''
    await retentionCommand(deps(), { dryRun: true, json: true })
    const [planned] = JSON.parse(out).items
    expect(planned).toMatchObject({ messages: before[1]!.length, onHold: before[0]!.length })
    expect((await words(21003)).every((m) => m.there)).toBe(true)

    world.runtime.lanes.nudge('retain', world.firmId)
    await world.runtime.lanes.settled()
    expect((await words(21001)).every((m) => m.there)).toBe(true)
    expect((await words(21003)).some((m) => m.there)).toBe(false)
    out = ''
    await traceCommand(deps(), '21003', { as: 'matter', all: true })
    expect(out).toMatch(/\| \(deleted under retention on .*, rule status\)/)
  })

  it('a hold that was released lets go of them, with a reason that stands in the record', async () => {
    expect(await listHoldsCommand(deps(), { json: true })).toBe(0)
    const [hold] = JSON.parse(out).items
    expect(hold).toMatchObject({ reason: 'litigation', placedBy: 'cli:kim' })
    expect(await releaseHoldCommand(deps(), hold.id, { reason: ' ' })).toBe(1)
    expect(await releaseHoldCommand(deps(), hold.id, { reason: 'settled' })).toBe(0)
    expect(await releaseHoldCommand(deps(), hold.id, { reason: 'settled' })).toBe(1)
    expect(err).toContain('it was released before')
    out = ''
    expect(await retentionCommand(deps(), {})).toBe(0)
    expect(out).toMatch(/status +3 +[1-9]/)
    expect((await words(21001)).some((m) => m.there)).toBe(false)
    const rows = await world.rows(
      `select action, data ->> 'reason' as reason from audit_entries where action like 'hold.%' order by at, seq`,
    )
    expect(rows).toEqual([
      { action: 'hold.placed', reason: 'litigation' },
      { action: 'hold.released', reason: 'settled' },
    ])
  })
})

/** A backup is restored: what the copy would say again is found out first (safety.md, goal 11). */

import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type ReconcileReport, reconcile } from '../../src/main/commands/reconcile.ts'
import { verifyAudit } from '../../src/main/commands/verify-audit.ts'
import { readDeployment, recognise } from '../../src/main/deployment.ts'
import { oldestUnsealed, sealingKeyFrom } from '../../src/modules/audit/index.ts'
import { database } from '../../src/platform/db/firm-tx.ts'
import { createPool } from '../../src/platform/db/pool.ts'
import { note } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

describe('a restored backup', () => {
  // Each step goes on from the one before.
  let world: World
  const copy = `test_${process.pid}_backup`

  beforeAll(async () => {
    world = await startWorld()
    await look(world)
  })
  afterAll(async () => {
    await world.close()
    await admin(`drop database if exists ${copy} with (force)`)
  })

  it('holds everything back, and says so', async () => {
    await world.changeField(11002, 'Contact preference', 'Both')
    // A matter that the backup knows in the state before.
    await world.control('PATCH', '/_sandbox/cms/matters/21009', {
      description: 'Fernández v. Bayline Hotels',
    })
    await world.changeStage(21001, 'Deposition Scheduled')
    await world.settled()
    // Decided, and not yet sent when the backup is made.
    world.runtime.state.held = 'test'
    await world.changeStage(21002, 'Deposition Scheduled')
    await world.settled()
    expect(await states()).toMatchObject({ queued: 2 })
    await world.restart(async () => {
      await admin(`create database ${copy} template ${world.database.name}`)
    })

    // What happens now is unknown to the backup: the two leave, and another matter is told of as well.
    await world.advance({ seconds: 30 })
    await world.changeStage(21009, 'Deposition Scheduled')
    await world.settled()
    await world.advance({ minutes: 30 })
    expect((await states()).queued).toBeUndefined()
    await sealed()
    const before = await world.messages()
    expect(before.length).toBeGreaterThanOrEqual(5)

    await world.restart(async () => {
      await admin(`drop database ${world.database.name} with (force)`)
      await admin(`create database ${world.database.name} template ${copy} owner tipstaff_owner`)
      const deployment = await look(world)
      expect(deployment.held_reason).toMatch(/database has number \d+, before it was \d+/)
      expect(deployment.epoch).toBe(2)
    })
    await world.settled()
    expect(await world.messages()).toEqual(before)
    const ready = (await (await fetch(`${world.appUrl}/readyz`)).json()) as {
      ready: boolean
      checks: Record<string, { ok: boolean; detail?: string }>
    }
    expect(ready.ready).toBe(true)
    expect(ready.checks.sending).toMatchObject({ ok: false, detail: expect.stringContaining('held') })
    expect(await (await fetch(`${world.appUrl}/metrics`)).text()).toContain('\ntipstaff_held 1')
  })

  it('takes webhooks all the same, and sends nothing of them', async () => {
    const before = await world.messages()
    await world.advance({ seconds: 10 })
    await world.changeStage(21004, 'Deposition Scheduled')
    await world.settled()
    expect(await world.messages()).toEqual(before)
    // Kept as it came: it is decided once the copy knows what it missed.
    expect(await world.rows(`select from inbound_deliveries where state = 'stored'`)).not.toHaveLength(0)
  })

  it('shows what is in doubt without touching it', async () => {
    const before = await states()
    const { code, report } = await run({ dryRun: true })
    expect(code).toBe(0)
    expect(report.result).toBe('still_held')
    expect(report.counts).toEqual({ to_be_asked: 2 })
    expect(await states()).toEqual(before)
  })

  it('stays held while a provider that can be asked does not answer', async () => {
    await world.fault([{ provider: 'twilio', kind: 'status', status: 500 }])
    const { code, report } = await run()
    await world.clearFaults()
    expect(code).toBe(1)
    expect(report).toMatchObject({ result: 'still_held', counts: { unreachable: 1 } })
    expect((await readDeployment(world.runtime.db)).held_since).not.toBeNull()
  })

  it('adopts what the provider has, gives to a human what nobody can tell, and sends the rest: nothing twice', async () => {
    const { code, report } = await run()
    expect(code).toBe(0)
    expect(report.result).toBe('released')
    // The mail went to a human in the first run already; providers of mail can't be asked.
    expect(report.counts).toEqual({ adopted: 1 })
    const letters = await world.rows<{ cause: string }>('select cause from dead_letters')
    expect(letters).toEqual([{ cause: 'restored_backup' }])

    await look(world)
    await world.restart()
    await world.settled()
    const told = await world.messages()
    const seen = told.map((m) => `${m.channel} ${m.to} ${m.text}`)
    expect(new Set(seen).size).toBe(seen.length)
    // 21004 came after the copy was found: it is told now.
    expect((await states()).queued).toBeUndefined()
    const late = await world.rows<{ state: string }>(
      `select m.state from messages m join matters t on t.id = m.matter_id where t.external_id = '21004'`,
    )
    expect(late.length).toBeGreaterThan(0)
    expect(late.every((m) => m.state === 'delivered')).toBe(true)
  })

  it('does not tell again what moved while nobody looked, but gives staff a task', async () => {
    const before = await world.messages()
    const [lost] = await world.rows<{ state: string }>(
      `select state from matters where external_id = '21009'`,
    )
    expect(lost!.state).toBe('deposition_scheduled')
    expect((await world.tasks('restored_backup')).map((task) => task.title)).toEqual([
      expect.stringContaining('moved to deposition_scheduled at a time that was lost'),
    ])
    // Somebody touches the matter: the webhook says its status, which is no news.
    await world.control('PATCH', '/_sandbox/cms/matters/21009', {
      description: 'Fernández Ortega v. Bayline',
    })
    await world.settled()
    expect(await world.messages()).toEqual(before)
  })

  it('leaves a record that verifies, with the losses on it', async () => {
    await world.settled()
    const checked = await verifyAudit({
      db: world.runtime.db,
      anchorsDir: join(world.dataDir, 'anchors'),
      key: sealingKeyFrom(world.keys.tokens),
      now: () => world.clock.now(),
    })
    expect(checked.firms.flatMap((f) => f.problems)).toEqual([])
    expect(checked.firms[0]!.acceptedLosses).toBeGreaterThan(0)
  })

  it('is told from an older copy on the same server by the anchors beside it', async () => {
    await sealed()
    await world.restart(async () => {
      const pool = createPool({ url: world.database.adminUrl, max: 1, onError: () => {} })
      // As a file-level copy would: the same server, the same numbers, and the newest batch is not there.
      await pool.query(
        'delete from audit_batches where (firm_id, n) in (select firm_id, max(n) from audit_batches group by 1)',
      )
      await pool.end()
      const deployment = await look(world)
      expect(deployment.held_reason).toMatch(/batch \d+ .* missing in the database/)
      expect(deployment.epoch).toBe(3)
    })
    await expect(run({ nothingLost: true })).rejects.toThrow(/something was lost/)
    expect((await run()).report.result).toBe('released')
    expect((await look(world)).held_since).toBeNull()
  })

  /** All that was recorded is sealed and anchored: the sealer waits for transactions of any test on this server. */
  const sealed = async () => {
    for (let tries = 0; (await world.runtime.db.forFirm(world.firmId, oldestUnsealed)) !== null; tries++) {
      if (tries > 2_000) throw new Error('nothing seals')
      await world.runtime.sweep()
      await world.runtime.settled()
    }
  }

  const states = async (): Promise<Record<string, number>> =>
    Object.fromEntries(
      (
        await world.rows<{ state: string; n: number }>(
          'select state, count(*)::int as n from messages group by 1',
        )
      ).map((row) => [row.state, row.n]),
    )

  const run = (options: { dryRun?: boolean; nothingLost?: boolean } = {}) => reconcileIn(world, options)
})

describe('what came about in the lost time', () => {
  // Each world is restored once; what was told then is known to the clients, and to nobody here.
  const copies: string[] = []
  const worlds: World[] = []
  afterAll(async () => {
    for (const world of worlds) await world.close()
    for (const copy of copies) await admin(`drop database if exists ${copy} with (force)`)
  })

  /** Runs `before`, makes a backup, runs `lost`, and restores the backup over it; then reconciles it. */
  const restored = async (
    steps: { before?: (world: World) => Promise<void>; lost: (world: World) => Promise<void> },
    options: { withoutCms?: boolean } = {},
  ) => {
    // Matters that nobody has seen before are what this is about; lists would have brought them all.
    const world = await startWorld({ webhooksOnly: true })
    worlds.push(world)
    const copy = `test_${process.pid}_lost_${worlds.length}`
    copies.push(copy)
    await look(world)
    await steps.before?.(world)
    await world.settled()
    await world.restart(async () => {
      await admin(`create database ${copy} template ${world.database.name}`)
    })
    await world.advance({ minutes: 2 })
    await steps.lost(world)
    await world.settled()
    await world.advance({ minutes: 5 })
    const told = await world.messages()
    await world.restart(async () => {
      await admin(`drop database ${world.database.name} with (force)`)
      await admin(`create database ${world.database.name} template ${copy} owner tipstaff_owner`)
      expect((await look(world)).held_since).not.toBeNull()
    })
    const { report } = await reconcileIn(world, options)
    expect(report.result).toBe('released')
    await look(world)
    await world.restart()
    await world.settled()
    return { world, told, tasks: async () => (await world.tasks('restored_backup')).map((t) => t.title) }
  }
  const later = (world: World) => world.advance({ minutes: 10 })
  const entry = (matter: number, description: string) => ({
    summary: 'Hearing',
    description,
    start_at: '2030-11-20T15:00:00Z',
    end_at: '2030-11-20T16:00:00Z',
    matter_id: matter,
    calendar_entry_event_type: { name: 'Hearing' },
  })
  const made = async (world: World, kind: string, body: object) =>
    ((await world.control('POST', `/_sandbox/cms/${kind}`, body)) as { data: { id: number } }).data.id

  it('is not told again of a matter that was first seen then, whatever touches it next', async () => {
    const { world, told, tasks } = await restored({
      lost: (w) => w.changeStage(21001, 'Deposition Scheduled') as Promise<void>,
    })
    expect(told.length).toBeGreaterThan(0)
    await later(world)
    await world.control('PATCH', '/_sandbox/cms/matters/21001', { description: 'Another caption' })
    await world.settled()
    expect(await world.messages()).toEqual(told)
    expect(await tasks()).toEqual([
      expect.stringContaining('it moved to "Deposition Scheduled" at a time that was lost'),
    ])
    // What it does from now on is told as ever.
    await later(world)
    await world.changeStage(21001, 'Mediation')
    await world.settled()
    expect((await world.messages()).length).toBeGreaterThan(told.length)
  })

  it('is not told again of appointments and bills that changed then', async () => {
    const ids = { entry: 0, bill: 0 }
    const { world, told, tasks } = await restored({
      before: async (w) => {
        await w.control('PATCH', '/_sandbox/cms/matters/21011', { description: 'Known before' })
      },
      lost: async (w) => {
        ids.entry = await made(w, 'calendar_entries', entry(21011, 'Bring an ID'))
        ids.bill = await made(w, 'bills', { matters: [{ id: 21011 }], total: 100 })
        await w.settled()
        await w.control('PATCH', `/_sandbox/cms/bills/${ids.bill}`, { state: 'paid' })
      },
    })
    expect(told.length).toBeGreaterThan(1)
    expect(await tasks()).toEqual([
      expect.stringMatching(/appointments and bills changed at a time that was lost/),
    ])
    await later(world)
    await world.control('PATCH', `/_sandbox/cms/calendar_entries/${ids.entry}`, {
      description: 'Park behind',
    })
    await world.control('PATCH', `/_sandbox/cms/bills/${ids.bill}`, { subject: 'Services in October' })
    await world.settled()
    expect(await world.messages()).toEqual(told)
    // Another time is news, and so is another bill.
    await later(world)
    await world.control('PATCH', `/_sandbox/cms/calendar_entries/${ids.entry}`, {
      start_at: '2030-11-21T15:00:00Z',
      end_at: '2030-11-21T16:00:00Z',
    })
    await world.settled()
    const moved = await world.messages()
    expect(moved.length).toBeGreaterThan(told.length)
    const another = await made(world, 'bills', { matters: [{ id: 21011 }], total: 200 })
    await world.settled()
    await world.control('PATCH', `/_sandbox/cms/bills/${another}`, { state: 'paid' })
    await world.settled()
    expect((await world.messages()).length).toBeGreaterThan(moved.length)
    expect(await tasks()).toHaveLength(1)
  })

  it('is not told again of an appointment of a matter that was first seen then', async () => {
    const ids = { entry: 0 }
    const { world, told, tasks } = await restored({
      lost: async (w) => {
        ids.entry = await made(w, 'calendar_entries', entry(21011, 'Bring an ID'))
      },
    })
    expect(told.length).toBeGreaterThan(0)
    await later(world)
    await world.control('PATCH', '/_sandbox/cms/matters/21011', { description: 'Touched' })
    await world.settled()
    await later(world)
    await world.control('PATCH', `/_sandbox/cms/calendar_entries/${ids.entry}`, {
      description: 'Park behind',
    })
    await world.settled()
    expect(await world.messages()).toEqual(told)
    expect(await tasks()).toEqual([expect.stringContaining('appointments changed')])
  })

  it('is not told again by a system that brings its webhook once more, when it cannot be read', async () => {
    const payload = {
      matter: 21011,
      id: 7,
      subject: 'Client update',
      detail: 'The notary needs the original',
    }
    const { world, told, tasks } = await restored({
      before: async (w) => {
        await w.control('PATCH', '/_sandbox/cms/matters/21011', { description: 'Known before' })
      },
      lost: (w) => note(w, payload, 'note-7') as unknown as Promise<void>,
    })
    expect(told.length).toBeGreaterThan(0)
    await later(world)
    expect(await note(world, payload, 'note-7')).toBeLessThan(300)
    await world.settled()
    expect(await world.messages()).toEqual(told)
    expect(await tasks()).toEqual([expect.stringContaining('comment.added happened')])
  })

  it('is not told again where a digest said it then; what still waits for one is said', async () => {
    const share = (w: World, matter: number, name: string) =>
      made(w, 'documents', { name, matter: { id: matter }, document_category: { name: 'Client copies' } })
    const { world, told } = await restored({
      before: async (w) => {
        for (const name of ['One.pdf', 'Two.pdf']) await share(w, 21002, name)
        await w.settled()
        await w.advance({ minutes: 50 })
        for (const name of ['Three.pdf', 'Four.pdf']) await share(w, 21003, name)
      },
      // The first window ends, the second does not.
      lost: async (w) => {
        await w.advance({ minutes: 10 })
      },
    })
    expect(told.filter((m) => m.text?.includes('2 updates'))).toHaveLength(1)
    const letters = await world.rows<{ detail: string }>('select detail from dead_letters')
    expect(letters.map((l) => l.detail)).toEqual([
      'it may have been said in a digest',
      'it may have been said in a digest',
    ])
    await world.advance({ hours: 2 })
    const since = (await world.messages()).slice(told.length)
    expect(since.map((m) => m.subject)).toEqual(['Your update from Harbor & Pike'])
    expect(since[0]!.text).toContain('Three.pdf')
  })

  it('is not reminded of again: the provider is asked for what would be said', async () => {
    const { world, told } = await restored({
      before: async (w) => {
        await made(w, 'calendar_entries', {
          ...entry(21002, 'x'),
          // Two hours before it is 12:05 there: in the lost time.
          start_at: '2030-10-15T20:05:00Z',
          end_at: '2030-10-15T21:00:00Z',
        })
      },
      lost: async (w) => {
        await w.advance({ minutes: 5 })
        await w.advance({ seconds: 6 })
      },
    })
    expect(told.filter((m) => m.text?.includes('reminds you'))).toHaveLength(1)
    await world.advance({ minutes: 30 })
    expect(await world.messages()).toEqual(told)
    const [said] = await world.rows(
      `select m.state, m.reason from messages m join notices n on n.id = m.notice_id where n.rule_key like 'reminder:%'`,
    )
    expect(said).toEqual({ state: 'delivered', reason: null })
    expect(await world.rows('select cause from dead_letters')).toEqual([])
  })

  it('goes to a person, and not to the client, where the CMS was left out', async () => {
    const { world, told, tasks } = await restored(
      {
        before: async (w) => {
          await w.changeStage(21002, 'Investigation')
        },
        lost: (w) => w.changeStage(21002, 'Demand Sent') as Promise<void>,
      },
      { withoutCms: true },
    )
    await later(world)
    await world.control('PATCH', '/_sandbox/cms/matters/21002', { description: 'Touched' })
    await world.settled()
    expect(await world.messages()).toEqual(told)
    expect(await tasks()).toEqual([expect.stringContaining('it moved to "Demand Sent"')])
  })
})

async function reconcileIn(
  world: World,
  options: { dryRun?: boolean; nothingLost?: boolean; withoutCms?: boolean } = {},
): Promise<{ code: number; report: ReconcileReport }> {
  const printed: string[] = []
  const code = await reconcile(
    {
      runtime: world.runtime,
      anchorsDir: join(world.dataDir, 'anchors'),
      terminal: { out: (text) => void printed.push(text), err: () => {}, colour: false },
      by: 'test',
      pause: (milliseconds) => world.advance({ milliseconds }),
    },
    { ...options, json: true },
  )
  return { code, report: JSON.parse(printed.join('')) as ReconcileReport }
}

/** As every process does when it starts. */
async function look(world: World) {
  const pool = createPool({ url: world.database.appUrl, max: 1, onError: () => {} })
  try {
    return await recognise({ db: database(pool), dataDir: world.dataDir, now: () => world.clock.now() })
  } finally {
    await pool.end()
  }
}

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('testServer').adminUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Doctor: a healthy deployment passes, and each check can fail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/kernel/index.ts'
import { checks, diagnose, printFindings } from '../../src/main/commands/doctor.ts'
import { hold, release } from '../../src/main/deployment.ts'
import {
  judgeConnections,
  judgeListening,
  judgeRole,
  judgeSettings,
  judgeVersion,
} from '../../src/main/doctor/database.ts'
import { selfTest } from '../../src/main/doctor/one-connection.ts'
import type { DoctorContext, Finding } from '../../src/main/doctor/types.ts'
import { judgeBeats, judgeSubscriptions, judgeWaiting } from '../../src/main/doctor/waiting.ts'
import { database } from '../../src/platform/db/firm-tx.ts'
import { createPool } from '../../src/platform/db/pool.ts'
import { startWorld, type World } from '../support/world.ts'

describe('doctor', () => {
  let world: World
  let context: Omit<DoctorContext, 'firms'>

  beforeAll(async () => {
    world = await startWorld({ durable: true })
    context = {
      runtime: world.runtime,
      config: { publicUrl: world.appUrl, dataDir: world.dataDir, sandbox: null },
      databaseUrl: world.database.appUrl,
      // The world's clock is driven, the database's is not.
      clock: systemClock,
      env: { HARBOR_PIKE_TWILIO_URL: world.sandboxUrl },
      fetch,
      freeBytes: () => 50e9,
    }
  })
  afterAll(() => world.close())

  const named = async (prefix: string, change: Partial<typeof context> = {}): Promise<Finding[]> =>
    (await diagnose({ ...context, ...change })).filter(({ name }) => name.startsWith(prefix))

  it('finds nothing that fails in a healthy deployment, and exits 0', async () => {
    const findings = await diagnose(context)
    expect(findings.filter(({ status }) => status === 'fail')).toEqual([])
    const names = findings.map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining([
        'database.listen',
        'clock.twilio',
        'connection harbor-pike-twilio',
        'signature harbor-pike-clio',
      ]),
    )
    const printed: string[] = []
    const terminal = { out: (text: string) => void printed.push(text), err: () => {}, colour: false }
    expect(printFindings(terminal, findings, false)).toBe(0)
    expect(printed.at(-1)).toMatch(/\d+ ok, \d+ warnings, 0 failed/)
  })

  it('exits 1 when one check fails, and says what to do', () => {
    const printed: string[] = []
    const terminal = { out: (text: string) => void printed.push(text), err: () => {}, colour: false }
    const findings: Finding[] = [{ name: 'disk', status: 'fail', detail: 'full', todo: 'free some' }]
    expect(printFindings(terminal, findings, true)).toBe(1)
    expect(JSON.parse(printed.join(''))).toEqual({ ok: false, checks: findings })
  })

  /** By the names in the registry, so that a new check without a failing case is noticed. */
  const failing: Record<string, () => Promise<void>> = {
    async database() {
      expect(judgeVersion(140_009, '14.9').status).toBe('fail')
      expect(judgeSettings({ fsync: 'off', full_page_writes: 'on', synchronous_commit: 'on' }).status).toBe(
        'fail',
      )
      expect(judgeRole({ name: 'x', superuser: false, bypass: true, owned: 0 }).status).toBe('fail')
      expect(judgeRole({ name: 'x', superuser: false, bypass: false, owned: 3 }).status).toBe('fail')
      expect(judgeConnections(97, 95).status).toBe('fail')
      expect(judgeConnections(97, 85).status).toBe('warn')
      expect((await judgeListening(async () => null)).status).toBe('fail')
      expect((await judgeListening(() => Promise.reject(new Error('no')))).status).toBe('fail')

      // The same through a real connection: a superuser, durability switched off, a migration too few.
      const admin = world.database.adminPool
      await admin.query(`alter database ${world.database.name} set synchronous_commit = off`)
      const removed = await admin.query(
        'delete from migrations where name = (select max(name) from migrations) returning name, checksum, applied_at',
      )
      const pool = createPool({ url: world.database.adminUrl, max: 2, onError: () => {} })
      try {
        const found = await named('database.', { runtime: { ...world.runtime, pool, db: database(pool) } })
        const status = Object.fromEntries(found.map((one) => [one.name, one.status]))
        expect(status).toMatchObject({
          'database.settings': 'fail',
          'database.role': 'fail',
          'database.migrations': 'fail',
        })
      } finally {
        await pool.end()
        const { name, checksum, applied_at } = removed.rows[0]
        await admin.query('insert into migrations values ($1, $2, $3)', [name, checksum, applied_at])
        await admin.query(`alter database ${world.database.name} reset synchronous_commit`)
      }
    },
    async disk() {
      expect(await named('disk', { freeBytes: () => 100e6 })).toMatchObject([{ status: 'fail' }])
      expect(await named('disk', { freeBytes: () => 1e9 })).toMatchObject([{ status: 'warn' }])
    },
    async clock() {
      const fast = { ...systemClock, now: () => systemClock.now().add({ seconds: 5 }) }
      const found = await named('clock.', { clock: fast })
      expect(found.map(({ name, status }) => [name, status])).toEqual([
        ['clock.database', 'warn'],
        ['clock.twilio', 'warn'],
      ])
      expect(found[0]!.detail).toMatch(/^5\.\d s ahead of the database$/)
    },
    async 'public address'() {
      const off = { ...context.config, sandbox: 'off' as const }
      expect(await named('public', { config: off })).toMatchObject([{ status: 'fail' }])
      const nobody = { ...context.config, publicUrl: 'http://127.0.0.1:1' }
      expect(await named('public', { config: nobody })).toMatchObject([{ status: 'warn' }])
      const other = { ...context.config, publicUrl: world.sandboxUrl }
      expect(await named('public', { config: other })).toMatchObject([{ status: 'fail' }])
    },
    async connections() {
      await world.fault(
        ['twilio', 'sendgrid', 'clio'].map((provider) => ({ provider, kind: 'status', status: 503 })),
      )
      try {
        const found = await named('connection ')
        expect(found.filter(({ status }) => status === 'fail').map(({ name }) => name)).toEqual(
          expect.arrayContaining(['connection harbor-pike-twilio', 'connection harbor-pike-sendgrid']),
        )
      } finally {
        await world.clearFaults()
      }
      const firm = await world.runtime.firms.open(world.firmId)
      const broken = { ...firm, problems: [{ connection: 'harbor-pike-twilio', message: 'X is not set' }] }
      const firms = { open: async () => broken, hooks: world.runtime.firms.hooks.bind(world.runtime.firms) }
      const runtime = { ...world.runtime, firms: firms as unknown as typeof world.runtime.firms }
      expect(await named('connection harbor-pike-twilio', { runtime })).toContainEqual(
        expect.objectContaining({ status: 'fail', detail: 'X is not set' }),
      )
    },
    async signatures() {
      const now = systemClock.now()
      const test = (secret: string) =>
        selfTest(
          's',
          { scheme: 'standard-webhooks', secrets: ['env:X'] },
          [secret],
          'https://x.example/hooks/x',
          now,
        )
      expect(test(`whsec_${Buffer.alloc(24, 7).toString('base64')}`).status).toBe('ok')
      expect(test('whsec_').status).toBe('fail')
      const header = { scheme: 'header', header: 'X-Secret', secret: 'env:X' } as const
      expect(selfTest('s', header, [''], 'https://x.example/hooks/x', now).status).toBe('fail')
      const firms = {
        open: (id: typeof world.firmId) => world.runtime.firms.open(id),
        hooks: () => Promise.reject(new Error('the environment variable X is not set')),
      }
      const runtime = { ...world.runtime, firms: firms as unknown as typeof world.runtime.firms }
      expect(await named('signature harbor-pike-dms', { runtime })).toMatchObject([{ status: 'fail' }])
    },
    async subscriptions() {
      const now = systemClock.now()
      const row = (hours: number) => [{ model: 'matter', expires_at: now.add({ hours }) }]
      expect(judgeSubscriptions('x', row(200), now).status).toBe('ok')
      expect(judgeSubscriptions('x', row(20), now).status).toBe('warn')
      expect(judgeSubscriptions('x', row(-1), now).status).toBe('fail')
      expect(judgeSubscriptions('x', [], now).status).toBe('warn')
      const later = { ...systemClock, now: () => Temporal.Instant.from('2040-01-01T00:00:00Z') }
      expect(await named('subscriptions', { clock: later })).toMatchObject([{ status: 'fail' }])
    },
    async operators() {
      const off = { ...context.config, sandbox: 'off' as const }
      expect(await named('operators', { config: off })).toMatchObject([{ status: 'fail' }])
      expect(await named('operators')).toMatchObject([{ status: 'warn' }])
    },
    async sending() {
      await hold(world.runtime.db, 'a test', systemClock.now())
      expect(await named('sending')).toMatchObject([
        { status: 'fail', detail: expect.stringContaining('a test') },
      ])
      await release(world.runtime.db, 1)
      expect(await named('sending')).toMatchObject([{ status: 'ok' }])
    },
    async work() {
      const now = systemClock.now()
      const ago = (minutes: number) => now.subtract({ minutes })
      const judged = (sweep: number, plan: number) =>
        judgeBeats(
          new Map([
            ['sweep', ago(sweep)],
            ['plan', ago(plan)],
          ]),
          now,
        )
      expect(judged(1, 1).status).toBe('ok')
      expect(judged(16, 16)).toMatchObject({
        status: 'fail',
        detail: expect.stringContaining('nothing has run since'),
      })
      expect(judged(1, 16)).toMatchObject({ status: 'fail', detail: expect.stringContaining('plan since') })
      expect(judgeBeats(new Map(), now).status).toBe('warn')
      const later = { ...systemClock, now: () => Temporal.Instant.from('2040-01-01T00:00:00Z') }
      expect(await named('work', { clock: later })).toMatchObject([{ status: 'fail' }])
      expect(await named('work')).toMatchObject([{ status: 'ok' }])
    },
    async waiting() {
      const calm = { deadLettersOpen: 0, unknownOpen: 0, quarantineOpen: 0, tasksOpen: 0, lanes: [] }
      const late = (ageSeconds: number) => ({ ...calm, lanes: [{ lane: 'deliver', due: 3, ageSeconds }] })
      const worst = (found: Finding[]) =>
        found.filter(({ status }) => status !== 'ok').map((f) => [f.name, f.status])
      expect(worst(judgeWaiting(calm, 0))).toEqual([])
      expect(worst(judgeWaiting(late(90), 0))).toEqual([['queues', 'warn']])
      expect(worst(judgeWaiting(late(900), 0))).toEqual([['queues', 'fail']])
      expect(worst(judgeWaiting(calm, 1_000))).toEqual([['audit', 'warn']])
      expect(
        worst(judgeWaiting({ ...calm, deadLettersOpen: 1, unknownOpen: 2, quarantineOpen: 3 }, 0)),
      ).toEqual([
        ['dead letters', 'warn'],
        ['unknown', 'warn'],
        ['quarantine', 'warn'],
      ])
      await world.changeStage(21001, 'on hold??')
      await world.settled()
      expect(await named('quarantine')).toMatchObject([
        { status: 'warn', detail: '1 inputs that were not understood' },
      ])
    },
  }

  it('has a case for every check', () => {
    expect(Object.keys(failing).sort()).toEqual(checks.map(({ name }) => name).sort())
  })

  it.each(Object.keys(failing))('%s can fail', (name) => failing[name]!())

  it('goes on when a check itself breaks, and names it', async () => {
    const pool = createPool({ url: 'postgresql://nobody:x@127.0.0.1:1/x', max: 1, onError: () => {} })
    const found = await diagnose({ ...context, runtime: { ...world.runtime, pool } })
    await pool.end()
    expect(found.find(({ name }) => name === 'database')).toMatchObject({ status: 'fail' })
    expect(found.find(({ name }) => name === 'disk')).toMatchObject({ status: 'ok' })
  })
})

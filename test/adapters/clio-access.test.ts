/** Clio's tokens and its rate limit, with two pools on one database as two processes of one deployment. */
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSandbox } from '../../sandbox/app.ts'
import { CLIENT_ID, CLIENT_SECRET, type CmsState, mountCms } from '../../sandbox/cms/index.ts'
import { clioApi } from '../../src/adapters/clio/http.ts'
import { createClio } from '../../src/adapters/clio/index.ts'
import { clioSettings } from '../../src/adapters/clio/settings.ts'
import { type ConnectionId, drivenClock, type FirmId, uuidSource } from '../../src/kernel/index.ts'
import type { CmsCall, CmsUrgency } from '../../src/modules/connections/index.ts'
import {
  askConsent,
  connect,
  connectionGate,
  consentOf,
  disconnect,
  tokenSource,
} from '../../src/modules/connections/index.ts'
import { createFirm } from '../../src/modules/firms/index.ts'
import { type Database, database, type FirmTx } from '../../src/platform/db/firm-tx.ts'
import { createPool } from '../../src/platform/db/pool.ts'
import { readKeys } from '../../src/platform/secrets/index.ts'
import { testDatabase } from '../support/database.ts'

const sandbox = createSandbox({ mounts: [mountCms] })
const cms = sandbox.mounted[0] as CmsState
const clock = drivenClock('2030-10-15T18:00:00Z')
const newId = uuidSource(
  () => clock.now().epochMilliseconds,
  (bytes) => crypto.getRandomValues(bytes),
)
const test = await testDatabase()
const pools = [1, 2].map(() => createPool({ url: test.appUrl, max: 10, onError: () => {} }))
const dbs = pools.map(database) as [Database, Database]
const keys = readKeys(randomBytes(32))
if (!keys.ok) throw new Error(keys.message)
const redirectUri = 'http://127.0.0.1:9/connect/callback'

let url = ''
let close: () => Promise<void>
let firmId: FirmId
let connectionId: ConnectionId
let told: string[] = []
let calls: CmsCall[] = []
const onCall = (call: CmsCall): void => void calls.push(call)
const news = {
  refused: async () => void told.push('refused'),
  connected: async () => void told.push('connected'),
  disconnected: async () => void told.push('disconnected'),
}
const kind = createClio(clock)
const authorisation = kind.authorisation!
const settings = () => ({ baseUrl: url, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET })
const of = () => ({ firmId, connectionId, authorisation, settings: settings() })
const deps = (db: Database) => ({
  db,
  keys: keys.keys,
  now: () => clock.now(),
  wait: async (ms: number) => void (await delay(ms)),
  news,
  newId,
  log: { warn: () => {} },
})
const inFirm = <T>(work: (tx: FirmTx) => Promise<T>) => dbs[0].forFirm(firmId, work)

const control = async (method: string, path: string, body?: object): Promise<Record<string, number>> => {
  const answer = await fetch(`${url}/_sandbox${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  })
  return (await answer.json()) as Record<string, number>
}
const advance = (duration: Temporal.DurationLike): void => {
  clock.advance(duration)
  sandbox.core.clock.drive({ now: clock.now().epochMilliseconds })
}

/** A person opens the address and says yes. */
async function letIn(): Promise<void> {
  const consents = deps(dbs[0])
  const { address } = await askConsent(consents, of(), { redirectUri, by: 'cli:tester' })
  const answer = await fetch(`${address}&auto_approve=1`, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '')
  const [state, code] = ['state', 'code'].map((name) => back.searchParams.get(name) ?? '')
  const done = await connect(consents, of(), {
    state: state!,
    code: code!,
    by: 'cli:tester',
    redirectUri,
  })
  expect(done).toEqual({ ok: true, value: null })
}

/** As one process has it open. */
function process(db: Database) {
  const tokens = tokenSource(deps(db), of())
  const gate = connectionGate(deps(db), { firmId, connectionId })
  return { tokens, gate, reader: kind.open(settings(), { tokens, gate }) }
}

beforeAll(async () => {
  const listening = await sandbox.listen(0)
  url = listening.url
  close = listening.close
})
afterAll(async () => {
  await close()
  await Promise.all(pools.map((pool) => pool.end()))
})
beforeEach(async () => {
  cms.reset()
  advance({ hours: 1 })
  await control('PUT', '/cms/settings', { rateLimit: null, expiresIn: 3_600, rotateRefresh: false })
  told = []
  calls = []
  firmId = newId<FirmId>()
  connectionId = newId<ConnectionId>()
  await inFirm(async (tx) => {
    await createFirm(tx, { key: `f-${connectionId.slice(-8)}`, name: 'Firm', at: clock.now() })
    await tx.run(
      'insert into connections (firm_id, id, key, kind, created_at) values (current_firm(), $1, $2, $3, $4)',
      [connectionId, `f-${connectionId.slice(-8)}-clio`, 'clio', clock.now()],
    )
  })
})

const stateOf = () =>
  inFirm((tx) => tx.rows<{ state: string }>('select state from connections where id = $1', [connectionId]))

describe('a token', () => {
  it('is kept encrypted, and opens the CMS', async () => {
    await letIn()
    expect(told).toEqual(['connected'])
    const [row] = await inFirm((tx) => tx.rows<{ access: Buffer }>('select access from cms_tokens'))
    const token = await process(dbs[1]).tokens.token()
    if (!token.ok) throw new Error(token.detail)
    expect(row!.access.includes(token.value)).toBe(false)
    expect(await process(dbs[0]).reader.check(onCall)).toBeNull()
  })

  it('that ends in the middle of 20 parallel reads is renewed once, and all succeed', async () => {
    await letIn()
    const one = process(dbs[0])
    expect((await one.reader.readMatter('21001', onCall)).ok).toBe(true)
    await control('POST', '/cms/oauth/expire')
    const reads = await Promise.all(
      Array.from({ length: 20 }, (_, i) => one.reader.readMatter(String(21001 + (i % 16)), onCall)),
    )
    expect(reads.map((read) => read.ok || read.detail)).toEqual(Array(20).fill(true))
    expect(calls.filter(({ status }) => status === 401).length).toBeGreaterThan(10)
    expect(await control('GET', '/cms/oauth')).toMatchObject({ refreshes: 1, refreshesRefused: 0 })
  })

  it('is renewed once by two processes that both find it ended', async () => {
    await letIn()
    const both = dbs.map(process)
    for (const { tokens } of both) await tokens.token()
    await control('POST', '/cms/oauth/expire')
    const reads = await Promise.all(
      both.flatMap(({ reader }) =>
        Array.from({ length: 20 }, (_, i) => reader.readMatter(String(21001 + (i % 16)), onCall)),
      ),
    )
    expect(reads.map((read) => read.ok || read.detail)).toEqual(Array(40).fill(true))
    expect(await control('GET', '/cms/oauth')).toMatchObject({ refreshes: 1, refreshesRefused: 0 })
  })

  it('is renewed shortly before its end, without a call that fails', async () => {
    await letIn()
    const one = process(dbs[0])
    advance({ minutes: 54 })
    expect(await one.reader.check(onCall)).toBeNull()
    expect(await control('GET', '/cms/oauth')).toMatchObject({ refreshes: 0 })
    advance({ minutes: 2 })
    expect(await one.reader.check(onCall)).toBeNull()
    expect(await one.reader.check(onCall)).toBeNull()
    expect(await control('GET', '/cms/oauth')).toMatchObject({ refreshes: 1 })
    expect(calls.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  it('that can not be renewed yet is used to its end', async () => {
    await letIn()
    const one = process(dbs[0])
    advance({ minutes: 56 })
    await control('PUT', '/faults', [
      { provider: 'clio', kind: 'status', status: 503, count: 1 },
    ] as unknown as object)
    expect(await one.reader.check(onCall)).toBeNull()
    expect(await one.reader.check(onCall)).toBeNull()
    expect(await control('GET', '/cms/oauth')).toMatchObject({ refreshes: 0 })
    advance({ minutes: 1 })
    expect(await one.reader.check(onCall)).toBeNull()
    expect(await control('GET', '/cms/oauth')).toMatchObject({ refreshes: 1 })
  })

  it('keeps a new refresh token where the CMS gives one', async () => {
    await control('PUT', '/cms/settings', { rotateRefresh: true })
    await letIn()
    for (let n = 1; n <= 3; n++) {
      await control('POST', '/cms/oauth/expire')
      expect(await process(dbs[n % 2 === 0 ? 0 : 1]).reader.check(onCall)).toBeNull()
      expect(await control('GET', '/cms/oauth')).toMatchObject({ refreshes: n, refreshesRefused: 0 })
    }
  })

  it('that was taken away breaks the connection, once, and a new consent mends it everywhere', async () => {
    await letIn()
    const both = dbs.map(process)
    for (const { tokens } of both) await tokens.token()
    await control('POST', '/cms/oauth/revoke')
    const reads = await Promise.all(
      both.flatMap(({ reader }) => ['21001', '21002', '21003'].map((id) => reader.readMatter(id, onCall))),
    )
    expect(new Set(reads.map((read) => (read.ok ? 'ok' : read.kind)))).toEqual(new Set(['unauthorised']))
    expect(told).toEqual(['connected', 'refused'])
    expect(await stateOf()).toEqual([{ state: 'broken' }])
    const before = calls.length
    expect(await both[1]!.reader.readMatter('21001', onCall)).toMatchObject({
      kind: 'unauthorised',
      detail: expect.stringContaining('somebody must connect it again'),
    })
    expect(calls.length).toBe(before)

    await letIn()
    expect(await stateOf()).toEqual([{ state: 'active' }])
    for (const { reader } of both) expect((await reader.readMatter('21001', onCall)).ok).toBe(true)
    expect(told).toEqual(['connected', 'refused', 'connected'])
  })

  it('whose fetching process died is fetched by another when the lease has ended', async () => {
    await letIn()
    await control('POST', '/cms/oauth/expire')
    const until = clock.now().add({ seconds: 20 })
    await inFirm((tx) => tx.run('update cms_tokens set refresh_lease_until = $1', [until]))
    const one = process(dbs[0])
    const asked = one.reader.check(onCall)
    advance({ seconds: 21 })
    expect(await asked).toBeNull()
  })

  it('given back opens nothing any more', async () => {
    await letIn()
    const { tokens, reader } = process(dbs[0])
    expect(await disconnect(deps(dbs[0]), of(), tokens, 'cli:tester')).toEqual({ ok: true, value: true })
    expect(await control('GET', '/cms/oauth')).toMatchObject({ consents: 0 })
    expect(await reader.check(onCall)).toBe('nobody has connected it yet')
    expect(await inFirm((tx) => consentOf(tx, connectionId))).toBe('none')
    expect(await disconnect(deps(dbs[0]), of(), tokens, 'cli:tester')).toEqual({ ok: true, value: false })
  })

  it('stored under another key is not taken for a consent that is gone', async () => {
    await letIn()
    const other = readKeys(randomBytes(32))
    if (!other.ok) throw new Error(other.message)
    const stranger = tokenSource({ ...deps(dbs[1]), keys: other.keys }, of())
    expect(await stranger.token()).toMatchObject({ kind: 'unauthorised' })
    expect(told).toEqual(['connected'])
    expect(await process(dbs[0]).reader.check(onCall)).toBeNull()
  })
})

/** Callers that do what a first sync does: call, and where they are told to wait, wait. The clock moves when all do. */
async function work(
  callers: { db: Database; urgency: CmsUrgency }[],
  lasting: Temporal.DurationLike,
): Promise<void> {
  const ends = clock.now().add(lasting)
  const apis = new Map(
    dbs.map((db) => [db, clioApi(clioSettings.parse(settings()), fetch, clock, process(db))]),
  )
  const waiting: { until: Temporal.Instant; go(): void }[] = []
  let active = callers.length
  const moveOn = (): void => {
    if (active > 0 || waiting.length === 0) return
    const next = waiting.reduce((a, b) => (Temporal.Instant.compare(a.until, b.until) <= 0 ? a : b)).until
    advance(clock.now().until(next))
    const now = waiting.filter(({ until }) => Temporal.Instant.compare(until, next) <= 0)
    for (const one of now) {
      waiting.splice(waiting.indexOf(one), 1)
      active++
      one.go()
    }
  }
  await Promise.all(
    callers.map(async ({ db, urgency }) => {
      while (Temporal.Instant.compare(clock.now(), ends) < 0) {
        const answer = await apis.get(db)!.call('GET', 'matters.json', {}, { onCall, urgency })
        if (answer.ok) {
          advance({ milliseconds: 120 })
          continue
        }
        expect(answer.kind).toBe('rate_limited')
        await new Promise<void>((go) => {
          const until = clock.now().add({ seconds: answer.retryAfter ?? 1 })
          waiting.push({ until: Temporal.Instant.compare(until, ends) < 0 ? until : ends, go })
          active--
          moveOn()
        })
      }
      active--
      moveOn()
    }),
  )
}

describe('50 requests a minute', () => {
  beforeEach(async () => {
    await control('PUT', '/cms/settings', { rateLimit: 'default', expiresIn: 86_400 })
    await letIn()
  })

  it('are never exceeded by three callers in two processes, and at least 95 % of them are used', async () => {
    await work(
      [
        { db: dbs[0], urgency: 'background' },
        { db: dbs[0], urgency: 'background' },
        { db: dbs[1], urgency: 'background' },
      ],
      { minutes: 3 },
    )
    const statuses = Object.groupBy(calls, ({ status }) => String(status))
    expect(statuses['429']).toBeUndefined()
    expect(statuses['200']!.length).toBeGreaterThanOrEqual(0.95 * 150)
    expect(statuses['200']!.length).toBeLessThanOrEqual(150)
  })

  it('leave a few for those whom a client waits for', async () => {
    await work([{ db: dbs[0], urgency: 'background' }], { seconds: 24 })
    const before = calls.length
    expect(before).toBe(48)
    expect(await process(dbs[1]).reader.check(onCall)).toBeNull()
    const { gate } = process(dbs[0])
    expect((await gate.enter('background')).ok).toBe(false)
    expect((await gate.enter('now')).ok).toBe(true)
    const full = await gate.enter('now')
    expect(full).toMatchObject({ ok: false, kind: 'rate_limited' })
    expect(full.ok || (full.retryAfter ?? 0)).toBeGreaterThan(20)
  })

  it('are counted on after a restart', async () => {
    await work([{ db: dbs[0], urgency: 'background' }], { seconds: 24 })
    const restarted = process(dbs[1])
    expect(await restarted.reader.readMatter('21001', onCall)).toMatchObject({
      ok: false,
      kind: 'rate_limited',
    })
    expect(calls.some(({ status }) => status === 429)).toBe(false)
  })

  it('that are lifted cost no database work any more', async () => {
    const { reader, tokens } = process(dbs[0])
    await reader.check(onCall)
    await control('PUT', '/cms/settings', { rateLimit: null })
    await reader.check(onCall)
    await tokens.token()
    const counted = { ...dbs[0], forFirm: () => Promise.reject(new Error('the database was asked')) }
    // A process of its own that has seen one answer without a limit.
    const lifted = connectionGate(deps(dbs[1]), { firmId, connectionId })
    const first = await lifted.enter('background')
    if (!first.ok) throw new Error(first.detail)
    await first.value.leave({ kind: 'none' })
    const real = dbs[1].forFirm
    dbs[1].forFirm = counted.forFirm
    try {
      for (let n = 0; n < 100; n++) {
        const entered = await lifted.enter('background')
        if (!entered.ok) throw new Error(entered.detail)
        await entered.value.leave({ kind: 'none' })
      }
    } finally {
      dbs[1].forFirm = real
    }
  })
})

describe('a system that bears one call at a time', () => {
  const turns = { atOnce: 1, longestMs: 10_000 }
  const gates = () => dbs.map((db) => connectionGate(deps(db), { firmId, connectionId, turns }))

  it('gets one at a time, from two processes with ten callers each', async () => {
    let inside = 0
    let most = 0
    let done = 0
    await Promise.all(
      gates().flatMap((gate) =>
        Array.from({ length: 10 }, async (_, i) => {
          const entered = await gate.enter(i % 2 === 0 ? 'now' : 'background')
          if (!entered.ok) throw new Error(entered.detail)
          most = Math.max(most, ++inside)
          await fetch(`${url}/healthz`).then((answer) => answer.text())
          inside--
          done++
          await entered.value.leave()
        }),
      ),
    )
    expect({ most, done, inside }).toEqual({ most: 1, done: 20, inside: 0 })
    expect(await inFirm((tx) => tx.rows('select from cms_turns'))).toEqual([])
  })

  it('is free again when the lease of a process that died has ended', async () => {
    const [dead, alive] = gates()
    expect((await dead!.enter('now')).ok).toBe(true)
    const asked = alive!.enter('now')
    advance({ seconds: 16 })
    expect((await asked).ok).toBe(true)
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { drivenClock, type FirmId, uuidSource } from '../../kernel/index.ts'
import { type Database, database } from '../../platform/db/firm-tx.ts'
import { createLog } from '../../platform/log/index.ts'
import { createMetrics } from '../../platform/metrics/index.ts'
import {
  type AlertMail,
  deliverAlerts,
  type NewAlert,
  type Operators,
  raise,
  resolve,
  type Told,
} from './index.ts'

const newId = uuidSource(Date.now, (bytes) => crypto.getRandomValues(bytes))
let test: TestDatabase
let db: Database
beforeAll(async () => {
  test = await testDatabase()
  db = database(test.pool)
})

const letter: NewAlert = {
  kind: 'dead_letter',
  cause: 'message-1',
  severity: 'page',
  title: 'A message could not be delivered',
  detail: { provider: 'twilio', code: '20500', said: 'to +13105550177 failed' },
}
const letters = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ ...letter, cause: `message-${from + i}` }))

const everyPath: Operators = {
  mail: ['ops@firm.example', 'night@firm.example'],
  webhook: { url: 'https://ops.example/hook', secret: 'whsec_x' },
}

async function firm(operators: Operators = everyPath) {
  const firmId: FirmId = newId()
  await test.adminPool.query('insert into firms values ($1, $2, $3, 0, now())', [
    firmId,
    `f${firmId}`,
    'Harbor & Pike',
  ])
  const clock = drivenClock('2026-03-04T05:00:00Z')
  const lines: string[] = []
  const log = createLog({ destination: { write: (line: string) => void lines.push(line) } })
  const metrics = createMetrics({ process: false })
  const mails: AlertMail[] = []
  const posts: { id: string; body: string }[] = []
  const answers: { mail: Told; webhook: Told } = { mail: { ok: true }, webhook: { ok: true } }
  const nudged: FirmId[] = []
  const common = { operators, now: clock.now, log, metrics }
  const mailer = {
    send: async (mail: AlertMail) => {
      mails.push(mail)
      return answers.mail
    },
  }
  const poster = {
    post: async (_: unknown, id: string, body: string) => {
      posts.push({ id, body })
      return answers.webhook
    },
  }
  const raised = { ...common, newId, nudge: (id: FirmId) => void nudged.push(id) }
  return {
    firmId,
    clock,
    lines,
    metrics,
    mails,
    posts,
    answers,
    nudged,
    raised,
    raise: (...alerts: NewAlert[]) => db.forFirm(firmId, (tx) => raise(tx, alerts, raised)),
    deliver: (more: object = {}) => deliverAlerts(db, firmId, { ...common, mailer, poster, ...more }),
    alerts: async () =>
      (
        await test.adminPool.query('select * from alerts where firm_id = $1 order by raised_at, cause', [
          firmId,
        ])
      ).rows,
    deliveries: async () =>
      (
        await test.adminPool.query('select * from alert_deliveries where firm_id = $1 order by path, id', [
          firmId,
        ])
      ).rows,
    count: async (name: 'alerts' | 'alertDeliveries') => (await metrics[name].get()).values,
  }
}

describe('raising', () => {
  it('opens an alert, logs it at level error, counts it, and queues each configured path', async () => {
    const { raise, alerts, deliveries, lines, count, nudged, firmId } = await firm()
    await raise(letter)
    expect(await alerts()).toMatchObject([
      { kind: 'dead_letter', count: 1, severity: 'page', resolved_at: null },
    ])
    expect(await deliveries()).toMatchObject([
      { path: 'mail', state: 'queued' },
      { path: 'webhook', state: 'queued' },
    ])
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 'error',
      firm: firmId,
      kind: 'dead_letter',
      cause: 'message-1',
    })
    expect(await count('alerts')).toEqual([{ labels: { kind: 'dead_letter', severity: 'page' }, value: 1 }])
    expect(nudged).toEqual([firmId])
  })

  it('counts repeats up, in one call and in many at once, and tells nobody anew', async () => {
    const { raise, alerts, deliveries } = await firm()
    await raise(letter, letter, { ...letter, severity: 'warning' })
    await Promise.all(Array.from({ length: 20 }, () => raise(letter)))
    expect(await alerts()).toMatchObject([{ count: 23, severity: 'page' }])
    expect(await deliveries()).toHaveLength(2)
  })

  it('grows more severe but never less while it is open', async () => {
    const { raise, alerts } = await firm()
    await raise({ ...letter, severity: 'warning' })
    await raise(letter)
    await raise({ ...letter, severity: 'warning' })
    expect((await alerts())[0].severity).toBe('page')
  })

  it('opens a new one after the last was resolved', async () => {
    const { raise, alerts, deliveries, firmId, clock } = await firm()
    await raise(letter)
    expect(await db.forFirm(firmId, (tx) => resolve(tx, letter, clock.now()))).toBe(true)
    expect(await db.forFirm(firmId, (tx) => resolve(tx, letter, clock.now()))).toBe(false)
    clock.advance({ hours: 1 })
    await raise(letter)
    expect((await alerts()).map((alert) => alert.resolved_at === null)).toEqual([false, true])
    expect(await deliveries()).toHaveLength(4)
  })

  it('leaves nothing, not even a log line, when the transaction rolls back', async () => {
    const { raised, alerts, lines, count, firmId, nudged } = await firm()
    const work = db.forFirm(firmId, async (tx) => {
      await raise(tx, [letter], raised)
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect([await alerts(), lines, await count('alerts'), nudged]).toEqual([[], [], [], []])
  })

  it('queues nothing where nothing is configured, and still logs', async () => {
    const { raise, deliveries, lines, deliver } = await firm({ mail: [] })
    await raise(letter)
    expect(await deliveries()).toEqual([])
    expect(lines).toHaveLength(1)
    expect(await deliver()).toEqual({ next: 'idle', sent: 0, retried: 0, failed: 0 })
  })

  it('keeps contact details out of what is stored, logged and sent', async () => {
    const { raise, alerts, lines, mails, posts, deliver } = await firm()
    await raise({ ...letter, title: 'No way to jane@client.example', cause: 'to:+13105550177' })
    await deliver()
    const everything = JSON.stringify([
      await alerts(),
      lines,
      mails.map((mail) => [mail.subject, mail.text]),
      posts,
    ])
    expect(everything).not.toMatch(/3105550177|jane@/)
    expect(everything).toContain('[phone]')
  })
})

describe('delivering', () => {
  it('sends one mail and one webhook, once', async () => {
    const { raise, deliver, mails, posts, deliveries, count } = await firm()
    await raise(letter)
    expect(await deliver()).toEqual({ next: 'more', sent: 2, retried: 0, failed: 0 })
    expect(await deliver()).toEqual({ next: 'idle', sent: 0, retried: 0, failed: 0 })
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({
      to: everyPath.mail,
      subject: '[Tipstaff page] Harbor & Pike: A message could not be delivered',
    })
    expect(mails[0]?.text).toContain('code: 20500')
    expect(posts).toHaveLength(1)
    expect(JSON.parse(posts[0]!.body)).toMatchObject({
      type: 'alert.raised',
      data: { firm: 'Harbor & Pike', kind: 'dead_letter', cause: 'message-1', count: 1 },
    })
    expect((await deliveries()).every((one) => one.state === 'sent' && one.sent_at !== null)).toBe(true)
    expect(await count('alertDeliveries')).toHaveLength(2)
  })

  it('is claimed once by workers at once', async () => {
    const { raise, deliver, mails, posts } = await firm()
    await raise(...letters(1, 5))
    await Promise.all(Array.from({ length: 8 }, () => deliver()))
    expect(mails).toHaveLength(1)
    expect(new Set(posts.map((post) => post.id)).size).toBe(posts.length)
    expect(posts).toHaveLength(5)
  })

  it('puts a burst into one mail a minute for each kind, and says how many there were', async () => {
    const { raise, deliver, mails, clock } = await firm({ mail: ['ops@firm.example'] })
    await raise(...letters(1, 100), { ...letter, kind: 'quarantine', cause: 'q' })
    await deliver()
    expect(mails.map((mail) => mail.subject).sort()).toEqual([
      '[Tipstaff page] Harbor & Pike: A message could not be delivered',
      '[Tipstaff page] Harbor & Pike: A message could not be delivered and 99 more',
    ])
    await raise(...letters(101, 150))
    expect(await deliver()).toMatchObject({ sent: 0 })
    clock.advance({ seconds: 59 })
    await raise(...letters(151, 160))
    expect(await deliver()).toMatchObject({ sent: 0 })
    clock.advance({ seconds: 1 })
    expect(await deliver()).toMatchObject({ sent: 1 })
    expect(mails).toHaveLength(3)
    expect(mails[2]?.subject).toContain('and 59 more')
    expect(mails[2]?.text).toContain('and 40 more of the same kind')
  })

  it('tries again after 1, 5 and 30 minutes with the same id, then gives up aloud', async () => {
    const { raise, deliver, answers, clock, posts, deliveries, lines, count } = await firm()
    answers.webhook = { ok: false, detail: 'answered 500' }
    await raise(letter)
    expect(await deliver()).toMatchObject({ sent: 1, retried: 1 })
    for (const minutes of [1, 5, 30]) {
      clock.advance({ seconds: minutes * 60 - 1 })
      expect(await deliver()).toMatchObject({ next: 'idle' })
      clock.advance({ seconds: 1 })
      expect(await deliver()).toMatchObject(minutes < 30 ? { retried: 1 } : { failed: 1 })
    }
    clock.advance({ hours: 24 })
    expect(await deliver()).toMatchObject({ next: 'idle' })
    expect(new Set(posts.map((post) => post.id)).size).toBe(1)
    expect(posts).toHaveLength(4)
    expect((await deliveries())[1]).toMatchObject({ state: 'failed', tries: 4, last_error: 'answered 500' })
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      level: 'error',
      reason: 'answered 500',
      outcome: 'failed',
    })
    expect(await count('alertDeliveries')).toContainEqual({
      labels: { path: 'webhook', outcome: 'retry' },
      value: 3,
    })
  })

  it('goes on after a crash between call and commit, when the lease has run out', async () => {
    const { raise, deliver, posts, clock } = await firm({ mail: [], webhook: everyPath.webhook! })
    await raise(letter)
    const crash = { poster: { post: () => Promise.reject(new Error('killed')) } }
    await expect(deliver(crash)).rejects.toThrow('killed')
    expect(await deliver()).toMatchObject({ next: 'idle' })
    clock.advance({ seconds: 60 })
    expect(await deliver()).toMatchObject({ sent: 1 })
    expect(posts).toHaveLength(1)
  })

  it('does not let a worker that slept past its lease overwrite what another did', async () => {
    const { raise, deliver, clock, deliveries } = await firm({ mail: [], webhook: everyPath.webhook! })
    await raise(letter)
    const asleep = Promise.withResolvers<Told>()
    const called = Promise.withResolvers<void>()
    const slow = deliver({
      poster: {
        post: () => {
          called.resolve()
          return asleep.promise
        },
      },
    })
    await called.promise
    clock.advance({ minutes: 2 })
    await deliver()
    asleep.resolve({ ok: false, detail: 'too late' })
    await slow
    expect(await deliveries()).toMatchObject([{ state: 'sent', last_error: null }])
  })

  it('holds no connection while the network is slow', async () => {
    const { raise, deliver } = await firm()
    await raise(letter)
    let busy = -1
    await deliver({
      poster: {
        post: async () => {
          busy = test.pool.totalCount - test.pool.idleCount
          return { ok: true }
        },
      },
    })
    expect(busy).toBe(0)
  })

  it('gives up at once on a path that is not there, and says which setting is missing', async () => {
    const { raise, deliver, deliveries } = await firm()
    await raise(letter)
    expect(await deliver({ mailer: undefined, operators: { mail: ['ops@firm.example'] } })).toMatchObject({
      failed: 2,
    })
    expect((await deliveries()).map((one) => one.last_error)).toEqual([
      'no SMTP server is configured (operators.smtp)',
      'no webhook is configured any more',
    ])
  })

  it("can't be made to forge a header or a second entry by a title with line breaks", async () => {
    const { raise, deliver, mails } = await firm()
    await raise({ ...letter, title: 'x\r\nBcc: evil@example.test\u2028y', detail: { a: 'b\nfake: entry' } })
    await deliver()
    expect(mails[0]?.subject).not.toMatch(/[\r\n\u2028]/)
    expect(mails[0]?.text).not.toMatch(/^fake/m)
  })
})

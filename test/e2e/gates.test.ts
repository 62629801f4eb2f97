/** Each gate, through the whole: what it holds or suppresses, when that ends, and that it is on record. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pause, recordConsent, resume } from '../../src/modules/consent/index.ts'
import { wakeHeld } from '../../src/modules/notices/index.ts'
import type { FirmTx } from '../../src/platform/db/firm-tx.ts'
import { note, post } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  // 13:00 in New York, 10:00 in Los Angeles, 07:00 the next day in Auckland.
  world = await startWorld({ now: '2030-03-09T18:00:00Z' })
})
afterAll(() => world.close())

const inFirm = <T>(work: (tx: FirmTx) => Promise<T>) => world.runtime.db.forFirm(world.firmId, work)
const idOf = async (table: 'clients' | 'matters', externalId: number) =>
  (
    await world.rows<{ id: never }>(`select id from ${table} where external_id = $1`, [String(externalId)])
  )[0]!.id
interface Gate {
  channel: string
  gate: string
  verdict: string
  reason?: string
  until?: string
}
const lastNotice = async (matter: number) =>
  (
    await world.rows<{ state: string; reason: string | null; gates: Gate[] }>(
      `select n.state, n.reason, n.gates from notices n join matters m on m.id = n.matter_id
       where m.external_id = $1 order by n.created_at desc, n.id desc limit 1`,
      [String(matter)],
    )
  )[0]!
const closed = (notice: { gates: Gate[] }, channel = 'sms') =>
  notice.gates
    .filter((g) => g.channel === channel && g.verdict !== 'pass')
    .map((g) => [g.gate, g.verdict, g.reason])
const count = async (to: string) => (await world.messages({ to })).length
const move = async (matter: number, stage: string) => {
  await world.changeStage(matter, stage)
  await world.settled()
}
const james = '+13105550112'

describe('paused', () => {
  for (const scope of ['firm', 'matter', 'client'] as const) {
    it(`by the ${scope}: held, on record, and said after it`, async () => {
      await move(21002, { firm: 'Investigation', matter: 'Complaint Filed', client: 'Trial Prep' }[scope])
      const before = await count(james)
      const targetId =
        scope === 'firm'
          ? world.firmId
          : await idOf(scope === 'matter' ? 'matters' : 'clients', scope === 'matter' ? 21002 : 11002)
      await inFirm((tx) =>
        pause(
          tx,
          { id: world.runtime.newId(), scope, targetId, reason: 'r', by: 'test', endsAt: null },
          world.clock.now(),
        ),
      )
      await move(21002, { firm: 'Demand Sent', matter: 'Mediation', client: 'Trial' }[scope])
      expect(await count(james)).toBe(before)
      expect(closed(await lastNotice(21002))).toEqual([['paused', 'hold', `${scope} paused`]])
      await inFirm(async (tx) => {
        await resume(tx, { scope, targetId }, 'test', world.clock.now())
        await wakeHeld(tx, 'firm', world.clock.now())
      })
      await world.settled()
      expect(await count(james)).toBe(before + 1)
    })
  }

  it('by the CMS’s own flag: held, and what is queued stops at once; said when the flag is gone', async () => {
    await world.fault([{ provider: 'twilio', kind: 'status', status: 500 }])
    await move(21002, 'Settlement Offer')
    await world.changeField(11002, 'Pause automation', 'true')
    await world.clearFaults()
    await world.advance({ minutes: 2 })
    const before = await count(james)
    expect(
      await world.rows("select state, reason from messages where address = $1 and state = 'held'", [james]),
    ).toEqual([{ state: 'held', reason: 'paused' }])
    await note(world, { matter: 21002, id: 1, subject: 'Client update: hello', detail: 'Hello.' })
    await world.settled()
    expect(closed(await lastNotice(21002))).toEqual([['paused', 'hold', 'paused in the CMS']])
    await world.changeField(11002, 'Pause automation', 'false')
    expect(await count(james)).toBe(before + 2)
  })
})

describe('opted out', () => {
  it('of one purpose: that one is suppressed, others go', async () => {
    const { now } = world.clock
    await inFirm((tx) =>
      recordConsent(tx, {
        channel: 'sms',
        address: james,
        purpose: 'status',
        granted: false,
        how: 'form',
        by: 'staff',
        at: now(),
      }),
    )
    await move(21002, 'Trial')
    expect(closed(await lastNotice(21002))).toEqual([['opted_out', 'suppress', 'opted out of status by sms']])
    const before = await count(james)
    await note(world, { matter: 21002, id: 2, subject: 'Client update: hello', detail: 'Hello again.' })
    await world.settled()
    expect(await count(james)).toBe(before + 1)
    await inFirm((tx) =>
      recordConsent(tx, {
        channel: 'sms',
        address: james,
        purpose: 'status',
        granted: true,
        how: 'form',
        by: 'staff',
        at: now(),
      }),
    )
  })
})

describe('preference', () => {
  const cases: [string | null, number, number][] = [
    ['SMS', 1, 0],
    ['Email', 0, 1],
    ['Both', 1, 1],
    ['None', 0, 0],
    [null, 0, 0],
  ]
  const stages = ['Settlement Offer', 'Trial', 'Settlement Offer', 'Trial', 'Settlement Offer']
  for (const [at, [wish, texts, mails]] of cases.entries()) {
    it(`${wish ?? 'blank'}: ${texts} text, ${mails} mail`, async () => {
      await world.changeField(11002, 'Contact preference', wish)
      await world.advance({ minutes: 1 })
      const before = [await count(james), await count('j.whitfield@example.com')]
      await move(21002, stages[at]!)
      const after = [await count(james), await count('j.whitfield@example.com')]
      expect(after.map((n, i) => n - before[i]!)).toEqual([texts, mails])
      const notice = await lastNotice(21002)
      if (texts + mails === 0)
        expect(notice).toMatchObject({
          state: 'suppressed',
          reason: wish === null ? 'no preference on file' : 'prefers none',
        })
      else expect(notice.state).toBe('messaged')
    })
  }
})

describe('contact point', () => {
  it('none on file: suppressed, and staff are asked to tell them another way', async () => {
    await world.changeField(11015, 'Contact preference', 'SMS')
    await world.control('PATCH', '/_sandbox/cms/contacts/11015', {
      phone_numbers: [],
      primary_phone_number: null,
    })
    await world.settled()
    await move(21015, 'Complaint Filed')
    expect(closed(await lastNotice(21015))).toEqual([['contact_point', 'suppress', 'no address on file']])
    expect(await world.tasks('unreachable')).toHaveLength(1)
  })

  it('changed between queue and send: not sent to the old number, but to the new one', async () => {
    await world.changeField(11002, 'Contact preference', 'SMS')
    await world.fault([{ provider: 'twilio', kind: 'status', status: 500 }])
    await move(21002, 'Settled')
    const before = await count(james)
    await world.changePhone(11002, '+13105550999')
    await world.clearFaults()
    await world.advance({ minutes: 2 })
    expect(await count(james)).toBe(before)
    expect(await count('+13105550999')).toBe(1)
    expect(
      await world.rows(
        'select state, reason from messages where address = $1 order by created_at desc, id desc limit 1',
        [james],
      ),
    ).toEqual([{ state: 'cancelled', reason: 'contact_point_lost' }])
  })
})

describe('already said', () => {
  it('two systems report the same: the second finds a message about it and is suppressed, on record', async () => {
    const paid = (id: string) =>
      post(world, 'harbor-pike-billing', {
        body: JSON.stringify({
          id,
          type: 'invoice.paid',
          invoice: { matter: '21011', number: 3991, total: 3300, paid_at: '2030-03-09T12:00:00Z' },
        }),
        headers: { 'x-billing-secret': 'sandbox-cms-header-secret' },
      })
    await paid('first')
    await world.settled()
    expect(await count('denise.okafor@example.com')).toBe(1)
    await paid('second')
    await world.settled()
    expect(await count('denise.okafor@example.com')).toBe(1)
    const notice = await lastNotice(21011)
    expect(notice).toMatchObject({ state: 'suppressed', reason: 'there is a message about the same already' })
    expect(closed(notice, 'email')).toEqual([
      ['already_said', 'suppress', 'there is a message about the same already'],
    ])
  })
})

describe('quiet hours', () => {
  it('hold a text till they end in the client’s zone; mail goes at once', async () => {
    // Auckland: 07:00 and a little; quiet until 08:00.
    await move(21005, 'Trial Prep')
    expect(await count('aroha.ngata@example.org')).toBe(1)
    expect(await count('+12065550115')).toBe(0)
    const gate = (await lastNotice(21005)).gates.find((g) => g.gate === 'quiet_hours' && g.channel === 'sms')!
    expect(gate).toMatchObject({
      verdict: 'hold',
      reason:
        "quiet hours, client's zone Pacific/Auckland: the firm's hours, us-federal (47 CFR 64.1200(c)(1))",
      // And over the ten minutes after.
      until: expect.stringMatching(/^2030-03-09T19:0\d:/),
    })
  })

  it('also on the night when the clocks go forward: 07:00 standard time is 08:00', async () => {
    // New York, 10 March 2030, 02:00 becomes 03:00.
    world.clock.set('2030-03-10T03:30:00Z')
    await world.advance({ seconds: 1 })
    await move(21001, 'Mediation')
    const before = await count('+12015550111')
    const [held] = await world.rows<{ due_at: Temporal.Instant }>(
      "select due_at from messages where address = '+12015550111' and state = 'held'",
    )
    expect(held!.due_at.toString()).toMatch(/^2030-03-10T12:0\d:/)
    world.clock.set('2030-03-10T11:59:00Z')
    await world.advance({ seconds: 1 })
    expect(await count('+12015550111')).toBe(before)
    await world.advance({ minutes: 11 })
    expect(await count('+12015550111')).toBe(before + 1)
  })

  it('hold a retry that falls into them', async () => {
    world.clock.set('2030-03-12T00:58:00Z')
    await world.advance({ seconds: 1 })
    await world.fault([{ provider: 'twilio', kind: 'status', status: 500, count: 1 }])
    await move(21001, 'Trial Prep')
    await world.advance({ minutes: 2 })
    const [message] = await world.rows<{ state: string; reason: string }>(
      "select state, reason from messages where address = '+12015550111' order by created_at desc, id desc limit 1",
    )
    expect(message).toEqual({ state: 'held', reason: 'quiet_hours' })
    const before = await count('+12015550111')
    await world.advance({ hours: 11, minutes: 10 })
    expect(await count('+12015550111')).toBe(before + 1)
  })
})

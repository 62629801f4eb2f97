/** Twilio tells each status once (its documentation): what it said while our door was down is asked for. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startWorld, type World } from '../support/world.ts'

let world: World
/** While it is true, receipts find a closed door, and nobody brings them again. */
let doorDown = false

beforeAll(async () => {
  world = await startWorld({
    adapters: (given) => ({
      ...given,
      providers: given.providers.map((provider) => ({
        ...provider,
        open(settings: unknown) {
          const { sender, reader } = provider.open(settings)
          const receipts: typeof reader.receipts = (request) =>
            doorDown ? { ok: false, status: 422, reason: 'the door is down' } : reader.receipts(request)
          return { sender, reader: { ...reader, receipts } }
        },
      })),
    }),
  })
})
afterAll(() => world.close())
beforeEach(async () => {
  doorDown = false
  await world.clearFaults()
})

const stages = ['Investigation', 'Demand Sent', 'Complaint Filed', 'Mediation', 'Trial Prep', 'Trial']
interface Message extends Record<string, unknown> {
  id: string
  state: string
  reason: string | null
  attempt_count: number
}
const lastTo = async (address: string) =>
  (
    await world.rows<Message>(
      `select id, state, reason, attempt_count from messages where address = $1
       order by created_at desc, id desc limit 1`,
      [address],
    )
  )[0]!
/** James gets this number, and something to hear there. */
const textTo = async (number: string) => {
  await world.changePhone(11002, number)
  await world.changeStage(21002, stages.shift()!)
  await world.settled()
  return lastTo(number)
}
const questions = async () =>
  (await world.calls('twilio')).filter((c) => c.method === 'GET' && /Messages\/SM/.test(c.path)).length

describe('a receipt that found our door closed', () => {
  it('is asked for after a quarter of an hour, and the message ends delivered', async () => {
    doorDown = true
    const before = await questions()
    expect(await textTo('+13105550401')).toMatchObject({ state: 'sent' })
    doorDown = false
    await world.advance({ minutes: 14 })
    expect(await lastTo('+13105550401')).toMatchObject({ state: 'sent' })
    expect(await questions()).toBe(before)
    await world.advance({ minutes: 2 })
    expect(await lastTo('+13105550401')).toMatchObject({ state: 'delivered', attempt_count: 1 })
    expect(await questions()).toBe(before + 1)
    expect(
      await world.rows(
        `select r.kind, r.detail from receipts r join messages m on m.id = r.message_id where m.address = $1`,
        ['+13105550401'],
      ),
    ).toEqual([{ kind: 'delivered', detail: 'told when asked' }])
  })

  it('that told of a landline does what it would have done: a dead letter, and the number is not used again', async () => {
    doorDown = true
    const { id } = await textTo('+15005553006')
    doorDown = false
    await world.advance({ minutes: 16 })
    expect(await lastTo('+15005553006')).toMatchObject({ id, state: 'undelivered' })
    expect(await world.rows('select code, state from dead_letters where message_id = $1', [id])).toEqual([
      { code: '30006', state: 'open' },
    ])
    expect(
      await world.rows(`select suppressed_reason from contact_points where address = '+15005553006'`),
    ).toEqual([{ suppressed_reason: 'landline' }])
  })

  it('that told to try again puts it back into the queue, within the budget', async () => {
    doorDown = true
    await textTo('+15005559008')
    doorDown = false
    await world.advance({ minutes: 16 })
    expect(await lastTo('+15005559008')).toMatchObject({ state: 'queued', reason: '30003' })
    await world.advance({ minutes: 1 })
    expect(await lastTo('+15005559008')).toMatchObject({ state: 'delivered', attempt_count: 2 })
  })
})

describe('a message of which the provider itself hears no more', () => {
  it('is asked for four times within a day, and then left, which its state says', async () => {
    const before = await questions()
    const number = '+15005559001'
    expect(await textTo(number)).toMatchObject({ state: 'sent', reason: null })
    await world.advance({ minutes: 15 })
    expect(await questions()).toBe(before + 1)
    await world.advance({ minutes: 40 })
    expect(await questions()).toBe(before + 1)
    await world.advance({ minutes: 5 })
    expect(await questions()).toBe(before + 2)
    await world.advance({ hours: 5 })
    expect(await questions()).toBe(before + 3)
    await world.advance({ hours: 17 })
    expect(await lastTo(number)).toMatchObject({ state: 'sent', reason: null })
    await world.advance({ hours: 1 })
    expect(await questions()).toBe(before + 4)
    expect(await lastTo(number)).toMatchObject({ state: 'sent', reason: 'never_confirmed' })
    await world.advance({ hours: 100 })
    expect(await questions()).toBe(before + 4)
    expect(
      await world.rows('select id from dead_letters where message_id = $1', [(await lastTo(number)).id]),
    ).toHaveLength(0)
  })

  it('is asked for again while the provider cannot be reached, and for two days at most', async () => {
    doorDown = true
    const { id } = await textTo('+13105550402')
    doorDown = false
    await world.fault([{ provider: 'twilio', kind: 'status', status: 503, match: { method: 'GET' } }])
    await world.advance({ minutes: 15 })
    await world.advance({ hours: 24 })
    expect(await lastTo('+13105550402')).toMatchObject({ id, state: 'sent', reason: null })
    await world.clearFaults()
    await world.advance({ hours: 1 })
    expect(await lastTo('+13105550402')).toMatchObject({ id, state: 'delivered' })
  })
})

describe('mails, whose provider cannot be asked', () => {
  it('stay sent, and nothing is looked at again and again', async () => {
    doorDown = true
    await world.changeStage(21011, 'Trial')
    await world.settled()
    const sent = await lastTo('denise.okafor@example.com')
    expect(sent.state).toBe('sent')
    await world.advance({ minutes: 16 })
    expect(await lastTo('denise.okafor@example.com')).toMatchObject({ state: 'sent', reason: null })
    const due = await world.runtime.db.lookup('select lane from due_work($1)', [world.clock.now()])
    expect(due.filter((d) => d.lane === 'confirm')).toEqual([])
  })
})

/** What clients text to the firm: STOP and its like, START, HELP, and everything that a person must read. */
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replayDeadLetters } from '../../src/modules/delivery/index.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.changeStage(21001, 'Mediation')
  await world.changeStage(21002, 'Investigation')
  await world.settled()
})
afterAll(() => world.close())

const maria = '+12015550111'
const james = '+13105550112'
const says = async (from: string, body: string) => {
  await world.text(from, body)
  await world.settled()
}
const byUs = async (to: string) => (await world.messages({ to })).filter((m) => m.reference !== null).length
const answers = async (to: string) =>
  ((await world.messages({ to })) as unknown as { origin: string; text: string }[]).filter(
    (m) => m.origin !== 'api',
  )
const mails = async () => (await world.messages({ to: 'maria.santos@example.com' })).length
const texts = (from: string) =>
  world.rows<{ meaning: string; client_ids: string[]; matter_ids: string[] }>(
    'select meaning, client_ids, matter_ids from incoming_texts where from_address = $1 order by received_at, id',
    [from],
  )

describe('STOP', () => {
  it('is confirmed once, by the carrier; we say nothing on top', async () => {
    await says(maria, 'Stop')
    expect((await answers(maria)).map((m) => m.origin)).toEqual(['opt-out-reply'])
    expect(await texts(maria)).toMatchObject([{ meaning: 'stop' }])
  })

  it('ends texts for every purpose, while mail goes on', async () => {
    const [sms, mail] = [await byUs(maria), await mails()]
    await world.changeStage(21001, 'Settlement Offer')
    await world.settled()
    expect(await byUs(maria)).toBe(sms)
    expect(await mails()).toBe(mail + 1)
    const [gates] = await world.rows<{ gates: { channel: string; gate: string; verdict: string }[] }>(
      "select gates from notices where rule_key = 'settlement-offer'",
    )
    expect(gates!.gates.filter((g) => g.verdict === 'suppress')).toMatchObject([
      { channel: 'sms', gate: 'opted_out' },
    ])
    const calls = (await world.calls('twilio')).filter((c) => c.method === 'POST' && c.status === 400)
    expect(calls).toEqual([])
  })

  it('is undone by START', async () => {
    await says(maria, 'START')
    await world.changeStage(21001, 'Trial')
    const before = await byUs(maria)
    await world.settled()
    expect(await byUs(maria)).toBe(before + 1)
    expect(
      await world.rows('select granted, how from consent_changes where address = $1 order by at, id', [
        maria,
      ]),
    ).toEqual([
      { granted: false, how: 'text STOP or its like' },
      { granted: true, how: 'text START' },
    ])
  })
})

describe('"please stop texting me"', () => {
  it('is confirmed once by us, since the carrier does not know the words, and a person reads it', async () => {
    await says(james, 'Please stop texting me.')
    await says(james, 'I said don’t text me any more messages')
    expect((await answers(james)).map((m) => m.text)).toEqual([
      'Harbor & Pike: you will get no more texts from us. Reply START to get them again.',
    ])
    expect((await world.tasks('incoming_text')).map((t) => t.title)).toEqual([
      'A client asked by text not to be written to any more',
      'Urgent: a client seems to have asked by text not to be written to any more',
    ])
    expect(
      await world.rows("select kind from tasks where due_at is not null and title like 'Urgent%'"),
    ).toEqual([{ kind: 'incoming_text' }])
  })

  it('stops what is waiting to be tried again, what is replayed and what is held', async () => {
    await says(james, 'start')
    await world.fault([{ provider: 'twilio', kind: 'status', status: 500, match: { to: james } }])
    await world.changeStage(21002, 'Demand Sent')
    await world.settled()
    for (const minutes of [1, 5, 30]) await world.advance({ minutes })
    await world.changeStage(21002, 'Complaint Filed')
    await world.settled()
    expect(await states(james)).toEqual(['delivered', 'dead', 'queued'])
    await says(james, 'stop texting me please')
    await world.clearFaults()
    const before = await byUs(james)
    const [letter] = await world.rows<{ id: string }>("select id from dead_letters where state = 'open'")
    await world.runtime.db.forFirm(world.firmId, (tx) =>
      replayDeadLetters(tx, [letter!.id], 'test', world.clock.now()),
    )
    world.runtime.nudge('deliver', world.firmId)
    await world.settled()
    await world.advance({ hours: 2 })
    expect(await byUs(james)).toBe(before)
    expect(await states(james)).toEqual(['delivered', 'cancelled', 'cancelled'])
    expect(
      await world.rows("select distinct reason from messages where address = $1 and state = 'cancelled'", [
        james,
      ]),
    ).toEqual([{ reason: 'opted_out' }])
  })
})

const states = (address: string) =>
  world
    .rows<{ state: string }>('select state from messages where address = $1 order by created_at, id', [
      address,
    ])
    .then((rows) => rows.map((r) => r.state))

describe('"I can’t make it Tuesday"', () => {
  it('is kept, tied to the client and the open matters, and becomes a task', async () => {
    const before = (await world.tasks('incoming_text')).length
    await says(maria, 'I can’t make it Tuesday')
    const [client] = await world.rows<{ id: string; matters: string[] }>(
      `select c.id, array_agg(m.id) as matters from clients c join matters m on m.client_id = c.id
       where c.external_id = '11001' group by 1`,
    )
    expect((await texts(maria)).at(-1)).toEqual({
      meaning: 'text',
      client_ids: [client!.id],
      matter_ids: client!.matters,
    })
    const tasks = await world.tasks('incoming_text')
    expect(tasks).toHaveLength(before + 1)
    expect(tasks.at(-1)).toMatchObject({
      title: 'A client wrote by text',
      client_id: client!.id,
      state: 'open',
    })
    expect(
      await world.rows('select replied_at from messages where address = $1 and replied_at is not null', [
        maria,
      ]),
    ).toHaveLength(1)
    expect(await answers(maria)).toHaveLength(2)
  })

  it('"Yes" from someone who gets our texts is an answer that a person reads, not a wish to get texts', async () => {
    const before = (await world.tasks('incoming_text')).length
    await says(maria, 'Sí')
    expect((await texts(maria)).at(-1)!.meaning).toBe('text')
    expect(await world.tasks('incoming_text')).toHaveLength(before + 1)
    expect(await answers(maria)).toHaveLength(2)
  })

  it('from a number that nobody knows is a task too', async () => {
    await says('+12125550199', 'Is this the law firm?')
    expect((await world.tasks('incoming_text')).at(-1)).toMatchObject({
      title: 'A text came from a number that belongs to no client',
      client_id: null,
    })
  })

  it('is stored once, however often the carrier tells of it', async () => {
    const params = {
      MessageSid: `SM${'a'.repeat(32)}`,
      From: maria,
      To: '+12015550123',
      Body: 'Once is enough',
      NumMedia: '0',
    }
    const url = `${world.appUrl}/texts/harbor-pike-twilio`
    const headers = {
      'x-twilio-signature': getExpectedTwilioSignature('sandbox-twilio-auth-token', url, params),
    }
    const before = [(await texts(maria)).length, (await world.tasks('incoming_text')).length]
    const said = await Promise.all(
      Array.from({ length: 20 }, () =>
        fetch(url, { method: 'POST', headers, body: new URLSearchParams(params) }),
      ),
    )
    expect(said.map((a) => a.status)).toEqual(Array(20).fill(200))
    expect([(await texts(maria)).length, (await world.tasks('incoming_text')).length]).toEqual(
      before.map((n) => n + 1),
    )
  })
})

describe('HELP', () => {
  it('is answered by the carrier; the Spanish word by us', async () => {
    const before = (await answers(maria)).length
    await says(maria, 'HELP')
    await says(maria, 'Ayuda')
    const said = (await answers(maria)).slice(before)
    expect(said.map((m) => m.origin).toSorted()).toEqual(['opt-out-reply', 'twiml'])
    expect(said.some((m) => m.text.startsWith('Harbor & Pike: these are updates on your case.'))).toBe(true)
  })
})

describe('a phone that two clients share', () => {
  it('ties a text to both, and STOP silences the number for both', async () => {
    await world.changeStage(21004, 'Demand Sent')
    await world.settled()
    await world.changePhone(11004, maria)
    await says(maria, 'Who is this for?')
    expect((await texts(maria)).at(-1)!.client_ids).toHaveLength(2)
    expect((await world.tasks('incoming_text')).at(-1)).toMatchObject({ client_id: null, matter_id: null })
    await says(maria, 'STOP')
    const before = await byUs(maria)
    await world.changeStage(21004, 'Complaint Filed')
    await world.changeStage(21001, 'Settled')
    await world.settled()
    expect(await byUs(maria)).toBe(before)
  })
})

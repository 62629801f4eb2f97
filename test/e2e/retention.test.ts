/** Words go after as many months as the firm says; what proves them stays; nothing under a hold, nothing still to be sent. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClientId, MatterId } from '../../src/kernel/index.ts'
import { retentionMac } from '../../src/main/retention-lane.ts'
import { trace } from '../../src/modules/console/index.ts'
import { exportMatter } from '../../src/modules/exports/index.ts'
import {
  countRetention,
  cutoffsOf,
  placeHold,
  type RetentionSettings,
  releaseHold,
  retain,
} from '../../src/modules/retention/index.ts'
import { scopes } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, zone } from './api-support.ts'
import { phone } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
beforeAll(async () => {
  world = await apiWorld()
})
afterAll(() => world.deps.signIn.close())

type Client = Awaited<ReturnType<FirmWorld['client']>>
const mac = retentionMac(Buffer.alloc(32, 7))
const acting = () => ({ by: 'test', now: world.clock.now(), newId })
let firms = 0

/** A firm, and its retention run by hand: what the lane does within the hour. */
async function keeping(settings: RetentionSettings) {
  const firm = await world.firm(`keeping-${firms++}`)
  const run = (more: { batch?: number } = {}) =>
    retain(firm.firmId, settings, zone, { db: world.db, now: () => world.clock.now(), mac, ...more })
  return {
    firm,
    run,
    counts: () => firm.inFirm((tx) => countRetention(tx, cutoffsOf(settings, world.clock.now(), zone))),
    words: async () =>
      (
        await firm.inFirm((tx) =>
          tx.rows<{ id: string; body: string | null }>(
            'select id, body from messages where firm_id = current_firm() order by id',
          ),
        )
      ).map(({ body }) => (body === null ? 'gone' : 'kept')),
    async sent(client: Client) {
      const told = await firm.tell(client, { messages: [{ channel: 'sms' }] })
      await firm.send({ kind: 'accepted', providerMessageId: 'x' })
      return told
    },
    heard: (client: Client, body: string) =>
      firm.inFirm(async (tx) => {
        const id = newId<string>()
        await tx.run(
          `insert into incoming_texts (firm_id, id, connection_id, provider_message_id, from_address, to_address, body, meaning,
             client_ids, matter_ids, received_at)
           values (current_firm(), $1::uuid, $2, $1::uuid::text, $3, '+12015550123', $4, 'text', $5, $6, $7)`,
          [
            id,
            firm.connections.twilio,
            client.phone,
            body,
            [client.id],
            [client.matterId],
            world.clock.now(),
          ],
        )
        return id
      }),
  }
}
const pass = (months: number) => world.clock.advance({ hours: Math.ceil(months * 30.6 * 24) })

describe('retention', () => {
  it('deletes words after the months of their purpose, and keeps hash, times, receipts and record', async () => {
    const { firm, run, words, sent } = await keeping({ status: 24 })
    const ana = await firm.client('Ana', { phone: phone() }, 'R-1')
    const { messageIds, deliveryId } = await sent(ana)
    const [before] = await firm.inFirm((tx) =>
      tx.rows<{ salt: Buffer; body: string }>('select salt, body from messages where id = $1', [
        messageIds[0],
      ]),
    )
    pass(23)
    expect(await run()).toMatchObject([{ rule: 'status', messages: 0 }])
    expect(await words()).toEqual(['kept'])
    pass(1.5)
    expect(await run()).toMatchObject([{ rule: 'status', months: 24, messages: 1, webhooks: 1 }])
    expect(await words()).toEqual(['gone'])
    expect(await run()).toMatchObject([{ messages: 0, webhooks: 0 }])
    const [left] = await firm.inFirm((tx) =>
      tx.rows('select body, subject, salt, words_hash, sent_at, state from messages where id = $1', [
        messageIds[0],
      ]),
    )
    const hash = createHash('sha256').update(before!.salt).update(before!.body).digest('hex')
    expect(left).toMatchObject({ body: null, subject: null, salt: null, words_hash: hash, state: 'sent' })
    expect(left!.sent_at).not.toBeNull()
    const entries = await firm.inFirm((tx) =>
      tx.rows<{ action: string; data: { bodyHash?: string; rule?: string } }>(
        'select action, data from audit_entries where subject = $1 order by at, seq',
        [`message:${messageIds[0]}`],
      ),
    )
    // What stood in the record when it was written is what is left of the words.
    expect(entries.filter((e) => e.data.bodyHash).map((e) => [e.action, e.data.bodyHash])).toEqual([
      ['message.queued', hash],
      ['message.words_deleted', hash],
    ])
    const [delivery] = await firm.inFirm((tx) =>
      tx.rows('select body, headers, body_deleted_rule, body_hash from inbound_deliveries where id = $1', [
        deliveryId,
      ]),
    )
    expect(delivery).toEqual({
      body: null,
      headers: {},
      body_deleted_rule: 'status',
      body_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('tells in traces and exports when and under which rule words went', async () => {
    const { firm, run, sent, heard } = await keeping({ status: 1, conversation: 1 })
    const ana = await firm.client('Anita', { phone: phone() }, 'R-2')
    await sent(ana)
    await heard(ana, 'Gracias')
    pass(2)
    await run()
    const at = world.clock.now().toString()
    const found = await firm.inFirm((tx) =>
      trace(tx, { value: 'R-2', as: 'matter' }, { zone, now: world.clock.now() }),
    )
    if (found.kind !== 'found') throw new Error(found.kind)
    const [story] = found.trace.stories
    const gone = { rule: 'status', hash: expect.stringMatching(/^[0-9a-f]{64}$/) }
    expect(story!.notices[0]!.messages[0]).toMatchObject({ body: null, wordsDeleted: gone })
    expect(Temporal.Instant.from(story!.notices[0]!.messages[0]!.wordsDeleted!.at).toString()).toBe(at)
    expect(story!.delivery).toMatchObject({ bodyDeleted: gone })
    expect(found.trace.texts).toMatchObject([
      { body: null, wordsDeleted: { rule: 'conversation', hash: mac(Buffer.from('Gracias')) } },
    ])
    const made = await exportMatter(world.deps, {
      firmId: firm.firmId,
      matterId: ana.matterId,
      by: 'test',
      byName: 'test',
      language: 'en',
      zone,
      inFirm: firm.inFirm,
    })
    const { unzipSync } = await import('fflate')
    const { extractText, getDocumentProxy } = await import('unpdf')
    const files = unzipSync(made!.zip)
    const told = JSON.parse(Buffer.from(files['communication.json']!).toString())
    expect(told.messages[0]).toMatchObject({
      wordsLeftOut: 'deleted',
      body: null,
      salt: null,
      wordsDeleted: gone,
    })
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(files['communication.pdf']!)), {
      mergePages: true,
    })
    expect(text).toMatch(/deleted under retention on [^|]{1,60} rule\s+status/)
    expect(text).toMatch(/deleted under retention on [^|]{1,60} rule\s+conversation/)
  })

  it('keeps what is not named, and deletes each purpose by its own months', async () => {
    const { firm, run, words, sent } = await keeping({ marketing: 1, webhooks: 3 })
    const ana = await firm.client('Ada', { phone: phone() }, 'R-3')
    const { deliveryId } = await sent(ana)
    pass(60)
    expect(await run()).toMatchObject([
      { rule: 'marketing', messages: 0 },
      { rule: 'webhooks', webhooks: 1 },
    ])
    expect(await words()).toEqual(['kept'])
    const rows = await firm.inFirm((tx) =>
      tx.rows('select body_deleted_rule as rule from inbound_deliveries where id = $1', [deliveryId]),
    )
    expect(rows).toEqual([{ rule: 'webhooks' }])
  })

  it('keeps what is still to be sent, a dead letter that is open, a text that nobody answered, a webhook in quarantine', async () => {
    const { firm, run, counts, words, heard } = await keeping({ status: 1, conversation: 1, webhooks: 1 })
    const ana = await firm.client('Abe', { phone: phone() }, 'R-4')
    await firm.tell(ana, { messages: [{ channel: 'sms', state: 'held', reason: 'client paused' }] })
    await firm.tell(ana, { messages: [{ channel: 'sms' }] })
    await firm.send({ kind: 'refused', code: '30006', detail: 'landline' })
    const text = await heard(ana, 'What now?')
    await firm.inFirm((tx) =>
      tx.run(
        `insert into tasks (firm_id, id, kind, title, cause, created_at, client_id)
         values (current_firm(), $1, 'incoming_text', 'A client wrote', $2, $3, $4)`,
        [newId(), `text ${text}`, world.clock.now(), ana.id],
      ),
    )
    pass(12)
    expect(await run()).toMatchObject([
      { rule: 'status', messages: 0, webhooks: 0 },
      { rule: 'conversation', texts: 0 },
      // The one whose message waits is kept? Both were worked off: what waits is a message, not a notice.
      { rule: 'webhooks' },
    ])
    expect(await words()).toEqual(['kept', 'kept'])
    expect(await counts()).toMatchObject([
      { rule: 'status', messages: 0, stillNeeded: 2, onHold: 0 },
      { rule: 'conversation', texts: 0, stillNeeded: 1 },
      { rule: 'webhooks' },
    ])
    await firm.inFirm((tx) =>
      tx.run(`update dead_letters set state = 'closed' where firm_id = current_firm()`),
    )
    await firm.inFirm((tx) => tx.run(`update tasks set state = 'done' where firm_id = current_firm()`))
    expect(await run()).toMatchObject([{ messages: 1 }, { texts: 1 }, {}])
  })

  it('counts beforehand what it then does, in batches of any size', async () => {
    const { firm, run, counts, sent, heard } = await keeping({ status: 1, conversation: 2, webhooks: 2 })
    const ana = await firm.client('Amy', { phone: phone() }, 'R-5')
    for (let i = 0; i < 7; i++) {
      await sent(ana)
      await heard(ana, `text ${i}`)
    }
    pass(3)
    const planned = await counts()
    expect(planned.map(({ messages, texts, webhooks }) => ({ messages, texts, webhooks }))).toEqual([
      { messages: 7, texts: 0, webhooks: 7 },
      { messages: 0, texts: 7, webhooks: 0 },
      { messages: 0, texts: 0, webhooks: 7 },
    ])
    const done = await run({ batch: 3 })
    expect(done).toMatchObject([{ messages: 7, webhooks: 7 }, { texts: 7 }, { webhooks: 0 }])
  })

  it('reckons months by the firm’s calendar', () => {
    const now = Temporal.Instant.from('2026-03-31T12:00:00-04:00')
    expect(cutoffsOf({ status: 1, billing: 12 }, now, zone).map((c) => `${c.rule} ${c.before}`)).toEqual([
      'status 2026-02-28T17:00:00Z',
      'billing 2025-03-31T16:00:00Z',
    ])
  })
})

describe('a legal hold', () => {
  it('stops every deletion of the matter or client it is on, and of nobody else, until it is released', async () => {
    const { firm, run, words, sent, heard, counts } = await keeping({
      status: 1,
      conversation: 1,
      webhooks: 1,
    })
    const [ana, ben] = [
      await firm.client('Ana', { phone: phone() }, 'H-1'),
      await firm.client('Ben', { phone: phone() }, 'H-2'),
    ]
    for (const client of [ana, ben]) {
      await sent(client)
      await heard(client, 'hello')
    }
    const hold = await firm.inFirm((tx) =>
      placeHold(tx, { scope: 'matter', id: ana.matterId as MatterId }, 'litigation', acting()),
    )
    pass(12)
    expect(await counts()).toMatchObject([{ messages: 1, onHold: 1 }, { texts: 1, onHold: 1 }, { onHold: 1 }])
    expect(await run()).toMatchObject([{ messages: 1, webhooks: 1 }, { texts: 1 }, { webhooks: 0 }])
    expect(await words()).toEqual(['kept', 'gone'])
    // By hand neither, and by a mistake of ours: the database refuses it.
    for (const sql of [
      'update messages set body = null where matter_id = $1',
      'delete from messages where matter_id = $1',
      'update incoming_texts set body = null where $1 = any(matter_ids)',
      'update inbound_deliveries set body = null where id in (select delivery_id from events where matter_id = $1)',
    ])
      await expect(firm.inFirm((tx) => tx.run(sql, [ana.matterId]))).rejects.toThrow('under a legal hold')
    expect(await firm.inFirm((tx) => releaseHold(tx, hold, 'settled', acting()))).toBe('done')
    expect(await firm.inFirm((tx) => releaseHold(tx, hold, 'again', acting()))).toBe('released')
    expect(await run()).toMatchObject([{ messages: 1, webhooks: 1 }, { texts: 1 }, {}])
  })

  it('on a client covers all their matters, also one that comes later', async () => {
    const { firm, run, words, sent } = await keeping({ status: 1 })
    const ana = await firm.client('Ann', { phone: phone() }, 'H-3')
    await firm.inFirm((tx) =>
      placeHold(tx, { scope: 'client', id: ana.id as ClientId }, 'claim against us', acting()),
    )
    await sent(ana)
    pass(6)
    await run()
    expect(await words()).toEqual(['kept'])
  })

  it('is placed, told of and released over the API, with reasons, by whom the record names', async () => {
    const firm = await world.firm('holding')
    const ana = await firm.client('Ana', { phone: phone() }, 'H-4')
    const key = (await firm.key(scopes, 'all')).key
    const placed = await world.call(key, 'POST', '/holds', {
      scope: 'matter',
      target: 'H-4',
      reason: 'litigation',
    })
    expect(placed).toMatchObject({
      status: 200,
      body: { target: 'H-4', placedBy: 'the key "all"', releasedAt: null },
    })
    expect((await world.call(key, 'GET', '/holds')).body.items).toEqual([placed.body])
    const traced = await world.call(key, 'GET', `/trace?q=${ana.id}&as=client`)
    expect(traced.body.holds).toEqual([placed.body])
    const release = (reason: unknown) =>
      world.call(key, 'POST', `/holds/${placed.body.id}/release`, { reason })
    expect(await release(' ')).toMatchObject({ status: 422 })
    expect(await release('settled')).toMatchObject({ status: 200, body: { releaseReason: 'settled' } })
    expect(await release('settled')).toMatchObject({ status: 409 })
    expect((await world.call(key, 'GET', '/holds?state=released')).body.items).toMatchObject([
      { id: placed.body.id },
    ])
    const { body } = await world.call(key, 'GET', '/audit?matter=H-4')
    expect(
      body.items.map((e: { action: string; data: { reason: string } }) => [e.action, e.data.reason]),
    ).toEqual([
      ['hold.released', 'settled'],
      ['hold.placed', 'litigation'],
    ])
  })

  it('and a deletion take turns: whichever order they come in, what is held has its words', async () => {
    const { firm, run, sent } = await keeping({ status: 1 })
    const clients = [] as Client[]
    for (let i = 0; i < 8; i++) {
      const client = await firm.client(`T${i}`, { phone: phone() }, `T-${i}`)
      await sent(client)
      clients.push(client)
    }
    pass(6)
    // Each hold says what it found: words that were there when it was placed are there for ever.
    const holding = clients.map((client) =>
      firm.inFirm(async (tx) => {
        await placeHold(tx, { scope: 'matter', id: client.matterId }, 'litigation', acting())
        const [row] = await tx.rows<{ body: string | null }>(
          'select body from messages where matter_id = $1',
          [client.matterId],
        )
        return { matterId: client.matterId, there: row!.body !== null }
      }),
    )
    const [held] = await Promise.all([Promise.all(holding), run({ batch: 1 }), run({ batch: 2 })])
    const now = await firm.inFirm((tx) =>
      tx.rows<{ matter_id: MatterId; body: string | null }>(
        'select matter_id, body from messages where firm_id = current_firm()',
      ),
    )
    for (const { matterId, there } of held)
      expect(now.find((m) => m.matter_id === matterId)!.body !== null).toBe(there)
  })
})

describe('whatever the rules, the holds and the time', () => {
  it('words are gone exactly where a rule has passed, nothing holds them, and nothing waits', async () => {
    const scenario = fc.record({
      months: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
      messages: fc.array(
        fc.record({
          age: fc.integer({ min: 0, max: 36 }),
          state: fc.constantFrom('held', 'sent'),
          hold: fc.constantFrom('none', 'matter', 'client', 'released'),
        }),
        { minLength: 1, maxLength: 5 },
      ),
    })
    await fc.assert(
      fc.asyncProperty(scenario, async ({ months, messages }) => {
        const { firm, run } = await keeping(months === undefined ? {} : { status: months })
        const now = world.clock.now()
        const expected = new Map<string, boolean>()
        for (const { age, state, hold } of messages) {
          const client = await firm.client(`P${newId<string>()}`, { phone: phone() }, newId<string>())
          const { messageIds } = await firm.tell(client, {
            messages: [{ channel: 'sms', state: 'held', reason: 'client paused' }],
          })
          const then = now.toZonedDateTimeISO(zone).subtract({ months: age, hours: 1 }).toInstant()
          await firm.inFirm((tx) =>
            tx.run('update messages set state = $2, created_at = $3, sent_at = $3 where id = $1', [
              messageIds[0],
              state,
              then,
            ]),
          )
          if (hold !== 'none') {
            const target =
              hold === 'client'
                ? ({ scope: 'client', id: client.id } as const)
                : ({ scope: 'matter', id: client.matterId } as const)
            await firm.inFirm(async (tx) => {
              const id = await placeHold(tx, target, 'r', acting())
              if (hold === 'released') await releaseHold(tx, id, 'r', acting())
            })
          }
          const free = hold === 'none' || hold === 'released'
          expected.set(messageIds[0]!, !(months !== undefined && age >= months && state === 'sent' && free))
        }
        await run({ batch: 2 })
        const rows = await firm.inFirm((tx) =>
          tx.rows<{ id: string; there: boolean; proof: boolean }>(
            `select id, body is not null as there, (body is null) = (words_hash is not null) as proof
             from messages where firm_id = current_firm()`,
          ),
        )
        expect(new Map(rows.map((r) => [r.id, r.there]))).toEqual(expected)
        expect(rows.every((r) => r.proof)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
})

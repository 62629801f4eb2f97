import { beforeAll, describe, expect, it } from 'vitest'
import type { Trace } from '../../contracts/trace.ts'
import { trace as traceSchema } from '../../contracts/trace.ts'
import { pause, recordConsent } from '../../src/modules/consent/index.ts'
import { renderTrace } from '../../src/modules/console/index.ts'
import { receiveTexts } from '../../src/modules/conversations/index.ts'
import { closeDeadLetter } from '../../src/modules/delivery/index.ts'
import { quarantine, storeArrivals, wishForFacts } from '../../src/modules/ingest/store.ts'
import { apiWorld, type FirmWorld, newId } from './api-support.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let firm: FirmWorld
let key: string
beforeAll(async () => {
  world = await apiWorld()
  firm = await world.firm('harbor')
  key = (await firm.key(['read'])).key
})

/** Everyone here has a number of their own, so that the tests do not meet. */
let numbers = 100
const phone = () => `+1212555${String(numbers++).padStart(4, '0')}`

async function traceOf(q: string, more = ''): Promise<Trace> {
  const answer = await world.call(key, 'GET', `/trace?q=${encodeURIComponent(q)}${more}`)
  expect(answer.body).toMatchObject({ asked: {} })
  return traceSchema.parse(answer.body)
}
const lines = (trace: Trace) => trace.answers.map((a) => a.text)

describe('did she get it?', () => {
  it('yes, from the receipt, by the number in any spelling', async () => {
    const ana = await firm.client('Ana Reyes', { phone: '+12125550142', mail: 'Ana@example.com' })
    const { eventId, messageIds } = await firm.tell(ana, { messages: [{ channel: 'sms' }] })
    const [attempt] = await firm.send({ kind: 'accepted', providerMessageId: '' })
    world.clock.set('2026-10-15T18:32:00Z')
    await firm.receipt(firm.connections.twilio, { attemptId: attempt!.attemptId, kind: 'delivered' })

    for (const spelling of ['(212) 555-0142', '+1 212 555 0142', '212.555.0142']) {
      const found = await traceOf(spelling)
      expect(lines(found)).toEqual(['Yes: delivered to …0142 by SMS on Thu 15 Oct 14:32 (receipt of Twilio)'])
    }
    const found = await traceOf('+12125550142')
    expect(found.asked).toEqual({ as: 'phone', value: '+12125550142' })
    expect(found.answers[0]).toMatchObject({
      verdict: 'yes',
      reason: 'delivered',
      when: '2026-10-15T18:32:00Z',
      provider: 'twilio',
      client: 'Ana Reyes',
      messageId: messageIds[0],
      eventId,
    })
    expect(found.stories).toHaveLength(1)
    expect(found.stories[0]).toMatchObject({
      event: { id: eventId, type: 'matter.status_changed', outcome: 'decided' },
      status: { raw: 'Discovery_FINAL', from: 'intake', to: 'discovery' },
      delivery: { connection: 'harbor-clio', state: 'done' },
      decisions: [
        {
          results: [
            { rule: 'status-update', outcome: 'told' },
            { rule: 'welcome', outcome: 'no', values: { 'event.from': 'intake' } },
          ],
        },
      ],
      notices: [
        {
          gates: [{ gate: 'paused', verdict: 'pass' }],
          messages: [
            {
              state: 'delivered',
              template: 'status-update',
              templateVersion: 3,
              attempts: [{ number: 1, verdict: 'accepted', reported: 'delivered' }],
              receipts: [{ kind: 'delivered' }],
            },
          ],
        },
      ],
    })
    expect(JSON.stringify(found)).not.toContain('words of the webhook')
  })

  it.each([
    'client id',
    'CMS id',
    'name',
    'mail address',
    'matter id',
    'matter number',
    'message id',
    'provider id',
  ])('is found by %s as well', async (what) => {
    const bo = await firm.client(
      `Bo ${what}`,
      { phone: phone(), mail: `bo-${what.replace(' ', '')}@example.com` },
      `2026-${what}`,
    )
    const { messageIds } = await firm.tell(bo, { messages: [{ channel: 'sms' }] })
    const [attempt] = await firm.send({ kind: 'accepted', providerMessageId: '' })
    const by: Record<string, string> = {
      'client id': bo.id,
      'CMS id': `c-${bo.name}`,
      name: bo.name.toUpperCase(),
      'mail address': ` ${bo.mail!.replace('bo', 'bo')} `,
      'matter id': bo.matterId,
      'matter number': bo.number,
      'message id': messageIds[0]!,
      'provider id': `SM${attempt!.attemptId}`,
    }
    const found = await traceOf(by[what]!)
    expect(found.answers.map((a) => a.messageId)).toEqual(messageIds)
    expect(found.clients.map((c) => c.id)).toEqual([bo.id])
  })

  it('sent, but nobody confirmed it', async () => {
    const cy = await firm.client('Cy', { phone: phone() })
    await firm.tell(cy, { messages: [{ channel: 'sms' }] })
    await firm.send({ kind: 'accepted', providerMessageId: '' })
    expect((await traceOf(cy.phone!)).answers[0]).toMatchObject({
      verdict: 'sent',
      text: expect.stringMatching(
        /^Sent, not confirmed: Twilio took it to …\d{4} by SMS on Thu 15 Oct 14:32; no receipt/,
      ),
    })
  })

  it('no: opted out by text, seen at the gate and on the number', async () => {
    const di = await firm.client('Di', { phone: phone(), mail: 'di@example.com' })
    const text = {
      providerMessageId: newId<string>(),
      from: di.phone!,
      to: '+12125559999',
      body: 'STOP',
      media: [],
    }
    await firm.inFirm((tx) =>
      receiveTexts(tx, [text], {
        now: world.clock.now(),
        connectionId: firm.connections.twilio,
        newId,
        firmName: 'Harbor',
      }),
    )
    await firm.tell(di, {
      notice: {
        state: 'suppressed',
        reason: 'opted out of status by sms',
        gates: [
          { channel: 'sms', gate: 'paused', verdict: 'pass' },
          { channel: 'sms', gate: 'opted_out', verdict: 'suppress', reason: 'opted out of status by sms' },
        ],
      },
    })
    const found = await traceOf(di.phone!)
    expect(lines(found)).toEqual(['No: opted out of status by sms'])
    expect(found.texts).toMatchObject([{ meaning: 'stop', body: 'STOP' }])
    expect(found.consentChanges).toMatchObject([
      { granted: false, purpose: '*', how: 'text STOP or its like', by: 'client' },
    ])
    const sms = found.clients[0]!.contactPoints.find((p) => p.channel === 'sms')!
    expect(sms.consents).toMatchObject([{ purpose: '*', granted: false }])
  })

  it('no: opted out after it was queued', async () => {
    const ed = await firm.client('Ed', { phone: phone() })
    await firm.tell(ed, { messages: [{ channel: 'sms' }] })
    const at = world.clock.now()
    const change = {
      channel: 'sms',
      address: ed.phone!,
      purpose: '*',
      granted: false,
      how: 'called',
      by: 'staff',
      at,
    } as const
    await firm.inFirm((tx) => recordConsent(tx, change))
    await firm.send({ kind: 'accepted', providerMessageId: '' })
    expect(lines(await traceOf(ed.phone!))[0]).toMatch(/^No: opted out, to …\d{4} by SMS$/)
  })

  it('not yet: the client is paused, by whom and why', async () => {
    const fay = await firm.client('Fay', { phone: phone() })
    await firm.tell(fay, { messages: [{ channel: 'sms' }] })
    await firm.inFirm((tx) =>
      pause(
        tx,
        {
          id: newId(),
          scope: 'client',
          targetId: fay.id,
          reason: 'settlement talks',
          by: 'Kim Vale',
          endsAt: null,
        },
        world.clock.now(),
      ),
    )
    await firm.send({ kind: 'accepted', providerMessageId: '' })
    const found = await traceOf(fay.phone!)
    expect(found.pauses).toMatchObject([{ scope: 'client', by: 'Kim Vale', reason: 'settlement talks' }])
    expect(lines(found)[0]).toMatch(/^Not yet: held, client paused by Kim Vale \(settlement talks\), to/)
  })

  it('not yet: quiet hours, until when', async () => {
    const gil = await firm.client('Gil', { phone: phone() })
    const dueAt = Temporal.Instant.from('2026-10-16T12:00:00Z')
    await firm.tell(gil, {
      messages: [
        { channel: 'sms', state: 'held', reason: "quiet hours, client's zone America/New_York", dueAt },
      ],
    })
    expect(lines(await traceOf(gil.phone!))[0]).toContain(
      "Not yet: held, quiet hours, client's zone America/New_York until Fri 16 Oct 08:00",
    )
  })

  it('not yet: evidence is missing, and until when it is waited for', async () => {
    const hal = await firm.client('Hal', { phone: phone() })
    const deadlineAt = Temporal.Instant.from('2026-10-18T16:00:00Z')
    await firm.tell(hal, {
      notice: { state: 'held', reason: 'evidence: transcript filed', dueAt: deadlineAt, deadlineAt },
      results: [
        {
          rule: 'transcript',
          version: 1,
          outcome: 'held',
          values: {},
          evidence: { 'transcript filed': false },
        },
      ],
    })
    const found = await traceOf(hal.phone!)
    expect(lines(found)).toEqual(['Not yet: waits for evidence: transcript filed (until Sun 18 Oct 12:00)'])
    expect(found.stories[0]!.decisions[0]!.results[0]!.evidence).toEqual({ 'transcript filed': false })
  })

  it('no: dead, with the reason, until a person told her by hand', async () => {
    const ida = await firm.client('Ida', { phone: phone() })
    await firm.tell(ida, { messages: [{ channel: 'sms' }] })
    await firm.send({
      kind: 'refused',
      code: '21614',
      detail: 'not a mobile number',
      suppress: 'not a mobile number',
    })
    const found = await traceOf(ida.phone!)
    expect(lines(found)[0]).toMatch(
      /^No: Twilio refused it \(21614: not a mobile number\), to …\d{4} by SMS; needs a human$/,
    )
    expect(found.clients[0]!.contactPoints[0]).toMatchObject({ suppressedReason: 'not a mobile number' })
    const letter = found.stories[0]!.notices[0]!.messages[0]!.deadLetters[0]!
    expect(letter).toMatchObject({ state: 'open', cause: 'refused' })
    await firm.inFirm((tx) => closeDeadLetter(tx, letter.id, 'Kim Vale', 'called her', world.clock.now()))
    expect(lines(await traceOf(letter.id))[0]).toBe(
      'Yes, by hand: called her (Kim Vale, Thu 15 Oct 14:32); the SMS did not arrive',
    )
  })

  it('unknown: the provider did not answer', async () => {
    const jo = await firm.client('Jo', { phone: phone() })
    await firm.tell(jo, { messages: [{ channel: 'sms' }] })
    await firm.send({ kind: 'ambiguous', detail: 'the connection was reset' })
    const [answer] = (await traceOf(jo.phone!)).answers
    expect(answer).toMatchObject({
      verdict: 'unknown',
      reason: 'provider_silent',
      when: world.clock.now().toString(),
    })
    expect(answer!.text).toMatch(
      /^Unknown: Twilio did not answer the call on Thu 15 Oct 14:32, to …\d{4} by SMS/,
    )
  })

  it('not yet: tried, to be tried again', async () => {
    const kai = await firm.client('Kai', { phone: phone() })
    await firm.tell(kai, { messages: [{ channel: 'sms' }] })
    await firm.send({ kind: 'retry', code: '500', detail: 'server error' })
    expect(lines(await traceOf(kai.phone!))[0]).toContain(
      'Not yet: attempt 1 did not go through (500), tried again Thu 15 Oct 14:33',
    )
    expect((await traceOf(kai.phone!)).answers[0]).toMatchObject({
      reason: 'retrying',
      attempts: 1,
      code: '500',
      until: world.clock.now().add({ minutes: 1 }).toString(),
    })
  })

  it('not yet: the status is not mapped, or the CMS cannot be read', async () => {
    const lea = await firm.client('Lea', { phone: phone() })
    const arrival = (id: string) => ({
      id: id as never,
      connectionId: firm.connections.clio,
      receivedAt: world.clock.now(),
      model: null,
      headers: {},
      body: Buffer.from('{}'),
      key: id,
      keyless: false,
    })
    const [odd, waiting] = [newId<string>(), newId<string>()]
    await firm.inFirm(async (tx) => {
      await storeArrivals(tx, [arrival(odd), arrival(waiting)])
      const detail = { matter: 'm-Lea', suggestions: [] }
      const item = {
        connectionId: firm.connections.clio,
        deliveryId: odd as never,
        kind: 'unknown_status',
        rawStatus: 'Zombie',
        detail,
      } as const
      await quarantine(tx, [item], world.clock.now(), newId)
      await tx.run(`update inbound_deliveries set state = 'waiting', waiting_for = $2 where id = $1`, [
        waiting,
        `${firm.connections.clio} m-Lea`,
      ])
      await wishForFacts(
        tx,
        [{ connectionId: firm.connections.clio, externalId: 'm-Lea' }],
        world.clock.now(),
      )
      await tx.run(`update fact_requests set tries = 2, last_error = 'HTTP 503'`)
    })
    expect(lines(await traceOf(lea.phone!)).sort()).toEqual([
      'Not yet: the CMS\'s status "Zombie" is not mapped to a state; it waits in quarantine',
      'Not yet: waits until the CMS can be read (tried 2 times: HTTP 503)',
    ])
  })

  it.each([
    ['unhandled', 'Nothing said: no rule handles hearing.moved', 'no_rule_handles'],
    [
      'flagged',
      'Nothing said: the step from intake to discovery is not allowed; staff were told',
      'step_not_allowed',
    ],
    ['flip_flop', 'Nothing said: undone at once (back to discovery)', 'undone_at_once'],
    ['decided', 'Nothing said: no rule applied (welcome)', 'no_rule_applied'],
  ] as const)('nothing, and why: %s', async (outcome, text, reason) => {
    const mo = await firm.client(`Mo ${outcome}`, { phone: phone() })
    const type = outcome === 'unhandled' ? 'hearing.moved' : 'matter.status_changed'
    await firm.tell(mo, {
      event: { outcome, type },
      results: [{ rule: 'welcome', version: 1, outcome: 'no', values: {} }],
    })
    expect((await traceOf(mo.phone!)).answers).toMatchObject([{ verdict: 'nothing', text, reason }])
  })
})

describe('a trace', () => {
  it('comes in pages that hold every story once, the quiet ones only when asked for', async () => {
    const nia = await firm.client('Nia', { phone: phone(), mail: 'nia@example.com' })
    const told: string[] = []
    for (let i = 0; i < 7; i++) {
      world.clock.advance({ minutes: 1 })
      told.push((await firm.tell(nia, { messages: [{ channel: 'sms' }, { channel: 'email' }] })).eventId)
      // At the same instant, as in a batch.
      told.push((await firm.tell(nia, { event: { outcome: 'unhandled' } })).eventId)
      await firm.tell(nia, { event: { outcome: 'unchanged' } })
    }
    const seen: string[] = []
    let next: string | null = ''
    for (let pages = 0; next !== null && pages < 20; pages++) {
      const found: Trace = await traceOf(nia.phone!, `&limit=3${next === '' ? '' : `&cursor=${next}`}`)
      expect(found.stories.length).toBeLessThanOrEqual(3)
      seen.push(...found.stories.map((s) => s.event.id))
      next = found.next
    }
    expect(seen.toSorted()).toEqual(told.toSorted())
    expect((await traceOf(nia.phone!, '&limit=100')).stories).toHaveLength(14)
    expect((await traceOf(nia.phone!, '&limit=100&quiet=true')).stories).toHaveLength(21)
  })

  it('shows both of a family that shares a number, and a number that only ever texted us', async () => {
    const shared = phone()
    await firm.client('Ole', { phone: shared })
    await firm.client('Pia', { phone: shared })
    expect((await traceOf(shared)).clients.map((c) => c.name)).toEqual(['Ole', 'Pia'])
    const stranger = phone()
    const text = {
      providerMessageId: newId<string>(),
      from: stranger,
      to: '+12125559999',
      body: 'who is this',
      media: [],
    }
    await firm.inFirm((tx) =>
      receiveTexts(tx, [text], {
        now: world.clock.now(),
        connectionId: firm.connections.twilio,
        newId,
        firmName: 'Harbor',
      }),
    )
    expect(await traceOf(stranger)).toMatchObject({ clients: [], texts: [{ body: 'who is this' }] })
  })

  it('does not tell a client what the matter’s former client was told', async () => {
    const old = await firm.client('Quin', { phone: phone() })
    await firm.tell(old, { messages: [{ channel: 'sms' }] })
    const next = await firm.client('Rae', { phone: phone() })
    await firm.inFirm((tx) =>
      tx.run('update matters set client_id = $1 where id = $2', [next.id, old.matterId]),
    )
    const found = await traceOf(next.phone!)
    expect(found.stories.flatMap((s) => s.notices)).toEqual([])
    expect(found.clients.map((c) => c.name)).toEqual(['Rae'])
    expect((await traceOf(old.matterId)).stories[0]!.notices).toHaveLength(1)
  })

  it('names the candidates where a name fits several, and says when nothing fits', async () => {
    const one = await firm.client('Sam Twin', { phone: phone() })
    const two = await firm.inFirm((tx) =>
      tx.rows<{ id: string }>(
        `insert into clients (firm_id, id, connection_id, external_id, name, observed_at)
         values (current_firm(), $1, $2, 'other', 'sam twin', now()) returning id`,
        [newId(), firm.connections.clio],
      ),
    )
    const several = await world.call(key, 'GET', '/trace?q=Sam%20Twin')
    expect(several.status).toBe(422)
    expect(several.body.errors.map((e: { message: string }) => e.message).join()).toContain(two[0]!.id)
    expect(several.body.errors.map((e: { message: string }) => e.message).join()).toContain(one.id)
    expect(several.body.candidates).toEqual(
      expect.arrayContaining([
        { as: 'client', id: one.id, label: 'Sam Twin' },
        { as: 'client', id: two[0]!.id, label: 'sam twin' },
      ]),
    )
    expect(await world.call(key, 'GET', '/trace?q=nobody')).toMatchObject({
      status: 404,
      body: { detail: 'nothing is known by "nobody"' },
    })
    expect(await world.call(key, 'GET', '/trace?q=12&as=phone')).toMatchObject({
      status: 404,
      body: { detail: '"12" is not a number that is in use' },
    })
  })

  it('fits one screen, and all of it with all', async () => {
    const tess = await firm.client('Tess', { phone: phone(), mail: 'tess@example.com' })
    for (let i = 0; i < 30; i++)
      await firm.tell(tess, { messages: [{ channel: 'sms' }, { channel: 'email' }] })
    const found = await traceOf(tess.phone!)
    const screen = renderTrace(found, { width: 80, colour: false })
    expect(screen.split('\n').length).toBeLessThanOrEqual(24)
    expect(Math.max(...screen.split('\n').map((l) => [...l].length))).toBeLessThanOrEqual(80)
    expect(screen).toContain('Not yet: waits for its turn to leave')
    expect(screen).toContain(`older: --cursor ${found.next}`)
    const all = renderTrace(found, { width: 80, colour: false, all: true })
    for (const { event, notices } of found.stories) {
      expect(all).toContain(event.id)
      for (const m of notices.flatMap((n) => n.messages)) expect(all).toContain(m.id)
    }
    expect(renderTrace(found, { width: 80, colour: true })).toContain('\u001b[33m')
  })

  it('lets nothing that others wrote move the cursor of a terminal', async () => {
    const una = await firm.client('Una\u001b[2J', { phone: phone() })
    await firm.tell(una, { messages: [{ channel: 'sms' }] })
    for (const all of [false, true]) {
      expect(renderTrace(await traceOf(una.phone!), { width: 200, colour: false, all })).not.toContain(
        '\u001b',
      )
    }
  })
})

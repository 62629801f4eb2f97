import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Json, readJson } from '../../kernel/json.ts'
import { type CompiledHooks, compileHooks, deliveryKey, mapDelivery } from './mapping.ts'
import { connectionSettings } from './types.ts'

const receivedAt = Temporal.Instant.from('2026-10-15T12:00:00Z')
const verify = { scheme: 'header', header: 'x-key', secret: 'env:KEY' }
/** As `apply` does: parsed by zod first. */
const compile = (hooks: object) => {
  const settings = connectionSettings.parse({ key: 'cms', kind: 'generic', hooks: { verify, ...hooks } })
  if (settings.hooks === undefined) throw new Error('no hooks')
  return compileHooks(settings.hooks)
}
const compiled = (hooks: object): CompiledHooks => {
  const verdict = compile(hooks)
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.problems))
  return verdict.hooks
}
const input = (body: unknown, model: string | null = null, headers: Record<string, string> = {}) => {
  const read = readJson(typeof body === 'string' ? body : JSON.stringify(body))
  if (!read.ok) throw new Error(read.reason)
  return { body: read.value, headers, model, receivedAt }
}
const nothing = {
  by: expect.anything(),
  occurredAt: null,
  subject: null,
  clientExternalId: null,
  data: {},
}

describe('the three shapes of the issue', () => {
  it('maps a flat payload', () => {
    const hooks = compiled({
      events: [
        {
          when: 'has(body.caseId)',
          type: 'matter.status_changed',
          matter: 'body.caseId',
          status: 'body.newStatus',
        },
      ],
    })
    const event = {
      ...nothing,
      type: 'matter.status_changed',
      matterExternalId: '77',
      status: 'Awaiting Docs_FINAL_v2',
    }
    for (const caseId of [77, '77', ' 77 ']) {
      expect(mapDelivery(hooks, input({ caseId, newStatus: 'Awaiting Docs_FINAL_v2' }))).toEqual({
        kind: 'events',
        events: [event],
      })
    }
    expect(deliveryKey(hooks, input({ caseId: 77 }))).toBeNull()
  })

  it('maps a nested payload, by client where no matter is named', () => {
    const hooks = compiled({
      ignore: 'body.data.previous_attributes.status == body.data.current_attributes.status',
      key: 'headers["webhook-id"]',
      events: [
        {
          when: 'has(body.data.current_attributes.status)',
          type: 'matter.status_changed',
          matter: 'body.data.?matter_id.orValue(null)',
          client: 'body.data.client_id',
          status: 'body.data.current_attributes.status',
          data: { before: 'body.data.previous_attributes.status' },
        },
      ],
    })
    const payload = (more: object = {}) => ({
      data: {
        client_id: 11001,
        previous_attributes: { status: 'Discovery' },
        current_attributes: { status: 'Settled' },
        ...more,
      },
    })
    const event = {
      ...nothing,
      type: 'matter.status_changed',
      matterExternalId: null,
      clientExternalId: '11001',
      status: 'Settled',
      data: { before: 'Discovery' },
    }
    expect(mapDelivery(hooks, input(payload()))).toEqual({ kind: 'events', events: [event] })
    const named = mapDelivery(hooks, input(payload({ matter_id: 21001 })))
    expect(named).toEqual({ kind: 'events', events: [{ ...event, matterExternalId: '21001' }] })
    expect(mapDelivery(hooks, input(payload({ current_attributes: { status: 'Discovery' } })))).toEqual({
      kind: 'ignored',
    })
    expect(deliveryKey(hooks, input(payload(), null, { 'webhook-id': 'msg_7' }))).toBe('msg_7')
    expect(deliveryKey(hooks, input(payload()))).toBeNull()
  })

  it("maps Clio's payload, whose model comes from the address", () => {
    const hooks = compiled({
      key: 'string(body.data.id) + ":" + body.data.etag',
      events: [
        {
          when: 'model == "matter" && body.meta.event == "updated"',
          type: 'matter.status_changed',
          matter: 'body.data.id',
          occurredAt: 'body.data.updated_at',
          status: 'body.data.matter_stage.name',
        },
      ],
    })
    const payload = {
      data: {
        id: 21001,
        etag: '"abc"',
        updated_at: '2026-10-15T08:00:00-04:00',
        matter_stage: { id: 1, name: 'Discovery' },
      },
      meta: { event: 'updated', webhook_id: 5 },
    }
    const mapping = mapDelivery(hooks, input(payload, 'matter'))
    expect(mapping).toMatchObject({
      kind: 'events',
      events: [{ matterExternalId: '21001', status: 'Discovery' }],
    })
    expect(mapping.kind === 'events' && String(mapping.events[0]?.occurredAt)).toBe('2026-10-15T12:00:00Z')
    expect(deliveryKey(hooks, input(payload, 'matter'))).toBe('21001:"abc"')
    expect(mapDelivery(hooks, input(payload, 'document'))).toEqual({ kind: 'unmapped' })
  })
})

describe('a mapping', () => {
  const base = { when: 'true', type: 'document.filed', matter: 'body.m' }
  const one = (more: object, body: unknown) =>
    mapDelivery(compiled({ events: [{ ...base, ...more }] }), input(body))

  it('keeps the payload as a fact', () => {
    const fact = {
      kind: 'document',
      id: 'body.doc.id',
      version: 'body.doc.rev',
      data: {
        name: 'body.doc.name',
        filed: 'timestamp(body.doc.at)',
        pages: 'body.doc.pages',
        court: 'body.doc.court',
      },
    }
    const doc = { id: 12345678901234567890n, rev: 3, name: 'Transcript\u0000.pdf', at: 1760529600, pages: 12 }
    const text = JSON.stringify({ m: '5', doc: { ...doc, id: 0 } }).replace(
      '"id":0',
      '"id":12345678901234567890',
    )
    expect(one({ fact, mattersOf: 'clio', subject: '"document:" + string(body.doc.id)' }, text)).toEqual({
      kind: 'events',
      events: [
        {
          ...nothing,
          type: 'document.filed',
          matterExternalId: '5',
          mattersOf: 'clio',
          status: null,
          subject: 'document:12345678901234567890',
          fact: {
            kind: 'document',
            externalId: '12345678901234567890',
            version: '3',
            removed: false,
            // court is not in the payload: left out, so that a template that needs it holds the message.
            data: { name: 'Transcript.pdf', filed: '2025-10-15T12:00:00Z', pages: 12 },
          },
        },
      ],
    })
    const gone = one(
      { fact: { ...fact, removed: 'body.gone' } },
      JSON.parse('{"m":1,"gone":true,"doc":{"id":1,"rev":1,"at":1}}'),
    )
    expect(gone).toMatchObject({ events: [{ fact: { removed: true } }] })
  })

  it('makes an event of every mapping that holds', () => {
    const hooks = compiled({
      events: [
        { ...base, when: 'body.a' },
        { ...base, when: 'body.b', type: 'invoice.paid' },
        { ...base, when: 'body.absent', type: 'never.this' },
      ],
    })
    const mapping = mapDelivery(hooks, input({ a: true, b: true, m: 1 }))
    expect(mapping.kind === 'events' && mapping.events.map(({ type }) => type)).toEqual([
      'document.filed',
      'invoice.paid',
    ])
    expect(mapDelivery(hooks, input({ m: 1 }))).toEqual({ kind: 'unmapped' })
  })

  it.each([
    [{ matter: 'body.nothing' }, 'hooks.events[0].matter', 'body.nothing is not there'],
    [{ matter: 'null' }, 'hooks.events[0].matter', 'gives nothing'],
    [{ matter: '"  "' }, 'hooks.events[0].matter', 'gives nothing'],
    [{ matter: 'body' }, 'hooks.events[0].matter', 'gives neither text nor a number'],
    [{ matter: 'body.long' }, 'hooks.events[0].matter', 'gives more than 300 characters'],
    [{ when: 'body.m > 1 ? "yes" : "no"' }, 'hooks.events[0].when', ''],
    [
      { occurredAt: '"2026-10-15T12:00:00"' },
      'hooks.events[0].occurredAt',
      'gives no time with a zone, such as 2026-10-15T09:00:00Z',
    ],
    [{ occurredAt: 'body.m' }, 'hooks.events[0].occurredAt', 'gives a number: use timestamp(seconds)'],
    [{ subject: 'body.nothing' }, 'hooks.events[0].subject', 'body.nothing is not there'],
    [{ data: { x: '1 / 0' } }, 'hooks.events[0].data.x', 'division by zero'],
    [{ fact: { kind: 'bill', id: 'null', data: {} } }, 'hooks.events[0].fact.id', 'gives nothing'],
    [{ type: 'matter.status_changed', status: 'body.blank' }, 'hooks.events[0].status', 'gives nothing'],
  ])('that can not read the payload says where and why: %j', (more, path, message) => {
    const verdict = compile({ events: [{ ...base, ...more }] })
    if (message === '') {
      expect(verdict).toMatchObject({
        ok: false,
        problems: [{ path, message: 'gives string, but true or false is wanted here' }],
      })
      return
    }
    expect(one(more, { m: 5, blank: ' ', long: 'x'.repeat(301) })).toEqual({
      kind: 'error',
      by: expect.anything(),
      problems: [{ path, message }],
    })
  })

  it('takes "when it was received" where the payload does not tell', () => {
    for (const occurredAt of ['body.at', 'null', '""']) {
      expect(one({ occurredAt }, { m: 5 })).toMatchObject({ kind: 'events', events: [{ occurredAt: null }] })
    }
    const told = one({ occurredAt: 'received_at' }, { m: 5 })
    expect(told.kind === 'events' && told.events[0]?.occurredAt?.equals(receivedAt)).toBe(true)
  })

  it('is compiled with every problem named', () => {
    const verdict = compile({
      key: 'body.',
      ignore: '"x"',
      events: [
        { ...base, when: 'nobody == 1', data: { a: 'body.s.matches("x")' } },
        { ...base, type: 'matter.status_changed', fact: { kind: 'document', id: '(', data: {} } },
      ],
    })
    expect(verdict.ok ? [] : verdict.problems.map(({ path }) => path)).toEqual([
      'hooks.key',
      'hooks.ignore',
      'hooks.events[0].when',
      'hooks.events[0].data.a',
      'hooks.events[1].status',
      'hooks.events[1].fact.id',
    ])
    expect(verdict.ok ? '' : verdict.problems[2]?.message).toBe('Unknown variable: nobody (line 1, column 1)')
  })

  it('never throws and gives the same for the same, whatever the payload', () => {
    const hooks = compiled({
      key: 'string(body.id)',
      ignore: 'body.ignore',
      events: [
        {
          when: 'body.a == 1',
          type: 'x.y',
          matter: 'body.id',
          data: { all: 'body', list: 'body.list.map(x, x)' },
        },
        {
          when: 'size(body.list) > 0',
          type: 'matter.status_changed',
          matter: 'body.id',
          status: 'body.list[0]',
        },
      ],
    })
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record({
        id: fc.jsonValue(),
        a: fc.constantFrom(1, '1', null),
        list: fc.jsonValue(),
        ignore: fc.jsonValue(),
      }),
    )
    fc.assert(
      fc.property(body, (payload) => {
        const delivery = input(JSON.stringify(payload))
        expect(mapDelivery(hooks, delivery)).toEqual(mapDelivery(hooks, delivery))
        const key = deliveryKey(hooks, delivery)
        if (key !== null) expect(key.length).toBeLessThanOrEqual(200)
        // What goes into jsonb must be JSON.
        expect(() => JSON.stringify(mapDelivery(hooks, delivery))).not.toThrow()
      }),
      { numRuns: 500 },
    )
  })

  it('shortens a long key to its hash', () => {
    const hooks = compiled({ key: 'body.id', events: [] })
    const long: Json = { id: 'x'.repeat(201) }
    expect(deliveryKey(hooks, input(long))).toMatch(/^[0-9a-f]{64}$/)
    expect(deliveryKey(hooks, input({ id: 'x'.repeat(200) }))).toBe('x'.repeat(200))
  })
})

describe('what a mapping requires', () => {
  const hooks = compiled({
    events: [
      {
        when: 'has(body.id)',
        type: 'x.y',
        matter: 'string(body.id)',
        requires: ['stage', 'client.id'],
        data: { stage: 'body.stage.name', note: 'body.?note.orValue("")' },
      },
    ],
  })

  it('may be null, and its parts with it', () => {
    expect(mapDelivery(hooks, input({ id: 1, stage: null, client: null })).kind).toBe('events')
  })

  it('must be there: else nothing of the payload is used, and what is lost is named', () => {
    expect(mapDelivery(hooks, input({ id: 1, client: { id: 2 } }))).toMatchObject({
      kind: 'drift',
      fields: [{ field: 'stage', is: 'lost' }],
    })
    expect(mapDelivery(hooks, input({ id: 1, stage: {}, client: {} }))).toMatchObject({
      kind: 'drift',
      fields: [{ field: 'client.id', is: 'lost' }],
    })
  })

  it('stands beside what it reads; what its own words call optional does not count', () => {
    const mapped = mapDelivery(hooks, input({ id: 1, stage: { name: 'Intake' }, client: { id: 2 } }))
    expect(mapped.kind === 'events' && mapped.events[0]?.by.reads).toEqual([
      { field: 'id', feeds: null },
      { field: 'stage.name', feeds: 'stage' },
    ])
  })
})

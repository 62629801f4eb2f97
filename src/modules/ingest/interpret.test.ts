import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectionId, DeliveryId } from '../../kernel/index.ts'
import { compileHooks } from '../connections/index.ts'
import { interpret } from './interpret.ts'
import { ShapeBook } from './shape-book.ts'
import type { StoredDelivery } from './store.ts'
import type { IngestProgram } from './types.ts'

const [cms, flat] = ['cms', 'flat'] as unknown as [ConnectionId, ConnectionId]
const compiled = compileHooks({
  ignore: `has(body.kind) && body.kind == 'ping'`,
  events: [
    {
      when: 'has(body.caseId)',
      type: 'matter.status_changed',
      matter: 'body.caseId',
      mattersOf: 'cms',
      status: 'body.newStatus',
      data: {},
    },
    {
      when: 'has(body.lost)',
      type: 'x.y',
      matter: 'body.lost',
      mattersOf: 'nowhere',
      subject: `'s'`,
      data: {},
    },
    { when: 'has(body.own)', type: 'x.y', matter: 'body.own', subject: `'s'`, data: {} },
  ],
})
if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
const config = {
  hooks: new Map([[flat, compiled.hooks]]),
  connectionIds: new Map([['cms', cms]]),
  program: { rules: new Map() },
} as unknown as IngestProgram

const delivery = (body: string | Uint8Array, connection_id = flat): StoredDelivery => ({
  id: 'd' as DeliveryId,
  connection_id,
  received_at: Temporal.Instant.from('2030-01-15T18:00:00Z'),
  model: null,
  headers: {},
  body: typeof body === 'string' ? Buffer.from(body) : body,
  repeat: false,
  reason: null,
})
const read = (body: string, connection = flat) =>
  interpret([delivery(body, connection)], config, new ShapeBook([]))

describe('a delivery', () => {
  it('becomes events about matters, also of another connection', () => {
    const { events, matters, ends, quarantined } = read('{"caseId":21001,"newStatus":"Trial"}')
    expect(events).toMatchObject([
      { mapped: { type: 'matter.status_changed', matterExternalId: '21001' }, mattersOf: cms },
    ])
    expect(matters).toEqual([{ connectionId: cms, externalId: '21001' }])
    expect([ends, quarantined]).toEqual([[], []])
    expect(read('{"own":"7"}').matters).toEqual([{ connectionId: flat, externalId: '7' }])
  })

  it('is ignored where the firm says so', () => {
    expect(read('{"kind":"ping"}')).toMatchObject({
      ends: [{ state: 'ignored' }],
      quarantined: [],
      events: [],
    })
  })

  it.each([
    ['{"caseId":', 'unreadable', flat],
    ['', 'unreadable', flat],
    ['{"other":1}', 'unmapped', flat],
    ['[]', 'unmapped', flat],
    ['{"caseId":"1"}', 'mapping_error', flat],
    ['{"lost":"1"}', 'mapping_error', flat],
    ['{"caseId":"1","newStatus":"x"}', 'unmapped', 'gone' as ConnectionId],
  ])('goes to quarantine with the reason: %s is %s', (body, kind, connection) => {
    const { events, quarantined, ends } = read(body, connection)
    expect(events).toEqual([])
    expect(quarantined).toMatchObject([{ kind, deliveryId: 'd', rawStatus: null }])
    expect(ends).toEqual([{ id: 'd', state: 'quarantined', reason: kind }])
  })

  it('never quotes itself in the reason: the payload is a client’s', () => {
    for (const body of ['{"caseId": Kanari', '{"caseId":{"Kanari":1},"newStatus":["Kanari"]}', '"Kanari"'])
      expect(JSON.stringify(read(body).quarantined)).not.toContain('Kanari')
  })

  it('always has one end, or events that will give it one; and none takes the others with it', () => {
    const bodies = fc.oneof(
      fc.json(),
      fc.uint8Array({ maxLength: 40 }),
      fc.constant('{"caseId":"1","newStatus":"x"}'),
    )
    fc.assert(
      fc.property(fc.array(bodies, { maxLength: 6 }), (list) => {
        const all = list.map((body, i) => ({ ...delivery(body), id: `d${i}` as DeliveryId }))
        const { events, ends, quarantined } = interpret(all, config, new ShapeBook([]))
        for (const { id } of all) {
          const ended = ends.filter((e) => e.id === id)
          expect(ended.length + (events.some((e) => e.delivery.id === id) ? 1 : 0)).toBe(1)
          expect(quarantined.filter((q) => q.deliveryId === id)).toHaveLength(
            ended[0]?.state === 'quarantined' ? 1 : 0,
          )
        }
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClientId, FirmId, MatterId } from '../../kernel/index.ts'
import { compileQuiet } from '../moments/index.ts'
import { askGates, contactPointFor, type GateInput, gates } from './gates.ts'

const [firmId, matterId, clientId] = ['f', 'm', 'c'] as unknown as [FirmId, MatterId, ClientId]
/** 14:00 and 23:30 in New York. */
const noon = Temporal.Instant.from('2030-01-15T19:00:00Z')
const night = Temporal.Instant.from('2030-01-16T04:30:00Z')

const point = (channel: 'sms' | 'email', address: string, suppressed = false) =>
  ({ id: address, channel, address, suppressed }) as never

const quietWith = (firm: Parameters<typeof compileQuiet>[0]['firm']) =>
  compileQuiet({ firm, rules: [], firmZone: 'America/New_York', firmRegion: null, spread: 0 })
const nights = { from: '21:00', until: '08:00', mail: false, urgent: 'wait' } as const

const base: GateInput = {
  now: noon,
  firmId,
  matterId,
  clientId,
  channel: 'sms',
  purpose: 'status',
  urgency: 'normal',
  client: {
    id: clientId,
    externalId: '1',
    name: 'Ana',
    firstName: 'Ana',
    lastName: null,
    language: 'en',
    timeZone: 'America/New_York',
    preference: 'Both',
    cmsPaused: false,
    region: null,
    wishes: null,
    data: {},
    contactPoints: [point('sms', '+1'), point('sms', '+2'), point('email', 'a@x')],
  },
  matterPaused: false,
  pauses: [],
  withdrawals: [],
  alreadySaid: () => false,
  quiet: quietWith(nights),
  digest: null,
}
const withClient = (change: Partial<GateInput['client']>): GateInput => ({
  ...base,
  client: { ...base.client, ...change },
})
const pause = (target_id: string, ends_at: Temporal.Instant | null = null, scope = 'client') =>
  ({
    id: 'p',
    scope,
    target_id,
    reason: '',
    paused_by: '',
    created_at: noon,
    ends_at,
  }) as GateInput['pauses'][number]
const withdrawal = (address: string, purpose = '*', channel: 'sms' | 'email' = 'sms') => ({
  channel,
  address,
  purpose,
  granted: false,
})

/** By gate: inputs that close it, with what it says; and inputs that look alike but do not. A new gate needs its own. */
const cases: Readonly<Record<string, { closed: [GateInput, object][]; open: GateInput[] }>> = {
  paused: {
    closed: [
      [withClient({ cmsPaused: true }), { verdict: 'hold', until: null }],
      [
        { ...base, matterPaused: true },
        { verdict: 'hold', until: null },
      ],
      ...[firmId, matterId, clientId].map((target): [GateInput, object] => [
        { ...base, pauses: [pause(target)] },
        { verdict: 'hold', until: null },
      ]),
      [
        {
          ...base,
          pauses: [pause(clientId, noon.add({ hours: 1 })), pause(matterId, noon.add({ hours: 5 }))],
        },
        { verdict: 'hold', until: noon.add({ hours: 5 }) },
      ],
      [
        { ...base, pauses: [pause(clientId, noon.add({ hours: 1 })), pause(firmId)] },
        { verdict: 'hold', until: null },
      ],
    ],
    open: [{ ...base, pauses: [pause('another client')] }],
  },
  opted_out: {
    closed: [
      [{ ...base, withdrawals: [withdrawal('+1'), withdrawal('+2', 'status')] }, { verdict: 'suppress' }],
    ],
    open: [
      { ...base, withdrawals: [withdrawal('+1')] },
      { ...base, withdrawals: [withdrawal('+1', 'billing'), withdrawal('+2', 'billing')] },
      { ...base, withdrawals: [withdrawal('+1', '*', 'email'), withdrawal('+2', '*', 'email')] },
    ],
  },
  preference: {
    closed: [
      [withClient({ preference: 'Email' }), { verdict: 'suppress', reason: 'prefers email' }],
      [withClient({ preference: 'None' }), { verdict: 'suppress' }],
      [withClient({ preference: '  ' }), { verdict: 'suppress', reason: 'no preference on file' }],
      [withClient({ preference: null }), { verdict: 'suppress', reason: 'no preference on file' }],
      [
        withClient({ preference: 'carrier pigeon' }),
        { verdict: 'suppress', reason: 'the preference on file is not one we know' },
      ],
    ],
    open: [
      withClient({ preference: ' SMS ' }),
      withClient({ preference: 'text' }),
      withClient({ preference: 'BOTH' }),
    ],
  },
  contact_point: {
    closed: [
      [withClient({ contactPoints: [] }), { verdict: 'suppress', reason: 'no address on file' }],
      [
        withClient({ contactPoints: [point('email', 'a@x')] }),
        { verdict: 'suppress', reason: 'no address on file' },
      ],
      [
        withClient({ contactPoints: [point('sms', '+1', true)] }),
        { verdict: 'suppress', reason: 'no address that works' },
      ],
    ],
    open: [withClient({ contactPoints: [point('sms', '+1', true), point('sms', '+2')] })],
  },
  already_said: {
    closed: [[{ ...base, alreadySaid: (address) => address === '+1' }, { verdict: 'suppress' }]],
    open: [{ ...base, alreadySaid: (address) => address === '+2' }],
  },
  quiet_hours: {
    closed: [
      [
        { ...base, now: night },
        { verdict: 'hold', until: Temporal.Instant.from('2030-01-16T13:00:00Z') },
      ],
      [{ ...base, now: night, urgency: 'urgent' }, { verdict: 'hold' }],
      [{ ...withClient({ timeZone: 'Not/AZone' }), now: night }, { verdict: 'hold' }],
      [
        { ...base, now: night, channel: 'email', quiet: quietWith({ ...nights, mail: true }) },
        { verdict: 'hold' },
      ],
    ],
    open: [
      { ...base, now: night, channel: 'email' },
      { ...base, now: night, quiet: quietWith(null) },
      { ...withClient({ timeZone: 'Pacific/Honolulu' }), now: night },
      { ...base, now: night, digest: { key: 'updates', until: night.add({ hours: 1 }) } },
    ],
  },
  digest: {
    closed: [
      [
        { ...base, digest: { key: 'updates', until: noon.add({ hours: 1 }) } },
        { verdict: 'hold', until: noon.add({ hours: 1 }) },
      ],
    ],
    open: [base],
  },
}

it('every gate has its cases here', () => {
  expect(Object.keys(cases)).toEqual(gates.map((g) => g.name))
})

describe.each(gates)('$name', (gate) => {
  it('closes', () => {
    for (const [input, said] of cases[gate.name]!.closed) {
      expect(gate.look(input)).toMatchObject(said)
      expect(askGates(input)).toMatchObject({ ...said, gate: gate.name })
    }
  })

  it('stays open', () => {
    for (const input of cases[gate.name]!.open) expect(gate.look(input).verdict).toBe('pass')
    expect(gate.look(base).verdict).toBe('pass')
  })
})

describe('all gates together', () => {
  it('let the first address by rank through that works and was not closed', () => {
    expect(askGates(base)).toMatchObject({ verdict: 'pass', contactPoint: { address: '+1' } })
    const closed = { ...base, withdrawals: [withdrawal('+1')] }
    expect(askGates(closed)).toMatchObject({ verdict: 'pass', contactPoint: { address: '+2' } })
    expect(contactPointFor({ ...closed, purpose: 'billing' })!.address).toBe('+2')
  })

  it('keep every outcome in order, up to the gate that suppressed', () => {
    const all = gates.map((g) => g.name)
    expect(askGates(base).outcomes.map((o) => o.gate)).toEqual(all)
    expect(
      askGates(withClient({ preference: 'None' })).outcomes.map((o) => `${o.gate} ${o.verdict}`),
    ).toEqual(['paused pass', 'opted_out pass', 'preference suppress'])
  })

  it('suppress what is held too, so that nothing waits that may not go anyway', () => {
    const both = { ...withClient({ preference: 'None' }), pauses: [pause(clientId)] }
    expect(askGates(both)).toMatchObject({ verdict: 'suppress', gate: 'preference' })
  })

  it('never pass while any gate by itself would not', () => {
    const inputs = fc.record({
      now: fc.constantFrom(noon, night),
      paused: fc.boolean(),
      out: fc.subarray(['+1', '+2']),
      preference: fc.constantFrom('Both', 'SMS', 'Email', 'None', '', null, 'x'),
      points: fc.subarray([point('sms', '+1'), point('sms', '+2', true), point('email', 'a@x')]),
      said: fc.boolean(),
    })
    fc.assert(
      fc.property(inputs, ({ now, paused, out, preference, points, said }) => {
        const input: GateInput = {
          ...withClient({ preference, contactPoints: points }),
          now,
          pauses: paused ? [pause(clientId)] : [],
          withdrawals: out.map((a) => withdrawal(a)),
          alreadySaid: () => said,
        }
        const verdicts = gates.map((g) => g.look(input).verdict)
        const result = askGates(input).verdict
        const expected = verdicts.includes('suppress')
          ? 'suppress'
          : verdicts.includes('hold')
            ? 'hold'
            : 'pass'
        expect(result).toBe(expected)
      }),
    )
  })
})

describe('several holds at once', () => {
  const night = Temporal.Instant.from('2030-01-16T04:00:00Z')
  const pausedUntil = (ends_at: Temporal.Instant | null): GateInput => ({
    ...base,
    now: night,
    pauses: [
      {
        id: 'p',
        scope: 'client',
        target_id: base.client.id,
        reason: 'x',
        paused_by: 'x',
        created_at: night,
        ends_at,
      } as never,
    ],
  })

  it('the longest counts, and what someone must lift outlasts all', () => {
    const morning = askGates({ ...base, now: night })
    expect(morning.verdict).toBe('hold')
    const quietUntil = (morning as { until: Temporal.Instant }).until
    const short = askGates(pausedUntil(night.add({ minutes: 10 })))
    expect((short as { until: Temporal.Instant }).until.toString()).toBe(quietUntil.toString())
    const long = askGates(pausedUntil(night.add({ hours: 100 })))
    expect((long as { until: Temporal.Instant }).until.toString()).toBe(night.add({ hours: 100 }).toString())
    expect((askGates(pausedUntil(null)) as { until: Temporal.Instant | null }).until).toBeNull()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileQuiet } from '../moments/index.ts'
import { factsOld, type Guard, type GuardFacts, guard } from './guard.ts'
import { untilLifted } from './types.ts'

const fine: GuardFacts = {
  clientId: 'c-1',
  channel: 'sms',
  purpose: 'status',
  urgent: false,
  paused: false,
  pausedUntil: null,
  clientChanged: false,
  optedOut: false,
  contactLost: false,
  wordsGone: false,
  movedOn: false,
  begun: false,
  settlesAt: null,
  timeZone: 'America/New_York',
  region: null,
  wishes: null,
  factsOld: false,
}
const quietWith = (firm: Parameters<typeof compileQuiet>[0]['firm']) =>
  compileQuiet({ firm, rules: [], firmZone: 'America/Los_Angeles', firmRegion: null, spread: 0 })
const nights = { from: '21:00', until: '08:00', mail: false, urgent: 'wait' } as const
/** 22:30 in New York, 19:30 in Los Angeles. */
const night: Guard = {
  now: Temporal.Instant.from('2030-01-16T03:30:00Z'),
  quiet: quietWith(nights),
}
const day: Guard = { ...night, now: Temporal.Instant.from('2030-01-15T18:00:00Z') }

describe('the last look before an attempt', () => {
  it('lets go at night what a person let pass the firm’s hours, and nothing that the client asked for', () => {
    const lifted = { ...fine, quietLifted: true }
    expect(guard(fine, night)).toMatchObject({ kind: 'hold', reason: 'quiet_hours' })
    expect(guard(lifted, night)).toEqual({ kind: 'go' })
    const wishes = { quiet: [{ from: '22:00', until: '07:00' }] }
    expect(guard({ ...lifted, wishes }, night)).toMatchObject({ kind: 'hold', reason: 'quiet_hours' })
    for (const change of [
      { optedOut: true },
      { paused: true },
      { clientChanged: true },
      { contactLost: true },
    ])
      expect(guard({ ...lifted, ...change }, night).kind).not.toBe('go')
  })

  it('lets go what nothing speaks against', () => {
    expect(guard(fine, day)).toEqual({ kind: 'go' })
  })

  it.each([
    [{ optedOut: true }, 'opted_out'],
    [{ contactLost: true }, 'contact_point_lost'],
    [{ clientChanged: true }, 'client_changed'],
    [{ wordsGone: true }, 'retention'],
    [{ movedOn: true }, 'superseded'],
    [{ begun: true }, 'appointment_begun'],
  ] as const)('cancels for good: %o', (change, reason) => {
    expect(guard({ ...fine, ...change }, day)).toEqual({ kind: 'cancel', reason })
  })

  it('holds a try with facts that are too old, to be looked at at once, and for better reasons longer', () => {
    const old = { ...fine, factsOld: true }
    const reason = 'facts are older than allowed'
    expect(guard(old, day)).toEqual({ kind: 'hold', reason, until: day.now })
    expect(guard({ ...old, paused: true }, day)).toMatchObject({ reason: 'paused' })
    expect(guard(old, night)).toMatchObject({ reason: 'quiet_hours' })
    expect(guard({ ...old, optedOut: true }, day)).toMatchObject({ kind: 'cancel' })
  })

  it('holds what is paused till the pause ends by itself', () => {
    const pausedUntil = day.now.add({ hours: 2 })
    expect(guard({ ...fine, paused: true, pausedUntil }, day)).toEqual({
      kind: 'hold',
      reason: 'paused',
      until: pausedUntil,
    })
  })

  it('holds what is paused until someone lifts it, at night too', () => {
    const held = { kind: 'hold', reason: 'paused', until: untilLifted }
    expect(guard({ ...fine, paused: true }, day)).toEqual(held)
    expect(guard({ ...fine, paused: true }, night)).toEqual(held)
  })

  it('holds texts in the quiet hours of the client’s own zone until they end', () => {
    const until = Temporal.Instant.from('2030-01-16T13:00:00Z')
    expect(guard(fine, night)).toEqual({ kind: 'hold', reason: 'quiet_hours', until })
    expect(guard({ ...fine, urgent: true }, night)).toEqual({ kind: 'hold', reason: 'quiet_hours', until })
  })

  it('goes by the firm’s zone where the client’s is not known', () => {
    for (const timeZone of [null, 'Not/AZone'])
      expect(guard({ ...fine, timeZone }, night)).toEqual({ kind: 'go' })
  })

  it('holds mail only where the firm says so', () => {
    const mail = { ...fine, channel: 'email' as const }
    expect(guard(mail, night)).toEqual({ kind: 'go' })
    expect(guard(mail, { ...night, quiet: quietWith({ ...nights, mail: true }) }).kind).toBe('hold')
    expect(guard(fine, { ...night, quiet: quietWith(null) })).toEqual({ kind: 'go' })
  })

  it('holds for a pause until that pause ends by itself, or until someone lifts it', () => {
    const ends = day.now.add({ minutes: 10 })
    expect(guard({ ...fine, paused: true, pausedUntil: ends }, day)).toEqual({
      kind: 'hold',
      reason: 'paused',
      until: ends,
    })
    expect(guard({ ...fine, paused: true }, day)).toEqual({
      kind: 'hold',
      reason: 'paused',
      until: untilLifted,
    })
  })

  it('stops what was written for the client that the matter had before', () => {
    expect(guard({ ...fine, clientChanged: true }, day)).toEqual({ kind: 'cancel', reason: 'client_changed' })
  })

  it('waits while the matter may come back to the state that the message speaks of', () => {
    const settles = day.now.add({ minutes: 5 })
    const left = { ...fine, movedOn: true, settlesAt: settles }
    expect(guard(left, day)).toEqual({ kind: 'hold', reason: 'settling', until: settles })
  })

  it('never lets anything go to someone who said stop, whatever else holds', () => {
    const flag = fc.boolean()
    const facts = fc.record({
      clientId: fc.constant('c-1'),
      purpose: fc.constant('status' as const),
      region: fc.constant(null),
      wishes: fc.constant(null),
      channel: fc.constantFrom('sms' as const, 'email' as const),
      urgent: flag,
      paused: flag,
      pausedUntil: fc.constant(null),
      clientChanged: flag,
      optedOut: flag,
      contactLost: flag,
      wordsGone: flag,
      movedOn: flag,
      begun: flag,
      factsOld: fc.boolean(),
      settlesAt: fc.constant(null),
      timeZone: fc.constantFrom('America/New_York', null),
    })
    fc.assert(
      fc.property(facts, fc.constantFrom(day, night), (given, at) => {
        const verdict = guard(given, at)
        if (given.optedOut) expect(verdict).toEqual({ kind: 'cancel', reason: 'opted_out' })
        const clear = !(
          given.paused ||
          given.clientChanged ||
          given.contactLost ||
          given.wordsGone ||
          given.movedOn ||
          given.begun ||
          given.factsOld
        )
        if (verdict.kind === 'go') expect(clear && !given.optedOut).toBe(true)
        if (verdict.kind === 'hold')
          // Old facts are read anew at once; every other hold has an end that is still to come.
          expect(Temporal.Instant.compare(verdict.until, at.now)).toBe(verdict.reason === factsOld ? 0 : 1)
      }),
    )
  })
})

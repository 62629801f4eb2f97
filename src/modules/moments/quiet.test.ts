import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileQuiet, type QuietQuestion, type QuietSettings } from './quiet.ts'
import { clientWishes, type QuietRule, quietRule } from './types.ts'

const at = (text: string) => Temporal.Instant.from(text)
const rule = (more: object): QuietRule =>
  quietRule.parse({
    key: 'r',
    where: 'US',
    allowed: [{ from: '08:00', until: '21:00' }],
    source: 'a statute',
    asOf: '2026-07-01',
    ...more,
  })
const texas = rule({
  key: 'tx',
  where: 'US-TX',
  source: 'Tex. Bus. & Com. Code § 301.051',
  allowed: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], from: '09:00', until: '21:00' },
    { days: ['sun'], from: '12:00', until: '21:00' },
  ],
})
const table = (more: Partial<QuietSettings> = {}) =>
  compileQuiet({ firm: null, rules: [], firmZone: 'UTC', firmRegion: null, spread: 0, ...more })
const ana: QuietQuestion = {
  clientId: 'c-1',
  channel: 'sms',
  purpose: 'status',
  urgent: false,
  timeZone: 'America/Chicago',
  region: 'US-TX',
  wishes: null,
}
const nights = { from: '21:00', until: '08:00', mail: false, urgent: 'wait' } as const
/** A Sunday, 10:00 in Chicago. */
const sunday = at('2026-10-18T10:00:00-05:00')

describe('quiet hours', () => {
  it('are those of every rule that binds where the client lives, and the stricter wins', () => {
    const both = table({ firm: nights, rules: [rule({ key: 'us' }), texas] })
    expect(both.look(sunday, ana)).toMatchObject({
      quiet: true,
      by: ['tx (Tex. Bus. & Com. Code § 301.051)'],
      zone: 'America/Chicago',
      zoneOf: 'client',
    })
    const found = both.look(sunday, ana)
    expect(found.quiet && found.until?.equals(at('2026-10-18T12:00:00-05:00'))).toBe(true)
    expect(both.look(sunday, { ...ana, region: 'US-NY' }).quiet).toBe(false)
  })

  it('name all that close a moment', () => {
    const found = table({ firm: nights, rules: [rule({ key: 'us' })] }).look(
      at('2026-10-18T22:00:00-05:00'),
      ana,
    )
    expect(found.quiet && found.by).toEqual(["the firm's hours", 'us (a statute)'])
  })

  it("are those of the firm's region for whom nobody knows where they live; without one, no state's", () => {
    const unknown = { ...ana, region: null }
    expect(table({ rules: [texas], firmRegion: 'US-TX' }).look(sunday, unknown).quiet).toBe(true)
    expect(table({ rules: [texas] }).look(sunday, unknown).quiet).toBe(false)
  })

  it('bind the channels and purposes that a rule names, and what is urgent only where it says so', () => {
    const marketing = table({ rules: [{ ...texas, purposes: ['marketing'] }] })
    expect(marketing.look(sunday, ana).quiet).toBe(false)
    expect(marketing.look(sunday, { ...ana, purpose: 'marketing' }).quiet).toBe(true)
    expect(marketing.look(sunday, { ...ana, purpose: 'marketing', channel: 'email' }).quiet).toBe(false)
    const urgent = { ...ana, urgent: true }
    expect(table({ rules: [texas] }).look(sunday, urgent).quiet).toBe(true)
    expect(table({ rules: [{ ...texas, urgent: 'send' }] }).look(sunday, urgent).quiet).toBe(false)
    const night = at('2026-10-18T23:00:00-05:00')
    expect(table({ firm: nights }).look(night, urgent).quiet).toBe(true)
    expect(table({ firm: { ...nights, urgent: 'send' } }).look(night, urgent).quiet).toBe(false)
  })

  it('are what a client wishes, on their own clock, but for what is urgent', () => {
    const wishes = clientWishes.parse({ quiet: [{ days: ['sat'] }, { from: '13:00', until: '15:00' }] })
    const asked = { ...ana, wishes }
    const open = table()
    const until = (moment: string) => {
      const found = open.look(at(moment), asked)
      return found.quiet && found.until?.toZonedDateTimeISO('America/Chicago').toPlainDateTime().toString()
    }
    expect(until('2026-10-17T10:00:00-05:00')).toBe('2026-10-18T00:00:00')
    expect(until('2026-10-19T13:30:00-05:00')).toBe('2026-10-19T15:00:00')
    expect(until('2026-10-19T12:30:00-05:00')).toBe(false)
    expect(open.look(at('2026-10-17T10:00:00-05:00'), { ...asked, urgent: true }).quiet).toBe(false)
  })

  it('have no end where together they leave no hour of the week', () => {
    const never = clientWishes.parse({ quiet: [{ from: '09:00', until: '21:00' }] })
    const found = table({ firm: { ...nights, until: '09:00' } }).look(sunday, { ...ana, wishes: never })
    expect(found).toMatchObject({ quiet: true, until: null, leaves: null })
  })

  it('end spread over minutes: each client at a moment of their own, in the open, and urgent ones at once', () => {
    const spread = table({ firm: nights, spread: 10 })
    const night = at('2026-10-18T23:00:00-05:00')
    const leaves = (clientId: string, urgent = false) => {
      const found = spread.look(night, { ...ana, clientId, urgent })
      if (!found.quiet) throw new Error('is open')
      return Math.round((found.leaves!.epochMilliseconds - found.until!.epochMilliseconds) / 1000)
    }
    const all = Array.from({ length: 1_000 }, (_, i) => leaves(`client-${i}`))
    const perMinute = Object.values(Object.groupBy(all, (s) => Math.floor(s / 60))).map((g) => g!.length)
    expect(perMinute).toHaveLength(10)
    expect(Math.max(...perMinute)).toBeLessThan(160)
    expect(leaves('client-7')).toBe(leaves('client-7'))
    expect(leaves('client-7', true)).toBe(0)
  })

  it('never let a message leave while they last, whatever rules, wishes, zone and moment', () => {
    const hours = fc.tuple(fc.nat(22), fc.nat(59)).map(([h, m]) => ({
      from: `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`,
      until: '24:00',
    }))
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }),
        fc.array(hours, { maxLength: 2 }),
        fc.array(hours, { maxLength: 1 }),
        fc.string(),
        (timeZone, minutes, allowed, quiet, clientId) => {
          const all = table({ firm: nights, rules: allowed.map((a) => rule({ allowed: [a] })), spread: 15 })
          const question = { ...ana, clientId, timeZone, wishes: { quiet } }
          const now = at('2026-01-01T00:00:00Z').add({ minutes })
          const found = all.look(now, question)
          if (!found.quiet || found.leaves === null) return
          expect(all.look(found.leaves, question).quiet).toBe(false)
          expect(Temporal.Instant.compare(found.leaves, now)).toBe(1)
          const since = all.since(now, question)!
          expect(Temporal.Instant.compare(since, now)).toBeLessThanOrEqual(0)
          expect(all.look(since.subtract({ minutes: 1 }), question).quiet).toBe(false)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

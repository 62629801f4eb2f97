import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AppointmentTime } from '../facts/index.ts'
import { compileQuiet, type QuietQuestion } from '../moments/index.ts'
import { reasons, type Surroundings, schedule } from './schedule.ts'

const at = (text: string) => Temporal.Instant.from(text)
const timed = (text: string): AppointmentTime => ({ startsAt: at(text), allDayOn: null })
const night = { from: '21:00', until: '08:00' }
const question = (timeZone: string): QuietQuestion => ({
  clientId: 'c-1',
  channel: 'sms',
  purpose: 'reminder',
  urgent: false,
  timeZone,
  region: null,
  wishes: null,
})
/** As the lane asks for it. */
function quietIn(zone: string, hours: typeof night) {
  const firm = { ...hours, mail: false, urgent: 'wait' } as const
  const table = compileQuiet({ firm, rules: [], firmZone: 'UTC', firmRegion: null, spread: 0 })
  return (moment: Temporal.Instant) => {
    const quiet = table.look(moment, question(zone))
    if (!quiet.quiet) return { quiet: false } as const
    return { quiet: true, until: quiet.leaves, since: table.since(moment, question(zone)) } as const
  }
}

function around(zone: string, now: string, more: Partial<Surroundings> = {}): Surroundings {
  return {
    now: at(now),
    zone,
    quietAt: quietIn(zone, night),
    isWorkday: null,
    replanned: false,
    ...more,
  }
}
const newYork = 'America/New_York'
const ahead = (key: string, span: string, past: 'send' | 'skip' = 'skip') => ({ key, before: span, past })
const wall = (key: string, time: string, daysBefore = 0, past: 'send' | 'skip' = 'skip') => ({
  key,
  at: time,
  daysBefore,
  past,
})
const due = (planned: ReturnType<typeof schedule>) =>
  planned.map((p) => [p.step, p.dueAt?.toString() ?? null, p.reason])

describe('a step that counts back from the appointment', () => {
  it('is so many hours before it on every clock, also over a change of clocks', () => {
    // Clocks go back on 1 November 2026 at 02:00: two days before 15:00 is 16:00 by the wall.
    const planned = schedule(
      [ahead('48h', 'PT48H')],
      timed('2026-11-02T20:00:00Z'),
      around(newYork, '2026-10-01T12:00:00Z'),
    )
    expect(due(planned)).toEqual([['48h', '2026-10-31T20:00:00Z', null]])
  })

  it('gives way to quiet hours: their end where that is early enough, else the evening before', () => {
    const steps = [ahead('12h', 'PT12H'), ahead('2h', 'PT2H')]
    const noon = schedule(steps, timed('2026-10-15T16:00:00Z'), around(newYork, '2026-10-01T12:00:00Z'))
    expect(due(noon)).toEqual([
      ['12h', '2026-10-15T12:00:00Z', reasons.quiet],
      ['2h', '2026-10-15T14:00:00Z', null],
    ])
    const early = schedule(steps, timed('2026-10-15T12:05:00Z'), around(newYork, '2026-10-01T12:00:00Z'))
    expect(due(early)).toEqual([
      ['12h', '2026-10-15T00:05:00Z', null],
      ['2h', '2026-10-15T00:30:00Z', reasons.quiet],
    ])
  })
})

describe('a step by the wall clock', () => {
  it('is at that time in the client’s zone, on the day that the client’s calendar shows', () => {
    // 09:00 on the 16th in Tokyo, the evening of the 15th in New York.
    const hearing = timed('2026-10-16T00:00:00Z')
    const steps = [wall('evening', '18:00', 1), wall('morning', '08:30')]
    expect(due(schedule(steps, hearing, around('Asia/Tokyo', '2026-10-01T00:00:00Z')))).toEqual([
      ['evening', '2026-10-15T09:00:00Z', null],
      ['morning', '2026-10-15T23:30:00Z', null],
    ])
    expect(due(schedule(steps, hearing, around(newYork, '2026-10-01T00:00:00Z')))).toEqual([
      ['evening', '2026-10-14T22:00:00Z', null],
      ['morning', '2026-10-15T12:30:00Z', null],
    ])
  })

  it('is an hour later where clocks leave its time out, and the first of two where it comes twice', () => {
    const free = { quietAt: () => ({ quiet: false }) as const }
    const steps = [wall('night', '02:30')]
    const spring = schedule(
      steps,
      timed('2026-03-08T20:00:00Z'),
      around(newYork, '2026-03-01T00:00:00Z', free),
    )
    expect(due(spring)).toEqual([['night', '2026-03-08T07:30:00Z', null]])
    const autumn = schedule(
      [wall('night', '01:30')],
      timed('2026-11-01T20:00:00Z'),
      around(newYork, '2026-10-01T00:00:00Z', free),
    )
    expect(due(autumn)).toEqual([['night', '2026-11-01T05:30:00Z', null]])
  })

  it('takes the date of an entry of a whole day from its own calendar, wherever the client lives', () => {
    const day: AppointmentTime = {
      startsAt: at('2026-10-15T04:00:00Z'),
      allDayOn: Temporal.PlainDate.from('2026-10-15'),
    }
    const steps = [wall('evening', '18:00', 1), ahead('24h', 'PT24H')]
    expect(due(schedule(steps, day, around('America/Los_Angeles', '2026-10-01T00:00:00Z')))).toEqual([
      ['evening', '2026-10-15T01:00:00Z', null],
      ['24h', '2026-10-14T16:00:00Z', null],
    ])
  })

  it('is left out where the appointment has begun by then', () => {
    const planned = schedule(
      [wall('morning', '09:00')],
      timed('2026-10-15T13:05:00Z'),
      around(newYork, '2026-10-01T00:00:00Z'),
    )
    expect(due(planned)).toEqual([['morning', null, reasons.tooLate]])
  })
})

describe('a moment that has passed when we learn of the appointment', () => {
  const steps = [
    ahead('7d', 'P7D', 'send'),
    ahead('48h', 'PT48H', 'send'),
    ahead('24h', 'PT24H', 'send'),
    ahead('2h', 'PT2H'),
  ]
  const hearing = timed('2026-10-15T18:00:00Z')

  it('is made up for once, by the step nearest to the appointment, or not at all, as the plan says', () => {
    expect(due(schedule(steps, hearing, around(newYork, '2026-10-15T13:00:00Z')))).toEqual([
      ['7d', null, reasons.passed],
      ['48h', null, reasons.passed],
      ['24h', '2026-10-15T13:00:00Z', reasons.passedAtOnce],
      ['2h', '2026-10-15T16:00:00Z', null],
    ])
    const skipping = steps.map((s) => ({ ...s, past: 'skip' as const }))
    expect(schedule(skipping, hearing, around(newYork, '2026-10-15T13:00:00Z'))[2]).toEqual({
      step: '24h',
      dueAt: null,
      reason: reasons.passed,
    })
  })

  it('is not made up for at night, nor because the firm has changed its plan', () => {
    const [, , late] = schedule(steps, hearing, around(newYork, '2026-10-15T03:00:00Z'))
    expect(late).toEqual({ step: '24h', dueAt: at('2026-10-15T12:00:00Z'), reason: reasons.passedAtOnce })
    const [, , again] = schedule(steps, hearing, around(newYork, '2026-10-15T13:00:00Z', { replanned: true }))
    expect(again).toMatchObject({ dueAt: null, reason: reasons.passed })
  })
})

it('goes on the working day before where the firm rests on the day it names', () => {
  const isWorkday = (date: Temporal.PlainDate) => date.dayOfWeek < 6 && date.toString() !== '2026-10-12'
  // A hearing on Tuesday the 13th; Monday is Columbus Day.
  const planned = schedule(
    [ahead('24h', 'PT24H'), wall('evening', '18:00', 1)],
    timed('2026-10-13T18:00:00Z'),
    around(newYork, '2026-10-01T00:00:00Z', { isWorkday }),
  )
  expect(due(planned)).toEqual([
    ['24h', '2026-10-09T18:00:00Z', reasons.dayOff],
    ['evening', '2026-10-09T22:00:00Z', reasons.dayOff],
  ])
})

it('says one thing where two steps fall on one moment: the later of the plan', () => {
  const planned = schedule(
    [ahead('24h', 'PT24H'), wall('day-before', '14:00', 1)],
    timed('2026-10-15T18:00:00Z'),
    around(newYork, '2026-10-01T00:00:00Z'),
  )
  expect(due(planned)).toEqual([
    ['24h', null, reasons.same],
    ['day-before', '2026-10-14T18:00:00Z', null],
  ])
})

/** Ten years of every zone's changes of clocks, and the hours around them, are what the cases come from. */
const zones = Intl.supportedValuesOf('timeZone')
const changes = new Map<string, Temporal.Instant[]>()
function changesOf(zone: string): Temporal.Instant[] {
  const known = changes.get(zone)
  if (known) return known
  const found: Temporal.Instant[] = []
  let moment = at('2020-01-01T00:00:00Z').toZonedDateTimeISO(zone).getTimeZoneTransition('next')
  while (moment !== null && moment.year < 2031) {
    found.push(moment.toInstant())
    moment = moment.getTimeZoneTransition('next')
  }
  changes.set(zone, found)
  return found
}

describe('in every zone, around every change of clocks of ten years', () => {
  const hours = fc.constantFrom(
    night,
    { from: '20:30', until: '07:15' },
    { from: '01:30', until: '02:30' },
    { from: '12:00', until: '13:00' },
  )
  const steps = fc.constantFrom(
    [ahead('7d', 'P7D'), ahead('48h', 'PT48H'), ahead('24h', 'PT24H', 'send'), ahead('2h', 'PT2H')],
    [wall('evening', '18:00', 1), wall('morning', '08:00'), wall('night', '02:30')],
    [ahead('1d', 'P1D', 'send'), wall('noon-before', '12:00', 1), ahead('30m', 'PT30M')],
  )
  it.each(['at a change', 'anywhere'])(
    'each step is one reminder or one reason, never in quiet hours, never after the beginning (%s)',
    (where) => {
      fc.assert(
        fc.property(
          fc.constantFrom(...zones),
          fc.nat(40),
          fc.integer({ min: -72 * 60, max: 72 * 60 }),
          fc.integer({ min: 0, max: 10 * 24 * 60 }),
          hours,
          steps,
          (zone, which, minutes, known, quiet, plan) => {
            const found = changesOf(zone)
            const anchor =
              where === 'anywhere' || found.length === 0
                ? at('2020-01-01T00:00:00Z').add({ hours: which * 2_137 })
                : found[which % found.length]!
            const startsAt = anchor.add({ minutes })
            const now = startsAt.subtract({ minutes: known })
            const planned = schedule(
              plan,
              { startsAt, allDayOn: null },
              {
                ...around(zone, now.toString()),
                quietAt: quietIn(zone, quiet),
              },
            )
            expect(planned.map((p) => p.step)).toEqual(plan.map((s) => s.key))
            for (const { dueAt, reason } of planned) {
              if (dueAt === null) {
                expect(reason).not.toBeNull()
                continue
              }
              expect(Temporal.Instant.compare(dueAt, startsAt)).toBe(-1)
              expect(Temporal.Instant.compare(dueAt, now)).toBeGreaterThanOrEqual(0)
              expect(quietIn(zone, quiet)(dueAt)).toEqual({ quiet: false })
            }
          },
        ),
        { numRuns: 4_000 },
      )
    },
  )
})

it('covers every zone that this runtime knows', () => {
  expect(zones.length).toBeGreaterThan(400)
  for (const zone of zones) {
    for (const change of changesOf(zone)) {
      const startsAt = change.add({ hours: 12 })
      const planned = schedule(
        [wall('evening', '18:00', 1), ahead('24h', 'PT24H'), wall('morning', '08:00')],
        { startsAt, allDayOn: null },
        around(zone, change.subtract({ hours: 240 }).toString()),
      )
      for (const { dueAt } of planned) {
        if (dueAt === null) continue
        if (quietIn(zone, night)(dueAt).quiet || Temporal.Instant.compare(dueAt, startsAt) >= 0)
          throw new Error(`${zone} ${change}: ${dueAt}`)
      }
    }
  }
})

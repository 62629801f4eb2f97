/** A date and a time as somebody types them, in the firm's zone: held against Temporal, which browsers lack still. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { momentOf, wallOf } from '../../web/console/src/parts/wall-time.ts'

const zones = [
  'America/New_York',
  'Europe/London',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'UTC',
]

it('is the moment that Temporal says, also where clocks are set', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 8 * 366 * 24 * 4 }),
      (zone, quarters) => {
        const plain = Temporal.PlainDateTime.from('2026-01-01T00:00').add({ minutes: 15 * quarters })
        const wall = plain.toString({ smallestUnit: 'minute' })
        const expected = plain.toZonedDateTime(zone).epochMilliseconds
        expect({ wall, at: momentOf(wall, zone)?.getTime() }).toEqual({ wall, at: expected })
      },
    ),
  )
})

it('takes what clocks show twice for the first, and what they skip for as much later', () => {
  expect(momentOf('2030-11-03T01:30', 'America/New_York')!.toISOString()).toBe('2030-11-03T05:30:00.000Z')
  expect(momentOf('2030-03-10T02:30', 'America/New_York')!.toISOString()).toBe('2030-03-10T07:30:00.000Z')
})

it('goes there and back, and refuses what is no wall time', () => {
  const at = new Date('2030-10-15T18:05:00Z')
  expect(wallOf(at, 'America/New_York')).toBe('2030-10-15T14:05')
  expect(momentOf(wallOf(at, 'Asia/Kolkata'), 'Asia/Kolkata')).toEqual(at)
  for (const wrong of ['', '2030-10-15', '2030-13-01T10:00', 'tomorrow'])
    expect(momentOf(wrong, 'UTC')).toBeNull()
})

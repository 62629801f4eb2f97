import { expect, it } from 'vitest'
import { lookAt, quietNext, weekWithout } from '../moments/index.ts'
import { type Sleep, whenThrough } from './estimate.ts'

const nights = weekWithout([{ from: '21:00', until: '08:00' }])
/** Whoever lives in a zone sleeps at night there. */
const quiet: Sleep = {
  until(moment, zone) {
    const span = lookAt(nights, moment, zone)
    return span.quiet ? span.until : null
  },
  next: (moment, zone) => quietNext(nights, moment, zone),
}
const [east, west] = ['America/New_York', 'America/Los_Angeles']
/** 18:00 in New York. */
const now = Temporal.Instant.from('2030-10-15T22:00:00Z')
const said = (...given: Parameters<typeof whenThrough>) => {
  const { at, afterQuiet } = whenThrough(...given)
  return [at?.toString({ smallestUnit: 'second' }) ?? null, afterQuiet]
}

it('a queue takes as long as its rate says, where nobody sleeps', () => {
  expect(said([], 1, quiet, now)).toEqual([now.toString(), 0])
  expect(said([[{ hours: east, count: 120 }]], 1, null, now)).toEqual(['2030-10-15T22:02:00Z', 0])
  expect(said([[{ hours: east, count: 120 }]], null, quiet, now)).toEqual([now.toString(), 0])
})

it('10,000 on a line that takes one a second reach 10,800 of a firm’s evening, or wait for morning', () => {
  // Three hours until 21:00 are enough for 10,800.
  expect(said([[{ hours: east, count: 10_000 }]], 1, quiet, now)).toEqual(['2030-10-16T00:46:40Z', 0])
  // An hour later they are not: 2,800 go from 8:00 on.
  const at19 = now.add({ hours: 1 })
  expect(said([[{ hours: east, count: 10_000 }]], 1, quiet, at19)).toEqual(['2030-10-16T12:46:40Z', 2_800])
})

it('who is still awake goes on when others have fallen asleep', () => {
  const both = [
    [
      { hours: east, count: 7_200 },
      { hours: west, count: 7_200 },
    ],
  ]
  // Half of the first 7,200 s go to each; then 3,600 of New York sleep, and Los Angeles takes one more hour.
  expect(said(both, 1, quiet, now.add({ hours: 1 }))).toEqual(['2030-10-16T13:00:00Z', 3_600])
})

it('what is urgent and due first leaves first', () => {
  const batches = [[{ hours: west, count: 3_600 }], [{ hours: east, count: 10_800 }]]
  expect(said(batches, 1, quiet, now)).toEqual(['2030-10-16T13:00:00Z', 3_600])
})

it('who sleeps already waits, and a queue that no month is long enough for has no end', () => {
  const night = Temporal.Instant.from('2030-10-16T04:00:00Z')
  expect(said([[{ hours: east, count: 60 }]], 1, quiet, night)).toEqual(['2030-10-16T12:01:00Z', 60])
  expect(said([[{ hours: east, count: 10_000_000 }]], 1, quiet, now)[0]).toBeNull()
})

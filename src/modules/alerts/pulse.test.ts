import { describe, expect, it } from 'vitest'
import type { FirmId } from '../../kernel/index.ts'
import { outageAlert, type Signs, standstill, stoppedAlerts, type Untouched } from './pulse.ts'

const now = Temporal.Instant.from('2030-10-18T02:00:00Z')
const ago = (minutes: number) => now.subtract({ minutes })
const [a, b] = ['a', 'b'] as unknown as [FirmId, FirmId]
const signs = (more: Partial<Signs> = {}): Signs => ({
  now,
  sweptAt: ago(1),
  lookingSince: ago(600),
  untouched: [],
  held: false,
  ...more,
})
const waits = (firmId: FirmId, minutes: number): Untouched => ({ lane: 'plan', firmId, since: ago(minutes) })
const causes = (given: Signs, firmId: FirmId) =>
  stoppedAlerts(standstill(given), firmId).map(({ cause }) => cause)

describe('work', () => {
  it('goes on while it was looked for in the last quarter of an hour', () => {
    expect(causes(signs(), a)).toEqual([])
    expect(causes(signs({ sweptAt: ago(15) }), a)).toEqual([])
    expect(causes(signs({ sweptAt: ago(16) }), a)).toEqual(['sweep'])
  })

  it('that has never begun is missed a quarter of an hour after somebody began to look', () => {
    expect(causes(signs({ sweptAt: null, lookingSince: ago(15) }), a)).toEqual([])
    expect(causes(signs({ sweptAt: null, lookingSince: ago(16) }), a)).toEqual(['sweep'])
  })

  it('of one lane that nobody touches is told to the firm that it is for, and to no other', () => {
    const given = signs({ untouched: [waits(a, 16), waits(b, 14)] })
    expect(causes(given, a)).toEqual(['plan'])
    expect(causes(given, b)).toEqual([])
  })

  it('that is held is not missed, but that nobody is there is', () => {
    expect(causes(signs({ held: true, untouched: [waits(a, 60)] }), a)).toEqual([])
    expect(causes(signs({ held: true, sweptAt: ago(60) }), a)).toEqual(['sweep'])
  })
})

it('an outage is told with what became of the reminders', () => {
  const outage = { from: ago(60), to: now }
  expect(outageAlert({ ...outage, late: 0, said: 0, dropped: 0 })).toMatchObject({
    severity: 'warning',
    title: 'Nothing ran from 2030-10-18T01:00:00Z to 2030-10-18T02:00:00Z; no reminder was late',
  })
  expect(outageAlert({ ...outage, late: 5, said: 1, dropped: 3 })).toMatchObject({
    severity: 'page',
    title: expect.stringContaining('5 reminders were late: 1 sent, 3 skipped, 1 still wait'),
  })
})

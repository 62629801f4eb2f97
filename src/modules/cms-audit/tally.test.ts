import { describe, expect, it } from 'vitest'
import { countStatus, countStatute, emptyTally, type Tally } from './tally.ts'

/** As it comes back from the database. */
const stored = (tally: Tally): Tally => JSON.parse(JSON.stringify(tally))

describe('words of the CMS that every object knows as well', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

  it('are counted as any other status, also after a break', () => {
    let tally = emptyTally()
    for (const round of [1, 2]) {
      for (const name of names) countStatus(tally, name)
      tally = stored(tally)
      expect(Object.entries(tally.statuses)).toEqual(names.map((name) => [name, round]))
    }
  })

  it('are counted as any other practice area, and change nothing in this process', () => {
    let tally = emptyTally()
    for (const round of [1, 2]) {
      for (const name of names) countStatute(tally, name, true)
      tally = stored(tally)
      expect(Object.entries(tally.statutes)).toEqual(
        names.map((name) => [name, { open: round, filled: round }]),
      )
    }
    expect('open' in {}).toBe(false)
  })
})

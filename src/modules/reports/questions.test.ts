import { describe, expect, it } from 'vitest'
import { compared } from './questions.ts'

const day = 86_400
const row = (group: 'told' | 'not_told' | 'before', changes: number, days: number, texts: number) => ({
  group,
  changes,
  looked: days * day,
  texts,
})

describe('texts of those who were told, beside those who were not', () => {
  it('are compared for the same time', () => {
    const { groups, fewerTexts } = compared([
      row('told', 100, 700, 10),
      row('not_told', 50, 350, 15),
      row('before', 100, 350, 10),
    ])
    expect(groups.map((g) => [g.group, g.weeks, g.perHundredWeeks])).toEqual([
      ['told', 100, 10],
      ['not_told', 50, 30],
      ['before', 50, 20],
    ])
    // A hundred weeks at thirty texts would have been thirty, and there were ten.
    expect(fewerTexts).toBe(20)
  })

  it('lead to no conclusion where there are few, and to the opposite where it is so', () => {
    expect(compared([row('told', 29, 203, 0), row('not_told', 90, 630, 90)]).fewerTexts).toBeNull()
    expect(compared([row('told', 90, 630, 90), row('not_told', 90, 630, 0)]).fewerTexts).toBe(-90)
    expect(compared([row('told', 90, 630, 5), row('not_told', 90, 630, 5)]).fewerTexts).toBe(0)
  })

  it('are nothing where nothing was looked at', () => {
    const { groups, fewerTexts } = compared([])
    expect(fewerTexts).toBeNull()
    expect(groups).toHaveLength(3)
    for (const g of groups) expect(g).toMatchObject({ changes: 0, weeks: 0, texts: 0, perHundredWeeks: null })
  })
})

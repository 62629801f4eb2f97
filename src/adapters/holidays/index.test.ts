import { expect, it } from 'vitest'
import { calendarProblem, workdaysOf } from './index.ts'

const calendar = (country: string, state?: string) => {
  const found = workdaysOf(country, state)
  if (!found.ok) throw new Error(found.message)
  return (date: string) => found.isWorkday(Temporal.PlainDate.from(date))
}

it('knows weekends, holidays of the country, and those of its state', () => {
  const us = calendar('US')
  const ny = calendar('US', 'NY')
  const california = calendar('US', 'CA')
  expect(us('2026-11-25')).toBe(true)
  for (const rest of ['2026-11-26', '2026-07-03', '2026-12-25', '2026-10-17', '2026-10-18'])
    expect([rest, us(rest)]).toEqual([rest, false])
  // César Chávez Day is California's; Lincoln's Birthday is New York's.
  expect([california('2026-03-31'), ny('2026-03-31')]).toEqual([false, true])
  expect([ny('2026-02-12'), us('2026-02-12')]).toEqual([false, true])
  // Valentine's Day closes no court.
  expect(us('2025-02-14')).toBe(true)
})

it('says which country or state it has no calendar for, and what may have been meant', () => {
  const problem = (country: string, state?: string) => calendarProblem(country, state)
  expect(problem('US', 'NY')).toBeNull()
  expect(problem('UK')).toEqual({
    part: 'country',
    message: 'no holiday calendar is known for UK; is one of these meant: GB (United Kingdom)',
  })
  expect(problem('QQ')?.message).toMatch(/known for QQ; it knows, among others: AD \(Andorra\)/)
  for (const written of ['new york', 'New York', 'ny', 'NYC'])
    expect(problem('US', written)).toEqual({
      part: 'state',
      message: `the calendar of US knows no state ${written}; is one of these meant: NY (New York)`,
    })
  expect(problem('US', 'ZZ')?.message).toMatch(/knows no state ZZ; it knows, among others: A/)
  expect(workdaysOf('US', 'ZZ')).toMatchObject({ ok: false, message: expect.stringContaining('no state ZZ') })
})

import { expect, it } from 'vitest'
import { workdaysOf } from './index.ts'

const calendar = async (country: string, state?: string) => {
  const found = await workdaysOf(country, state)
  if (!found.ok) throw new Error(found.message)
  return (date: string) => found.isWorkday(Temporal.PlainDate.from(date))
}

it('knows weekends, holidays of the country, and those of its state', async () => {
  const us = await calendar('US')
  const ny = await calendar('US', 'NY')
  const california = await calendar('US', 'CA')
  expect(us('2026-11-25')).toBe(true)
  for (const rest of ['2026-11-26', '2026-07-03', '2026-12-25', '2026-10-17', '2026-10-18'])
    expect([rest, us(rest)]).toEqual([rest, false])
  // César Chávez Day is California's; Lincoln's Birthday is New York's.
  expect([california('2026-03-31'), ny('2026-03-31')]).toEqual([false, true])
  expect([ny('2026-02-12'), us('2026-02-12')]).toEqual([false, true])
  // Valentine's Day closes no court.
  expect(us('2025-02-14')).toBe(true)
})

it('says which country or state it has no calendar for', async () => {
  expect(await workdaysOf('QQ', undefined)).toEqual({
    ok: false,
    message: 'no holiday calendar is known for QQ',
  })
  expect(await workdaysOf('US', 'ZZ')).toEqual({ ok: false, message: 'the calendar of US knows no state ZZ' })
})

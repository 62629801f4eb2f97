import { describe, expect, it } from 'vitest'
import { hoursOf, isShorter, monthsOf, withDaysOff, withHours, withMonths } from './firm-edits.ts'

const body = {
  key: 'some-firm',
  name: 'Firm',
  timeZone: 'America/New_York',
  languages: ['en'],
  quietHours: { from: '21:00', until: '08:00' },
  operators: { mail: ['ops@firm.example'] },
}
const none = monthsOf(body)

describe('what a form gives', () => {
  it('changes nothing where it says the same, though defaults are written out in it', () => {
    expect(withHours(body, hoursOf(body))).toEqual(body)
    expect(JSON.stringify(withHours(body, hoursOf(body)))).toBe(JSON.stringify(body))
    expect(withMonths(body, none)).toEqual(body)
  })

  it('touches its own settings alone, and takes away what is none any more', () => {
    const hours = hoursOf(body)
    expect(withHours(body, { ...hours, quietHours: null })).toEqual({ ...body, quietHours: undefined })
    expect(withHours(body, { ...hours, cap: { perDay: 3, digest: 'updates' } })).toEqual({
      ...body,
      cap: { perDay: 3, digest: 'updates' },
    })
    expect(withHours(body, { ...hours, quietHours: { ...hours.quietHours!, mail: true } })).toMatchObject({
      quietHours: { from: '21:00', until: '08:00', mail: true },
    })
    const kept = withMonths(body, { ...none, status: 24 })
    expect(kept).toEqual({ ...body, retention: { status: 24 } })
    expect(withMonths(kept, none)).toEqual(body)
    expect(withDaysOff({ key: 'p' }, { country: 'US', state: null })).toEqual({
      key: 'p',
      businessDays: { country: 'US' },
    })
  })
})

describe('retention is shorter', () => {
  it('where any words go sooner, whatever else goes later', () => {
    const before = { ...none, status: 24, marketing: 6 }
    expect(isShorter(before, before)).toBe(false)
    expect(isShorter(before, { ...before, status: null })).toBe(false)
    expect(isShorter(before, { ...before, status: 36 })).toBe(false)
    expect(isShorter(before, { ...before, status: 36, marketing: 5 })).toBe(true)
    expect(isShorter(before, { ...before, reminder: 1200 })).toBe(true)
  })
})

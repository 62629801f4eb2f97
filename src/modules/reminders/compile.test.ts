import { describe, expect, it } from 'vitest'
import { compilePlan } from './compile.ts'
import { planConfig } from './types.ts'

const given = {
  key: 'court-date',
  when: 'true',
  template: 'date-reminder',
  calendar: true,
  steps: [
    { key: 'day-before', before: 'P1D' },
    { key: 'two-hours', before: 'PT2H', channels: ['sms'] },
  ],
  moved: { template: 'date-changed' },
  cancelled: { template: 'date-cancelled' },
}

describe('a plan whose mails carry invitations', () => {
  it('has one with every mail, those of changes too, and none with what is a text alone', () => {
    const compiled = compilePlan(planConfig.parse(given), 1)
    expect(compiled.ok).toBe(true)
    if (!compiled.ok) return
    const invites = compiled.plan.rules.map(({ key, actions: [action] }) => [
      key,
      action?.kind === 'tell' && action.tell.calendar,
    ])
    expect(invites).toEqual([
      ['reminder:court-date/day-before', true],
      ['reminder:court-date/two-hours', false],
      ['reminder:court-date/moved', true],
      ['reminder:court-date/cancelled', true],
    ])
  })

  it('sends a mail in one of its steps at least', () => {
    const texts = { ...given, channels: ['sms'] }
    expect(planConfig.safeParse({ ...texts, calendar: false }).success).toBe(true)
    expect(planConfig.safeParse(texts).error!.issues).toMatchObject([
      { path: ['calendar'], message: 'goes with mails, and email is not among the channels of any step' },
    ])
    const [first, second] = texts.steps
    const onlyTexts = { ...given, moved: undefined, cancelled: undefined, steps: [second] }
    expect(planConfig.safeParse(onlyTexts).success).toBe(false)
    const mailed = { ...texts, steps: [{ ...first, channels: ['email'] }, second] }
    expect(planConfig.safeParse(mailed).success).toBe(true)
  })
})

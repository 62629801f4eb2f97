import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MessageFigures, messageOutcomes } from '../../../contracts/message-reports.ts'
import type { MessageGroup } from './message-store.ts'
import { everything, reportOf, reportRange, sumOf } from './messages.ts'

const now = Temporal.Instant.from('2026-10-15T16:00:00Z')
const rangeOf = (from: string, to: string) => {
  const found = reportRange({ from, to, by: 'day' }, now, 'America/New_York')
  if (!found.ok) throw new Error(found.message)
  return found.range
}

const group = fc.record<MessageGroup>({
  period: fc.integer({ min: 0, max: 9 }),
  channel: fc.constantFrom('sms', 'email'),
  purpose: fc.constantFrom('status', 'reminder', 'billing'),
  template: fc.constantFrom('status-update', 'date-reminder', 'invoice'),
  outcome: fc.constantFrom(...messageOutcomes),
  messages: fc.integer({ min: 1, max: 50 }),
  opened: fc.nat(1),
  machineOpened: fc.nat(1),
  clicked: fc.nat(1),
  replied: fc.nat(1),
})

describe('the report on messages', () => {
  it('adds up: every message is in one outcome, one period, one template, one channel, one purpose', () => {
    const range = rangeOf('2026-10-01', '2026-10-10')
    fc.assert(
      fc.property(fc.array(group, { maxLength: 60 }), (groups) => {
        const report = reportOf(groups, range, everything)
        const naive = groups.reduce((sum, g) => sum + g.messages, 0)
        expect(report.total.messages).toBe(naive)
        const outcomesOf = (f: MessageFigures) => Object.values(f.outcomes).reduce((a, b) => a + b, 0)
        for (const f of [report.total, ...report.periods]) expect(outcomesOf(f)).toBe(f.messages)
        for (const part of [report.periods, report.templates, report.channels, report.purposes]) {
          for (const figure of ['messages', 'mails', 'opened', 'texts', 'replied'] as const)
            expect(part.reduce((sum, f) => sum + f[figure], 0)).toBe(report.total[figure])
          for (const outcome of messageOutcomes)
            expect(part.reduce((sum, f) => sum + f.outcomes[outcome], 0)).toBe(report.total.outcomes[outcome])
        }
        expect(report.periods).toHaveLength(10)
      }),
    )
  })

  it('takes as base of delivery what was tried, and of opening the mails that left', () => {
    const one = { period: 0, purpose: 'status', template: 't', machineOpened: 0, clicked: 0, replied: 0 }
    const sums = sumOf([
      { ...one, channel: 'email', outcome: 'delivered', messages: 6, opened: 3 },
      { ...one, channel: 'email', outcome: 'sent', messages: 2, opened: 1 },
      // It bounced after a scanner had opened it: nobody read it.
      { ...one, channel: 'email', outcome: 'undelivered', messages: 1, opened: 1 },
      { ...one, channel: 'sms', outcome: 'dead', messages: 1, opened: 0 },
      { ...one, channel: 'sms', outcome: 'held', messages: 9, opened: 0 },
      { ...one, channel: 'sms', outcome: 'in_digest', messages: 9, opened: 0 },
    ])
    expect(sums).toMatchObject({
      messages: 28,
      deliveredShare: 0.6,
      mails: 8,
      opened: 4,
      openedShare: 0.5,
      texts: 0,
    })
    expect(sumOf([])).toMatchObject({ messages: 0, deliveredShare: null, openedShare: null })
  })

  it('begins with the last 30 days of the firm’s calendar, and says what is wrong with others', () => {
    const found = reportRange({}, Temporal.Instant.from('2026-10-15T03:00:00Z'), 'America/New_York')
    // In New York it is still the 14th.
    expect(found).toMatchObject({ ok: true, range: { by: 'day' } })
    if (found.ok) expect(`${found.range.days.from} ${found.range.days.to}`).toBe('2026-09-15 2026-10-14')
    const wrong = (asked: Parameters<typeof reportRange>[0]) => reportRange(asked, now, 'UTC')
    expect(wrong({ from: '2026-02-30' })).toMatchObject({ ok: false, path: 'from' })
    expect(wrong({ from: '2026-10-02', to: '2026-10-01' })).toMatchObject({ ok: false, path: 'from' })
  })
})

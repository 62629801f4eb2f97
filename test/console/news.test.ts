import { describe, expect, it } from 'vitest'
import { concernedBy, everything, isAmong } from '../../web/console/src/api/news.ts'

const news = (...actions: string[]) =>
  concernedBy({ kinds: {}, actions: Object.fromEntries(actions.map((a) => [a, 1])) })

describe('what is read again after news', () => {
  it('is no list of what needs a person where messages just go their way', () => {
    const names = news('message.queued', 'attempt.accepted', 'receipt.sent', 'receipt.delivered')
    expect(isAmong(names, ['trace', 'Maria Santos', null, false])).toBe(true)
    expect(isAmong(names, ['list', 'dead-letters'])).toBe(false)
    expect(isAmong(names, ['list', 'held', {}])).toBe(false)
    expect(isAmong(names, ['today'])).toBe(false)
    expect(isAmong(names, ['list', 'timeline', 'client', 'x'])).toBe(true)
    expect(isAmong(names, ['list', 'messages', 'newest'])).toBe(true)
  })

  it('is what a decision may have held', () => {
    expect(isAmong(news('event.decided'), ['list', 'held', {}])).toBe(true)
    expect(isAmong(news('event.decided'), ['list', 'tasks', 'open'])).toBe(false)
  })

  it('is everything after an action that nobody thought of, but the configuration', () => {
    const names = news('receipt.delivered', 'something.new')
    expect(isAmong(names, ['list', 'tasks', 'open'])).toBe(true)
    expect(isAmong(names, ['rules'])).toBe(false)
    expect(isAmong(names, ['me'])).toBe(false)
  })

  it('is the configuration after an edition of it', () => {
    expect(
      isAmong(concernedBy({ kinds: { revision: 1 }, actions: { 'config.changed': 1 } }), ['rules']),
    ).toBe(true)
  })

  it('is all of it where it can’t be told what was missed', () => {
    expect(isAmong(everything, ['rules'])).toBe(true)
    expect(isAmong(everything, ['list', 'held', {}])).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { nextQuestion } from './confirm.ts'

const start = Temporal.Instant.from('2030-01-15T18:00:00Z')
const since = (time: Temporal.DurationLike) => start.add(time)

describe('when a provider is asked again what became of a message', () => {
  it('is after 15 minutes, 1, 6 and 24 hours, and then no more', () => {
    expect(nextQuestion(start, 'told', start)).toEqual(since({ minutes: 15 }))
    expect(nextQuestion(start, 'told', since({ minutes: 15 }))).toEqual(since({ hours: 1 }))
    expect(nextQuestion(start, 'told', since({ hours: 1, minutes: 3 }))).toEqual(since({ hours: 6 }))
    expect(nextQuestion(start, 'told', since({ hours: 6 }))).toEqual(since({ hours: 24 }))
    expect(nextQuestion(start, 'told', since({ hours: 24 }))).toBeNull()
  })

  it('is not at all when it does not know the message', () => {
    expect(nextQuestion(start, 'not_known', since({ minutes: 15 }))).toBeNull()
  })

  it('is every hour up to two days when it can’t be reached', () => {
    expect(nextQuestion(start, 'unreachable', since({ minutes: 16 }))).toEqual(since({ hours: 1 }))
    expect(nextQuestion(start, 'unreachable', since({ hours: 30 }))).toEqual(since({ hours: 31 }))
    expect(nextQuestion(start, 'unreachable', since({ hours: 48 }))).toBeNull()
  })
})

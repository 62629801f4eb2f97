import { describe, expect, it } from 'vitest'
import type { ClientId, ConnectionId, MatterId, MessageId } from '../../kernel/index.ts'
import { type Asked, judgeAnswer } from './answer-judge.ts'

const at = (text: string) => Temporal.Instant.from(`2030-10-${text}:00Z`)
const now = at('17T12:00')
const asked = (more: Partial<Asked> = {}): Asked => ({
  messageId: 'm' as MessageId,
  sentAt: at('17T10:00'),
  words: { confirm: ['C'], reschedule: ['R'] },
  templateKey: 'date-reminder',
  clientId: 'client' as ClientId,
  matterId: 'matter' as MatterId,
  matterClientId: 'client' as ClientId,
  reminderId: 'r',
  planKey: 'court-date',
  factId: 'a',
  connectionId: 'c' as ConnectionId,
  externalId: '1',
  edition: 1,
  factEdition: 1,
  mark: 'v1',
  removed: false,
  startsAt: at('18T21:00'),
  data: { summary: 'Hearing', start_at: '2030-10-18T21:00:00Z' },
  ...more,
})
const judge = (body: string, list: readonly Asked[], answered: Temporal.Instant | null = null) =>
  judgeAnswer(body, list, { now, firmZone: 'America/New_York', answeredAt: answered })
const about = (body: string, list: readonly Asked[], answered: Temporal.Instant | null = null) => {
  const verdict = judge(body, list, answered)
  switch (verdict.kind) {
    case 'none':
      return 'none'
    case 'unclear':
      return `unclear ${verdict.could.map((one) => one.factId).join(' ')}`
    case 'answer':
      return `${verdict.answer} ${verdict.asked.factId}@${verdict.asked.edition}`
  }
}

describe('an answer is about', () => {
  it('the appointment that was asked about', () => {
    expect(about('C', [asked()])).toBe('confirm a@1')
    expect(about('r', [asked()])).toBe('reschedule a@1')
    expect(about('maybe', [asked()])).toBe('none')
    expect(about('C', [])).toBe('none')
  })

  it('the question that was put last, of several about one appointment', () => {
    const old = asked({ sentAt: at('11T10:00'), messageId: 'old' as MessageId })
    const verdict = judge('C', [old, asked({ messageId: 'new' as MessageId })])
    expect(verdict).toMatchObject({ kind: 'answer', asked: { messageId: 'new' } })
  })

  it('nobody knows which of two that were asked about since the last answer', () => {
    const other = asked({ factId: 'b', sentAt: at('16T10:00') })
    expect(about('C', [asked(), other])).toBe('unclear a b')
    expect(about('C', [asked(), other], at('15T00:00'))).toBe('unclear a b')
  })

  it('the one that was asked about since the last answer', () => {
    const other = asked({ factId: 'b', sentAt: at('16T10:00') })
    expect(about('C', [asked(), other], at('16T11:00'))).toBe('confirm a@1')
  })

  it('the newest once more, where nothing was asked since', () => {
    const other = asked({ factId: 'b', sentAt: at('16T10:00') })
    expect(about('R', [other, asked()], at('17T11:00'))).toBe('reschedule a@1')
  })

  it('the one whose question knows the word', () => {
    const other = asked({ factId: 'b', words: { confirm: ['1'], reschedule: ['2'] } })
    expect(about('1', [asked(), other])).toBe('confirm b@1')
    expect(about('C', [asked(), other])).toBe('confirm a@1')
    expect(about('confirm', [asked(), other])).toBe('unclear a b')
  })
})

describe('nothing is marked', () => {
  it.each([
    ['has moved since', asked({ factEdition: 2 })],
    ['is off', asked({ factEdition: 2, removed: true })],
    ['is another client’s now', asked({ matterClientId: 'other' as ClientId })],
    ['is nobody’s now', asked({ matterClientId: null })],
  ])('where the appointment %s', (_, one) => {
    expect(about('C', [one])).toBe('unclear a')
    // The other one was asked about as well: the client may mean either.
    expect(about('C', [one, asked({ factId: 'b' })])).toBe('unclear a b')
  })

  it('where it is asked about anew after it moved, of the old date', () => {
    const before = asked({ factEdition: 2, sentAt: at('16T10:00') })
    expect(about('C', [before, asked({ edition: 2, factEdition: 2 })])).toBe('confirm a@2')
  })

  it('where it has begun: then a person reads it', () => {
    expect(about('C', [asked({ startsAt: now })])).toBe('none')
    expect(about('C', [asked({ startsAt: now.add({ seconds: 1 }) })])).toBe('confirm a@1')
    expect(about('C', [asked({ startsAt: now }), asked({ factId: 'b' })])).toBe('confirm b@1')
  })

  it('before the day is over of what takes a whole day', () => {
    const day = { data: { start_at: '2030-10-17' } }
    expect(about('C', [asked({ ...day, startsAt: at('17T04:00') })])).toBe('confirm a@1')
    expect(about('C', [asked({ data: { start_at: '2030-10-16' }, startsAt: at('16T04:00') })])).toBe('none')
  })
})

import { expect, it } from 'vitest'
import { createMessages, type Message } from './messages.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
const message = (to: string, second: number): Omit<Message, 'id'> => ({
  provider: 'twilio',
  providerMessageId: `SM${second}`,
  channel: to.startsWith('+') ? 'sms' : 'email',
  to,
  from: '+12015550123',
  subject: null,
  text: 'x',
  html: null,
  reference: null,
  acceptedAt: at(second),
  status: 'queued',
  origin: 'api',
})
const ids = (list: readonly Message[]) => list.map((item) => item.providerMessageId)

it('filters by channel, recipient and time, and limits from the right end', () => {
  const messages = createMessages(100, () => {})
  for (let second = 0; second < 6; second++)
    messages.add(message(second % 2 ? 'Ada@Example.com' : '+12025550111', second))
  expect(ids(messages.list({ channel: 'sms' }))).toEqual(['SM0', 'SM2', 'SM4'])
  expect(ids(messages.list({ to: 'ada@example.COM' }))).toEqual(['SM1', 'SM3', 'SM5'])
  expect(ids(messages.list({ to: ' 12025550111' }))).toEqual(['SM0', 'SM2', 'SM4'])
  expect(ids(messages.list({ since: Date.parse(at(3)) }))).toEqual(['SM3', 'SM4', 'SM5'])
  expect(ids(messages.list({ limit: 2 }))).toEqual(['SM4', 'SM5'])
  expect(ids(messages.list({ since: Date.parse(at(1)), limit: 2 }))).toEqual(['SM1', 'SM2'])
})

it('forgets the oldest when it is full', () => {
  const messages = createMessages(2, () => {})
  const first = messages.add(message('+12025550111', 0))
  messages.add(message('+12025550111', 1))
  messages.add(message('+12025550112', 2))
  expect(ids(messages.list({}))).toEqual(['SM1', 'SM2'])
  expect(ids(messages.of('+12025550111'))).toEqual(['SM1'])
  expect(messages.find(first.id)).toBeUndefined()
})

import { describe, expect, it } from 'vitest'
import { keyOf, marksOf, openAnswer, sealAnswer } from './policy.ts'

const secret = Buffer.alloc(32, 5)
const bound = { firmId: 'f', route: 'POST /keys' }

describe('an Idempotency-Key', () => {
  it.each([
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"a \\"b\\" \\\\ c"', 'a "b" \\ c'],
    [' k ', 'k'],
    ['k'.repeat(255), 'k'.repeat(255)],
  ])('is read from %j', (header, key) => {
    expect(keyOf(header)).toBe(key)
  })

  it.each(['', '""', '"', 'a b', '"a\\b"', 'ключ', 'k'.repeat(256), `"${'k'.repeat(256)}"`])(
    'is not %j',
    (header) => {
      expect(keyOf(header)).toBeNull()
    },
  )

  it('leaves marks that tell nothing without the secret, and differ for key and request', () => {
    const marks = marksOf(secret, 'k', 'k')
    expect(marks.key).not.toEqual(marks.request)
    expect(marksOf(secret, 'k', 'k')).toEqual(marks)
    expect(marksOf(Buffer.alloc(32, 6), 'k', 'k').key).not.toEqual(marks.key)
    expect(marksOf(secret, 'k', 'l').request).not.toEqual(marks.request)
  })
})

describe('an answer that is kept', () => {
  const answer = { type: 'application/json', body: '{"key":"tsk_once"}' }
  const sealed = sealAnswer(answer, secret, 'k', bound)

  it('is read again by whoever has the key', () => {
    expect(openAnswer(sealed, secret, 'k', bound)).toEqual(answer)
    expect(sealed.includes('tsk_once')).toBe(false)
  })

  it('is read with no other key, secret, firm or route', () => {
    expect(openAnswer(sealed, secret, 'l', bound)).toBeNull()
    expect(openAnswer(sealed, Buffer.alloc(32, 6), 'k', bound)).toBeNull()
    expect(openAnswer(sealed, secret, 'k', { ...bound, firmId: 'g' })).toBeNull()
    expect(openAnswer(sealed, secret, 'k', { ...bound, route: 'POST /staff' })).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { differences, type Said, type Side } from './trial.ts'

const words = (more: Partial<Said> = {}): Said => ({
  channel: 'sms',
  template: 'a',
  address: '+1',
  language: 'en',
  subject: null,
  text: 'hello',
  urgent: false,
  held: null,
  ...more,
})
const told = (...said: Said[]): Side => ({ result: { outcome: 'told' }, said })
const silent = (outcome: 'no' | 'held' | 'error' | 'suppressed', reason?: string): Side => ({
  result: { outcome, ...(reason === undefined ? {} : { reason }) },
  said: [],
})
const nobody: Side = { result: null, said: [] }
const kinds = (before: Side, after: Side) => differences(before, after).map(({ difference }) => difference)

describe('what differs between two editions', () => {
  it('is nothing where both are silent, whatever the reason, unless the draft can not be decided', () => {
    expect(kinds(nobody, nobody)).toEqual([])
    expect(kinds(silent('no'), silent('suppressed', 'prefers mail'))).toEqual([])
    expect(kinds(silent('no'), silent('held', 'waits for the transcript'))).toEqual([])
    expect(kinds(silent('no'), silent('error', 'when: x is not there'))).toEqual(['problem'])
    expect(kinds(nobody, silent('held', 'template: sms a: missing x'))).toEqual(['problem'])
  })

  it('says why the other side is silent', () => {
    expect(differences(silent('no'), told(words()))).toMatchObject([
      { difference: 'sent', before: null, why: { outcome: 'no' } },
    ])
    expect(differences(told(words()), silent('error', 'when: x'))).toMatchObject([
      { difference: 'unsent', after: null, why: { outcome: 'error', reason: 'when: x' } },
    ])
    expect(differences(nobody, told(words()))[0]!.why).toBeNull()
  })

  it('is the same only word for word; that it waits a while is no difference', () => {
    expect(kinds(told(words()), told(words({ held: 'quiet hours' })))).toEqual(['same'])
    for (const other of [
      { text: 'bye' },
      { subject: 's' },
      { language: 'es' },
      { urgent: true },
      { template: 'b', text: 'x' },
    ])
      expect(kinds(told(words()), told(words(other)))).toEqual(['changed'])
  })

  it('pairs each message with the one that goes the same way, whatever their order', () => {
    const mail = words({ channel: 'email', address: 'a@b.example' })
    expect(kinds(told(words(), mail), told(mail, words()))).toEqual(['same', 'same'])
    expect(kinds(told(words(), mail), told(words()))).toEqual(['same', 'unsent'])
    expect(kinds(told(words()), told(words(), words({ template: 'b', text: 'more' })))).toEqual([
      'same',
      'sent',
    ])
    // Another number is another message.
    expect(kinds(told(words()), told(words({ address: '+2' })))).toEqual(['sent', 'unsent'])
  })
})

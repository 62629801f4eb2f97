import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carrierAnswers, meaningOf } from './meaning.ts'

describe('what a text asks of us', () => {
  it.each([
    'STOP',
    'stop',
    ' Stop. ',
    '"stop"',
    'STOPALL',
    'Unsubscribe',
    'cancel',
    'END',
    'quit',
    'revoke',
    'opt out',
    'Opt-Out',
    'OPTOUT',
    'remove me',
    'ALTO',
    '¡Basta!',
    'parar',
    'ＳＴＯＰ',
    'stop\n',
    'opt  out',
    'please stop texting me',
    'Do not text me again',
    "don't send me any more messages",
    'take me off your list',
    'I no longer want to receive these messages',
    'No me envíen más mensajes',
    'dejen de mandar mensajes',
    'unsubscribe me from this',
  ])('stop: %s', (text) => expect(meaningOf(text)).toBe('stop'))

  it.each(['START', 'unstop', 'Yes', 'sí', 'opt in'])('start: %s', (text) =>
    expect(meaningOf(text)).toBe('start'),
  )
  it.each(['HELP', 'info', 'Ayuda', 'help!'])('help: %s', (text) => expect(meaningOf(text)).toBe('help'))

  it.each([
    '',
    "I can't make it Tuesday",
    'Can we stop by the office?',
    'Please do not cancel my hearing',
    'yes I will be there',
    'The bus stop is closed',
    'When does this end?',
    'Did you get my message?',
    'no puedo ir el martes',
    'help me understand',
    'I want to stop smoking',
    'They will not remove the lien',
  ])('just a text: %s', (text) => expect(meaningOf(text)).toBe('text'))

  it('is what the carrier already did, whatever the words', () => {
    expect(meaningOf('Bonjour', 'stop')).toBe('stop')
    expect(meaningOf('STOP', 'help')).toBe('help')
  })

  it('is found in any case and with any blanks around', () => {
    const words = fc.constantFrom('stop', 'alto', 'opt out', 'cancelar')
    const mixed = words.chain((w) =>
      fc.tuple(...[...w].map((c) => fc.constantFrom(c, c.toUpperCase()))).map((letters) => letters.join('')),
    )
    const blanks = fc.string({ unit: fc.constantFrom(' ', '\n', '\t'), maxLength: 4 })
    fc.assert(
      fc.property(blanks, mixed, blanks, (before, word, after) => {
        expect(meaningOf(before + word + after)).toBe('stop')
      }),
    )
  })

  it('is decided in time for a text of any length', () => {
    const began = performance.now()
    for (const text of ['no '.repeat(20_000), 'stop '.repeat(20_000), 'never want to text '.repeat(5_000)])
      meaningOf(text)
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})

describe('who answers', () => {
  it('the carrier, to its own words as the whole message; we to the others', () => {
    for (const text of ['STOP', ' stopall ', 'Unsubscribe', 'START', 'help'])
      expect(carrierAnswers(text)).toBe(true)
    for (const text of ['opt out', 'alto', 'stop texting me', 'stop.', ''])
      expect(carrierAnswers(text)).toBe(false)
  })
})

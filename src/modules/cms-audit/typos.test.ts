import { describe, expect, it } from 'vitest'
import { distance, meantDomain } from './typos.ts'

describe('a domain that was probably misspelt', () => {
  it.each([
    ['gmial.com', 'gmail.com'],
    ['gmal.com', 'gmail.com'],
    ['gnail.com', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmail.cm', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmail.net', 'gmail.com'],
    ['yaho.com', 'yahoo.com'],
    ['yahooo.com', 'yahoo.com'],
    ['hotmial.com', 'hotmail.com'],
    ['hotnail.co.uk', 'hotmail.co.uk'],
    ['outlok.com', 'outlook.com'],
    ['iclould.com', 'icloud.com'],
    ['icoud.com', 'icloud.com'],
    ['comcast.com', 'comcast.net'],
    ['verison.net', 'verizon.net'],
    ['riverside-dental.con', 'riverside-dental.com'],
    ['smith-law.nett', 'smith-law.net'],
  ])('%s: perhaps %s', (typed, meant) => expect(meantDomain(typed)).toBe(meant))

  it.each([
    'gmail.com',
    'mail.com',
    'ymail.com',
    'email.com',
    'gmx.com',
    'yahoo.co.uk',
    'yahoo.de',
    'hotmail.fr',
    'hotmail.com.mx',
    'outlook.es',
    'aol.com',
    'aon.com',
    'msn.com',
    'man.com',
    'icloud.com',
    'cloud.com',
    'verizon.net',
    'comcast.net',
    'example.com',
    'harborpike.example.com',
    'post.co',
    'firm.net',
    'ucla.edu',
    'protonmail.ch',
  ])('%s is meant', (typed) => expect(meantDomain(typed)).toBeNull())

  it('counts two neighbours that changed places once', () => {
    expect(distance('gmial', 'gmail')).toBe(1)
    expect(distance('', 'abc')).toBe(3)
    expect(distance('abc', 'abc')).toBe(0)
    expect(distance('a', 'abcdefgh')).toBeGreaterThan(3)
  })
})

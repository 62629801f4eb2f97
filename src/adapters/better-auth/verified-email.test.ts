import { describe, expect, it } from 'vitest'
import { verifiedEmail } from './verified-email.ts'

const google = 'https://accounts.google.com'
const entra = 'https://login.microsoftonline.com/8d3a0f6e-0000-4000-8000-1f2e3d4c5b6a/v2.0'
const other = 'https://id.firm.example'
const email = 'Ada@Firm.example'

describe('the address that somebody’s provider vouches for', () => {
  it.each([
    ['any provider that says so', other, { email, email_verified: true }],
    ['one that says so in words', other, { email, email_verified: 'true' }],
    ['a Google Workspace', google, { email, email_verified: true, hd: 'firm.example' }],
    ['Microsoft Entra, where the domain is its owner’s', entra, { email, xms_edov: true }],
    ['Microsoft Entra in figures', entra, { email, xms_edov: '1' }],
  ])('is theirs: %s', (_, issuer, claims) => {
    expect(verifiedEmail(issuer, claims)).toBe('ada@firm.example')
  })

  it.each([
    ['one that says nothing of it', other, { email }],
    ['one that says no', other, { email, email_verified: false }],
    ['one that says "false"', other, { email, email_verified: 'false' }],
    ['a claim of Microsoft’s by somebody else', other, { email, xms_edov: true }],
    ['a private Google account with an address elsewhere', google, { email, email_verified: true }],
    ['Microsoft Entra without the claim', entra, { email }],
    ['no address', other, { email_verified: true }],
    ['what is no address', other, { email: 'ada', email_verified: true }],
    ['several', other, { email: ['a@b.example'], email_verified: true }],
  ])('is nobody’s: %s', (_, issuer, claims) => {
    expect(verifiedEmail(issuer, claims)).toBe(null)
  })

  it('is a private Google account’s own at gmail.com', () => {
    expect(verifiedEmail(google, { email: 'ada@gmail.com', email_verified: true })).toBe('ada@gmail.com')
  })
})

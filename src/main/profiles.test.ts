import { describe, expect, it } from 'vitest'
import { profileProblem, settled } from './profiles.ts'

const real = { baseUrl: 'https://app.clio.com', token: 'b7f0c1', fields: { pause: 'Pause' } }
const sandbox = { baseUrl: 'http://127.0.0.1:3001', token: 'sandbox-clio-token' }

describe('the profile production', () => {
  it('opens real systems', () => {
    expect(profileProblem('production', real)).toBeNull()
    expect(profileProblem('production', { baseUrl: 'https://10.1.2.3/cms', token: 'x' })).toBeNull()
  })

  it.each([
    'http://127.0.0.1:3001',
    'http://localhost:9',
    'https://[::1]/',
    'http://127.9.9.9',
    'HTTP://LOCALHOST',
    'http://localhost.:3001',
    'http://[::ffff:127.0.0.1]:3001',
    'http://[::]:3001',
    'http://0.0.0.0:3001',
    'http://2130706433:3001',
    'http:127.0.0.1:3001',
    ' http://127.0.0.1:3001',
    'ht\ntp://127.0.0.1:3001',
    'http:\\\\127.0.0.1:3001',
    'http://app.clio.com@127.0.0.1:3001',
  ])('refuses %s, which is this machine', (baseUrl) => {
    expect(profileProblem('production', { ...real, baseUrl })).toMatch(
      /^settings\.baseUrl leads to this machine/,
    )
  })

  it.each([
    ['token', 'sandbox-clio-token'],
    ['authToken', 'sandbox-twilio-auth-token'],
    ['apiKey', 'SG.sandbox.key'],
    ['accountSid', 'ACf1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1'],
  ])('refuses the published %s', (name, value) => {
    expect(profileProblem('production', { baseUrl: 'https://api.example.com', [name]: value })).toMatch(
      new RegExp(`^settings\\.${name} is a test credential`),
    )
  })

  it('finds them wherever they stand', () => {
    expect(profileProblem('production', { auth: { keys: ['SG.sandbox.key'] } })).toMatch(
      /^settings\.auth\.keys\.0 /,
    )
  })
})

describe('the profile staging', () => {
  it('opens the sandbox and refuses what is real, by the setting’s name', () => {
    expect(profileProblem('staging', sandbox)).toBeNull()
    expect(profileProblem('staging', real)).toMatch(/^settings\.baseUrl leads to a real system/)
    expect(profileProblem('staging', { smtp: 'smtps://mail.example.com' })).toMatch(/^settings\.smtp /)
  })

  it.each([
    'https:app.clio.com',
    'https:/app.clio.com',
    ' https://app.clio.com',
    '\thttps://app.clio.com',
    'ht\ntps://app.clio.com',
    'https:\\\\app.clio.com',
    'https://127.0.0.1@app.clio.com',
    'https://127.0.0.1.app.clio.com',
  ])('refuses %j, which a URL parser takes as well', (baseUrl) => {
    expect(new URL(baseUrl).hostname).toMatch(/app\.clio\.com$/)
    expect(profileProblem('staging', { baseUrl })).toMatch(/^settings\.baseUrl leads to a real system/)
  })

  it('takes words with a colon in them for what they are', () => {
    for (const text of ['https: the secure one', 'http://', 'http status'])
      expect(profileProblem('staging', { note: text })).toBeNull()
  })

  it('turns the kinds that the sandbox plays to the sandbox, without their real secrets', () => {
    const made = settled(
      'staging',
      'clio',
      { ...real, clientId: 'env:ID', clientSecret: 'env:SECRET' },
      'http://127.0.0.1:9',
    )
    expect(made).toEqual({
      baseUrl: 'http://127.0.0.1:9',
      token: 'sandbox-clio-token',
      fields: { pause: 'Pause' },
    })
    expect(
      settled('staging', 'twilio', { from: '+12015550123', authToken: 'env:T' }, 'http://127.0.0.1:9'),
    ).toEqual({
      accountSid: 'ACf1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1',
      authToken: 'sandbox-twilio-auth-token',
      from: '+12015550123',
      baseUrl: 'http://127.0.0.1:9',
    })
  })

  it('leaves other kinds as they are, to be refused where they lead elsewhere', () => {
    expect(settled('staging', 'rest', real, 'http://127.0.0.1:9')).toEqual(real)
  })
})

describe('every other deployment', () => {
  it('opens what it is given', () => {
    for (const profile of [null, 'shadow'] as const) {
      expect(profileProblem(profile, real)).toBeNull()
      expect(profileProblem(profile, sandbox)).toBeNull()
      expect(settled(profile, 'clio', real, 'http://127.0.0.1:9')).toEqual(real)
    }
  })
})

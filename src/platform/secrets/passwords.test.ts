import { describe, expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './passwords.ts'

describe('a password', () => {
  it('is known again by its hash, and another is not', async () => {
    const hash = await hashPassword('correct horse battery staple')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword('correct horse battery staple', hash)).toBe(true)
    expect(await verifyPassword('correct horse battery stapler', hash)).toBe(false)
  })

  it('never has the same hash twice', async () => {
    expect(await hashPassword('the same words twice')).not.toBe(await hashPassword('the same words twice'))
  })

  it('is the same however its accents are composed', async () => {
    const hash = await hashPassword('contraseña de José')
    expect(await verifyPassword('contraseña de José'.normalize('NFD'), hash)).toBe(true)
  })

  // From the tests of the reference implementation (phc-winner-argon2, src/test.c: argon2id, m=256, t=2, p=1).
  it('reads hashes that other programs made', async () => {
    const theirs = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
    expect(await verifyPassword('password', theirs)).toBe(true)
    expect(await verifyPassword('passwore', theirs)).toBe(false)
  })

  it.each(['', 'plain', '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR', '$argon2id$v=19$m=,t=,p=$$'])(
    'is never right for what is no hash: %j',
    async (stored) => {
      expect(await verifyPassword('', stored)).toBe(false)
    },
  )
})

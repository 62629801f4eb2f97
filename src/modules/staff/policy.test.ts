import { describe, expect, it } from 'vitest'
import { admission, type FirmAsks, type Proof } from './policy.ts'
import { type Role, roles } from './types.ts'

const asksOf = (secondFactor: boolean, ownSignIn: boolean): FirmAsks => ({ secondFactor, ownSignIn })
const proofs: readonly Proof[] = ['password', 'second_factor', 'passkey', 'firm']
const come = (role: Role, asks: FirmAsks, proof: Proof, twoFactor = false) =>
  admission({ role, asks }, { proof, twoFactor })

describe('signing in', () => {
  it('is enough by any proof where the firm asks for nothing', () => {
    for (const role of roles)
      for (const proof of proofs) expect(come(role, asksOf(false, false), proof)).toBe('inside')
  })

  it('by a password alone leads to a second factor and no further, where the firm asks for one', () => {
    for (const role of roles) {
      expect(come(role, asksOf(true, false), 'password')).toBe('second_factor')
      for (const proof of proofs.filter((one) => one !== 'password'))
        expect(come(role, asksOf(true, false), proof)).toBe('inside')
    }
  })

  it('by a password is enough on a device that was trusted with a code before', () => {
    expect(come('staff', asksOf(true, false), 'password', true)).toBe('inside')
  })

  it('is the firm’s own alone for everybody but owners, where the firm says so', () => {
    for (const role of roles)
      for (const proof of proofs)
        expect(come(role, asksOf(false, true), proof)).toBe(
          role === 'owner' || proof === 'firm' ? 'inside' : 'firm_only',
        )
  })

  it('asks an owner who comes by password for a second factor, where both are asked for', () => {
    expect(come('owner', asksOf(true, true), 'password')).toBe('second_factor')
    expect(come('attorney', asksOf(true, true), 'second_factor')).toBe('firm_only')
    expect(come('attorney', asksOf(true, true), 'firm')).toBe('inside')
  })
})

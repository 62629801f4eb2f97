/** Whether a way of signing in is enough for a firm. Pure. */
import type { Role } from './types.ts'

/**
 * By what somebody came in. `second_factor`: a password and a code after it. `passkey`: had to be unlocked, which makes two
 * factors of it. `firm`: the firm's own sign-in, whose second factor is theirs.
 */
export type Proof = 'password' | 'second_factor' | 'passkey' | 'firm'

/** What a firm asks of whoever signs in, beside being somebody. */
export interface FirmAsks {
  /** Everybody has a second factor. */
  secondFactor: boolean
  /** Everybody but owners comes by the firm's own sign-in. */
  ownSignIn: boolean
}

/**
 * @returns `firm_only`: nothing is open to them until they come by the firm's own sign-in; `second_factor`: nothing but
 *   setting one up; `inside`: whatever their role may do
 */
export function admission(
  member: { role: Role; asks: FirmAsks },
  session: {
    proof: Proof
    /** Their account asks for a code: a password alone was enough where that device was trusted before. */
    twoFactor: boolean
  },
): 'inside' | 'second_factor' | 'firm_only' {
  const { role, asks } = member
  // Owners must get in when the firm's own sign-in fails, to take this back.
  if (asks.ownSignIn && role !== 'owner' && session.proof !== 'firm') return 'firm_only'
  if (asks.secondFactor && session.proof === 'password' && !session.twoFactor) return 'second_factor'
  return 'inside'
}

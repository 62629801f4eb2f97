/** What signing in tells, and asks, the rest of Tipstaff. */

/** What belongs into the record; it is named so there, after `staff.`. */
export type Act =
  | 'signed_in'
  | 'password_changed'
  | 'password_reset'
  | 'firm_sign_in_linked'
  | 'second_factor_on'
  | 'second_factor_off'
  | 'backup_codes_made'
  | 'backup_code_used'
  | 'passkey_added'
  | 'passkey_renamed'
  | 'passkey_removed'
  | 'session_ended'
  | 'other_sessions_ended'
  | 'all_sessions_ended'

export interface FirmSignIn {
  /** The firm's key: names it in addresses, and its people's accounts at the issuer. */
  key: string
  issuer: string
  clientId: string
  clientSecret: string
}

/**
 * What an account that has proved itself is to the firm. `firm_only`: it should have come by the firm's own sign-in, which
 * may be named to it; null where that can't be opened.
 */
export type Standing = 'member' | 'nobody' | { firm_only: { firm: string; name: string } | null }

/** Who somebody is to a firm, by the address that its issuer vouches for. */
export type Welcome = 'member' | 'nobody' | 'taken'

export interface FirmGate {
  /** Somebody comes for the first time; whoever was invited has joined by that. @param email verified, in small letters */
  welcome(key: string, email: string): Promise<Welcome>
  /** Whether an account has a place at this firm. */
  belongs(userId: string, key: string): Promise<boolean>
  /** Somebody's place is from now on opened by an account at the issuer. */
  linked(userId: string): Promise<void>
}

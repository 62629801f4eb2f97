/** Whose address an ID token vouches for. Pure: the token was verified before. */

/** What providers say of somebody, as far as it is looked at. */
export interface Claims {
  email?: unknown
  email_verified?: unknown
  /** Google: the Workspace that an account belongs to. */
  hd?: unknown
  /** Microsoft: "email domain owner verified", an optional claim of the app registration. */
  xms_edov?: unknown
}

const google = 'https://accounts.google.com'
const microsoft = /^https:\/\/login\.microsoftonline\.com\//

/** Where people have private accounts as well, and are else led on with the one that they are signed in with. */
export const asksWhich = (issuer: string): boolean => issuer === google || microsoft.test(issuer)

/** Providers write booleans as text or numbers as well. */
const yes = (value: unknown): boolean => value === true || value === 1 || value === 'true' || value === '1'

/**
 * Google speaks with authority only of its own addresses and of Workspaces (developers.google.com, "Authenticate with a
 * backend server"): others were verified once, and may be somebody else's by now. Microsoft Entra never says
 * `email_verified`; anybody who runs a tenant writes any address into it, and `xms_edov` tells whether its owner did.
 *
 * @returns in small letters; null where nobody vouches for it
 */
export function verifiedEmail(issuer: string, claims: Claims): string | null {
  const { email } = claims
  if (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(email)) return null
  const address = email.toLowerCase()
  if (issuer === google) {
    const authority = (typeof claims.hd === 'string' && claims.hd !== '') || address.endsWith('@gmail.com')
    return yes(claims.email_verified) && authority ? address : null
  }
  const vouched = yes(claims.email_verified) || (microsoft.test(issuer) && yes(claims.xms_edov))
  return vouched ? address : null
}

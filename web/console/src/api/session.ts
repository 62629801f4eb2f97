/** Who is signed in, and signing in and out: better-auth's doors under /auth. */
import { queryOptions } from '@tanstack/react-query'
import type { WaysAnswer } from '../../../../contracts/staff.ts'
import { plain } from './client.ts'

export interface Me {
  name: string
  /** Null: a key, which a page never has. */
  email: string | null
  role: string | null
  /** Whether a second factor is asked for after the password. */
  twoFactor: boolean | null
  /** What their firm asks for; until they have set it up, nothing else is answered. */
  needs: 'second_factor' | null
  scopes: string[]
  firm: { name: string; timeZone: string; languages: string[] }
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => plain<Me>('/api/v1/me', { signal }),
  staleTime: 5 * 60_000,
})

export const post = <T>(path: string, body: object) =>
  plain<T>(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

/** @returns whether a second proof is asked for */
export async function signIn(email: string, password: string): Promise<{ second: boolean }> {
  const answer = await post<{ twoFactorRedirect?: boolean } | null>('/auth/sign-in/email', {
    email,
    password,
  })
  return { second: answer?.twoFactorRedirect === true }
}

export const verifyCode = (code: string, trustDevice: boolean) =>
  post<unknown>('/auth/two-factor/verify-totp', { code, trustDevice })

export const verifyBackupCode = (code: string) =>
  post<unknown>('/auth/two-factor/verify-backup-code', { code })

/** @param firm the key of the firm whose people the page is for, out of its address */
export const waysQuery = (firm: string | undefined) =>
  queryOptions({
    queryKey: ['ways', firm],
    queryFn: ({ signal }) =>
      plain<WaysAnswer>(`/auth/ways${firm ? `?firm=${encodeURIComponent(firm)}` : ''}`, { signal }),
    staleTime: 60_000,
  })
/** @returns the address of the firm's own sign-in, to which the browser then goes */
export const beginFirmSignIn = (firm: string, back: string) =>
  post<{ url: string }>('/auth/firm-sign-in', { firm, back })

/** Answered in the same way whether or not somebody has this address. */
export const askForLink = (email: string) => post<unknown>('/auth/request-password-reset', { email })
export const choosePassword = (token: string, newPassword: string) =>
  post<unknown>('/auth/reset-password', { token, newPassword })

export interface Invitation {
  firm: string
  name: string
  /** Null: whoever follows the link says their own. */
  email: string | null
  role: 'owner' | 'attorney' | 'staff' | 'read_only' | 'operator'
  /** The firm's own sign-in, by which they may join as well. */
  own: { firm: string; name: string } | null
  /** By that alone. */
  only: boolean
}

const door = (token: string) => `/auth/invitations/${encodeURIComponent(token || 'none')}`

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => plain<Invitation>(door(token), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Follows an invitation; who has joined is signed in. */
export const join = (token: string, given: { name: string; email: string; password: string }) =>
  post<unknown>(door(token), given)

export const signOut = () => post<unknown>('/auth/sign-out', {})

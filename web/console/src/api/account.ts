/** How whoever is signed in signs in, and where: better-auth's doors under /auth. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { queryOptions } from '@tanstack/react-query'
import { ApiProblem, plain } from './client.ts'
import { post } from './session.ts'

type RegistrationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']
type AuthenticationOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']

export interface Passkey {
  id: string
  name: string | null
  createdAt: string | null
}
interface Session {
  id: string
  /** Names it to the door that ends it; the cookie holds more than this. */
  token: string
  createdAt: string
  ipAddress: string | null
  userAgent: string | null
}

export const accountKey = ['account'] as const

export const passkeysQuery = queryOptions({
  queryKey: [...accountKey, 'passkeys'],
  queryFn: ({ signal }) => plain<Passkey[]>('/auth/passkey/list-user-passkeys', { signal }),
})

export const sessionsQuery = queryOptions({
  queryKey: [...accountKey, 'sessions'],
  async queryFn({ signal }) {
    const [all, now] = await Promise.all([
      plain<Session[]>('/auth/list-sessions', { signal }),
      plain<{ session: { id: string } } | null>('/auth/get-session', { signal }),
    ])
    const marked = all.map((one) => ({ ...one, here: one.id === now?.session.id }))
    return marked.toSorted(
      (a, b) => Number(b.here) - Number(a.here) || b.createdAt.localeCompare(a.createdAt),
    )
  },
})
export type MySession = Session & { here: boolean }

/** Whether they have a password; whoever came by the firm's own sign-in may have none. */
export const hasPasswordQuery = queryOptions({
  queryKey: [...accountKey, 'password'],
  queryFn: async ({ signal }) =>
    (await plain<{ providerId: string }[]>('/auth/list-accounts', { signal })).some(
      ({ providerId }) => providerId === 'credential',
    ),
})

/** The library wants a sign-in that is not older than an hour. */
export const isStale = (error: unknown) => error instanceof ApiProblem && error.code === 'SESSION_NOT_FRESH'
export const isWrongPassword = (error: unknown) =>
  error instanceof ApiProblem && error.code === 'INVALID_PASSWORD'

export const beginSecondFactor = (password: string) =>
  post<{ totpURI: string; backupCodes: string[] }>('/auth/two-factor/enable', { password })
export const confirmSecondFactor = (code: string) => post<unknown>('/auth/two-factor/verify-totp', { code })
export const endSecondFactor = (password: string) => post<unknown>('/auth/two-factor/disable', { password })
export const newBackupCodes = (password: string) =>
  post<{ backupCodes: string[] }>('/auth/two-factor/generate-backup-codes', { password })

export const changePassword = (currentPassword: string, newPassword: string) =>
  post<unknown>('/auth/change-password', { currentPassword, newPassword, revokeOtherSessions: true })

export const endSession = (token: string) => post<unknown>('/auth/revoke-session', { token })
export const endOtherSessions = () => post<unknown>('/auth/revoke-other-sessions', {})

/** @throws Error by the name of NotAllowedError when the person, or time, breaks it off */
export async function addPasskey(name: string): Promise<unknown> {
  const optionsJSON = await plain<RegistrationOptions>('/auth/passkey/generate-register-options')
  const response = await startRegistration({ optionsJSON })
  return post<unknown>('/auth/passkey/verify-registration', { response, name })
}
export const renamePasskey = (id: string, name: string) =>
  post<unknown>('/auth/passkey/update-passkey', { id, name })
export const removePasskey = (id: string) => post<unknown>('/auth/passkey/delete-passkey', { id })

/** @throws as addPasskey does */
export async function signInWithPasskey(): Promise<unknown> {
  const asked = await plain<AuthenticationOptions>('/auth/passkey/generate-authenticate-options')
  // The server takes it only when it was unlocked; the library that asks would do without.
  const response = await startAuthentication({ optionsJSON: { ...asked, userVerification: 'required' } })
  return post<unknown>('/auth/passkey/verify-authentication', { response })
}

/** What the browser says of a passkey that came to nothing; not for what the server refuses. */
export const brokenOff = (error: unknown): 'cancelled' | 'there' | null => {
  if (!(error instanceof Error) || error instanceof ApiProblem) return null
  if (error.name === 'InvalidStateError') return 'there'
  return error.name === 'NotAllowedError' || error.name === 'AbortError' ? 'cancelled' : null
}

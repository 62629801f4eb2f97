/** Who is signed in, and signing in and out: better-auth's doors under /auth. */
import { queryOptions } from '@tanstack/react-query'
import { plain } from './client.ts'

export interface Me {
  name: string
  email: string
  role: string
  scopes: string[]
  firm: { name: string; timeZone: string; languages: string[] }
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => plain<Me>('/api/v1/me', { signal }),
  staleTime: 5 * 60_000,
})

const post = <T>(path: string, body: object) =>
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

export const signOut = () => post<unknown>('/auth/sign-out', {})

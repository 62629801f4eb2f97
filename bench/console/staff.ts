/** Who sits at the consoles: they follow their invitation, as people do, and keep their cookie. */

import type pg from 'pg'
import { printed, run } from '../deployment.ts'

export interface Member {
  id: string
  cookie: string
}

/** @returns the link of an invitation, made on the machine itself */
export const invitationOf = (email: string, env: Record<string, string>): Promise<string> =>
  printed(
    run(['bin/tipstaff.mjs', 'staff', 'invite', email, '--role', 'owner', '--firm', 'bench', '--json'], env),
    /"link":\s*"([^"]+)"/,
  )

/** @param url where the app is, whatever the link says */
export async function join(url: string, link: string, email: string, admin: pg.Client): Promise<string> {
  const token = new URL(link).hash.slice(1)
  // Fifty people who join within a minute from one address would be slowed down.
  await admin.query('delete from sign_in."rateLimit"')
  const joined = await fetch(`${url}/auth/invitations/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name: email.split('@')[0], email, password: 'a sentence that nobody guesses' }),
  })
  if (!joined.ok) throw new Error(`${email} could not join: ${joined.status} ${await joined.text()}`)
  return joined.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** As the API is asked by a page. @throws with what was answered, unless it was 2xx */
export async function ask<T>(url: string, cookie: string, path: string, body?: unknown): Promise<T> {
  const asking = () =>
    fetch(`${url}/api/v1${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { cookie, origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    })
  // A connection that was closed while it lay idle: browsers read again, and so does this (RFC 9112 §9.3.1).
  const answer = await (body === undefined ? asking().catch(asking) : asking())
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
  return (answer.status === 204 ? null : await answer.json()) as T
}

/** @param walled of how many each has matters that are closed to them */
export async function staff(
  url: string,
  owner: string,
  count: number,
  walled: number,
  admin: pg.Client,
): Promise<Member[]> {
  const members: Member[] = []
  for (let n = 0; n < count; n++) {
    const email = `staff${n}@example.com`
    const { id, link } = await ask<{ id: string; link: string }>(url, owner, '/staff', {
      name: `staff${n}`,
      email,
      role: 'staff',
    })
    members.push({ id, cookie: await join(url, link, email, admin) })
    if (n < walled)
      for (const matter of [3 * n, 3 * n + 1, 3 * n + 2])
        await ask(url, owner, '/walls', {
          matter: `2026-${matter}`,
          staffId: id,
          reason: 'A conflict of interest',
        })
  }
  return members
}

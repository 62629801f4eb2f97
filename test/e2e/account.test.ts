/** The doors by which somebody changes how they sign in: cookie, origin, throttle, and the firm's record. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { firstOwnerLinks } from '../../src/main/first-owner.ts'
import { browserTab, totp } from '../support/tab.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
const password = 'correct horse battery'
const email = 'ada@harborpike.example'
beforeAll(async () => {
  world = await startWorld()
  const [link] = await firstOwnerLinks(world.runtime)
  await browserTab(world.appUrl).ask('POST', `/auth/invitations/${link!.link.split('#')[1]}`, {
    name: 'Ada Pike',
    email,
    password,
  })
})
afterAll(() => world.close())
beforeEach(() => world.database.adminPool.query('delete from sign_in."rateLimit"'))

async function signedIn(given = password) {
  const at = browserTab(world.appUrl)
  const answer = await at.ask('POST', '/auth/sign-in/email', { email, password: given })
  expect(answer.status).toBe(200)
  return at
}

/** What the record has gained since. */
async function recorded(work: () => Promise<unknown>): Promise<{ action: string; data: unknown }[]> {
  const entries = () =>
    world.rows<{ action: string; actor: string; subject: string; data: unknown }>(
      `select action, actor, subject, data from audit_entries where action like 'staff.%' order by xid, seq`,
    )
  const before = (await entries()).length
  await work()
  const gained = (await entries()).slice(before)
  for (const { actor, subject } of gained) expect(actor).toBe(subject)
  return gained.map(({ action, data }) => ({ action, data }))
}
const entry = (action: string) => ({ action: `staff.${action}`, data: {} })

describe('what changes how somebody signs in', () => {
  it('is on record by the name of the act, without a secret in it', async () => {
    const at = await signedIn()
    const other = await signedIn()
    let secret = ''
    let codes: string[] = []
    const on = await recorded(async () => {
      const begun = await at.ask('POST', '/auth/two-factor/enable', { password })
      secret = new URL(begun.body.totpURI!).searchParams.get('secret')!
      codes = begun.body.backupCodes!
      expect(codes).toHaveLength(10)
      expect((await at.ask('POST', '/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
      expect((await at.ask('POST', '/auth/two-factor/verify-totp', { code: totp(secret) })).status).toBe(200)
    })
    expect(on).toEqual([entry('second_factor_on')])

    const used = await recorded(async () => {
      const again = browserTab(world.appUrl)
      await again.ask('POST', '/auth/sign-in/email', { email, password })
      const given = { code: codes[0] }
      expect((await again.ask('POST', '/auth/two-factor/verify-backup-code', given)).status).toBe(200)
      expect((await again.ask('GET', '/api/v1/me')).status).toBe(200)
      const once = browserTab(world.appUrl)
      await once.ask('POST', '/auth/sign-in/email', { email, password })
      expect((await once.ask('POST', '/auth/two-factor/verify-backup-code', given)).status).toBe(401)
    })
    expect(used).toEqual([entry('signed_in'), entry('backup_code_used')])

    const made = await recorded(async () => {
      const answer = await at.ask('POST', '/auth/two-factor/generate-backup-codes', { password })
      expect(answer.body.backupCodes).not.toContain(codes[1])
    })
    expect(made).toEqual([entry('backup_codes_made')])

    const off = await recorded(async () => {
      const wrong = { password: 'not the right password' }
      expect((await at.ask('POST', '/auth/two-factor/disable', wrong)).status).toBe(400)
      expect((await at.ask('POST', '/auth/two-factor/disable', { password })).status).toBe(200)
    })
    expect(off).toEqual([entry('second_factor_off')])

    const next = 'another horse entirely'
    const changed = await recorded(async () => {
      const given = { currentPassword: password, newPassword: next, revokeOtherSessions: true }
      expect((await at.ask('POST', '/auth/change-password', given)).status).toBe(200)
      expect((await at.ask('GET', '/api/v1/me')).status).toBe(200)
      expect((await other.ask('GET', '/api/v1/me')).status).toBe(401)
      const back = { currentPassword: next, newPassword: password }
      expect((await at.ask('POST', '/auth/change-password', back)).status).toBe(200)
    })
    expect(changed).toEqual([entry('password_changed'), entry('password_changed')])
  })

  it('ends one session, or all others, and says so', async () => {
    const at = await signedIn()
    await at.ask('POST', '/auth/revoke-other-sessions', {})
    const [one, two] = [await signedIn(), await signedIn()]
    const listed = (await at.ask('GET', '/auth/list-sessions')).body as never as { token: string }[]
    expect(listed).toHaveLength(3)
    const token = decodeURIComponent(one.jar.get('__Host-tipstaff')!).split('.')[0]
    const ended = await recorded(async () => {
      expect((await at.ask('POST', '/auth/revoke-session', { token })).status).toBe(200)
      expect((await one.ask('GET', '/api/v1/me')).status).toBe(401)
      expect((await two.ask('GET', '/api/v1/me')).status).toBe(200)
      expect((await at.ask('POST', '/auth/revoke-other-sessions', {})).status).toBe(200)
      expect((await two.ask('GET', '/api/v1/me')).status).toBe(401)
      expect((await at.ask('GET', '/api/v1/me')).status).toBe(200)
    })
    expect(ended).toEqual([entry('session_ended'), entry('other_sessions_ended')])
  })

  it('says that somebody signed in once, not each time that their session is made longer', async () => {
    const at = await signedIn()
    const { adminPool } = world.database
    await adminPool.query(
      `update sign_in."session" set "updatedAt" = now() - interval '2 days', "expiresAt" = now() + interval '5 days'`,
    )
    const gained = await recorded(async () => {
      expect((await at.ask('GET', '/api/v1/me')).status).toBe(200)
      expect((await at.ask('GET', '/auth/get-session')).status).toBe(200)
    })
    expect(gained).toEqual([])
    const { rows } = await adminPool.query(
      `select 1 from sign_in."session" where "expiresAt" > now() + interval '6 days'`,
    )
    expect(rows).toHaveLength(1)
  })

  it('is refused to a page of another site, and to who is not signed in', async () => {
    const at = await signedIn()
    const doors = [
      ['/auth/change-password', { currentPassword: password, newPassword: 'whatever it may be' }],
      ['/auth/two-factor/enable', { password }],
      ['/auth/two-factor/disable', { password }],
      ['/auth/two-factor/generate-backup-codes', { password }],
      ['/auth/passkey/verify-registration', { response: {} }],
      ['/auth/passkey/delete-passkey', { id: 'x' }],
      ['/auth/passkey/update-passkey', { id: 'x', name: 'y' }],
      ['/auth/revoke-session', { token: 'x' }],
      ['/auth/revoke-other-sessions', {}],
    ] as const
    const gained = await recorded(async () => {
      for (const [path, body] of doors) {
        const foreign = await at.ask('POST', path, body, { origin: 'https://evil.example' })
        expect({ path, status: foreign.status }).toEqual({ path, status: 403 })
        const nobody = await browserTab(world.appUrl).ask('POST', path, body)
        expect({ path, status: nobody.status }).toEqual({ path, status: 401 })
      }
    })
    expect(gained).toEqual([])
    for (const path of ['/auth/list-sessions', '/auth/passkey/list-user-passkeys', '/auth/list-accounts'])
      expect((await browserTab(world.appUrl).ask('GET', path)).status).toBe(401)
  })

  it('lets nobody guess the password of a page that was left open', async () => {
    const at = await signedIn()
    const statuses = []
    for (let i = 0; i < 10; i++) {
      const given = { currentPassword: `a wrong password ${i}`, newPassword: 'whatever it may be' }
      statuses.push((await at.ask('POST', '/auth/change-password', given)).status)
    }
    expect(statuses).toEqual([...Array(8).fill(400), 429, 429])
  })

  it('wants a fresh sign-in where a page that was left open could do lasting harm', async () => {
    const at = await signedIn()
    await world.database.adminPool.query(
      `update sign_in."session" set "createdAt" = now() - interval '61 minutes'`,
    )
    for (const path of ['/auth/list-sessions', '/auth/passkey/generate-register-options'])
      expect(await at.ask('GET', path)).toMatchObject({ status: 403, body: { code: 'SESSION_NOT_FRESH' } })
    expect((await at.ask('GET', '/api/v1/me')).status).toBe(200)
  })
})

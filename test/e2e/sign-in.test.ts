/** Signing in over HTTP, as a browser does it: invitations, passwords, second factors, sessions, and who guesses. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authOptions } from '../../src/adapters/better-auth/index.ts'
import { firstOwnerLinks } from '../../src/main/first-owner.ts'
import { invite } from '../../src/modules/staff/index.ts'
import { browserTab, totp } from '../support/tab.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const password = 'correct horse battery'
const owner = { name: 'Ada Pike', email: 'ada@harborpike.example', password }

const tab = () => browserTab(world.appUrl)
const signIn = (email: string, given = password) => {
  const at = tab()
  return at.ask('POST', '/auth/sign-in/email', { email, password: given }).then((answer) => ({ at, answer }))
}

const actions = () =>
  world.rows<{ action: string }>(
    `select action from audit_entries where action like 'staff.%' order by xid, seq`,
  )

describe('the first owner', () => {
  it('follows a link that the first start prints, once; a later start prints another', async () => {
    const [first] = await firstOwnerLinks(world.runtime)
    const [second] = await firstOwnerLinks(world.runtime)
    expect(first).toMatchObject({ firm: 'Harbor & Pike' })
    const path = (link: string) => `/auth/invitations/${link.split('/join#')[1]}`
    const at = tab()
    expect((await at.ask('GET', path(first!.link))).status).toBe(404)
    expect((await at.ask('GET', path(second!.link))).body).toEqual({
      firm: 'Harbor & Pike',
      name: 'The first owner',
      email: null,
      role: 'owner',
      own: null,
      only: false,
    })
    const short = await at.ask('POST', path(second!.link), { ...owner, password: 'short' })
    expect(short).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.password', message: 'needs at least 15 characters' }] },
    })
    const joined = await at.ask('POST', path(second!.link), owner)
    expect(joined.status).toBe(200)
    expect((await at.ask('GET', '/api/v1/me')).body).toMatchObject({ role: 'owner', email: owner.email })
    expect((await at.ask('POST', path(second!.link), owner)).status).toBe(404)
    // Somebody is in: nobody else becomes owner by a link in a log.
    expect(await firstOwnerLinks(world.runtime)).toEqual([])
    expect(await actions()).toEqual(
      ['staff.invited', 'staff.invited', 'staff.joined', 'staff.signed_in'].map((action) => ({ action })),
    )
  })

  it('has a cookie for this host alone, that no script reads and no other site sends along', async () => {
    const { answer } = await signIn(owner.email)
    const cookie = answer.set.find((c) => c.startsWith('__Host-tipstaff='))!
    const attributes = cookie
      .split('; ')
      .slice(1)
      .map((a) => a.toLowerCase())
    expect(attributes).toEqual(expect.arrayContaining(['secure', 'httponly', 'samesite=lax', 'path=/']))
    expect(cookie.toLowerCase()).not.toContain('domain')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

describe('a session', () => {
  it('ends with signing out, and everywhere at once where that is asked for', async () => {
    const [one, two, three] = [
      await signIn(owner.email),
      await signIn(owner.email),
      await signIn(owner.email),
    ]
    expect((await one.at.ask('POST', '/auth/sign-out', {})).status).toBe(200)
    expect((await one.at.ask('GET', '/api/v1/me')).status).toBe(401)
    expect((await two.at.ask('GET', '/auth/list-sessions')).body.length).toBeGreaterThan(1)
    expect((await two.at.ask('POST', '/auth/revoke-sessions', {})).status).toBe(200)
    for (const { at } of [two, three]) expect((await at.ask('GET', '/api/v1/me')).status).toBe(401)
  })

  it('is not opened by a cookie that we did not make', async () => {
    const { at } = await signIn(owner.email)
    const good = at.jar.get('__Host-tipstaff')!
    for (const bad of ['x', good.slice(0, -4), `${'A'.repeat(32)}.${good.split('.')[1]}`, '']) {
      at.jar.set('__Host-tipstaff', bad)
      expect({ bad, status: (await at.ask('GET', '/api/v1/me')).status }).toEqual({ bad, status: 401 })
    }
  })

  it('changes nothing for a page of another site', async () => {
    const { at } = await signIn(owner.email)
    const pause = { scope: 'firm', reason: 'r' }
    const foreign = { origin: 'https://evil.example' }
    expect((await at.ask('POST', '/api/v1/pauses', pause, foreign)).status).toBe(403)
    expect((await at.ask('POST', '/auth/sign-out', {}, foreign)).status).toBe(403)
    expect((await at.ask('GET', '/api/v1/pauses')).body).toEqual({ items: [] })
  })
})

describe('a second factor', () => {
  it('is asked for once it was set up, and a password alone opens nothing any more', async () => {
    const email = 'second@harborpike.example'
    const firmId = (await world.rows<{ firm_id: never }>('select firm_id from firms'))[0]!.firm_id
    const acting = { by: 'test', now: world.clock.now(), newId: world.runtime.newId }
    const invited = await world.runtime.db.forFirm(firmId, (tx) =>
      invite(tx, { name: 'Second', email, role: 'staff' }, acting),
    )
    const at = tab()
    await at.ask('POST', `/auth/invitations/${invited!.token}`, { name: 'Second', email, password })
    const enabled = await at.ask('POST', '/auth/two-factor/enable', { password })
    expect(enabled.status).toBe(200)
    const secret = new URL(enabled.body.totpURI!).searchParams.get('secret')!
    expect((await at.ask('POST', '/auth/two-factor/verify-totp', { code: totp(secret) })).status).toBe(200)
    expect((await at.ask('GET', '/api/v1/me')).body).toMatchObject({ twoFactor: true })

    const again = await signIn(email)
    expect(again.answer.body).toMatchObject({ twoFactorRedirect: true })
    expect((await again.at.ask('GET', '/api/v1/me')).status).toBe(401)
    const wrong = await again.at.ask('POST', '/auth/two-factor/verify-totp', { code: '000000' })
    expect(wrong.status).toBe(401)
    const right = await again.at.ask('POST', '/auth/two-factor/verify-totp', { code: totp(secret) })
    expect(right.status).toBe(200)
    expect((await again.at.ask('GET', '/api/v1/me')).body).toMatchObject({ email, twoFactor: true })
  })
})

describe('who guesses', () => {
  it('is slowed down by where they are; the person whose account it is signs in all the same', async () => {
    await world.database.adminPool.query('delete from sign_in."rateLimit"')
    const guesses = []
    for (let i = 0; i < 12; i++)
      guesses.push((await signIn(owner.email, `a wrong password ${i}`)).answer.status)
    expect(guesses.slice(0, 8)).toEqual(Array(8).fill(401))
    expect(guesses.slice(8)).toEqual(Array(4).fill(429))
    // A minute later, or from elsewhere; nothing about the account was locked.
    await world.database.adminPool.query('delete from sign_in."rateLimit"')
    expect((await signIn(owner.email)).answer.status).toBe(200)
  })

  it('gains nothing by saying that they are somebody else', async () => {
    await world.database.adminPool.query('delete from sign_in."rateLimit"')
    const statuses = []
    for (let i = 0; i < 10; i++) {
      const headers = { 'x-forwarded-for': `203.0.113.${i}`, 'x-tipstaff-peer': `203.0.113.${i}` }
      const given = { email: owner.email, password: `a wrong password ${i}` }
      statuses.push((await tab().ask('POST', '/auth/sign-in/email', given, headers)).status)
    }
    expect(statuses.slice(8)).toEqual([429, 429])
    await world.database.adminPool.query('delete from sign_in."rateLimit"')
  })

  it('is told the same whether there is such an account or not', async () => {
    const known = await signIn(owner.email, 'not the right password')
    const unknown = await signIn('nobody@harborpike.example', 'not the right password')
    expect([unknown.answer.status, unknown.answer.body]).toEqual([known.answer.status, known.answer.body])
  })
})

describe('the tables of the library', () => {
  it('are what it wants', async () => {
    const { getMigrations } = await import('better-auth/db/migration')
    const pg = (await import('pg')).default
    const pool = new pg.Pool({ connectionString: world.database.ownerUrl, options: '-c search_path=sign_in' })
    try {
      const options = authOptions(
        {
          databaseUrl: '',
          key: Buffer.alloc(32, 1),
          publicUrl: world.appUrl,
          origins: [],
          trustedProxies: [],
          newId: () => '',
          standing: async () => 'member',
          acted: async () => {},
          forgot: () => {},
          gate: { welcome: async () => 'nobody', belongs: async () => false },
          issuerFails: () => {},
          warn: () => {},
        },
        pool,
      )
      const { toBeCreated, toBeAdded } = await getMigrations(options as never)
      expect(toBeCreated).toEqual([])
      expect(toBeAdded).toEqual([])
    } finally {
      await pool.end()
    }
  })
})

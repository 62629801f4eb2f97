/** A firm's own sign-in, against a real OpenID Connect server: whom it lets in, and what it is not fooled by. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FirmId } from '../../src/kernel/index.ts'
import { firstOwnerLinks } from '../../src/main/first-owner.ts'
import { invite, removeMember } from '../../src/modules/staff/index.ts'
import { firmCopy } from '../support/firm-copy.ts'
import {
  type Account,
  client,
  type Issuer,
  signInYaml,
  startIssuer,
  throughIssuer,
} from '../support/issuer.ts'
import { browserTab } from '../support/tab.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let issuer: Issuer
/** The second firm's. */
let theirs: Issuer
let firm: ReturnType<typeof firmCopy>
const second = mkdtempSync(join(tmpdir(), 'tipstaff-second-'))
const ada = 'ada@harborpike.example'

const secondFirm = (url: string) => `key: second
name: Second
timeZone: America/New_York
languages: [en]
${signInYaml(url, 'SECOND_SIGN_IN')}`

beforeAll(async () => {
  ;[issuer, theirs] = [await startIssuer(), await startIssuer()]
  firm = firmCopy((yaml) => yaml + signInYaml(issuer.url))
  const secrets = { HARBOR_PIKE_SIGN_IN: client.secret, SECOND_SIGN_IN: client.secret }
  world = await startWorld({ firm: firm.dir, env: secrets })
  issuer.open(world.appUrl, 'harbor-pike')
  // Claims come from its own door, as some servers have it.
  theirs.open(world.appUrl, 'second', false)
  const [link] = await firstOwnerLinks(world.runtime)
  const given = { name: 'Ada Pike', email: ada, password: 'correct horse battery' }
  await tab().ask('POST', `/auth/invitations/${link!.link.split('#')[1]}`, given)
})
afterAll(async () => {
  await world.close()
  issuer.close()
  theirs.close()
  firm.remove()
  rmSync(second, { recursive: true, force: true })
})
beforeEach(() => sql('delete from sign_in."rateLimit"'))

const sql = (text: string) => world.database.adminPool.query(text)
const tab = () => browserTab(world.appUrl)
type Tab = ReturnType<typeof tab>

/** @returns the address at the issuer */
async function begin(at: Tab, key = 'harbor-pike', back = '/held'): Promise<string> {
  const begun = await at.ask('POST', '/auth/firm-sign-in', { firm: key, back })
  expect(begun.status).toBe(200)
  return begun.body.url!
}
/** Follows an address at our own door. @returns where that leads */
async function arrive(at: Tab, address: string): Promise<string> {
  const { pathname, search } = new URL(address)
  const answer = await at.ask('GET', `${pathname}${search}`)
  expect(answer.status).toBe(302)
  return answer.headers.get('location')!
}
async function signIn(account: Account, key = 'harbor-pike') {
  const at = tab()
  const where = key === 'second' ? theirs : issuer
  where.seat(account)
  const led = await arrive(at, await throughIssuer(await begin(at, key), where))
  return { at, led, me: await at.ask('GET', '/api/v1/me') }
}
const errorOf = (led: string): string | null => new URL(led, world.appUrl).searchParams.get('error')

async function invited(email: string, firmId: FirmId = world.firmId) {
  const acting = { by: 'test', now: world.clock.now(), newId: world.runtime.newId }
  const made = await world.runtime.db.forFirm(firmId, (tx) =>
    invite(tx, { name: email.split('@')[0]!, email, role: 'staff' }, acting),
  )
  return made!.id
}
const count = async (table: string): Promise<number> =>
  (await sql(`select 1 from sign_in."${table}"`)).rowCount!

describe('a firm’s own sign-in', () => {
  it('is offered by the name that the firm gives it', async () => {
    const way = { firm: { firm: 'harbor-pike', name: 'Microsoft 365' } }
    expect((await tab().ask('GET', '/auth/ways')).body).toEqual(way)
    expect((await tab().ask('GET', '/auth/ways?firm=harbor-pike')).body).toEqual(way)
    expect((await tab().ask('GET', '/auth/ways?firm=nobody')).body).toEqual({ firm: null })
  })

  it('lets in who has joined, with state, nonce and PKCE, and leads them where they wanted to go', async () => {
    const at = tab()
    const address = new URL(await begin(at))
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: client.id,
      redirect_uri: `${world.appUrl}/auth/callback/harbor-pike`,
      state: expect.stringMatching(/^\S{30,}$/),
      nonce: expect.stringMatching(/^\S{30,}$/),
      code_challenge: expect.stringMatching(/^\S{43}$/),
      code_challenge_method: 'S256',
    })
    expect(address.searchParams.get('scope')!.split(' ').toSorted()).toEqual(['email', 'openid', 'profile'])
    const {
      led,
      me,
      at: inside,
    } = await signIn({ sub: 'ada-1', email: 'Ada@HarborPike.example', email_verified: true })
    expect(led).toBe('/held')
    expect(me).toMatchObject({ status: 200, body: { email: ada, role: 'owner' } })
    const cookie = inside.jar.get('__Host-tipstaff')
    expect(cookie).toBeDefined()
    // Nothing of what the issuer handed over is kept, but whose account it is.
    const { rows } = await sql(`select * from sign_in."account" where "providerId" = 'harbor-pike'`)
    expect(rows).toMatchObject([
      { accountId: 'ada-1', accessToken: null, refreshToken: null, idToken: null, password: null },
    ])
    const acts = await world.rows<{ action: string }>(
      `select action from audit_entries where action like 'staff.%' order by xid, seq`,
    )
    expect(acts.slice(-2).map((a) => a.action)).toEqual(['staff.firm_sign_in_linked', 'staff.signed_in'])
  })

  it('lets who was invited join by it, without a password; nobody mails them a link to choose one', async () => {
    const nadia = 'nadia@harborpike.example'
    await invited(nadia)
    const { me, at } = await signIn({ sub: 'nadia-1', email: nadia, email_verified: true, name: 'N. Ortiz' })
    expect(me).toMatchObject({ status: 200, body: { email: nadia, role: 'staff', name: 'nadia' } })
    const accounts = (await at.ask('GET', '/auth/list-accounts')).body as never as { providerId: string }[]
    expect(accounts.map((a) => a.providerId)).toEqual(['harbor-pike'])
    expect(await world.runtime.signIn.resetLink(world.firmId, nadia, 'test')).toBe('nobody')
  })

  it('knows somebody again by their account there, whatever their address is now', async () => {
    const { me } = await signIn({
      sub: 'ada-1',
      email: 'ada.married@harborpike.example',
      email_verified: true,
    })
    expect(me.body).toMatchObject({ email: ada })
  })
})

describe('nobody else gets in', () => {
  it('who was not invited, whose invitation is old, who has left, who declines', async () => {
    const before = [await count('user'), await count('account')]
    const stranger = await signIn({ sub: 's-1', email: 'stranger@harborpike.example', email_verified: true })
    expect([errorOf(stranger.led), stranger.me.status]).toEqual(['NOT_INVITED', 401])

    await invited('late@harborpike.example')
    world.clock.advance({ hours: 24 * 8 })
    const late = await signIn({ sub: 'l-1', email: 'late@harborpike.example', email_verified: true })
    expect([errorOf(late.led), late.me.status]).toEqual(['NOT_INVITED', 401])
    expect([await count('user'), await count('account')]).toEqual(before)

    const id = await invited('gone@harborpike.example')
    const gone = { sub: 'g-1', email: 'gone@harborpike.example', email_verified: true }
    expect((await signIn(gone)).me.status).toBe(200)
    await world.runtime.db.forFirm(world.firmId, (tx) =>
      removeMember(tx, id, { by: 'test', now: world.clock.now() }),
    )
    const again = await signIn(gone)
    expect([errorOf(again.led), again.me.status]).toEqual(['NOT_INVITED', 401])

    const at = tab()
    const address = await begin(at)
    issuer.state.who = null
    expect(errorOf(await arrive(at, await throughIssuer(address, issuer)))).toBe('access_denied')
  })

  it.each([
    ['false', { email_verified: false }],
    ['not said', {}],
  ])('whose address the issuer does not vouch for: %s', async (_, claims) => {
    await invited('unsure@harborpike.example')
    const before = await count('user')
    // Neither who was invited, nor who is in by their account there.
    for (const account of [
      { sub: 'u-1', email: 'unsure@harborpike.example', ...claims },
      { sub: 'ada-1', email: ada, ...claims },
    ]) {
      const { led, me } = await signIn(account)
      expect([errorOf(led), me.status]).toEqual(['EMAIL_NOT_VERIFIED', 401])
    }
    expect(await count('user')).toBe(before)
  })

  it('who was given the address of somebody that is in', async () => {
    const { led, me } = await signIn({ sub: 'another-ada', email: ada, email_verified: true })
    expect(errorOf(led)).not.toBe(null)
    expect(me.status).toBe(401)
  })
})

describe('what comes back is looked at', () => {
  const account = { sub: 'ada-1', email: ada, email_verified: true }
  const back = async (at: Tab, change: (address: URL) => void, before: (address: URL) => void = () => {}) => {
    issuer.seat(account)
    const there = new URL(await begin(at))
    before(there)
    const address = new URL(await throughIssuer(there.href, issuer))
    change(address)
    const led = await arrive(at, address.href)
    expect((await at.ask('GET', '/api/v1/me')).status).toBe(401)
    return errorOf(led)
  }

  it('a state that this browser did not begin with, or none', async () => {
    const at = tab()
    expect(await back(at, (a) => a.searchParams.set('state', 'x'.repeat(32)))).toBe('state_mismatch')
    expect(await back(at, (a) => a.searchParams.delete('state'))).toBe('state_not_found')
    const victim = tab()
    issuer.seat(account)
    const lure = await throughIssuer(await begin(at), issuer)
    expect(errorOf(await arrive(victim, lure))).toBe('state_mismatch')
    expect((await victim.ask('GET', '/api/v1/me')).status).toBe(401)
  })

  it('a state serves once', async () => {
    const at = tab()
    issuer.seat(account)
    const address = await throughIssuer(await begin(at), issuer)
    const state = at.jar.get('__Host-tipstaff.state')!
    expect(await arrive(at, address)).toBe('/held')
    const again = tab()
    again.jar.set('__Host-tipstaff.state', state)
    expect(errorOf(await arrive(again, address))).toBe('state_mismatch')
  })

  it('a nonce that we did not give', async () => {
    const changed = await back(
      tab(),
      () => {},
      (there) => there.searchParams.set('nonce', 'n'.repeat(32)),
    )
    expect(changed).toBe('unable_to_get_user_info')
  })

  it('a code that was not asked for by this browser (PKCE)', async () => {
    const challenge = 'c'.repeat(43)
    const changed = await back(
      tab(),
      () => {},
      (there) => there.searchParams.set('code_challenge', challenge),
    )
    expect(changed).toBe('invalid_code')
    expect(await back(tab(), (a) => a.searchParams.set('code', 'nonsense'))).toBe('invalid_code')
  })

  it('another issuer than we sent them to', async () => {
    const other = await back(tab(), (a) => a.searchParams.set('iss', 'https://evil.example'))
    expect(other).toBe('issuer_mismatch')
  })

  it('and from a page of ours alone does it begin; it ends on one', async () => {
    const at = tab()
    const given = { firm: 'harbor-pike', back: '/held' }
    const foreign = await at.ask('POST', '/auth/firm-sign-in', given, { origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
    for (const away of ['https://evil.example', '//evil.example', '/\\evil.example'])
      expect((await at.ask('POST', '/auth/firm-sign-in', { ...given, back: away })).status).toBe(422)
    expect((await at.ask('POST', '/auth/firm-sign-in', { firm: 'nobody' })).status).toBe(404)
    expect((await at.ask('POST', '/auth/sign-in/social', { provider: 'harbor-pike' })).status).toBe(404)
  })
})

describe('two firms of one deployment', () => {
  let secondId: FirmId
  beforeAll(async () => {
    writeFileSync(join(second, 'firm.yaml'), secondFirm(theirs.url))
    const applied = await world.apply(second)
    expect(applied.printed).not.toContain('error')
    expect(applied.code).toBe(0)
    const [found] = await world.runtime.db.lookup<{ firm_id: FirmId }>(
      'select firm_id from lookup_firm($1)',
      ['second'],
    )
    secondId = found!.firm_id
  })

  it('are told apart by the address of the sign-in page: nobody is shown the other', async () => {
    expect((await tab().ask('GET', '/auth/ways')).body).toEqual({ firm: null })
    expect((await tab().ask('GET', '/auth/ways?firm=second')).body).toMatchObject({
      firm: { firm: 'second' },
    })
  })

  it('let in their own, also where the claims come apart from the ID token', async () => {
    await invited('bo@second.example', secondId)
    const { me } = await signIn({ sub: 'bo-1', email: 'bo@second.example', email_verified: true }, 'second')
    expect(me).toMatchObject({ status: 200, body: { email: 'bo@second.example', firm: { name: 'Second' } } })
  })

  it('cannot let in each other’s people, by address or by the id of an account', async () => {
    const before = await count('account')
    for (const sub of ['whoever', 'ada-1']) {
      const { led, me } = await signIn({ sub, email: ada, email_verified: true }, 'second')
      expect([errorOf(led), me.status]).toEqual(['NOT_INVITED', 401])
    }
    // Not even by inviting their address.
    await invited(ada, secondId)
    const { led, me } = await signIn({ sub: 'whoever', email: ada, email_verified: true }, 'second')
    expect([errorOf(led), me.status]).toEqual(['ADDRESS_TAKEN', 401])
    expect(await count('account')).toBe(before)
  })

  it('do not answer for what was begun with the other', async () => {
    const at = tab()
    theirs.seat({ sub: 'bo-1', email: 'bo@second.example', email_verified: true })
    const own = new URL(await throughIssuer(await begin(at, 'second'), theirs))
    await begin(at, 'harbor-pike')
    // The state of the first firm's, the code of the second's.
    const state = decodeURIComponent(at.jar.get('__Host-tipstaff.state')!).split('.')[0]!
    own.searchParams.set('state', state)
    const led = await arrive(at, own.href)
    expect(errorOf(led)).not.toBe(null)
    expect((await at.ask('GET', '/api/v1/me')).status).toBe(401)
  })
})

describe('an issuer that is not what firm.yaml says', () => {
  const apply = async (url: string) => {
    writeFileSync(join(second, 'firm.yaml'), secondFirm(url))
    const applied = await world.apply(second)
    // What a process has open it trusts for a second.
    world.clock.advance({ seconds: 2 })
    return applied
  }
  const told = async () => {
    await sql('delete from sign_in."rateLimit"')
    return tab().ask('POST', '/auth/firm-sign-in', { firm: 'second' })
  }

  it('is refused when it says that it is another, or does not answer', async () => {
    expect((await apply(theirs.url.replace('127.0.0.1', 'localhost'))).code).toBe(0)
    expect(await told()).toMatchObject({ status: 503, body: { code: 'ISSUER_PROBLEM' } })
    expect(world.logged.join('')).toContain(`says that it is ${theirs.url}`)
    theirs.close()
    expect((await apply(theirs.url)).code).toBe(0)
    expect(await told()).toMatchObject({ status: 503, body: { code: 'ISSUER_PROBLEM' } })
  })

  it.each([
    ['http://id.firm.example', 'is not the address of one issuer'],
    ['https://login.microsoftonline.com/common/v2.0', 'is not the address of one issuer'],
    ['https://id.firm.example?x=1', 'is not the address of one issuer'],
  ])('is refused by "apply": %s', async (url, message) => {
    const { code, printed } = await apply(url)
    expect(code).toBe(1)
    expect(printed).toContain(message)
  })
})

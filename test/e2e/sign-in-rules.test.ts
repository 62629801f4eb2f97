/** What a firm asks of whoever signs in: a second factor of everybody, or its own sign-in alone. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { firstOwnerLinks } from '../../src/main/first-owner.ts'
import { invite, type Role } from '../../src/modules/staff/index.ts'
import { firmCopy } from '../support/firm-copy.ts'
import { client, type Issuer, signInYaml, startIssuer, throughIssuer } from '../support/issuer.ts'
import { startOperators } from '../support/operators.ts'
import { browserTab, totp } from '../support/tab.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let issuer: Issuer
let firm: ReturnType<typeof firmCopy>
let operators: Awaited<ReturnType<typeof startOperators>>
const password = 'correct horse battery'
const ada = 'ada@harborpike.example'
const sam = 'sam@harborpike.example'

beforeAll(async () => {
  issuer = await startIssuer()
  firm = firmCopy((yaml) => yaml + signInYaml(issuer.url))
  operators = await startOperators()
  world = await startWorld({
    firm: firm.dir,
    env: { ...operators.env, HARBOR_PIKE_SIGN_IN: client.secret },
  })
  issuer.open(world.appUrl, 'harbor-pike')
  const [link] = await firstOwnerLinks(world.runtime)
  await tab().ask('POST', `/auth/invitations/${link!.link.split('#')[1]}`, {
    name: 'Ada Pike',
    email: ada,
    password,
  })
  await joined(sam, 'staff')
})
afterAll(async () => {
  await world.close()
  issuer.close()
  operators.close()
  firm.remove()
})
beforeEach(async () => {
  await world.database.adminPool.query('delete from sign_in."rateLimit"')
  await ask({ secondFactor: false, only: false })
})

const tab = () => browserTab(world.appUrl)
type Tab = ReturnType<typeof tab>

async function invited(email: string, role: Role): Promise<string> {
  const acting = { by: 'test', now: world.clock.now(), newId: world.runtime.newId }
  const made = await world.runtime.db.forFirm(world.firmId, (tx) =>
    invite(tx, { name: email.split('@')[0]!, email, role }, acting),
  )
  return `/auth/invitations/${made!.token}`
}
async function joined(email: string, role: Role): Promise<Tab> {
  const at = tab()
  const path = await invited(email, role)
  expect((await at.ask('POST', path, { name: email.split('@')[0], email, password })).status).toBe(200)
  return at
}
async function byPassword(email: string) {
  const at = tab()
  return { at, answer: await at.ask('POST', '/auth/sign-in/email', { email, password }) }
}
async function byFirm(email: string, sub = `${email}-1`): Promise<Tab> {
  issuer.seat({ sub, email, email_verified: true })
  const at = tab()
  const begun = await at.ask('POST', '/auth/firm-sign-in', { firm: 'harbor-pike', back: '/held' })
  const { pathname, search } = new URL(await throughIssuer(begun.body.url!, issuer))
  expect((await at.ask('GET', `${pathname}${search}`)).headers.get('location')).toBe('/held')
  return at
}

/** An owner who satisfies whatever was asked: by the firm's own sign-in. */
async function ask(rules: { secondFactor: boolean; only: boolean }) {
  const at = await byFirm(ada)
  const { edition, rules: before } = (await at.ask('GET', '/api/v1/settings/sign-in')).body as never as {
    edition: number
    rules: typeof rules
  }
  if (JSON.stringify(before) === JSON.stringify(rules)) return
  const sent = { rules, basedOn: edition, reason: 'the insurer asks for it' }
  expect(await at.ask('PUT', '/api/v1/settings/sign-in', sent)).toMatchObject({
    status: 200,
    body: { changed: true },
  })
}
const me = (at: Tab) => at.ask('GET', '/api/v1/me')
const open = async (at: Tab) => (await at.ask('GET', '/api/v1/tasks')).status

async function setUp(at: Tab): Promise<string> {
  const begun = await at.ask('POST', '/auth/two-factor/enable', { password })
  const secret = new URL(begun.body.totpURI!).searchParams.get('secret')!
  expect((await at.ask('POST', '/auth/two-factor/verify-totp', { code: totp(secret) })).status).toBe(200)
  return secret
}
const setBack = () =>
  world.database.adminPool.query(
    `update sign_in."user" set "twoFactorEnabled" = false; delete from sign_in."twoFactor"`,
  )

describe('a second factor of everybody', () => {
  it('is asked for from the next request on: who has none is told so, and let no further', async () => {
    const { at } = await byPassword(sam)
    expect(await open(at)).toBe(200)
    await ask({ secondFactor: true, only: false })
    expect((await me(at)).body).toMatchObject({ email: sam, needs: 'second_factor', scopes: [] })
    const { body: document } = await at.ask('GET', '/api/v1/openapi.json')
    const paths = Object.entries(document.paths as never as Record<string, Record<string, unknown>>)
    const id = '019f0a52-4e0c-7c1a-9d55-0242ac120002'
    const answered = []
    for (const [path, methods] of paths)
      for (const method of Object.keys(methods)) {
        // A name in a path that reads like the one open door opens nothing.
        const real = path.replaceAll(/\{(key|plan)\}/g, 'me').replaceAll(/\{\w+\}/g, id)
        const { status, body } = await at.ask(
          method.toUpperCase(),
          `/api/v1${real}`,
          method === 'get' || method === 'delete' ? undefined : {},
        )
        if (status === 403 && `${body.title}` === 'Set up a second factor first') continue
        answered.push(`${method} ${path} ${status}`)
      }
    expect(answered).toEqual(['get /me 200'])
    await setBack()
  })

  it('is there once it was set up, in the same session, and from then on at each sign-in', async () => {
    await ask({ secondFactor: true, only: false })
    const { at } = await byPassword(sam)
    expect(await open(at)).toBe(403)
    const secret = await setUp(at)
    expect((await me(at)).body).toMatchObject({ needs: null, twoFactor: true })
    expect(await open(at)).toBe(200)

    const again = await byPassword(sam)
    expect(again.answer.body).toMatchObject({ twoFactorRedirect: true })
    expect(await open(again.at)).toBe(401)
    await again.at.ask('POST', '/auth/two-factor/verify-totp', { code: totp(secret), trustDevice: true })
    expect(await open(again.at)).toBe(200)
    // A device that was trusted by a code is not asked again.
    await again.at.ask('POST', '/auth/sign-out', {})
    const trusted = await again.at.ask('POST', '/auth/sign-in/email', { email: sam, password })
    expect(trusted.body.twoFactorRedirect).toBeUndefined()
    expect(await open(again.at)).toBe(200)
    // Turned off again, it is asked for again, at once.
    expect((await again.at.ask('POST', '/auth/two-factor/disable', { password })).status).toBe(200)
    expect((await me(again.at)).body).toMatchObject({ needs: 'second_factor' })
    expect(await open(again.at)).toBe(403)
    await setBack()
  })

  it('is the issuer’s where somebody comes by the firm’s own sign-in', async () => {
    await ask({ secondFactor: true, only: false })
    const at = await byFirm(sam)
    expect((await me(at)).body).toMatchObject({ email: sam, needs: null })
    expect(await open(at)).toBe(200)
    // Choosing another password makes another session, which came in as this one did.
    const changed = { currentPassword: password, newPassword: `${password}!`, revokeOtherSessions: true }
    expect((await at.ask('POST', '/auth/change-password', changed)).status).toBe(200)
    expect(await open(at)).toBe(200)
    const back = { currentPassword: `${password}!`, newPassword: password }
    expect((await at.ask('POST', '/auth/change-password', back)).status).toBe(200)
  })

  it('is asked of whoever an older release has let in, and ends a line that is open', async () => {
    const { at } = await byPassword(sam)
    await world.database.adminPool.query('update sign_in."session" set proof = null')
    expect(await open(at)).toBe(200)
    await ask({ secondFactor: true, only: false })
    expect(await open(at)).toBe(403)
    expect((await at.ask('GET', '/api/v1/live?seconds=0')).status).toBe(403)
  })
})

describe('the firm’s own sign-in alone', () => {
  it('signs out who came otherwise, refuses their password, and names the way', async () => {
    const { at } = await byPassword(sam)
    await ask({ secondFactor: false, only: true })
    expect((await me(at)).status).toBe(401)
    const { answer, at: again } = await byPassword(sam)
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'FIRM_SIGN_IN_ONLY', own: { firm: 'harbor-pike', name: 'Microsoft 365' } },
    })
    expect(again.jar.get('__Host-tipstaff')).toBeUndefined()
    // Who does not know the password is told what everybody is told.
    const wrong = await tab().ask('POST', '/auth/sign-in/email', { email: sam, password: 'a wrong password' })
    expect(wrong.status).toBe(401)
    expect(wrong.body.own).toBeUndefined()
    expect(await open(await byFirm(sam))).toBe(200)
  })

  it('leaves owners their password: somebody gets in when it fails', async () => {
    await ask({ secondFactor: false, only: true })
    const { at } = await byPassword(ada)
    expect(await open(at)).toBe(200)
    await ask({ secondFactor: true, only: true })
    expect((await me(at)).body).toMatchObject({ needs: 'second_factor' })
  })

  it('lets who is invited join by it, and by no password', async () => {
    await ask({ secondFactor: false, only: true })
    const nadia = 'nadia@harborpike.example'
    const path = await invited(nadia, 'attorney')
    const own = { firm: 'harbor-pike', name: 'Microsoft 365' }
    expect((await tab().ask('GET', path)).body).toMatchObject({ email: nadia, own, only: true })
    const refused = await tab().ask('POST', path, { name: 'Nadia', email: nadia, password })
    expect(refused).toMatchObject({
      status: 403,
      body: { title: 'This firm lets its people in by its own sign-in alone' },
    })
    expect((await me(await byFirm(nadia))).body).toMatchObject({ email: nadia, role: 'attorney' })
    const zoe = await tab().ask('GET', await invited('zoe@harborpike.example', 'owner'))
    expect(zoe.body).toMatchObject({ own, only: false })
  })

  it('mails nobody a link for a password that would open nothing', async () => {
    await ask({ secondFactor: false, only: true })
    for (const email of [sam, ada])
      expect((await tab().ask('POST', '/auth/request-password-reset', { email })).status).toBe(200)
    await world.runtime.signIn.drain()
    const sent = await world.rows<{ email: string }>(
      `select s.email from audit_entries a join staff s on a.subject = 'staff:' || s.id
        where a.action = 'staff.reset_link_sent'`,
    )
    expect(sent).toEqual([{ email: ada }])
  })
})

describe('these rules', () => {
  it('are an owner’s to change, kept with who and why, and an edit that Git does not have', async () => {
    const { at: staff } = await byPassword(sam)
    const rules = { secondFactor: true, only: false }
    const sent = { rules, basedOn: 1, reason: 'r' }
    expect((await staff.ask('GET', '/api/v1/settings/sign-in')).status).toBe(403)
    expect((await staff.ask('PUT', '/api/v1/settings/sign-in', sent)).status).toBe(403)
    await ask(rules)
    const at = await byFirm(ada)
    expect((await at.ask('GET', '/api/v1/settings/sign-in')).body).toMatchObject({
      rules,
      own: 'Microsoft 365',
      changedBy: 'Ada Pike',
      reason: 'the insurer asks for it',
      ahead: true,
    })
    expect((await at.ask('PUT', '/api/v1/settings/sign-in', sent)).status).toBe(409)
    const history = (await at.ask('GET', '/api/v1/settings/history')).body.items as never as {
      signIn: unknown
    }[]
    expect(history[0]!.signIn).toEqual(rules)
    const applied = await world.apply(firm.dir)
    expect(applied).toMatchObject({ code: 2, printed: expect.stringContaining('secondFactor') })
  })

  it('can’t ask for a sign-in that the firm has not', async () => {
    const none = await startWorld()
    try {
      const [link] = await firstOwnerLinks(none.runtime)
      const at = browserTab(none.appUrl)
      await at.ask('POST', `/auth/invitations/${link!.link.split('#')[1]}`, {
        name: 'Ada',
        email: ada,
        password,
      })
      const { edition, own } = (await at.ask('GET', '/api/v1/settings/sign-in')).body
      expect(own).toBeNull()
      const sent = { rules: { secondFactor: false, only: true }, basedOn: edition, reason: 'r' }
      expect(await at.ask('PUT', '/api/v1/settings/sign-in', sent)).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'body.rules.only' }] },
      })
    } finally {
      await none.close()
    }
  })
})

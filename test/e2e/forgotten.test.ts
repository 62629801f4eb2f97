/** A forgotten password: a link by mail that works once, and an answer that tells nobody whose address it was. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { resetLinkCommand } from '../../src/main/commands/staff.ts'
import { firstOwnerLinks } from '../../src/main/first-owner.ts'
import { startOperators } from '../support/operators.ts'
import { browserTab, totp } from '../support/tab.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let operators: Awaited<ReturnType<typeof startOperators>>
const email = 'ada@harborpike.example'
const password = 'correct horse battery'
const next = 'another horse entirely'

beforeAll(async () => {
  operators = await startOperators()
  world = await startWorld({ env: operators.env })
  const [link] = await firstOwnerLinks(world.runtime)
  const joined = await tab().ask('POST', `/auth/invitations/${link!.link.split('#')[1]}`, {
    name: 'Ada Pike',
    email,
    password,
  })
  expect(joined.status).toBe(200)
})
afterAll(async () => {
  await world.close()
  operators.close()
})
beforeEach(async () => {
  await sql('delete from sign_in."rateLimit"')
  await sql('delete from sign_in."verification"')
  operators.mails.length = 0
})

const sql = (text: string) => world.database.adminPool.query(text)
const tab = () => browserTab(world.appUrl)
const ask = (address: string, headers?: Record<string, string>) =>
  tab().ask('POST', '/auth/request-password-reset', { email: address }, headers)
const choose = (token: string, newPassword: string) =>
  tab().ask('POST', '/auth/reset-password', { token, newPassword })
const enter = async (given: string, at = tab()) => ({
  at,
  answer: await at.ask('POST', '/auth/sign-in/email', { email, password: given }),
})
/** Out of the mail, whose lines may be folded. */
const tokenIn = (mail: string): string =>
  new RegExp(`${world.appUrl}/reset#([\\w-]+)`).exec(mail.replaceAll('=\n', '').replaceAll('=3D', '='))![1]!
async function mailed(): Promise<string> {
  await ask(email)
  await world.runtime.signIn.drain()
  expect(operators.mails).toHaveLength(1)
  return tokenIn(operators.mails.pop()!)
}
const acts = async () =>
  (
    await world.rows<{ action: string; actor: string }>(
      `select action, actor from audit_entries where action like 'staff.%reset%' order by xid, seq`,
    )
  ).map(({ action, actor }) => `${action} by ${actor.split(':')[0]}`)

describe('a link by mail', () => {
  it('leads to another password once, ends every session, and the second factor is asked for all the same', async () => {
    const { at } = await enter(password)
    const begun = await at.ask('POST', '/auth/two-factor/enable', { password })
    const secret = new URL(begun.body.totpURI!).searchParams.get('secret')!
    await at.ask('POST', '/auth/two-factor/verify-totp', { code: totp(secret) })
    // A device of which no code is asked for a month.
    const trusted = tab()
    await enter(password, trusted)
    await trusted.ask('POST', '/auth/two-factor/verify-totp', { code: totp(secret), trustDevice: true })
    await trusted.ask('POST', '/auth/sign-out', {})
    expect((await enter(password, trusted)).answer.body).not.toHaveProperty('twoFactorRedirect')

    const token = await mailed()
    expect((await choose(token, 'short')).status).toBe(400)
    expect((await choose(token, next)).status).toBe(200)
    for (const ended of [at, trusted]) expect((await ended.ask('GET', '/api/v1/me')).status).toBe(401)
    expect((await choose(token, 'a third horse, say')).body).toMatchObject({ code: 'INVALID_TOKEN' })
    expect((await enter(password)).answer.status).toBe(401)
    for (const device of [tab(), trusted]) {
      const { answer } = await enter(next, device)
      expect(answer.body).toMatchObject({ twoFactorRedirect: true })
      expect((await device.ask('GET', '/api/v1/me')).status).toBe(401)
    }
    expect(await acts()).toEqual(['staff.reset_link_sent by sign-in', 'staff.password_reset by staff'])
    await sql('delete from sign_in."twoFactor"; update sign_in."user" set "twoFactorEnabled" = false')
  })

  it('is good for half an hour, and is kept as a hash', async () => {
    const token = await mailed()
    const { rows } = await sql('select * from sign_in."verification"')
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
    const left = rows[0].expiresAt.epochMilliseconds - Date.now()
    expect(left).toBeGreaterThan(29 * 60_000)
    expect(left).toBeLessThanOrEqual(30 * 60_000)
    await sql(`update sign_in."verification" set "expiresAt" = now() - interval '1 second'`)
    expect(await choose(token, next)).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })
  })

  it('is void when another was followed', async () => {
    const [one, two] = [await mailed(), await mailed()]
    expect((await choose(two, next)).status).toBe(200)
    expect((await choose(one, 'a third horse, say')).status).toBe(400)
    expect((await enter(next)).answer.status).toBe(200)
  })
})

describe('who asks', () => {
  it('is told the same whether there is such an account or not, before anything was looked up', async () => {
    const client = await world.database.adminPool.connect()
    try {
      // Whoever looks for an account now waits until this is over.
      await client.query('begin; lock table sign_in."user" in access exclusive mode')
      const [known, unknown] = [await ask(email), await ask('nobody@harborpike.example')]
      expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
      expect(known).toMatchObject({ status: 200, body: { status: true } })
      const names = (answer: typeof known) => [...answer.headers.keys()].sort()
      expect(names(unknown)).toEqual(names(known))
      expect(operators.mails).toEqual([])
    } finally {
      await client.query('rollback')
      client.release()
    }
    await world.runtime.signIn.drain()
    expect(operators.mails).toHaveLength(1)
    expect(operators.mails[0]).toContain(email)
    expect(world.logged.join('')).not.toContain('nobody@harborpike.example')
  })

  it('is slowed down, and fills nobody’s mailbox', async () => {
    const statuses = []
    for (let i = 0; i < 7; i++) statuses.push((await ask(email)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
    await world.runtime.signIn.drain()
    expect(operators.mails.length).toBeLessThanOrEqual(5)
    await sql('delete from sign_in."rateLimit"')
    operators.mails.length = 0
    await ask(email)
    await world.runtime.signIn.drain()
    expect(operators.mails).toEqual([])
  })

  it('must be a page of ours, and name an address', async () => {
    expect((await ask(email, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await ask('no address')).status).toBe(400)
    await world.runtime.signIn.drain()
    expect(operators.mails).toEqual([])
  })
})

describe('without a mail server', () => {
  const run = async (address: string) => {
    const out: string[] = []
    const err: string[] = []
    const terminal = {
      colour: false,
      out: (text: string) => void out.push(text),
      err: (text: string) => void err.push(text),
    }
    const code = await resetLinkCommand({ ...world.runtime, terminal, by: 'cli:ops' }, address, {})
    return { code, out: out.join(''), err: err.join('') }
  }

  it('"tipstaff staff reset-link" prints the link; it is on record who made it', async () => {
    const made = await run('Ada@HarborPike.example')
    expect(made.code).toBe(0)
    const third = 'a third horse, say'
    expect((await choose(new URL(made.out.trim()).hash.slice(1), third)).status).toBe(200)
    expect((await enter(third)).answer.status).toBe(200)
    expect((await acts()).slice(-2)).toEqual([
      'staff.reset_link_made by cli',
      'staff.password_reset by staff',
    ])
  })

  it('and says so where nobody has that address, or enough links are good', async () => {
    const none = await run('nobody@harborpike.example')
    expect(none).toMatchObject({ code: 1, out: '' })
    expect(none.err).toContain('nobody with the address nobody@harborpike.example signs in by password here')
    for (let i = 0; i < 3; i++) expect((await run(email)).code).toBe(0)
    expect(await run(email)).toMatchObject({ code: 1, out: '' })
  })

  it('somebody who asks is answered as ever, and the log says what to run', async () => {
    operators.close()
    const before = world.logged.length
    expect((await ask(email)).status).toBe(200)
    await world.runtime.signIn.drain()
    const said = world.logged.slice(before).join('')
    expect(said).toContain('could not be mailed')
    expect(said).not.toContain(email)
  })
})

/** Settings for people and keys over the API: suspended, signed out, invited anew; and that nobody gets more than they have. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeMatter, invite, join, type Role, roles, welcome } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, type Person, somebody } from './api-support.ts'
import { phone } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let firm: FirmWorld
const as = {} as Record<Role, Person>

beforeAll(async () => {
  world = await apiWorld()
  firm = await world.firm('settings')
  for (const role of roles) as[role] = await somebody(world, firm, role)
})
afterAll(() => world.deps.signIn.close())

const acting = () => ({ by: 'test', now: world.clock.now(), newId })
const me = (who: Person | string) => world.call(who, 'GET', '/me')
const memberIn = async (id: string, who: Person = as.owner) =>
  (await world.call(who, 'GET', '/staff')).body.items.find((one: { id: string }) => one.id === id)
const deed = (who: Person | string, id: string, what: string) =>
  world.call(who, 'POST', `/staff/${id}/${what}`)

describe('who works here', () => {
  it('shows when somebody was seen last, to some minutes, how they sign in, and who invited them', async () => {
    const member = await somebody(world, firm, 'staff')
    expect(await memberIn(member.staffId)).toMatchObject({
      state: 'joined',
      lastSeenAt: null,
      signIn: { password: true, twoFactor: false, passkeys: 0 },
    })
    const first = world.clock.now().toString()
    await me(member)
    world.clock.advance({ minutes: 4 })
    await me(member)
    expect((await memberIn(member.staffId)).lastSeenAt).toBe(first)
    world.clock.advance({ minutes: 1 })
    await me(member)
    expect((await memberIn(member.staffId)).lastSeenAt).toBe(world.clock.now().toString())
    const { body } = await world.call(as.owner, 'POST', '/staff', {
      name: 'Rosa Lind',
      email: `${newId()}@firm.example`,
      role: 'read_only',
    })
    const { name } = (await me(as.owner)).body
    expect(await memberIn(body.id)).toMatchObject({ state: 'invited', invitedBy: name, signIn: null })
  })

  it('suspends somebody: out at once, let in by no door, and back as they were', async () => {
    const member = await somebody(world, firm, 'attorney')
    expect((await deed(as.owner, member.staffId, 'suspend')).status).toBe(200)
    expect((await me(member)).status).toBe(401)
    expect(await memberIn(member.staffId)).toMatchObject({ state: 'suspended', role: 'attorney' })
    // Neither by the firm's own sign-in, nor by a link for a new password.
    expect(await welcome(world.db, firm.firmId, member.email, acting())).toBe('nobody')
    expect(await world.deps.signIn.resetLink(firm.firmId, member.email, 'test')).toBe('nobody')
    expect((await deed(as.owner, member.staffId, 'reinstate')).status).toBe(200)
    // The session of before stays ended; the account is as it was.
    expect((await me(member)).status).toBe(401)
    expect(await memberIn(member.staffId)).toMatchObject({ state: 'joined', signIn: { password: true } })
    expect(await welcome(world.db, firm.firmId, member.email, acting())).toBe('member')
  })

  it('signs somebody out everywhere, who may sign in again', async () => {
    const member = await somebody(world, firm, 'staff')
    expect((await me(member)).status).toBe(200)
    expect((await deed(as.owner, member.staffId, 'sign-out')).status).toBe(200)
    expect((await me(member)).status).toBe(401)
    expect(await memberIn(member.staffId)).toMatchObject({ state: 'joined' })
    const [entry] = await firm.inFirm((tx) =>
      tx.rows(`select actor from audit_entries where action = 'staff.all_sessions_ended' and subject = $1`, [
        `staff:${member.staffId}`,
      ]),
    )
    expect(entry).toEqual({ actor: `staff:${as.owner.staffId}` })
  })

  it('makes another link for an invitation, void the one of before, and withdraws it', async () => {
    const wished = { name: 'Ines', email: `${newId()}@firm.example`, role: 'staff' }
    const first = (await world.call(as.owner, 'POST', '/staff', wished)).body
    const again = await deed(as.owner, first.id, 'invitation')
    expect(again).toMatchObject({ status: 200, body: { id: first.id, mailed: false } })
    const tokenOf = (link: string) => link.split('#')[1]!
    expect(await world.deps.signIn.invitation(tokenOf(first.link))).toBeNull()
    expect(await world.deps.signIn.invitation(tokenOf(again.body.link))).toMatchObject({
      email: wished.email,
    })
    expect((await deed(as.owner, first.id, 'suspend')).status).toBe(409)
    expect((await world.call(as.owner, 'DELETE', `/staff/${first.id}`)).status).toBe(200)
    expect(await world.deps.signIn.invitation(tokenOf(again.body.link))).toBeNull()
    expect((await deed(as.owner, first.id, 'invitation')).status).toBe(404)
    expect((await deed(as.owner, as.staff.staffId, 'invitation')).status).toBe(409)
  })
})

describe('nobody gets more than they have', () => {
  it('whoever may administer alone changes nothing of an owner, nor of an invitation to become one', async () => {
    for (const what of ['suspend', 'reinstate', 'sign-out'])
      expect(await deed(as.operator, as.owner.staffId, what)).toMatchObject({ status: 403 })
    const wished = { name: 'Second owner', email: `${newId()}@firm.example`, role: 'owner' }
    const { body } = await world.call(as.owner, 'POST', '/staff', wished)
    // Inviting the same address to less would take the place of what an owner decided, and hand out a link.
    const less = await world.call(as.operator, 'POST', '/staff', { ...wished, role: 'staff' })
    expect(less).toMatchObject({ status: 403 })
    expect(less.body).not.toHaveProperty('link')
    expect(await deed(as.operator, body.id, 'invitation')).toMatchObject({ status: 403 })
    expect((await world.call(as.operator, 'DELETE', `/staff/${body.id}`)).status).toBe(403)
    expect(await world.deps.signIn.invitation(body.link.split('#')[1])).toMatchObject({ role: 'owner' })
  })

  it('nobody makes themselves an owner, by whatever role or key', async () => {
    for (const role of ['attorney', 'staff', 'read_only', 'operator'] as const) {
      const path = `/staff/${as[role].staffId}/role`
      expect(await world.call(as[role], 'PUT', path, { role: 'owner' })).toMatchObject({ status: 403 })
      expect((await me(as[role])).body.role).toBe(role)
    }
    const { key } = await firm.key(['read', 'administer'])
    const owner = { name: 'x', email: `${newId()}@firm.example`, role: 'owner' }
    expect(await world.call(key, 'POST', '/staff', owner)).toMatchObject({ status: 403 })
    const scopes = ['read', 'operate']
    expect(await world.call(key, 'POST', '/keys', { name: 'more', scopes })).toMatchObject({ status: 403 })
  })

  it('invites into the firm of whoever asks, and no body says otherwise', async () => {
    const other = await world.firm('other-settings')
    const wished = { name: 'Spy', email: `${newId()}@firm.example`, role: 'staff' }
    const sent = await world.call(as.owner, 'POST', '/staff', { ...wished, firmId: other.firmId })
    expect(sent).toMatchObject({ status: 422, body: { errors: [{ path: 'body.firmId' }] } })
    const { body } = await world.call(as.owner, 'POST', '/staff', wished)
    const invitation = await world.deps.signIn.invitation(body.link.split('#')[1])
    expect(invitation).toMatchObject({ firmId: firm.firmId })
    // Nor does the link of one firm's invitation join another.
    const account = { name: 'Spy', email: wished.email, passwordHash: 'x' }
    const at = { firmId: other.firmId, staffId: body.id }
    expect(await join(world.db, at, account, body.link.split('#')[1], acting())).toBe('void')
  })

  it('says the same of an address that has an account at another firm as of any other', async () => {
    const other = await world.firm('yet-another')
    const theirs = await somebody(world, other, 'staff')
    const answers = await Promise.all(
      [theirs.email, `${newId()}@firm.example`].map((email) =>
        world.call(as.owner, 'POST', '/staff', { name: 'x', email, role: 'staff' }),
      ),
    )
    expect(answers.map(({ status, body }) => ({ status, keys: Object.keys(body) }))).toEqual(
      Array(2).fill({ status: 200, keys: ['id', 'link', 'expiresAt', 'mailed'] }),
    )
  })

  it('keeps one owner who can sign in: of two who suspend each other at once one stays', async () => {
    const lonely = await world.firm('lonely-settings')
    const [one, two] = [await somebody(world, lonely, 'owner'), await somebody(world, lonely, 'owner')]
    const done = await Promise.all([deed(one, two.staffId, 'suspend'), deed(two, one.staffId, 'suspend')])
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1)
    const left = done[0]!.status === 200 ? one : two
    const gone = left === one ? two : one
    expect(await deed(left, left.staffId, 'suspend')).toMatchObject({ status: 409 })
    // Who is suspended is no owner that a firm could be left with.
    expect(await world.call(left, 'DELETE', `/staff/${left.staffId}`)).toMatchObject({ status: 409 })
    expect((await deed(left, gone.staffId, 'reinstate')).status).toBe(200)
    expect((await world.call(left, 'DELETE', `/staff/${left.staffId}`)).status).toBe(200)
  })
})

describe('keys', () => {
  it('say who made them, when they end and when they were used last', async () => {
    const ends = world.clock.now().add({ hours: 24 }).toString()
    const wished = { name: 'nightly export', scopes: ['read'], expiresAt: ends }
    const { body } = await world.call(as.owner, 'POST', '/keys', wished)
    const listed = async () =>
      (await world.call(as.owner, 'GET', '/keys')).body.items.find((k: { id: string }) => k.id === body.id)
    const { name } = (await me(as.owner)).body
    expect(await listed()).toMatchObject({
      createdBy: name,
      expiresAt: ends,
      lastUsedAt: null,
      state: 'good',
    })
    expect((await me(body.key)).status).toBe(200)
    expect(await listed()).toMatchObject({ lastUsedAt: world.clock.now().toString() })
    world.clock.advance({ hours: 24 })
    expect((await me(body.key)).status).toBe(401)
    expect(await listed()).toMatchObject({ state: 'expired', revokedAt: null })
    const past = { ...wished, expiresAt: '2020-01-01T00:00:00Z' }
    expect(await world.call(as.owner, 'POST', '/keys', past)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.expiresAt' }] },
    })
  })

  it('that end make none that outlast them', async () => {
    const expiresAt = world.clock.now().add({ hours: 2 })
    const wished = { name: 'deploy', scopes: ['read', 'administer'] }
    const until = (hours: number) => ({ expiresAt: expiresAt.add({ hours }).toString() })
    const { body } = await world.call(as.owner, 'POST', '/keys', { ...wished, ...until(0) })
    for (const longer of [{}, until(1)])
      expect(await world.call(body.key, 'POST', '/keys', { ...wished, ...longer })).toMatchObject({
        status: 403,
      })
    expect((await world.call(body.key, 'POST', '/keys', { ...wished, ...until(-1) })).status).toBe(200)
  })

  it('see no more than who made them: walls bind them, also those raised later, and the keys that they make', async () => {
    const client = await firm.client(`K${newId()}`, { phone: phone() }, `N-${newId()}`)
    const behind = await somebody(world, firm, 'owner')
    const made = async (who: Person | string) =>
      (await world.call(who, 'POST', '/keys', { name: 'k', scopes: ['read', 'administer'] })).body.key
    const before = await made(behind)
    const asked = (who: Person | string) => world.call(who, 'GET', `/trace?q=${client.id}`)
    expect((await asked(before)).status).toBe(200)
    await firm.inFirm((tx) =>
      closeMatter(tx, { matterId: client.matterId, staffId: behind.staffId }, 'her brother', acting()),
    )
    const after = await made(behind)
    for (const key of [before, after, await made(before)]) expect((await asked(key)).status).toBe(404)
    expect((await asked(await made(as.owner))).status).toBe(200)
    // Nor does it lift the wall.
    const lift = `/walls/${behind.staffId}/${client.matterId}/lift`
    expect((await world.call(before, 'POST', lift, { reason: 'r' })).status).toBe(404)
  })
})

describe('a connection', () => {
  it('is tested by who may operate, and the record says who did and what came of it', async () => {
    const path = `/connections/${firm.firmKey}-clio/test`
    expect((await world.call(as.read_only, 'POST', path)).status).toBe(403)
    const { status, body } = await world.call(as.staff, 'POST', path)
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        verdict: 'fails',
        findings: [
          { what: 'reach', status: 'fail', detail: 'waits for a person: nobody has connected it yet' },
        ],
      },
    })
    expect(
      (await world.call(as.staff, 'POST', `/connections/${firm.firmKey}-twilio/test`)).body,
    ).toMatchObject({
      verdict: 'nothing',
      findings: [],
    })
    const entries = await firm.inFirm((tx) =>
      tx.rows(`select actor, data from audit_entries where action = 'connection.tested' and subject = $1`, [
        `connection:${firm.connections.clio}`,
      ]),
    )
    expect(entries).toEqual([{ actor: `staff:${as.staff.staffId}`, data: { verdict: 'fails' } }])
  })
})

it('an invitation that was made by the command line says so', async () => {
  const email = `${newId()}@firm.example`
  const made = await firm.inFirm((tx) =>
    invite(tx, { name: 'x', email, role: 'staff' }, { ...acting(), by: 'cli:root' }),
  )
  expect(await memberIn(made!.id)).toMatchObject({ invitedBy: 'cli:root', email })
})

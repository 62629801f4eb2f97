/** People over the API: what each role may do, who lets whom in, and matters that are closed to somebody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeMatter, invite, type Role, roles, type Scope, scopesOf } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, type Person, somebody } from './api-support.ts'
import { fill, otherFirms, phone, plain, registeredIn, thingsIn } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let firm: FirmWorld
const as = {} as Record<Role, Person>

beforeAll(async () => {
  world = await apiWorld()
  firm = await world.firm('people')
  for (const role of roles) as[role] = await somebody(world, firm, role)
})
afterAll(() => world.deps.signIn.close())

const acting = () => ({ by: 'test', now: world.clock.now(), newId })

describe('every route, for every role', () => {
  it('is open to those whose role has its scope, and to no other', async () => {
    for (const { method, path, scope } of registeredIn(world.app)) {
      for (const role of roles) {
        const body = method === 'get' || method === 'delete' ? undefined : {}
        const { status, body: told } = await world.call(as[role], method, fill(path), body)
        const may = scopesOf[role].includes(scope as Scope)
        if (may) expect({ method, path, role, status }).not.toMatchObject({ status: 403 })
        else
          expect({ method, path, role, status, told }).toMatchObject({
            status: 403,
            told: { detail: expect.stringContaining(`"${scope}"`) },
          })
      }
    }
  })

  it('does what it changes only for a page of ours, since browsers send the cookie along for any', async () => {
    for (const { method, path } of registeredIn(world.app)) {
      if (method === 'get') continue
      for (const origin of [null, 'https://evil.example', 'null', 'https://tipstaff.example.evil.example']) {
        const response = await world.app.request(fill(path), {
          method: method.toUpperCase(),
          headers: {
            cookie: as.owner.cookie,
            'content-type': 'application/json',
            ...(origin === null ? {} : { origin }),
          },
          ...(method === 'delete' ? {} : { body: '{}' }),
        })
        expect({ method, path, origin, status: response.status }).toMatchObject({ status: 403 })
      }
    }
  })

  it('says who asks, and what they may do', async () => {
    expect(await world.call(as.attorney, 'GET', '/me')).toMatchObject({
      status: 200,
      body: {
        email: as.attorney.email,
        role: 'attorney',
        scopes: ['read', 'operate', 'configure'],
        twoFactor: false,
        firm: { timeZone: 'America/New_York', languages: ['en', 'es'] },
      },
    })
    const { key } = await firm.key(['read'], 'front desk')
    expect((await world.call(key, 'GET', '/me')).body).toMatchObject({ name: 'front desk', role: null })
  })
})

describe('a matter that is closed to somebody', () => {
  it('is found nowhere by them, and by everybody else as before', async () => {
    const closed = await thingsIn(world.clock, firm)
    const open = await thingsIn(world.clock, firm)
    const behind = await somebody(world, firm, 'owner', 'Behind The Wall')
    await firm.inFirm((tx) =>
      closeMatter(tx, { matterId: closed.matter as never, staffId: behind.staffId }, 'her brother', acting()),
    )
    // What names the matter and what came of it; people and keys of the firm are not hidden.
    const { connection: _, staff: _s, apiKey: _k, quarantine: _q, template: _t, rule: _r, ...hidden } = closed
    const lists = registeredIn(world.app).flatMap(({ method, path }) => (method === 'get' ? plain(path) : []))
    expect(lists.length).toBeGreaterThan(12)
    const shown = new Set<string>()
    for (const [path] of lists) {
      const separator = path.includes('?') ? '&' : '?'
      const paged = /dead-letters|quarantine|tasks|held|events|quality|appointments/.test(path)
      const asked = paged ? `${path}${separator}limit=200` : path
      const mine = JSON.stringify((await world.call(behind, 'GET', asked)).body)
      const others = JSON.stringify((await world.call(as.owner, 'GET', asked)).body)
      for (const [what, id] of Object.entries(hidden)) {
        expect({ path, what, found: mine.includes(id) }).toEqual({ path, what, found: false })
        if (others.includes(id)) shown.add(what)
      }
      for (const [what, id] of Object.entries(open))
        expect({ path, what, found: mine.includes(id) }).toEqual({ path, what, found: others.includes(id) })
    }
    // The lists would have shown them: the test looks where there is something to see.
    expect([...shown]).toEqual(
      expect.arrayContaining(['matter', 'client', 'message', 'letter', 'task', 'quality']),
    )

    for (const { method, path } of registeredIn(world.app)) {
      for (const [[named, body], [nobodys, nothing]] of otherFirms(method, path, closed)) {
        if (/^\/(staff|keys|connections|quarantine|rules)|^\/templates\/\{key\}(?!\/preview)/.test(path))
          continue
        const answer = await world.call(behind, method, named, body)
        expect({ method, named, ...answer }).toMatchObject({ status: 404 })
        // In the same words as for what nobody has, so that the answer gives nothing away.
        const other = await world.call(behind, method, nobodys, nothing)
        expect(Object.keys(answer.body)).toEqual(Object.keys(other.body))
      }
    }
  })

  it('hides a client with the last of their matters that is not closed', async () => {
    const client = await firm.client(`W${newId()}`, { phone: phone() }, `N-${newId()}`)
    const behind = await somebody(world, firm, 'staff')
    await firm.inFirm((tx) =>
      closeMatter(tx, { matterId: client.matterId, staffId: behind.staffId }, 'conflict', acting()),
    )
    for (const q of [client.id, client.phone!, client.name, client.number])
      expect((await world.call(behind, 'GET', `/trace?q=${encodeURIComponent(q)}`)).status).toBe(404)
    // A second matter of theirs: the client is there again, and the first matter is not.
    await firm.inFirm((tx) =>
      tx.run(
        `insert into matters (firm_id, id, connection_id, external_id, client_id, number, title, observed_at)
         values (current_firm(), $1::uuid, $2, $1::uuid::text, $3, 'second', 'v. Other', $4)`,
        [newId(), firm.connections.clio, client.id, world.clock.now()],
      ),
    )
    const { status, body } = await world.call(behind, 'GET', `/trace?q=${client.id}`)
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toContain(client.matterId)
    expect(JSON.stringify(body)).not.toContain(client.number)
  })

  it('may be closed by somebody to themselves, and is opened again by another', async () => {
    const client = await firm.client(`S${newId()}`, { phone: phone() }, `N-${newId()}`)
    const other = await firm.client(`S${newId()}`, { phone: phone() }, `N-${newId()}`)
    const owner = await somebody(world, firm, 'owner')
    const close = (matter: string) =>
      world.call(owner, 'POST', '/walls', { matter, staffId: owner.staffId, reason: 'my cousin' })
    expect(await close(client.number)).toMatchObject({ status: 200, body: { id: client.matterId } })
    // With a wall before them already the next is raised all the same.
    expect((await close(other.number)).status).toBe(200)
    expect((await close(client.number)).status).toBe(404)
    const { body } = await world.call(as.owner, 'GET', '/walls')
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ matterId: client.matterId, staffId: owner.staffId, reason: 'my cousin' }),
      ]),
    )
    expect((await world.call(owner, 'GET', '/walls')).body.items).not.toContainEqual(
      expect.objectContaining({ matterId: client.matterId }),
    )
    const path = `/walls/${owner.staffId}/${client.matterId}/lift`
    const lift = (who: Person) => world.call(who, 'POST', path, { reason: 'he moved to another firm' })
    // Whoever is behind it can't see it, and so not lift it.
    expect((await lift(owner)).status).toBe(404)
    expect((await lift(as.owner)).status).toBe(200)
    expect((await lift(as.owner)).status).toBe(404)
    const kept = await firm.inFirm((tx) =>
      tx.rows(`select action, data from audit_entries where subject = $1 order by seq`, [
        `matter:${client.matterId}`,
      ]),
    )
    expect(kept).toEqual([
      { action: 'wall.raised', data: { staff: owner.staffId, reason: 'my cousin' } },
      { action: 'wall.taken_down', data: { staff: owner.staffId, reason: 'he moved to another firm' } },
    ])
    expect((await world.call(owner, 'GET', `/trace?q=${client.id}`)).status).toBe(200)
  })
})

describe('letting people in and out', () => {
  it('invites by a link that works once, for that address', async () => {
    const { status, body } = await world.call(as.owner, 'POST', '/staff', {
      name: 'Nadia Ortiz',
      email: 'Nadia@firm.example',
      role: 'staff',
    })
    expect({ status, body }).toMatchObject({ status: 200, body: { mailed: false } })
    const token = body.link.split('/join#')[1]
    const given = { name: 'Nadia', email: 'nadia@firm.example', password: 'fifteen letters!' }
    const { join } = world.deps.signIn
    const other = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
    expect(await join(other, given)).toBe('void')
    expect(await join(token, { ...given, email: 'mallory@evil.example' })).toBe('other_address')
    // Ten who follow it at once: one of them joins.
    const all = await Promise.all(Array.from({ length: 10 }, () => join(token, given)))
    expect(all.filter((one) => typeof one !== 'string')).toHaveLength(1)
    expect(await join(token, given)).toBe('void')
    const again = await world.call(as.owner, 'POST', '/staff', {
      ...given,
      password: undefined,
      role: 'staff',
    })
    expect(again).toMatchObject({ status: 409 })
  })

  it('makes the link of before void when somebody is invited anew, and any after a week', async () => {
    const wished = { name: 'Late', email: `${newId()}@firm.example`, role: 'staff' as const }
    const first = await firm.inFirm((tx) => invite(tx, wished, acting()))
    const second = await firm.inFirm((tx) => invite(tx, wished, acting()))
    expect(second!.id).toBe(first!.id)
    expect(await world.deps.signIn.invitation(first!.token)).toBeNull()
    expect(await world.deps.signIn.invitation(second!.token)).toMatchObject({ email: wished.email })
    world.clock.advance({ hours: 24 * 7 })
    expect(await world.deps.signIn.invitation(second!.token)).toBeNull()
    const { body } = await world.call(as.owner, 'GET', '/staff')
    expect(body.items).toContainEqual(expect.objectContaining({ id: first!.id, state: 'expired' }))
  })

  it('takes an account for one firm: an address that has joined can’t join another', async () => {
    const elsewhere = await world.firm('elsewhere')
    const wished = { name: 'Twice', email: as.staff.email, role: 'staff' as const }
    const invited = await elsewhere.inFirm((tx) => invite(tx, wished, acting()))
    const given = { ...wished, password: 'some other password' }
    expect(await world.deps.signIn.join(invited!.token, given)).toBe('taken')
    expect((await world.call(as.staff, 'GET', '/me')).body.name).not.toBe('Twice')
  })

  it('ends the sessions of who has left at once, and gives another role with the next request', async () => {
    const member = await somebody(world, firm, 'staff')
    const path = `/staff/${member.staffId}`
    expect((await world.call(member, 'GET', '/me')).body.role).toBe('staff')
    expect((await world.call(as.owner, 'PUT', `${path}/role`, { role: 'read_only' })).status).toBe(200)
    expect((await world.call(member, 'GET', '/me')).body).toMatchObject({
      role: 'read_only',
      scopes: ['read'],
    })
    expect((await world.call(as.owner, 'DELETE', path)).status).toBe(200)
    expect((await world.call(member, 'GET', '/me')).status).toBe(401)
    expect((await world.call(as.owner, 'DELETE', path)).status).toBe(404)
  })

  it('lets nobody give more than they have, nor take from who has more', async () => {
    const wished = { name: 'x', email: `${newId()}@firm.example`, role: 'attorney' }
    expect(await world.call(as.operator, 'POST', '/staff', wished)).toMatchObject({ status: 403 })
    const scopes = ['configure']
    expect(await world.call(as.operator, 'POST', '/keys', { name: 'k', scopes })).toMatchObject({
      status: 403,
    })
    const path = `/staff/${as.owner.staffId}`
    expect((await world.call(as.operator, 'DELETE', path)).status).toBe(403)
    expect((await world.call(as.operator, 'PUT', `${path}/role`, { role: 'staff' })).status).toBe(403)
  })

  it('keeps the last owner, of two who remove each other at once one', async () => {
    const lonely = await world.firm('lonely')
    const [one, two] = [await somebody(world, lonely, 'owner'), await somebody(world, lonely, 'owner')]
    const gone = await Promise.all([
      world.call(one, 'DELETE', `/staff/${two.staffId}`),
      world.call(two, 'DELETE', `/staff/${one.staffId}`),
    ])
    expect(gone.filter((g) => g.status === 200)).toHaveLength(1)
    const left = gone[0]!.status === 200 ? one : two
    expect(await world.call(left, 'DELETE', `/staff/${left.staffId}`)).toMatchObject({ status: 409 })
    const demoted = await world.call(left, 'PUT', `/staff/${left.staffId}/role`, { role: 'staff' })
    expect(demoted).toMatchObject({
      status: 409,
      body: { title: expect.stringContaining('Somebody must stay') },
    })
  })

  it('makes and revokes keys, shown once', async () => {
    const { body } = await world.call(as.owner, 'POST', '/keys', { name: 'script', scopes: ['read', 'read'] })
    expect((await world.call(body.key, 'GET', '/me')).body).toMatchObject({ scopes: ['read'] })
    const { body: listed } = await world.call(as.owner, 'GET', '/keys')
    expect(JSON.stringify(listed)).not.toContain(body.key)
    expect((await world.call(as.owner, 'DELETE', `/keys/${body.id}`)).status).toBe(200)
    expect((await world.call(body.key, 'GET', '/me')).status).toBe(401)
  })
})

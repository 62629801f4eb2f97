import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { retentionLane } from '../../src/main/retention-lane.ts'
import { applyPlan, loadConfig, loadHeads, lockConfig, plan } from '../../src/modules/firms/index.ts'
import { claimKey, marksOf } from '../../src/modules/idempotency/index.ts'
import { closeMatter, scopes } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, type Person, somebody } from './api-support.ts'
import { phone, registeredIn } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let ours: FirmWorld
let theirs: FirmWorld
let key: string
let keyId: string

beforeAll(async () => {
  world = await apiWorld()
  ours = await world.firm('ours')
  theirs = await world.firm('theirs')
  const made = await ours.key(scopes, 'all')
  key = made.key
  keyId = made.id
})

afterAll(() => world.deps.signIn.close())

const named = (idempotencyKey: string) => ({ 'idempotency-key': idempotencyKey })
const post = (
  who: string | Person,
  path: string,
  body: unknown,
  name: string,
  more: Record<string, string> = {},
) => world.call(who, 'POST', path, body, { ...named(name), ...more })
const replayed = (answer: { headers: Headers }) => answer.headers.get('idempotent-replayed')

/** A hold can be placed on the same matter as often as one likes: each shows. */
async function matterToHold(firm = ours) {
  const { number } = await firm.client(`H${newId()}`, { phone: phone() }, `H-${newId()}`)
  const body = { scope: 'matter', target: number, reason: 'litigation' }
  const count = () =>
    firm.inFirm(async (tx) => {
      const [row] = await tx.rows<{ n: number }>(
        'select count(*)::int as n from legal_holds h join matters m on m.id = h.matter_id where m.number = $1',
        [number],
      )
      return row!.n
    })
  return { body, count, number }
}

describe('the same POST with the same Idempotency-Key', () => {
  it('is done once, of ten at the same time, and all are told the same in the end', async () => {
    const { body, count } = await matterToHold()
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(key, '/holds', body, 'twins')))
    expect(await count()).toBe(1)
    const first = answers.filter((a) => a.status === 200 && replayed(a) === null)
    expect(first).toHaveLength(1)
    for (const answer of answers.filter((a) => a !== first[0])) {
      if (answer.status === 200) expect(replayed(answer)).toBe('true')
      else expect(answer).toMatchObject({ status: 409, body: { title: 'It is being done at this moment' } })
      if (answer.status === 409) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    const after = await post(key, '/holds', body, 'twins')
    expect(after).toMatchObject({ status: 200, type: first[0]!.type, body: first[0]!.body })
    expect(replayed(after)).toBe('true')
    expect(await count()).toBe(1)
  })

  it('is the same however its key is quoted and its fields are ordered', async () => {
    const { body, count } = await matterToHold()
    const first = await post(key, '/holds', body, 'order')
    const other = await post(
      key,
      '/holds',
      { reason: body.reason, target: body.target, scope: body.scope },
      '"order"',
    )
    expect(other.body).toEqual(first.body)
    expect(replayed(other)).toBe('true')
    expect(await count()).toBe(1)
  })

  it('is refused with another body, or about another thing', async () => {
    const { body, count } = await matterToHold()
    const hold = await post(key, '/holds', body, 'changed')
    const changed = await post(key, '/holds', { ...body, reason: 'something else' }, 'changed')
    expect(changed).toMatchObject({
      status: 422,
      type: 'application/problem+json',
      body: { errors: [{ path: 'header.idempotency-key' }] },
    })
    expect(await count()).toBe(1)
    const release = (id: string) => post(key, `/holds/${id}/release`, { reason: 'over' }, 'released')
    expect((await release(hold.body.id)).status).toBe(200)
    expect((await release(newId())).status).toBe(422)
  })

  it('is another for another caller, another firm, and another route', async () => {
    const [mine, other] = [await matterToHold(), await matterToHold(theirs)]
    const second = (await ours.key(scopes, 'second')).key
    const theirKey = (await theirs.key(scopes, 'their')).key
    for (const who of [key, second]) expect((await post(who, '/holds', mine.body, 'shared')).status).toBe(200)
    expect(await mine.count()).toBe(2)
    const elsewhere = await post(theirKey, '/holds', other.body, 'shared')
    expect(elsewhere.status).toBe(200)
    expect(replayed(elsewhere)).toBeNull()
    expect(await other.count()).toBe(1)
    const paused = await post(key, '/pauses', { ...mine.body, reason: 'r' }, 'shared')
    expect(paused).toMatchObject({ status: 200, body: { pause: {} } })
  })

  it('is answered as it was refused, too', async () => {
    const { body, count } = await matterToHold()
    const hold = await post(key, '/holds', body, 'refused')
    const release = (name: string) => post(key, `/holds/${hold.body.id}/release`, { reason: 'over' }, name)
    expect((await release('first')).status).toBe(200)
    const refused = await release('second')
    expect(refused).toMatchObject({ status: 409, body: { title: 'It was released before' } })
    const again = await release('second')
    expect(again).toMatchObject({ status: 409, type: refused.type, body: refused.body })
    expect([replayed(refused), replayed(again)]).toEqual([null, 'true'])
    expect(await count()).toBe(1)
  })

  it('may be mended where it could not even be read', async () => {
    const { body, count } = await matterToHold()
    expect((await post(key, '/holds', '{"scope": ', 'mended')).status).toBe(400)
    expect((await post(key, '/holds', body, 'mended', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post(key, '/holds', body, 'mended')).status).toBe(200)
    expect(await count()).toBe(1)
  })

  it('says what is no key', async () => {
    const { body, count } = await matterToHold()
    for (const bad of ['', 'a b', 'k'.repeat(256)])
      expect(await post(key, '/holds', body, bad)).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'header.idempotency-key' }] },
      })
    expect(await count()).toBe(0)
  })

  it('is new after 24 hours, when its row is swept', async () => {
    const { body, count } = await matterToHold()
    const rows = () => ours.inFirm((tx) => tx.rows('select from idempotency_keys'))
    await post(key, '/holds', body, 'old')
    world.clock.advance({ hours: 23, minutes: 59 })
    expect(replayed(await post(key, '/holds', body, 'old'))).toBe('true')
    world.clock.advance({ minutes: 1 })
    expect(replayed(await post(key, '/holds', body, 'old'))).toBeNull()
    expect(await count()).toBe(2)
    world.clock.advance({ hours: 24 })
    expect(await rows()).not.toEqual([])
    const { db, clock, deps } = world
    const lane = retentionLane({
      db,
      clock,
      firms: deps.firms as never,
      mac: () => '',
      mayDelete: () => true,
      log: deps.log,
    })
    await lane.run(ours.firmId)
    expect(await rows()).toEqual([])
  })

  it('is taken by every POST of the API, and described there', () => {
    const posts = registeredIn(world.app).filter(({ method }) => method === 'post')
    expect(posts.length).toBeGreaterThan(15)
    for (const { path, route } of posts) {
      const { headers } = route.request as { headers?: { shape?: object } }
      expect(Object.keys(headers?.shape ?? {}), path).toContain('idempotency-key')
      expect(Object.keys(route.responses), path).toEqual(expect.arrayContaining(['409', '422']))
    }
  })
})

describe('a message that somebody writes', () => {
  /** Texts leave by its Twilio, and a note may be sent by hand. */
  async function writing(firm: FirmWorld) {
    await firm.inFirm(async (tx) => {
      await lockConfig(tx)
      const items = (await loadConfig(tx)).items.map((item) =>
        item.kind === 'firm'
          ? { ...item, body: { ...(item.body as object), sms: { connection: `${firm.firmKey}-twilio` } } }
          : item,
      )
      const body = { key: 'note', byHand: {}, languages: { en: { sms: 'Please call us.' } } }
      const wanted = [...items, { kind: 'template', key: 'note', body }]
      const by = { author: 'test', origin: 'git' as const, at: world.clock.now() }
      await applyPlan(tx, plan(await loadHeads(tx), wanted), by, newId)
    })
    const { matterId } = await firm.client('Ana', { phone: phone() })
    const path = `/matters/${matterId}/messages`
    const count = () => firm.inFirm((tx) => tx.rows('select id from messages'))
    return { path, count }
  }

  it('is written once of ten at the same time, and whoever asks again is told of that one', async () => {
    const firm = await world.firm('writes')
    const { path, count } = await writing(firm)
    const who = (await firm.key(scopes, 'desk')).key
    const wish = { template: 'note', channel: 'sms' }
    const seen = await world.call(who, 'POST', `${path}/preview`, wish)
    expect(seen).toMatchObject({ status: 200, body: { verdict: 'goes' } })
    const body = { ...wish, key: crypto.randomUUID(), mark: seen.body.mark }
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(who, path, body, 'one-text')))
    expect(await count()).toHaveLength(1)
    const first = answers.filter((a) => a.status === 200 && replayed(a) === null)
    expect(first).toMatchObject([{ body: { repeated: false } }])
    const after = await post(who, path, body, 'one-text')
    expect(after.body).toEqual(first[0]!.body)
    expect(replayed(after)).toBe('true')
    // By the key of the page it is the same one as well, should the header be another.
    const page = await post(who, path, body, 'another-header')
    expect(page.body).toMatchObject({ messageId: after.body.messageId, repeated: true })
    expect(await count()).toHaveLength(1)
  })
})

it('a wall is lifted once, and whoever asks again is told so, not that there is none', async () => {
  const { staffId } = await somebody(world, ours, 'staff')
  const { matterId } = await ours.client(`L${newId()}`, { phone: phone() }, `L-${newId()}`)
  const me = { by: 'test', now: world.clock.now() }
  await ours.inFirm((tx) => closeMatter(tx, { matterId, staffId }, 'walled', me))
  const lift = (name: string) =>
    post(key, `/walls/${staffId}/${matterId}/lift`, { reason: 'no conflict any more' }, name)
  const both = [await lift('lift'), await lift('lift')]
  expect(both.map((a) => [a.status, a.body, replayed(a)])).toEqual([
    [200, { id: matterId }, null],
    [200, { id: matterId }, 'true'],
  ])
  expect((await lift('later')).status).toBe(404)
})

describe('when a process dies midway', () => {
  const marks = (name: string, request: object) =>
    marksOf(world.deps.keys.repeats, name, JSON.stringify(request))

  it('before it did anything: the key waits for the end of its lease, and then the work is done', async () => {
    const { body, count } = await matterToHold()
    const { reason, scope, target } = body
    const asked = { json: { reason, scope, target }, names: {}, query: {} }
    const asker = { caller: `apikey:${keyId}`, route: 'POST /holds', marks: marks('died', asked) }
    const at = { now: world.clock.now(), newId }
    expect((await ours.inFirm((tx) => claimKey(tx, asker, at))).kind).toBe('claimed')
    const early = await post(key, '/holds', body, 'died')
    expect(early).toMatchObject({ status: 409 })
    expect(early.headers.get('retry-after')).toBe('5')
    world.clock.advance({ seconds: 58 })
    expect((await post(key, '/holds', body, 'died')).headers.get('retry-after')).toBe('2')
    world.clock.advance({ seconds: 2 })
    expect(await post(key, '/holds', { ...body, reason: 'other' }, 'died')).toMatchObject({ status: 422 })
    expect(await post(key, '/holds', body, 'died')).toMatchObject({ status: 200 })
    expect(await count()).toBe(1)
  })

  it('frozen in its transaction, and woken after another has taken over: it commits nothing', async () => {
    const { body, count } = await matterToHold()
    const admin = await world.test.adminPool.connect()
    try {
      await admin.query('begin; lock table legal_holds in share row exclusive mode')
      const waiting = (n: number) =>
        vi.waitFor(
          async () => {
            const { rows } = await world.test.adminPool.query(
              `select from pg_locks where not granted and database =
                 (select oid from pg_database where datname = current_database())`,
            )
            expect(rows).toHaveLength(n)
          },
          { timeout: 15_000 },
        )
      const frozen = post(key, '/holds', body, 'frozen')
      await waiting(1)
      world.clock.advance({ seconds: 61 })
      const next = post(key, '/holds', body, 'frozen')
      await waiting(2)
      await admin.query('commit')
      const [late, done] = [await frozen, await next]
      expect(late).toMatchObject({
        status: 409,
        body: { title: 'It took too long, and was begun anew meanwhile' },
      })
      expect(done.status).toBe(200)
      expect(await count()).toBe(1)
      expect((await post(key, '/holds', body, 'frozen')).body).toEqual(done.body)
    } finally {
      await admin.query('rollback')
      admin.release()
    }
  })

  it('after it was done, and before it was told: whoever asks again is told', async () => {
    const wished = { name: 'New', email: `${newId()}@firm.example`, role: 'staff' }
    const { open } = world.deps.firms
    world.deps.firms.open = async () => {
      throw new Error('the process is gone')
    }
    const lost = await post(key, '/staff', wished, 'invited').finally(() => {
      world.deps.firms.open = open
    })
    expect(lost.status).toBe(503)
    const told = await post(key, '/staff', wished, 'invited')
    expect(told).toMatchObject({ status: 200, body: { mailed: false } })
    expect(replayed(told)).toBe('true')
    // A second invitation would have made the link of the first void.
    const token = told.body.link.split('#')[1]
    expect(await world.deps.signIn.invitation(token)).toMatchObject({ email: wished.email })
  })

  it('keeps no answer of ours that says "try again"', async () => {
    const { check } = world.deps.record
    world.deps.record.check = async () => {
      throw new Error('no database')
    }
    const failed = await post(key, '/audit/verify', undefined, 'verify').finally(() => {
      world.deps.record.check = check
    })
    expect(failed.status).toBe(503)
    const done = await post(key, '/audit/verify', undefined, 'verify')
    expect(done.status).toBe(200)
    expect(replayed(done)).toBeNull()
  })
})

describe('what is kept of an answer', () => {
  it('gives a new API key again to whoever made it, and lies nowhere in plain', async () => {
    const wished = { name: 'script', scopes: ['read'] }
    const made = await post(key, '/keys', wished, 'one-new-key')
    const again = await post(key, '/keys', wished, 'one-new-key')
    expect(again.body).toEqual(made.body)
    expect((await world.call(again.body.key, 'GET', '/me')).status).toBe(200)
    const { rows } = await world.test.adminPool.query<{ row: string }>(
      `select k::text as row, encode(k.answer, 'escape') as answer from idempotency_keys k where route = 'POST /keys'`,
    )
    expect(rows).toHaveLength(1)
    for (const secret of [made.body.key, 'one-new-key']) expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('is not a file: that is made anew', async () => {
    const { matterId } = await ours.client(`F${newId()}`, { phone: phone() }, `F-${newId()}`)
    const [one, two] = [
      await post(key, `/matters/${matterId}/exports`, {}, 'file'),
      await post(key, `/matters/${matterId}/exports`, {}, 'file'),
    ]
    expect([one.status, two.status, replayed(two)]).toEqual([200, 200, null])
  })

  it('is seen by nobody else, behind walls or before them', async () => {
    const { body, count, number } = await matterToHold()
    const [first, second] = [await somebody(world, ours, 'staff'), await somebody(world, ours, 'staff')]
    const secret = await ours.client(`W${newId()}`, { phone: phone() }, `W-${newId()}`)
    await ours.inFirm(async (tx) => {
      for (const { staffId } of [first, second])
        await closeMatter(tx, { matterId: secret.matterId, staffId }, 'walled', {
          by: 'test',
          now: world.clock.now(),
        })
    })
    const told = await post(first, '/holds', body, 'mine')
    expect(told).toMatchObject({ status: 200 })
    expect(replayed(await post(first, '/holds', body, 'mine'))).toBe('true')
    expect(replayed(await post(second, '/holds', body, 'mine'))).toBeNull()
    expect(await count()).toBe(2)
    const seen = await world.db.forFirm(
      ours.firmId,
      (tx) => tx.rows<{ caller: string }>('select distinct caller from idempotency_keys'),
      second.staffId,
    )
    expect(seen).toEqual([{ caller: `staff:${second.staffId}` }])
    expect(number).toBe(body.target)
  })
})

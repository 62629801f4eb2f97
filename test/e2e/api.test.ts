import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { problem } from '../../contracts/common.ts'
import { openApiDocument } from '../../src/main/api/document.ts'
import { revokeKey } from '../../src/modules/console/index.ts'
import { type Scope, scopes } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId } from './api-support.ts'
import { fill, otherFirms, phone, plain, registeredIn, thingsIn } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
/** Two firms with the same things in them; keys of the first for all that there is, and for one scope each. */
let ours: FirmWorld
let theirs: FirmWorld
let key: string
let theirKey: string
const keyFor = {} as Record<Scope, string>

beforeAll(async () => {
  world = await apiWorld()
  ours = await world.firm('ours')
  theirs = await world.firm('theirs')
  key = (await ours.key(scopes, 'all')).key
  theirKey = (await theirs.key(scopes, 'all')).key
  for (const scope of scopes) keyFor[scope] = (await ours.key([scope])).key
})

const registered = () => registeredIn(world.app)

describe('every route of the API', () => {
  it('is in the registry with its scope, and nothing is routed beside it', () => {
    const routes = registered()
    expect(routes.length).toBeGreaterThan(12)
    for (const { scope } of routes) expect(scopes).toContain(scope)
    const known = new Set(
      routes.map((r) => `${r.method.toUpperCase()} ${r.path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    // What stands before the routes for all of them and answers for paths that are none, and the document.
    for (const general of ['ALL /*', 'GET /openapi.json']) known.add(general)
    expect(world.app.routes.map((r) => `${r.method} ${r.path}`).filter((r) => !known.has(r))).toEqual([])
  })

  it('wants a key, and one that is valid', async () => {
    const revoked = await ours.key(scopes, 'lost')
    await ours.inFirm((tx) => revokeKey(tx, revoked.id, { by: 'test', now: world.clock.now() }))
    const wrong = [null, 'tsk_short', `tsk_${'A'.repeat(43)}`, revoked.key, `${key}x`]
    for (const { method, path } of registered()) {
      for (const bad of wrong) {
        const answer = await world.call(bad, method, fill(path), method === 'get' ? undefined : {})
        expect({ path, ...answer }).toMatchObject({ status: 401, type: 'application/problem+json' })
        problem.parse(answer.body)
      }
    }
  })

  it('wants its scope, and no other will do', async () => {
    for (const { method, path, scope } of registered()) {
      const body = method === 'get' ? undefined : {}
      for (const other of scopes) {
        const { status, body: told } = await world.call(keyFor[other], method, fill(path), body)
        if (other === scope) expect({ path, status }).not.toMatchObject({ status: 403 })
        else
          expect({ path, status, told }).toMatchObject({
            status: 403,
            told: { detail: expect.stringContaining(`"${scope}"`) },
          })
      }
    }
  })

  it('answers what is not there with 404, in the same words whether another firm has it or nobody', async () => {
    const there = await thingsIn(world.clock, theirs)
    for (const { method, path } of registered()) {
      for (const [mine, other] of otherFirms(method, path, there)) {
        const theirsAsked = await world.call(key, method, ...mine)
        expect({ path, ...theirsAsked }).toMatchObject({ status: 404, type: 'application/problem+json' })
        const nobodys = await world.call(key, method, ...other)
        expect(nobodys.status).toBe(404)
        expect(Object.keys(theirsAsked.body)).toEqual(Object.keys(nobodys.body))
      }
    }
    // And they are there: their own key reaches each of them.
    for (const { method, path } of registered()) {
      for (const [mine] of otherFirms(method, path, there)) {
        expect({ path, status: (await world.call(theirKey, method, ...mine)).status }).not.toMatchObject({
          status: 404,
        })
      }
    }
  })

  it('lists nothing of another firm', async () => {
    const there = await thingsIn(world.clock, theirs)
    for (const { method, path } of registered()) {
      if (method !== 'get') continue
      for (const [asked] of plain(path)) {
        const { status, body } = await world.call(key, 'GET', asked)
        expect({ asked, status }).toEqual({ asked, status: 200 })
        for (const id of Object.values(there)) expect(JSON.stringify(body)).not.toContain(id)
      }
    }
  })

  it('takes only what it knows, and says where it is wrong', async () => {
    for (const { method, path } of registered()) {
      if (method === 'get') {
        const { status, body } = await world.call(key, 'GET', `${fill(path)}?nonsense=1&limit=0`)
        if (status !== 404 && status !== 200) {
          expect({ path, status }).toEqual({ path, status: 422 })
          expect(body.errors.map((e: { path: string }) => e.path)).toContain('query.nonsense')
        }
        continue
      }
      if (!registered().find((r) => r.path === path && r.method === method)?.route.request?.body) continue
      const malformed = await world.call(key, method, fill(path), '{"ids": [')
      expect({ path, ...malformed }).toMatchObject({ status: 400, type: 'application/problem+json' })
      const { status, body } = await world.call(key, method, fill(path), { nonsense: true })
      expect({ path, status }).toEqual({ path, status: 422 })
      expect(body.errors.every((e: { path: string }) => e.path.startsWith('body'))).toBe(true)
      const huge = await world.call(key, method, fill(path), JSON.stringify({ how: 'x'.repeat(270_000) }))
      expect({ path, ...huge }).toMatchObject({ status: 413, type: 'application/problem+json' })
      const text = await world.app.request(fill(path), {
        method,
        body: 'x',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain' },
      })
      expect({ path, status: text.status }).toEqual({ path, status: 415 })
    }
  })

  it('answers exactly what its contract says', async () => {
    const there = await thingsIn(world.clock, ours)
    let checked = 0
    for (const { method, path, route } of registered()) {
      const named = otherFirms(method, path, there).map(([args]) => args)
      for (const args of [...named, ...(method === 'get' ? plain(path) : [])]) {
        const { status, body } = await world.call(key, method, ...args)
        expect({ path, status, body }).toMatchObject({ status: 200 })
        const response = route.responses[200] as { content: Record<string, { schema: z.ZodType }> }
        // A file is what it is: its own tests read it.
        const json = response.content['application/json']
        expect(json === undefined, path).toBe(/\/exports$|\.(csv|pdf)$/.test(path))
        if (json) expect(json.schema.parse(body)).toEqual(body)
        checked++
      }
    }
    expect(checked).toBeGreaterThan(12)
  })
})

describe('dead letters over the API', () => {
  async function deadLetter() {
    const client = await ours.client(`D${newId<string>()}`, { phone: phone() })
    const { messageIds } = await ours.tell(client, { messages: [{ channel: 'sms' }] })
    await ours.send({ kind: 'refused', code: '30007', detail: 'filtered' })
    const { body } = await world.call(key, 'GET', '/dead-letters?limit=200')
    return body.items.find((d: { messageId: string }) => d.messageId === messageIds[0])
  }

  it('replays one once, of a hundred who ask at the same time, and nudges delivery', async () => {
    const letter = await deadLetter()
    expect(letter).toMatchObject({
      cause: 'refused',
      code: '30007',
      channel: 'sms',
      template: 'status-update',
    })
    world.nudged.length = 0
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        world.call(key, 'POST', '/dead-letters/replay', { ids: [letter.id] }),
      ),
    )
    expect(answers.filter((a) => a.body.replayed.length === 1)).toHaveLength(1)
    expect(answers.filter((a) => a.body.notOpen.length === 1)).toHaveLength(99)
    expect(world.nudged).toEqual([`deliver ${ours.firmId}`])
    expect((await world.call(key, 'GET', `/messages/${letter.messageId}`)).body).toMatchObject({
      message: { state: 'queued', deadLetters: [{ state: 'replayed', resolvedBy: 'the key "all"' }] },
    })
  })

  it('replays all that are open', async () => {
    const letters = [await deadLetter(), await deadLetter()]
    const { body } = await world.call(key, 'POST', '/dead-letters/replay', { all: true })
    expect(body.replayed).toEqual(expect.arrayContaining(letters.map((l) => l.id)))
    expect((await world.call(key, 'GET', '/dead-letters')).body).toEqual({ items: [], next: null })
  })

  it('closes one as told by hand, once; another firm’s is not there', async () => {
    const letter = await deadLetter()
    const path = `/dead-letters/${letter.id}/close`
    expect((await world.call(theirKey, 'POST', path, { how: 'x' })).status).toBe(404)
    expect((await world.call(key, 'POST', path, { how: '  ' })).body.errors[0].path).toBe('body.how')
    expect(await world.call(key, 'POST', path, { how: 'called her' })).toMatchObject({
      status: 200,
      body: { id: letter.id },
    })
    expect((await world.call(key, 'POST', path, { how: 'called her' })).status).toBe(409)
    const { body } = await world.call(key, 'GET', '/dead-letters?state=closed')
    expect(body.items[0]).toMatchObject({
      id: letter.id,
      resolution: 'called her',
      resolvedBy: 'the key "all"',
    })
  })
})

describe('the red button over the API', () => {
  it('stops what is queued; resuming says what was held, and has it looked at again', async () => {
    const client = await ours.client(`P${newId<string>()}`, { phone: phone() })
    for (let i = 0; i < 3; i++) await ours.tell(client, { messages: [{ channel: 'sms' }] })
    await ours.tell(client, {
      notice: { state: 'held', reason: 'evidence: x', dueAt: world.clock.now().add({ hours: 5 }) },
    })
    const paused = await world.call(key, 'POST', '/pauses', {
      scope: 'client',
      target: client.phone,
      reason: 'talks',
    })
    expect(paused).toMatchObject({
      status: 200,
      body: {
        name: client.name,
        stopped: 3,
        underWay: 0,
        pause: { targetId: client.id, by: 'the key "all"' },
      },
    })
    expect(await ours.send({ kind: 'accepted', providerMessageId: '' })).toEqual([])
    expect((await world.call(key, 'GET', '/pauses')).body.items).toContainEqual(
      expect.objectContaining({ name: client.name, reason: 'talks' }),
    )
    const held = (await world.call(key, 'GET', `/held?client=${client.id}`)).body.items
    expect(held.map((h: { kind: string }) => h.kind).sort()).toEqual([
      'message',
      'message',
      'message',
      'notice',
    ])

    world.nudged.length = 0
    const resumed = await world.call(key, 'POST', '/pauses/resume', { scope: 'client', target: client.id })
    expect(resumed.body).toMatchObject({
      lifted: 1,
      queued: 0,
      held: { notices: 1, messages: 3 },
      stillPaused: [],
      pausedInCms: false,
    })
    expect(resumed.body.held.items).toHaveLength(4)
    expect(world.nudged).toContain(`release ${ours.firmId}`)
    const due = await ours.inFirm((tx) =>
      tx.rows('select id from messages where client_id = $1 and due_at <= $2', [
        client.id,
        world.clock.now(),
      ]),
    )
    expect(due).toHaveLength(3)
    expect(
      (await world.call(key, 'POST', '/pauses/resume', { scope: 'client', target: client.id })).status,
    ).toBe(409)
  })

  it('names what still pauses it: the firm, the matter, the CMS', async () => {
    const client = await ours.client(`Q${newId<string>()}`, { phone: phone() }, 'Q-1')
    for (const [scope, target] of [
      ['client', client.id],
      ['matter', 'Q-1'],
      ['firm', undefined],
    ] as const)
      expect((await world.call(key, 'POST', '/pauses', { scope, target, reason: scope })).status).toBe(200)
    await ours.inFirm((tx) => tx.run('update clients set cms_paused = true where id = $1', [client.id]))
    const { body } = await world.call(key, 'POST', '/pauses/resume', { scope: 'client', target: client.id })
    expect(body.stillPaused.map((p: { scope: string }) => p.scope).sort()).toEqual(['firm', 'matter'])
    expect(body.pausedInCms).toBe(true)
    expect((await world.call(key, 'POST', '/pauses/resume', { scope: 'firm' })).body.lifted).toBe(1)
    expect(
      (await world.call(key, 'POST', '/pauses/resume', { scope: 'matter', target: 'Q-1' })).body.lifted,
    ).toBe(1)
  })

  it('pauses nobody by mistake for another, and no time that has passed', async () => {
    const shared = phone()
    const one = await ours.client(`R${newId<string>()}`, { phone: shared })
    const two = await ours.client(`R${newId<string>()}`, { phone: shared })
    const both = await world.call(key, 'POST', '/pauses', { scope: 'client', target: shared, reason: 'r' })
    expect(both.status).toBe(422)
    for (const { id } of [one, two]) expect(JSON.stringify(both.body.errors)).toContain(id)
    const late = { scope: 'client', target: one.id, reason: 'r', endsAt: '2020-01-01T00:00:00Z' }
    expect((await world.call(key, 'POST', '/pauses', late)).body.errors).toEqual([
      { path: 'body.endsAt', message: 'has passed already' },
    ])
    expect(
      (await world.call(key, 'POST', '/pauses', { scope: 'client', reason: 'r' })).body.errors[0].path,
    ).toBe('body.target')
    expect(
      (await world.call(key, 'POST', '/pauses', { scope: 'firm', target: 'theirs', reason: 'r' })).status,
    ).toBe(422)
    expect(
      (await world.call(key, 'POST', '/pauses', { scope: 'client', target: 'nobody', reason: 'r' })).status,
    ).toBe(404)
  })
})

describe('what else needs a person', () => {
  it('replays quarantine by id, by kind or all of it, and nudges deciding', async () => {
    const [one] = [await thingsIn(world.clock, ours), await thingsIn(world.clock, ours)]
    world.nudged.length = 0
    expect((await world.call(key, 'POST', '/quarantine/replay', { ids: [one.quarantine] })).body).toEqual({
      replayed: 1,
    })
    expect(world.nudged).toEqual([`decide ${ours.firmId}`, `poll ${ours.firmId}`])
    expect((await world.call(key, 'POST', '/quarantine/replay', { ids: [one.quarantine] })).body).toEqual({
      replayed: 0,
    })
    expect((await world.call(key, 'POST', '/quarantine/replay', { kinds: ['no_matter'] })).body).toEqual({
      replayed: 0,
    })
    expect(
      (await world.call(key, 'POST', '/quarantine/replay', { all: true })).body.replayed,
    ).toBeGreaterThan(0)
    expect((await world.call(key, 'GET', '/quarantine')).body.items).toEqual([])
  })

  it('discards what nothing shall come of, once, with who and why on record; of another firm it knows nothing', async () => {
    const [mine, other] = [await thingsIn(world.clock, ours), await thingsIn(world.clock, theirs)]
    const discard = (id: string, reason: unknown = 'a test by the vendor') =>
      world.call(key, 'POST', `/quarantine/${id}/discard`, { reason })
    expect((await discard(mine.quarantine, ' ')).status).toBe(422)
    expect((await discard(other.quarantine)).status).toBe(404)
    expect(await discard(mine.quarantine)).toMatchObject({ status: 200, body: { id: mine.quarantine } })
    expect((await discard(mine.quarantine)).status).toBe(409)
    expect(
      await ours.inFirm((tx) =>
        tx.rows(
          `select q.state, d.state as delivery, d.reason, e.data->>'reason' as why, e.actor = q.resolved_by as same
           from quarantine q join inbound_deliveries d on d.id = q.delivery_id
           join audit_entries e on e.subject = 'delivery:' || d.id and e.action = 'quarantine.discarded'
           where q.id = $1`,
          [mine.quarantine],
        ),
      ),
    ).toEqual([
      {
        state: 'discarded',
        delivery: 'ignored',
        reason: 'discarded: a test by the vendor',
        why: 'a test by the vendor',
        same: true,
      },
    ])
    expect((await world.call(key, 'POST', '/quarantine/replay', { ids: [mine.quarantine] })).body).toEqual({
      replayed: 0,
    })
  })

  it('completes a task once, and pages through lists', async () => {
    const there = [
      await thingsIn(world.clock, ours),
      await thingsIn(world.clock, ours),
      await thingsIn(world.clock, ours),
    ]
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const { body } = await world.call(key, 'GET', `/tasks?limit=2${next ? `&cursor=${next}` : ''}`)
      seen.push(...body.items.map((t: { id: string }) => t.id))
      next = body.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(there.map((t) => t.task)))
    expect(seen).toEqual(seen.toSorted().toReversed())
    expect((await world.call(key, 'POST', `/tasks/${there[0]!.task}/complete`)).status).toBe(200)
    expect((await world.call(key, 'POST', `/tasks/${there[0]!.task}/complete`)).status).toBe(409)
  })

  it('says how long the queue is, in each lane', async () => {
    const firm = await world.firm('queueing')
    const theKey = (await firm.key(['read'])).key
    const client = await firm.client('W', { phone: phone() })
    await firm.tell(client, { messages: [{ channel: 'sms' }] })
    world.clock.advance({ seconds: 90 })
    const { body } = await world.call(theKey, 'GET', '/queue')
    expect(body.estimates).toEqual([
      {
        connection: 'queueing-twilio',
        channel: 'sms',
        queued: 1,
        seconds: null,
        throughBy: expect.stringMatching(/^\d{4}-.*Z$/),
        afterQuietHours: expect.any(Number),
      },
    ])
    expect(body.lanes).toContainEqual({ lane: 'deliver', due: 1, ageSeconds: 90 })
    expect(body.lanes).toContainEqual({ lane: 'release', due: 0, ageSeconds: 0 })
  })
})

describe('openapi.json', () => {
  it('is public, and the same as docs/api/openapi.json (npm run openapi writes it)', async () => {
    const { status, body } = await world.call(null, 'GET', '/openapi.json')
    expect(status).toBe(200)
    const written = JSON.parse(
      readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'api', 'openapi.json'), 'utf8'),
    )
    expect(body).toEqual(written)
    expect(body).toEqual(JSON.parse(JSON.stringify(openApiDocument(world.app))))
  })
})

describe('errors', () => {
  it('are problem details also where there is nothing, and when the fault is ours', async () => {
    expect(await world.call(key, 'GET', '/nothing')).toMatchObject({
      status: 404,
      type: 'application/problem+json',
    })
    expect(await world.call(key, 'DELETE', '/trace')).toMatchObject({
      status: 404,
      type: 'application/problem+json',
    })
    const { forFirm } = world.db
    let calls = 0
    world.db.forFirm = (id, work) =>
      ++calls > 1 ? Promise.reject(new Error('connection to +12125550142 lost')) : forFirm(id, work)
    try {
      const broken = await world.call(key, 'GET', '/pauses')
      expect(broken).toMatchObject({ status: 503, type: 'application/problem+json' })
      expect(JSON.stringify(broken.body)).not.toContain('lost')
      expect(world.lines.join()).toContain('an API request failed')
      expect(world.lines.join()).not.toContain('5550142')
    } finally {
      world.db.forFirm = forFirm
    }
  })
})

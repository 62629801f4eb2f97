/** The record over the API: asked by who, what, when, whom; proven as far as the mark says; closed where a wall stands. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditPage } from '../../contracts/audit.ts'
import { closeMatter, scopes } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, type Person, somebody } from './api-support.ts'
import { phone } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let firm: FirmWorld
let key: string
let owner: Person
let ana: { id: string; matterId: string }
let ben: { id: string; matterId: string }
beforeAll(async () => {
  world = await apiWorld()
  firm = await world.firm('audited')
  key = (await firm.key(scopes, 'script')).key
  owner = await somebody(world, firm, 'owner', 'Olga Reyes')
  ana = await firm.client('Ana', { phone: phone() }, 'A-1')
  ben = await firm.client('Ben', { phone: phone() }, 'B-1')
  for (const client of [ana, ben]) await firm.tell(client as never, { messages: [{ channel: 'sms' }] })
  world.clock.advance({ hours: 24 })
  await world.call(owner, 'POST', '/pauses', { scope: 'client', target: ana.id, reason: 'talks' })
  await world.call(key, 'POST', '/pauses/resume', { scope: 'client', target: ana.id })
})

afterAll(() => world.deps.signIn.close())

const ask = async (query: string, who: string | Person = key) => {
  const answer = await world.call(who, 'GET', `/audit${query}`)
  expect(answer).toMatchObject({ status: 200 })
  return auditPage.parse(answer.body)
}
const acts = async (query: string, who?: string | Person) =>
  (await ask(query, who)).items.map((e) => e.action)

describe('the record', () => {
  it('is told the newest first, with names for people beside what stands in it', async () => {
    const { items } = await ask('')
    expect(items.slice(0, 2)).toMatchObject([
      { action: 'pause.lifted', who: 'the key "script"', client: 'Ana', clientId: ana.id },
      {
        action: 'pause.begun',
        who: 'Olga Reyes',
        actor: `staff:${owner.staffId}`,
        data: { reason: 'talks' },
      },
    ])
    expect(items.map((e) => e.at)).toEqual(
      items
        .map((e) => e.at)
        .toSorted()
        .reverse(),
    )
  })

  it('is asked by who, what and when, and by all at once', async () => {
    expect(await acts(`?who=staff:${owner.staffId}&act=pause.begun`)).toEqual(['pause.begun'])
    expect(await acts(`?who=staff:${newId()}`)).toEqual([])
    expect(await acts('?from=2026-10-16&act=pause.lifted&to=2026-10-16')).toEqual(['pause.lifted'])
    expect(await acts('?to=2026-10-15&act=pause.lifted')).toEqual([])
    const { body } = await world.call(key, 'GET', '/audit/choices')
    expect(body.actors).toContainEqual({ actor: `staff:${owner.staffId}`, who: 'Olga Reyes' })
    expect(body.actions).toContain('pause.begun')
  })

  it('is asked by client and by matter: what was done to them, to their messages, events and tasks', async () => {
    const byClient = await ask('?client=Ana')
    expect(byClient.items.map((e) => e.action)).toEqual(
      expect.arrayContaining(['pause.begun', 'pause.lifted', 'message.queued']),
    )
    expect(byClient.items.every((e) => e.clientId !== ben.id)).toBe(true)
    const byMatter = await ask('?matter=B-1')
    expect(byMatter.items.length).toBeGreaterThan(0)
    expect(byMatter.items.every((e) => e.matterId === null || e.matterId === ben.matterId)).toBe(true)
    expect(await world.call(key, 'GET', '/audit?matter=Z-1')).toMatchObject({ status: 404 })
  })

  it('comes in pages that leave nothing out and tell nothing twice', async () => {
    const all = (await ask('?limit=200')).items.map((e) => e.raw.seq)
    const paged: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: Awaited<ReturnType<typeof ask>> = await ask(
        `?limit=2${next && `&cursor=${encodeURIComponent(next)}`}`,
      )
      paged.push(...page.items.map((e) => e.raw.seq))
      next = page.next
    }
    expect(paged).toEqual(all)
  })

  it('says what is wrong with a question', async () => {
    const wrong = async (query: string) =>
      (await world.call(key, 'GET', `/audit${query}`)).body.errors?.[0]?.path
    expect(await wrong('?cursor=nonsense')).toBe('query.cursor')
    expect(await wrong('?from=2026-10-16&to=2026-10-15')).toBe('query.to')
    expect(await wrong('?from=yesterday')).toBe('query.from')
  })

  it('is marked as far as it is sealed, and as far as somebody has looked it over', async () => {
    expect((await ask('')).mark).toEqual({ sealed: null, checked: null })
    // Elsewhere on this server a transaction may be open still, and hold the seal back.
    while ((await ask('')).items.some((e) => !e.sealed)) await world.deps.record.seal(firm.firmId)
    expect((await ask('')).items.some((e) => e.verified)).toBe(false)
    const { body } = await world.call(key, 'POST', '/audit/verify', undefined)
    expect(body).toMatchObject({ checked: { ok: true, n: body.sealed.n, problems: [] } })
    const { items, mark } = await ask('')
    expect(items.every((e) => e.sealed && e.verified)).toBe(true)
    expect(mark).toEqual(body)
  })
})

describe('behind a wall', () => {
  it('nothing of a closed matter is in the record, by no question; the rest is', async () => {
    const walled = await somebody(world, firm, 'attorney')
    await firm.inFirm((tx) =>
      closeMatter(tx, { matterId: ben.matterId as never, staffId: walled.staffId }, 'his brother', {
        by: 'test',
        now: world.clock.now(),
      }),
    )
    const everybodys = await ask('?limit=200')
    const theirs = await ask('?limit=200', walled)
    const closed = everybodys.items.filter((e) => e.clientId === ben.id || e.matterId === ben.matterId)
    expect(closed.length).toBeGreaterThan(1)
    const left = theirs.items.map((e) => e.raw.seq)
    for (const entry of closed) expect(left).not.toContain(entry.raw.seq)
    expect(JSON.stringify(theirs)).not.toContain(ben.matterId)
    expect(theirs.items.filter((e) => e.clientId === ana.id).length).toBeGreaterThan(1)
    for (const query of ['?client=Ben', '?matter=B-1', `?matter=${ben.matterId}`])
      expect(await world.call(walled, 'GET', `/audit${query}`)).toMatchObject({ status: 404 })
    expect(await acts('?act=wall.raised', walled)).toEqual([])
    expect(await acts('?act=wall.raised', owner)).toEqual(['wall.raised'])
  })
})

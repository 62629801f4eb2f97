/** What staff put right from the console, through its API, on a whole deployment: and what clients then get. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createKey } from '../../src/modules/console/index.ts'
import type { Scope } from '../../src/modules/staff/index.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let dana: string
beforeAll(async () => {
  world = await startWorld()
}, 120_000)
afterAll(() => world.close())
beforeEach(async () => {
  dana = await keyFor(['read', 'operate', 'configure'])
})

const keyFor = async (scopes: readonly Scope[]) => {
  const { clock, runtime, firmId } = world
  const { key } = await runtime.db.forFirm(firmId, (tx) =>
    createKey(tx, { name: 'test', scopes }, { by: 'test', now: clock.now(), newId: runtime.newId }),
  )
  return key
}

async function ask(method: string, path: string, body?: unknown, key = dana) {
  const answer = await fetch(`${world.appUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API answers; each test says what it expects
  return { status: answer.status, body: (await answer.json()) as any }
}
const recorded = (action: string) =>
  world.rows<{ actor: string; data: Record<string, unknown> }>(
    'select actor, data from audit_entries where action = $1 order by seq desc limit 1',
    [action],
  )

describe('a status that nobody mapped', () => {
  it('is shown with how often it waits, mapped by one call, and the client is told what it means', async () => {
    await world.changeStage(21009, 'on hold??')
    await world.settled()
    const { body } = await ask('GET', '/states')
    expect(body.unknown).toMatchObject([
      { raw: 'on hold??', connection: 'harbor-pike-clio', count: 1, quarantined: [expect.any(String)] },
    ])
    const { version } = body
    const told = () =>
      world.rows(
        `select state, template_key as template, channel from messages where matter_id = (select id from matters where external_id = '21009')`,
      )
    expect(await told()).toEqual([])

    const mapped = await ask('POST', '/states/map', { raw: 'on hold??', state: 'awaiting_documents' })
    expect(mapped).toEqual({
      status: 200,
      body: { raw: 'on hold??', state: 'awaiting_documents', version: version + 1, changed: true },
    })
    await world.settled()
    expect(await told()).toContainEqual({ state: 'delivered', template: 'documents-needed', channel: 'sms' })
    const after = await ask('GET', '/states')
    expect(after.body.unknown).toEqual([])
    const states = after.body.states
    const [matter] = await world.rows(`select state from matters where external_id = '21009'`)
    expect(matter).toEqual({ state: 'awaiting_documents' })
    expect(states.find((s: { key: string }) => s.key === 'awaiting_documents')!.raw).toContain('on hold??')
    const counted = await world.rows<{ n: number }>(
      `select count(*)::int as n from matters where state = 'awaiting_documents'`,
    )
    expect(states.find((s: { key: string }) => s.key === 'awaiting_documents')!.matters).toBe(counted[0]!.n)
    expect(await recorded('config.changed')).toMatchObject([
      {
        actor: expect.stringMatching(/^apikey:/),
        data: {
          origin: 'console',
          reason: '"on hold??" means awaiting_documents',
          changes: ['change states states'],
        },
      },
    ])
  })

  it('is not mapped twice, nor to a state that is none, nor away from what it means', async () => {
    expect(
      (await ask('POST', '/states/map', { raw: 'ON HOLD', state: 'awaiting_documents' })).body,
    ).toMatchObject({ changed: false })
    expect(await ask('POST', '/states/map', { raw: 'Tolled', state: 'nirvana' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.state', message: expect.stringContaining('awaiting_documents') }] },
    })
    expect(await ask('POST', '/states/map', { raw: 'on hold', state: 'closed' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('awaiting_documents') },
    })
    expect(await ask('POST', '/states/map', { raw: '??', state: 'closed' })).toMatchObject({
      status: 422,
      body: { errors: [{ message: 'holds no letter or digit' }] },
    })
  })

  it('is nothing for somebody who may not say what clients are told', async () => {
    const kim = await keyFor(['read', 'operate'])
    expect((await ask('POST', '/states/map', { raw: 'Tolled', state: 'closed' }, kim)).status).toBe(403)
  })

  it('and apply then says that the console has changed it', async () => {
    const { code, printed } = await world.apply(world.firmDir!)
    expect(code).toBe(2)
    expect(printed).toContain('states')
  })
})

describe('a dead letter because of a wrong number', () => {
  const wrongNumber = '+15005550001'
  const right = '+13105550198'
  const letters = async (state = 'open') => (await ask('GET', `/dead-letters?state=${state}`)).body.items
  const goWrong = async () => {
    await world.changePhone(11004, wrongNumber)
    await world.changeStage(21004, 'Complaint Filed')
    await world.settled()
    const [letter, ...more] = await letters()
    expect(more).toEqual([])
    return letter as { id: string; messageId: string }
  }

  it('goes to the right number, once, however often it is asked for; the CMS does not bring the wrong one back', async () => {
    const letter = await goWrong()
    const path = `/dead-letters/${letter.id}/correct`
    for (const [address, message] of [
      ['12', 'the number is not a number that is in use'],
      [wrongNumber, 'is the one that did not work: to try that again, replay it'],
      ['+1 (310) 555-0198 x', expect.any(String)],
      ['anna@example.com', expect.stringContaining('the number')],
    ] as const)
      expect(await ask('POST', path, { address })).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'body.address', message }] },
      })
    expect(await letters()).toHaveLength(1)

    const all = await Promise.all(
      Array.from({ length: 5 }, () => ask('POST', path, { address: '(310) 555-0198' })),
    )
    expect(all.map((one) => one.status).toSorted()).toEqual([200, 409, 409, 409, 409])
    expect(all.find((one) => one.status === 200)!.body).toEqual({ address: right, replayed: [letter.id] })
    await world.settled()
    expect(await world.messages({ to: right })).toHaveLength(1)
    expect(await letters()).toEqual([])
    expect(await letters('replayed')).toMatchObject([
      { id: letter.id, resolvedBy: 'the key "test"', resolution: 'sent to the right address' },
    ])

    // The CMS still has the wrong one, and says so with its next news.
    await world.changeField(11004, 'Language', 'en')
    await world.changeStage(21004, 'Discovery')
    await world.settled()
    expect(await world.messages({ to: right })).toHaveLength(2)
    expect(await letters()).toEqual([])
  })

  it('does not go where its owner wants no more messages, and leaves all as it was', async () => {
    const stopped = '+13105550197'
    await world.changePhone(11004, stopped)
    await world.text(stopped, 'STOP')
    await world.settled()
    await world.changePhone(11004, '+15005550002')
    await world.changeStage(21004, 'Mediation')
    await world.settled()
    const [letter] = await letters()
    const refused = await ask('POST', `/dead-letters/${letter.id}/correct`, { address: stopped })
    expect(refused).toMatchObject({ status: 409, body: { title: 'It can not go there' } })
    const points = await world.rows(
      `select address from contact_points where origin = 'staff' and removed_at is null and address = $1`,
      [stopped],
    )
    expect(points).toEqual([])
    expect((await letters()).map((l: { id: string }) => l.id)).toEqual([letter.id])
  })
})

describe('a template', () => {
  const path = '/templates/status-update'
  const reworded = async (change: (sms: string) => string) => {
    const { body: found } = await ask('GET', path)
    const body = structuredClone(found.body)
    body.languages.en.sms = change(body.languages.en.sms)
    return { body, basedOn: found.edition as number, reason: 'Clients asked what "matter" means' }
  }

  it('is listed with who says it, and read with what it may speak of', async () => {
    const { body } = await ask('GET', '/templates')
    expect(body.items).toContainEqual(
      expect.objectContaining({
        key: 'status-update',
        languages: ['en', 'es'],
        channels: ['sms', 'email'],
        edition: 1,
        usedBy: ['status-update'],
        ahead: false,
        missing: [],
      }),
    )
    const { body: one } = await ask('GET', path)
    expect(one.variables).toContainEqual({ path: 'matter.state.words', words: null })
    expect((await ask('GET', '/templates/nothing-like-it')).status).toBe(404)
  })

  it('is tried on a real matter in each language, on each channel; nobody is told', async () => {
    const { body } = await reworded((sms) => `${sms} Really.`)
    const before = await world.messages()
    const tried = await ask('POST', `${path}/preview`, { body, matter: '21001' })
    expect(tried).toMatchObject({ status: 200, body: { problems: [], matter: { name: expect.any(String) } } })
    expect(
      tried.body.messages.map((m: { language: string; channel: string }) => `${m.language} ${m.channel}`),
    ).toEqual(['en sms', 'en email', 'es sms', 'es email'])
    const [sms, mail] = tried.body.messages
    expect(sms).toMatchObject({
      text: expect.stringMatching(/Really\.$/),
      content: null,
      segments: expect.any(Number),
    })
    expect(mail).toMatchObject({ content: expect.stringContaining('<strong>'), segments: null })
    expect(await world.messages()).toEqual(before)
  })

  it('says everything that is wrong with a draft, and where', async () => {
    const { body } = await reworded(() => 'Your case is {{ matter.stat.words }}.')
    body.languages.es.sms = '{{ client.name | shout }}'
    const tried = await ask('POST', `${path}/preview`, { body })
    expect(tried.body).toMatchObject({
      problems: [{ path: 'languages.es.sms', message: expect.stringContaining('shout') }],
      messages: [],
    })
    const put = { body, basedOn: 1, reason: 'r' }
    expect(await ask('PUT', path, put)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.body.languages.es.sms', message: expect.stringContaining('shout') }] },
    })
    expect(await ask('PUT', path, { ...put, body: { languages: {} } })).toMatchObject({ status: 422 })
  })

  it('that is reworded speaks anew from the next message on; the old one still shows its own version', async () => {
    const before = await world.messages({ to: '+12015550111' })
    await world.changeStage(21001, 'Mediation')
    await world.settled()
    const published = await ask('PUT', path, await reworded(() => 'Hello {{ client.name }}, news at last.'))
    expect(published).toMatchObject({ status: 200, body: { edition: 2, changed: true } })
    await world.changeStage(21001, 'Trial Prep')
    await world.settled()
    const es = await ask('PUT', path, {
      ...(await reworded((sms) => sms)),
      body: await (async () => {
        const { body } = await reworded((sms) => sms)
        body.languages.es.sms = 'Hola {{ client.name }}, hay novedades.'
        return body
      })(),
    })
    expect(es.body).toMatchObject({ edition: 3 })
    await world.changeStage(21001, 'Trial')
    await world.settled()
    const texts = (await world.messages({ to: '+12015550111' })).slice(before.length)
    expect(texts.map((m) => m.text)).toEqual([
      expect.stringContaining('nuevo estado de su caso'),
      expect.stringContaining('nuevo estado de su caso'),
      'Hola Maria Santos, hay novedades.',
    ])
    const pinned = await world.rows(
      `select template_version as version from messages where address = '+12015550111' and template_key = 'status-update'
       order by id desc limit 3`,
    )
    expect(pinned).toEqual([{ version: 3 }, { version: 2 }, { version: 1 }])

    const { body: history } = await ask('GET', `${path}/history`)
    expect(history.items).toMatchObject([
      {
        edition: 3,
        origin: 'console',
        changedBy: 'the key "test"',
        reason: 'Clients asked what "matter" means',
      },
      { edition: 2, origin: 'console' },
      { edition: 1, origin: 'git', reason: null },
    ])
    expect(history.items[2].body.languages.es.sms).toContain('nuevo estado')
    expect((await ask('GET', '/templates')).body.items).toContainEqual(
      expect.objectContaining({ key: 'status-update', edition: 3, ahead: true }),
    )
  })

  it('is published by one of two who began with the same version', async () => {
    const [mine, theirs] = [await reworded((sms) => `${sms} One.`), await reworded((sms) => `${sms} Two.`)]
    const both = await Promise.all([ask('PUT', path, mine), ask('PUT', path, theirs)])
    expect(both.map((b) => b.status).toSorted()).toEqual([200, 409])
    expect(both.find((b) => b.status === 409)!.body).toMatchObject({
      title: 'Somebody has changed it meanwhile',
      detail: expect.stringContaining('by now'),
    })
  })

  it('can not be taken from a rule that says it, nor published by who may not', async () => {
    const kim = await keyFor(['read', 'operate'])
    expect((await ask('PUT', path, await reworded((sms) => sms), kim)).status).toBe(403)
    expect((await ask('GET', path, undefined, kim)).status).toBe(200)
  })

  it('shows how it is received', async () => {
    const { body } = await ask('GET', '/templates/rates?days=7')
    const rate = body.items.find((i: { key: string }) => i.key === 'status-update')
    const [counted] = await world.rows<{ n: number }>(
      `select count(*)::int as n from messages where template_key = 'status-update' and sent_at is not null`,
    )
    expect(rate).toMatchObject({ sent: counted!.n, delivered: counted!.n, failed: 0, hardlyOpened: false })
    expect((await ask('GET', '/templates/rates?days=0')).status).toBe(422)
  })
})

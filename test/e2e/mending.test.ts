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

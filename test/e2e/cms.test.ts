/** The case management system is away, does not know a matter, or has news of a client. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { track } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ webhooksOnly: true })
})
afterAll(() => world.close())

const james = '+13105550112'
const count = async (to: string) => (await world.messages({ to })).length
const deliveries = (state: string) =>
  world.rows<{ reason: string }>('select reason from inbound_deliveries where state = $1', [state])

describe('a CMS that can’t be reached', () => {
  it('holds what needs its facts, is asked again and again, and the operators hear of it', async () => {
    await world.fault([{ provider: 'clio', kind: 'status', status: 503 }])
    await world.changeStage(21002, 'Investigation')
    await world.settled()
    expect(await deliveries('waiting')).toEqual([{ reason: 'first sight' }])
    for (const seconds of [15, 30, 60, 120]) await world.advance({ seconds })
    const [wish] = await world.rows<{ tries: number }>('select tries from fact_requests')
    expect(wish!.tries).toBe(5)
    expect(await world.rows("select severity, count from alerts where kind = 'cms_unreachable'")).toEqual([
      { severity: 'warning', count: 2 },
    ])
    expect(await count(james)).toBe(0)
  })

  it('is believed when it is back, and then the client is told, once', async () => {
    await world.clearFaults()
    await world.advance({ minutes: 5 })
    expect(await count(james)).toBe(1)
    expect(await world.rows('select tries from fact_requests')).toEqual([])
    const calls = await world.rows<{ status: number }>('select distinct status from cms_calls order by 1')
    expect(calls.map((c) => c.status)).toEqual([200, 503])
  })

  it('that was read long ago is read again before anything is said', async () => {
    await world.fault([{ provider: 'clio', kind: 'timeout', delayMs: 10 }])
    await world.advance({ hours: 2 })
    await track(world, 21002, 'Demand Sent')
    await world.settled()
    expect(await deliveries('waiting')).toEqual([{ reason: 'facts are older than allowed' }])
    await world.clearFaults()
    await world.advance({ minutes: 1 })
    expect(await count(james)).toBe(2)
  })
})

describe('a matter that the CMS does not know', () => {
  it('goes to quarantine, and nobody is told', async () => {
    await track(world, 99_999, 'Investigation')
    await world.settled()
    expect(await deliveries('quarantined')).toEqual([{ reason: 'no_matter' }])
    const [item] = await world.rows<{ kind: string; detail: { matter: string } }>(
      'select kind, detail from quarantine',
    )
    expect(item).toMatchObject({ kind: 'no_matter', detail: { matter: '99999' } })
    expect(await world.rows('select external_id from fact_requests')).toEqual([])
  })
})

describe('an edited contact', () => {
  it('is read anew for every matter of the client', async () => {
    await world.changeStage(21001, 'Mediation')
    await world.changeStage(21016, 'Investigation')
    await world.settled()
    await world.changeField(11001, 'Language', 'en')
    await world.changeStage(21016, 'Demand Sent')
    await world.settled()
    expect((await world.messages({ to: '+12015550111' })).at(-1)!.text).toMatch(/^Maria, Harbor & Pike here:/)
    expect(await world.rows("select distinct outcome from events where type = 'client.changed'")).toEqual([
      { outcome: 'decided' },
    ])
  })

  it('whose number can’t be used becomes work for staff', async () => {
    await world.changePhone(11002, '12')
    expect(await world.rows('select kind, external_id, reason, state, link from quality_items')).toEqual([
      {
        kind: 'phone_unusable',
        external_id: '11002',
        reason: 'is not a number that is in use',
        state: 'open',
        link: `${world.sandboxUrl}/nc/#/contacts/11002`,
      },
    ])
    expect(
      await world.rows(
        "select address from contact_points p join clients c on c.id = p.client_id where c.external_id = '11002' and p.channel = 'sms' and p.removed_at is null",
      ),
    ).toEqual([])
  })
})

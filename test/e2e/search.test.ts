/** One box for people, cases and numbers: found by whatever somebody remembers, by an index, and never over a wall. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Found } from '../../contracts/search.ts'
import { closeMatter } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, somebody } from './api-support.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let firm: FirmWorld
let key: string
let maria: Awaited<ReturnType<FirmWorld['client']>>
beforeAll(async () => {
  world = await apiWorld()
  firm = await world.firm('harbor')
  key = (await firm.key(['read'])).key
  maria = await firm.client(
    'Maria Santos',
    { phone: '+12015550111', mail: 'maria.santos@example.com' },
    '00017-Santos',
  )
  await firm.client('María José Núñez', { phone: '+12015550199' }, '00018-Nunez')
  await firm.client('100% Seabright_LLC', { mail: 'office@seabright.example' }, '00019-Seabright')
})
afterAll(() => world.deps.signIn.close())

const find = async (q: string, who: Parameters<typeof world.call>[0] = key) => {
  const { status, body } = await world.call(who, 'GET', `/search?q=${encodeURIComponent(q)}`)
  expect({ q, status }).toEqual({ q, status: 200 })
  return body as { items: Found[]; alike: boolean }
}
const names = (items: readonly Found[]) =>
  items.map((one) => (one.kind === 'client' ? one.name : one.kind === 'matter' ? one.number : one.id))

describe('somebody is found', () => {
  it.each([
    ['santos', ['Maria Santos', '00017-Santos']],
    ['SANT', ['Maria Santos', '00017-Santos']],
    ['  maria san ', ['Maria Santos', '00017-Santos']],
    ['0111', ['Maria Santos']],
    ['(201) 555-01', ['Maria Santos', 'María José Núñez']],
    ['maria.santos@', ['Maria Santos']],
    ['00018', ['00018-Nunez']],
    ['josé', ['María José Núñez', '00018-Nunez']],
    ['100%', ['100% Seabright_LLC', '00019-Seabright']],
    ['t_l', ['100% Seabright_LLC', '00019-Seabright']],
  ])('by %j', async (typed, wanted) => {
    const { items, alike } = await find(typed)
    expect([...names(items)].sort()).toEqual([...wanted].sort())
    expect(alike).toBe(false)
  })

  it('with numbers, addresses and matters, so that the right one is chosen', async () => {
    const { items } = await find('maria.santos@example.com')
    expect(items).toEqual([
      {
        kind: 'client',
        id: maria.id,
        name: 'Maria Santos',
        addresses: ['maria.santos@example.com', '+12015550111'],
        matters: [{ id: maria.matterId, number: '00017-Santos', title: 'Maria Santos v. Acme' }],
      },
    ])
  })

  it('by what looks like it, where nothing holds what was typed', async () => {
    expect(await find('santoz')).toMatchObject({ alike: true, items: [{ name: 'Maria Santos' }] })
    expect(await find('qwxyz')).toEqual({ items: [], alike: false })
  })

  it('by the id of a client, a matter or a message', async () => {
    const { messageIds } = await firm.tell(maria, { messages: [{ channel: 'sms' }] })
    expect(names((await find(maria.id)).items)).toEqual(['Maria Santos'])
    expect(names((await find(maria.matterId)).items)).toEqual(['00017-Santos'])
    expect((await find(messageIds[0]!)).items).toMatchObject([{ kind: 'message', client: 'Maria Santos' }])
  })

  it('not by one letter, and by nothing that means something to the database', async () => {
    for (const typed of ['m', '', '%', '_', '%%', '__', "' or 1=1", '\\', '\\\\%'])
      expect(names((await find(typed)).items)).toEqual([])
  })

  it('of this firm alone, and never where their matters are closed to whoever asks', async () => {
    const other = await world.firm('pike')
    await other.client('Maria Santos', { phone: '+12015550112' }, '00099-Other')
    expect(names((await find('maria santos')).items)).toEqual(['Maria Santos', '00017-Santos'])
    const behind = await somebody(world, firm, 'staff')
    const acting = { by: 'test', now: world.clock.now(), newId }
    await firm.inFirm((tx) =>
      closeMatter(tx, { matterId: maria.matterId, staffId: behind.staffId }, 'conflict', acting),
    )
    for (const typed of ['santos', '0111', 'maria.santos@', '00017', 'santoz', maria.id, maria.matterId])
      expect(names((await find(typed, behind)).items)).toEqual([])
    expect(names((await find('josé', behind)).items)).toEqual(['María José Núñez', '00018-Nunez'])
  })
})

describe('among 20,000 people and 50,000 matters', () => {
  beforeAll(async () => {
    await world.test.adminPool.query(
      `insert into clients (firm_id, id, connection_id, external_id, name, observed_at)
         select $1, gen_random_uuid(), $2, 'x' || n, md5(n::text) || ' ' || md5((n * 7)::text), now() from generate_series(1, 20000) n`,
      [firm.firmId, firm.connections.clio],
    )
    await world.test.adminPool.query(
      `insert into matters (firm_id, id, connection_id, external_id, number, title, observed_at)
         select $1, gen_random_uuid(), $2, 'x' || n, md5(n::text), md5((n * 3)::text) || ' v. Acme', now() from generate_series(1, 50000) n`,
      [firm.firmId, firm.connections.clio],
    )
    await world.test.adminPool.query(
      `insert into contact_points (firm_id, id, client_id, channel, address, origin, observed_at)
         select firm_id, gen_random_uuid(), id, 'sms', '+1' || lpad(row_number() over ()::text, 10, '5'), 'cms', now()
         from clients where external_id like 'x%'`,
    )
    await world.test.adminPool.query('analyze')
  }, 60_000)

  it.each([
    ['search_clients', ['clients_name_words', 'clients_name_begins'], "'santos'"],
    ['search_clients_alike', ['clients_name_words'], "'santoz'"],
    ['search_matters', ['matters_words', 'matters_number_begins'], "'00017-s'"],
    ['search_addresses', ['contact_points_words'], "'2015550111'"],
  ])('%s reads its indexes and no whole table', async (name, indexes, needle) => {
    const client = await world.test.adminPool.connect()
    try {
      await client.query('begin')
      const { rows } = await client.query<{ prosrc: string; proconfig: string[] }>(
        'select prosrc, proconfig from pg_proc where proname = $1',
        [name],
      )
      const body = rows[0]!.prosrc.replace(/\bneedle\b/g, needle).replace(/\bmost\b/g, '20')
      for (const setting of rows[0]!.proconfig) {
        const [setName = '', value = ''] = setting.split('=')
        await client.query('select set_config($1, $2, true)', [setName, value])
      }
      await client.query(`set local role tipstaff_lookup; set local tipstaff.firm_id = '${firm.firmId}'`)
      const { rows: plan } = await client.query<Record<string, string>>(`explain ${body}`)
      const lines = plan.map((line) => line['QUERY PLAN']!).join('\n')
      for (const index of indexes) expect(lines).toMatch(new RegExp(`Index.* Scan (on|using) ${index}`))
      expect(lines).not.toContain('Seq Scan')
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  it('finds the same as before', async () => {
    expect(names((await find('santos')).items)).toEqual(['Maria Santos', '00017-Santos'])
    expect(names((await find('(201) 555-0111')).items)).toEqual(['Maria Santos'])
  })
})

/** The page of a client and of a matter over the API: what stands there, in which order, and that it is read by an index. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClientPage, MatterPage } from '../../contracts/subject-pages.ts'
import type { Timeline, TimelineItem } from '../../contracts/timeline.ts'
import { recordConsent } from '../../src/modules/consent/index.ts'
import { timelineStatements } from '../../src/modules/console/timeline-statements.ts'
import { closeMatter } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, somebody } from './api-support.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let firm: FirmWorld
let key: string
type Made = Awaited<ReturnType<FirmWorld['client']>>
beforeAll(async () => {
  world = await apiWorld()
  firm = await world.firm('harbor')
  key = (await firm.key(['read', 'operate'], 'desk')).key
})
afterAll(() => world.deps.signIn.close())

const get = async <T>(path: string, who: Parameters<typeof world.call>[0] = key): Promise<T> => {
  const { status, body } = await world.call(who, 'GET', path)
  expect({ path, status, body }).toMatchObject({ status: 200 })
  return body as T
}
const minutesLater = async (n: number) => world.clock.advance({ minutes: n })
const kinds = (items: readonly TimelineItem[]) => items.map((one) => one.kind)

/** A morning with everything in it. @returns the client whose morning it was */
async function morning(name: string, phone: string): Promise<Made> {
  const maria = await firm.client(name, { phone, mail: `${phone.slice(1)}@example.com` }, `N-${phone}`)
  await firm.inFirm((tx) =>
    tx.run(`update matters set data = $2, state = 'discovery' where id = $1`, [
      maria.matterId,
      JSON.stringify({
        practice_area: 'Immigration',
        responsible_attorney: 'Ruth Hale',
        responsible_attorney_id: '7',
        responsible_attorney_email: 'ruth@firm.example',
        open_date: '2026-02-03',
        paused: false,
      }),
    ]),
  )
  await firm.tell(maria, { messages: [{ channel: 'sms' }] })
  await minutesLater(1)
  await firm.send({ kind: 'accepted', providerMessageId: 'x' })
  await minutesLater(1)
  await firm.tell(maria, {
    event: { type: 'invoice.issued', data: {} },
    notice: {
      state: 'suppressed',
      reason: 'opted out of billing by sms',
      templateKey: 'invoice',
      ruleKey: 'bills',
    },
  })
  await minutesLater(1)
  await firm.inFirm((tx) =>
    tx.run(
      `insert into incoming_texts (firm_id, id, connection_id, provider_message_id, from_address, to_address, body, meaning,
         client_ids, matter_ids, received_at)
       values (current_firm(), $1, $2, $3, $4, '+12015550100', 'Thanks!', 'text', $5, '{}', $6)`,
      [newId<string>(), firm.connections.twilio, newId<string>(), phone, [maria.id], world.clock.now()],
    ),
  )
  await minutesLater(1)
  await world.call(key, 'POST', '/pauses', {
    scope: 'matter',
    target: maria.matterId,
    reason: 'she is in court',
  })
  await minutesLater(1)
  await firm.inFirm((tx) =>
    recordConsent(tx, {
      channel: 'sms',
      address: phone,
      purpose: 'billing',
      granted: false,
      how: 'text',
      by: 'client',
      at: world.clock.now(),
    }),
  )
  await minutesLater(1)
  return maria
}

describe('the page of a matter', () => {
  let maria: Made
  beforeAll(async () => {
    maria = await morning('Maria Santos', '+12015550111')
  })

  it('says what the CMS knows, who is in charge, and as of when', async () => {
    const { matter, client } = await get<MatterPage>(`/matters/${maria.matterId}`)
    expect(matter).toMatchObject({
      number: 'N-+12015550111',
      state: 'discovery',
      stateWords: 'in discovery',
      type: 'Immigration',
      people: [{ role: 'attorney', name: 'Ruth Hale', mail: 'ruth@firm.example' }],
      facts: [{ name: 'open_date', value: '2026-02-03' }],
      pausedInCms: false,
      goneSince: null,
      observedAt: '2026-10-15T16:00:00Z',
    })
    expect(client).toMatchObject({ id: maria.id, contactPoints: [{ channel: 'sms' }, { channel: 'email' }] })
  })

  it('says how the state came about, by which raw status, and who mapped that', async () => {
    const { states } = await get<MatterPage>(`/matters/${maria.matterId}`)
    // The raw status of the tests is in no edition of the states.
    expect(states).toMatchObject([
      { raw: 'Discovery_FINAL', from: 'intake', to: 'discovery', outcome: 'decided', mapped: null },
    ])
    await firm.tell(maria, { event: { data: { raw: 'DISCOVERY', from: 'intake', to: 'discovery' } } })
    const after = await get<MatterPage>(`/matters/${maria.matterId}`)
    expect(after.states[0]).toMatchObject({ raw: 'DISCOVERY', mapped: { by: 'test', edition: 1 } })
  })

  it('says what holds messages, why, and who wanted it so', async () => {
    const { pauses, client } = await get<MatterPage>(`/matters/${maria.matterId}`)
    expect(pauses).toMatchObject([
      { scope: 'matter', name: maria.number, reason: 'she is in court', by: 'the key "desk"' },
    ])
    expect(client?.contactPoints[0]?.consents).toMatchObject([{ purpose: 'billing', granted: false }])
  })
})

describe('the timeline', () => {
  let maria: Made
  beforeAll(async () => {
    maria = await morning('Ana Ruiz', '+12015550112')
  })

  it('has everything that was said and heard, the newest first, the same for client and matter', async () => {
    const { items, next } = await get<Timeline>(`/matters/${maria.matterId}/timeline`)
    expect(next).toBeNull()
    expect(kinds(items)).toEqual(['consent', 'act', 'text', 'notice', 'state', 'message'])
    expect(items).toMatchObject([
      { granted: false, purpose: 'billing' },
      { action: 'pause.begun', who: 'the key "desk"', reason: 'she is in court' },
      { body: 'Thanks!', from: '+12015550112' },
      { state: 'suppressed', reason: 'opted out of billing by sms', rule: 'bills' },
      { raw: 'Discovery_FINAL', to: 'discovery' },
      { channel: 'sms', state: 'sent', body: 'Your case is in discovery now.', written: null },
    ])
    const client = await get<Timeline>(`/clients/${maria.id}/timeline`)
    // A pause of one matter is about that one.
    expect(kinds(client.items)).toEqual(kinds(items))
  })

  it('gives the same line in pages of one as in one page, also where all happened at once', async () => {
    for (let i = 0; i < 12; i++)
      await firm.tell(maria, { messages: [{ channel: 'sms' }, { channel: 'email' }] })
    for (const path of [`/matters/${maria.matterId}/timeline`, `/clients/${maria.id}/timeline`]) {
      const whole = await get<Timeline>(`${path}?limit=200`)
      expect(whole.items.length).toBe(6 + 12 * 3)
      const one: TimelineItem[] = []
      for (let next: string | null = ''; next !== null; ) {
        const page: Timeline = await get(`${path}?limit=5${next && `&cursor=${encodeURIComponent(next)}`}`)
        one.push(...page.items)
        next = page.next
      }
      expect(one).toEqual(whole.items)
    }
    const { status } = await world.call(key, 'GET', `/matters/${maria.matterId}/timeline?cursor=x`)
    expect(status).toBe(422)
  })

  it('says what the provider said of one that failed, and who dealt with it by hand', async () => {
    const tom = await firm.client('Tom Weber', { phone: '+12015550113' }, 'T-1')
    await firm.tell(tom, { messages: [{ channel: 'sms' }] })
    const [attempt] = (await firm.send({ kind: 'refused', code: '30006', detail: 'landline' })).slice(-1)
    const [letter] = await firm.inFirm((tx) =>
      tx.rows<{ id: string }>('select id from dead_letters where message_id = $1', [attempt!.messageId]),
    )
    await world.call(key, 'POST', `/dead-letters/${letter!.id}/close`, { how: 'called him' })
    const { items } = await get<Timeline>(`/matters/${tom.matterId}/timeline`)
    expect(items.find((item) => item.kind === 'message')).toMatchObject({
      state: 'dead',
      failure: { code: '30006', detail: 'landline', resolvedBy: 'the key "desk"', resolution: 'called him' },
    })
  })

  it('shows nothing of a matter that is closed to whoever asks, to a client with others', async () => {
    const behind = await somebody(world, firm, 'staff')
    const acting = { by: 'test', now: world.clock.now(), newId }
    const second = newId<string>()
    await firm.inFirm((tx) =>
      tx.run(
        `insert into matters (firm_id, id, connection_id, external_id, client_id, number, title, observed_at)
         values (current_firm(), $1, $2, 'second', $3, 'SECOND-1', 'Second', $4)`,
        [second, firm.connections.clio, maria.id, world.clock.now()],
      ),
    )
    await firm.inFirm((tx) =>
      closeMatter(tx, { matterId: maria.matterId, staffId: behind.staffId }, 'conflict', acting),
    )
    for (const path of ['', '/timeline'])
      expect((await world.call(behind, 'GET', `/matters/${maria.matterId}${path}`)).status).toBe(404)
    const page = await get<ClientPage>(`/clients/${maria.id}`, behind)
    expect(page.matters.map((m) => m.number)).toEqual(['SECOND-1'])
    expect(page.pauses).toEqual([])
    const { items } = await get<Timeline>(`/clients/${maria.id}/timeline`, behind)
    expect(JSON.stringify(items)).not.toContain(maria.matterId)
    expect(kinds(items).filter((kind) => ['message', 'notice', 'state', 'act'].includes(kind))).toEqual([])
  })
})

describe('among 50,000 matters and 100,000 messages', () => {
  let client: Made
  beforeAll(async () => {
    client = await firm.client('Busy Person', { phone: '+12015550199' }, 'BUSY-1')
    const { messageIds, noticeId, eventId } = await firm.tell(client, { messages: [{ channel: 'sms' }] })
    const pool = world.test.adminPool
    // Tests watch over states by a trigger; what is made here in bulk has a past of its own.
    await pool.query('alter table messages disable trigger user')
    await pool.query(
      `insert into clients (firm_id, id, connection_id, external_id, name, observed_at)
         select $1, gen_random_uuid(), $2, 'x' || n, 'Person ' || n, now() from generate_series(1, 20000) n`,
      [firm.firmId, firm.connections.clio],
    )
    await pool.query(
      `insert into matters (firm_id, id, connection_id, external_id, client_id, number, observed_at)
         select $1, gen_random_uuid(), $2, 'x' || n, c.id, 'X-' || n, now()
         from generate_series(1, 50000) n join clients c on c.firm_id = $1 and c.external_id = 'x' || (n % 20000 + 1)`,
      [firm.firmId, firm.connections.clio],
    )
    const columns = async (table: string, except: string[]) =>
      (
        await pool.query<{ column_name: string }>(
          'select column_name from information_schema.columns where table_name = $1',
          [table],
        )
      ).rows
        .map((r) => r.column_name)
        .filter((name) => !except.includes(name))
        .join(', ')
    const events = await columns('events', ['id', 'matter_id', 'recorded_at'])
    await pool.query(
      `insert into events (id, matter_id, recorded_at, ${events})
         select gen_random_uuid(), m.id, e.recorded_at - n * interval '1 minute', ${events.replaceAll(/(\w+)/g, 'e.$1')}
         from events e, generate_series(1, 1) n, matters m where e.id = $1 and m.external_id like 'x%'`,
      [eventId],
    )
    const notices = await columns('notices', ['id', 'matter_id', 'client_id', 'cause', 'created_at'])
    await pool.query(
      `insert into notices (id, matter_id, client_id, cause, created_at, ${notices})
         select gen_random_uuid(), m.id, m.client_id, gen_random_uuid()::text, e.created_at - n * interval '1 minute',
           ${notices.replaceAll(/(\w+)/g, 'e.$1')}
         from notices e, generate_series(1, 1) n, matters m where e.id = $1 and m.external_id like 'x%'`,
      [noticeId],
    )
    const messages = await columns('messages', [
      'id',
      'matter_id',
      'client_id',
      'cause',
      'created_at',
      'state',
    ])
    await pool.query(
      `insert into messages (id, matter_id, client_id, cause, state, created_at, ${messages})
         select gen_random_uuid(), m.id, m.client_id, gen_random_uuid()::text, 'delivered', e.created_at - n * interval '1 minute',
           ${messages.replaceAll(/(\w+)/g, 'e.$1')}
         from messages e, generate_series(1, 2) n, matters m where e.id = $1 and m.external_id like 'x%'`,
      [messageIds[0]],
    )
    // One with a long history of their own.
    await pool.query(
      `insert into messages (id, matter_id, client_id, cause, state, created_at, ${messages})
         select gen_random_uuid(), e.matter_id, e.client_id, gen_random_uuid()::text, 'delivered', e.created_at - n * interval '1 minute',
           ${messages.replaceAll(/(\w+)/g, 'e.$1')}
         from messages e, generate_series(1, 3000) n where e.id = $1`,
      [messageIds[0]],
    )
    await pool.query('alter table messages enable trigger user')
    await pool.query('analyze')
  }, 240_000)

  it.each(['client', 'matter'] as const)(
    'the timeline of a %s reads indexes and no whole table',
    async (scope) => {
      const of = { scope, clientIds: [client.id], matterIds: [client.matterId], addresses: ['+12015550199'] }
      const connection = await world.test.pool.connect()
      try {
        await connection.query('begin')
        await connection.query(`select set_config('tipstaff.firm_id', $1, true)`, [firm.firmId])
        for (const cursor of [null, { at: world.clock.now(), key: 'message:x' }])
          for (const { kind, sql, values } of timelineStatements(firm.firmId, of, cursor, 51)) {
            const { rows } = await connection.query<Record<string, string>>(`explain ${sql}`, values)
            const plan = rows.map((line) => line['QUERY PLAN']!).join('\n')
            expect(plan, kind).toMatch(/Index/)
            // Small tables may be read as a whole; what grows with the firm's life is not.
            expect(plan, kind).not.toMatch(
              /Seq Scan on (messages|notices|events|matters|clients|audit_entries|incoming_texts|contact_points)/,
            )
          }
      } finally {
        await connection.query('rollback')
        connection.release()
      }
    },
  )
})

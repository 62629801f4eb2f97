import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import { CLIENTS } from './seed-people.ts'
import { type Loose, startReceiver, startSandbox, subscribe } from './test-support.ts'

describe('controls', () => {
  it.each(['contacts', 'matters', 'calendar_entries', 'documents', 'bills'])(
    'GET %s answers {data:[…]}',
    async (path) => {
      const door = await startSandbox()
      const { status, body } = await door.control('GET', `/cms/${path}`)
      expect(status).toBe(200)
      expect(body.data.length).toBeGreaterThan(5)
      const one = await door.control('GET', `/cms/${path}/${body.data[0].id}`)
      expect(one.body.data).toEqual(body.data[0])
    },
  )

  it.each([
    [{ matter_stage: { name: 'Discovery' } }],
    [{ matter_stage_name: 'Discovery' }],
    [{ data: { matter_stage: { id: 107 } } }],
  ])('PATCH matters takes %j', async (body) => {
    const door = await startSandbox()
    const { status, body: answer } = await door.control('PATCH', '/cms/matters/21002', body)
    expect([status, answer.data.matter_stage.name]).toEqual([200, 'Discovery'])
  })

  it('takes a stage that nobody ever used, and any case of a status', async () => {
    const door = await startSandbox()
    const made = await door.control('PATCH', '/cms/matters/21002', {
      matter_stage: { name: 'Awaiting sig.' },
    })
    expect(made.body.data.matter_stage.name).toBe('Awaiting sig.')
    const again = await door.control('PATCH', '/cms/matters/21003', {
      matter_stage: { name: 'Awaiting sig.' },
    })
    expect(again.body.data.matter_stage.id).toBe(made.body.data.matter_stage.id)
    const closed = await door.control('PATCH', '/cms/matters/21002', { status: 'Closed' })
    expect(closed.body.data).toMatchObject({ status: 'Closed', close_date: expect.any(String) })
  })

  it('moves a hearing and keeps its length', async () => {
    const door = await startSandbox()
    const { body } = await door.control('PATCH', '/cms/calendar_entries/31002', {
      start_at: '2031-05-05T09:30:00-04:00',
    })
    expect(body.data).toMatchObject({ start_at: '2031-05-05T13:30:00Z', end_at: '2031-05-05T14:30:00Z' })
  })

  it('pays a bill', async () => {
    const door = await startSandbox()
    const { body } = await door.control('PATCH', '/cms/bills/51001', { state: 'paid' })
    expect(body.data).toMatchObject({ state: 'paid', paid: 1250, due: 0, paid_at: expect.any(String) })
  })

  it('makes a client, with a preference by its name, and a matter, a hearing, a document and a bill for them', async () => {
    const door = await startSandbox()
    const client = await door.control('POST', '/cms/contacts', {
      first_name: 'Ines',
      last_name: 'Prado',
      primary_phone_number: '+12015550150',
      primary_email_address: 'ines@example.com',
      custom_field_values: [
        { field_name: 'Contact preference', value: 'Both' },
        { field_name: 'Pause automation', value: true },
      ],
    })
    expect(client.status).toBe(201)
    expect(client.body.data).toMatchObject({ name: 'Ines Prado', primary_phone_number: '+12015550150' })
    const values = client.body.data.custom_field_values
    expect(
      values.map((held: Loose) => [held.field_name, held.picklist_option?.option ?? held.value]),
    ).toEqual([
      ['Contact preference', 'Both'],
      ['Pause automation', 'true'],
    ])
    const matter = await door.control('POST', '/cms/matters', {
      client: { id: client.body.data.id },
      description: 'Prado v. Example',
      matter_stage: { name: 'Intake' },
    })
    const id = matter.body.data.id
    expect(matter.body.data.client.name).toBe('Ines Prado')
    const entry = { summary: 'Hearing', start_at: '2030-01-01T10:00:00Z', matter: { id } }
    expect((await door.control('POST', '/cms/calendar_entries', entry)).body.data.id).toEqual(
      expect.any(String),
    )
    expect((await door.control('POST', '/cms/documents', { name: 'A.pdf', matter_id: id })).status).toBe(201)
    const bill = await door.control('POST', '/cms/bills', { matters: [{ id }], total: 100 })
    expect(bill.body.data).toMatchObject({
      state: 'awaiting_payment',
      due: 100,
      client: { name: 'Ines Prado' },
    })
  })

  it.each([
    ['PATCH', '/cms/matters/21001', { status: 'Gone' }, 422, 'status'],
    ['PATCH', '/cms/matters/21001', { colour: 'red' }, 422, 'colour'],
    ['PATCH', '/cms/matters/21001', { matter_stage: { name: '' } }, 422, 'matter_stage.name'],
    ['PATCH', '/cms/calendar_entries/31001', { start_at: '2030-01-01T10:00' }, 422, 'start_at'],
    ['PATCH', '/cms/calendar_entries/31001', { end_at: '2001-01-01T10:00:00Z' }, 422, 'end_at'],
    ['PATCH', '/cms/bills/51001', { paid: 99999 }, 422, 'paid'],
    [
      'PATCH',
      '/cms/contacts/11001',
      { custom_field_values: [{ field_name: 'Shoe size', value: '9' }] },
      422,
      'custom_field_values.field_name',
    ],
    ['POST', '/cms/matters', { description: 'x' }, 422, 'client'],
    ['POST', '/cms/contacts', { first_name: 'x' }, 422, 'last_name'],
    ['POST', '/cms/documents', { name: 'x' }, 422, 'matter.id'],
    ['POST', '/cms/play', { events: 0 }, 422, 'events'],
    ['POST', '/cms/seed', { matters: -1 }, 422, 'matters'],
    ['PUT', '/cms/settings', { dropShare: 2 }, 422, 'dropShare'],
  ])('%s %s refuses %j with %i and names %s', async (method, path, body, status, field) => {
    const door = await startSandbox()
    const answer = await door.control(method, path, body)
    expect([answer.status, answer.body.error.field]).toEqual([status, field])
  })

  it('answers 404 for an unknown id and 400 for what is not JSON', async () => {
    const door = await startSandbox()
    expect((await door.control('PATCH', '/cms/matters/5', {})).status).toBe(404)
    expect((await door.control('GET', '/cms/bills/x')).status).toBe(404)
    expect((await door.control('PATCH', '/cms/matters/21001', '[')).status).toBe(400)
  })

  it('fails as it is told to, and accepts nothing while it does', async () => {
    const door = await startSandbox()
    door.faults.set([{ provider: 'clio', kind: 'status', status: 503, count: 1 }])
    const data = { name: 'x', description: 'y', assignee: { id: 64, type: 'User' } }
    const before = door.cms.store.collection('task').byId.size
    expect((await door.api('POST', '/api/v4/tasks.json', { data })).status).toBe(503)
    expect(door.cms.store.collection('task').byId.size).toBe(before)
    expect((await door.api('POST', '/api/v4/tasks.json', { data })).status).toBe(201)
    const calls = door.calls.list({ provider: 'clio' }).map((call) => [call.method, call.path, call.status])
    expect(calls).toEqual([
      ['POST', '/api/v4/tasks.json', 503],
      ['POST', '/api/v4/tasks.json', 201],
    ])
  })

  it('goes back to the firm as it was', async () => {
    const door = await startSandbox()
    await door.control('DELETE', '/cms/matters/21001')
    await door.control('POST', '/cms/reset')
    expect((await door.control('GET', '/cms/matters/21001')).status).toBe(200)
  })
})

describe('the example firm', () => {
  it('has somebody awake between 8 and 21 at any hour of any day', () => {
    for (let hour = 0; hour < 24 * 366; hour++) {
      const at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(2026, 0, 1, hour, 30))
      const awake = CLIENTS.some((client) => {
        const local = at.toZonedDateTimeISO(client.zone).hour
        // Of those only who hears by both channels and is not paused shows a change in full.
        return client.preference === 'Both' && !client.paused && local >= 8 && local < 20
      })
      expect(awake, at.toString()).toBe(true)
    }
  })

  it('has every preference, two languages, and phone numbers that are valid', () => {
    const preferences = new Set(CLIENTS.map((client) => client.preference))
    expect(preferences).toEqual(new Set(['SMS', 'Email', 'Both', 'None', '']))
    expect(new Set(CLIENTS.map((client) => client.language))).toEqual(new Set(['en', 'es', '']))
    for (const { phone } of CLIENTS) {
      if (phone !== undefined) expect(parsePhoneNumberFromString(phone, 'US')?.isValid(), phone).toBe(true)
    }
  })

  it('is the same each time, but for dates', async () => {
    const [one, two] = [await startSandbox(), await startSandbox()]
    const names = async (door: typeof one) =>
      (await door.control('GET', '/cms/matters')).body.data.map((row: Loose) => [
        row.id,
        row.description,
        row.matter_stage.name,
      ])
    expect(await names(one)).toEqual(await names(two))
  })

  it('grows by 20,000 matters at once, with valid phone numbers that nobody shares', async () => {
    const door = await startSandbox()
    const { body } = await door.control('POST', '/cms/seed', { matters: 20_000, clients: 20_000, seed: 3 })
    expect(body.matters.count).toBe(20_000)
    const phones = [...door.cms.store.all('contact')].flatMap((row) =>
      String(row.lists.phone_numbers?.[0]?.attrs.number),
    )
    expect(new Set(phones).size).toBe(20_015 - CLIENTS.filter((client) => !client.phone).length + 1)
    for (const phone of phones.slice(20, 20_000).filter((_phone, at) => at % 997 === 0)) {
      expect(parsePhoneNumberFromString(phone)?.isValid(), phone).toBe(true)
    }
  })
})

describe('play', () => {
  it('makes exactly the events asked for, each on another matter, and each is delivered once', async () => {
    const door = await startSandbox()
    await door.control('POST', '/cms/seed', { matters: 600, clients: 50 })
    const receiver = await startReceiver()
    await subscribe(door, receiver.url)
    const order = { events: 500, perSecond: 2_000, seed: 5, kind: 'status', distinct: true }
    const { status, body } = await door.control('POST', '/cms/play', order)
    expect(status).toBe(202)
    const received = (await receiver.arrived(501)).slice(1)
    expect(new Set(received.map((one) => one.json.data.id)).size).toBe(500)
    const state = async () => (await door.control('GET', `/cms/play/${body.id}`)).body
    await expect.poll(async () => (await state()).deliveries.delivered).toBe(500)
    expect(await state()).toMatchObject({ made: 500, done: true, byKind: { status: 500 } })
  })

  it('keeps to its pace by the sandbox’s clock', async () => {
    const door = await startSandbox()
    door.clock.drive({ advanceMs: 0 })
    const { body } = await door.control('POST', '/cms/play', { events: 100, perSecond: 10, seed: 1 })
    door.clock.drive({ advanceMs: 2_000 })
    const made = (await door.control('GET', `/cms/play/${body.id}`)).body.made
    expect(made).toBeGreaterThanOrEqual(19)
    expect(made).toBeLessThanOrEqual(21)
    door.clock.drive({ advanceMs: 8_100 })
    expect((await door.control('GET', `/cms/play/${body.id}`)).body).toMatchObject({ made: 100, done: true })
  })

  it('does all kinds of work, the same for the same seed', async () => {
    const kinds = async () => {
      const door = await startSandbox()
      door.clock.drive({ advanceMs: 0 })
      const { body } = await door.control('POST', '/cms/play', { events: 300, perSecond: 1_000, seed: 9 })
      door.clock.drive({ advanceMs: 1_000 })
      return (await door.control('GET', `/cms/play/${body.id}`)).body.byKind
    }
    const first = await kinds()
    expect(Object.keys(first).sort()).toEqual([
      'bill',
      'bill paid',
      'document',
      'hearing',
      'hearing moved',
      'status',
    ])
    expect(await kinds()).toEqual(first)
  })

  it('refuses more distinct events than there are matters', async () => {
    const door = await startSandbox()
    const answer = await door.control('POST', '/cms/play', { events: 50, distinct: true })
    expect([answer.status, answer.body.error.field]).toEqual([422, 'events'])
  })
})

describe('the page', () => {
  it('shows every matter with its client and stage, escapes what people typed, and can be searched', async () => {
    const door = await startSandbox()
    await door.control('PATCH', '/cms/matters/21001', { description: '<script>alert(1)</script>' })
    const text = await (await fetch(`${door.url}/cms`)).text()
    expect(text).toContain('Whitfield v. Crestline Studios')
    expect(text).not.toContain('<script>alert(1)')
    const found = await (await fetch(`${door.url}/cms?q=hartley`)).text()
    expect(found).toContain('Hartley v. Pier Nine Holdings')
    expect(found).not.toContain('Whitfield v.')
  })
})

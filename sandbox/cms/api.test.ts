import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startSandbox } from './test-support.ts'

describe('what it begins with', () => {
  it('has not changed in the second in which somebody begins to read: that would be news to them', async () => {
    const door = await startSandbox()
    for (const model of ['contacts', 'matters', 'calendar_entries', 'documents', 'bills']) {
      const { body } = await door.api('GET', `/api/v4/${model}.json?fields=id,updated_at&limit=200`)
      expect(body.data.length).toBeGreaterThan(3)
      const newest = Math.max(...body.data.map((one: { updated_at: string }) => Date.parse(one.updated_at)))
      expect(newest).toBeLessThan(Math.floor(Date.now() / 1_000) * 1_000)
    }
  })
})

describe('fields', () => {
  it('answers id and etag when nothing is asked for', async () => {
    const door = await startSandbox()
    const { status, body } = await door.api('GET', '/api/v4/matters/21001.json')
    expect(status).toBe(200)
    expect(Object.keys(body.data)).toEqual(['id', 'etag'])
  })

  it('answers the fields of a nested resource, and the defaults of one that names none', async () => {
    const door = await startSandbox()
    const { body } = await door.api(
      'GET',
      '/api/v4/matters/21001.json?fields=id,matter_stage{name},client,responsible_attorney{id,name}',
    )
    expect(body.data.matter_stage).toEqual({ name: 'Discovery' })
    expect(Object.keys(body.data.client)).toEqual(['id', 'etag'])
    expect(body.data.responsible_attorney).toEqual({ id: 61, name: 'Eleanor Harbor' })
  })

  it('answers the defaults of a second-level resource, and refuses to be asked for more', async () => {
    const door = await startSandbox()
    const shown = await door.api('GET', '/api/v4/calendar_entries/31001.json?fields=id,matter{id,client}')
    expect(Object.keys(shown.body.data.matter.client)).toEqual(['id', 'etag'])
    expect(shown.body.data.id).toBe('31001')
    const refused = await door.api(
      'GET',
      '/api/v4/calendar_entries/31001.json?fields=id,matter{id,client{name}}',
    )
    expect(refused.status).toBe(400)
    expect(refused.body.error.message).toContain('client')
  })

  it.each(['nope', 'id,client{nope}', 'description{id}', 'client{id', 'id}', 'client{', '{id}'])(
    'refuses "%s" with 400 and a reason',
    async (fields) => {
      const door = await startSandbox()
      const { status, body } = await door.api(
        'GET',
        `/api/v4/matters.json?fields=${encodeURIComponent(fields)}`,
      )
      expect(status).toBe(400)
      expect(body.error).toEqual({ type: 'InvalidFields', message: expect.any(String) })
    },
  )
})

describe('paging', () => {
  it('walks every record exactly once, whatever the size of the page', async () => {
    const door = await startSandbox()
    await door.control('PUT', '/cms/settings', { rateLimit: null })
    await door.control('POST', '/cms/seed', { matters: 40, clients: 5, seed: 7 })
    const all = (await door.control('GET', '/cms/matters')).body.data.map((row: { id: number }) => row.id)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.boolean(), async (limit, cursor) => {
        const seen: number[] = []
        let path: string | undefined = `/api/v4/matters.json?limit=${limit}${cursor ? '&order=id(asc)' : ''}`
        while (path !== undefined) {
          const { body } = await door.api('GET', path)
          expect(body.data.length).toBeLessThanOrEqual(limit)
          seen.push(...body.data.map((row: { id: number }) => row.id))
          path = body.meta.paging.next?.slice(door.url.length)
        }
        expect(seen).toEqual(all)
      }),
      { numRuns: 15 },
    )
  })

  it('keeps its place while records come and go', async () => {
    const door = await startSandbox()
    const first = await door.api('GET', '/api/v4/matters.json?limit=5&order=id(asc)')
    await door.control('DELETE', '/cms/matters/21002')
    await door.control('POST', '/cms/matters', { client_id: 11001, description: 'New one' })
    const next = await door.api('GET', first.body.meta.paging.next.slice(door.url.length))
    expect(next.body.data[0].id).toBe(21006)
    const back = await door.api('GET', next.body.meta.paging.previous.slice(door.url.length))
    expect(back.body.data.map((row: { id: number }) => row.id)).toEqual([21001, 21003, 21004, 21005])
  })

  it.each(['limit=0', 'limit=201', 'limit=x', 'order=nope(asc)', 'page_token=zzz&order=id(asc)', 'ids[]=x'])(
    'refuses %s with 400',
    async (query) => {
      const door = await startSandbox()
      expect((await door.api('GET', `/api/v4/matters.json?${query}`)).status).toBe(400)
    },
  )

  it('refuses offsets beyond 10,000 records, which need the id(asc) cursor', async () => {
    const door = await startSandbox()
    expect((await door.api('GET', '/api/v4/matters.json?offset=9800')).status).toBe(200)
    const refused = await door.api('GET', '/api/v4/matters.json?offset=10000')
    expect(refused.status).toBe(422)
    expect(refused.body.error.type).toBe('ArgumentError')
  })
})

describe('filters', () => {
  it.each([
    ['/matters.json?client_id=11001', [21001, 21016]],
    ['/matters.json?status=closed,pending', [21012, 21013]],
    ['/matters.json?query=hartley', [21008]],
    ['/contacts.json?type=Company', [11015]],
    ['/contacts.json?query=santos', [11001]],
    ['/calendar_entries.json?matter_id=21001', ['31001', '31002']],
    ['/documents.json?matter_id=21001', [41001, 41002]],
    ['/bills.json?matter_id=21008', [51004]],
    ['/bills.json?client_id=11001&state=awaiting_payment', [51001]],
    ['/tasks.json?assignee_id=64', [71001]],
    ['/matters.json?ids[]=21003&ids[]=21001', [21001, 21003]],
  ])('%s answers %j', async (path, ids) => {
    const door = await startSandbox()
    const { body } = await door.api('GET', `/api/v4${path}`)
    expect(body.data.map((row: { id: unknown }) => row.id)).toEqual(ids)
  })

  it('finds what changed since a time', async () => {
    const door = await startSandbox()
    door.clock.drive({ advanceMs: 60_000 })
    const since = new Date(door.clock.now()).toISOString().replace(/\.\d+/, '')
    await door.control('PATCH', '/cms/matters/21004', { matter_stage: { name: 'Mediation' } })
    const { body } = await door.api('GET', `/api/v4/matters.json?updated_since=${since}`)
    expect(body.data.map((row: { id: number }) => row.id)).toEqual([21004])
  })

  it('shows calendar entries that overlap a span of time', async () => {
    const door = await startSandbox()
    const now = new Date(door.clock.now()).toISOString()
    const { body } = await door.api('GET', `/api/v4/calendar_entries.json?matter_id=21001&from=${now}`)
    expect(body.data.map((row: { id: string }) => row.id)).toEqual(['31002'])
  })

  it('wants a type for notes, as Clio does', async () => {
    const door = await startSandbox()
    expect((await door.api('GET', '/api/v4/notes.json')).status).toBe(400)
    expect((await door.api('GET', '/api/v4/notes.json?type=Matter')).status).toBe(200)
  })
})

describe('etags', () => {
  it('answers 304 until the record changes, and never an etag twice', async () => {
    const door = await startSandbox()
    const path = '/api/v4/matters/21001.json'
    const seen = new Set<string>()
    for (const name of ['Mediation', 'Discovery', 'Mediation', 'Discovery']) {
      const tag = (await door.api('GET', path)).headers.get('etag') ?? ''
      expect(seen.has(tag)).toBe(false)
      seen.add(tag)
      expect((await door.api('GET', path, undefined, { 'if-none-match': tag })).status).toBe(304)
      await door.control('PATCH', '/cms/matters/21001', { matter_stage: { name } })
      expect((await door.api('GET', path, undefined, { 'if-none-match': tag })).status).toBe(200)
    }
  })

  it('refuses a PATCH on an older etag with 412 and changes nothing', async () => {
    const door = await startSandbox()
    const path = '/api/v4/contacts/11002.json?fields=id,etag,first_name'
    const old = (await door.api('GET', path)).headers.get('etag') ?? ''
    const good = await door.api('PATCH', path, { data: { first_name: 'Jim' } }, { 'if-match': old })
    expect(good.body.data.first_name).toBe('Jim')
    const late = await door.api('PATCH', path, { data: { first_name: 'Jack' } }, { 'if-match': old })
    expect(late.status).toBe(412)
    expect((await door.api('GET', path)).body.data.first_name).toBe('Jim')
  })
})

describe('writing', () => {
  it('takes stages by id only, and statuses in lower case, as the API is published', async () => {
    const door = await startSandbox()
    const patch = (data: object) =>
      door.api('PATCH', '/api/v4/matters/21001.json?fields=status,matter_stage{name}', { data })
    expect((await patch({ matter_stage: { id: 111 } })).body.data.matter_stage.name).toBe('Settlement Offer')
    expect((await patch({ matter_stage: { name: 'Trial' } })).status).toBe(422)
    expect((await patch({ status: 'Closed' })).status).toBe(422)
    expect((await patch({ status: 'closed' })).body.data.status).toBe('Closed')
  })

  it.each([
    ['/api/v4/tasks.json', { name: 'x', description: 'y' }, 'assignee'],
    ['/api/v4/tasks.json', { name: 'x', description: 'y', assignee: { id: 9, type: 'User' } }, 'assignee.id'],
    ['/api/v4/communications.json', { type: 'SmsCommunication', subject: 'x', body: 'y' }, 'type'],
    ['/api/v4/notes.json', { type: 'Matter', detail: 'x', matter: { id: 1 } }, 'matter.id'],
    ['/api/v4/matters.json', { description: 'x' }, 'client'],
  ])('POST %s refuses %j and names %s', async (path, data, field) => {
    const door = await startSandbox()
    const { status, body } = await door.api('POST', path, { data })
    expect(status).toBe(422)
    expect(body.error.message.startsWith(`${field} `)).toBe(true)
  })

  it('wants the data wrapper and JSON', async () => {
    const door = await startSandbox()
    expect((await door.api('POST', '/api/v4/tasks.json', { name: 'x' })).status).toBe(400)
    expect((await door.api('POST', '/api/v4/tasks.json', '{')).status).toBe(400)
    expect((await door.api('PATCH', '/api/v4/matters/1.json', { data: {} })).status).toBe(404)
  })

  it('keeps what is logged back, and finds it by its external property', async () => {
    const door = await startSandbox()
    const data = {
      type: 'PhoneCommunication',
      subject: 'Text sent',
      body: 'Your hearing moved.',
      matter: { id: 21001 },
      senders: [{ id: 61, type: 'User' }],
      receivers: [{ id: 11001, type: 'Contact' }],
      external_properties: [{ name: 'attempt', value: 'a-1' }],
    }
    const made = await door.api('POST', '/api/v4/communications.json?fields=id,receivers{name}', { data })
    expect(made.status).toBe(201)
    expect(made.body.data.receivers).toEqual([{ name: 'Maria Santos' }])
    const found = await door.api(
      'GET',
      '/api/v4/communications.json?external_property_name=attempt&external_property_value=a-1',
    )
    expect(found.body.data.map((row: { id: number }) => row.id)).toEqual([made.body.data.id])
  })

  it('replaces custom field values by the id of the value, and a picklist by the id of its option', async () => {
    const door = await startSandbox()
    const path = '/api/v4/contacts/11001.json?fields=custom_field_values{id,field_name,value}'
    const before = (await door.api('GET', path)).body.data.custom_field_values
    const preference = before.find((held: { field_name: string }) => held.field_name === 'Contact preference')
    const done = await door.api('PATCH', path, {
      data: { custom_field_values: [{ id: preference.id, value: '810', custom_field: { id: 81 } }] },
    })
    const after = done.body.data.custom_field_values
    expect(after).toContainEqual({ id: preference.id, field_name: 'Contact preference', value: '810' })
    expect(after).toHaveLength(before.length)
    const wrong = await door.api('PATCH', path, {
      data: { custom_field_values: [{ value: 'SMS', custom_field: { id: 81 } }] },
    })
    expect(wrong.status).toBe(422)
  })

  it('uploads a document in three steps and hides it until the last', async () => {
    const door = await startSandbox()
    const made = await door.api(
      'POST',
      '/api/v4/documents.json?fields=id,latest_document_version{uuid,put_url,put_headers,fully_uploaded}',
      { data: { name: 'Transcript.pdf', parent: { id: 21002, type: 'Matter' } } },
    )
    const { id, latest_document_version: version } = made.body.data
    expect(version.put_headers).toEqual([{ name: 'Content-Type', value: 'application/pdf' }])
    const listed = async () =>
      (await door.api('GET', '/api/v4/documents.json?matter_id=21002')).body.data.length
    const finish = () =>
      door.api('PATCH', `/api/v4/documents/${id}.json?fields=latest_document_version{fully_uploaded}`, {
        data: { uuid: version.uuid, fully_uploaded: true },
      })
    expect(await listed()).toBe(0)
    expect((await finish()).body.error.type).toBe('UploadNotFoundError')
    await fetch(version.put_url, { method: 'PUT', body: 'the words' })
    expect((await finish()).body.data.latest_document_version.fully_uploaded).toBe(true)
    expect(await listed()).toBe(1)
    const download = await door.api('GET', `/api/v4/documents/${id}/download.json`)
    expect(download.status).toBe(303)
    expect(await (await fetch(download.headers.get('location') ?? '')).text()).toBe('the words')
  })
})

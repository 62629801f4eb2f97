import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { MODELS, modelOf } from './models.ts'
import { type Door, type Loose, startReceiver, startSandbox, subscribe } from './test-support.ts'
import type { Model } from './types.ts'
import { WEBHOOK_ATTRS } from './webhooks.ts'

// Clio's description of its API may not be copied into this project. It is read where it lies beside it.
const specPath = fileURLToPath(new URL('../../../shared/specs/clio-manage-v4.openapi.json', import.meta.url))
const spec: Loose = existsSync(specPath) ? JSON.parse(readFileSync(specPath, 'utf8')) : undefined
if (spec === undefined) {
  console.warn(
    `Not held against Clio's OpenAPI, which is not at ${specPath}. Only our own expectations were checked.`,
  )
}
const withSpec = it.runIf(spec !== undefined)

/** The published schema allows any further property; this closes it, so that a name of ours can't be made up. */
function closed(node: Loose): Loose {
  if (Array.isArray(node)) return node.map(closed)
  if (typeof node !== 'object' || node === null) return node
  const out: Loose = {}
  for (const [key, value] of Object.entries(node) as [string, Loose][]) {
    if (key === 'properties') {
      out.properties = Object.fromEntries(
        Object.entries(value as Loose).map(([name, held]: [string, Loose]) => [name, closedRef(held)]),
      )
    } else if (key === 'items') out.items = closedRef(value)
    else out[key] = closed(value)
  }
  return out
}
function closedRef(schema: Loose): Loose {
  return schema.$ref ? { allOf: [{ $ref: schema.$ref }], unevaluatedProperties: false } : closed(schema)
}

const ajv = new Ajv2019({ strict: false, allErrors: true })
addFormats.default(ajv)
for (const format of ['int32', 'int64', 'float', 'double']) ajv.addFormat(format, true)
if (spec !== undefined) {
  const components = closed(spec.components)
  // Answers and requests of the spec disagree on the names of phone numbers; the real answers have those of requests.
  const names =
    spec.paths['/contacts.json'].post.requestBody.content['application/json'].schema.properties.data
  components.schemas.PhoneNumber_base.properties.name.enum.push(
    ...names.properties.phone_numbers.items.properties.name.enum,
  )
  ajv.addSchema({ $id: 'https://clio.test/spec', components })
}

/** The spec marks nothing as nullable although the real answers have nulls: they count as absent. */
function withoutNulls(value: Loose): Loose {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, held]) => held !== null)
      .map(([name, held]) => [name, withoutNulls(held)]),
  )
}

const compiled = new Map<string, ValidateFunction>()

/** Holds an answer against the spec's schema for that path, verb and status. */
function expectConforms(path: string, verb: string, status: number, body: Loose): void {
  expect(body, `${verb} ${path}`).toEqual(expect.any(Object))
  if (spec === undefined) return
  const response = spec.paths[path]?.[verb]?.responses?.[status]
  expect(response, `${verb} ${path} answers ${status}`).toBeDefined()
  const { schema } = response.content[Object.keys(response.content)[0] as string]
  const ref = `https://clio.test/spec${schema.$ref}`
  const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref })
  compiled.set(ref, validate)
  validate(withoutNulls(body))
  expect(validate.errors ?? [], `${verb} ${path} ${status}`).toEqual([])
}

/** Every field that a model has, with every field of what is nested in it. */
function everyField(model: Model): string {
  const own = ['id', 'etag', 'created_at', 'updated_at', ...Object.keys(model.attrs)]
  const nested = Object.entries({ ...model.links, ...model.manyLinks, ...model.lists })
  return [
    ...own,
    ...nested.map(([name, other]) => `${name}{${nestedFields(modelOf(other)).join(',')}}`),
  ].join(',')
}
function nestedFields(model: Model): string[] {
  return model.name === 'put_header' ? ['name', 'value'] : ['id', 'etag', ...Object.keys(model.attrs)]
}

const kept = [...MODELS.values()].filter((model) => model.path !== undefined)

/** A good body for each POST and PATCH that the API offers. */
const posts: Record<string, Loose> = {
  contact: {
    type: 'Person',
    name: 'Ines Prado',
    first_name: 'Ines',
    last_name: 'Prado',
    phone_numbers: [{ name: 'Mobile', number: '+12015550150', default_number: true }],
    email_addresses: [{ name: 'Home', address: 'ines@example.com', default_email: true }],
    custom_field_values: [{ value: '810', custom_field: { id: 81 } }],
  },
  matter: { client: { id: 11001 }, description: 'Prado v. Example' },
  calendar_entry: {
    summary: 'Hearing',
    start_at: '2030-01-10T10:00:00-05:00',
    end_at: '2030-01-10T11:00:00-05:00',
    calendar_owner: { id: 501 },
    matter: { id: 21001 },
    attendees: [{ id: 11001, type: 'Contact' }],
    external_properties: [{ name: 'a', value: 'b' }],
  },
  document: { name: 'A.pdf', parent: { id: 21001, type: 'Matter' }, document_category: { id: 302 } },
  task: { name: 'Call', description: 'Today', assignee: { id: 64, type: 'User' }, matter: { id: 21001 } },
  note: { type: 'Matter', subject: 'S', detail: 'D', matter: { id: 21001 }, contact: { id: 11001 } },
  communication: {
    type: 'EmailCommunication',
    subject: 'S',
    body: 'B',
    matter: { id: 21001 },
    receivers: [{ id: 11001, type: 'Contact' }],
    external_properties: [{ name: 'attempt', value: '1' }],
  },
}
const patches: Record<string, Loose> = {
  contact: { last_name: 'Prado Lima' },
  matter: { status: 'closed', matter_stage: { id: 116 } },
  calendar_entry: { start_at: '2030-01-11T10:00:00Z', end_at: '2030-01-11T11:00:00Z' },
  document: { name: 'B.pdf' },
  bill: { state: 'paid' },
  task: { status: 'complete' },
  note: { detail: 'E' },
  communication: { subject: 'T' },
}

async function firstId(door: Door, model: Model): Promise<string | number> {
  const { body } = await door.control('GET', `/cms/${model.path}?limit=1`)
  return body.data[0].id
}

describe('answers of every endpoint, held against the published schemas', () => {
  it.each(kept.map((model) => [model.path, model] as const))('%s', async (path, model) => {
    const door = await startSandbox()
    const fields = `fields=${everyField(model)}`
    for (const [name, data] of Object.entries(posts)) {
      if (name !== model.name) continue
      const made = await door.api('POST', `/api/v4/${path}.json?${fields}`, { data })
      expect(made.status, JSON.stringify(made.body)).toBe(201)
      expectConforms(`/${path}.json`, 'post', 201, made.body)
    }
    const listed = await door.api(
      'GET',
      `/api/v4/${path}.json?${fields}${path === 'notes' ? '&type=Matter' : ''}`,
    )
    expect(listed.status, JSON.stringify(listed.body)).toBe(200)
    if (model.name !== 'communication') expect(listed.body.data.length).toBeGreaterThan(0)
    expectConforms(`/${path}.json`, 'get', 200, listed.body)
    if (!model.verbs.includes('show')) return
    const id = await firstId(door, model)
    const shown = await door.api('GET', `/api/v4/${path}/${id}.json?${fields}`)
    expectConforms(`/${path}/{id}.json`, 'get', 200, shown.body)
    if (!model.verbs.includes('patch')) return
    const changed = await door.api('PATCH', `/api/v4/${path}/${id}.json?${fields}`, {
      data: patches[model.name],
    })
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    expectConforms(`/${path}/{id}.json`, 'patch', 200, changed.body)
    expect((await door.api('DELETE', `/api/v4/${path}/${id}.json`)).status).toBe(204)
  })

  it('who_am_i and webhooks', async () => {
    const door = await startSandbox()
    const me = await door.api('GET', `/api/v4/users/who_am_i.json?fields=${everyField(modelOf('user'))}`)
    expectConforms('/users/who_am_i.json', 'get', 200, me.body)
    const receiver = await startReceiver()
    const { id } = await subscribe(door, receiver.url)
    const fields = `fields=${Object.keys(WEBHOOK_ATTRS).join(',')}`
    const shown = await door.api('GET', `/api/v4/webhooks/${id}.json?${fields}`)
    expectConforms('/webhooks/{id}.json', 'get', 200, shown.body)
    expectConforms(
      '/webhooks.json',
      'get',
      200,
      (await door.api('GET', `/api/v4/webhooks.json?${fields}`)).body,
    )
    const data = { events: ['deleted'] }
    const changed = await door.api('PATCH', `/api/v4/webhooks/${id}.json?${fields}`, { data })
    expectConforms('/webhooks/{id}.json', 'patch', 200, changed.body)
  })

  it('errors', async () => {
    const door = await startSandbox()
    const bad = await door.api('GET', '/api/v4/matters.json?fields=nope')
    expectConforms('/matters.json', 'get', 400, bad.body)
    const nobody = await door.api('GET', '/api/v4/matters.json', undefined, { authorization: '' })
    expectConforms('/matters.json', 'get', 401, nobody.body)
    const nothing = await door.api('GET', '/api/v4/matters/1.json')
    expectConforms('/matters/{id}.json', 'get', 404, nothing.body)
    const wrong = await door.api('PATCH', '/api/v4/matters/21001.json', { data: { status: 'gone' } })
    expectConforms('/matters/{id}.json', 'patch', 422, wrong.body)
    const old = await door.api('PATCH', '/api/v4/matters/21001.json', { data: {} }, { 'if-match': '"x"' })
    expectConforms('/matters/{id}.json', 'patch', 412, old.body)
    await door.control('PUT', '/cms/settings', { rateLimit: 1 })
    const over = await door.api('GET', '/api/v4/matters.json')
    expectConforms('/matters.json', 'get', 429, over.body)
  })
})

/** Names and schemas of what a schema of the spec may hold, through its references. */
function propertiesOf(schema: Loose): Map<string, Loose> {
  if (schema.$ref) return propertiesOf(spec.components.schemas[schema.$ref.split('/').at(-1)])
  const own = Object.entries(schema.properties ?? {}) as [string, Loose][]
  return new Map([...own, ...(schema.allOf ?? []).flatMap((part: Loose) => [...propertiesOf(part)])])
}

describe('what the sandbox takes is not laxer than what is published', () => {
  const bodyOf = (path: string, verb: string): Loose =>
    spec.paths[path][verb].requestBody.content['application/json'].schema.properties.data

  withSpec.each(kept.map((model) => [model.path, model] as const))(
    '%s: verbs, filters and orders',
    (path, model) => {
      const list = spec.paths[`/${path}.json`]
      expect(list?.get).toBeDefined()
      const params = new Map<string, Loose>(
        list.get.parameters.map((held: Loose) => [held.name, held.schema]),
      )
      for (const name of Object.keys(model.filters ?? {})) expect([...params.keys()]).toContain(name)
      const orders: string[] = params.get('order')?.enum ?? []
      for (const name of model.orders ?? []) expect(orders).toContain(`${name}(asc)`)
      for (const verb of model.verbs) {
        const at = verb === 'post' ? `/${path}.json` : `/${path}/{id}.json`
        expect(spec.paths[at]?.[verb === 'show' ? 'get' : verb], `${verb} ${at}`).toBeDefined()
      }
    },
  )

  withSpec.each(kept.map((model) => [model.path, model] as const))('%s: fields', (path, model) => {
    // Nulls count as absent above, so a name of ours that is never filled would slip through there.
    const { schema } = Object.values(spec.paths[`/${path}.json`].get.responses[200].content)[0] as Loose
    // The spec gives one list, of event types, the schema of a single record.
    const known = propertiesOf(propertiesOf(schema).get('data')?.items ?? schema)
    for (const name of Object.keys(model.attrs)) expect([...known.keys()]).toContain(name)
    for (const [name, other] of Object.entries({ ...model.links, ...model.manyLinks, ...model.lists })) {
      const nested = known.get(name)
      expect(nested, name).toBeDefined()
      const inner = [...propertiesOf(nested.items ?? nested).keys()]
      for (const attr of Object.keys(modelOf(other).attrs)) expect(inner, `${name}{${attr}}`).toContain(attr)
    }
  })

  withSpec.each(kept.filter((model) => model.write).map((model) => [model.path, model] as const))(
    '%s: bodies',
    (path, model) => {
      const patch = bodyOf(`/${path}/{id}.json`, 'patch')
      const post = model.verbs.includes('post')
        ? bodyOf(`/${path}.json`, 'post')
        : { properties: {}, required: [] }
      const known = new Set([...Object.keys(patch.properties), ...Object.keys(post.properties)])
      for (const name of model.write?.allowed ?? []) expect([...known]).toContain(name)
      // A note belongs to a matter or to a contact, though the spec lists both; a contact's name may come in parts.
      const settled = new Set(
        model.name === 'note' ? ['matter', 'contact'] : model.name === 'contact' ? ['name'] : [],
      )
      for (const name of post.required ?? []) {
        if (!settled.has(name)) expect(model.write?.required).toContain(name)
      }
      for (const [verb, data] of [
        ['post', posts[model.name]],
        ['patch', patches[model.name]],
      ] as const) {
        if (data === undefined) continue
        const validate = ajv.compile(verb === 'post' ? post : patch)
        validate(data)
        expect(validate.errors ?? []).toEqual([])
      }
    },
  )

  withSpec('webhooks: models and events', () => {
    const { properties, required } = bodyOf('/webhooks.json', 'post')
    expect(required).toEqual(['url', 'model', 'fields'])
    expect(properties.model.enum).toEqual(
      expect.arrayContaining(['matter', 'calendar_entry', 'document', 'bill']),
    )
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSandbox } from '../../sandbox/app.ts'
import { type CmsState, mountCms, STATIC_TOKEN } from '../../sandbox/cms/index.ts'
import { clioHooks, hookModels } from '../../src/adapters/clio/hooks.ts'
import { createClio } from '../../src/adapters/clio/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import { type Json, readJson } from '../../src/kernel/json.ts'
import { describeLists, type ListsWorld } from '../../src/modules/connections/conformance-lists.ts'
import type { CmsChanges, CmsRecord } from '../../src/modules/connections/index.ts'
import { compileHooks } from '../../src/modules/connections/mapping.ts'
import { openDoor } from '../../src/modules/delivery/conformance-support.ts'
import { clioSpec, recordingFetch, type SpecCall, specProblems } from '../support/clio-spec.ts'

const compiled = compileHooks(clioHooks)
if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
const { hooks } = compiled

const plural: Readonly<Record<string, string>> = {
  contact: 'contacts',
  matter: 'matters',
  calendar_entry: 'calendar_entries',
  document: 'documents',
  bill: 'bills',
  communication: 'communications',
}
/** What somebody at the firm makes of each, and what they change later. */
const work: Readonly<Record<string, { made: object; changed: object }>> = {
  contact: {
    made: { first_name: 'Ada', last_name: 'Quill', primary_phone_number: '+12015550177' },
    changed: { first_name: 'Adah' },
  },
  matter: {
    made: { client: { id: 11001 }, description: 'Quill v. Pen', matter_stage: { name: 'Intake' } },
    changed: { matter_stage: { name: 'Discovery' } },
  },
  calendar_entry: {
    made: { summary: 'Hearing', start_at: '2027-03-01T18:00:00Z', matter: { id: 21001 } },
    changed: { location: 'Room 9' },
  },
  document: { made: { name: 'Reply.pdf', matter: { id: 21001 } }, changed: { name: 'Reply, filed.pdf' } },
  bill: {
    made: { total: 90, matters: [{ id: 21001 }], client: { id: 11001 }, state: 'awaiting_payment' },
    changed: { state: 'paid' },
  },
  communication: {
    made: { type: 'PhoneCommunication', subject: 'Called', body: 'No answer.', matter: { id: 21001 } },
    changed: { subject: 'Called twice' },
  },
}

type Control = (method: string, path: string, body?: object) => Promise<unknown>
type World = ListsWorld & { url: string; cms: CmsState; asked: SpecCall[] }

async function openWorld(): Promise<World> {
  const sandbox = createSandbox({ mounts: [mountCms] })
  const { url, close } = await sandbox.listen(0)
  const door = await openDoor(() => undefined)
  const recorded = recordingFetch()
  const kind = createClio(systemClock, recorded.fetch)
  const open = (token = STATIC_TOKEN) => kind.open({ baseUrl: url, token, timeoutMs: 1_000 })
  const control: Control = async (method, path, body) => {
    const answer = await fetch(`${url}/_sandbox${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? null : await answer.json()
  }
  await control('PUT', '/cms/settings', { rateLimit: null })
  for (const wanted of hookModels) {
    const expiresAt = Temporal.Now.instant().add({ hours: 24 * 25 })
    const made = await open().subscriptions?.subscribe(
      { ...wanted, url: `${door.url}/${wanted.model}`, expiresAt },
      () => {},
    )
    if (!made?.ok) throw new Error(made?.detail)
  }
  const at = (model: string, id: string): string => `/cms/${plural[model]}/${id}`
  return {
    url,
    asked: recorded.calls,
    cms: sandbox.mounted[0] as CmsState,
    open,
    openAsStranger: () => open('stolen'),
    hooks,
    async add(model) {
      const made = (await control('POST', `/cms/${plural[model]}`, work[model]?.made)) as {
        data: { id: string | number }
      }
      return String(made.data.id)
    },
    change: async (model, id) => void (await control('PATCH', at(model, id), work[model]?.changed)),
    remove: async (model, id) => void (await control('DELETE', at(model, id))),
    fill: async () => void (await control('POST', '/cms/seed', { matters: 450, clients: 450 })),
    now: () => Temporal.Instant.fromEpochMilliseconds(sandbox.core.clock.now()),
    anHourPasses: () => {
      sandbox.core.clock.drive({ advanceMs: 3_600_000 })
      return Promise.resolve()
    },
    async delivered(model, event, id) {
      const told = hookModels.find((hook) => hook.model === model)?.events.includes(event)
      if (!told) return undefined
      const body = (request: { body: Uint8Array }) => {
        const read = readJson(request.body)
        return read.ok ? (read.value as { data: { id?: string | number }; meta: { event?: string } }) : null
      }
      const request = await door.first((one) => {
        const said = one.url.endsWith(`/${model}`) ? body(one) : null
        return said?.meta.event === event && String(said.data.id) === id
      })
      return body(request) as Json
    },
    async trouble(trouble) {
      if (trouble === null) return void (await fetch(`${url}/_sandbox/faults`, { method: 'DELETE' }))
      const fault = {
        unavailable: { kind: 'status', status: 503 },
        'rate limited': { kind: 'status', status: 429 },
        silent: { kind: 'timeout', delayMs: 5_000 },
      }[trouble]
      await control('PUT', '/faults', [{ provider: 'clio', ...fault }])
    },
    async close() {
      await door.close()
      await close()
    },
  }
}

const whole = { add: true, change: true, remove: true }
describeLists(
  'Clio',
  {
    worked: Object.keys(plural).map((model) => ({ model, ...whole })),
    long: 'matter',
    troubles: ['unavailable', 'silent', 'rate limited'],
  },
  openWorld,
)

describe("Clio's lists", () => {
  let world: World
  let lists: CmsChanges
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())
  beforeEach(() => {
    const { changes } = world.open()
    if (changes === undefined) throw new Error('no lists')
    lists = changes
  })
  const records = async (model: string): Promise<CmsRecord[]> => {
    const page = await lists.page(model, { since: null, window: null, cursor: null }, () => {})
    if (!page.ok) throw new Error(page.detail)
    return page.value.records
  }

  it('bring to the letter what a webhook brings, but for the number of the webhook', async () => {
    for (const model of Object.keys(plural)) {
      const id = await world.add(model)
      await world.change(model, id)
      const event = hookModels.find((hook) => hook.model === model)?.events.includes('updated')
        ? 'updated'
        : 'created'
      if (event === 'created') continue
      const told = (await world.delivered?.(model, event, id)) as { data: Json }
      const record = (await records(model)).find(({ externalId }) => externalId === id)
      expect(record?.payload(event), model).toEqual({ data: told.data, meta: { event, webhook_id: null } })
    }
  })
  it('go on behind a record that is not what it should be, and say which fields are to blame', async () => {
    const broken = world.cms.store.get('matter', 21002)
    if (broken === undefined) throw new Error('no matter')
    broken.attrs.description = 42
    const read = new Map((await records('matter')).map((record) => [record.externalId, record.read]))
    broken.attrs.description = 'Mended'
    expect(read.get('21002')).toEqual({
      holds: 'nothing',
      reason: 'not the shape that is known (description)',
    })
    expect(read.get('21001')?.holds).toBe('matter')
    expect(read.get('21003')?.holds).toBe('matter')
  })

  it('read a diary to its end, though Clio pages it to 10,000 entries only', async () => {
    const { store } = world.cms
    const made = new Set<string>()
    // Most of them within half a year, so that no long span holds few enough.
    for (let at = 0; at < 10_600; at++) {
      const start = Date.UTC(2019, 0, 1) + (at < 10_400 ? at * 1_200_000 : at * 7_200_000)
      const attrs = {
        summary: 'Appointment',
        start_at: new Date(start).toISOString(),
        end_at: new Date(start + 1_800_000).toISOString(),
      }
      made.add(String(store.add('calendar_entry', { attrs, refs: { matter: 21001 } }).id))
    }
    world.asked.length = 0
    let cursor: string | null = null
    const seen = new Set<string>()
    do {
      const page = await lists.ids('calendar_entry', cursor, () => {})
      if (!page.ok) throw new Error(page.detail)
      for (const id of page.value.ids) seen.add(id)
      cursor = page.value.next
    } while (cursor !== null)
    expect(made.difference(seen).size).toBe(0)
    // 53 pages hold them all; 50 were read before it showed that there are too many, the rest is looking for spans.
    expect(world.asked.length).toBeLessThan(170)
    expect(world.asked.flatMap(specProblems)).toEqual([])
  })

  it('resolve the words of picklists once, however many clients there are', async () => {
    world.asked.length = 0
    const clients = await records('contact')
    await records('contact')
    const preferences = clients.map(({ read }) => (read.holds === 'client' ? read.client.preference : null))
    expect(new Set(preferences)).toContain('Both')
    expect(world.asked.map(({ url }) => url.pathname.split('/').at(-1))).toEqual([
      'contacts.json',
      'custom_fields.json',
      'contacts.json',
    ])
  })

  it.runIf(clioSpec !== null)("ask for nothing that Clio's specification does not know", async () => {
    for (const { model } of lists.streams) {
      await lists.page(model, { since: world.now(), window: null, cursor: null }, () => {})
      await lists.ids(model, null, () => {})
    }
    await world.open().readMatter('21001', () => {})
    expect(world.asked.length).toBeGreaterThan(10)
    expect(world.asked.flatMap(specProblems)).toEqual([])
  })
})

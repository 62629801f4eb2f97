/** A document system without matters of its own, by the example firm's settings, held to what every list must do. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createSandbox } from '../../sandbox/app.ts'
import { DMS_API_KEY, mountDms } from '../../sandbox/dms/index.ts'
import { createRest } from '../../src/adapters/rest/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import { describeLists, type ListsWorld } from '../../src/modules/connections/conformance-lists.ts'
import { compileHooks } from '../../src/modules/connections/mapping.ts'

const firmYaml = readFileSync(join(import.meta.dirname, '../../examples/harbor-pike/firm.yaml'), 'utf8')
const { settings } = (
  parse(firmYaml) as { connections: { key: string; settings: Record<string, unknown> }[] }
).connections.find(({ key }) => key === 'harbor-pike-dms')!
const kind = createRest(systemClock)

async function openWorld(): Promise<ListsWorld & { open: (more?: object) => ReturnType<typeof kind.open> }> {
  const sandbox = createSandbox({ mounts: [mountDms] })
  const { url, close } = await sandbox.listen(0)
  const control = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${url}/_sandbox${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`)
    return answer.status === 204 ? null : ((await answer.json()) as { data: { id: string } })
  }
  const made = { matter: '21001', name: 'Reply.pdf', category: 'Pleadings', tags: ['draft'] }
  const hooks = compileHooks(kind.listHooks!(settings))
  if (!hooks.ok) throw new Error(JSON.stringify(hooks.problems))
  const open = (more: object = {}) =>
    kind.open({ ...settings, baseUrl: `${url}/dms/v1`, secret: DMS_API_KEY, timeoutMs: 1_000, ...more })
  return {
    open,
    openAsStranger: () => open({ secret: 'stolen' }),
    hooks: hooks.hooks,
    add: async () => (await control('POST', '/dms/documents', made))!.data.id,
    change: async (_, id) => void (await control('PATCH', `/dms/documents/${id}`, { tags: ['filed'] })),
    remove: async (_, id) => void (await control('DELETE', `/dms/documents/${id}`)),
    async fill() {
      for (let i = 0; i < 250; i++) await control('POST', '/dms/documents', made)
    },
    now: () => Temporal.Instant.fromEpochMilliseconds(sandbox.core.clock.now()),
    anHourPasses: () => {
      sandbox.core.clock.drive({ advanceMs: 3_600_000 })
      return Promise.resolve()
    },
    async trouble(trouble) {
      if (trouble === null) return void (await fetch(`${url}/_sandbox/faults`, { method: 'DELETE' }))
      const fault = {
        unavailable: { kind: 'status', status: 503 },
        'rate limited': { kind: 'status', status: 429 },
        silent: { kind: 'timeout', delayMs: 5_000 },
      }[trouble]
      await control('PUT', '/faults', [{ provider: 'dms', ...fault }])
    },
    close,
  }
}

describeLists(
  'a document system by its settings',
  {
    worked: [{ model: 'document', add: true, change: true, remove: true }],
    long: 'document',
    troubles: ['unavailable', 'silent', 'rate limited'],
  },
  openWorld,
)

describe('a system without matters of its own', () => {
  let world: Awaited<ReturnType<typeof openWorld>>
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it('offers its list and nothing else', async () => {
    const reader = world.open()
    expect(reader.changes!.streams).toEqual([
      { model: 'document', holds: 'document', by: 'since', countable: true },
    ])
    expect(reader.writer).toBeUndefined()
    expect(kind.hasMatters!(settings)).toBe(false)
    expect(await reader.readMatter('21001', () => {})).toEqual({
      ok: false,
      kind: 'refused',
      detail: 'it has no matters of its own: settings.matters is left out',
    })
  })

  it('is checked by its list, with dates where it is a diary', async () => {
    expect(await world.open().check(() => {})).toBeNull()
    expect(await world.open({ secret: 'wrong' }).check(() => {})).toMatch(/^\/documents: .*401/)
    const list = { path: '/documents', window: { from: 'modifiedSince', until: 'until' } }
    const fields = { id: 'record.id', matter: 'record.matter', data: { start_at: 'record.filedAt' } }
    const diary = world.open({ documents: undefined, appointments: { list, fields } })
    // The sandbox has no parameter for the end.
    expect(await diary.check(() => {})).toMatch(/^\/documents: .*400/)
  })

  it('marks what is listed and no longer there, so that a first pass does not take it for there', async () => {
    const documents = settings.documents as { list: object; fields: object }
    const reader = world.open({
      documents: { ...documents, fields: { ...documents.fields, removed: "'filed' in record.tags" } },
    })
    const id = await world.add('document')
    const read = async () => {
      const page = await reader.changes!.page(
        'document',
        { since: null, window: null, cursor: null },
        () => {},
      )
      return page.ok ? page.value.records.find(({ externalId }) => externalId === id)!.read : page
    }
    expect(await read()).not.toHaveProperty('removed')
    await world.change('document', id)
    expect(await read()).toMatchObject({ removed: true })
  })
})

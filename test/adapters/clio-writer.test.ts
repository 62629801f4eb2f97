import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSandbox } from '../../sandbox/app.ts'
import { type CmsState, mountCms, STATIC_TOKEN } from '../../sandbox/cms/index.ts'
import { clioHooks } from '../../src/adapters/clio/hooks.ts'
import { createClio } from '../../src/adapters/clio/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import type { CmsCall, CmsReader, CmsWriting } from '../../src/modules/connections/index.ts'
import { compileHooks, mapDelivery } from '../../src/modules/connections/mapping.ts'
import { clioSpec, recordingFetch, specProblems } from '../support/clio-spec.ts'

const sandbox = createSandbox({ mounts: [mountCms] })
const cms = sandbox.mounted[0] as CmsState
const recorded = recordingFetch()
const kind = createClio(systemClock, recorded.fetch)
let url = ''
let close: () => Promise<void>
let calls: CmsCall[] = []
const onCall = (call: CmsCall): void => void calls.push(call)
const open = (more: object = {}): CmsReader =>
  kind.open({ baseUrl: url, token: STATIC_TOKEN, timeZone: 'America/New_York', ...more })

beforeAll(async () => {
  const listening = await sandbox.listen(0)
  url = listening.url
  close = listening.close
})
afterAll(() => close())
beforeEach(() => {
  cms.reset()
  calls = []
})
afterEach(() => fault([]))

const control = async (method: string, path: string, body?: object): Promise<{ data: never }> => {
  const answer = await fetch(`${url}/_sandbox${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? { data: null as never } : ((await answer.json()) as { data: never })
}
const fault = (faults: object[]) => control('PUT', '/faults', faults)
const write = (what: CmsWriting, again = false, reader = open()) => {
  if (reader.writer === undefined) throw new Error('it writes nothing')
  return reader.writer.write(what, again, onCall)
}
const kept = async (path: string): Promise<Record<string, unknown>[]> => (await control('GET', path)).data

/** Late in the evening in New York, which is the next day in London. */
const at = Temporal.Instant.from('2026-01-15T02:30:00Z')
const common = { matterExternalId: '21001', at: Temporal.Now.instant() }
const communication: CmsWriting = {
  ...common,
  kind: 'communication',
  key: 'message-1',
  clientExternalId: '11001',
  channel: 'sms',
  subject: 'Text message',
  body: 'Your hearing is on Monday.',
  at,
}
const task: CmsWriting = {
  ...common,
  kind: 'task',
  key: 'task-1',
  name: 'Call Maria',
  description: 'She asked about the offer.',
  dueAt: at,
}
const note: CmsWriting = {
  ...common,
  kind: 'note',
  key: 'message-2',
  subject: 'Text message',
  detail: 'She was told.',
}
const paths = { communication: '/cms/communications', task: '/cms/tasks', note: '/cms/notes?matter_id=21001' }

describe('writing into Clio', () => {
  it('logs a text as a phone communication from us to the client, on the day it was at the firm', async () => {
    const verdict = await write(communication)
    const [made] = await kept(paths.communication)
    expect(verdict).toEqual({ ok: true, value: { externalId: String(made?.id) } })
    expect(made).toMatchObject({
      type: 'PhoneCommunication',
      subject: 'Text message',
      body: 'Your hearing is on Monday.',
      date: '2026-01-14',
      received_at: '2026-01-15T02:30:00Z',
      matter: { id: 21001 },
      senders: [{ id: 61, type: 'User' }],
      receivers: [{ id: 11001, type: 'Person' }],
      external_properties: [{ name: 'tipstaff', value: 'message-1' }],
    })
    await write({ ...communication, key: 'message-3', channel: 'email', clientExternalId: null })
    const types = (await kept(paths.communication)).map(({ type }) => type)
    expect(types).toEqual(['PhoneCommunication', 'EmailCommunication'])
  })

  it("gives a task to the matter's attorney", async () => {
    const before = (await kept(paths.task)).length
    expect(await write(task)).toMatchObject({ ok: true })
    const tasks = await kept(paths.task)
    expect(tasks).toHaveLength(before + 1)
    expect(tasks.at(-1)).toMatchObject({
      name: 'Call Maria',
      description: 'She asked about the offer.\n\n[tipstaff task-1]',
      due_at: '2026-01-14',
      matter: { id: 21001 },
      assignee: { id: 61 },
    })
  })

  it('keeps a note with the matter', async () => {
    expect(await write(note)).toMatchObject({ ok: true })
    expect(await kept(paths.note)).toMatchObject([
      { type: 'Matter', detail: 'She was told.\n\n[tipstaff message-2]', matter: { id: 21001 } },
    ])
  })

  for (const what of [communication, task, note]) {
    it(`writes a ${what.kind} once when its answer was lost, and looks for it first`, async () => {
      const before = (await kept(paths[what.kind])).length
      await fault([{ provider: 'clio', kind: 'reset_after_accept', count: 1 }])
      expect(await write(what)).toMatchObject({ ok: false, kind: 'unavailable' })
      expect(await kept(paths[what.kind])).toHaveLength(before + 1)
      const again = await write(what, true)
      expect(again).toEqual({ ok: true, value: { externalId: expect.any(String) } })
      expect(await kept(paths[what.kind])).toHaveLength(before + 1)
      // What is not there is written, though it is looked for.
      const other = { ...what, key: `${what.key}0` }
      expect(await write(other, true)).toMatchObject({ ok: true })
      expect(await write(other, true)).toMatchObject({ ok: true })
      expect(await kept(paths[what.kind])).toHaveLength(before + 2)
    })
  }

  it('says why it could not, and reports each call', async () => {
    const gone = { ...note, matterExternalId: '99999' }
    expect(await write(gone)).toMatchObject({ ok: false, kind: 'refused' })
    expect(await write({ ...task, matterExternalId: '99999' })).toMatchObject({
      ok: false,
      kind: 'not_found',
    })
    expect(await write({ ...note, matterExternalId: '../users' })).toMatchObject({ kind: 'not_found' })
    expect(await write(note, false, open({ token: 'stolen' }))).toMatchObject({ kind: 'unauthorised' })
    for (const [status, expected] of [
      [429, 'rate_limited'],
      [503, 'unavailable'],
    ] as const) {
      await fault([{ provider: 'clio', kind: 'status', status }])
      for (const again of [false, true])
        expect(await write(communication, again)).toMatchObject({ ok: false, kind: expected })
    }
    expect(calls.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'POST 422',
      'GET 404',
      'POST 401',
      'GET 429',
      'GET 429',
      'GET 503',
      'GET 503',
    ])
  })

  it('is no news to us: what we logged is ignored, what others did is not', async () => {
    const compiled = compileHooks(clioHooks)
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
    await write(communication)
    const others = { type: 'PhoneCommunication', subject: 'Called', body: 'No answer', matter: { id: 21001 } }
    await control('POST', '/cms/communications', others)
    const page = await open().changes?.page(
      'communication',
      { since: null, window: null, cursor: null },
      onCall,
    )
    if (!page?.ok) throw new Error(page?.detail)
    const meant = page.value.records.map((record) => {
      const body = record.payload('created')
      const input = { body, headers: {}, model: 'communication', receivedAt: common.at }
      return mapDelivery(compiled.hooks, input).kind
    })
    expect(meant).toEqual(['ignored', 'events'])
  })

  it.runIf(clioSpec !== null)("asks nothing that Clio's specification does not know", async () => {
    recorded.calls.length = 0
    for (const what of [communication, task, note])
      for (const again of [false, true])
        expect(await write({ ...what, key: 'k' }, again)).toMatchObject({ ok: true })
    expect(recorded.calls.length).toBeGreaterThan(6)
    expect(recorded.calls.flatMap(specProblems)).toEqual([])
  })
})

/** What was said to clients, and what staff are to do, is written into the firm's CMS: once, and without an echo. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adapters } from '../../src/main/adapters.ts'
import { listRefusedWritesCommand, retryWritesCommand } from '../../src/main/commands/writeback.ts'
import { configLanguage } from '../../src/main/language.ts'
import type { CmsKind } from '../../src/modules/connections/index.ts'
import { trace } from '../../src/modules/console/index.ts'
import { completeTask, openTasks } from '../../src/modules/tasks/index.ts'
import { lookForWrites } from '../../src/modules/writeback/store.ts'
import { applyChanged } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

/** Set: the next write arrives, and its answer never does. */
let lost: (() => void) | null = null
const losing = (kind: CmsKind): CmsKind => ({
  ...kind,
  open(...given) {
    const reader = kind.open(...given)
    const { writer } = reader
    if (!writer) return reader
    return {
      ...reader,
      writer: {
        ...writer,
        async write(...asked) {
          const verdict = await writer.write(...asked)
          const tell = asked[0].kind === 'communication' ? lost : null
          if (tell !== null) lost = null
          if (tell === null) return verdict
          tell()
          return new Promise<never>(() => {})
        },
      },
    }
  },
})

let world: World
beforeAll(async () => {
  world = await startWorld({
    adapters: (given) => ({
      ...given,
      cms: given.cms.map((kind) => (kind.kind === 'clio' ? losing(kind) : kind)),
    }),
  })
})
afterAll(() => world.close())

const james = '+13105550112'
interface Kept {
  id: number
  type: string
  subject: string
  body: string
  description: string
  matter: { id: number } | null
  external_properties: { name: string; value: string }[]
}
const kept = async (what: string, matter: number): Promise<Kept[]> => {
  const { data } = (await world.control('GET', `/_sandbox/cms/${what}?matter_id=${matter}`)) as {
    data: Kept[]
  }
  return data
}
const writes = () =>
  world.rows<{
    kind: string
    state: string
    tries: number
    last_error: string | null
    external_id: string | null
  }>(`select kind, state, tries, last_error, external_id from cms_writes order by created_at, key`)
const newest = async () => (await writes()).filter(({ kind }) => kind === 'communication').at(-1)
const task = async (cause: string, matter: number) => {
  const [row] = await world.rows<{ id: string }>('select id from matters where external_id = $1', [
    String(matter),
  ])
  const [id] = await world.runtime.db.forFirm(world.firmId, (tx) =>
    openTasks(
      tx,
      [
        {
          kind: 'rule',
          title: 'Call the client',
          detail: 'About the offer.',
          matterId: row!.id,
          clientId: null,
          assignee: 'staff',
          dueAt: null,
          cause,
        },
      ],
      world.clock.now(),
    ),
  )
  return id!
}

describe('a firm that has its CMS told', () => {
  it('is told of what was said from then on, and of nothing before', async () => {
    await world.changeStage(21002, 'Investigation')
    await world.settled()
    expect(await world.messages({ to: james })).toHaveLength(1)
    await applyChanged(world, {
      'firm.yaml': [
        [
          '    factsMaxAge: PT1H\n    settings:\n      baseUrl: env:HARBOR_PIKE_CLIO_URL',
          '    writeBack:\n      communications: true\n      tasks: true\n    factsMaxAge: PT1H\n    settings:\n      baseUrl: env:HARBOR_PIKE_CLIO_URL',
        ],
      ],
    })
    await world.advance({ seconds: 5 })
    expect(await kept('communications', 21002)).toEqual([])
    await world.changeStage(21002, 'Demand Sent')
    await world.settled()
    const [, said] = await world.messages({ to: james })
    const [logged, ...more] = await kept('communications', 21002)
    expect(more).toEqual([])
    expect(logged).toMatchObject({
      type: 'PhoneCommunication',
      subject: 'Text message',
      body: said?.text,
      matter: { id: 21002 },
      external_properties: [
        { name: 'tipstaff', value: expect.stringMatching(/^communication-[0-9a-f-]{36}$/) },
      ],
    })
    expect(await writes()).toEqual([
      {
        kind: 'communication',
        state: 'written',
        tries: 1,
        last_error: null,
        external_id: String(logged?.id),
      },
    ])
  })

  it('hears no echo of it', async () => {
    await world.advance({ minutes: 5 })
    const told = await world.rows<{ state: string; reason: string | null }>(
      `select state, reason from inbound_deliveries where model = 'communication'`,
    )
    expect(told).toMatchObject([{ state: 'ignored' }])
    expect(await world.rows(`select from events where type = 'comment.added'`)).toEqual([])
    expect(await world.messages({ to: james })).toHaveLength(2)
  })

  it('finds it in the trace', async () => {
    const verdict = await world.runtime.db.forFirm(world.firmId, (tx) =>
      trace(tx, { value: james }, { zone: 'America/New_York', now: world.clock.now() }),
    )
    if (verdict.kind !== 'found') throw new Error(verdict.kind)
    const messages = verdict.trace.stories.flatMap((s) => s.notices.flatMap((n) => n.messages))
    expect(messages.map((m) => m.writings.map((w) => [w.connection, w.kind, w.state]))).toEqual([
      [['harbor-pike-clio', 'communication', 'written']],
      [],
    ])
  })

  it('has a task for staff written, unless it is done before', async () => {
    const before = (await kept('tasks', 21002)).length
    await task('one', 21002)
    await world.advance({ seconds: 5 })
    await world.fault([{ provider: 'clio', kind: 'status', status: 401, match: { method: 'POST' } }])
    const done = await task('two', 21002)
    await world.advance({ seconds: 5 })
    await world.runtime.db.forFirm(world.firmId, (tx) => completeTask(tx, done, 'staff', world.clock.now()))
    await world.clearFaults()
    await world.advance({ minutes: 5 })
    const tasks = await kept('tasks', 21002)
    expect(tasks).toHaveLength(before + 1)
    expect(tasks.at(-1)?.description).toMatch(/^About the offer\.\n\n\[tipstaff task-[0-9a-f-]{36}\]$/)
    expect((await writes()).filter(({ kind }) => kind === 'task')).toMatchObject([{ state: 'written' }])
  })
})

describe('a write whose end is not known', () => {
  it('is found when its answer was lost on the way, and not made again', async () => {
    await world.fault([{ provider: 'clio', kind: 'reset_after_accept', count: 1, match: { method: 'POST' } }])
    await world.changeStage(21002, 'Mediation')
    await world.settled()
    expect(await newest()).toMatchObject({ state: 'queued', tries: 1, last_error: 'Clio: no connection' })
    await world.clearFaults()
    await world.advance({ seconds: 20 })
    const logged = await kept('communications', 21002)
    expect(logged).toHaveLength(2)
    expect(await newest()).toMatchObject({ state: 'written', tries: 2, external_id: String(logged[1]?.id) })
  })

  it('is found after a crash between the write and its outcome', async () => {
    const arrived = new Promise<void>((resolve) => {
      lost = resolve
    })
    await world.changeStage(21002, 'Settlement Offer')
    void world.settled()
    // Nothing sweeps by itself here: the row is made once the message is out.
    while (lost !== null)
      await Promise.race([arrived, world.runtime.sweep().then(() => new Promise(setImmediate))])
    world.crash()
    expect(await newest()).toMatchObject({ state: 'writing', tries: 1 })
    await world.advance({ seconds: 5 })
    expect(await newest()).toMatchObject({ state: 'writing', tries: 1 })
    await world.advance({ minutes: 3 })
    const logged = await kept('communications', 21002)
    expect(logged).toHaveLength(3)
    expect(await newest()).toMatchObject({ state: 'written', tries: 2, external_id: String(logged[2]?.id) })
  })
})

describe('a restored backup', () => {
  it('that does not know what it had written looks for it first', async () => {
    const before = await kept('communications', 21002)
    const gone = `delete from cms_writes where kind = 'communication' and state = 'written'`
    expect((await world.database.adminPool.query(gone)).rowCount).toBe(3)
    await world.database.adminPool.query('update deployment set copied_at = $1', [
      world.clock.now().toString(),
    ])
    // Further back than the last look: as hourly.
    await world.advance({ hours: 1 })
    expect((await writes()).filter(({ kind }) => kind === 'communication')).toMatchObject([
      { state: 'written', external_id: String(before[0]?.id) },
      { state: 'written', external_id: String(before[1]?.id) },
      { state: 'written', external_id: String(before[2]?.id) },
    ])
    expect(await kept('communications', 21002)).toHaveLength(3)
  })
})

describe('a CMS that does not take it', () => {
  it('is asked again once somebody has connected it anew, and nothing counts as tried', async () => {
    await world.fault([{ provider: 'clio', kind: 'status', status: 401, match: { method: 'POST' } }])
    await world.changeStage(21002, 'Trial Prep')
    await world.settled()
    expect(await newest()).toMatchObject({
      state: 'queued',
      tries: 0,
      last_error: expect.stringContaining('401'),
    })
    expect(
      await world.rows(`select severity from alerts where kind = 'cms_unreachable' and resolved_at is null`),
    ).toEqual([{ severity: 'page' }])
    // Its words are deleted before they could be written.
    await world.database.adminPool.query(
      `update messages set body = null where id = (select source_id from cms_writes where state = 'queued')`,
    )
    await world.clearFaults()
    await world.advance({ minutes: 5 })
    expect(await newest()).toMatchObject({ state: 'written', tries: 1 })
    expect(
      await world.rows(`select from alerts where kind = 'cms_unreachable' and resolved_at is null`),
    ).toEqual([])
    expect((await kept('communications', 21002)).at(-1)?.body).toBe(
      '(The words of this message are no longer kept.)',
    )
  })

  it('and never will leaves a task for staff, one, which is not written itself', async () => {
    await world.fault([{ provider: 'clio', kind: 'status', status: 422, match: { method: 'POST' } }])
    await world.changeStage(21002, 'Trial')
    await world.settled()
    await world.clearFaults()
    await world.advance({ minutes: 10 })
    expect(await newest()).toMatchObject({ state: 'dead', tries: 1 })
    expect(await world.tasks('writeback_failed')).toMatchObject([
      {
        title: expect.stringMatching(
          /^Matter .+: what the client was told could not be written into harbor-pike-clio$/,
        ),
      },
    ])
    const [written] = await world.rows<{ n: number }>(
      `select count(*)::int as n from cms_writes w join tasks t on t.id = w.source_id where t.kind = 'writeback_failed'`,
    )
    expect(written?.n).toBe(0)
  })

  it('is written after all when a person has it tried again, once, and the task is done', async () => {
    const before = await kept('communications', 21002)
    let out = ''
    const terminal = {
      out(text: string) {
        out += text
      },
      err() {},
      colour: false,
    }
    const deps = { ...world.runtime, terminal, by: 'cli:kim' }
    const retry = async (...which: string[]) => {
      out = ''
      const code = await retryWritesCommand(deps, which, which.length > 0 ? {} : { all: true })
      return { code, out }
    }
    await listRefusedWritesCommand(deps, {})
    expect(out).toMatch(/harbor-pike-clio +matter .+ +communication +.*422/)
    const [dead] = await world.rows<{ id: string }>(`select id from cms_writes where state = 'dead'`)
    const [written] = await world.rows<{ id: string }>(`select id from cms_writes where state = 'written'`)
    // One that was not refused is no reason to do the others in part.
    expect(await retry(dead!.id, written!.id)).toMatchObject({ code: 1 })
    expect(await newest()).toMatchObject({ state: 'dead' })

    // Refused again, it is told of again.
    await world.fault([{ provider: 'clio', kind: 'status', status: 422, match: { method: 'POST' } }])
    expect(await retry()).toMatchObject({ code: 0, out: '1 is tried again.\n' })
    await world.settled()
    expect(await newest()).toMatchObject({ state: 'dead', tries: 2 })
    const tasks = await world.rows<{ state: string }>(
      `select state from tasks where kind = 'writeback_failed' order by created_at`,
    )
    expect(tasks.map((t) => t.state)).toEqual(['done', 'open'])

    await world.clearFaults()
    await retry(dead!.id)
    await world.settled()
    expect(await newest()).toMatchObject({ state: 'written', tries: 3 })
    expect(await kept('communications', 21002)).toHaveLength(before.length + 1)
    expect(await world.rows(`select from tasks where kind = 'writeback_failed' and state = 'open'`)).toEqual(
      [],
    )
    expect(await retry()).toMatchObject({ code: 0, out: '0 are tried again.\n' })
  })

  it('is not told of matters that are another system’s', async () => {
    const [other] = await world.rows<{ id: never }>(
      `select id from connections where key = 'harbor-pike-flat'`,
    )
    const target = {
      connectionId: other!.id,
      key: 'x',
      kind: 'clio',
      wants: new Set(['communication', 'task'] as const),
      writer: null,
    }
    const found = await world.runtime.db.forFirm(world.firmId, async (tx) => {
      await lookForWrites(tx, [target], world.clock.now().subtract({ hours: 48 }))
      return lookForWrites(tx, [target], world.clock.now())
    })
    expect(found).toBe(0)
  })
})

it('a connection that can not be written into is refused, with the path', () => {
  const language = configLanguage(adapters(world.clock))
  const connection = language.kinds.find(({ kind }) => kind === 'connection')
  const verdict = connection?.parse('tracker', {
    key: 'tracker',
    kind: 'generic',
    writeBack: { communications: true, tasks: true },
  })
  expect(verdict).toMatchObject({
    ok: false,
    problems: [{ path: ['writeBack', 'communications'] }, { path: ['writeBack', 'tasks'] }],
  })
})

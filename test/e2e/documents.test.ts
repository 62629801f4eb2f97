/** A document system that is followed by its lists, and whose documents name matters of the CMS. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/kernel/index.ts'
import { auditCmsCommand } from '../../src/main/commands/audit-cms.ts'
import { diagnose } from '../../src/main/commands/doctor.ts'
import { firmCopy } from '../support/firm-copy.ts'
import { fileDocument } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

interface Document {
  id: string
  matter: string
  name: string
  modifiedAt: string
}

function office(world: World) {
  const documents = '/_sandbox/dms/documents'
  const one = async (method: string, path: string, body: object): Promise<Document> =>
    ((await world.control(method, path, body)) as { data: Document }).data
  return {
    file: (matter: number, name: string, tags: string[] = [], more: object = {}) =>
      one('POST', documents, { matter: String(matter), name, category: 'Transcripts', tags, ...more }),
    change: (id: string, part: object) => one('PATCH', `${documents}/${id}`, part),
    remove: (id: string) => world.control('DELETE', `${documents}/${id}`),
    webhooks: (to: 'come' | 'are down') =>
      to === 'come'
        ? world.control('PUT', '/_sandbox/dms/webhook', { url: `${world.appUrl}/hooks/harbor-pike-dms` })
        : world.control('DELETE', '/_sandbox/dms/webhook'),
    deposition: (matter: number, summary: string) =>
      world.control('POST', '/_sandbox/cms/calendar_entries', {
        summary,
        matter_id: matter,
        calendar_entry_event_type: { name: 'Deposition' },
        start_at: '2030-10-01T15:00:00Z',
        end_at: '2030-10-01T17:00:00Z',
      }),
    /** What came of a document: its events, and how often we were told. */
    events: ({ id }: Document) =>
      world.rows<{ type: string; subject: string; outcome: string }>(
        "select type, subject, outcome from events where subject like '%document:' || $1 || '%' order by recorded_at",
        [id],
      ),
    deliveries: async ({ id }: Document) =>
      (
        await world.rows<{ state: string; reason: string | null }>(
          "select state, reason from inbound_deliveries where convert_from(body, 'UTF8') like '%' || $1 || '%'",
          [id],
        )
      ).map(({ state, reason }) => reason ?? state),
    fact: async ({ id }: Document) =>
      (
        await world.rows<{
          version: string
          data: object
          announced: boolean
          gone: boolean
          placed: boolean
        }>(
          `select version, data, announced, removed_at is not null as gone, matter_id is not null as placed
           from facts where external_id = $1`,
          [id],
        )
      )[0],
    complete: async (matter: number) => {
      const [last] = await world.rows<{ state: string; reason: string | null }>(
        `select n.state, n.reason from notices n join matters m on m.id = n.matter_id
         where n.rule_key = 'discovery-complete' and m.external_id = $1 order by n.created_at desc limit 1`,
        [String(matter)],
      )
      return last
    },
    clioReads: async (matter: number) =>
      (await world.calls('clio')).filter(({ path }) => path.endsWith(`/matters/${matter}`)).length,
  }
}
type Office = ReturnType<typeof office>

const lin = 'Deposition of Dr. Lin'
const ortega = 'Deposition of Mr. Ortega'

describe('what a webhook of the document system would have told', () => {
  let world: World
  let dms: Office
  beforeAll(async () => {
    world = await startWorld()
    dms = office(world)
    await world.settled()
  })
  afterAll(() => world.close())
  const poll = () => world.advance({ minutes: 5 })
  /** Carlos Ortega's matter 21009 is in discovery. */
  const said = async () =>
    (await world.messages()).filter(({ text }) =>
      /pruebas de su caso ha terminado|discovery in your/.test(text),
    )

  it('holds "Discovery complete" until every transcript is uploaded and tagged, and names those that are missing', async () => {
    await dms.deposition(21009, lin)
    await dms.deposition(21009, ortega)
    await world.settled()
    await world.changeStage(21009, 'Discovery Complete')
    await world.settled()
    const { state, reason } = (await dms.complete(21009))!
    expect(state).toBe('held')
    for (const missing of [lin, ortega]) expect(reason).toContain(missing)
  })

  it('is found by the next poll when its webhook was lost, and releases what was held, once', async () => {
    await dms.webhooks('are down')
    await dms.file(21009, `${lin}.pdf`, ['transcript'])
    // Another doctor's is not this one's.
    await dms.file(21009, `${ortega}sson.pdf`, ['transcript'])
    await dms.file(21009, `${ortega}, draft.pdf`)
    const onItsWay = await dms.file(21009, `${ortega}.pdf`, ['transcript'], { uploaded: false })
    await world.settled()
    expect((await dms.complete(21009))!.reason).toContain(lin)
    await poll()
    const held = (await dms.complete(21009))!
    expect(held).toMatchObject({ state: 'held', reason: expect.stringContaining(ortega) })
    expect(held.reason).not.toContain(lin)
    expect(await said()).toEqual([])

    await world.advance({ minutes: 30 })
    await dms.change(onItsWay.id, { uploaded: true })
    await poll()
    expect((await dms.complete(21009))!.state).toBe('messaged')
    const told = (await said()).length
    expect(told).toBeGreaterThan(0)
    // It was filed when it was all there, though its record was made before the last poll.
    expect(await dms.events(onItsWay)).toMatchObject([{ type: 'document.filed', outcome: 'decided' }])
    for (let i = 0; i < 3; i++) await poll()
    expect(await said()).toHaveLength(told)
    expect(new Set((await said()).map(({ to }) => to)).size).toBe(told)
  })

  it('is one event when the webhook comes first, and the poll finds the same', async () => {
    await dms.webhooks('come')
    const one = await dms.file(21009, 'Letter.pdf', ['sent'])
    await world.settled()
    await poll()
    await poll()
    expect(await dms.events(one)).toEqual([
      { type: 'document.filed', subject: `document.filed document:${one.id}`, outcome: 'decided' },
    ])
    expect(await dms.deliveries(one)).toEqual(['done'])
  })

  it('is one event when the webhook comes after the poll, however often', async () => {
    await dms.webhooks('are down')
    const one = await dms.file(21009, 'Answer.pdf', ['sent'])
    await poll()
    for (const id of ['msg_a', 'msg_a', 'msg_b'])
      expect(await fileDocument(world, 'document.filed', one, id)).toBe(200)
    await world.settled()
    expect(await dms.events(one)).toHaveLength(1)
    expect(await dms.deliveries(one)).toEqual(['done'])
  })

  it('is one event when webhook and poll come before either was decided', async () => {
    const one = await dms.file(21009, 'Notice.pdf')
    expect(await fileDocument(world, 'document.filed', one)).toBe(202)
    await poll()
    expect(await dms.deliveries(one)).toEqual(['done'])
    const changed = await dms.change(one.id, { tags: ['served'] })
    expect(await fileDocument(world, 'document.updated', changed)).toBe(202)
    await poll()
    expect((await dms.events(one)).map(({ type }) => type)).toEqual(['document.filed', 'document.changed'])
  })

  it('is the same event and the same fact, whichever way it came', async () => {
    const data = async (one: Document) =>
      world.rows(
        `select e.type, replace(e.subject, $1, 'ID') as subject, e.data - 'filed_at' as data, e.occurred_at = $2::timestamptz as then,
           e.connection_id, f.version = $3 as versioned, f.announced, f.mark, f.data - 'filed_at' as fact
         from events e join facts f on f.external_id = $1
         where e.subject like '%' || $1 || '%' order by e.recorded_at`,
        [one.id, one.modifiedAt, one.modifiedAt],
      )
    const named = ['Exhibit.pdf', ['exhibit']] as const
    const byPoll = await dms.file(21009, named[0], [...named[1]])
    await poll()
    await dms.webhooks('come')
    const byWebhook = await dms.file(21009, named[0], [...named[1]])
    await world.settled()
    expect(await data(byPoll)).toHaveLength(1)
    expect(await data(byPoll)).toEqual(await data(byWebhook))
  })

  it('is told of when it is gone from the list: twice, and only then', async () => {
    const one = await dms.file(21009, 'Mistake.pdf')
    await world.settled()
    await dms.remove(one.id)
    await world.advance({ hours: 25 })
    expect((await dms.fact(one))!.gone).toBe(false)
    await world.advance({ minutes: 2 })
    expect((await dms.fact(one))!.gone).toBe(true)
    await world.advance({ hours: 25 })
    await world.advance({ minutes: 2 })
    expect((await dms.events(one)).map(({ type }) => type)).toEqual(['document.filed', 'document.removed'])
  })

  it('does not make it a system that could be audited, and says so', async () => {
    let err = ''
    const code = await auditCmsCommand(
      {
        ...world.runtime,
        by: 'test',
        terminal: { out: () => {}, err: (text) => (err += text), colour: false },
      },
      'harbor-pike-dms',
      { wait: () => Promise.resolve() },
    )
    expect(code).not.toBe(0)
    expect(err).toContain(
      'harbor-pike-dms (rest) has no matters or clients of its own to audit: its records name those of harbor-pike-clio',
    )
  })
})

/** Without its own lists, and those of the CMS, where the example follows them. */
const unfollowed = (firmYaml: string) => firmYaml.replaceAll(/^ {4}poll:\n( {6}.*\n)+/gm, '')
/** Only the document system is followed: then we know a matter from its first webhook on. */
const followedByDocuments = (firmYaml: string) =>
  unfollowed(firmYaml)
    .replace(
      '          matter: record.matter\n',
      (line) => `${line}          removed: "'void' in record.tags"\n`,
    )
    .replace(
      '    mattersOf: harbor-pike-clio\n    hooks',
      '    mattersOf: harbor-pike-clio\n    poll:\n      every: PT4M\n    hooks',
    )

describe('documents of matters that we do not know yet', () => {
  const before = firmCopy(unfollowed)
  const after = firmCopy(followedByDocuments)
  let world: World
  let dms: Office
  let old: Document[]
  let voided: Document
  beforeAll(async () => {
    world = await startWorld({ firm: before.dir })
    dms = office(world)
    await dms.webhooks('are down')
    await world.control('PUT', '/_sandbox/cms/settings', { dropShare: 1, seed: 7 })
    await dms.deposition(21009, lin)
    await world.control('PUT', '/_sandbox/cms/settings', { dropShare: 0, seed: 7 })
    old = [
      await dms.file(21009, `${lin}.pdf`, ['transcript']),
      await dms.file(21010, 'Old letter.pdf'),
      await dms.file(99_999, 'Of a matter that nobody knows.pdf'),
      await dms.file(21004, 'Will be renamed.pdf'),
    ]
    voided = await dms.file(21009, 'Filed by mistake.pdf', ['transcript', 'void'])
    await world.advance({ hours: 1 })
    expect((await world.apply(after.dir)).code).toBe(0)
    await world.advance({ seconds: 2 })
    await world.settled()
  })
  afterAll(async () => {
    await world.close()
    before.remove()
    after.remove()
  })

  it('are kept by the first pass, without an event, and without asking the CMS for every matter there ever was', async () => {
    for (const one of old)
      expect(await dms.fact(one)).toMatchObject({ placed: false, announced: false, version: one.modifiedAt })
    expect(await dms.fact(voided)).toBeUndefined()
    expect(await world.rows('select from events')).toEqual([])
    expect(await world.rows('select from fact_requests')).toEqual([])
    expect(await world.rows('select from quarantine')).toEqual([])
    expect(await world.rows('select from matters')).toEqual([])
  })

  it('are counted by doctor', async () => {
    const findings = await diagnose({
      runtime: world.runtime,
      config: { publicUrl: world.appUrl, dataDir: world.dataDir, sandbox: null },
      databaseUrl: world.database.appUrl,
      clock: systemClock,
      env: {},
      fetch,
      freeBytes: () => 50e9,
    })
    expect(findings.find(({ name }) => name === 'connection harbor-pike-dms')).toMatchObject({
      status: 'ok',
      detail:
        'rest answers; its records name matters of harbor-pike-clio, of which 4 wait for one that we do not know yet',
    })
  })

  it('are evidence from the moment that the matter is known, by whatever webhook', async () => {
    await world.changeStage(21009, 'Discovery Complete')
    await world.settled()
    expect(await dms.complete(21009)).toEqual({ state: 'messaged', reason: null })
    expect(await dms.fact(old[0]!)).toMatchObject({ placed: true, announced: false })
    expect(await dms.fact(old[1]!)).toMatchObject({ placed: false })
    expect(await dms.events(old[0]!)).toEqual([])
  })

  it('that are news have their matter read, and are told then; one that the CMS does not know stops nothing', async () => {
    const stray = await dms.file(99_998, 'Nobody knows.pdf')
    const news = await dms.file(21010, 'New letter.pdf')
    await world.advance({ minutes: 5 })
    expect(await dms.events(news)).toMatchObject([{ type: 'document.filed', outcome: 'decided' }])
    expect(await dms.fact(news)).toMatchObject({ placed: true, announced: true })
    // What was there before is the matter's, too, and still no news.
    expect(await dms.fact(old[1]!)).toMatchObject({ placed: true, announced: false })
    expect(await dms.events(old[1]!)).toEqual([])
    expect(await dms.deliveries(stray)).toEqual(['no_matter'])
    expect(await world.rows('select kind, detail ->> $1 as matter from quarantine', ['matter'])).toEqual([
      { kind: 'no_matter', matter: '99998' },
    ])
  })

  it('that are news wait while the CMS is down, and are told once', async () => {
    await world.fault([{ provider: 'clio', kind: 'status', status: 503 }])
    const news = await dms.file(21011, 'Order.pdf')
    await world.advance({ minutes: 5 })
    expect(await dms.events(news)).toEqual([])
    expect(await dms.deliveries(news)).toEqual(['first sight'])
    const other = await dms.file(21009, 'Meanwhile.pdf')
    await world.advance({ minutes: 5 })
    expect(await dms.events(other)).toHaveLength(1)
    await world.clearFaults()
    for (let i = 0; i < 3; i++) await world.advance({ minutes: 10 })
    expect(await dms.events(news)).toMatchObject([{ type: 'document.filed', outcome: 'decided' }])
  })

  it('that change are told as changed once their matter is known', async () => {
    await dms.change(old[3]!.id, { name: 'Renamed.pdf' })
    await world.advance({ minutes: 5 })
    expect((await dms.events(old[3]!)).map(({ type }) => type)).toEqual(['document.changed'])
  })

  it('that are deleted meanwhile are forgotten in silence', async () => {
    const { data } = (await world.control('GET', '/_sandbox/dms/documents')) as { data: Document[] }
    const one = data.find(({ matter }) => matter === '99999')!
    await dms.remove(one.id)
    await world.advance({ hours: 25 })
    expect(await dms.fact(one)).toMatchObject({ placed: false })
    await world.advance({ minutes: 2 })
    await world.advance({ hours: 25 })
    expect(await dms.fact(one)).toBeUndefined()
    expect(await dms.events(one)).toEqual([])
  })
})

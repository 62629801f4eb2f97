/** Rules that wait: for a document in another system, or for what happened before. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyChanged } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ webhooksOnly: true })
})
afterAll(() => world.close())

const transcript = (matter: number, category = 'Transcripts') =>
  world.control('POST', '/_sandbox/dms/documents', {
    matter: String(matter),
    name: 'Transcript.pdf',
    category,
  })
const about = async (to: string, words: string) =>
  (await world.messages({ to })).filter((m) => m.text.includes(words))
const notices = (rule: string) =>
  world.rows<{ state: string; reason: string | null }>(
    'select n.state, n.reason from notices n where n.rule_key = $1 order by n.created_at, n.id',
    [rule],
  )
/** Maria hears in Spanish, by both; 21001 has a deposition nine days before the sandbox's own today. */
const maria = '+12015550111'
const priya = '+17325550117'

describe('a rule that waits for evidence in the document system', () => {
  it('says nothing until the document is there; another document does not count', async () => {
    await world.changeStage(21001, 'Deposition Scheduled')
    await world.settled()
    await world.changeStage(21001, 'Trial Prep')
    await world.settled()
    expect(await notices('transcript-ready')).toEqual([
      { state: 'held', reason: 'evidence: the transcript, filed under Transcripts in the document system' },
    ])
    await transcript(21001, 'Correspondence')
    await transcript(21007)
    await world.settled()
    expect(await about(maria, 'texto de su testimonio')).toEqual([])
  })

  it('says it at once when it arrives, and keeps what was looked at', async () => {
    await world.advance({ hours: 30 })
    await transcript(21001)
    await world.settled()
    expect(await about(maria, 'texto de su testimonio')).toHaveLength(1)
    expect(await notices('transcript-ready')).toEqual([{ state: 'messaged', reason: null }])
    const looks = await world.rows<{ trigger: string; held: boolean }>(
      `select d.trigger, (r -> 'evidence' -> 'the transcript, filed under Transcripts in the document system')::boolean as held
       from decisions d, jsonb_array_elements(d.results) r where r ->> 'rule' = 'transcript-ready' and r ? 'evidence'
       order by d.at, d.id`,
    )
    expect(looks.at(0)).toEqual({ trigger: 'event', held: false })
    expect(looks.at(-1)).toEqual({ trigger: 'release', held: true })
  })

  it('at the deadline becomes a task that names what is missing, once; and is still said when it comes', async () => {
    await world.changeStage(21005, 'Deposition Scheduled')
    await world.settled()
    await world.changeStage(21005, 'Trial Prep')
    await world.settled()
    await world.advance({ hours: 239 })
    expect(await world.tasks('evidence_overdue')).toEqual([])
    await world.advance({ hours: 2 })
    await world.advance({ hours: 48 })
    expect(await world.tasks('evidence_overdue')).toMatchObject([
      {
        title: 'Ask the court reporter for the transcript',
        detail: expect.stringContaining('the transcript, filed under Transcripts in the document system'),
        assignee: 'paralegal',
      },
    ])
    await transcript(21005)
    await world.settled()
    expect(
      (await world.messages({ to: 'aroha.ngata@example.org' })).filter((m) =>
        m.subject?.includes('transcript'),
      ),
    ).toHaveLength(1)
  })

  it('is not said when the matter has moved on before', async () => {
    await world.changeStage(21008, 'Deposition Scheduled')
    await world.settled()
    await world.changeStage(21008, 'Trial Prep')
    await world.settled()
    await world.changeStage(21008, 'Closed')
    await world.settled()
    await transcript(21008)
    await world.settled()
    // "Closed" may yet be undone within its ten minutes, and then this would still be true.
    expect((await notices('transcript-ready')).at(-1)).toEqual({ state: 'held', reason: 'settling' })
    await world.advance({ minutes: 11 })
    expect((await notices('transcript-ready')).at(-1)!.state).toBe('superseded')
    expect(
      await world
        .messages({ to: '+13475550118' })
        .then((all) => all.filter((m) => m.text.includes('transcript'))),
    ).toEqual([])
  })

  it('keeps its deadline when it was first held for another reason', async () => {
    await applyChanged(world, {
      'rules.yaml': [
        [
          "          && timestamp(d.filed_at) >= event.at - duration('720h'))",
          '          && timestamp(d.filed_at) >= timestamp(d.no_such_field))',
        ],
      ],
    })
    await transcript(21007, 'Transcripts')
    await world.changeStage(21007, 'Mediation')
    await world.settled()
    await world.changeStage(21007, 'Deposition Scheduled')
    await world.settled()
    await world.changeStage(21007, 'Trial Prep')
    await world.settled()
    expect(await world.tasks('rule_problem')).toHaveLength(1)
    await applyChanged(world, {
      'rules.yaml': [
        [
          "d.category == 'Transcripts' && has(d.filed_at)",
          "d.category == 'Transcript volumes' && has(d.filed_at)",
        ],
      ],
    })
    expect((await notices('transcript-ready')).at(-1)!.reason).toMatch(/^evidence/)
    const before = (await world.tasks('evidence_overdue')).length
    await world.advance({ hours: 241 })
    await world.advance({ hours: 1 })
    expect(await world.tasks('evidence_overdue')).toHaveLength(before + 1)
    expect(await about(priya, 'we have the transcript')).toEqual([])
  })
})

describe('happened(type, within)', () => {
  it('counts what came before within the time, for this matter, and not the event itself', async () => {
    await applyChanged(
      world,
      {},
      {
        'rules.yaml': `- key: twice
  on: matter.status_changed
  when: happened('matter.status_changed', 'PT1H')
  then:
    - task: { title: moved twice within the hour }
- key: documents-needed
  on: matter.status_changed
  when: matter.state == 'awaiting_documents' && !happened('document.filed', 'P3D')
  then:
    - tell: client
      template: documents-needed
`,
      },
    )
    const james = '+13105550112'
    await world.changeStage(21002, 'Investigation')
    await world.settled()
    expect(await world.tasks('rule')).toEqual([])
    await world.advance({ minutes: 61 })
    await world.changeStage(21002, 'Awaiting Documents')
    await world.settled()
    expect(await world.tasks('rule')).toEqual([])
    expect(await world.messages({ to: james })).toHaveLength(1)
    await transcript(21002)
    await transcript(21004)
    await world.settled()
    await world.changeStage(21002, 'Investigation')
    await world.settled()
    expect((await world.tasks('rule')).map((t) => t.title)).toEqual(['moved twice within the hour'])
    await world.changeStage(21002, 'Awaiting Documents')
    await world.settled()
    expect(await world.messages({ to: james })).toHaveLength(1)
    await world.changeStage(21002, 'Demand Sent')
    await world.settled()
    await world.advance({ hours: 85 })
    await world.changeStage(21002, 'Mediation')
    await world.settled()
    await world.changeStage(21002, 'Discovery')
    await world.settled()
    await world.changeStage(21002, 'Awaiting Documents')
    await world.settled()
    expect(await world.messages({ to: james })).toHaveLength(2)
  })
})

describe('discovery, which is complete when every deposition transcript is uploaded and tagged', () => {
  const deposition = (summary: string, start_at: string) =>
    world.control('POST', '/_sandbox/cms/calendar_entries', {
      summary,
      matter_id: 21003,
      calendar_entry_event_type: { name: 'Deposition' },
      start_at,
      end_at: start_at,
    })
  const filed = (name: string, tags: string[]) =>
    world.control('POST', '/_sandbox/dms/documents', { matter: '21003', name, category: 'Transcripts', tags })
  const lacking = async () => (await notices('discovery-complete')).at(-1)

  it('names each one that is missing, and only those', async () => {
    // The firm as it is again: the test above left it with two rules of its own.
    await applyChanged(world, {})
    await deposition('Deposition of Dr. Lin', '2030-10-01T15:00:00Z')
    await deposition('Deposition of Mr. Ortega', '2030-10-02T15:00:00Z')
    await world.settled()
    await world.changeStage(21003, 'Discovery')
    await world.settled()
    await world.changeStage(21003, 'Discovery Complete')
    await world.settled()
    expect(await lacking()).toMatchObject({ state: 'held' })
    expect((await lacking())!.reason).toContain('Deposition of Dr. Lin; Deposition of Mr. Ortega')
  })

  it('takes no transcript for one that is not tagged', async () => {
    await filed('Deposition of Dr. Lin.pdf', ['transcript'])
    await filed('Deposition of Mr. Ortega.pdf', ['draft'])
    await world.settled()
    const { state, reason } = (await lacking())!
    expect(state).toBe('held')
    expect(reason).toMatch(/\(.*Deposition of Mr\. Ortega.*\)/)
    expect(reason).not.toContain('Dr. Lin')
  })

  it('tells staff at the deadline which they are', async () => {
    await world.advance({ hours: 24 * 7 + 1 })
    expect((await world.tasks('evidence_overdue')).at(-1)!.detail).toContain('Deposition of Mr. Ortega')
  })

  it('is said when the last one is there', async () => {
    await filed('Deposition of Mr. Ortega, final.pdf', ['transcript', 'final'])
    await world.settled()
    const all = await notices('discovery-complete')
    expect(all.at(-1)!.state).toBe('messaged')
  })
})

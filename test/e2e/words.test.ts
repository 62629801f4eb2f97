/** What messages say: the facts that caused them, in the client's language and zone; never half-empty. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyChanged } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  // 12:00 on the 21st in Auckland, 18:00 on the 20th in New York.
  world = await startWorld({ now: '2030-10-20T23:00:00Z' })
})
afterAll(() => world.close())

const texts = async (to: string) => (await world.messages({ to })).map((m) => m.text)
const deposition = (matter: number, start: string) =>
  world.control('POST', '/_sandbox/cms/calendar_entries', {
    summary: 'Deposition',
    start_at: start,
    end_at: start,
    matter_id: matter,
    calendar_entry_event_type: { name: 'Deposition' },
  })
const move = async (matter: number, ...stages: string[]) => {
  for (const stage of stages) {
    await world.changeStage(matter, stage)
    await world.settled()
  }
}

describe('facts in a message', () => {
  it('name the deposition whose transcript is there, by the client’s own calendar', async () => {
    // 09:00 on 15 October in Auckland, still the 14th in New York.
    await deposition(21005, '2030-10-14T20:00:00Z')
    await world.settled()
    await move(21005, 'Deposition Scheduled', 'Trial Prep')
    await world.control('POST', '/_sandbox/dms/documents', {
      matter: '21005',
      name: 'T.pdf',
      category: 'Transcripts',
    })
    await world.settled()
    expect((await texts('+12065550115')).at(-1)).toBe(
      'Aroha, Harbor & Pike here: we have the transcript of your Oct 15, 2030 testimony. Call (212) 555-0100 to read it.',
    )
    const mail = (await world.messages({ to: 'aroha.ngata@example.org' })).at(-1)!
    expect(mail.subject).toBe('The transcript of your Oct 15, 2030 testimony is here')
    expect(mail.text).toContain('October 15')
  })

  it('name it in Spanish to who reads Spanish, by New York’s calendar', async () => {
    await deposition(21001, '2030-10-15T14:00:00Z')
    await world.settled()
    await move(21001, 'Deposition Scheduled', 'Trial Prep')
    await world.control('POST', '/_sandbox/dms/documents', {
      matter: '21001',
      name: 'T.pdf',
      category: 'Transcripts',
    })
    await world.settled()
    const text = (await texts('+12015550111')).at(-1)!
    expect(text).toMatch(/^Maria, Harbor & Pike: ya tenemos el texto de su testimonio del 15 /)
  })

  it('give hours in the client’s zone', async () => {
    await deposition(21008, '2030-11-20T15:00:00Z')
    await world.settled()
    await move(21008, 'Deposition Scheduled')
    const mail = (await world.messages({ to: 'oliver.hartley@example.net' })).at(-1)!
    expect(mail.text).toContain('3:00')
  })
})

describe('a template that asks for what is not there', () => {
  const james = '+13105550112'
  const broken = [
    [
      'your matter is now {{ matter.state.words }}',
      'your matter {{ matter.judge }} is now {{ matter.state.words }}',
    ],
  ] as const

  it('holds the message and asks staff; nothing half-empty leaves', async () => {
    await applyChanged(world, { 'templates/status-update.yaml': broken })
    await move(21002, 'Investigation')
    expect(await texts(james)).toEqual([])
    expect(
      await world.rows(
        "select state, reason from notices where rule_key = 'status-update' and state <> 'messaged'",
      ),
    ).toEqual([{ state: 'held', reason: expect.stringContaining('matter.judge') }])
    expect(await world.tasks('template_problem')).toMatchObject([
      { detail: expect.stringContaining('matter.judge') },
    ])
  })

  it('lets it go by itself once it is mended, with the version that was', async () => {
    await applyChanged(world, {})
    expect(await texts(james)).toEqual([
      'James, Harbor & Pike here: your matter is now under investigation. Questions? Reply or call (212) 555-0100.',
    ])
    expect(
      await world.rows('select template_version, segments from messages where address = $1', [james]),
    ).toEqual([{ template_version: 3, segments: 1 }])
    expect(await world.tasks('template_problem')).toHaveLength(1)
  })

  it('does not hold the other action of its rule twice, nor say it twice', async () => {
    const rules = `- key: both
  on: matter.status_changed
  when: matter.state == 'demand_sent'
  then:
    - tell: client
      template: status-update
    - tell: client
      template: matter-closed
`
    const template = [['{{ firm.name }} here:', '{{ firm.name }} {{ matter.judge }} here:']] as const
    await applyChanged(world, { 'templates/matter-closed.yaml': template }, { 'rules.yaml': rules })
    await move(21002, 'Demand Sent')
    expect(await texts(james)).toHaveLength(2)
    await applyChanged(world, {}, { 'rules.yaml': rules })
    expect(await texts(james)).toHaveLength(3)
    expect(await world.rows("select state from notices where rule_key = 'both'")).toEqual([
      { state: 'messaged' },
      { state: 'messaged' },
    ])
  })

  it('keeps the words of a message that waits to be tried again, while new ones get the new words', async () => {
    await applyChanged(world, {})
    await world.fault([{ provider: 'twilio', kind: 'status', status: 500, count: 1 }])
    await move(21002, 'Complaint Filed')
    await applyChanged(world, {
      'templates/status-update.yaml': [['Questions? Reply or call', 'Anything else? Call']],
    })
    await world.advance({ minutes: 1 })
    expect((await texts(james)).at(-1)).toContain('Questions? Reply or call')
    await move(21002, 'Mediation')
    expect((await texts(james)).at(-1)).toContain('Anything else? Call')
  })
})

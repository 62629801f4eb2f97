/** Reminders for others than the client: each on their own clock, in their own language, and only while they have a part in it. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { pauseTarget, resumeTarget } from '../../src/modules/console/index.ts'
import { applyChanged } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })

/** James Whitfield, Los Angeles, texts only: the client of 21002. The world begins at 2030-10-15T18:00Z, a Tuesday. */
const james = '+13105550112'
/** Maria Santos, New York, Spanish, texts and mails: somebody else's client, who comes along. */
const maria = { id: 11001, phone: '+12015550111', mail: 'maria.santos@example.com' }
/** Marcus Pike, who has James's matter. */
const attorney = 'marcus.pike@harborpike.example.com'

const plan = `
- key: mediation
  order: 1
  when: appointment.?event_type.orValue('') == 'Mediation'
  template: date-reminder
  steps:
    - { key: day-before, before: PT24H, channels: [sms] }
    - { key: guests-evening, at: '18:00', daysBefore: 1, audience: participants, template: guest-reminder }
    - { key: attorney-day, before: PT24H, audience: attorney, template: attorney-reminder, channels: [email] }
  moved: { template: date-changed, participants: guest-changed }
`
const template = (key: string, en: string, es: string) => `
key: ${key}
languages:
  en:
    sms: "${en}"
    email: { subject: "${en}", body: "${en}" }
  es:
    sms: "${es}"
    email: { subject: "${es}", body: "${es}" }
`
const added = {
  'templates/guest-reminder.yaml': template(
    'guest-reminder',
    '{{ recipient.name }}, please come to {{ event.summary }} with {{ client.name }}: {{ event.start_at | datetime }}',
    '{{ recipient.name }}, venga a {{ event.summary }} con {{ client.name }}: {{ event.start_at | datetime }}',
  ),
  'templates/guest-changed.yaml': template(
    'guest-changed',
    '{{ recipient.name }}, it is at {{ event.start_at | datetime }} now',
    '{{ recipient.name }}, ahora es {{ event.start_at | datetime }}',
  ),
  'templates/attorney-reminder.yaml': template(
    'attorney-reminder',
    'Tomorrow: {{ event.summary }} of {{ client.name }}, {{ event.start_at | datetime }}',
    'Mañana: {{ event.summary }}',
  ),
}
const first = '- key: court-date\n'

let world: World
const fresh = async () => {
  world = await startWorld()
  await world.settled()
  await applyChanged(world, { 'reminders.yaml': [[first, `${plan.trimStart()}${first}`]] }, added)
  await world.settled()
}
const mediation = async (start: string, attendees: readonly number[]) => {
  const { data } = (await world.control('POST', '/_sandbox/cms/calendar_entries', {
    summary: 'the mediation',
    start_at: start,
    end_at: Temporal.Instant.from(start).add({ hours: 1 }).toString(),
    matter: { id: 21002 },
    calendar_entry_event_type: { name: 'Mediation' },
    attendees: attendees.map((id) => ({ id, type: 'Contact' })),
  })) as { data: { id: number } }
  await world.settled()
  return String(data.id)
}
const edit = async (id: string, fields: object) => {
  await world.control('PATCH', `/_sandbox/cms/calendar_entries/${id}`, fields)
  await world.settled()
}
const until = async (moment: string) => {
  const end = Temporal.Instant.from(moment)
  while (Temporal.Instant.compare(world.clock.now(), end) < 0) {
    const left = Math.ceil(world.clock.now().until(end).total('seconds'))
    await world.advance({ seconds: Math.min(left, 6 * 3_600) })
    // What is due is looked up first; the answer is there some seconds later.
    await world.advance({ seconds: 6 })
  }
}
const to = async (address: string) => (await world.messages({ to: address })).map((m) => m.text ?? '')
const planned = (id: string) =>
  world.rows<{
    step: string
    person: string | null
    state: string
    due: string | null
    reason: string | null
  }>(
    `select r.step_key as step, r.person, r.state, to_char(r.due_at at time zone 'UTC', 'MM-DD HH24:MI') as due, r.reason
     from reminders r join facts f on f.id = r.fact_id where f.external_id = $1 order by r.edition, r.step_key, r.person`,
    [id],
  )
const personId = async (external: number) =>
  (await world.rows<{ id: string }>('select id from clients where external_id = $1', [String(external)]))[0]!
    .id
const acting = () => ({
  by: 'test',
  now: world.clock.now(),
  newId: world.runtime.newId,
  nudge: world.runtime.nudge,
})
const pause = (external: number) =>
  personId(external).then((id) =>
    world.runtime.db.forFirm(world.firmId, (tx) =>
      pauseTarget(tx, { target: { scope: 'client', id }, name: 'x', reason: 'r', endsAt: null }, acting()),
    ),
  )
const resume = async (external: number) => {
  const id = await personId(external)
  await world.runtime.db.forFirm(world.firmId, (tx) =>
    resumeTarget(tx, { target: { scope: 'client', id }, name: 'x' }, acting()),
  )
  await world.settled()
}

describe('an appointment with others than the client', () => {
  beforeAll(fresh)
  afterAll(() => world.close())
  let id = ''

  it('is planned for each in their own zone, and for the client and a colleague’s calendar not twice', async () => {
    // 14:00 on Friday the 18th in Los Angeles, 17:00 in New York. The client is listed as well.
    id = await mediation('2030-10-18T21:00:00Z', [maria.id, 11002])
    expect(await planned(id)).toMatchObject([
      { step: 'attorney-day', person: 'staff:62', state: 'planned', due: '10-17 21:00' },
      { step: 'day-before', person: null, state: 'planned', due: '10-17 21:00' },
      // 18:00 on Thursday in New York.
      { step: 'guests-evening', person: '11001', state: 'planned', due: '10-17 22:00' },
    ])
  })

  it('is said to each by what they read, in their language, on their clock; once', async () => {
    const before = { james: await to(james), maria: await to(maria.phone) }
    await until('2030-10-17T21:00:10Z')
    await Promise.all([world.runtime.sweep(), world.runtime.sweep()])
    await world.settled()
    const told = (await to(james)).slice(before.james.length)
    expect(told).toEqual([expect.stringContaining('reminds you of the mediation')])
    expect(await to(attorney)).toEqual([
      expect.stringContaining(
        'Tomorrow: the mediation of James Whitfield, Friday, October 18, 2030 at 5:00 PM',
      ),
    ])
    expect((await to(maria.phone)).slice(before.maria.length)).toEqual([])
    await until('2030-10-17T22:00:10Z')
    const text = 'Maria Santos, venga a the mediation con James Whitfield: viernes, 18 de octubre de 2030'
    expect((await to(maria.phone)).slice(before.maria.length)).toEqual([expect.stringContaining(text)])
    expect((await to(maria.mail)).at(-1)).toContain(text)
    expect((await to(james)).length).toBe(before.james.length + 1)
  })

  it('tells who was reminded that it has moved, each once, and the attorney not, for whom there are no words', async () => {
    const before = { james: await to(james), maria: await to(maria.phone), attorney: await to(attorney) }
    await edit(id, { start_at: '2030-10-18T22:00:00Z', end_at: '2030-10-18T23:00:00Z' })
    await until('2030-10-17T22:10:00Z')
    expect((await to(maria.phone)).slice(before.maria.length)).toEqual([
      expect.stringContaining('Maria Santos, ahora es viernes, 18 de octubre de 2030'),
    ])
    // Rules of the firm tell the client.
    expect((await to(james)).length).toBe(before.james.length + 1)
    expect(await to(attorney)).toEqual(before.attorney)
  })
})

describe('who has no part in it any more', () => {
  beforeAll(fresh)
  afterAll(() => world.close())

  it('is not reminded; put on the list again, they are', async () => {
    const id = await mediation('2030-10-18T21:00:00Z', [maria.id])
    const before = (await to(maria.phone)).length
    const guest = async () => (await planned(id)).find((r) => r.step === 'guests-evening')
    await edit(id, { attendees: [{ id: maria.id, type: 'Contact', _destroy: true }] })
    expect(await guest()).toMatchObject({ state: 'skipped', reason: 'they have no part in it any more' })
    await edit(id, { attendees: [{ id: maria.id, type: 'Contact' }] })
    expect(await guest()).toMatchObject({ state: 'planned', due: '10-17 22:00' })
    await edit(id, { attendees: [{ id: maria.id, type: 'Contact', _destroy: true }] })
    await until('2030-10-17T22:30:00Z')
    expect((await to(maria.phone)).length).toBe(before)
  })

  it('hears nothing of what was held for them meanwhile', async () => {
    const id = await mediation('2030-10-19T21:00:00Z', [maria.id])
    const before = (await to(maria.phone)).length
    await pause(maria.id)
    await until('2030-10-18T22:00:10Z')
    expect((await to(maria.phone)).length).toBe(before)
    const held = () =>
      world.rows<{ state: string; reason: string }>(
        `select m.state, m.reason from messages m join notices n on n.id = m.notice_id
         where n.audience = 'participants' order by m.created_at desc, m.channel limit 2`,
      )
    expect(await held()).toMatchObject([{ state: 'held' }, { state: 'held' }])
    await edit(id, { attendees: [{ id: maria.id, type: 'Contact', _destroy: true }] })
    await resume(maria.id)
    await world.advance({ seconds: 30 })
    expect((await to(maria.phone)).length).toBe(before)
    expect(await held()).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }])
  })
})

describe('a pause of the client', () => {
  beforeAll(fresh)
  afterAll(() => world.close())

  it('holds what others would be told of their matter, and lets it go with the client', async () => {
    await mediation('2030-10-18T21:00:00Z', [maria.id])
    const before = { maria: (await to(maria.phone)).length, attorney: (await to(attorney)).length }
    await pause(11002)
    await until('2030-10-17T22:00:10Z')
    expect((await to(maria.phone)).length).toBe(before.maria)
    expect((await to(attorney)).length).toBe(before.attorney)
    await resume(11002)
    await world.advance({ seconds: 30 })
    expect((await to(maria.phone)).length).toBe(before.maria + 1)
    expect((await to(attorney)).length).toBe(before.attorney + 1)
  })
})

describe('people who are listed', () => {
  beforeAll(fresh)
  afterAll(() => world.close())

  it('and share a number are told once; who wants nothing is told nothing', async () => {
    const contact = async (first: string, preference: string) => {
      const { data } = (await world.control('POST', '/_sandbox/cms/contacts', {
        type: 'Person',
        first_name: first,
        last_name: 'Whitfield',
        phone_numbers: [{ name: 'Mobile', number: '+12125550177', default_number: true }],
        ...(preference === ''
          ? {}
          : { custom_field_values: [{ value: preference, custom_field: { id: 81 } }] }),
      })) as { data: { id: number } }
      return data.id
    }
    const people = [await contact('Ann', 'SMS'), await contact('Ben', 'SMS'), await contact('Cid', '')]
    // The list of contacts is read from time to time.
    await world.advance({ minutes: 30 })
    await world.advance({ minutes: 30 })
    await mediation('2030-10-18T21:00:00Z', people)
    await until('2030-10-17T22:00:10Z')
    expect(await to('+12125550177')).toEqual([expect.stringMatching(/^(Ann|Ben) Whitfield, please come to/)])
  })
})

describe('a plan for others', () => {
  beforeAll(fresh)
  afterAll(() => world.close())

  it('is refused where they would be asked for an answer, or an attorney texted', async () => {
    const refused = async (find: string, put: string) =>
      applyChanged(
        world,
        { 'reminders.yaml': [[first, `${plan.trimStart().replace(find, put)}${first}`]] },
        added,
      ).then(
        () => '',
        (error: Error) => error.message,
      )
    expect(
      await refused('audience: participants, template: guest-reminder', 'audience: participants'),
    ).toContain('date-reminder asks for an answer, and participants can’t give one for the client')
    expect(
      await refused('template: attorney-reminder, channels: [email]', 'template: attorney-reminder'),
    ).toContain('attorneys are reminded by mail alone: say channels: [email]')
  })
})

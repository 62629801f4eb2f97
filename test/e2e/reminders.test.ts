/** Reminders ahead of a date: at the moment that the plan names on the client's own clock, once, and only if still true. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ConnectionId } from '../../src/kernel/index.ts'
import { replayLetters } from '../../src/modules/console/index.ts'
import { wishForFacts } from '../../src/modules/ingest/index.ts'
import { applyChanged } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })
let world: World
beforeAll(async () => {
  world = await startWorld()
  // James is known before any date of his is.
  await world.settled()
})
afterAll(() => world.close())

/** James Whitfield, Los Angeles, texts only. The world begins at 11:00 on a Tuesday there: 2030-10-15T18:00Z. */
const james = '+13105550112'
let before = 0
beforeEach(async () => {
  // Two months pass here, and Clio's webhooks end after one; a process renews them each hour.
  await world.runtime.subscribe(world.firmId)
  before = (await world.messages({ to: james })).length
})
const told = async () => (await world.messages({ to: james })).slice(before).map((m) => m.text)
const hearing = async (start: string, more: object = {}) => {
  const { data } = (await world.control('POST', '/_sandbox/cms/calendar_entries', {
    summary: 'Motion hearing',
    start_at: start,
    end_at: Temporal.Instant.from(start).add({ hours: 1 }).toString(),
    matter: { id: 21002 },
    calendar_entry_event_type: { name: 'Hearing' },
    ...more,
  })) as { data: { id: number } }
  await world.settled()
  return String(data.id)
}
const edit = async (id: string, fields: object) => {
  await world.control('PATCH', `/_sandbox/cms/calendar_entries/${id}`, fields)
  await world.settled()
}
const reminders = (id: string) =>
  world.rows<{ edition: number; step: string; state: string; due: string | null; reason: string | null }>(
    `select r.edition, r.step_key as step, r.state, to_char(r.due_at at time zone 'UTC', 'MM-DD HH24:MI') as due, r.reason
     from reminders r join facts f on f.id = r.fact_id where f.external_id = $1 order by r.edition, r.starts_at, r.id`,
    [id],
  )
const until = async (moment: string) => {
  const end = Temporal.Instant.from(moment)
  while (Temporal.Instant.compare(world.clock.now(), end) < 0) {
    const left = Math.ceil(world.clock.now().until(end).total('seconds'))
    await world.advance({ seconds: Math.min(left, 6 * 3_600) })
    // What is due is looked up first; the answer is there some seconds later.
    await world.advance({ seconds: 6 })
  }
}

describe('a hearing that is booked', () => {
  let id = ''
  it('is planned at once, in the client’s own zone', async () => {
    // 14:00 on Friday the 18th in Los Angeles.
    id = await hearing('2030-10-18T21:00:00Z')
    expect(await told()).toEqual([expect.stringContaining('new date in your matter')])
    expect(await reminders(id)).toEqual([
      {
        edition: 1,
        step: 'week-before',
        state: 'skipped',
        due: null,
        reason: 'its moment had passed when we learned of the appointment',
      },
      // 18:00 on Thursday.
      { edition: 1, step: 'evening-before', state: 'planned', due: '10-18 01:00', reason: null },
      { edition: 1, step: 'two-hours', state: 'planned', due: '10-18 19:00', reason: null },
    ])
  })

  it('is reminded of at each of its moments, once, however many processes look', async () => {
    await until('2030-10-18T00:59:00Z')
    expect(await told()).toEqual([])
    await until('2030-10-18T01:00:00Z')
    await Promise.all([world.runtime.sweep(), world.runtime.sweep()])
    await world.settled()
    const text =
      'James, Harbor & Pike reminds you of Motion hearing: Friday, October 18, 2030 at 5:00 PM EDT (2:00 PM PDT where you are). Reply C to confirm, R to reschedule, or call (212) 555-0100.'
    expect((await told()).map((t) => t!.replace("'", '’'))).toEqual([text])
    await until('2030-10-18T19:00:00Z')
    expect(await told()).toHaveLength(2)
    expect((await reminders(id)).map((r) => r.state)).toEqual(['skipped', 'said', 'said'])
    await until('2030-10-19T19:00:00Z')
    expect(await told()).toHaveLength(2)
  })

  it('is said by the court’s clock and the client’s where the entry has a zone of its own', async () => {
    const at = before
    await hearing('2030-10-20T21:00:00Z', { summary: 'Status call', start_at_time_zone: 'America/Chicago' })
    await until('2030-10-20T19:00:00Z')
    before = at
    expect((await told()).find((t) => t!.includes('reminds you of Status call'))).toContain(
      'Sunday, October 20, 2030 at 4:00 PM CDT (2:00 PM PDT where you are)',
    )
  })

  it('shows in the trace as what it was', async () => {
    const events = await world.rows<{ type: string; data: { plan: string; step: string } }>(
      `select type, data from events where type = 'reminder.due' order by recorded_at`,
    )
    expect(events.map(({ data }) => [data.plan, data.step])).toEqual([
      ['court-date', 'evening-before'],
      ['court-date', 'two-hours'],
      ['court-date', 'evening-before'],
      ['court-date', 'two-hours'],
    ])
  })
})

describe('a plan that changes', () => {
  it('is applied to what is to come, and makes up for nothing that has passed', async () => {
    const id = await hearing('2030-10-22T21:00:00Z')
    const at = (step: string) => reminders(id).then((all) => all.find((r) => r.step === step))
    expect(await at('two-hours')).toMatchObject({ state: 'planned', due: '10-22 19:00' })
    await applyChanged(world, {
      'reminders.yaml': [
        ['{ key: two-hours, before: PT2H', '{ key: two-hours, before: PT3H'],
        ['{ key: week-before, before: P7D }', '{ key: week-before, before: P7D, past: send }'],
      ],
    })
    await world.settled()
    expect(await at('two-hours')).toMatchObject({ state: 'planned', due: '10-22 18:00' })
    expect(await at('week-before')).toMatchObject({ state: 'skipped' })
    expect((await told()).filter((t) => t!.includes('reminds'))).toEqual([])
    await applyChanged(world, {})
    await edit(id, { start_at: '2031-06-01T21:00:00Z', end_at: '2031-06-01T22:00:00Z' })
  })
})

describe('a hearing that moves', () => {
  it('is told of by the rule, and reminded of at its new time alone', async () => {
    const id = await hearing('2030-10-25T21:00:00Z')
    await until('2030-10-25T01:00:00Z')
    expect(await told()).toHaveLength(2)
    await edit(id, { start_at: '2030-10-26T21:00:00Z', end_at: '2030-10-26T22:00:00Z' })
    expect((await told()).at(-1)).toContain('a date in your matter has changed')
    expect((await reminders(id)).map((r) => [r.edition, r.step, r.state, r.due])).toEqual([
      [1, 'week-before', 'superseded', null],
      [1, 'evening-before', 'said', '10-25 01:00'],
      [1, 'two-hours', 'superseded', null],
      [2, 'week-before', 'skipped', null],
      [2, 'evening-before', 'planned', '10-26 01:00'],
      [2, 'two-hours', 'planned', '10-26 19:00'],
    ])
    await until('2030-10-27T00:00:00Z')
    const texts = (await told()).slice(3)
    expect(texts).toHaveLength(2)
    for (const text of texts)
      expect(text).toContain('Saturday, October 26, 2030 at 5:00 PM EDT (2:00 PM PDT where you are)')
  })

  it('back and forth, is planned anew each time, and reminded of once for each', async () => {
    const id = await hearing('2030-11-05T22:00:00Z')
    for (const day of ['06', '05', '06', '05'])
      await edit(id, { start_at: `2030-11-${day}T22:00:00Z`, end_at: `2030-11-${day}T23:00:00Z` })
    const live = (await reminders(id)).filter((r) => r.state === 'planned')
    expect(live.map((r) => [r.edition, r.step, r.due])).toEqual([
      [5, 'week-before', '10-29 22:00'],
      [5, 'evening-before', '11-05 02:00'],
      [5, 'two-hours', '11-05 20:00'],
    ])
  })

  it('while nobody heard of it, is found by the look before sending', async () => {
    const id = await hearing('2030-10-30T21:00:00Z')
    await world.control('PUT', '/_sandbox/cms/settings', { dropShare: 1 })
    await edit(id, { start_at: '2030-10-31T21:00:00Z', end_at: '2030-10-31T22:00:00Z' })
    await until('2030-10-30T01:00:00Z')
    expect((await told()).filter((t) => t!.includes('October 30'))).toHaveLength(1)
    await world.control('PUT', '/_sandbox/cms/settings', { dropShare: 0 })
    await until('2030-10-31T01:00:00Z')
    const [reminder] = (await told()).filter((t) => t!.includes('reminds') && t!.includes('October 31'))
    expect(reminder).toContain('Thursday, October 31, 2030 at 5:00 PM EDT (2:00 PM PDT where you are)')
    await edit(id, { start_at: '2030-12-31T21:00:00Z', end_at: '2030-12-31T22:00:00Z' })
  })
})

describe('a meeting that moves after somebody was reminded of it', () => {
  const signing = { summary: 'Signing of the lease', calendar_entry_event_type: { name: 'Meeting' } }

  it('is told of by the plan, since no rule does, once', async () => {
    const id = await hearing('2030-11-14T22:00:00Z', signing)
    await until('2030-11-12T22:00:00Z')
    expect((await told()).filter((t) => t!.includes('the lease'))).toHaveLength(1)
    await edit(id, { start_at: '2030-11-15T22:00:00Z', end_at: '2030-11-15T23:00:00Z' })
    for (let i = 0; i < 4; i++) await world.advance({ minutes: 1 })
    const news = (await told()).filter((t) => t!.includes('please note the new date'))
    expect(news).toEqual([expect.stringContaining('Friday, November 15, 2030 at 2:00 PM PST')])
    await until('2030-11-16T00:00:00Z')
    expect((await told()).filter((t) => t!.includes('please note'))).toHaveLength(1)
    expect((await told()).filter((t) => t!.includes('the lease')).at(-1)).toContain('November 15')
  })

  it('is told of by nobody where nobody was reminded yet', async () => {
    const id = await hearing('2030-11-29T22:00:00Z', signing)
    await edit(id, { start_at: '2030-12-30T22:00:00Z', end_at: '2030-12-30T23:00:00Z' })
    for (let i = 0; i < 4; i++) await world.advance({ minutes: 1 })
    expect(await told()).toEqual([])
    await world.control('DELETE', `/_sandbox/cms/calendar_entries/${id}`)
    await world.settled()
  })
})

describe('a hearing that is off', () => {
  it('is not reminded of any more', async () => {
    const id = await hearing('2030-11-18T22:00:00Z')
    await world.control('DELETE', `/_sandbox/cms/calendar_entries/${id}`)
    await world.settled()
    expect((await told()).at(-1)).toMatch(/cancel/i)
    await until('2030-11-18T22:00:00Z')
    expect((await told()).filter((t) => t!.includes('November 18') && t!.includes('reminds'))).toEqual([])
    expect((await reminders(id)).every((r) => r.state === 'superseded' || r.state === 'skipped')).toBe(true)
  })
})

describe('a system that does not answer when the moment comes', () => {
  it('holds the reminder, the operators hear of it, and it goes when the answer is there', async () => {
    const id = await hearing('2030-11-20T22:00:00Z')
    await until('2030-11-20T01:50:00Z')
    const count = (await told()).length
    await world.fault([{ provider: 'clio', kind: 'status', status: 503 }])
    await world.advance({ minutes: 10 })
    for (let minute = 0; minute < 12; minute++) await world.advance({ minutes: 1 })
    expect(await told()).toHaveLength(count)
    expect((await reminders(id)).find((r) => r.step === 'evening-before')).toMatchObject({
      state: 'checking',
      reason: 'its system does not answer whether it is still true',
    })
    const open = () =>
      world.rows(`select severity from alerts where kind = 'reminders_waiting' and resolved_at is null`)
    expect(await open()).toEqual([{ severity: 'page' }])
    await world.clearFaults()
    for (let minute = 0; minute < 20; minute++) await world.advance({ seconds: 30 })
    const after = (await told()).slice(count)
    expect(after.filter((t) => t!.includes('November 20') && t!.includes('reminds'))).toHaveLength(1)
    expect(await open()).toEqual([])
  })

  it('where the plan says so, is not waited for', async () => {
    const id = await hearing('2030-11-27T22:00:00Z', {
      summary: 'Signing of the agreement',
      calendar_entry_event_type: { name: 'Signing' },
    })
    await until('2030-11-27T16:20:00Z')
    await world.fault([{ provider: 'clio', kind: 'status', status: 503 }])
    await world.advance({ minutes: 10 })
    for (let minute = 0; minute < 7; minute++) await world.advance({ minutes: 1 })
    await world.clearFaults()
    expect((await reminders(id)).find((r) => r.step === 'morning-of')).toMatchObject({ state: 'said' })
    expect((await told()).filter((t) => t!.includes('Signing of the agreement'))).toHaveLength(2)
  })
})

describe('a process that was down', () => {
  it('says what is still ahead, and records why it does not say the rest', async () => {
    const soon = await hearing('2030-12-05T22:00:00Z')
    const gone = await hearing('2030-12-04T22:00:00Z', { summary: 'Status conference' })
    await world.advance({ minutes: 10 })
    // Down from the 3rd to the morning of the 5th: 18:00 of the 3rd and of the 4th have passed, and one date with them.
    await until('2030-12-03T20:00:00Z')
    const count = (await told()).length
    await world.restart(async () => {
      const left = world.clock.now().until(Temporal.Instant.from('2030-12-05T17:00:00Z'))
      world.clock.advance({ seconds: Math.ceil(left.total('seconds')) })
    })
    for (let i = 0; i < 10; i++) await world.advance({ seconds: 6 })
    const texts = (await told()).slice(count)
    expect(texts.filter((t) => t!.includes('December 4'))).toEqual([])
    expect(texts.filter((t) => t!.includes('reminds') && t!.includes('December 5'))).toHaveLength(1)
    expect((await reminders(gone)).map((r) => r.reason)).toContain('the appointment has begun')
    expect((await reminders(soon)).find((r) => r.step === 'evening-before')).toMatchObject({ state: 'said' })
  })
})

describe('a hearing on short notice that a read brings before its webhook', () => {
  it('is made up for when the news comes, once', async () => {
    await world.control('PUT', '/_sandbox/cms/settings', { dropShare: 1 })
    const start = world.clock.now().add({ hours: 6 }).round('hour').toString()
    const id = await hearing(start, { summary: 'Bail review' })
    const [matter] = await world.rows<{ connectionId: ConnectionId; externalId: string }>(
      `select connection_id as "connectionId", external_id as "externalId" from matters where external_id = '21002'`,
    )
    await world.runtime.db.forFirm(world.firmId, (tx) => wishForFacts(tx, [matter!], world.clock.now()))
    await world.settled()
    const evening = async () => (await reminders(id)).find((r) => r.step === 'evening-before')
    expect(await evening()).toMatchObject({ state: 'skipped' })
    await world.control('PUT', '/_sandbox/cms/settings', { dropShare: 0 })
    await edit(id, { description: 'Bring your papers' })
    for (let i = 0; i < 3; i++) await world.advance({ seconds: 6 })
    expect(await evening()).toMatchObject({ state: 'said' })
    expect((await told()).filter((t) => t!.includes('reminds you of Bail review'))).toHaveLength(1)
  })
})

describe('two processes that plan and remind at the same moment', () => {
  it('make one reminder of each, and say it once', async () => {
    const other = world.another()
    const both = [world.runtime, other]
    const times = Array.from({ length: 12 }, (_, i) =>
      Temporal.Instant.from('2030-12-12T18:00:00Z').add({ minutes: 15 * i }),
    )
    for (const [i, start] of times.entries())
      await world.control('POST', '/_sandbox/cms/calendar_entries', {
        summary: `Consultation no. ${i}`,
        start_at: start.toString(),
        end_at: start.add({ minutes: 15 }).toString(),
        matter: { id: 21002 },
        calendar_entry_event_type: { name: 'Consultation' },
      })
    const together = async () => {
      for (const runtime of both)
        for (const lane of ['plan', 'remind', 'deliver']) runtime.lanes.nudge(lane, world.firmId)
      await Promise.all(both.map((runtime) => runtime.sweep()))
      await world.settled()
    }
    await together()
    const planned = await world.rows<{ n: number }>(
      `select count(*)::int as n from reminders r join facts f on f.id = r.fact_id
       where r.step_key = 'morning-of' and f.data->>'summary' like 'Consultation no.%' group by r.fact_id`,
    )
    expect(planned).toEqual(times.map(() => ({ n: 1 })))
    await until('2030-12-12T16:29:00Z')
    before = (await world.messages({ to: james })).length
    await until('2030-12-12T16:30:00Z')
    await together()
    const said = (await told()).flatMap((t) => /Consultation no. \d+/.exec(t ?? '')?.[0] ?? [])
    expect(said.toSorted()).toEqual(times.map((_, i) => `Consultation no. ${i}`).toSorted())
  })
})

describe('a reminder that could not be sent', () => {
  it('is not sent after its appointment has begun, whoever replays it', async () => {
    const id = await hearing('2030-12-14T22:00:00Z', { summary: 'Late call' })
    await until('2030-12-14T19:59:00Z')
    const already = (await told()).length
    await world.fault([{ provider: 'twilio', kind: 'status', status: 500 }])
    await until('2030-12-14T20:00:00Z')
    for (const minutes of [1, 5, 30]) await world.advance({ minutes })
    await world.clearFaults()
    const letters = await world.rows<{ id: string }>(`select id from dead_letters where state = 'open'`)
    expect(letters).toHaveLength(1)
    const replay = async () => {
      const acting = {
        by: 'test',
        now: world.clock.now(),
        newId: world.runtime.newId,
        nudge: world.runtime.nudge,
      }
      await world.runtime.db.forFirm(world.firmId, (tx) =>
        replayLetters(tx, { ids: letters.map((l) => l.id) }, acting),
      )
      await world.settled()
    }
    await until('2030-12-14T22:00:00Z')
    await replay()
    expect(await told()).toHaveLength(already)
    expect(
      await world.rows(
        `select m.state, m.reason from messages m join dead_letters d on d.message_id = m.id where d.id = $1`,
        [letters[0]!.id],
      ),
    ).toEqual([{ state: 'cancelled', reason: 'appointment_begun' }])
    expect((await reminders(id)).map((r) => r.state)).toContain('said')
  })
})

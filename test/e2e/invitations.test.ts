/** Invitations with mails: the client's calendar shows what the firm's does, and loses what is off. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { pauseTarget, resumeTarget } from '../../src/modules/console/index.ts'
import { calendarAfter, invitationOf } from '../support/calendar.ts'
import { applyChanged, note } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })
let world: World
/** Reminders 48 and 24 hours before, for hearings and for meetings. */
const steps: Parameters<typeof applyChanged>[1] = {
  'reminders.yaml': [
    ['{ key: week-before, before: P7D }', '{ key: two-days, before: PT48H }'],
    [`{ key: evening-before, at: '18:00', daysBefore: 1, past: send }`, '{ key: day-before, before: PT24H }'],
    [`{ key: morning-of, at: '08:30', whenConfirmed: skip }`, '{ key: day-before, before: PT24H }'],
  ],
}
beforeAll(async () => {
  world = await startWorld()
  await world.settled()
  await applyChanged(world, steps)
})
afterAll(() => world.close())

/** Denise Okafor, Chicago, mail only. The world begins on a Tuesday: 2030-10-15T18:00Z. */
const denise = { client: 11011, matter: 21011, mail: 'denise.okafor@example.com' }
let before = 0
beforeEach(async () => {
  await world.runtime.subscribe(world.firmId)
  before = (await world.messages({ to: denise.mail })).length
})
const mails = async () => (await world.messages({ to: denise.mail })).slice(before)
const sequences = async () =>
  (await mails()).map((mail) => {
    const invitation = invitationOf(mail)
    return invitation && `${invitation.method} ${invitation.sequence} ${invitation.start}`
  })
const book = async (start: string, more: object = {}) => {
  const { data } = (await world.control('POST', '/_sandbox/cms/calendar_entries', {
    summary: 'Motion hearing',
    description: 'Opposing counsel may settle: do not tell the client yet',
    location: '60 Centre Street, Room 5; New York',
    start_at: start,
    end_at: Temporal.Instant.from(start).add({ hours: 2 }).toString(),
    matter: { id: denise.matter },
    calendar_entry_event_type: { name: 'Hearing' },
    ...more,
  })) as { data: { id: string } }
  await world.settled()
  return String(data.id)
}
const move = async (id: string, start: string) => {
  const end_at = Temporal.Instant.from(start).add({ hours: 2 }).toString()
  await world.control('PATCH', `/_sandbox/cms/calendar_entries/${id}`, { start_at: start, end_at })
  await world.settled()
}
const cancel = async (id: string) => {
  await world.control('DELETE', `/_sandbox/cms/calendar_entries/${id}`)
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
/** Long enough for who moves an entry about to have come to rest. */
const settle = async () => {
  for (let minute = 0; minute < 4; minute++) await world.advance({ minutes: 1 })
}

describe('a hearing that is booked, moved between its reminders, and cancelled', () => {
  let id = ''
  it('comes with an invitation that says when and where, and nothing that is for colleagues', async () => {
    const bookedAt = world.clock.now()
    id = await book('2030-10-18T20:00:00Z')
    const [mail] = await mails()
    expect(mail!.subject).toBe('A new date in your matter')
    expect(invitationOf(mail!)).toEqual({
      method: 'REQUEST',
      uid: expect.stringMatching(/^[0-9a-f-]{36}@[0-9a-f-]{36}$/),
      sequence: 1,
      writtenAt: bookedAt.toString(),
      status: 'CONFIRMED',
      start: '2030-10-18T20:00:00Z',
      end: '2030-10-18T22:00:00Z',
      summary: 'Motion hearing',
      location: '60 Centre Street, Room 5; New York',
      organizer: 'updates@harborpike.example.com',
      attendee: denise.mail,
      names: [
        'uid',
        'sequence',
        'dtstamp',
        'dtstart',
        'dtend',
        'summary',
        'location',
        'organizer',
        'attendee',
        'status',
        'class',
      ],
    })
    expect(JSON.stringify(mail!.attachments)).not.toMatch(/settle|21011/i)
  })

  it('is reminded of 48 hours before with the same invitation again', async () => {
    await until('2030-10-16T20:00:00Z')
    const [mail] = await mails()
    expect(mail!.text).toContain('Friday, October 18, 2030 at 4:00 PM EDT (3:00 PM CDT where you are)')
    expect(await sequences()).toEqual(['REQUEST 1 2030-10-18T20:00:00Z'])
  })

  it('moved then, is corrected at once by an update of it, and reminded of 24 hours before its new time', async () => {
    await until('2030-10-16T22:00:00Z')
    await move(id, '2030-10-18T21:00:00Z')
    const [correction] = await mails()
    expect(correction!.subject).toBe('A date in your matter has changed')
    expect(await sequences()).toEqual(['REQUEST 2 2030-10-18T21:00:00Z'])
    await until('2030-10-17T20:59:00Z')
    expect(await mails()).toHaveLength(1)
    await until('2030-10-17T21:00:00Z')
    const [, reminder] = await mails()
    expect(reminder!.subject).toBe('Reminder: Friday, October 18, 2030')
    expect(reminder!.text).toContain('(4:00 PM CDT where you are)')
    expect(await sequences()).toEqual(['REQUEST 2 2030-10-18T21:00:00Z', 'REQUEST 2 2030-10-18T21:00:00Z'])
    expect(calendarAfter(await world.messages({ to: denise.mail }))).toEqual([
      { summary: 'Motion hearing', start: '2030-10-18T21:00:00Z', end: '2030-10-18T23:00:00Z' },
    ])
  })

  it('cancelled, is withdrawn from the client’s calendar', async () => {
    await cancel(id)
    const [mail] = await mails()
    expect(mail!.subject).toBe('A date in your matter is cancelled')
    expect(invitationOf(mail!)).toMatchObject({
      method: 'CANCEL',
      status: 'CANCELLED',
      sequence: 3,
      start: '2030-10-18T21:00:00Z',
    })
    const all = await world.messages({ to: denise.mail })
    expect(all.map((m) => invitationOf(m)?.method)).toEqual([
      ...['REQUEST', 'REQUEST', 'REQUEST', 'REQUEST', 'CANCEL'],
    ])
    expect(new Set(all.map((m) => invitationOf(m)!.uid)).size).toBe(1)
    // Whatever order they are read in.
    expect(calendarAfter(all)).toEqual([])
    expect(calendarAfter(all.toReversed())).toEqual([])
  })
})

describe('a meeting, of which no rule speaks, moved between its reminders and cancelled', () => {
  it('is corrected and withdrawn by the words of its plan, and in the calendar alike', async () => {
    const meeting = { summary: 'Meeting with your attorney', calendar_entry_event_type: { name: 'Meeting' } }
    const id = await book('2030-10-24T20:00:00Z', meeting)
    expect(await mails()).toEqual([])
    await until('2030-10-22T20:00:00Z')
    expect(await sequences()).toEqual(['REQUEST 1 2030-10-24T20:00:00Z'])
    await until('2030-10-22T22:00:00Z')
    await move(id, '2030-10-24T21:00:00Z')
    await settle()
    expect((await mails()).at(-1)!.subject).toBe('A new date: Thursday, October 24, 2030')
    await until('2030-10-23T21:00:00Z')
    expect(await sequences()).toEqual([
      'REQUEST 1 2030-10-24T20:00:00Z',
      'REQUEST 2 2030-10-24T21:00:00Z',
      'REQUEST 2 2030-10-24T21:00:00Z',
    ])
    expect(calendarAfter(await mails())).toEqual([
      { summary: 'Meeting with your attorney', start: '2030-10-24T21:00:00Z', end: '2030-10-24T23:00:00Z' },
    ])
    await cancel(id)
    await settle()
    expect((await mails()).at(-1)!.subject).toBe('Cancelled: Thursday, October 24, 2030')
    expect((await sequences()).at(-1)).toBe('CANCEL 3 2030-10-24T21:00:00Z')
    expect(new Set((await mails()).map((m) => invitationOf(m)!.uid)).size).toBe(1)
    expect(calendarAfter(await mails())).toEqual([])
  })
})

describe('an invitation on its way', () => {
  const stored = () =>
    world.rows<{ calendar: string | null; body: string | null }>(
      `select calendar, body from messages where address = $1 order by created_at desc, id desc limit 1`,
      [denise.mail],
    )

  it('is the same bytes at each try, however late', async () => {
    await world.fault([{ provider: 'sendgrid', kind: 'status', status: 500, count: 1 }])
    const id = await book('2030-11-20T20:00:00Z')
    const decidedAt = world.clock.now()
    expect(await mails()).toEqual([])
    const [row] = await stored()
    await world.advance({ minutes: 2 })
    const [mail] = await mails()
    expect(mail!.attachments![0]!.content).toBe(row!.calendar)
    expect(invitationOf(mail!)!.writtenAt).toBe(decidedAt.toString())
    await cancel(id)
  })

  it('is written anew when a mail that was held is released', async () => {
    const [client] = await world.rows<{ id: string }>('select id from clients where external_id = $1', [
      String(denise.client),
    ])
    const acting = () => ({
      by: 'test',
      now: world.clock.now(),
      newId: world.runtime.newId,
      nudge: (lane: string) => world.runtime.nudge(lane, world.firmId),
    })
    const target = { scope: 'client' as const, id: client!.id }
    const inFirm = world.runtime.db.forFirm.bind(world.runtime.db)
    await inFirm(world.firmId, (tx) =>
      pauseTarget(tx, { target, name: 'them', reason: 'the attorney calls', endsAt: null }, acting()),
    )
    const id = await book('2030-11-21T20:00:00Z')
    expect(await mails()).toEqual([])
    await world.advance({ minutes: 30 })
    const releasedAt = world.clock.now()
    await inFirm(world.firmId, (tx) => resumeTarget(tx, { target, name: 'them' }, acting()))
    await world.settled()
    const [mail] = await mails()
    expect(invitationOf(mail!)).toMatchObject({
      start: '2030-11-21T20:00:00Z',
      writtenAt: releasedAt.toString(),
    })
    await cancel(id)
  })

  it('goes with its words when these are deleted', async () => {
    const [row] = await stored()
    expect(row).toEqual({ calendar: expect.stringContaining('METHOD:CANCEL'), body: expect.any(String) })
    await world.rows('update messages set body = null where address = $1', [denise.mail])
    expect(await stored()).toEqual([{ calendar: null, body: null }])
    expect(await world.rows('select id from messages where calendar is not null')).toEqual([])
  })

  it('is none with a text, nor with a mail about no appointment', async () => {
    await book('2030-11-22T20:00:00Z', { matter: { id: 21002 } })
    await note(world, {
      matter: denise.matter,
      id: 9,
      subject: 'Client update: papers',
      detail: 'They came.',
    })
    await world.settled()
    const [mail] = await mails()
    expect(mail).not.toHaveProperty('attachments')
    expect((await world.messages({ to: '+13105550112' })).at(-1)!.text).toContain('new date in your matter')
    expect(await world.rows('select id from messages where calendar is not null')).toEqual([])
  })

  it('of a whole day says the day and no time', async () => {
    const id = await book('2030-11-25T06:00:00Z', {
      all_day: true,
      start_at: '2030-11-25T00:00:00-06:00',
      end_at: '2030-11-26T00:00:00-06:00',
    })
    expect(invitationOf((await mails())[0]!)).toMatchObject({ start: '2030-11-25', end: '2030-11-26' })
    await cancel(id)
  })

  it('invites the address it goes to, where the client’s first one failed', async () => {
    const failing = 'bounce@example.com'
    await world.control('PATCH', `/_sandbox/cms/contacts/${denise.client}`, {
      email_addresses: [{ name: 'Work', address: failing, default_email: true }],
    })
    await world.settled()
    await book('2030-11-26T20:00:00Z')
    const [first] = await world.messages({ to: failing })
    const [second] = await mails()
    expect(invitationOf(first!)!.attendee).toBe(failing)
    expect(invitationOf(second!)).toEqual({ ...invitationOf(first!), attendee: denise.mail })
  })
})

describe('apply', () => {
  const wrong = (edits: Parameters<typeof applyChanged>[1]) => expect(applyChanged(world, edits)).rejects
  it('refuses an invitation where no mail is sent', async () => {
    await wrong({
      'rules.yaml': [
        ['template: hearing-scheduled\n', 'template: hearing-scheduled\n      channels: [sms]\n'],
      ],
    }).toThrow(/then\.?\W?0\W*\.?calendar.*email is not among the channels/s)
    await wrong({
      'reminders.yaml': [
        ['  channels: [sms, email]\n  calendar: true', '  channels: [sms]\n  calendar: true'],
      ],
    }).toThrow(/office-meeting.*calendar.*email is not among the channels/s)
  })
})

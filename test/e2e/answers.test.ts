/** What clients answer to reminders: marked once, for the appointment that was asked about, or put before a person. */
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { trace } from '../../src/modules/console/index.ts'
import { applyChanged } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })
let world: World
beforeAll(async () => {
  world = await startWorld()
  await applyChanged(world, {
    'firm.yaml': [
      [
        '    factsMaxAge: PT1H\n    settings:\n      baseUrl: env:HARBOR_PIKE_CLIO_URL',
        '    writeBack:\n      notes: true\n    factsMaxAge: PT1H\n    settings:\n      baseUrl: env:HARBOR_PIKE_CLIO_URL',
      ],
    ],
  })
  await world.settled()
})
afterAll(() => world.close())
// Two months pass here, and Clio's webhooks end after one; a process renews them each hour.
beforeEach(() => world.runtime.subscribe(world.firmId))

/** James Whitfield, Los Angeles, texts only. The world begins at 11:00 on a Tuesday there: 2030-10-15T18:00Z. */
const james = '+13105550112'
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
const move = async (id: string, start: string) => {
  const end_at = Temporal.Instant.from(start).add({ hours: 1 }).toString()
  await world.control('PATCH', `/_sandbox/cms/calendar_entries/${id}`, { start_at: start, end_at })
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
const says = async (body: string, from = james) => {
  await world.advance({ minutes: 1 })
  await world.text(from, body)
  await world.settled()
}
const answers = (id: string) =>
  world.rows<{ edition: number; number: number; answer: string; counts: boolean }>(
    `select a.edition, a.number, a.answer, a.edition = f.edition as counts
     from appointment_answers a join facts f on f.id = a.fact_id where f.external_id = $1 order by a.edition, a.number`,
    [id],
  )
const meanings = async () =>
  (await world.rows<{ meaning: string }>('select meaning from incoming_texts order by received_at, id')).map(
    (t) => t.meaning,
  )
const open = async () => (await world.tasks()).filter((t) => t.state === 'open').map((t) => t.title)
const thanks = async (to = james) =>
  (await world.messages({ to })).filter((m) => m.text.startsWith('Thank you')).map((m) => m.text)
const notes = async (matter = 21002) => {
  const { data } = (await world.control('GET', `/_sandbox/cms/notes?matter_id=${matter}`)) as {
    data: { subject: string; detail: string }[]
  }
  return data.filter((n) => n.subject === 'Answer to a reminder').map((n) => n.detail.split('\n')[0])
}

describe('C', () => {
  let id = ''
  it('before anything was asked is read by a person', async () => {
    id = await hearing('2030-10-18T21:00:00Z')
    await says('C')
    expect(await meanings()).toEqual(['text'])
    expect(await open()).toEqual(['A client wrote by text'])
    expect(await answers(id)).toEqual([])
  })

  it('marks the appointment as confirmed, and gives staff nothing to do', async () => {
    await until('2030-10-18T01:00:00Z')
    const before = await open()
    await says(' c. ')
    expect(await answers(id)).toEqual([{ edition: 1, number: 1, answer: 'confirmed', counts: true }])
    expect((await meanings()).at(-1)).toBe('confirm')
    expect(await open()).toEqual(before)
  })

  it('is thanked for once, in a message that passed the gates', async () => {
    expect(await thanks()).toEqual([
      'Thank you, James. Harbor & Pike expects you: Friday, October 18, 2030 at 2:00 PM PDT. If anything changes, call (212) 555-0100.',
    ])
    expect(
      await world.rows(`select purpose, state from messages where template_key = 'date-confirmed'`),
    ).toEqual([{ purpose: 'conversation', state: 'delivered' }])
  })

  it('said twice is once', async () => {
    await says('Confirm!')
    await says('👍')
    expect(await answers(id)).toHaveLength(1)
    expect(await thanks()).toHaveLength(1)
    expect((await meanings()).slice(-3)).toEqual(['confirm', 'confirm', 'confirm'])
    expect(await world.rows(`select from events where type = 'appointment.confirmed'`)).toHaveLength(1)
  })

  it('stands in the CMS as a note that names no number', async () => {
    await world.advance({ seconds: 10 })
    expect(await notes()).toEqual(['The client confirmed: Motion hearing, Fri, Oct 18, 2030, 5:00 PM EDT'])
  })

  it('is in the trace of the client, the matter and the message', async () => {
    const of = async (value: string, as?: 'client' | 'matter' | 'message') => {
      const verdict = await world.runtime.db.forFirm(world.firmId, (tx) =>
        trace(tx, { value, ...(as ? { as } : {}) }, { zone: 'America/New_York', now: world.clock.now() }),
      )
      if (verdict.kind !== 'found') throw new Error(JSON.stringify(verdict))
      return verdict.trace
    }
    const [row] = await world.rows<{ message_id: string; number: string }>(
      'select a.message_id, m.number from appointment_answers a join matters m on m.id = a.matter_id',
    )
    for (const found of [await of('James Whitfield', 'client'), await of(row!.number, 'matter')])
      expect(found.answers.map((a) => a.text)).toContain(
        'The client confirmed: Motion hearing, Fri 18 Oct 17:00',
      )
    const one = await of(row!.message_id, 'message')
    const asked = one.stories
      .flatMap((s) => s.notices.flatMap((n) => n.messages))
      .find((m) => m.id === row!.message_id)
    expect(asked?.answers).toMatchObject([{ answer: 'confirmed', counts: true }])
    expect(asked?.writings.map((w) => [w.kind, w.state])).toEqual([
      ['note', 'written'],
      ['note', 'written'],
    ])
    expect(one.answers[0]?.text).toMatch(/answered .*: confirmed$/)
  })

  it('does not keep a later reminder back, unless the plan says so', async () => {
    const before = (await world.messages({ to: james })).length
    await until('2030-10-18T19:00:00Z')
    expect(await world.messages({ to: james })).toHaveLength(before + 1)
  })

  it('is nobody’s answer once the appointment has begun', async () => {
    await until('2030-10-18T21:01:00Z')
    await says('C')
    expect((await meanings()).at(-1)).toBe('text')
  })
})

describe('a step that is for those who have not confirmed', () => {
  it('is left out for who has', async () => {
    const id = await hearing('2030-10-25T21:00:00Z', {
      summary: 'Signing',
      calendar_entry_event_type: { name: 'Signing' },
    })
    await until('2030-10-23T21:00:00Z')
    await says('C')
    expect(await answers(id)).toMatchObject([{ answer: 'confirmed' }])
    const before = (await world.messages({ to: james })).length
    await until('2030-10-25T20:00:00Z')
    expect(await world.messages({ to: james })).toHaveLength(before)
    expect(
      await world.rows(
        `select r.state, r.reason from reminders r join facts f on f.id = r.fact_id
         where f.external_id = $1 and r.step_key = 'morning-of'`,
        [id],
      ),
    ).toEqual([{ state: 'skipped', reason: 'the client has confirmed' }])
    await until('2030-10-25T21:30:00Z')
  })
})

describe('an appointment that moves', () => {
  let id = ''
  it('is confirmed no more, and can be again', async () => {
    id = await hearing('2030-10-29T21:00:00Z')
    await until('2030-10-29T01:00:00Z')
    await says('C')
    await move(id, '2030-10-30T21:00:00Z')
    expect(await answers(id)).toEqual([{ edition: 1, number: 1, answer: 'confirmed', counts: false }])
    // What they answer now was asked of the old date.
    await says('C')
    expect(await answers(id)).toHaveLength(1)
    const [task] = (await world.tasks('answer_unclear')).slice(-1)
    expect(task?.title).toMatch(
      /^A client confirms a date that is not as it was when they were asked: Motion hearing, Tue, Oct 29, 2030, 5:00 PM EDT/,
    )
    await until('2030-10-30T01:00:00Z')
    await says('C')
    expect(await answers(id)).toEqual([
      { edition: 1, number: 1, answer: 'confirmed', counts: false },
      { edition: 2, number: 1, answer: 'confirmed', counts: true },
    ])
    expect((await thanks()).at(-1)).toContain('Wednesday, October 30')
  })

  it('back to its old date was not confirmed for it', async () => {
    await move(id, '2030-10-29T21:00:00Z')
    expect((await answers(id)).map((a) => a.counts)).toEqual([false, false])
    await move(id, '2031-10-30T21:00:00Z')
  })

  it('at the very moment of the answer is confirmed as it was, or not at all', async () => {
    const race = await hearing('2030-11-05T22:00:00Z')
    await until('2030-11-05T02:00:00Z')
    await world.advance({ minutes: 1 })
    await Promise.all([
      world.text(james, 'C'),
      world.control('PATCH', `/_sandbox/cms/calendar_entries/${race}`, {
        start_at: '2030-11-06T22:00:00Z',
        end_at: '2030-11-06T23:00:00Z',
      }),
    ])
    await world.settled()
    for (const { edition, counts } of await answers(race)) expect([edition, counts]).toEqual([1, false])
    expect((await answers(race)).length + (await world.tasks('answer_unclear')).length).toBe(2)
    await move(race, '2031-11-06T22:00:00Z')
  })
})

describe('R', () => {
  let id = ''
  it('gives staff a task that names the appointment and is due soon', async () => {
    id = await hearing('2030-11-12T22:00:00Z', {
      summary: 'Signing of the lease',
      calendar_entry_event_type: { name: 'Signing' },
    })
    await until('2030-11-09T22:00:00Z')
    await until('2030-11-10T22:00:00Z')
    await says('R')
    expect(await answers(id)).toEqual([{ edition: 1, number: 1, answer: 'another_date', counts: true }])
    const [task] = await world.rows<{ title: string; assignee: string; soon: boolean; client_id: string }>(
      `select title, assignee, due_at <= created_at + interval '2 hours' as soon, client_id from tasks where kind = 'reschedule'`,
    )
    expect(task).toMatchObject({
      title: expect.stringMatching(
        /^The client asks for another date: Signing of the lease, Tue, Nov 12, 2030, 5:00 PM EST \(matter /,
      ),
      assignee: 'paralegal',
      soon: true,
    })
    expect(task?.client_id).not.toBeNull()
    await world.advance({ seconds: 10 })
    expect((await notes()).at(-1)).toBe(
      'The client asks for another date: Signing of the lease, Tue, Nov 12, 2030, 5:00 PM EST',
    )
  })

  it('said twice is once, while the task is open', async () => {
    await says('reschedule please')
    expect(await world.tasks('reschedule')).toHaveLength(1)
    await world.rows(`update tasks set state = 'done' where kind = 'reschedule' returning id`)
    await says('R')
    await says('R')
    expect(await world.tasks('reschedule')).toHaveLength(2)
    expect(await answers(id)).toHaveLength(1)
  })

  it('may be taken back: the last answer counts, and staff hear of it', async () => {
    await says('C')
    expect((await answers(id)).map((a) => a.answer)).toEqual(['another_date', 'confirmed'])
    expect((await world.tasks('reschedule')).at(-1)?.title).toMatch(
      /^Confirmed after all: Signing of the lease/,
    )
    await says('R')
    expect((await answers(id)).map((a) => a.answer)).toEqual(['another_date', 'confirmed', 'another_date'])
  })
})

describe('other words', () => {
  it('are kept and read by a person', async () => {
    const before = (await world.tasks('incoming_text')).length
    await says('C but where do I park?')
    await says('see you')
    expect((await meanings()).slice(-2)).toEqual(['text', 'text'])
    expect(await world.tasks('incoming_text')).toHaveLength(before + 2)
  })
})

describe('a carrier', () => {
  it('that tells of a text many times at once tells of one answer', async () => {
    await until('2030-11-12T22:01:00Z')
    const id = await hearing('2030-11-19T22:00:00Z')
    await until('2030-11-19T02:00:00Z')
    await world.advance({ minutes: 1 })
    const params = {
      MessageSid: `SM${'b'.repeat(32)}`,
      From: james,
      To: '+12015550123',
      Body: 'C',
      NumMedia: '0',
    }
    const url = `${world.appUrl}/texts/harbor-pike-twilio`
    const headers = {
      'x-twilio-signature': getExpectedTwilioSignature('sandbox-twilio-auth-token', url, params),
    }
    const before = (await meanings()).length
    const told = await Promise.all(
      Array.from({ length: 8 }, () =>
        fetch(url, { method: 'POST', headers, body: new URLSearchParams(params) }),
      ),
    )
    await world.settled()
    expect(told.map((a) => a.status)).toEqual(Array(8).fill(200))
    expect(await meanings()).toHaveLength(before + 1)
    expect(await answers(id)).toHaveLength(1)
    expect((await thanks()).filter((t) => t.includes('November 19'))).toHaveLength(1)
    await until('2030-11-19T22:01:00Z')
  })

  it('that brings three texts at once brings one answer', async () => {
    const id = await hearing('2030-11-22T22:00:00Z')
    await until('2030-11-22T02:00:00Z')
    await world.advance({ minutes: 1 })
    await Promise.all([1, 2, 3].map(() => world.text(james, 'C')))
    await world.settled()
    expect(await answers(id)).toHaveLength(1)
    expect((await thanks()).filter((t) => t.includes('November 22'))).toHaveLength(1)
    await until('2030-11-22T22:01:00Z')
  })
})

describe('two appointments that were both asked about', () => {
  it('are neither confirmed by one C: staff get a task that names both', async () => {
    const one = await hearing('2030-11-26T20:00:00Z', { summary: 'Deposition of the driver' })
    const two = await hearing('2030-11-26T23:00:00Z', { summary: 'Status conference' })
    await until('2030-11-26T02:00:00Z')
    await says('C')
    expect([...(await answers(one)), ...(await answers(two))]).toEqual([])
    const title = (await world.tasks('answer_unclear')).at(-1)!.title
    expect(title).toMatch(/^A client confirms a date, and it is not clear which: /)
    expect(title).toContain('Deposition of the driver, Tue, Nov 26, 2030, 3:00 PM EST')
    expect(title).toContain('Status conference, Tue, Nov 26, 2030, 6:00 PM EST')
    expect((await meanings()).at(-1)).toBe('text')
    await until('2030-11-26T23:01:00Z')
  })
})

describe('a phone that a family shares', () => {
  it('answers for whom the message that asked was written', async () => {
    // Maria has James's number now, too. Her hearing is asked about after his was answered.
    await world.changePhone(11001, james)
    const his = await hearing('2030-12-03T22:00:00Z')
    await until('2030-12-03T02:00:00Z')
    await says('C')
    expect(await answers(his)).toMatchObject([{ answer: 'confirmed' }])
    const hers = await hearing('2030-12-05T22:00:00Z', { matter: { id: 21001 } })
    await until('2030-12-04T23:05:00Z')
    await says('R')
    expect((await answers(his)).map((a) => a.answer)).toEqual(['confirmed'])
    expect(await answers(hers)).toMatchObject([{ answer: 'another_date' }])
    const [row] = await world.rows<{ client: string; clients: number; matter: string }>(
      `select c.name as client, cardinality(t.client_ids) as clients, m.external_id as matter
       from appointment_answers a join incoming_texts t on t.id = a.text_id join clients c on c.id = t.client_ids[1]
         join matters m on m.id = t.matter_ids[1] order by a.answered_at desc limit 1`,
    )
    expect(row).toEqual({ client: expect.stringContaining('Maria'), clients: 1, matter: '21001' })
  })
})

describe('STOP', () => {
  it('wins over every answer', async () => {
    await says('STOP')
    expect((await meanings()).at(-1)).toBe('stop')
    await says('C')
    // Nothing is said to who wants to hear nothing, whatever they answered.
    const gone = await world.rows(
      `select from messages where template_key = 'date-confirmed' and created_at >= (select max(at) from consent_changes)
       and state <> 'cancelled'`,
    )
    expect(gone).toEqual([])
  })
})

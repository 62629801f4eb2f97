/** Messages that staff write by hand: looked at, held to the gates of a rule's, sent once, and explained. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { z } from 'zod'
import type { matterPage } from '../../contracts/subject-pages.ts'
import type { Timeline } from '../../contracts/timeline.ts'
import type { Trace } from '../../contracts/trace.ts'
import type { writePreview, writeResult } from '../../contracts/writing.ts'
import type { ClientId, MatterId } from '../../src/kernel/index.ts'
import { createKey } from '../../src/modules/console/index.ts'
import { closeMatter, invite, type Role } from '../../src/modules/staff/index.ts'
import type { FirmTx } from '../../src/platform/db/firm-tx.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 180_000 })
type Preview = z.infer<typeof writePreview>
type Result = z.infer<typeof writeResult>
type Page = z.infer<typeof matterPage>

let world: World
/** A key's words, or the cookie of somebody. */
type Who = { authorization: string } | { cookie: string; origin: string }
let desk: Who
let attorney: Who & { staffId: string }
beforeAll(async () => {
  // A Tuesday, 14:00 in New York.
  world = await startWorld({ now: '2030-10-15T18:00:00Z' })
  await world.settled()
  const key = await inFirm((tx) => createKey(tx, { name: 'desk', scopes: ['read', 'operate'] }, acting()))
  desk = { authorization: `Bearer ${key.key}` }
  attorney = await joins('attorney', 'Ruth Hale')
}, 120_000)
afterAll(() => world.close())

const inFirm = <T>(work: (tx: FirmTx) => Promise<T>) => world.runtime.db.forFirm(world.firmId, work)
const acting = () => ({ by: 'test', now: world.clock.now(), newId: world.runtime.newId })

async function joins(role: Role, name: string): Promise<Who & { staffId: string }> {
  const email = `${name.toLowerCase().replace(' ', '.')}@firm.example`
  const invited = await inFirm((tx) => invite(tx, { name, email, role }, acting()))
  const joined = await fetch(`${world.appUrl}/auth/invitations/${invited!.token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: world.appUrl },
    body: JSON.stringify({ name, email, password: 'a sentence that nobody guesses' }),
  })
  expect(joined.status).toBe(200)
  const cookie = joined.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  return { cookie, origin: world.appUrl, staffId: invited!.id }
}

async function call<T>(
  who: Who,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const { staffId: _, ...headers } = { staffId: '', ...who }
  const response = await fetch(`${world.appUrl}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as T }
}

/** Maria Santos, New York, Spanish, both channels. James Whitfield, Los Angeles, texts only. */
const maria = { phone: '+12015550111', matter: '21001', id: '', client: '' }
const james = { phone: '+13105550112', matter: '21002', id: '', client: '' }
beforeAll(async () => {
  for (const one of [maria, james]) {
    const [row] = await world.rows<{ id: string; client: string }>(
      'select id, client_id as client from matters where external_id = $1',
      [one.matter],
    )
    Object.assign(one, row)
  }
})

interface Wanted {
  template?: string
  channel?: 'sms' | 'email'
  typed?: Record<string, string>
  overrides?: string[]
  reason?: string
  key?: string
}
const about = { topic: 'su pasaporte' }
const looks = async (who: Who, to: { id: string }, wanted: Wanted = {}) => {
  const { reason: _, key: __, ...rest } = wanted
  const body = { template: 'please-call', channel: 'sms', typed: about, ...rest }
  return call<Preview>(who, 'POST', `/matters/${to.id}/messages/preview`, body)
}
const sends = async (who: Who, to: { id: string }, wanted: Wanted = {}, mark?: string) => {
  const seen = mark ?? (await looks(who, to, wanted)).body.mark ?? 'none'
  const body = {
    key: crypto.randomUUID(),
    template: 'please-call',
    channel: 'sms',
    typed: about,
    mark: seen,
    ...wanted,
  }
  return call<Result & { title?: string; errors?: { path: string; message: string }[] }>(
    who,
    'POST',
    `/matters/${to.id}/messages`,
    body,
  )
}
let before = 0
const heard = async (phone = maria.phone) => (await world.messages({ to: phone })).slice(before)
beforeEach(async () => {
  await world.settled()
  before = (await world.messages({ to: maria.phone })).length
})

describe('before it is sent', () => {
  it('the templates are named that may be sent by hand, with what is to be typed', async () => {
    const { body } = await call<{ items: unknown[] }>(desk, 'GET', `/matters/${maria.id}/templates`)
    expect(body).toMatchObject({
      items: [
        {
          key: 'please-call',
          purpose: 'status',
          variables: [{ path: 'topic' }],
          channels: [
            { channel: 'sms', lacks: [] },
            { channel: 'email', lacks: [] },
          ],
        },
      ],
      client: { id: maria.client, name: 'Maria Santos' },
      language: 'es',
      mayOverride: false,
    })
  })

  it('it is shown as it would leave, in the client’s language, with segments and every gate', async () => {
    const { body } = await looks(desk, maria)
    expect(body).toMatchObject({
      verdict: 'goes',
      language: 'es',
      address: maria.phone,
      text: 'Maria, Harbor & Pike: llámenos, por favor, al (212) 555-0100 sobre su pasaporte.',
      // The accents of its first word are not in the alphabet of 160 characters.
      segments: 2,
      problems: [],
    })
    expect(body.gates.map((g) => [g.gate, g.verdict])).toEqual(
      ['paused', 'opted_out', 'preference', 'contact_point', 'already_said', 'quiet_hours', 'digest'].map(
        (g) => [g, 'pass'],
      ),
    )
    expect(await heard()).toEqual([])
  })

  it('what is not typed keeps it from being sent, and what is no variable is refused', async () => {
    expect((await looks(desk, maria, { typed: {} })).body).toMatchObject({
      verdict: 'incomplete',
      mark: null,
      problems: [expect.stringContaining('missing topic')],
    })
    expect(await sends(desk, maria, { typed: {} }, 'x')).toMatchObject({
      status: 409,
      body: { title: 'Its words are not complete' },
    })
    expect(await looks(desk, maria, { typed: { 'firm.name': 'Evil & Co' } })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.typed.firm.name' }] },
    })
    expect((await looks(desk, maria, { template: 'welcome' })).status).toBe(422)
  })
})

describe('a message that is sent', () => {
  it('arrives once, however often its button is pressed, and stands in the timeline with its receipt', async () => {
    const { body: seen } = await looks(desk, maria)
    const key = crypto.randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => sends(attorney, maria, { key }, seen.mark!)),
    )
    expect(answers.map((a) => a.status)).toEqual(Array(8).fill(200))
    expect(new Set(answers.map((a) => a.body.messageId)).size).toBe(1)
    expect(answers.filter((a) => !a.body.repeated)).toHaveLength(1)
    await world.settled()
    expect((await heard()).map((m) => m.text)).toEqual([seen.text])
    const { body } = await call<Timeline>(desk, 'GET', `/matters/${maria.id}/timeline`)
    expect(body.items.find((item) => item.kind === 'message')).toMatchObject({
      id: answers[0]!.body.messageId,
      state: 'delivered',
      body: seen.text,
      written: { by: 'Ruth Hale', overrides: [], reason: null },
    })
    // The same key for anything else is a mistake.
    expect((await sends(attorney, maria, { key, typed: { topic: 'otra cosa' } }, seen.mark!)).status).toBe(
      409,
    )
    expect((await sends(attorney, james, { key }, seen.mark!)).status).toBe(409)
  })

  it('went through the life of any message: event, decision, notice, claim, attempt, receipt; the record says who', async () => {
    const { body: sent } = await sends(attorney, maria)
    await world.settled()
    const { body } = await call<Trace>(desk, 'GET', `/trace?as=message&q=${sent.messageId}`)
    const story = body.stories[0]!
    expect(story.event).toMatchObject({ type: 'message.written', data: { written: { by: 'Ruth Hale' } } })
    expect(story.decisions).toMatchObject([{ results: [{ rule: 'by-hand:please-call', outcome: 'told' }] }])
    expect(story.notices).toMatchObject([
      { state: 'messaged', messages: [{ state: 'delivered', attempts: [{ verdict: 'accepted' }] }] },
    ])
    const acts = await world.rows<{ action: string; actor: string }>(
      `select action, actor from audit_entries where subject = $1 order by seq`,
      [`message:${sent.messageId}`],
    )
    expect(acts).toContainEqual({ action: 'message.written', actor: `staff:${attorney.staffId}` })
    expect(acts.map((a) => a.action)).toEqual(
      expect.arrayContaining(['message.queued', 'attempt.accepted', 'receipt.delivered']),
    )
  })

  it('goes by mail with the Markdown of its template, and what was typed is text', async () => {
    const typed = { topic: '**this** <b>here</b>' }
    const { body: seen } = await looks(desk, maria, { channel: 'email', typed })
    expect(seen.content).toContain('&lt;b&gt;here&lt;/b&gt;')
    expect(await sends(desk, maria, { channel: 'email', typed })).toMatchObject({ status: 200 })
    await world.settled()
    const mail = (await world.messages({ channel: 'email', to: 'maria.santos@example.com' })).at(-1)!
    expect(mail.html).toContain('&lt;b&gt;here&lt;/b&gt;')
    expect(mail.html).not.toContain('<b>here')
  })
})

describe('gates', () => {
  it('hold it on a paused matter; once that is lifted it goes, with the words of then', async () => {
    await call(desk, 'POST', '/pauses', { scope: 'matter', target: maria.id, reason: 'talks' })
    const { body: seen } = await looks(attorney, maria)
    expect(seen).toMatchObject({ verdict: 'waits', until: null, reason: 'matter paused' })
    expect(seen.gates.find((g) => g.gate === 'paused')).toMatchObject({ verdict: 'hold', override: null })
    const sent = await sends(attorney, maria)
    expect(sent.body).toMatchObject({ state: 'held', dueAt: null })
    await world.settled()
    expect(await heard()).toEqual([])
    await call(desk, 'POST', '/pauses/resume', { scope: 'matter', target: maria.id })
    await world.settled()
    expect(await heard()).toHaveLength(1)
  })

  it('do not let go of what somebody wrote more than a week ago', async () => {
    await call(desk, 'POST', '/pauses', { scope: 'matter', target: maria.id, reason: 'talks' })
    const { body } = await sends(attorney, maria)
    await world.advance({ hours: 24 * 8 })
    await call(desk, 'POST', '/pauses/resume', { scope: 'matter', target: maria.id })
    await world.settled()
    expect(await heard()).toEqual([])
    expect(await world.rows('select state, reason from messages where id = $1', [body.messageId])).toEqual([
      { state: 'cancelled', reason: 'written too long ago' },
    ])
  })

  it('refuse it by a channel that the client does not want, and nothing is written', async () => {
    const { body } = await looks(attorney, james, { channel: 'email', typed: { topic: 'x' } })
    expect(body).toMatchObject({ verdict: 'refused', mark: null, text: expect.stringContaining('call us') })
    const count = () => world.rows(`select count(*)::int as n from events where type = 'message.written'`)
    const events = await count()
    expect(
      (await sends(attorney, james, { channel: 'email', overrides: ['cap'], reason: 'r' }, 'x')).status,
    ).toBe(409)
    expect(await count()).toEqual(events)
  })

  it('refuse it to who said STOP, whoever asks and whatever they would let it pass', async () => {
    await world.text(maria.phone, 'STOP')
    await world.settled()
    const wanted = { overrides: ['quiet_hours', 'cap'], reason: 'urgent' }
    const { body } = await looks(attorney, maria, wanted)
    expect(body).toMatchObject({ verdict: 'refused', mark: null })
    expect(body.gates.at(-1)).toMatchObject({ gate: 'opted_out', verdict: 'suppress', override: null })
    expect(await sends(attorney, maria, wanted, 'x')).toMatchObject({
      status: 409,
      body: { title: 'It may not be sent', errors: [{ path: 'gate.opted_out' }] },
    })
    await world.text(maria.phone, 'START')
    await world.settled()
  })
})

describe('the wrong person', () => {
  it('is not written to: the address has changed since it was looked at', async () => {
    const { body } = await looks(desk, maria)
    const changed = (from: string, to: string) =>
      inFirm((tx) => tx.run('update contact_points set address = $2 where address = $1', [from, to]))
    await changed(maria.phone, '+12015550177')
    expect(await sends(desk, maria, {}, body.mark!)).toMatchObject({
      status: 409,
      body: { title: 'What would be sent has changed since it was looked at' },
    })
    await changed('+12015550177', maria.phone)
  })

  it('nor when the matter has another client by the time that what held it lets go', async () => {
    await call(desk, 'POST', '/pauses', { scope: 'matter', target: maria.id, reason: 'talks' })
    const { body } = await sends(attorney, maria)
    // The read that the message asked for is over.
    await world.settled()
    // As the next read of the CMS would have it: what is older is read anew first.
    await inFirm((tx) =>
      tx.run('update matters set client_id = $2, observed_at = $3 where id = $1', [
        maria.id,
        james.client,
        world.clock.now(),
      ]),
    )
    await call(desk, 'POST', '/pauses/resume', { scope: 'matter', target: maria.id })
    await world.settled()
    expect(await world.rows('select state, reason from messages where id = $1', [body.messageId])).toEqual([
      { state: 'cancelled', reason: 'the matter has another client now' },
    ])
    // And what was looked at for the former one can't be sent to the present one.
    const seen = await looks(desk, maria)
    await inFirm((tx) => tx.run('update matters set client_id = $2 where id = $1', [maria.id, maria.client]))
    expect((await sends(desk, maria, {}, seen.body.mark!)).status).toBe(409)
  })

  it('sees nothing over a wall, and writes there to nobody', async () => {
    const behind = await joins('staff', 'Nadia Ortiz')
    const close = { matterId: maria.id as MatterId, staffId: behind.staffId }
    await inFirm((tx) => closeMatter(tx, close, 'conflict', acting()))
    expect((await call(behind, 'GET', `/matters/${maria.id}/templates`)).status).toBe(404)
    expect((await looks(behind, maria)).status).toBe(404)
    expect((await sends(behind, maria, {}, 'x')).status).toBe(404)
    // To others they may.
    expect((await sends(behind, james, { typed: { topic: 'x' } })).status).toBe(200)
  })
})

describe('quiet hours', () => {
  beforeAll(async () => {
    // 23:00 in New York.
    const now = world.clock.now().toZonedDateTimeISO('America/New_York')
    const late = now.withPlainTime('23:00')
    await world.advance(
      now.until(late.epochMilliseconds > now.epochMilliseconds ? late : late.add({ days: 1 })),
    )
  })

  it('hold it till the morning, and who may let it pass is told so', async () => {
    const { body } = await looks(attorney, maria)
    expect(body.verdict).toBe('waits')
    expect(body.gates.find((g) => g.gate === 'quiet_hours')).toMatchObject({
      verdict: 'hold',
      override: 'quiet_hours',
    })
    expect(
      (await call<{ mayOverride: boolean }>(attorney, 'GET', `/matters/${maria.id}/templates`)).body
        .mayOverride,
    ).toBe(true)
  })

  it('are let pass by an attorney with a reason, by nobody else, and the trace says so', async () => {
    const wanted = { overrides: ['quiet_hours'], reason: 'She must sign before midnight' }
    const other = await joins('staff', 'Tom Weber')
    for (const who of [desk, other]) expect((await sends(who, maria, wanted)).status).toBe(403)
    expect((await sends(attorney, maria, { overrides: ['quiet_hours'] })).status).toBe(422)
    expect((await sends(attorney, maria, { overrides: ['paused'], reason: 'r' }, 'x')).status).toBe(422)
    const { body } = await sends(attorney, maria, wanted)
    // A day has passed: the CMS is asked first, and then it goes by itself.
    expect(body).toMatchObject({ state: 'held', readsFirst: true })
    await world.settled()
    expect(await heard()).toHaveLength(1)
    const { body: trace } = await call<Trace>(desk, 'GET', `/trace?as=message&q=${body.messageId}`)
    expect(trace.stories[0]!.event.data.written).toEqual({
      by: 'Ruth Hale',
      overrides: ['quiet_hours'],
      reason: 'She must sign before midnight',
    })
    expect(trace.stories[0]!.notices[0]!.gates).toContainEqual(
      expect.objectContaining({
        gate: 'quiet_hours',
        verdict: 'pass',
        reason: expect.stringContaining('let pass by hand'),
      }),
    )
    expect(
      await world.rows(
        `select actor, data from audit_entries where action = 'gate.overridden' and subject = $1`,
        [`message:${body.messageId}`],
      ),
    ).toEqual([
      { actor: `staff:${attorney.staffId}`, data: { gates: ['quiet_hours'], reason: wanted.reason } },
    ])
  })

  it('hold again when a pause held it longer than what was let pass counts', async () => {
    await call(desk, 'POST', '/pauses', { scope: 'client', target: maria.client, reason: 'talks' })
    const { body } = await sends(attorney, maria, { overrides: ['quiet_hours'], reason: 'tonight' })
    expect(body.state).toBe('held')
    await world.advance({ hours: 2 })
    await call(desk, 'POST', '/pauses/resume', { scope: 'client', target: maria.client })
    await world.settled()
    expect(await heard()).toEqual([])
    const [row] = await world.rows<{ state: string; reason: string }>(
      'select state, reason from messages where id = $1',
      [body.messageId],
    )
    expect(row).toMatchObject({ state: 'held', reason: expect.stringContaining('quiet hours') })
  })

  it('that the client asked for are theirs alone', async () => {
    await call(desk, 'PUT', '/wishes', { client: maria.client, quiet: [{ from: '20:00', until: '10:00' }] })
    const { body } = await looks(attorney, maria, { overrides: ['quiet_hours'] })
    expect(body.verdict).toBe('waits')
    expect(body.gates.find((g) => g.gate === 'quiet_hours')).toMatchObject({
      verdict: 'hold',
      override: null,
    })
    await call(desk, 'PUT', '/wishes', { client: maria.client, quiet: [] })
  })
})

describe('the page of the matter', () => {
  it('has reminders to come, each with when, in whose zone and by which channel', async () => {
    const day = world.clock.now().add({ hours: 24 * 12 })
    await world.control('POST', '/_sandbox/cms/calendar_entries', {
      summary: 'Hearing before Judge Ortiz',
      start_at: day.toString(),
      end_at: day.add({ hours: 1 }).toString(),
      calendar_entry_event_type: { name: 'Hearing' },
      matter: { id: Number(maria.matter) },
    })
    await world.settled()
    const { body } = await call<Page>(desk, 'GET', `/matters/${maria.id}`)
    expect(body.dates[0]).toMatchObject({ what: 'Hearing before Judge Ortiz', removedAt: null })
    expect(body.reminders.length).toBeGreaterThan(0)
    for (const one of body.reminders)
      expect(one).toMatchObject({
        what: 'Hearing before Judge Ortiz',
        zone: 'America/New_York',
        zoneOf: 'client',
        state: 'planned',
      })
    expect(body.reminders[0]!.channels).toContainEqual({
      channel: 'sms',
      address: maria.phone,
      verdict: 'pass',
      reason: null,
    })
    const client = await call<Page>(desk, 'GET', `/clients/${maria.client as ClientId}`)
    expect(client.body.reminders.map((r) => r.id)).toEqual(
      expect.arrayContaining(body.reminders.map((r) => r.id)),
    )
  })
})

/**
 * A week in the life of appointments, some of which move or are called off, with the process killed again and again in
 * the middle of whatever it does; of 500 and with twenty kills by `npm run week`, of fewer among the other tests. What the outside world got is held, message by message, against a model that knows
 * nothing of the code (week-model.ts).
 */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SentMessage, startWorld, type World } from '../support/world.ts'
import { firmOfReminders } from './firm-of-reminders.ts'
import { mortal } from './mortal.ts'
import { type Random, randomFrom } from './random.ts'
import { type Act, type Expected, expectedOf, type Story, wakes } from './week-model.ts'

const { count, kills } =
  process.env.TIPSTAFF_WEEK === 'whole' ? { count: 500, kills: 20 } : { count: 60, kills: 5 }
/** Friday midnight in New York; on Sunday the clocks go back there, not everywhere at once. */
const begins = Temporal.Instant.from('2030-11-01T04:00:00Z')
const week = 7 * 24

const dir = firmOfReminders()
let world: World
const reaper = mortal(() => world.crash())
let stories: (Story & { matter: number; entry: number })[] = []

beforeAll(async () => {
  world = await startWorld({
    firm: dir,
    now: begins.toString(),
    adapters: (given) => reaper.adapters(given),
    made: (runtime) => reaper.made(runtime),
  })
  await world.control('PUT', '/_sandbox/cms/settings', { retryBaseSeconds: 0, retries: 20 })
  stories = await imagine(world, randomFrom(7))
}, 60_000)
afterAll(async () => {
  await world.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Clients with their zones as the case management system has them, and what happens to the appointment of each. */
async function imagine(made: World, random: Random) {
  await made.control('POST', '/_sandbox/cms/seed', {
    matters: count,
    clients: count,
    preference: 'SMS',
    seed: 7,
  })
  const list = async <T>(what: string) =>
    ((await made.control('GET', `/_sandbox/cms/${what}`)) as { data: T[] }).data
  const contacts = new Map(
    (
      await list<{
        id: number
        phone_numbers: { number: string }[]
        custom_field_values: { field_name: string; value: string }[]
      }>('contacts')
    ).map((contact) => [contact.id, contact]),
  )
  const matters = (await list<{ id: number; client: { id: number } }>('matters')).slice(-count)
  return matters.map((matter, i) => {
    const contact = contacts.get(matter.client.id)!
    const zone = contact.custom_field_values.find((field) => field.field_name === 'Time zone')!.value
    return {
      matter: matter.id,
      entry: 0,
      summary: `Hearing no. ${i}`,
      phone: contact.phone_numbers[0]!.number,
      zone,
      acts: fate(random, zone),
    }
  })
}

/**
 * People work on their diary every four hours, three minutes before the hour, so that nothing happens while something
 * falls due, and what their work leads to two minutes later is looked at with the full hour.
 */
function fate(random: Random, zone: string): Act[] {
  const hour = (low: number, high: number) => Math.floor(low + random() * (high - low))
  const turn = (low: number, high: number) => 4 * hour(Math.ceil(low / 4), Math.floor(high / 4))
  const when = (hours: number) => begins.add({ minutes: hours * 60 - 3 })
  // At a full hour between 8 and 18 of the client's own day.
  const startAfter = (hours: number): Temporal.Instant => {
    const day = begins
      .add({ hours: hours + hour(6, 72) })
      .toZonedDateTimeISO(zone)
      .toPlainDate()
    const plainTime = Temporal.PlainTime.from({ hour: hour(8, 19) })
    const start = day.toZonedDateTime({ timeZone: zone, plainTime }).toInstant()
    return Temporal.Instant.compare(start, when(hours + 1)) > 0 ? start : start.add({ hours: 24 })
  }
  // What is said three minutes before nine in the evening may be looked at when it is too late.
  const late = (hours: number) => when(hours).toZonedDateTimeISO(zone).hour === 20
  const wished = random() < 0.6 ? 4 : turn(8, week - 48)
  const booked = late(wished) ? wished + 4 : wished
  const acts: Act[] = [{ at: when(booked), start: startAfter(booked) }]
  for (let changes = 0; changes < 3; changes++) {
    if (random() > 0.4) break
    const { at, start } = acts.at(-1)!
    const [low, high] = [at, start!].map((moment) => begins.until(moment).total('hours'))
    const then = turn(low! + 1, high!)
    if (then <= low! || then + 1 >= high! || late(then)) break
    const next = random() < 0.3 ? null : startAfter(then)
    // Dragged about and put back where it was: that moves nothing.
    if (next !== null && Temporal.Instant.compare(next, start!) === 0) break
    acts.push({ at: when(then), start: next })
    if (next === null) break
  }
  return acts
}

/** Lets time go to a moment and everything happen that is due; a death on the way is one of the week's. */
async function until(moment: Temporal.Instant): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    const left = Math.max(0, world.clock.now().until(moment).total('seconds'))
    const death = reaper.death().then(() => 'died' as const)
    const went = world.advance({ seconds: left }).then(
      () => 'there' as const,
      () => 'died' as const,
    )
    if ((await Promise.race([went, death])) === 'there') return
  }
  throw new Error('nothing came to rest')
}

async function perform(story: (typeof stories)[number], { start }: Act): Promise<void> {
  const path = '/_sandbox/cms/calendar_entries'
  const times = start && { start_at: start.toString(), end_at: start.add({ minutes: 30 }).toString() }
  if (times === null) await world.control('DELETE', `${path}/${story.entry}`)
  else if (story.entry > 0) await world.control('PATCH', `${path}/${story.entry}`, times)
  else {
    const { summary, matter } = story
    const made = await world.control('POST', path, { summary, ...times, matter: { id: matter } })
    story.entry = (made as { data: { id: number } }).data.id
  }
}

it('says to each client what is true, once, at its time, whatever happens', {
  timeout: 300_000,
}, async () => {
  const random = randomFrom(11)
  const expected = stories.flatMap(expectedOf)
  const acts = Map.groupBy(
    stories.flatMap((story) => story.acts.map((act) => ({ story, act }))),
    ({ act }) => act.at.epochMilliseconds,
  )
  const marks = new Set([
    ...[...acts.keys()].flatMap((ms) => [ms, ms + 3 * oneLook]),
    ...expected.map(({ at }) => at.epochMilliseconds),
  ])
  const moments = [...marks]
    .sort((a, b) => a - b)
    .filter((ms, _, all) => acts.has(ms) || !all.some((later) => later > ms && later <= ms + oneLook))
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))
  const deadly = new Set<number>()
  // In the last days little is left to be killed in.
  while (deadly.size < kills) deadly.add(Math.floor(random() * moments.length * 0.8))
  let toDie = 0
  let mourning = false
  const deaths: Temporal.Instant[] = []

  for (const [i, moment] of moments.entries()) {
    if (deadly.has(i)) toDie++
    const armed = toDie > 0
    const when = random() < 0.5 ? ('before' as const) : ('after' as const)
    if (armed) reaper.arm({ label: '*', nth: 1 + Math.floor(random() * 120), when })
    await until(moment)
    for (const { story, act } of acts.get(moment.epochMilliseconds) ?? []) await perform(story, act)
    // What is due is looked up first; the answer is there some seconds later.
    await until(moment.add({ seconds: acts.has(moment.epochMilliseconds) ? 1 : 6 }))
    const died = armed && reaper.disarm().fired
    // What went on may not have been enough to reach that statement: then at the next moment.
    if (died) {
      toDie--
      deaths.push(moment)
    }
    // A process that died left reads and calls of which nobody knows: their leases end, Twilio is asked, twice and a
    // minute apart; and what was read is only looked at while it is fresh. The full hour comes three minutes after acts.
    if (died || mourning) for (const seconds of [50, 56, 120, 126]) await until(moment.add({ seconds }))
    mourning = died
  }
  await until(moments.at(-1)!.add({ minutes: 10 }))

  const messages = await world.messages({ channel: 'sms' })
  expect(differences(expected, messages, deaths)).toEqual([])
  expect(deaths.length).toBeGreaterThanOrEqual(kills)
  const zones = new Map(stories.map(({ phone, zone }) => [phone, zone]))
  const waking = messages.filter((m) => wakes(Temporal.Instant.from(m.acceptedAt), zones.get(m.to)!))
  expect(waking.map(({ text }) => text)).toEqual([])
  console.info(
    `${stories.length} appointments, ${stories.reduce((n, s) => n + s.acts.length - 1, 0)} changes, ${messages.length} messages, ${deaths.length} deaths, ${moments.length} moments`,
  )
})

/** Moments that are as near as this are looked at together, in milliseconds. */
const oneLook = 60_000
/** Longer after a death: the lease of 40 s, and what the provider is asked. */
const promptly = { seconds: 90 }
const afterDeath = { minutes: 5 }

function differences(
  expected: readonly Expected[],
  messages: readonly SentMessage[],
  deaths: readonly Temporal.Instant[],
): string[] {
  const found: string[] = []
  const left = new Map(Map.groupBy(messages, (m) => `${m.to} ${m.text}`))
  const wanted = Map.groupBy(expected, (e) => `${e.phone} ${e.text}`)
  for (const [key, those] of wanted) {
    const got = (left.get(key) ?? []).map((m) => Temporal.Instant.from(m.acceptedAt))
    left.delete(key)
    const due = those.map(({ at }) => at).toSorted(Temporal.Instant.compare)
    if (got.length !== due.length) {
      found.push(
        `${key}: ${got.length} instead of ${due.length}; due ${due.join(' ')}; said ${got.join(' ')}`,
      )
      continue
    }
    for (const [i, at] of got.toSorted(Temporal.Instant.compare).entries()) {
      const mourned = deaths.some(
        (d) => Math.abs(d.epochMilliseconds - due[i]!.epochMilliseconds) < 5 * oneLook,
      )
      const latest = due[i]!.add(mourned ? afterDeath : promptly)
      if (Temporal.Instant.compare(at, due[i]!) < 0 || Temporal.Instant.compare(at, latest) > 0)
        found.push(`${key}: due ${due[i]}, said ${at}`)
    }
  }
  for (const [key, those] of left)
    found.push(`${key}: nobody wanted it, said ${those.map((m) => m.acceptedAt).join(' ')}`)
  return found
}

/**
 * One kill at every boundary of a flow, each on a matter of its own; then time passes, and everyone must have heard exactly
 * once. In-process, on the real database, with a clock that is driven.
 *
 * Wherever a process dies inside a transaction, PostgreSQL undoes the same: `npm test` dies at one statement of each, another
 * one each day, and at all that is kept: commits, statements by themselves, calls to the outside. `npm run boundaries` dies at
 * every statement there is.
 */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pauseTarget, replayLetters, resumeTarget } from '../../src/modules/console/index.ts'
import { type SentMessage, startWorld, type World } from '../support/world.ts'
import { firmOfOneRetry } from './firm-of-one-retry.ts'
import { type Boundary, mortal } from './mortal.ts'

interface Case {
  matter: number
  client: number
  number: string
  phone: string
}

/** More than any of the flows has boundaries. */
const most = 160
const atAll = process.env.TIPSTAFF_BOUNDARIES === 'all'

/** @returns where to die: everywhere, or once in each transaction and wherever something is kept */
function placesOf(boundaries: readonly Boundary[]): Boundary[] {
  if (atAll) return [...boundaries]
  const today = Math.floor(Date.now() / 86_400_000)
  const within = Map.groupBy(boundaries, ({ undone }) => undone ?? null)
  return [...within].flatMap(([transaction, places]) =>
    transaction === null ? places : [places[today % places.length]!],
  )
}

describe('killed at every statement boundary', { timeout: 900_000 }, () => {
  let world: World
  const reaper = mortal(() => world.crash())
  const dir = firmOfOneRetry()
  const fresh: Case[] = []

  beforeAll(async () => {
    world = await startWorld({
      firm: dir,
      // Each life opens its connections anew, which is most of what a death costs here.
      poolSize: 3,
      adapters: (given) => reaper.adapters(given),
      made: (runtime) => reaper.made(runtime),
    })
    const { control, appUrl } = world
    await control('PUT', '/_sandbox/cms/settings', { retryBaseSeconds: 0, retries: 20 })
    await control('PUT', '/_sandbox/twilio/numbers/+12015550123', {
      smsUrl: `${appUrl}/texts/torture-twilio`,
    })
    fresh.push(...(await seed(world, most * 5)))
  }, 60_000)
  afterAll(async () => {
    await world.close()
    rmSync(dir, { recursive: true, force: true })
  })

  /** Waits until nothing moves, in whichever process is there by then. */
  const calm = async () => {
    for (let tries = 0; tries < 5; tries++) {
      const died = reaper.death().then(() => 'died' as const)
      const quiet = world.settled().then(
        () => 'calm' as const,
        () => 'died' as const,
      )
      if ((await Promise.race([quiet, died])) === 'calm') return
    }
    throw new Error('nothing came to rest')
  }
  const pass = async (duration: Temporal.DurationLike) => {
    world.clock.advance(duration)
    await world.control('PUT', '/_sandbox/clock', { now: world.clock.now().toString() })
    await calm()
  }
  /** A person who sees an error tries again. */
  const insist = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch {
      return work()
    }
  }
  const inFirm: World['runtime']['db']['forFirm'] = (firmId, work) => world.runtime.db.forFirm(firmId, work)
  const acting = () => ({
    by: 'staff:test',
    now: world.clock.now(),
    newId: world.runtime.newId,
    nudge: world.runtime.nudge,
  })

  /**
   * Runs the flow twice to learn its boundaries, then once for each place with a kill there.
   *
   * @param only boundaries whose label fits, each of them
   * @returns on whom it was run, and at which boundary they were cut
   */
  const everywhere = async (take: () => Case, flow: (one: Case) => Promise<void>, only?: RegExp) => {
    await flow(take())
    const record = async () => {
      reaper.arm(null)
      await flow(take())
      return reaper.disarm().recorded
    }
    // What is there in one run only, such as sealing or learning from the first payloads, may not be there to be cut.
    const nameOf = ({ label, nth, when }: Boundary) => `${when} ${label} ${nth}`
    const again = new Set((await record()).map(nameOf))
    const found = (await record()).filter((b) => (only?.test(b.label) ?? true) && again.has(nameOf(b)))
    const boundaries = only ? found : placesOf(found)
    const cut: { one: Case; at: Boundary }[] = []
    const missed: Boundary[] = []
    for (const at of boundaries) {
      let fired = false
      // What happens n times in one run may happen less often in another, as batches form otherwise.
      for (let tries = 0; tries < 3 && !fired; tries++) {
        const one = take()
        // So that what a process remembers for a second is looked up again.
        world.clock.advance({ seconds: 2 })
        await world.control('PUT', '/_sandbox/clock', { now: world.clock.now().toString() })
        reaper.arm(at)
        await flow(one)
        fired = reaper.disarm().fired
        cut.push({ one, at })
      }
      if (!fired) missed.push(at)
    }
    expect(missed.length, `not reached: ${JSON.stringify(missed)}`).toBeLessThan(boundaries.length / 8)
    expect(boundaries.length).toBeGreaterThan(10)
    for (const seconds of [5, 45, 20, 70, 70, 70, 600, 3600]) await pass({ seconds })
    return cut
  }
  const nothingIsOpen = async () => {
    expect(
      await world.rows(
        `select state, reason, body from messages where state in ('queued', 'sending', 'unknown', 'held')`,
      ),
    ).toEqual([])
    expect(
      await world.rows(
        `select state, reason from inbound_deliveries where state in ('stored', 'waiting', 'quarantined')`,
      ),
    ).toEqual([])
    expect(await world.rows('select external_id from fact_requests')).toEqual([])
  }
  const told = (
    cut: readonly { one: Case; at: Boundary }[],
    messages: readonly SentMessage[],
    words: string,
  ) => {
    const byPhone = Map.groupBy(messages, (m) => m.to)
    return cut.flatMap(({ one, at }) => {
      const count = (byPhone.get(one.phone) ?? []).filter((m) => m.text.includes(words)).length
      return count === 1 ? [] : [{ at: `${at.when} ${at.label} #${at.nth}`, count }]
    })
  }
  const take = () => fresh.pop()!

  it('a webhook still becomes one message, on first sight of its matter', async () => {
    const cut = await everywhere(take, async ({ matter }) => {
      await world.changeStage(matter, 'Investigation')
      await calm()
    })
    expect(told(cut, await world.messages(), 'under investigation')).toEqual([])
    await nothingIsOpen()
    const [events] = await world.rows<{ count: number }>(
      `select count(*)::int from events where outcome = 'decided' group by matter_id having count(*) > 1`,
    )
    expect(events).toBeUndefined()
  })

  it('a pause holds and a resume lets go, once', async () => {
    const known = await introduce(fresh.splice(-most))
    const ids = await clientIds(world)
    const early: string[] = []
    const cut = await everywhere(
      () => known.pop()!,
      async (one) => {
        const target = { scope: 'client', id: ids.get(String(one.client))! } as const
        const wanted = { target, name: one.number }
        await insist(() =>
          inFirm(world.firmId, (tx) =>
            pauseTarget(tx, { ...wanted, reason: 'asked', endsAt: null }, acting()),
          ),
        )
        await world.changeStage(one.matter, 'Intake')
        await calm()
        const said = await world.messages({ to: one.phone })
        if (said.some((m) => m.text.includes('being opened'))) early.push(one.number)
        await insist(() => inFirm(world.firmId, (tx) => resumeTarget(tx, wanted, acting())))
        await calm()
      },
    )
    expect(early).toEqual([])
    expect(told(cut, await world.messages(), 'being opened')).toEqual([])
    await nothingIsOpen()
  })

  it('a message that fails dies once, and is replayed once', async () => {
    const known = await introduce(fresh.splice(-most))
    const cut = await everywhere(
      () => known.pop()!,
      async (one) => {
        await world.fault([
          { provider: 'twilio', kind: 'status', status: 500, match: { to: one.phone, method: 'POST' } },
        ])
        await world.changeStage(one.matter, 'Intake')
        await calm()
        const letters = () =>
          insist(() =>
            world.rows<{ id: string }>(
              `select d.id from dead_letters d join messages m on m.id = d.message_id where m.address = $1 and d.state = 'open'`,
              [one.phone],
            ),
          )
        for (let minutes = 0; minutes < 12 && (await letters()).length === 0; minutes++)
          await pass({ seconds: 65 })
        await world.clearFaults()
        const open = (await letters()).map((l) => l.id)
        expect(open).toHaveLength(1)
        const replay = () => inFirm(world.firmId, (tx) => replayLetters(tx, { ids: open }, acting()))
        await insist(replay)
        await calm()
      },
    )
    expect(told(cut, await world.messages(), 'being opened')).toEqual([])
    await nothingIsOpen()
    const twice = await world.rows(
      'select message_id from dead_letters group by message_id having count(*) > 1',
    )
    expect(twice).toEqual([])
    const alerts = await world.rows(
      `select cause from alerts where kind = 'dead_letter' group by cause having count(*) > 1`,
    )
    expect(alerts).toEqual([])
  })

  it('a call that is cut is settled with the provider, when no receipt ever tells', async () => {
    await world.control('PUT', '/_sandbox/settings', {
      twilio: { sentAfterMs: 86_400_000, deliveredAfterMs: 86_400_000 },
    })
    const known = await introduce(fresh.splice(-most / 4))
    const cut = await everywhere(
      () => known.pop()!,
      async (one) => {
        await world.changeStage(one.matter, 'Intake')
        await calm()
      },
      /claim|attempts|provider|outcome|commit/,
    )
    expect(told(cut, await world.messages(), 'being opened')).toEqual([])
    await nothingIsOpen()
    const found = await world.rows(`select id from messages where reason = 'found at the provider'`)
    expect(found.length).toBeGreaterThan(0)
    await world.control('PUT', '/_sandbox/settings', { twilio: { sentAfterMs: 0, deliveredAfterMs: 0 } })
  })

  it('a STOP is heard once and silences', async () => {
    const known = await introduce(fresh.splice(-most))
    const cut = await everywhere(
      () => known.pop()!,
      async (one) => {
        await world.text(one.phone, 'Stop')
        await calm()
        await world.changeStage(one.matter, 'Intake')
        await calm()
      },
    )
    const messages = await world.messages()
    const phones = new Set(cut.map(({ one }) => one.phone))
    expect(messages.filter((m) => phones.has(m.to) && m.text.includes('being opened'))).toEqual([])
    await nothingIsOpen()
    const heard = await world.rows<{ address: string; texts: number; changes: number; silent: boolean }>(
      `select t.from_address as address, count(*)::int as texts,
              (select count(*)::int from consent_changes c where c.address = t.from_address) as changes,
              bool_or(exists (select from consents s where s.address = t.from_address and not s.granted)) as silent
       from incoming_texts t group by 1`,
    )
    const wrong = cut.filter(({ one }) => {
      const mine = heard.find((h) => h.address === one.phone)
      return !(mine?.texts === 1 && mine.changes === 1 && mine.silent)
    })
    expect(wrong.map(({ at }) => `${at.when} ${at.label} #${at.nth}`)).toEqual([])
  })

  /** Makes matters known, with a first message each that is told in peace. */
  async function introduce(cases: Case[]): Promise<Case[]> {
    for (const { matter } of cases) await world.changeStage(matter, 'Investigation')
    await calm()
    return cases
  }
})

async function seed(world: World, count: number): Promise<Case[]> {
  const { matters } = (await world.control('POST', '/_sandbox/cms/seed', {
    matters: count,
    clients: count,
    preference: 'SMS',
  })) as { matters: { firstId: number; lastId: number } }
  const contacts = (await world.control('GET', '/_sandbox/cms/contacts')) as {
    data: { id: number; phone_numbers: { number: string }[] }[]
  }
  const phones = new Map(contacts.data.map((c) => [c.id, c.phone_numbers[0]?.number ?? '']))
  const all = (await world.control('GET', '/_sandbox/cms/matters')) as {
    data: { id: number; display_number: string; client: { id: number } }[]
  }
  return all.data
    .filter(({ id }) => id >= matters.firstId && id <= matters.lastId)
    .map((m) => ({
      matter: m.id,
      client: m.client.id,
      number: m.display_number,
      phone: phones.get(m.client.id)!,
    }))
}

async function clientIds(world: World): Promise<Map<string, string>> {
  const rows = await world.rows<{ id: string; external_id: string }>('select id, external_id from clients')
  return new Map(rows.map((r) => [r.external_id, r.id]))
}

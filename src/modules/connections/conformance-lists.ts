/**
 * What every CmsChanges must do, whatever the CMS behind it: run by each adapter's test against the sandbox over HTTP.
 * What a system can't do is left out of the facts or the world, and then not asked for.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../../kernel/json.ts'
import { snapshotProblems } from './conformance.ts'
import type { CmsAsk, CmsChanges, CmsRecord } from './lists.ts'
import { type CompiledHooks, deliveryKey, mapDelivery } from './mapping.ts'
import type { CmsReader } from './ports.ts'
import type { CmsSnapshot } from './records.ts'
import type { CmsCall, CmsTrouble, CmsVerdict } from './verdicts.ts'

/** A CMS that people work in, and how it is got at. */
export interface ListsWorld {
  /** Opened anew each time, as after a restart. */
  open(): CmsReader
  /** Opened with credentials that are no good; absent where there are none. */
  openAsStranger?(): CmsReader
  /** What its deliveries mean: the default of the kind, compiled. */
  hooks: CompiledHooks
  /** People at the firm work. @returns the id of what was made */
  add(model: string): Promise<string>
  change(model: string, id: string): Promise<void>
  remove(model: string, id: string): Promise<void>
  /** Makes so many more that a list has several pages. */
  fill(model: string): Promise<void>
  /** The CMS's own time, and an hour that passes there. */
  now(): Temporal.Instant
  anHourPasses(): Promise<void>
  /** Where the CMS has webhooks: the body of the one that told of this; undefined where none is asked for. */
  delivered?(model: string, event: ListEvent, id: string): Promise<Json | undefined>
  /** @param kind null: all is well again */
  trouble(kind: ListsTrouble | null): Promise<void>
  close(): Promise<void>
}

export type ListEvent = 'created' | 'updated' | 'deleted'
export type ListsTrouble = 'unavailable' | 'silent' | 'rate limited'

export interface ListsFacts {
  /** Streams that people can add to, change and delete from in the sandbox. */
  worked: readonly { model: string; add: boolean; change: boolean; remove: boolean }[]
  /** One that `fill` can make longer than a page. */
  long: string
  troubles: readonly ListsTrouble[]
}

const all: CmsAsk = { since: null, window: null, cursor: null }

export function describeLists(name: string, facts: ListsFacts, make: () => Promise<ListsWorld>): void {
  describe(`the lists of ${name}`, () => {
    let world: ListsWorld
    let calls: CmsCall[] = []
    const onCall = (call: CmsCall): void => void calls.push(call)
    const lists = (reader = world.open()): CmsChanges => {
      if (reader.changes === undefined) throw new Error('it has no lists')
      return reader.changes
    }
    const good = <T>(verdict: CmsVerdict<T>): T => {
      if (!verdict.ok) throw new Error(`${verdict.kind}: ${verdict.detail}`)
      return verdict.value
    }
    const stream = (model: string) => {
      const found = lists().streams.find((one) => one.model === model)
      if (found === undefined) throw new Error(`it has no stream ${model}`)
      return found
    }
    /** Every page, each by a reader of its own. */
    const walk = async (model: string, ask: CmsAsk = windowed(model)): Promise<CmsRecord[][]> => {
      const pages: CmsRecord[][] = []
      let cursor: string | null = null
      do {
        const page: { records: CmsRecord[]; next: string | null } = good(
          await lists().page(model, { ...ask, cursor }, onCall),
        )
        pages.push(page.records)
        cursor = page.next
      } while (cursor !== null)
      return pages
    }
    const windowed = (model: string): CmsAsk =>
      stream(model).by === 'window'
        ? {
            ...all,
            window: {
              from: world.now().subtract({ hours: 48 }),
              until: world.now().add({ hours: 24 * 400 }),
            },
          }
        : all
    const since = (model: string, at: Temporal.Instant): CmsAsk =>
      stream(model).by === 'since' ? { ...all, since: at } : windowed(model)
    const everyId = async (model: string): Promise<string[]> => {
      const ids: string[] = []
      let cursor: string | null = null
      do {
        const page: { ids: string[]; next: string | null } = good(await lists().ids(model, cursor, onCall))
        ids.push(...page.ids)
        cursor = page.next
      } while (cursor !== null)
      return ids
    }
    const found = async (model: string, ask: CmsAsk, id: string): Promise<CmsRecord> => {
      const record = (await walk(model, ask)).flat().find(({ externalId }) => externalId === id)
      if (record === undefined) throw new Error(`${model} ${id} is not in its list`)
      return record
    }
    /** As a delivery: what makes it unique, and what it means. */
    const understood = (model: string, body: Json) => {
      const input = { body, headers: {}, model, receivedAt: world.now() }
      return { key: deliveryKey(world.hooks, input), mapping: mapDelivery(world.hooks, input) }
    }

    beforeAll(async () => {
      world = await make()
    })
    afterEach(async () => {
      await world.trouble(null)
      calls = []
    })
    afterAll(() => world?.close())

    it('are named once each, clients before matters and matters before what belongs to them', () => {
      const streams = lists().streams
      expect(new Set(streams.map(({ model }) => model)).size).toBe(streams.length)
      const order = streams.map(({ holds }) => (holds === 'client' ? 0 : holds === 'matter' ? 1 : 2))
      expect(order).toEqual([...order].sort())
    })

    it('are read to the end, each record once and in the shape that the port promises', async () => {
      for (const { model, holds } of lists().streams) {
        const records = (await walk(model)).flat()
        expect(new Set(records.map(({ externalId }) => externalId)).size, model).toBe(records.length)
        for (const record of records) {
          expect([record.read.holds, model]).toEqual([holds, model])
          expect(snapshotProblems(snapshotWith(record))).toEqual([])
        }
      }
    })

    it('tell the same of a matter as reading it does', async () => {
      const reader = world.open()
      const streams = lists(reader).streams
      const ofMatters = streams.find(({ holds }) => holds === 'matter')
      if (ofMatters === undefined) return
      const matters = (await walk(ofMatters.model)).flat()
      const facts = new Map<string, CmsRecord['read']>()
      for (const { model, holds } of streams)
        for (const { externalId, read } of (await walk(model)).flat())
          facts.set(`${holds} ${externalId}`, read)
      for (const { externalId, read } of matters.slice(0, 20)) {
        const snapshot = good(await reader.readMatter(externalId, onCall))
        if (read.holds !== 'matter') throw new Error(read.holds)
        expect(read.matter).toEqual(snapshot.matter)
        expect(read.clientExternalId).toBe(snapshot.client?.externalId ?? null)
        const { client, contactPoints, rejected } = snapshot
        const listed = facts.get(`client ${client?.externalId}`)
        if (listed !== undefined) expect(listed).toEqual({ holds: 'client', client, contactPoints, rejected })
        const kinds = { documents: 'document', bills: 'bill', appointments: 'appointment' } as const
        for (const [kind, holds] of Object.entries(kinds) as [keyof typeof kinds, string][])
          for (const fact of snapshot[kind]) {
            const told = facts.get(`${holds} ${fact.externalId}`)
            if (told !== undefined) expect(told).toMatchObject({ holds, fact, matterExternalId: externalId })
          }
      }
    })

    it('go on from any page, by a cursor that another process kept', async () => {
      await world.fill(facts.long)
      const [first, second, ...rest] = await walk(facts.long)
      expect(second).toBeDefined()
      const { next } = good(await lists().page(facts.long, windowed(facts.long), onCall))
      expect(next).not.toMatch(/^[a-z]+:\/\//i)
      const again = good(await lists().page(facts.long, { ...windowed(facts.long), cursor: next }, onCall))
      expect(again.records.map(({ externalId }) => externalId)).toEqual(
        second?.map(({ externalId }) => externalId),
      )
      if (stream(facts.long).countable)
        expect((await everyId(facts.long)).sort()).toEqual(
          [first ?? [], second ?? [], ...rest]
            .flat()
            .map(({ externalId }) => externalId)
            .sort(),
        )
    })

    for (const { model, add, change, remove } of facts.worked) {
      it(`show what became of a ${model}, as its webhook would`, async () => {
        if (stream(model).by === 'since') {
          await world.anHourPasses()
          expect((await walk(model, since(model, world.now()))).flat()).toEqual([])
        }
        const before = world.now()
        const id = add ? await world.add(model) : (await walk(model)).flat().at(-1)?.externalId
        if (id === undefined) throw new Error('there is nothing to change')
        if (add) {
          const made = await found(model, since(model, before), id)
          await expectSame(made, 'created')
          // Whole seconds are enough for a CMS.
          const earliest = before.subtract({ seconds: 1 }).epochMilliseconds
          expect(made.createdAt?.epochMilliseconds ?? earliest).toBeGreaterThanOrEqual(earliest)
        }
        if (change) {
          const old = await found(model, windowed(model), id)
          await world.anHourPasses()
          const at = world.now()
          await world.change(model, id)
          const changed = await found(model, since(model, at), id)
          expect(changed.version === null || changed.version !== old.version).toBe(true)
          await expectSame(changed, 'updated')
          const keys = [old, changed].map((record) => understood(model, record.payload('updated')).key)
          if (keys[0] !== null) expect(keys[0]).not.toBe(keys[1])
        }
        if (remove) {
          if (stream(model).countable) expect(await everyId(model)).toContain(id)
          await world.remove(model, id)
          if (stream(model).countable) expect(await everyId(model)).not.toContain(id)
          const gone = understood(model, lists().gone(model, id))
          expect(['events', 'ignored']).toContain(gone.mapping.kind)
          const told = await world.delivered?.(model, 'deleted', id)
          if (told !== undefined) expect(gone.key).toBe(understood(model, told).key)
        }

        async function expectSame(record: CmsRecord, event: 'created' | 'updated'): Promise<void> {
          const own = understood(model, record.payload(event))
          expect(['events', 'ignored']).toContain(own.mapping.kind)
          const told = await world.delivered?.(model, event, record.externalId)
          if (told !== undefined) expect(own).toEqual(understood(model, told))
        }
      })
    }

    const expected: Record<ListsTrouble, CmsTrouble['kind']> = {
      unavailable: 'unavailable',
      silent: 'unavailable',
      'rate limited': 'rate_limited',
    }
    for (const kind of facts.troubles) {
      it(`give a verdict when the CMS is ${kind}, and report each call once`, async () => {
        await world.trouble(kind)
        // Silence takes its time: one list stands for all.
        const asked = lists().streams.filter(({ model }) => kind !== 'silent' || model === facts.long)
        for (const { model, countable } of asked) {
          calls = []
          expect(await lists().page(model, windowed(model), onCall)).toMatchObject({
            ok: false,
            kind: expected[kind],
          })
          expect(calls).toHaveLength(1)
          if (countable)
            expect(await lists().ids(model, null, onCall)).toMatchObject({ ok: false, kind: expected[kind] })
        }
        const verdict = await lists().page(facts.long, windowed(facts.long), onCall)
        if (kind === 'rate limited') expect(verdict).toMatchObject({ retryAfter: expect.any(Number) })
      })
    }

    it('give a verdict for a list, a cursor or credentials that are no good', async () => {
      expect(await lists().page('no such model', all, onCall)).toMatchObject({ ok: false, kind: 'refused' })
      for (const cursor of ['', 'nonsense', 'https://elsewhere.example.com/', '&&=%'])
        expect(await lists().page(facts.long, { ...windowed(facts.long), cursor }, onCall)).toMatchObject({
          ok: false,
        })
      if (world.openAsStranger === undefined) return
      const verdict = await lists(world.openAsStranger()).page(facts.long, windowed(facts.long), onCall)
      expect(verdict).toMatchObject({ ok: false, kind: 'unauthorised' })
    })
  })
}

/** One record as a snapshot, so that what is promised of snapshots is asked of it. */
function snapshotWith({ externalId, read }: CmsRecord): CmsSnapshot {
  const empty: CmsSnapshot = {
    matter: { externalId, number: null, title: null, rawStatus: null, updatedAt: null, data: {} },
    client: null,
    contactPoints: [],
    rejected: [],
    documents: [],
    bills: [],
    appointments: [],
  }
  switch (read.holds) {
    case 'client': {
      const { holds: _, ...rest } = read
      return { ...empty, ...rest }
    }
    case 'matter':
      return { ...empty, matter: read.matter }
    case 'document':
      return { ...empty, documents: [read.fact] }
    case 'bill':
      return { ...empty, bills: [read.fact] }
    case 'appointment':
      return { ...empty, appointments: [read.fact] }
    case 'other':
    case 'nothing':
      return empty
  }
}

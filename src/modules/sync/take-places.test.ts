/** A page of documents and a page of the matters that they name, taken in at the same moment. */
import { randomFillSync } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { type ConnectionId, type FirmId, uuidSource } from '../../kernel/index.ts'
import { type Database, database, type FirmTx } from '../../platform/db/firm-tx.ts'
import type { CmsChanges, CmsRecord, CmsStream } from '../connections/index.ts'
import { createFirm } from '../firms/index.ts'
import { compileStatuses } from '../matters/index.ts'
import { type TakeContext, takePage } from './take.ts'

const newId = uuidSource(Date.now, randomFillSync)
const [firmId, cms, dms] = [newId<FirmId>(), newId<ConnectionId>(), newId<ConnectionId>()]
const now = Temporal.Instant.from('2026-10-15T14:30:00Z')
const before = now.subtract({ hours: 1 })
let test: TestDatabase
let db: Database

beforeAll(async () => {
  test = await testDatabase()
  db = database(test.pool)
  await db.forFirm(firmId, async (tx) => {
    await createFirm(tx, { key: 'harbor', name: 'Harbor', at: now })
    await tx.run(
      `insert into connections (firm_id, id, key, kind, created_at)
       select current_firm(), id, key, 'rest', $3 from unnest($1::uuid[], $2::text[]) as x(id, key)`,
      [[cms, dms], ['cms', 'dms'], now],
    )
  })
})

const compiled = compileStatuses({
  states: [{ key: 'intake', initial: true, raw: ['Intake'], words: {}, next: [] }],
})
const hour = Temporal.Duration.from('PT1H')

function context(connectionId: ConnectionId, holds: CmsStream['holds']): TakeContext {
  if (!compiled.ok) throw new Error('no states')
  const refuse = () => Promise.reject(new Error('not asked here'))
  const changes: CmsChanges = { streams: [], page: refuse, ids: refuse, gone: () => null }
  return {
    followed: {
      connectionId,
      mattersOf: cms,
      hooks: null,
      changes,
      link: () => null,
      timeoutMs: 1_000,
      every: hour,
      reconcile: hour,
      back: hour,
      ahead: hour,
      overlap: hour,
    },
    stream: { model: holds, holds, by: 'since', countable: true },
    pass: { phase: 'first', beganAt: now, since: null },
    askedAt: now,
    now,
    newId,
    statuses: compiled.map,
  }
}
const base = { version: 'a', createdAt: before, updatedAt: before, payload: () => null }
const matter = (externalId: string): CmsRecord => ({
  ...base,
  externalId,
  read: {
    holds: 'matter',
    clientExternalId: null,
    matter: { externalId, number: null, title: null, rawStatus: 'Intake', updatedAt: before, data: {} },
  },
})
const documentOf = (externalId: string): CmsRecord => ({
  ...base,
  externalId: `document of ${externalId}`,
  read: {
    holds: 'document',
    matterExternalId: externalId,
    fact: {
      externalId: `document of ${externalId}`,
      version: 'a',
      updatedAt: before,
      data: { name: 'Transcript' },
    },
  },
})
const takeMatter = (tx: FirmTx, id: string) => takePage(tx, [matter(id)], context(cms, 'matter'))
const takeDocument = (tx: FirmTx, id: string) => takePage(tx, [documentOf(id)], context(dms, 'document'))

async function waits(other: { done: boolean }): Promise<void> {
  for (;;) {
    const { rows } = await test.pool.query(
      "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
    )
    if (rows.length > 0 || other.done) return
  }
}

it.each([
  { name: 'the matter first', first: takeMatter, second: takeDocument },
  { name: 'the document first', first: takeDocument, second: takeMatter },
])('come together, whoever commits first: $name', async ({ name, first, second }) => {
  const both = Promise.withResolvers<void>()
  const written = Promise.withResolvers<void>()
  const one = db.forFirm(firmId, async (tx) => {
    await first(tx, name)
    written.resolve()
    await both.promise
  })
  await written.promise
  const other = { done: false }
  const two = db
    .forFirm(firmId, (tx) => second(tx, name))
    .finally(() => {
      other.done = true
    })
  await waits(other)
  // It could not know of the other yet, so it must not have gone on.
  expect(other.done).toBe(false)
  both.resolve()
  await Promise.all([one, two])
  const [fact] = await db.forFirm(firmId, (tx) =>
    tx.rows<{ matter: string | null; waiting_for: string | null }>(
      `select m.external_id as matter, f.waiting_for from facts f left join matters m on m.id = f.matter_id
       where f.external_id = $1`,
      [`document of ${name}`],
    ),
  )
  expect(fact).toEqual({ matter: name, waiting_for: null })
})

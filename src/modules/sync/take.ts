/**
 * A page of a list is taken in: facts are kept, and what is news is handed on as the delivery that its webhook would
 * have been, with the same key, so that whichever comes second is known.
 */
import { createHash } from 'node:crypto'
import type { ClientId, ConnectionId, DeliveryId, Json, MatterId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type CmsRecord, type CmsStream, deliveryKey } from '../connections/index.ts'
import {
  clientIds,
  factsAsKnown,
  matterName,
  type NewFact,
  placeFacts,
  takePlaceLock,
  upsertClients,
  upsertFacts,
} from '../facts/index.ts'
import { type Arrival, storeArrivals, wishForFacts } from '../ingest/index.ts'
import {
  type ListedMatter,
  lockMatters,
  matterIds,
  mattersOfClient,
  type StatusMap,
  upsertMatters,
} from '../matters/index.ts'
import { wakeHeld } from '../notices/index.ts'
import { reportRejected } from '../quality/index.ts'
import { openTasks } from '../tasks/index.ts'
import {
  type Meaning,
  meaningOfClient,
  meaningOfFact,
  meaningOfMatter,
  meaningOfOther,
  type Pass,
} from './policy.ts'
import type { Followed } from './types.ts'

export interface TakeContext {
  followed: Followed
  stream: CmsStream
  pass: Pass
  /** When this page was asked for. */
  askedAt: Temporal.Instant
  now: Temporal.Instant
  newId: NewId
  statuses: StatusMap
}

export interface Taken {
  told: number
  kept: number
  unreadable: number
}

type Of<H extends CmsRecord['read']['holds']> = CmsRecord & { read: Extract<CmsRecord['read'], { holds: H }> }
const holding = <H extends CmsRecord['read']['holds']>(
  records: readonly CmsRecord[],
  ...holds: H[]
): Of<H>[] => records.filter((r): r is Of<H> => (holds as string[]).includes(r.read.holds))

export async function takePage(
  tx: FirmTx,
  records: readonly CmsRecord[],
  context: TakeContext,
): Promise<Taken> {
  // A list that shifts while it is read brings a record twice: the later one counts.
  const distinct = [...new Map(records.map((r) => [r.externalId, r])).values()]
  const told: Arrival[] = []
  const tell: Tell = (record, meaning, after = null) => {
    if (meaning.what !== 'tell') return
    const one = arrival(record.externalId, record.payload(meaning.event), context, record.version)
    told.push(after === null ? one : { ...one, key: `${one.key} after ${after}` })
  }
  await takeClients(tx, holding(distinct, 'client'), context, tell)
  await takeMatters(tx, holding(distinct, 'matter'), context, tell)
  await takeFacts(tx, holding(distinct, 'document', 'bill', 'appointment'), context, tell)
  for (const record of holding(distinct, 'other')) tell(record, meaningOfOther(record, context.pass))
  const unreadable = holding(distinct, 'nothing')
  await reportUnreadable(tx, unreadable, context)
  const fresh = await takeIn(tx, told)
  return {
    told: fresh,
    kept: distinct.length - told.length - unreadable.length,
    unreadable: unreadable.length,
  }
}

/** @returns how many had not come by webhook before */
export async function takeIn(tx: FirmTx, arrivals: readonly Arrival[]): Promise<number> {
  if (arrivals.length === 0) return 0
  return (await storeArrivals(tx, arrivals)).filter(Boolean).length
}

/** @param version what tells one state of the record from the next, where the connection has no key of its own */
export function arrival(
  externalId: string,
  payload: Json,
  { followed, stream, now, newId }: Pick<TakeContext, 'followed' | 'stream' | 'now' | 'newId'>,
  version: string | null,
): Arrival {
  const body = Buffer.from(JSON.stringify(payload))
  const key =
    followed.hooks === null
      ? null
      : deliveryKey(followed.hooks, { body: payload, headers: {}, model: stream.model, receivedAt: now })
  return {
    id: newId<DeliveryId>(),
    connectionId: followed.connectionId,
    receivedAt: now,
    model: stream.model,
    headers: {},
    body,
    key:
      key ??
      `list:${stream.model}:${externalId}:${version ?? createHash('sha256').update(body).digest('hex')}`,
    keyless: false,
  }
}

/** @param after tells a record apart from one of before that looked the same in all */
type Tell = (record: CmsRecord, meaning: Meaning, after?: Temporal.Instant | null) => void

async function takeClients(tx: FirmTx, records: readonly Of<'client'>[], context: TakeContext, tell: Tell) {
  if (records.length === 0) return
  const { followed, askedAt, now, newId, pass } = context
  const { connectionId } = followed
  const known = await clientIds(
    tx,
    connectionId,
    records.map((r) => r.externalId),
  )
  const stored = await upsertClients(
    tx,
    connectionId,
    records.map(({ read: { client, contactPoints } }) => ({
      ...client,
      cmsPaused: client.paused,
      contactPoints,
    })),
    { began: askedAt, now },
    newId,
  )
  const resumed = stored.filter((s) => s.resumed).map((s) => s.id)
  await wake(tx, resumed, now)
  for (const record of records) tell(record, meaningOfClient(known.has(record.externalId), pass))
  // What was dirty when we came is for the audit to tell.
  if (pass.phase === 'first') return
  for (const { externalId, read } of records)
    await reportRejected(
      tx,
      {
        connectionId,
        clientExternalId: externalId,
        rejected: read.rejected,
        link: followed.link('client', externalId),
      },
      now,
      newId,
    )
}

/** A pause that the CMS has lifted: what was held for any matter of the client is looked at again. */
async function wake(tx: FirmTx, clients: readonly ClientId[], now: Temporal.Instant) {
  const matters: MatterId[] = []
  for (const id of clients) matters.push(...(await mattersOfClient(tx, id)))
  if (matters.length > 0) await wakeHeld(tx, { matterIds: matters }, now)
}

async function takeMatters(tx: FirmTx, records: readonly Of<'matter'>[], context: TakeContext, tell: Tell) {
  if (records.length === 0) return
  const { followed, askedAt, now, newId, pass, statuses } = context
  const { connectionId } = followed
  await takePlaceLock(tx, 'place')
  const rows = await lockMatters(
    tx,
    records.map(({ externalId }) => ({ connectionId, externalId })),
  )
  const known = new Map(rows.map((row) => [row.external_id, row]))
  const clients = await clientIds(tx, connectionId, [
    ...new Set(records.flatMap((r) => r.read.clientExternalId ?? [])),
  ])
  const listed: ListedMatter[] = []
  const strangers: { connectionId: ConnectionId; externalId: string }[] = []
  for (const record of records) {
    const { matter, clientExternalId } = record.read
    const row = known.get(record.externalId)
    const meaning = meaningOfMatter(row, { ...record, rawStatus: matter.rawStatus }, pass)
    // Without a time a matter that is back in a status looks as it did the first time. That it is news is known from
    // its row; should its webhook come as well, the state decides.
    tell(record, meaning, record.updatedAt === null ? row?.status_received_at : null)
    const clientId = clientExternalId === null ? null : (clients.get(clientExternalId) ?? null)
    // A client whom no list has brought yet: reading the matter does.
    if (clientExternalId !== null && clientId === null)
      strangers.push({ connectionId, externalId: record.externalId })
    listed.push({
      connectionId,
      externalId: record.externalId,
      clientId,
      number: matter.number,
      title: matter.title,
      data: matter.data,
      // News of a matter that we do not know: its status comes with the event.
      standing: meaning.what === 'tell' ? null : standingOf(record, statuses),
    })
  }
  await upsertMatters(tx, listed, askedAt, newId)
  await wishForFacts(tx, strangers, now)
  await placeWaiting(
    tx,
    connectionId,
    records.map((r) => r.externalId).filter((id) => !known.has(id)),
  )
}

/** Nothing can be held for matters that nobody knew: nobody is woken. */
async function placeWaiting(tx: FirmTx, connectionId: ConnectionId, externalIds: readonly string[]) {
  if (externalIds.length === 0) return
  const ids = await matterIds(tx, connectionId, externalIds)
  await placeFacts(
    tx,
    [...ids].map(([externalId, id]) => ({ id, connectionId, externalId })),
  )
}

function standingOf(
  { read: { matter }, updatedAt }: Of<'matter'>,
  statuses: StatusMap,
): ListedMatter['standing'] {
  if (matter.rawStatus === null) return null
  const found = statuses.lookup(matter.rawStatus)
  const since = typeof matter.data.status_since === 'string' ? instantOf(matter.data.status_since) : null
  return { rawStatus: matter.rawStatus, state: 'state' in found ? found.state : null, since, updatedAt }
}

function instantOf(text: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(text)
  } catch {
    return null
  }
}

async function takeFacts(
  tx: FirmTx,
  records: readonly Of<'document' | 'bill' | 'appointment'>[],
  context: TakeContext,
  tell: Tell,
) {
  if (records.length === 0) return
  const { followed, now, newId, pass } = context
  const { connectionId, mattersOf } = followed
  const rows = await factsAsKnown(
    tx,
    records.map(({ read, externalId }) => ({ connectionId, kind: read.holds, externalId })),
  )
  const known = new Map(rows.map((row) => [row.externalId, row]))
  const quiet: { record: (typeof records)[number]; matter: string }[] = []
  for (const record of records) {
    const { fact, matterExternalId, holds, removed } = record.read
    // Of no matter: none of our business.
    if (matterExternalId === null) continue
    const meaning = meaningOfFact(
      known.get(record.externalId),
      { ...record, holds, version: fact.version },
      pass,
    )
    if (meaning.what !== 'quiet') tell(record, meaning)
    else if (!removed) quiet.push({ record, matter: matterExternalId })
  }
  if (quiet.length === 0) return
  const matters = await mattersNamed(tx, mattersOf, [...new Set(quiet.map(({ matter }) => matter))])
  await upsertFacts(
    tx,
    quiet.map(({ record: { externalId, read }, matter }): NewFact => {
      const { holds, fact } = read
      return {
        connectionId,
        kind: holds,
        externalId,
        matterId: matters.get(matter) ?? null,
        waitingFor: matterName(mattersOf, matter),
        data: fact.data,
        version: fact.version,
        sourceUpdatedAt: fact.updatedAt,
        // As a read of the matter keeps it (ingest/fetch-lane.ts).
        mark: holds === 'appointment' ? fact.version : holds === 'document' ? 'there' : null,
        announced: false,
        removedAt: null,
      }
    }),
    now,
    newId,
  )
  // Nothing is said of them, but what is held may have waited for just these.
  await wakeHeld(tx, { matterIds: [...new Set(matters.values())] }, now)
}

/**
 * A matter that we do not know is none to read the CMS for: thousands of documents may name ones that were closed long
 * ago. What names it waits for it (facts/places.ts). News is another thing: decisions ask for their matter (ingest/judge.ts).
 */
async function mattersNamed(
  tx: FirmTx,
  connectionId: ConnectionId,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, MatterId>> {
  if (externalIds.length === 0) return new Map()
  const found = await matterIds(tx, connectionId, externalIds)
  if (found.size === externalIds.length) return found
  await takePlaceLock(tx, 'keep')
  return matterIds(tx, connectionId, externalIds)
}

/** One task for each reason, however many records it concerns. */
async function reportUnreadable(
  tx: FirmTx,
  records: readonly Of<'nothing'>[],
  { followed, stream, now }: TakeContext,
) {
  const reasons = Map.groupBy(records, (r) => r.read.reason)
  await openTasks(
    tx,
    [...reasons].map(([reason, those]) => ({
      kind: 'unreadable_record',
      title: `Records of the CMS can't be read: ${stream.model}`,
      detail: `${reason}. The first of them: ${those[0]!.externalId.slice(0, 60)}. What they say is not used until they can be.`,
      matterId: null,
      clientId: null,
      assignee: 'staff',
      dueAt: null,
      cause: `unreadable ${followed.connectionId} ${stream.model} ${reason}`.slice(0, 300),
    })),
    now,
  )
}

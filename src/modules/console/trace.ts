/** The whole story of whoever or whatever is asked for: found, read in a few statements, put together. */
import type {
  AskedFor,
  Trace,
  TraceClient,
  TraceMessage,
  TraceNotice,
  TraceStory,
  TraceTask,
  TraceWriting,
} from '../../../contracts/trace.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { writtenEvent } from '../rules/index.ts'
import { answerQuarantine, answersOf, answerWaiting } from './answers.ts'
import { holdsOn } from './holds.ts'
import type { AnswerContext } from './message-answer.ts'
import { namesOfActors } from './rows.ts'
import { type Candidate, findSubject, type Subject } from './subjects.ts'
import { loadPage, readCursor, type StoryCursor, writeCursor } from './trace-page.ts'
import * as store from './trace-store.ts'

export interface TraceQuery {
  /** As typed: a name, any spelling of a number, an address, an id, a matter's number. */
  value: string
  /** What it is; absent: whatever finds something. */
  as?: AskedFor
  /** Stories per page, and the length of each list beside them. */
  limit?: number
  cursor?: string
  /** Also events by which nothing changed. */
  quiet?: boolean
}

export type TraceVerdict =
  | { kind: 'found'; trace: Trace }
  | { kind: 'none'; reason: string }
  | { kind: 'several'; candidates: Candidate[] }
  | { kind: 'bad_cursor' }

export const defaultLimit = 20

/**
 * @param options.zone IANA zone for the times in answers: the firm's
 * @returns the newest stories with everything that came of them; `none` and `several` say why there is no trace
 */
export async function trace(
  tx: FirmTx,
  query: TraceQuery,
  options: { zone: string; now: Temporal.Instant },
): Promise<TraceVerdict> {
  const before = query.cursor === undefined ? null : readCursor(query.cursor)
  if (query.cursor !== undefined && before === null) return { kind: 'bad_cursor' }
  const found = await findSubject(tx, query.value, query.as)
  if (found.kind !== 'found') return found
  const limit = query.limit ?? defaultLimit
  return {
    kind: 'found',
    trace: await read(tx, found.subject, { ...options, limit, before, quiet: query.quiet ?? false }),
  }
}

interface Reading {
  zone: string
  now: Temporal.Instant
  limit: number
  before: StoryCursor | null
  quiet: boolean
}

async function read(tx: FirmTx, subject: Subject, reading: Reading): Promise<Trace> {
  const page = await loadPage(tx, subject, reading)
  const stories = await loadStories(tx, page.eventIds, subject)
  const clientIds = merged(
    subject.clientIds,
    stories.flatMap((s) => s.notices.map((n) => n.clientId)),
  )
  const matterIds = merged(
    subject.matterIds,
    stories.map((s) => s.event.matterId),
  )
  const clients = await loadClients(tx, clientIds)
  const matters = await store.loadMatters(tx, matterIds)
  const pauses = await store.loadPauses(tx, reading.now, [tx.firmId, ...clientIds, ...matterIds])
  const beside = await loadBeside(tx, subject, reading, { clients, stories, matters })
  const result: Trace = {
    asked: { as: subject.as, value: subject.value },
    zone: reading.zone,
    at: reading.now.toString(),
    answers: [],
    clients,
    matters,
    pauses,
    holds: await holdsOn(tx, [...clientIds, ...matterIds]),
    stories,
    ...beside,
    next: page.next ? writeCursor(page.next) : null,
  }
  await nameActors(tx, result)
  result.answers = answersIn(result, reading.now)
  return result
}

const merged = (first: readonly string[], more: readonly (string | null)[]): string[] => [
  ...new Set([...first, ...more.filter((id) => id !== null)]),
]

async function loadStories(tx: FirmTx, eventIds: readonly string[], subject: Subject): Promise<TraceStory[]> {
  if (eventIds.length === 0) return []
  const events = new Map((await store.loadEvents(tx, eventIds)).map((e) => [e.id, e]))
  const decisions = Map.groupBy(await store.loadDecisions(tx, eventIds), (d) => d.eventId)
  // What a matter's former client was told is not this client's story.
  const own = (clientId: string | null) =>
    clientId === null || subject.as === 'matter' || subject.clientIds.some((id) => id === clientId)
  const notices = (await store.loadNotices(tx, eventIds)).filter((n) => own(n.clientId))
  const messages = Map.groupBy(
    await messagesOf(
      tx,
      notices.map((n) => n.id),
    ),
    (m) => m.noticeId,
  )
  const byEvent = Map.groupBy(
    notices.map((n): TraceNotice => ({ ...n, messages: messages.get(n.id) ?? [] })),
    (n) => n.eventId,
  )
  return eventIds.flatMap((id): TraceStory[] => {
    const row = events.get(id)
    if (!row) return []
    const { delivery, ...event } = row
    return [
      {
        event,
        status: statusOf(event),
        delivery,
        decisions: decisions.get(id) ?? [],
        notices: byEvent.get(id) ?? [],
      },
    ]
  })
}

/** With every attempt, receipt and answer. */
export async function messagesOf(tx: FirmTx, noticeIds: readonly string[]): Promise<TraceMessage[]> {
  const rows = noticeIds.length > 0 ? await store.loadMessages(tx, noticeIds) : []
  if (rows.length === 0) return []
  const ids = rows.map((m) => m.id)
  const attempts = Map.groupBy(await store.loadAttempts(tx, ids), (a) => a.messageId)
  const receipts = Map.groupBy(await store.loadReceipts(tx, ids), (r) => r.messageId)
  const letters = Map.groupBy(await store.loadDeadLetters(tx, ids), (d) => d.messageId)
  const answers = Map.groupBy(await store.loadAnswers(tx, ids), (a) => a.messageId)
  const writings = await loadWritings(tx, [...ids, ...[...answers.values()].flat().map((a) => a.id)])
  return rows.map((m) => ({
    ...m,
    attempts: (attempts.get(m.id) ?? []).map(withoutMessage),
    receipts: (receipts.get(m.id) ?? []).map(withoutMessage),
    deadLetters: (letters.get(m.id) ?? []).map(withoutMessage),
    answers: (answers.get(m.id) ?? []).map(withoutMessage),
    writings: [m.id, ...(answers.get(m.id) ?? []).map((a) => a.id)].flatMap(writings),
  }))
}

/** @returns what was written of each */
async function loadWritings(
  tx: FirmTx,
  sourceIds: readonly string[],
): Promise<(sourceId: string) => TraceWriting[]> {
  const rows = sourceIds.length > 0 ? await store.loadWritings(tx, sourceIds) : []
  const bySource = Map.groupBy(rows, (w) => w.sourceId)
  return (id) => (bySource.get(id) ?? []).map(({ sourceId: _, ...rest }) => rest)
}

async function loadTasks(
  tx: FirmTx,
  ...asked: [clientIds: readonly string[], matterIds: readonly string[], limit: number]
): Promise<TraceTask[]> {
  const rows = await store.loadTasks(tx, ...asked)
  const writings = await loadWritings(
    tx,
    rows.map((t) => t.id),
  )
  return rows.map((t) => ({ ...t, writings: writings(t.id) }))
}

const withoutMessage = <T extends { messageId: string }>({ messageId: _, ...rest }: T) => rest

function statusOf(event: TraceStory['event']): TraceStory['status'] {
  if (event.type !== 'matter.status_changed') return null
  const word = (name: string) => {
    const value = event.data[name]
    return typeof value === 'string' ? value : null
  }
  return { raw: word('raw'), from: word('from'), to: word('to') }
}

/** With their contact points and what they said to each. */
export async function loadClients(tx: FirmTx, ids: readonly string[]): Promise<TraceClient[]> {
  const rows = await store.loadClientRows(tx, ids)
  const contacts = await store.loadContacts(tx, ids)
  const consents = await store.loadConsents(tx, [...new Set(contacts.map((c) => c.address))])
  return rows.map((client) => ({
    ...client,
    contactPoints: contacts
      .filter((c) => c.clientId === client.id)
      .map(({ clientId: _, ...point }) => ({
        ...point,
        consents: consents
          .filter((c) => c.channel === point.channel && c.address === point.address.toLowerCase())
          .map(({ purpose, granted, how, by, at }) => ({ purpose, granted, how, by, at })),
      })),
  }))
}

type Beside = Pick<
  Trace,
  'texts' | 'tasks' | 'consentChanges' | 'quarantine' | 'waiting' | 'cmsCalls' | 'cut'
>

/** Lists that are not about one event. They come with the first page; one more than shown is read, to know of more. */
async function loadBeside(
  tx: FirmTx,
  subject: Subject,
  { before, limit }: Reading,
  known: Pick<Trace, 'clients' | 'matters' | 'stories'>,
): Promise<Beside> {
  const none = {
    texts: [],
    tasks: [],
    consentChanges: [],
    quarantine: [],
    waiting: [],
    cmsCalls: [],
    cut: [],
  }
  if (before) return none
  const own =
    subject.as === 'matter' || subject.only
      ? known.clients.filter((c) => subject.clientIds.some((id) => id === c.id))
      : known.clients
  const addresses = merged(
    subject.addresses,
    own.flatMap((c) => c.contactPoints.map((p) => p.address)),
  )
  const matterIds = known.matters.map((m) => m.id)
  const deliveries = known.stories.flatMap((s) => (s.delivery ? [s.delivery.id] : []))
  const one = limit + 1
  const lists = {
    texts: await store.loadTexts(tx, addresses, one),
    tasks: await loadTasks(tx, subject.as === 'matter' ? [] : subject.clientIds, matterIds, one),
    consentChanges: await store.loadConsentChanges(tx, addresses, one),
    quarantine: await store.loadQuarantine(
      tx,
      known.matters.map((m) => m.externalId),
      deliveries,
      one,
    ),
    waiting: await store.loadWaiting(tx, matterIds, one),
    cmsCalls: await store.loadCmsCalls(tx, matterIds, one),
  }
  const cut = Object.entries(lists).flatMap(([name, list]) => (list.length > limit ? [name] : []))
  for (const list of Object.values(lists)) list.length = Math.min(list.length, limit)
  return { ...lists, cut }
}

/** Whoever acted by a key is shown by the key's name. */
async function nameActors(tx: FirmTx, found: Trace): Promise<void> {
  const consents = found.clients.flatMap((c) => c.contactPoints.flatMap((p) => p.consents))
  const letters = found.stories.flatMap((s) =>
    s.notices.flatMap((n) => n.messages.flatMap((m) => m.deadLetters)),
  )
  const by = [...found.pauses, ...consents, ...found.consentChanges]
  const resolved = [...letters, ...found.quarantine]
  const written = found.stories.flatMap(({ event }) =>
    event.type === writtenEvent ? [event.data.written as { by: string }] : [],
  )
  const name = await namesOfActors(tx, [
    ...written.map((x) => x.by),
    ...by.map((x) => x.by),
    ...resolved.map((x) => x.resolvedBy),
    ...found.tasks.map((t) => t.doneBy),
  ])
  for (const x of [...by, ...written]) x.by = name(x.by)
  for (const x of resolved) x.resolvedBy &&= name(x.resolvedBy)
  for (const t of found.tasks) t.doneBy &&= name(t.doneBy)
}

function answersIn(found: Trace, now: Temporal.Instant): Trace['answers'] {
  const clients = new Map(found.clients.map((c) => [c.id, c.name]))
  const matters = new Map(found.matters.map((m) => [m.id, m.number ?? m.externalId]))
  const byExternal = new Map(found.matters.map((m) => [m.externalId, m.number ?? m.externalId]))
  const context: AnswerContext = {
    zone: found.zone,
    now,
    pauses: found.pauses,
    clientName: (id) => (id ? (clients.get(id) ?? null) : null),
    matterName: (id) => (id ? (matters.get(id) ?? null) : null),
  }
  const [only] = found.matters.length === 1 ? [...matters.values()] : []
  const open = found.quarantine.filter((q) => q.state === 'open')
  return [
    ...found.stories.flatMap((story) => answersOf(story, context)),
    ...open.map((q) => answerQuarantine(q, byExternal.get(String(q.detail.matter)) ?? null)),
    ...found.waiting.map((w) => answerWaiting(w, only ?? null)),
  ].sort((a, b) => Temporal.Instant.compare(Temporal.Instant.from(b.at), Temporal.Instant.from(a.at)))
}

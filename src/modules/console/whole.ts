/** Everything that was said and heard about one matter, to the end: for exports, which leave nothing to a next page. */
import type { LegalHold } from '../../../contracts/retention.ts'
import type {
  PlainTask,
  Trace,
  TraceClient,
  TraceConsentChange,
  TraceMatter,
  TraceMessage,
  TracePause,
  TraceStory,
  TraceText,
} from '../../../contracts/trace.ts'
import type { MatterId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type FoundEntry, searchEntries } from '../audit/index.ts'
import { subjectsAbout } from './audit-subjects.ts'
import { holdsOn } from './holds.ts'
import { namesOfActors, outRows } from './rows.ts'
import { messagesOf, trace } from './trace.ts'
import * as store from './trace-store.ts'

export interface WholePause extends TracePause {
  liftedAt: string | null
  liftedBy: string | null
}

/** A digest said things about several matters in one message. */
export interface WholeDigest {
  message: TraceMessage
  /** It spoke of other matters, too: then its words are theirs as much as this one's. */
  ofOthers: boolean
}

export interface WholeMatter {
  matter: TraceMatter
  clients: TraceClient[]
  /** The oldest first. */
  stories: TraceStory[]
  digests: WholeDigest[]
  texts: TraceText[]
  tasks: PlainTask[]
  consentChanges: TraceConsentChange[]
  /** Of the matter, its clients and the firm; those that were lifted as well. */
  pauses: WholePause[]
  /** Of the matter and its clients; those that were released as well. */
  holds: LegalHold[]
  /** By message, in hex: with its words it gives the hash that the record holds. Gone with the words. */
  salts: ReadonlyMap<string, string>
  /** Entries of the record about any of it. */
  entries: FoundEntry[]
  /** Who stands in the record, and how people call them. */
  actorName: (actor: string) => string
}

/** Far above any matter; what is longer is a mistake that should be seen as one. */
const everything = 1_000_000

/** @returns null where there is no such matter for whoever asks */
export async function wholeMatter(
  tx: FirmTx,
  matterId: MatterId,
  options: { zone: string; now: Temporal.Instant },
): Promise<WholeMatter | null> {
  const first = await page(tx, matterId, options)
  const matter = first?.matters.find((one) => one.id === matterId)
  if (!first || !matter) return null
  const stories = [...first.stories]
  const clients = new Map(first.clients.map((c) => [c.id, c]))
  for (let next = first.next; next !== null; ) {
    const more: Trace | null = await page(tx, matterId, options, next)
    stories.push(...(more?.stories ?? []))
    for (const client of more?.clients ?? []) clients.set(client.id, client)
    next = more?.next ?? null
  }
  stories.sort((a, b) => (a.event.recordedAt < b.event.recordedAt ? -1 : 1))
  const owners = matter.clientId === null ? [] : [matter.clientId]
  const addresses = [...clients.values()].flatMap((c) => c.contactPoints.map((p) => p.address))
  const { salts, digests } = await saidIn(tx, matterId, stories)
  const entries = await searchEntries(tx, {
    subjects: [
      ...(await subjectsAbout(tx, { clientIds: [], matterIds: [matterId] })),
      ...owners.map((id) => `client:${id}`),
    ],
    limit: everything,
  })
  const pauses = await loadPauses(tx, [tx.firmId, matterId, ...owners])
  const tasks = (await store.loadTasks(tx, [], [matterId], everything)).toReversed()
  const consentChanges = (await store.loadConsentChanges(tx, addresses, everything)).toReversed()
  const actorName = await namesOfActors(tx, [
    ...entries.map((e) => e.actor),
    ...pauses.flatMap((p) => [p.by, p.liftedBy]),
    ...tasks.map((t) => t.doneBy),
    ...consentChanges.map((c) => c.by),
  ])
  return {
    matter,
    clients: [...clients.values()],
    stories,
    digests,
    texts: await loadTexts(tx, matterId, owners, addresses),
    tasks: tasks.map((t) => ({ ...t, doneBy: t.doneBy && actorName(t.doneBy) })),
    consentChanges: consentChanges.map((c) => ({ ...c, by: actorName(c.by) })),
    pauses: pauses.map((p) => ({
      ...p,
      by: actorName(p.by),
      liftedBy: p.liftedBy && actorName(p.liftedBy),
    })),
    holds: await holdsOn(tx, [matterId, ...owners], true),
    salts,
    entries,
    actorName,
  }
}

/** Stories of a page, and with the first one the lists beside them. */
async function page(
  tx: FirmTx,
  matterId: MatterId,
  options: { zone: string; now: Temporal.Instant },
  cursor?: string,
): Promise<Trace | null> {
  const query = { value: matterId, as: 'matter', quiet: true, limit: 500 } as const
  const found = await trace(tx, { ...query, ...(cursor === undefined ? {} : { cursor }) }, options)
  return found.kind === 'found' ? found.trace : null
}

async function saidIn(tx: FirmTx, matterId: MatterId, stories: readonly TraceStory[]) {
  const said = stories.flatMap((s) => s.notices.flatMap((n) => n.messages))
  const inDigests = [...new Set(said.flatMap((m) => (m.digest ? [m.digest.id] : [])))]
  const carrying = await tx.rows<{ id: string; noticeId: string; others: boolean }>(
    `select m.id, m.notice_id as "noticeId", d.matter_ids <> array[$2::uuid] as others
     from messages m join digests d on d.id = m.carries where m.carries = any($1)`,
    [inDigests, matterId],
  )
  const carried = await messagesOf(
    tx,
    carrying.map((c) => c.noticeId),
  )
  const digests = carrying.flatMap(({ id, others }): WholeDigest[] => {
    const message = carried.find((m) => m.id === id)
    return message ? [{ message, ofOthers: others }] : []
  })
  const rows = await tx.rows<{ id: string; salt: string }>(
    `select id, encode(salt, 'hex') as salt from messages where id = any($1) and salt is not null`,
    [[...said.map((m) => m.id), ...digests.map((d) => d.message.id)]],
  )
  return { digests, salts: new Map(rows.map((r) => [r.id, r.salt])) }
}

/** What a client with several matters wrote is of this one where it was about this one, or nobody could tell. */
const loadTexts = (
  tx: FirmTx,
  matterId: MatterId,
  clientIds: readonly string[],
  addresses: readonly string[],
) =>
  outRows<TraceText>(
    tx,
    `select id, from_address as "from", to_address as "to", body, ${store.deletedUnder('words')} as "wordsDeleted", media, meaning, received_at as "receivedAt"
     from incoming_texts where firm_id = current_firm() and from_address = any($1)
       and ($2::uuid = any(matter_ids) or (matter_ids = '{}' and client_ids && $3::uuid[]))
     order by received_at, id`,
    [addresses, matterId, clientIds],
  )

const loadPauses = (tx: FirmTx, targets: readonly string[]) =>
  outRows<WholePause>(
    tx,
    `select id, scope, target_id as "targetId", reason, paused_by as by, created_at as at, ends_at as "endsAt",
            lifted_at as "liftedAt", lifted_by as "liftedBy"
     from pauses where firm_id = current_firm() and target_id = any($1) order by created_at`,
    [targets],
  )

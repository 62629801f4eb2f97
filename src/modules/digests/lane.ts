/** The lane that ends digests: what waited in one and is still to be said becomes one message, in one transaction. */
import type { EventId, FirmId, MatterId, MessageId, NewId, NoticeId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import {
  type ClosedDigest,
  closeDigests,
  digestItems,
  dueDigests,
  endInDigest,
  insertMessages,
  lockDigests,
  type NewMessage,
  type OpenDigest,
  postponeDigests,
  type SettledHeld,
  settleHeld,
} from '../delivery/index.ts'
import {
  factsTooOld,
  faultName,
  type IngestProgram,
  insertEvents,
  isGone,
  mayPass,
  takeDecideLock,
  wishForFacts,
} from '../ingest/index.ts'
import { lockMattersById, type MatterRow } from '../matters/index.ts'
import { insertNotices, lockHeld, type Notice } from '../notices/index.ts'
import { insertDecisions, loadToday, type Today } from '../rules/index.ts'
import { type NewTask, openTasks } from '../tasks/index.ts'
import { type Judged, judgeDigest, type Line } from './judge.ts'
import { writeDigest } from './write.ts'

export interface DigestDeps {
  db: Database
  now(): Temporal.Instant
  newId: NewId
  salt(): Uint8Array
  program(tx: FirmTx): Promise<IngestProgram>
  /** Where a digest can be read by who has the link. */
  link(firmId: FirmId, digestId: string, now: Temporal.Instant): string
  nudge(lane: 'deliver' | 'fetch', firmId: FirmId): void
  counted(outcome: ClosedDigest['outcome']): void
  /** One can't be decided and is put off: the operators should know. @param fault without words of the digest's own */
  stuck(tx: FirmTx, digestId: string, fault: string, error: unknown): Promise<void>
}

const batch = 100
/** Words that can't be written wait for whoever mends them. */
const forWords = { hours: 1 }
/** What our own code fails at is tried again then. */
const forMending = { minutes: 15 }

export function digestLane(deps: DigestDeps): Lane {
  return {
    name: 'digest',
    parallel: 1,
    async run(firmId) {
      const done = await endAll(deps, firmId)
      if (done === null) return { next: 'wait', milliseconds: 50 }
      if (done.queued > 0) deps.nudge('deliver', firmId)
      if (done.asked > 0) deps.nudge('fetch', firmId)
      return done.more ? { next: 'more' } : { next: 'idle' }
    },
  }
}

/** What a batch comes to, stored at its end. */
interface Ending {
  closed: ClosedDigest[]
  later: { id: string; until: Temporal.Instant; asked: boolean }[]
  ask: Set<MatterRow>
  settled: SettledHeld[]
  messages: NewMessage[]
  notices: Notice[]
  events: Parameters<typeof insertEvents>[1][number][]
  decisions: Parameters<typeof insertDecisions>[1][number][]
  said: Map<MessageId, MessageId[]>
  tasks: NewTask[]
}

interface Done {
  queued: number
  asked: number
  more: boolean
}

/** A batch in one commit; if it can't be ended as a whole, one by one, and what is at fault is put off. */
async function endAll(deps: DigestDeps, firmId: FirmId): Promise<Done | null> {
  try {
    return await deps.db.forFirm(firmId, (tx) => endSome(tx, deps, batch, () => {}))
  } catch (error) {
    if (mayPass(error)) throw error
  }
  const sum: Done = { queued: 0, asked: 0, more: true }
  for (let tries = 0; tries < batch && sum.more; tries++) {
    let taken: readonly string[] = []
    try {
      const done = await deps.db.forFirm(firmId, (tx) =>
        endSome(tx, deps, 1, (ids) => {
          taken = ids
        }),
      )
      if (!done) return sum
      sum.queued += done.queued
      sum.asked += done.asked
      sum.more = done.more
    } catch (error) {
      if (taken.length === 0 || mayPass(error)) throw error
      await deps.db.forFirm(firmId, async (tx) => {
        const now = deps.now()
        const until = now.add(forMending)
        await postponeDigests(
          tx,
          taken.map((id) => ({ id, until, asked: false })),
          now,
        )
        await deps.stuck(tx, taken[0]!, faultName(error), error)
      })
    }
  }
  return sum
}

/** @param took told of those that this call has taken on */
async function endSome(
  tx: FirmTx,
  deps: DigestDeps,
  limit: number,
  took: (ids: readonly string[]) => void,
): Promise<Done | null> {
  if (!(await takeDecideLock(tx))) return null
  const now = deps.now()
  const due = await dueDigests(tx, now, limit)
  took(due.ids)
  if (due.ids.length === 0) return { queued: 0, asked: 0, more: false }
  const config = await deps.program(tx)
  // Matters before digests before messages, everywhere.
  const matters = await lockMattersById(tx, due.matterIds as MatterId[])
  const digests = await lockDigests(tx, due.ids)
  const items = await digestItems(tx, due.ids)
  const notices = await lockHeld(tx, [...new Set(items.map((i) => i.notice_id as NoticeId))])
  const today = await loadToday(
    tx,
    config.program,
    notices,
    matters,
    {
      now,
      firmId: tx.firmId,
      newId: deps.newId,
      outdated: (matter) => factsTooOld(matter, config, now),
      gone: (matter) => isGone(matter, now),
    },
    // Each of them is a message already: nothing is decided that could have been said before.
    async () => ({ notices: new Map(), messages: new Set() }),
  )
  const byId = new Map(notices.map((n) => [n.id as string, n]))
  const waiting = Map.groupBy(items, (item) => item.digest_id)
  const ending: Ending = {
    closed: [],
    later: [],
    ask: new Set(),
    settled: [],
    messages: [],
    notices: [],
    events: [],
    decisions: [],
    said: new Map(),
    tasks: [],
  }
  for (const digest of digests) {
    const of = (waiting.get(digest.id) ?? []).flatMap((item) => {
      const notice = byId.get(item.notice_id)
      return notice ? [{ item, notice }] : []
    })
    end(ending, deps, digest, judgeDigest(digest, of, today), today)
  }
  await store(tx, deps, ending, config.program.revision, now)
  return {
    more: due.ids.length === limit,
    queued: ending.messages.length + ending.settled.length,
    asked: ending.ask.size,
  }
}

function end(ending: Ending, deps: DigestDeps, digest: OpenDigest, judged: Judged, today: Today): void {
  if (judged.kind === 'later') {
    for (const matter of judged.ask) ending.ask.add(matter)
    ending.later.push({ id: digest.id, until: judged.until, asked: judged.ask.length > 0 })
    return
  }
  const { lines, settled, newMessages } = judged
  const told = lines.length > 0 ? writeOut(ending, deps, digest, lines, today) : null
  // Its words could not be written: everything stays as it is until somebody has mended them.
  if (lines.length > 0 && told === null) {
    ending.later.push({ id: digest.id, until: today.now.add(forWords), asked: false })
    return
  }
  ending.settled.push(...settled)
  ending.messages.push(...newMessages)
  const alone = newMessages.length > 0 || settled.some((s) => s.to === 'queued')
  ending.closed.push({
    id: digest.id,
    outcome: told ? 'digest' : alone ? 'one' : 'nothing',
    purposes: [...new Set(lines.map((line) => line.notice.purpose))],
    matterIds: [...new Set(lines.map((line) => line.matter.id))],
    lines: told,
  })
}

/** @returns its lines as they are kept; null when its words can't be written: staff have a task then */
function writeOut(
  ending: Ending,
  deps: DigestDeps,
  digest: OpenDigest,
  lines: readonly Line[],
  { program, now }: Today,
): object | null {
  const config = program.digests.get(digest.key)
  const connectionId = program.outlets[digest.channel]
  const first = lines[0]!
  const { client, point, gates } = first
  const link = deps.link(program.firmId, digest.id, now)
  const written = writeDigest(program, config ?? { template: '' }, digest.channel, lines, link)
  if (!written.words.ok || connectionId === null) {
    const problem = written.words.ok
      ? `the firm sends no ${digest.channel}`
      : written.words.problems.map((p) => `${p.kind} ${p.what}`).join(', ')
    ending.tasks.push({
      kind: 'template_problem',
      title: `The digest ${digest.key} can't be written`,
      detail: `${problem}. What it would say waits until that is mended; it is tried again each hour.`,
      matterId: null,
      clientId: client.id,
      assignee: 'staff',
      dueAt: null,
      cause: `digest ${digest.key} ${written.version} ${problem}`.slice(0, 300),
    })
    return null
  }
  const { words, version, kept } = written
  const eventId = deps.newId<EventId>()
  const noticeId = deps.newId<NoticeId>()
  const id = deps.newId<MessageId>()
  const matterIds = [...new Set(lines.map((line) => line.matter.id))]
  const matterId = matterIds.length === 1 ? matterIds[0]! : null
  const purposes = [...new Set(lines.map((line) => line.notice.purpose))]
  // Where its lines are of several purposes, digests.purposes tells all; this one names it in lists.
  const purpose = purposes.length === 1 ? purposes[0]! : 'status'
  const ruleKey = `digest:${digest.key}`
  const templateKey = config!.template
  ending.events.push({
    id: eventId,
    deliveryId: null,
    connectionId: first.matter.connection_id,
    type: 'digest.due',
    matterId,
    clientId: client.id,
    subject: `digest:${digest.id}`,
    occurredAt: now,
    data: { digest: digest.key, lines: lines.length },
    outcome: 'decided',
  })
  ending.decisions.push({
    eventId,
    trigger: 'event',
    results: [
      { rule: ruleKey, version: config!.version, outcome: 'told', values: { 'event.lines': lines.length } },
    ],
  })
  ending.notices.push({
    id: noticeId,
    eventId,
    matterId,
    clientId: client.id,
    audience: 'client',
    ruleKey,
    ruleVersion: config!.version,
    action: 0,
    purpose,
    urgency: 'normal',
    templateKey,
    state: 'messaged',
    reason: null,
    gates: [...gates],
    stateEntry: null,
    factId: null,
    factMark: null,
    dueAt: null,
    deadlineAt: null,
    cause: `digest ${digest.id}`,
  })
  ending.messages.push({
    id,
    noticeId,
    matterId,
    clientId: client.id,
    contactPointId: point.id,
    connectionId,
    channel: digest.channel,
    address: point.address,
    purpose,
    urgent: false,
    templateKey,
    templateVersion: version,
    language: words.language,
    subject: words.subject ?? null,
    body: words.text,
    segments: words.segments ?? null,
    calendar: null,
    digest: null,
    carries: digest.id,
    state: 'queued',
    reason: null,
    dueAt: now,
    cause: `digest ${digest.id} ${digest.channel} ${point.address}`,
  })
  ending.said.set(
    id,
    lines.map((line) => line.item.id),
  )
  return kept
}

async function store(
  tx: FirmTx,
  deps: DigestDeps,
  ending: Ending,
  revision: number,
  now: Temporal.Instant,
): Promise<void> {
  const context = { now, newId: deps.newId, salt: deps.salt, revision }
  await insertEvents(tx, ending.events, now)
  await insertDecisions(tx, ending.decisions, context)
  await insertNotices(tx, ending.notices, now)
  await insertMessages(tx, ending.messages, context)
  await endInDigest(tx, ending.said, now)
  await settleHeld(tx, ending.settled, context)
  await postponeDigests(tx, ending.later, now)
  await closeDigests(tx, ending.closed, now)
  await openTasks(tx, ending.tasks, now)
  if (ending.ask.size > 0)
    await wishForFacts(
      tx,
      [...ending.ask].map((m) => ({ connectionId: m.connection_id, externalId: m.external_id })),
      now,
    )
  tx.afterCommit(() => {
    for (const { outcome } of ending.closed) deps.counted(outcome)
  })
}

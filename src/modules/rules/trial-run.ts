/** A draft of a rule on what happened in the last 30 days, part by part. It reads only: the database refuses it all else. */
import { setImmediate } from 'node:timers/promises'
import type { ClientId, EventId, FirmId, MatterId, MessageId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { CompiledRule } from './compile.ts'
import type { FirmProgram } from './program.ts'
import { differences, type TrialDifference, type TrialItem, trialSide } from './trial.ts'
import { loadLately, type Past } from './trial-load.ts'

/** How far back a draft is tried. */
export const trialDays = 30
const chunk = 200
/** At most in one part, so that nobody holds the database: some 2,000 events are decided in a second. */
const mostEvents = 2_000
const longestStatementMs = 5_000

export interface TrialPart {
  /** What differs, the newest first; with `same` all that is said. */
  items: TriedItem[]
  totals: Record<TrialDifference, number>
  /** How many events were looked at. */
  looked: number
  /** Of those, how many nothing is ever said of: undone at once, overtaken by later news, or told before. */
  passedOver: number
  /** What happened before this was not looked at yet; null: nothing was looked at. */
  lookedUntil: Temporal.Instant | null
  /** Give it for the next part; null: this was the last. */
  next: string | null
}

export interface TriedItem extends TrialItem {
  event: { id: EventId; type: string; occurredAt: Temporal.Instant }
  matter: { id: MatterId; number: string | null; title: string | null }
  client: { id: ClientId; name: string } | null
  /** What really went to the client by this rule and channel then, whichever edition it had. */
  message: { id: MessageId; state: string } | null
  /** Paths that these editions read, and for which today's values stand in. */
  standIns: readonly string[]
}

export interface TrialAsked {
  /** The rule's key, by which what was really sent is found. */
  key: string
  /** What holds; null: no such rule, or it is switched off. */
  before: CompiledRule | null
  /** The draft. */
  after: CompiledRule | null
  now: Temporal.Instant
  /** `next` of the part before; null: from now on back. */
  cursor: string | null
  /** How many items end a part; the last event may bring some more. */
  limit: number
  /** List also what would be the same. */
  same: boolean
  firmId: FirmId
  newId: NewId
  /** True: enough time was spent on this part. */
  spent(): boolean
}

/** @param program as it holds: everything but the rule is the same for both */
export async function tryRule(tx: FirmTx, program: FirmProgram, asked: TrialAsked): Promise<TrialPart> {
  await tx.run('set transaction read only')
  await tx.run(`set local statement_timeout = ${longestStatementMs}`)
  const part: TrialPart = {
    items: [],
    totals: { sent: 0, unsent: 0, changed: 0, same: 0, problem: 0 },
    looked: 0,
    passedOver: 0,
    lookedUntil: null,
    next: asked.cursor,
  }
  const rules = [asked.before, asked.after].filter((rule) => rule !== null)
  if (rules.length === 0) return { ...part, next: null }
  const since = asked.now.subtract({ hours: 24 * trialDays })
  for (;;) {
    const lately = await loadLately(tx, program, rules, { since, before: part.next, limit: chunk })
    for (const past of lately.past) {
      take(part, past, asked, triedOn(program, past, asked, lately.withdrawals))
      // What comes in meanwhile, webhooks above all, does not wait for a chunk.
      if (part.looked % 10 === 0) await setImmediate()
      if (part.items.length >= asked.limit || part.looked >= mostEvents || asked.spent())
        return withMessages(tx, part, asked.key)
    }
    if (!lately.more) return withMessages(tx, { ...part, next: null }, asked.key)
    // A chunk of which nothing is seen (its matters are closed to who asks) is gone past as well.
    part.next = lately.last
  }
}

function triedOn(
  program: FirmProgram,
  past: Past,
  { before, after, firmId, newId }: TrialAsked,
  withdrawals: Parameters<typeof trialSide>[4]['withdrawals'],
): TrialItem[] {
  const { happening, situation, event } = past
  const by = { at: event.recordedAt, firmId, newId, withdrawals }
  return differences(
    trialSide(program, before, happening, situation, by),
    trialSide(program, after, happening, situation, by),
  )
}

function take(part: TrialPart, past: Past, asked: TrialAsked, items: readonly TrialItem[]): void {
  const { event, situation } = past
  part.looked++
  part.next = event.id
  part.lookedUntil = event.recordedAt
  if (past.passedOver) {
    part.passedOver++
    return
  }
  const { matter, client } = situation
  for (const item of items) {
    part.totals[item.difference]++
    if (item.difference === 'same' && !asked.same) continue
    part.items.push({
      ...item,
      event: { id: event.id, type: event.type, occurredAt: event.occurredAt },
      matter: { id: matter.id, number: matter.number, title: matter.title },
      client: client && { id: client.id, name: client.name },
      message: null,
      standIns: past.standIns,
    })
  }
}

/** With what was really sent, where it is kept. */
async function withMessages(tx: FirmTx, part: TrialPart, key: string): Promise<TrialPart> {
  const rows = await tx.rows<{ event_id: EventId; channel: string; id: MessageId; state: string }>(
    `select n.event_id, m.channel, m.id, m.state from notices n join messages m on m.notice_id = n.id
     where n.event_id = any($1) and n.rule_key = $2 order by m.created_at`,
    [[...new Set(part.items.map((item) => item.event.id))], key],
  )
  const sent = new Map(
    rows.map(({ event_id, channel, id, state }) => [`${event_id} ${channel}`, { id, state }]),
  )
  const items = part.items.map((item) => {
    const channel = (item.before ?? item.after)?.channel
    return { ...item, message: sent.get(`${item.event.id} ${channel}`) ?? null }
  })
  return { ...part, items }
}

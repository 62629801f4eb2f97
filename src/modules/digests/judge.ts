/** What becomes of a digest whose window has ended, and of each thing that waits in it. Pure. */
import {
  type DigestItem,
  type NewMessage,
  type OpenDigest,
  type SettledHeld,
  untilLifted,
} from '../delivery/index.ts'
import type { Client, ContactPoint } from '../facts/index.ts'
import type { MatterRow } from '../matters/index.ts'
import type { Notice } from '../notices/index.ts'
import {
  compose,
  gatesFor,
  languageFor,
  lookAgain,
  noLongerTrue,
  type Standing,
  standingOf,
  type Today,
  valuesOf,
} from '../rules/index.ts'

/** One thing that is still to be said. */
export interface Line {
  item: DigestItem
  notice: Notice
  matter: MatterRow
  client: Client
  at: Temporal.Instant
  text: string
  point: ContactPoint
  gates: Notice['gates']
}

export type Judged =
  /** Some of it can't be decided yet, or nobody may be written to now: all of it waits. */
  | { kind: 'later'; until: Temporal.Instant; ask: readonly MatterRow[] }
  | {
      kind: 'ends'
      /** Two at least, or none. */
      lines: readonly Line[]
      /** What goes as itself, waits for something else, or is not said any more. */
      settled: SettledHeld[]
      newMessages: NewMessage[]
    }

/** Facts that are too old are read anew first; that wakes the digest. Should the CMS be silent, it is looked at again. */
const forNewFacts = { hours: 1 }

type Stands = Extract<Standing, { kind: 'stands' }>
type Found =
  | { kind: 'line'; line: Line; standing: Stands }
  | { kind: 'settled'; settled: SettledHeld }
  | { kind: 'apart'; notice: Notice; standing: Stands; item: DigestItem }
  | { kind: 'later'; until: Temporal.Instant }
  | { kind: 'read'; matter: MatterRow }

/** @param items what waits in it, with its notice; in the order in which they were decided */
export function judgeDigest(
  digest: OpenDigest,
  items: readonly { item: DigestItem; notice: Notice }[],
  today: Today,
): Judged {
  const found = items.map(({ item, notice }) => judgeItem(digest, item, notice, today))
  const ask = found.flatMap((f) => (f.kind === 'read' ? [f.matter] : []))
  const waits = found.flatMap((f) => (f.kind === 'later' ? [f.until] : []))
  if (ask.length > 0) waits.push(today.now.add(forNewFacts))
  if (waits.length > 0) {
    const until = waits.reduce((a, b) => (Temporal.Instant.compare(a, b) > 0 ? a : b))
    return { kind: 'later', until, ask }
  }
  const settled = found.flatMap((f) => (f.kind === 'settled' ? [f.settled] : []))
  const newMessages: NewMessage[] = []
  const lines = found.flatMap((f) => (f.kind === 'line' ? [f] : []))
  const together = largest(lines)
  const alone = [
    ...found.flatMap((f) => (f.kind === 'apart' ? [f] : [])),
    ...lines
      .filter(({ line }) => !together.includes(line))
      .map(({ line, standing }) => ({ standing, notice: line.notice, item: line.item })),
  ]
  for (const { standing, notice, item } of alone) {
    const message = { id: item.id, channel: digest.channel, address: item.address }
    settled.push(lookAgain(newMessages, today, standing, notice, message, { anew: true, digestEnded: true }))
  }
  return { kind: 'ends', lines: together, settled, newMessages }
}

/** What goes to one address; an address may be closed to some purposes and not to others. One thing alone is no digest. */
function largest(found: readonly { line: Line }[]): readonly Line[] {
  const groups = Map.groupBy(
    found.map((f) => f.line),
    (line) => line.point.id,
  )
  const most = [...groups.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  return most.length < 2 ? [] : most
}

function judgeItem(digest: OpenDigest, item: DigestItem, notice: Notice, today: Today): Found {
  const standing = standingOf(notice, today)
  const drop = (reason: string): Found => ({
    kind: 'settled',
    settled: { id: item.id, to: 'cancelled', reason },
  })
  const hold = (reason: string, dueAt: Temporal.Instant): Found => ({
    kind: 'settled',
    settled: { id: item.id, to: 'held', reason, dueAt, digest: null },
  })
  switch (standing.kind) {
    case 'drop':
      return drop(standing.reason)
    case 'wait':
      return hold(standing.reason, standing.until)
    case 'read':
      return standing
    case 'stands':
      break
  }
  const { program, decision, now } = today
  const { rule, happening, situation } = standing
  const action = rule.actions[notice.action]
  const { client } = situation
  if (action?.kind !== 'tell' || !client || !action.tell.channels.includes(digest.channel))
    return drop('the rule has changed')
  const given = valuesOf(happening, situation)
  const untrue = noLongerTrue(rule, given)
  if (untrue) return untrue.kind === 'drop' ? drop(untrue.reason) : hold(untrue.reason, now.add(forNewFacts))
  const { asked } = gatesFor(program, action, digest.channel, notice, situation, decision, {
    anew: true,
    digestEnded: true,
  })
  if (asked.verdict === 'suppress') return drop(asked.reason)
  if (asked.verdict === 'hold')
    return asked.gate === 'quiet_hours' && asked.until !== null
      ? { kind: 'later', until: asked.until }
      : hold(asked.reason, asked.until ?? untilLifted)
  const composed = compose(program, action, 'digest', languageFor(program, client.language), situation, given)
  // Its own words may be whole all the same; if they are not, it waits, and staff are told of it.
  if (!composed.ok) return { kind: 'apart', notice, standing, item }
  return {
    kind: 'line',
    standing,
    line: {
      item,
      notice,
      matter: situation.matter,
      client,
      at: happening.occurredAt,
      text: composed.text,
      point: asked.contactPoint,
      gates: asked.outcomes,
    },
  }
}

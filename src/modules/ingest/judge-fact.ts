/**
 * What a payload that carries a fact means beside what we know of it: news, the same again, or older than that.
 * Webhooks overtake each other, and a read of the CMS may have seen the change before its webhook came. Pure.
 */
import type { ConnectionId, MatterId } from '../../kernel/index.ts'
import type { MappedFact } from '../connections/index.ts'
import { type KnownFact, quietMark, removedMark } from '../facts/index.ts'

export interface FactEvent {
  fact: MappedFact
  type: string
  connectionId: ConnectionId
  matterId: MatterId
  /** The source's own time; null: it tells none. */
  occurredAt: Temporal.Instant | null
  receivedAt: Temporal.Instant
  /** For a fact that is new to us. */
  newId: string
}

export interface FactVerdict {
  outcome: 'news' | 'again' | 'stale'
  /** What it said before. */
  before: Record<string, unknown> | null
  /** The fact after this event; null: as it was. */
  next: KnownFact | null
  /** What a message about this event must agree with. */
  factId: string
  mark: string
}

export function judgeFact(known: KnownFact | undefined, event: FactEvent): FactVerdict {
  const { fact } = event
  const at = timeOf(event, known)
  const next: KnownFact = {
    id: known?.id ?? event.newId,
    connectionId: event.connectionId,
    kind: fact.kind,
    externalId: fact.externalId,
    matterId: event.matterId,
    version: fact.version ?? known?.version ?? null,
    versionSince: at,
    announced: true,
    edition: known?.edition ?? 1,
    data: { ...known?.data, ...fact.data },
    previousData: known?.data ?? null,
    mark: fact.removed ? removedMark : markOf(event, at),
    sourceUpdatedAt: at,
    removedAt: fact.removed ? at : null,
  }
  const { id: factId, mark } = next
  const news = (before: FactVerdict['before'], stored: KnownFact = next): FactVerdict => ({
    outcome: 'news',
    before,
    next: stored,
    factId,
    mark: stored.mark,
  })
  const silent = (outcome: 'again' | 'stale', stored: KnownFact | null = null): FactVerdict => ({
    outcome,
    before: null,
    next: stored,
    factId,
    mark: known?.mark ?? mark,
  })
  if (!known) return news(null)

  const older = isBefore(at, known.sourceUpdatedAt)
  if (fact.removed) {
    // A read of the CMS may have missed it already; that told nobody.
    if (known.removedAt)
      return known.announced ? silent('again') : news(known.data, { ...known, announced: true })
    return older ? silent('stale') : news(known.data)
  }
  if (known.removedAt) {
    const gone = known.announced ? known.removedAt : known.sourceUpdatedAt
    return gone && !isBefore(gone, at) ? silent('stale') : news(null)
  }
  if (fact.version !== null && fact.version === known.version) {
    const later = known.versionSince !== null && isBefore(known.versionSince, at)
    if (known.announced || later) return silent('again', older ? null : { ...next, ...sameVersion(known) })
    const told = { ...(older ? known : next), ...sameVersion(known), announced: true }
    return news(known.previousData, told)
  }
  // It got into this state when nobody could say so, and that is told by other means.
  if (known.mark === quietMark && 'state' in fact.data && fact.data.state === known.data.state)
    return silent('again', older ? { ...known, mark: next.mark } : next)
  if (!older) return news(known.data)
  // That a document was filed, or a bill paid, stays true whatever was noted on it since; a date has been overtaken.
  const stands =
    fact.kind === 'document' ||
    (fact.kind === 'bill' && 'state' in fact.data && fact.data.state === known.data.state)
  return stands ? news(null, { ...known, mark }) : silent('stale')
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant | null): boolean =>
  b !== null && Temporal.Instant.compare(a, b) < 0

const sameVersion = ({ versionSince, previousData, announced }: KnownFact) => ({
  versionSince,
  previousData,
  announced,
})

/** A deletion often tells no time; its clock being behind must not make it older than what it deletes. */
function timeOf({ fact, occurredAt, receivedAt }: FactEvent, known: KnownFact | undefined): Temporal.Instant {
  if (occurredAt) return occurredAt
  const updated = known?.sourceUpdatedAt ?? null
  return fact.removed && updated && isBefore(receivedAt, updated) ? updated : receivedAt
}

/** Rewording a date does not change it, nor does a note on a bill; another time does, and another state of the bill. */
function markOf({ fact, type }: FactEvent, at: Temporal.Instant): string {
  switch (fact.kind) {
    case 'appointment':
      return fact.version ?? at.toString()
    case 'bill':
      return type
    case 'document':
      return 'there'
  }
}

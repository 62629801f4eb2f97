/**
 * What each mapped event means for the matters we know: which facts are still wanted, what the state machine says,
 * and what is to be decided. Matters are changed in memory, in the order of the events.
 */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { KnownFact } from '../facts/index.ts'
import type { MatterRow } from '../matters/index.ts'
import { decideAll } from './decide-judged.ts'
import type { Interpreted } from './interpret.ts'
import { bury, factEvent } from './judge-fact-event.ts'
import { judgeStatus } from './judge-status.ts'
import { type Input, isReplay, type Judged, plainEvent } from './judged.ts'
import { knownFacts, mattersByClient } from './load-known.ts'
import { type DeliveryEnd, replayedMark } from './store.ts'
import type { IngestProgram } from './types.ts'

export async function judge(tx: FirmTx, input: Input): Promise<Judged> {
  const { read, matters, config, now } = input
  const judged: Judged = {
    events: [],
    observed: [],
    facts: [],
    tombstones: [],
    slips: [],
    undone: [],
    tasks: [],
    quarantined: [...read.quarantined],
    wishes: [],
    touched: [],
    ends: [...read.ends],
    decide: (loaded, context, program) => decideAll(judged, loaded, context, program),
  }
  const ended = new Map<string, DeliveryEnd>()
  const { known, tombstones, ends } = await knownFacts(tx, input)
  const byClient = await mattersByClient(tx, input)
  const changed = new Map<string, KnownFact>()
  const observed = new Set<MatterRow>()

  for (const item of read.events) {
    const { delivery, mapped, mattersOf } = item
    if (ended.has(delivery.id)) continue
    const fact =
      mapped.fact && known.get(`${delivery.connection_id} ${mapped.fact.kind} ${mapped.fact.externalId}`)
    const theirs = byClient.get(`${mattersOf} ${mapped.clientExternalId}`) ?? []
    if (mapped.type === 'client.changed') {
      // Someone edited a client in the CMS: their matters are read anew, at once.
      for (const id of theirs) judged.wishes.push({ connectionId: mattersOf, externalId: id })
      judged.events.push(plainEvent(item, input, null, 'decided'))
      continue
    }
    if (mapped.type === 'matter.touched') {
      // Someone who proves little says that it changed: what it is now, its own system is asked.
      const { matterExternalId: touched } = mapped
      if (touched !== null && config.readable.has(mattersOf))
        judged.wishes.push({ connectionId: mattersOf, externalId: touched })
      // A document system speaks of another's matter, but what is new may be on its own lists.
      judged.touched.push(mattersOf, delivery.connection_id)
      const matter = matters.get(`${mattersOf} ${touched}`) ?? null
      judged.events.push(plainEvent(item, input, matter, 'decided'))
      continue
    }
    const externalId = mapped.matterExternalId ?? (theirs.length === 1 ? theirs[0]! : null)
    const matter =
      externalId !== null
        ? matters.get(`${mattersOf} ${externalId}`)
        : fact && [...matters.values()].find((m) => m.id === fact.matterId)

    if (externalId === null && !matter && mapped.clientExternalId === null) {
      ended.set(delivery.id, {
        id: delivery.id,
        state: 'ignored',
        reason: 'about a fact of no matter we know',
      })
      bury(item, tombstones, judged)
      continue
    }
    const wanted = wish(item, matter, config, now)
    if (wanted !== null && externalId !== null) {
      judged.wishes.push({ connectionId: mattersOf, externalId })
      ended.set(delivery.id, {
        id: delivery.id,
        state: 'waiting',
        reason: isReplay(delivery) ? `${replayedMark}; ${wanted}` : wanted,
        waitingFor: `${mattersOf} ${externalId}`,
      })
      continue
    }
    if (!matter) {
      judged.quarantined.push({
        connectionId: delivery.connection_id,
        deliveryId: delivery.id,
        kind: 'no_matter',
        rawStatus: mapped.status,
        detail: {
          matter: externalId,
          client: mapped.clientExternalId,
          message:
            theirs.length > 1
              ? 'it names only a client, who has several matters'
              : 'no such matter is known and its system cannot be asked',
        },
      })
      ended.set(delivery.id, { id: delivery.id, state: 'quarantined', reason: 'no_matter' })
      continue
    }

    if (mapped.type === 'matter.status_changed') {
      const outcome = judgeStatus(item, matter, input, judged)
      if (outcome === 'changed') observed.add(matter)
      if (outcome === 'quarantined') {
        observed.add(matter)
        ended.set(delivery.id, { id: delivery.id, state: 'quarantined', reason: 'unknown_status' })
      }
      if (outcome === 'repeat')
        ended.set(delivery.id, {
          id: delivery.id,
          state: 'ignored',
          reason: 'repeated; the stored state is the same',
        })
      continue
    }

    if (delivery.repeat) {
      ended.set(delivery.id, { id: delivery.id, state: 'ignored', reason: 'repeated within 10 minutes' })
      continue
    }
    judged.events.push(factEvent(item, matter, { known, changed, tombstones, ends }, input, judged))
  }

  judged.observed = [...observed]
  judged.facts = [...changed.values()]
  const eventful = new Set(judged.events.map((e) => e.deliveryId))
  for (const id of new Set(read.events.map((e) => e.delivery.id))) {
    const end = ended.get(id)
    if (end) judged.ends.push(end)
    else if (eventful.has(id)) judged.ends.push({ id, state: 'done', reason: null })
  }
  return judged
}

/**
 * First sight, older than the connection allows, or of another client than ours: the CMS is asked before anything is
 * decided.
 *
 * @returns why, or null when what we have will do
 */
function wish(
  { delivery, mapped, mattersOf }: Interpreted['events'][number],
  matter: MatterRow | undefined,
  config: IngestProgram,
  now: Temporal.Instant,
): string | null {
  if (!config.readable.has(mattersOf)) return null
  if (!matter) return 'first sight'
  if (factsTooOld(matter, config, now)) return 'facts are older than allowed'
  const other = mapped.clientExternalId !== null && mapped.clientExternalId !== matter.client_external_id
  // Asked once: a system with clients of its own would have us ask for ever.
  return other && !delivery.reason?.endsWith(otherClient) ? otherClient : null
}

const otherClient = 'it names another client'

/** Whether the matter must be read anew before anything is said about it. */
export function factsTooOld(matter: MatterRow, config: IngestProgram, now: Temporal.Instant): boolean {
  const readable = config.readable.get(matter.connection_id)
  if (!readable?.maxAge) return false
  const age = now.epochMilliseconds - matter.observed_at.epochMilliseconds
  return age > readable.maxAge.total({ unit: 'milliseconds', relativeTo: '2026-01-01' })
}

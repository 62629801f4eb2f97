/** What the events speak of, as we know it: facts and the matters of clients, locked. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { factsAsKnown, type KnownFact, mattersOfClients, removedUnseen } from '../facts/index.ts'
import { lockMatters, lockMattersById } from '../matters/index.ts'
import { endsTold } from '../notices/index.ts'
import type { Input } from './judged.ts'

/** Facts that payloads speak of, as they were before; their matters are locked too. */
export async function knownFacts(
  tx: FirmTx,
  input: Input,
): Promise<{
  known: Map<string, KnownFact>
  tombstones: Map<string, Temporal.Instant>
  ends: Map<string, number>
}> {
  const wanted = input.read.events.flatMap(({ delivery, mapped }) =>
    mapped.fact
      ? [{ connectionId: delivery.connection_id, kind: mapped.fact.kind, externalId: mapped.fact.externalId }]
      : [],
  )
  if (wanted.length === 0) return { known: new Map(), tombstones: new Map(), ends: new Map() }
  const known = await factsAsKnown(tx, wanted)
  const locked = new Set([...input.matters.values()].map((m) => m.id))
  const further = [...new Set(known.flatMap((k) => k.matterId ?? []))].filter((id) => !locked.has(id))
  if (further.length > 0) {
    for (const m of await lockMattersById(tx, further))
      input.matters.set(`${m.connection_id} ${m.external_id}`, m)
  }
  const byKey = new Map(known.map((k) => [`${k.connectionId} ${k.kind} ${k.externalId}`, k]))
  const unknown = wanted.filter((w) => !byKey.has(`${w.connectionId} ${w.kind} ${w.externalId}`))
  const ending = input.read.events.flatMap(({ delivery, mapped: { fact } }) =>
    fact?.removed ? (byKey.get(`${delivery.connection_id} ${fact.kind} ${fact.externalId}`)?.id ?? []) : [],
  )
  return { known: byKey, tombstones: await removedUnseen(tx, unknown), ends: await endsTold(tx, ending) }
}

/** Payloads may name a client instead of a matter: by connection and client, external ids of their matters, locked. */
export async function mattersByClient(tx: FirmTx, input: Input): Promise<Map<string, string[]>> {
  const named = new Map<string, string[]>()
  for (const { mapped, mattersOf } of input.read.events) {
    const { clientExternalId } = mapped
    const key = `${mattersOf} ${clientExternalId}`
    if (clientExternalId === null || mapped.matterExternalId !== null || named.has(key)) continue
    const ids = await mattersOfClients(tx, mattersOf, clientExternalId)
    named.set(key, ids)
    const missing = ids.filter((id) => !input.matters.has(`${mattersOf} ${id}`))
    for (const m of await lockMatters(
      tx,
      missing.map((externalId) => ({ connectionId: mattersOf, externalId })),
    ))
      input.matters.set(`${m.connection_id} ${m.external_id}`, m)
  }
  return named
}

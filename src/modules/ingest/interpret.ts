/** From raw deliveries to mapped events, without looking at any of our rows. Pure. */
import type { ConnectionId } from '../../kernel/index.ts'
import { type Json, readJson } from '../../kernel/index.ts'
import {
  type DeliveryInput,
  type Drift,
  deliveryKey,
  type MappedEvent,
  type Mapping,
  type MappingRef,
  mapDelivery,
} from '../connections/index.ts'
import { driftCause, type ShapeBook } from './shape-book.ts'
import type { DeliveryEnd, NewQuarantine, StoredDelivery } from './store.ts'
import type { IngestProgram } from './types.ts'

export interface Interpreted {
  events: { delivery: StoredDelivery; mapped: MappedEvent; mattersOf: ConnectionId }[]
  /** Every matter that is spoken of. */
  matters: { connectionId: ConnectionId; externalId: string }[]
  quarantined: NewQuarantine[]
  drifted: Drifted[]
  /** Causes of alerts on drift that are over. */
  healed: string[]
  ends: DeliveryEnd[]
}

/** A payload that has lost or changed what a rule needs. */
export interface Drifted {
  delivery: StoredDelivery
  mapping: string
  fields: Drift[]
  /** Keys of the rules concerned. */
  rules: string[]
}

export function interpret(
  deliveries: readonly StoredDelivery[],
  config: IngestProgram,
  shapes: ShapeBook,
): Interpreted {
  const result: Interpreted = { events: [], matters: [], quarantined: [], drifted: [], healed: [], ends: [] }
  for (const delivery of deliveries) {
    const refuse = (kind: NewQuarantine['kind'], detail: Record<string, unknown>) => {
      result.quarantined.push({
        connectionId: delivery.connection_id,
        deliveryId: delivery.id,
        kind,
        rawStatus: null,
        detail,
      })
      result.ends.push({ id: delivery.id, state: 'quarantined', reason: kind })
    }
    const hooks = config.hooks.get(delivery.connection_id)
    if (!hooks) {
      refuse('unmapped', { message: 'the connection is no longer configured to understand webhooks' })
      continue
    }
    const body = readJson(delivery.body)
    if (!body.ok) {
      refuse('unreadable', { message: body.reason })
      continue
    }
    const mapping = mapDelivery(hooks, inputOf(delivery, body.value))
    const drift = mapping.kind === 'drift' ? mapping : driftOf(shapes, delivery, body.value, mapping, config)
    if (drift) {
      const { by, fields } = drift
      const rules = rulesOn(config, by.type)
      refuse('drift', {
        fields,
        rules,
        // Given up when the list is read anew, so that the same change may come again, whole.
        key: deliveryKey(hooks, inputOf(delivery, body.value)),
        message: fields
          .map((f) => `${f.field} ${f.is === 'lost' ? 'is gone' : `was ${f.was}, is ${f.is}`}`)
          .join('; '),
      })
      shapes.told(delivery.connection_id, by.key)
      result.drifted.push({
        delivery,
        mapping: by.key,
        fields,
        rules,
      })
      continue
    }
    switch (mapping.kind) {
      case 'drift':
        break
      case 'ignored':
        result.ends.push({ id: delivery.id, state: 'ignored', reason: 'as configured' })
        break
      case 'unmapped':
        refuse('unmapped', { message: 'no mapping of this connection is meant for this payload' })
        break
      case 'error':
        refuse('mapping_error', { problems: mapping.problems })
        break
      case 'events': {
        const connectionOf = (name: string | undefined) =>
          name === undefined ? delivery.connection_id : config.connectionIds.get(name)
        // All or nothing: half a delivery would be worked off a second time when it is replayed.
        const lost = mapping.events.find((mapped) => connectionOf(mapped.mattersOf) === undefined)
        if (lost) {
          refuse('mapping_error', {
            problems: [{ path: 'mattersOf', message: `no connection ${lost.mattersOf}` }],
          })
          break
        }
        for (const mapped of mapping.events) {
          if (shapes.healed(delivery.connection_id, mapped.by))
            result.healed.push(driftCause(delivery.connection_id, mapped.by.key))
          const mattersOf = connectionOf(mapped.mattersOf)!
          result.events.push({ delivery, mapped, mattersOf })
          if (mapped.matterExternalId !== null)
            result.matters.push({ connectionId: mattersOf, externalId: mapped.matterExternalId })
        }
      }
    }
  }
  return result
}

const inputOf = (delivery: StoredDelivery, body: Json): DeliveryInput => ({
  body,
  headers: delivery.headers,
  model: delivery.model,
  receivedAt: delivery.received_at,
})

const rulesOn = (config: IngestProgram, type: string): string[] =>
  (config.program.rules.get(type) ?? []).map((rule) => rule.key)

/** Nobody promised these fields, but all payloads have had them so far. */
function driftOf(
  shapes: ShapeBook,
  delivery: StoredDelivery,
  body: Json,
  mapping: Mapping,
  { program }: IngestProgram,
): { by: MappingRef; fields: Drift[] } | null {
  // A field of another kind may be why it could not be read.
  const read =
    mapping.kind === 'events' ? mapping.events.map((e) => e.by) : mapping.kind === 'error' ? mapping.by : []
  for (const by of read) {
    const rules = program.rules.get(by.type) ?? []
    const needed = ({ feeds }: { feeds: string | null }) =>
      rules.length > 0 && (feeds === null || rules.some((rule) => rule.reads.includes(`event.${feeds}`)))
    const fields = shapes.look(delivery.connection_id, by, body, needed)
    if (fields.length > 0) return { by, fields }
  }
  return null
}

/** From raw deliveries to mapped events, without looking at any of our rows. Pure. */
import type { ConnectionId } from '../../kernel/index.ts'
import { readJson } from '../../kernel/index.ts'
import { type MappedEvent, mapDelivery } from '../connections/index.ts'
import type { DeliveryEnd, NewQuarantine, StoredDelivery } from './store.ts'
import type { IngestProgram } from './types.ts'

export interface Interpreted {
  events: { delivery: StoredDelivery; mapped: MappedEvent; mattersOf: ConnectionId }[]
  /** Every matter that is spoken of. */
  matters: { connectionId: ConnectionId; externalId: string }[]
  quarantined: NewQuarantine[]
  ends: DeliveryEnd[]
}

export function interpret(deliveries: readonly StoredDelivery[], config: IngestProgram): Interpreted {
  const result: Interpreted = { events: [], matters: [], quarantined: [], ends: [] }
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
    const mapping = mapDelivery(hooks, {
      body: body.value,
      headers: delivery.headers,
      model: delivery.model,
      receivedAt: delivery.received_at,
    })
    switch (mapping.kind) {
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

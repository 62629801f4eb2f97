/** The rows of people whom reminders go to beside a matter's client. */
import type { ClientId, ConnectionId, NewId } from '../../kernel/index.ts'
import { parseMailAddress } from '../../kernel/mail-address.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { ClientWishes } from '../moments/index.ts'
import { upsertClients } from './clients.ts'
import type { Attorney } from './people.ts'

/** Attorneys as people whom reminders can go to: by mail, since that is what a CMS knows of them, in the firm's zone. */
export async function upsertAttorneys(
  tx: FirmTx,
  connectionId: ConnectionId,
  attorneys: readonly Attorney[],
  now: Temporal.Instant,
  newId: NewId,
): Promise<Map<string, ClientId>> {
  const each = [...new Map(attorneys.map((a) => [a.externalId, a])).values()]
  const stored = await upsertClients(
    tx,
    connectionId,
    each.map(({ externalId, name, mail }) => {
      const address = mail === null ? null : parseMailAddress(mail)
      return {
        externalId,
        kind: 'staff' as const,
        name,
        firstName: null,
        lastName: null,
        language: null,
        timeZone: null,
        preference: 'Email',
        cmsPaused: false,
        data: {},
        contactPoints: address?.ok
          ? [{ channel: 'email' as const, address: address.address, label: null, rank: 0 }]
          : [],
      }
    }),
    { began: null, now },
    newId,
  )
  return new Map(stored.map((s) => [s.externalId, s.id]))
}

/** What planning needs to know of people who are not the matter's client; by `connection external-id`. */
export async function zonesOf(
  tx: FirmTx,
  people: readonly { connectionId: ConnectionId; externalId: string }[],
): Promise<
  Map<string, { id: ClientId; timeZone: string | null; region: string | null; wishes: ClientWishes | null }>
> {
  if (people.length === 0) return new Map()
  const rows = await tx.rows<{
    id: ClientId
    connection_id: string
    external_id: string
    time_zone: string | null
    region: string | null
    wishes: ClientWishes | null
  }>(
    `select id, connection_id, external_id, time_zone, data ->> 'region' as region, wishes from clients
     where connection_id = any($1) and external_id = any($2)`,
    [[...new Set(people.map((p) => p.connectionId))], [...new Set(people.map((p) => p.externalId))]],
    'clients_zones',
  )
  return new Map(
    rows.map((r) => [
      `${r.connection_id} ${r.external_id}`,
      { id: r.id, timeZone: r.time_zone, region: r.region, wishes: r.wishes },
    ]),
  )
}

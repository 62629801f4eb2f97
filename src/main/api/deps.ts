/** What the API needs of a running process; a Runtime has it all. */
import type { Clock, ConnectionId, FirmId, NewId } from '../../kernel/index.ts'
import type { Caller } from '../../modules/console/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Connecting } from '../connecting.ts'

export interface ApiDeps {
  db: Database
  clock: Clock
  newId: NewId
  log: Log
  nudge(lane: string, firmId: FirmId): void
  firms: { open(firmId: FirmId): Promise<ApiFirm> }
  connecting: Pick<Connecting, 'invite'>
}

/** The part of an open firm that answers speak of. */
export interface ApiFirm {
  code: { program: { settings: { timeZone: string } } }
  connections: ReadonlyMap<ConnectionId, { access?: unknown }>
  delivery: { outlets: ReadonlyMap<ConnectionId, { rate: { perSecond: number } | null }> }
}

/** What each request carries after its key was checked. */
export interface ApiEnv {
  Variables: { caller: Caller }
}

/** The firm's zone; where its configuration can't be opened people are answered all the same, in UTC. */
export async function zoneOf(deps: ApiDeps, firmId: FirmId): Promise<string> {
  try {
    return (await deps.firms.open(firmId)).code.program.settings.timeZone
  } catch {
    return 'UTC'
  }
}

/** @param by as it stands in the record */
export const acting = (deps: ApiDeps, by: string) => ({
  by,
  now: deps.clock.now(),
  newId: deps.newId,
  nudge: deps.nudge,
})

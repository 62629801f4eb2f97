import type { ConnectionId } from '../../kernel/index.ts'
import type { CompiledHooks } from '../connections/index.ts'
import type { FirmProgram } from '../rules/index.ts'

/** A firm's configuration as the decide lane needs it. */
export interface IngestProgram {
  program: FirmProgram
  hooks: ReadonlyMap<ConnectionId, CompiledHooks>
  /** Connections by key, for mappings that speak of another system's matters. */
  connectionIds: ReadonlyMap<string, ConnectionId>
  /** How old the facts of a connection's matters may be; null: any age. Not listed: it can't be read. */
  readable: ReadonlyMap<ConnectionId, { maxAge: Temporal.Duration | null }>
}

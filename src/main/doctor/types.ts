/** What a check is given, and what it is. */
import type { Clock, FirmId } from '../../kernel/index.ts'
import type { Config } from '../config.ts'
import type { OpenFirm } from '../firms.ts'
import type { Runtime } from '../runtime.ts'
import type { Finding } from './findings.ts'

export { type Finding, fail, ok, warn } from './findings.ts'

export interface DoctorContext {
  runtime: Pick<Runtime, 'db' | 'pool' | 'firms' | 'keys'>
  config: Pick<Config, 'publicUrl' | 'dataDir' | 'sandbox'>
  /** Of the app role, for a connection of its own. */
  databaseUrl: string
  clock: Clock
  /** What `env:` references stand for. */
  env: Readonly<Record<string, string | undefined>>
  fetch: typeof globalThis.fetch
  freeBytes(path: string): number
  firms: readonly { id: FirmId; firm: OpenFirm }[]
}

/** One subject that is looked at; gives at least one finding, however it goes. */
export interface Check {
  name: string
  run(context: DoctorContext): Promise<Finding[]>
}

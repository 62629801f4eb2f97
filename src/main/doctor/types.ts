/** What a check says. Each is one line for people, and one object in JSON. */
import type { Pool } from 'pg'
import type { Clock, FirmId } from '../../kernel/index.ts'
import type { Database } from '../../platform/db/firm-tx.ts'
import type { Keys } from '../../platform/secrets/index.ts'
import type { Config } from '../config.ts'
import type { Firms, OpenFirm } from '../firms.ts'

export interface Finding {
  /** `database.settings`, `connection harbor-pike-twilio` … */
  name: string
  status: 'ok' | 'warn' | 'fail'
  detail: string
  /** What to do; absent when all is well. */
  todo?: string
}

export interface DoctorContext {
  /** A Runtime has it all; named part by part, since a Runtime makes checks of its own. */
  runtime: { db: Database; pool: Pool; firms: Firms; keys: Keys }
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

export const ok = (name: string, detail: string): Finding => ({ name, status: 'ok', detail })
export const warn = (name: string, detail: string, todo: string): Finding => ({
  name,
  status: 'warn',
  detail,
  todo,
})
export const fail = (name: string, detail: string, todo: string): Finding => ({
  name,
  status: 'fail',
  detail,
  todo,
})

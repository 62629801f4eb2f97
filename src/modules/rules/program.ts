/** A firm's configuration, compiled: what decisions are made with. Made once per revision. */
import { type ConnectionId, type FirmId, isZone } from '../../kernel/index.ts'
import type { FirmSettings } from '../firms/index.ts'
import type { StatusMap } from '../matters/index.ts'
import type { DigestConfig, QuietTable } from '../moments/index.ts'
import type { CompiledTemplate } from '../templates/index.ts'
import type { CompiledRule } from './compile.ts'

export interface FirmProgram {
  firmId: FirmId
  revision: number
  settings: FirmSettings
  statuses: StatusMap
  /** By event type, in the order in which the firm wrote them. */
  rules: ReadonlyMap<string, readonly CompiledRule[]>
  rulesByKey: ReadonlyMap<string, CompiledRule>
  /** Keys of rules whose evidence is the matter's state or what has happened: either may come with any event. */
  evidenceOfCourse: readonly string[]
  templates: ReadonlyMap<string, { version: number; template: CompiledTemplate }>
  quiet: QuietTable
  /** Classes of what need not be said at once, by key. */
  digests: ReadonlyMap<string, DigestConfig & { version: number }>
  /** Where each channel leaves; absent: the firm does not use it. */
  outlets: { sms: ConnectionId | null; email: ConnectionId | null }
  /** Who mails come from; null: the firm sends none, or its provider does not say. */
  mailFrom: { email: string; name?: string | undefined } | null
}

/** The zone in which a client's day is counted: their own where it is known, else the firm's. */
export const zoneFor = (program: FirmProgram, own: string | null): string =>
  own !== null && isZone(own) ? own : program.settings.timeZone

/** The language a client is written to: their own where the firm writes it, else the firm's first. */
export function languageFor(program: FirmProgram, wanted: string | null): string {
  const own = wanted?.slice(0, 2).toLowerCase()
  return own !== undefined && program.settings.languages.includes(own) ? own : program.settings.languages[0]!
}

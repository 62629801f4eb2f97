/** A firm's states, for who has no compiled configuration at hand. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { loadConfig } from '../firms/index.ts'
import { compileStatuses, type StatusMap, statusesConfig } from '../matters/index.ts'

export type States = Pick<StatusMap, 'states' | 'lookup'>

const none: States = { states: new Map(), lookup: () => ({ unknown: true, suggestions: [] }) }

/** @returns none where none are configured, or not so that they could be used */
export async function configuredStates(tx: FirmTx): Promise<States> {
  const written = (await loadConfig(tx)).items.find(({ kind }) => kind === 'states')
  const parsed = statusesConfig.safeParse(written?.body)
  const compiled = parsed.success ? compileStatuses(parsed.data) : null
  return compiled?.ok ? compiled.map : none
}

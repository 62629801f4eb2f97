/** How long the lists are that wait for people: what each would show, up to a cap. */
import { type Counts, mostCounted } from '../../../contracts/counts.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

/**
 * Each reads a partial index that holds open work only, and at most a thousand and one rows of it: what was said and is
 * over costs nothing, however much it is. Walls hold by the tables' own policies.
 */
const openWork: Readonly<Record<keyof Counts, readonly string[]>> = {
  deadLetters: [`dead_letters where firm_id = current_firm() and state = 'open'`],
  held: [
    `notices where firm_id = current_firm() and state = 'held'`,
    `open_messages where firm_id = current_firm() and state = 'held'`,
  ],
  tasks: [`tasks where firm_id = current_firm() and state = 'open'`],
  quarantine: [`quarantine where firm_id = current_firm() and state = 'open'`],
  quality: [`quality_items where firm_id = current_firm() and state = 'open'`],
  events: [`events where firm_id = current_firm() and outcome = 'unhandled'`],
  pauses: [
    `pauses where firm_id = current_firm() and lifted_at is null and (ends_at is null or ends_at > $1)`,
  ],
  holds: [`legal_holds where firm_id = current_firm() and released_at is null`],
}

const limit = mostCounted + 1
const capped = (parts: readonly string[]) =>
  `(select count(*)::int from (${parts.map((part) => `(select from ${part} limit ${limit})`).join(' union all ')}) as n)`

export const countStatement = `select ${Object.entries(openWork)
  .map(([name, parts]) => `${capped(parts)} as "${name}"`)
  .join(', ')}`

export async function counts(tx: FirmTx, now: Temporal.Instant): Promise<Counts> {
  const [row] = await tx.rows<Record<keyof Counts, number>>(countStatement, [now], 'console_counts')
  const names = Object.keys(openWork) as (keyof Counts)[]
  return Object.fromEntries(
    names.map((name) => [name, { count: Math.min(row![name], mostCounted), more: row![name] > mostCounted }]),
  ) as Counts
}

/** Who had a raw status mean a state: the edition of the firm's states that said so first, and ever since. Pure. */
import type { StateStep } from '../../../contracts/subject-pages.ts'
import { normaliseStatus } from '../../kernel/text.ts'

export interface StatesEdition {
  version: number
  body: unknown
  author: string
  at: Temporal.Instant
  reason: string | null
}

export type Mapped = NonNullable<StateStep['mapped']>

/**
 * @param editions of the item `states`, in any order
 * @returns looks one up: what counted at a moment, and who had begun it
 */
export function whoMapped(
  editions: readonly StatesEdition[],
): (raw: string | null, state: string | null, at: string) => Mapped | null {
  const ordered = editions
    .toSorted((a, b) => a.version - b.version)
    .map((edition) => ({ ...edition, means: meaningsOf(edition.body) }))
  return (raw, state, at) => {
    if (raw === null || state === null) return null
    const moment = Temporal.Instant.from(at)
    const name = normaliseStatus(raw)
    let found: Mapped | null = null
    for (const { version, means, author, at: since, reason } of ordered) {
      if (Temporal.Instant.compare(since, moment) > 0) break
      if (means.get(name) !== state) found = null
      else found ??= { by: author, at: since.toString(), edition: version, reason }
    }
    return found
  }
}

/** By the status as it is compared. */
function meaningsOf(body: unknown): Map<string, string> {
  const states = (body as { states?: unknown } | null)?.states
  const means = new Map<string, string>()
  if (!Array.isArray(states)) return means
  for (const { key, raw } of states as { key?: unknown; raw?: unknown }[]) {
    if (typeof key !== 'string' || !Array.isArray(raw)) continue
    for (const one of raw as unknown[]) if (typeof one === 'string') means.set(normaliseStatus(one), key)
  }
  return means
}

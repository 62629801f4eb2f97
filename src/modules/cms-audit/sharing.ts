/** Clients with a number or an address in common: one person twice, perhaps one, or several who share it. Pure. */
import { normaliseStatus, trigramSimilarity } from '../../kernel/text.ts'
import type { Finding } from './types.ts'
import { distance } from './typos.ts'

export interface Sharing {
  mark: string
  holders: readonly { externalId: string; name: string }[]
}

/** As pg_trgm counts; "Jon Petersen" and "John Petersen" have 0.65, a married couple of one name 0.5 and less. */
const alike = 0.6

export function judgeSharing({ mark, holders }: Sharing): Finding[] {
  const field = mark.startsWith('sms ') ? 'phone' : 'email'
  const names = holders.map(({ name }) => keyOf(name))
  return holders.map(({ externalId }, at): Finding => {
    const others = holders.filter((_, other) => other !== at)
    const like = Math.max(...names.filter((_, other) => other !== at).map((n) => likeness(names[at]!, n)))
    const with_ = others
      .slice(0, 5)
      .map((other) => other.externalId)
      .join(', ')
    const base = { subject: 'client' as const, externalId, field, value: mark.slice(mark.indexOf(' ') + 1) }
    if (like === 1)
      return { ...base, kind: 'client_twice', reason: `has the name and the ${field} of ${with_}` }
    if (like >= alike)
      return {
        ...base,
        kind: 'client_nearly_twice',
        reason: `has nearly the name, and the ${field}, of ${with_}`,
      }
    return {
      ...base,
      kind: field === 'phone' ? 'phone_shared' : 'mail_shared',
      reason: `is also of ${with_}${others.length > 5 ? ` and ${others.length - 5} more` : ''}`,
    }
  })
}

/** Words in order of the alphabet: "Santos, Maria" is "Maria Santos". */
const keyOf = (name: string): string => normaliseStatus(name).split(' ').toSorted().join(' ')

function likeness(a: string, b: string): number {
  if (a === b) return 1
  const trigrams = trigramSimilarity(a, b)
  // Two letters off in a whole name, or the one name's words are all in the other.
  if (distance(a, b) <= 2 && Math.min(a.length, b.length) >= 8) return Math.max(trigrams, alike)
  const [left, right] = [new Set(a.split(' ')), new Set(b.split(' '))]
  const [short, long] = left.size < right.size ? [left, right] : [right, left]
  return short.size >= 2 && short.isSubsetOf(long) ? Math.max(trigrams, alike) : trigrams
}

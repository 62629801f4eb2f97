/** What may be said with this data, purpose by purpose. Pure. */
import type { Purpose } from '../../kernel/index.ts'
import type { CmsHolding, DataPoint } from '../connections/index.ts'
import { type Kind, kindOf, kinds } from '../quality/index.ts'
import type { PointReport, VerdictReport } from './types.ts'

/** Beyond this share of open matters, a list of exceptions is no plan. */
const mostBlocked = 0.25
/** So few can be looked at by hand, whatever their share. */
const alwaysListed = 20

/** Lists and data points without which a purpose has nothing to go by. */
const needs: Readonly<Record<Purpose, { lists: readonly CmsHolding[]; points: readonly DataPoint[] }>> = {
  status: { lists: ['client', 'matter'], points: ['status', 'contact_preference'] },
  reminder: {
    lists: ['client', 'matter', 'appointment'],
    points: ['next_court_date', 'contact_preference'],
  },
  conversation: { lists: ['client', 'matter'], points: ['responsible_attorney'] },
  billing: { lists: ['client', 'matter', 'bill'], points: ['contact_preference'] },
  intake: { lists: ['client'], points: ['contact_preference'] },
  marketing: { lists: ['client'], points: ['contact_preference'] },
}

const words: Readonly<Record<string, string>> = {
  next_court_date: 'no open matter has a court date ahead',
  contact_preference: 'no client has a contact preference',
  status: 'no matter has a status that the status map knows',
  responsible_attorney: 'no open matter has a responsible attorney',
}

export const blockingKinds = (purpose: Purpose): Kind[] =>
  kinds.filter((kind) => kindOf(kind).blocks.includes(purpose))

export function verdictFor(
  purpose: Purpose,
  given: {
    lists: readonly { holds: CmsHolding; problem: string | null }[]
    points: readonly PointReport[]
    matters: number
    blocked: number
    byKind: readonly { kind: Kind; count: number }[]
    listed: VerdictReport['listed']
  },
): VerdictReport {
  const { matters, blocked, listed } = given
  const because: string[] = []
  const { lists, points } = needs[purpose]
  for (const holds of lists) {
    const list = given.lists.find((one) => one.holds === holds)
    if (list === undefined) because.push(`this connection has no list of ${holds}s`)
    else if (list.problem !== null) because.push(`the list of ${holds}s could not be read: ${list.problem}`)
  }
  if (matters === 0) because.push('there is no open matter')
  const valid = (point: DataPoint) => given.points.find((one) => one.point === point)?.valid ?? 0
  for (const point of points) if (valid(point) === 0) because.push(words[point] ?? `${point} is nowhere`)
  if (valid('email') === 0 && valid('mobile') === 0) because.push('no client can be reached')
  if (because.length === 0 && blocked > Math.max(matters * mostBlocked, alwaysListed)) {
    const worst = given.byKind.slice(0, 3).map(({ kind, count }) => `${kindOf(kind).title} (${count})`)
    because.push(`${blocked} of ${matters} open matters must wait: ${worst.join(', ')}`)
  }
  const verdict = because.length > 0 ? 'not_ready' : blocked > 0 ? 'ready_except' : 'ready'
  return { purpose, verdict, matters, blocked, listed, because }
}

/**
 * What every CmsReader's snapshot must hold to, whatever the CMS behind it. An adapter's tests read each kind of
 * matter through the adapter and expect no problems here; see records.ts for what the fields mean.
 *
 * Beside this, an adapter must: report each HTTP call once, failed ones too; answer `not_found` for a matter that is
 * not there, `unauthorised` for a bad token, `rate_limited` with `retryAfter` when told to wait, `unavailable` when
 * no answer comes within `timeoutMs`; follow pages to the end; never throw.
 */
import type { CmsFact, CmsSnapshot } from './records.ts'

/** @returns what is wrong, in words; empty when all is well */
export function snapshotProblems(snapshot: CmsSnapshot): string[] {
  const problems: string[] = []
  const expect = (good: boolean, problem: string): void => {
    if (!good) problems.push(problem)
  }
  const { matter, client, contactPoints } = snapshot
  expect(matter.externalId !== '', 'the matter has no id')
  expect(matter.rawStatus === null || matter.rawStatus.trim() !== '', 'a blank raw status is null')
  expect(isJson(matter.data), 'matter.data is not JSON')
  expect(client !== null || contactPoints.length === 0, 'contact points without a client')
  if (client !== null) {
    expect(client.externalId !== '' && client.name.trim() !== '', 'the client has no id or no name')
    expect(client.preference === null || client.preference.trim() !== '', 'a blank preference is null')
    expect(client.language === null || /^[a-z]{2}$/.test(client.language), 'the language is not two letters')
    expect(client.timeZone === null || knowsZone(client.timeZone), 'the time zone is unknown')
    expect(isJson(client.data), 'client.data is not JSON')
  }
  for (const { channel, address } of contactPoints) {
    const good = channel === 'sms' ? /^\+[1-9]\d{6,14}$/ : /^[^\s@]+@[a-z0-9.-]+$/
    expect(good.test(address), `a contact point for ${channel} is not normalised`)
  }
  for (const channel of ['sms', 'email']) {
    const own = contactPoints.filter((point) => point.channel === channel)
    const ranks = own.map((point) => point.rank).sort((a, b) => a - b)
    expect(
      ranks.every((rank, at) => rank === at),
      `the ranks for ${channel} are not 0, 1, 2, …`,
    )
    expect(new Set(own.map((point) => point.address)).size === own.length, `an address for ${channel} twice`)
  }
  for (const kind of ['documents', 'bills', 'appointments'] as const) {
    for (const problem of factProblems(snapshot[kind])) problems.push(`${kind}: ${problem}`)
  }
  return problems
}

function factProblems(facts: readonly CmsFact[]): string[] {
  const problems: string[] = []
  if (facts.some((fact) => fact.externalId === '')) problems.push('one has no id')
  if (new Set(facts.map((fact) => fact.externalId)).size < facts.length) problems.push('one is there twice')
  if (!facts.every((fact) => isJson(fact.data))) problems.push('data is not JSON')
  return problems
}

const isJson = (value: unknown): boolean => {
  try {
    return JSON.stringify(JSON.parse(JSON.stringify(value))) === JSON.stringify(value)
  } catch {
    return false
  }
}

function knowsZone(zone: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

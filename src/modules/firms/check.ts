/** Whether a set of items is a configuration that can be used: each by itself, then all together. */
import { isObject } from './hash.ts'
import { unkeepable } from './keepable.ts'
import type { ConfigItem, ConfigLanguage, ConfigProblem, ConfigValues, CrossCheck } from './kinds.ts'
import { literalSecrets } from './literal-secrets.ts'
import type { FirmSettings } from './types.ts'

/** @param language every registered kind; an item of another kind is a problem */
export function checkConfig(
  items: readonly ConfigItem[],
  { kinds, crossChecks }: ConfigLanguage,
): { values: ConfigValues; problems: ConfigProblem[] } {
  const values = new Map<string, Map<string, unknown>>(kinds.map((kind) => [kind.kind, new Map()]))
  const problems: ConfigProblem[] = []
  for (const item of items) {
    const lost = unkeepable(item.body, []).map((found) => ({ kind: item.kind, key: item.key, ...found }))
    problems.push(...lost, ...keyProblems(item), ...literalSecrets(item))
    const kind = kinds.find((candidate) => candidate.kind === item.kind)
    if (kind === undefined) {
      problems.push({ kind: item.kind, key: item.key, path: [], message: 'is of a kind that is not known' })
      continue
    }
    const parsed = kind.parse(item.key, item.body)
    if (parsed.ok) {
      values.get(item.kind)!.set(item.key, parsed.value)
    } else {
      for (const problem of parsed.problems) problems.push({ kind: item.kind, key: item.key, ...problem })
    }
  }
  // Checks over all items would only repeat what is already known to be wrong.
  if (problems.length === 0) {
    problems.push(...firmCheck(values))
    if (values.get('firm')?.has('firm')) for (const check of crossChecks) problems.push(...check(values))
  }
  return { values, problems: distinct(problems) }
}

/** There is a firm, and the connections that it sends through exist. */
const firmCheck: CrossCheck = (all) => {
  const firm = all.get('firm')?.get('firm') as FirmSettings | undefined
  if (firm === undefined) {
    return [{ kind: 'firm', key: 'firm', path: [], message: 'is missing: a firm needs its firm.yaml' }]
  }
  const connections = all.get('connection')
  return (['sms', 'email'] as const).flatMap((channel) => {
    const wanted = firm[channel]?.connection
    if (wanted === undefined || connections?.has(wanted)) return []
    return [
      {
        kind: 'firm',
        key: 'firm',
        path: [channel, 'connection'],
        message: `names a connection that does not exist: ${wanted}${existing(connections)}`,
      },
    ]
  })
}

/** "; there are: a, b", so that a slip of the pen is seen at once. Empty where there are none. */
export function existing(named: ReadonlyMap<string, unknown> | undefined): string {
  const names = [...(named?.keys() ?? [])].sort()
  if (names.length === 0) return ''
  return `; there are: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`
}

/** Keys become file names on export and parts of addresses. */
const itemKey = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

function keyProblems(item: ConfigItem): ConfigProblem[] {
  const at = { kind: item.kind, key: item.key, path: ['key'] }
  if (!itemKey.test(item.key)) return [{ ...at, message: 'is not a key: letters, digits, dots, dashes' }]
  const own = isObject(item.body) && item.kind !== 'firm' ? item.body.key : undefined
  if (own === undefined || own === item.key) return []
  return [{ ...at, message: `says ${JSON.stringify(own)}, but this is ${item.key}` }]
}

function distinct(problems: readonly ConfigProblem[]): ConfigProblem[] {
  const seen = new Set<string>()
  return problems.filter((problem) => {
    const id = JSON.stringify([problem.kind, problem.key, problem.path, problem.message])
    if (seen.has(id)) return false
    seen.add(id)
    return true
  })
}

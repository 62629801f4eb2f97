/** What is printed, and whether it is good enough. */
import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import type pg from 'pg'

export interface Goal {
  what: string
  value: number
  unit: string
  /** At most, or at least. */
  goal: { most: number } | { least: number }
}

export const met = ({ value, goal }: Goal): boolean =>
  'most' in goal ? value <= goal.most : value >= goal.least

export function line(goal: Goal): string {
  const bound = 'most' in goal.goal ? `≤ ${goal.goal.most}` : `≥ ${goal.goal.least}`
  return `${met(goal) ? 'ok    ' : 'MISSED'} ${goal.what.padEnd(46)} ${String(goal.value).padStart(8)} ${goal.unit.padEnd(4)} (${bound})`
}

export interface Machine {
  cores: number
  cpu: string
  memoryGb: number
  node: string
  commit: string | null
}

export function machine(): Machine {
  const processors = cpus()
  return {
    cores: processors.length,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
    commit: commitId(),
  }
}

function commitId(): string | null {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return null
  }
}

export type Durability = Record<
  'fsync' | 'synchronous_commit' | 'full_page_writes' | 'server_version',
  string
>

/** As the app's own role sees it. @throws when a figure would be bought with safety */
export async function durability(client: pg.Client): Promise<Durability> {
  const show = async (name: keyof Durability) =>
    (await client.query<Record<string, string>>(`show ${name}`)).rows[0]![name]!
  const settings: Durability = {
    fsync: await show('fsync'),
    synchronous_commit: await show('synchronous_commit'),
    full_page_writes: await show('full_page_writes'),
    server_version: await show('server_version'),
  }
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes'] as const)
    if (settings[name] !== 'on')
      throw new Error(`${name} is ${settings[name]}: figures of a database that may lose data do not count`)
  return settings
}

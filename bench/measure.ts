/** Small tools of measuring: time, percentiles, memory. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** µs on the machine's monotonic clock: the same in every process, so that two of them can be compared. */
export const nowUs = (): number => Number(process.hrtime.bigint() / 1000n)

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** @param p 0 to 1; nearest rank */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))]!
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** @returns resident memory of a process in MB (10^6 bytes) */
export function rssMb(pid: number): number {
  try {
    return (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024) / 1e6
  } catch {
    return (Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024) / 1e6
  }
}

/** Fields of /proc/PID/stat from the third on; null where there is no such file. */
function stat(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return null
  }
}

export const parentOf = (pid: number): number => Number(stat(pid)?.[1] ?? 0)

// In ticks of 1/100 s: its own time, and that of children that have ended.
const ticks = (fields: string[], withEnded: boolean) =>
  fields.slice(11, withEnded ? 15 : 13).reduce((sum, field) => sum + Number(field), 0)

/** CPU seconds that a process has used; null where the system does not say. */
export function cpuSeconds(pid: number): number | null {
  const fields = stat(pid)
  return fields && ticks(fields, false) / 100
}

/** The same of a process and its children, ended ones included. */
export function treeCpuSeconds(pid: number): number | null {
  const fields = stat(pid)
  if (!fields) return null
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === pid)
    .map((name) => stat(Number(name)))
  return (ticks(fields, true) + children.reduce((sum, f) => sum + (f ? ticks(f, false) : 0), 0)) / 100
}

/** Watches a process until it is told to stop. @returns the most memory seen, in MB */
export function watchMemory(pid: number): () => number {
  let most = rssMb(pid)
  const timer = setInterval(() => {
    try {
      most = Math.max(most, rssMb(pid))
    } catch {
      // It has ended; whoever waits for it says so.
      clearInterval(timer)
    }
  }, 200)
  return () => {
    clearInterval(timer)
    return Math.max(most, rssMb(pid))
  }
}

/** Waits until `look` says so. @throws after `limitMs`, naming what was awaited */
export async function until(
  what: string,
  limitMs: number,
  look: () => Promise<boolean>,
  everyMs = 100,
): Promise<void> {
  const deadline = performance.now() + limitMs
  while (!(await look())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limitMs / 1000} s`)
    await sleep(everyMs)
  }
}

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits))

/** The search box, asked over HTTP as it is while somebody types: half names, numbers, addresses, titles. */
import { percentile, round } from '../measure.ts'
import { phoneOf } from '../people.ts'
import { ask } from './staff.ts'

export interface SearchTimes {
  asked: number
  p50: number
  p95: number
  most: number
}

/** @param clients how many there are */
export async function searchTimes(
  url: string,
  cookie: string,
  clients: number,
  count: number,
): Promise<SearchTimes> {
  const typed = (n: number): string[] => {
    const client = (n * 7919) % clients
    return [
      `client no${client}`,
      `No${client}`.slice(0, 4),
      'cl',
      phoneOf(client),
      phoneOf(client).slice(-7, -1),
      `client${client}@example`,
      `2026-${client}`,
      `2025-${client}`.slice(0, 6),
      'somebody else',
      'Clinet No7',
    ]
  }
  const ms: number[] = []
  for (let n = -2; ms.length < count; n++)
    for (const q of typed(n + 2)) {
      const began = performance.now()
      await ask(url, cookie, `/search?limit=6&q=${encodeURIComponent(q)}`)
      if (n >= 0) ms.push(performance.now() - began)
    }
  return {
    asked: ms.length,
    p50: round(percentile(ms, 0.5)),
    p95: round(percentile(ms, 0.95)),
    most: round(Math.max(...ms)),
  }
}

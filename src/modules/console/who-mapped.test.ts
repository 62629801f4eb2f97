import { describe, expect, it } from 'vitest'
import { type StatesEdition, whoMapped } from './who-mapped.ts'

const edition = (
  version: number,
  day: string,
  author: string,
  raw: Record<string, string[]>,
): StatesEdition => ({
  version,
  body: { states: Object.entries(raw).map(([key, names]) => ({ key, raw: names })) },
  author,
  at: Temporal.Instant.from(`2026-03-${day}T00:00:00Z`),
  reason: null,
})
const editions = [
  edition(3, '20', 'carol', { discovery: ['Discovery'], closed: ['Done'] }),
  edition(1, '01', 'alice', { discovery: ['Discovery'], closed: [] }),
  edition(2, '10', 'bob', { discovery: ['Discovery'], closed: ['Done'] }),
  edition(4, '25', 'dan', { discovery: ['Discovery', 'Done'], closed: [] }),
]
const mapped = whoMapped(editions)

describe('who had a raw status mean a state', () => {
  it('is whoever wrote it first, and not who kept it', () => {
    expect(mapped('DONE ', 'closed', '2026-03-22T00:00:00Z')).toMatchObject({ by: 'bob', edition: 2 })
    expect(mapped('discovery', 'discovery', '2026-03-30T00:00:00Z')).toMatchObject({
      by: 'alice',
      edition: 1,
    })
  })

  it('is as it was then: before it was written nobody, and after it meant another state whoever says that', () => {
    expect(mapped('Done', 'closed', '2026-03-05T00:00:00Z')).toBeNull()
    expect(mapped('Done', 'closed', '2026-03-26T00:00:00Z')).toBeNull()
    expect(mapped('Done', 'discovery', '2026-03-26T00:00:00Z')).toMatchObject({ by: 'dan' })
  })

  it('is nobody for what is no status or no state, and for a body that is none', () => {
    expect(mapped(null, 'closed', '2026-03-22T00:00:00Z')).toBeNull()
    expect(mapped('Done', null, '2026-03-22T00:00:00Z')).toBeNull()
    const broken = whoMapped([
      { ...editions[0]!, body: null },
      { ...editions[1]!, body: { states: 'x' } },
    ])
    expect(broken('Done', 'closed', '2026-03-30T00:00:00Z')).toBeNull()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventId } from '../../kernel/index.ts'
import { mergeSteps, readCursor, type Step, type StoryCursor, writeCursor } from './trace-page.ts'

const at = (second: number) => Temporal.Instant.fromEpochMilliseconds(second * 1000)
const event = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as EventId

/** Rows as the streams' indexes hold them: the newest first, as many as are asked for, none newer than the cursor. */
function read(streams: readonly Step[][], depth: number, before: StoryCursor | null): Step[] {
  return streams.flatMap((rows) =>
    rows
      .filter((r) => before === null || Temporal.Instant.compare(r.at, before.at) <= 0)
      .toSorted((a, b) => Temporal.Instant.compare(b.at, a.at))
      .slice(0, depth),
  )
}

const streams = fc
  .array(fc.array(fc.record({ second: fc.nat(20), n: fc.nat(15) }), { maxLength: 40 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) =>
    all.map((rows, i): Step[] =>
      rows.map((r) => ({ stream: `s${i}`, eventId: event(r.n), at: at(r.second) })),
    ),
  )

/** All pages, as a caller follows them. */
function pages(all: Step[][], limit: number) {
  const found: EventId[][] = []
  let before: StoryCursor | null = null
  for (let turn = 0; turn < 200; turn++) {
    let depth = limit
    let page = mergeSteps(read(all, depth, before), depth, limit, before)
    while (page.tooShallow) {
      depth *= 4
      page = mergeSteps(read(all, depth, before), depth, limit, before)
    }
    found.push(page.eventIds)
    if (page.next === null) return found
    before = page.next
  }
  throw new Error('the pages do not end')
}

describe('pages of stories', () => {
  it('come to an end and leave no story out, however the streams lie and however little is read', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 5 }), (all, limit) => {
        const seen = pages(all, limit)
        expect(new Set(seen.flat())).toEqual(new Set(all.flat().map((s) => s.eventId)))
        for (const page of seen) {
          expect(page.length).toBeLessThanOrEqual(limit)
          expect(new Set(page).size).toBe(page.length)
        }
      }),
    )
  })

  it('begin with the story in which something happened last', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 5 }), (all, limit) => {
        const [first] = pages(all, limit)
        const newest = all.flat().toSorted((a, b) => Temporal.Instant.compare(b.at, a.at))[0]
        const tied = all.flat().filter((s) => newest && s.at.equals(newest.at))
        if (tied.length === 0) expect(first).toEqual([])
        else expect(tied.map((s) => s.eventId)).toContain(first![0])
      }),
    )
  })
})

describe('the cursor', () => {
  it('is read as it was written, and nothing else is taken for one', () => {
    const cursor = { at: Temporal.Instant.from('2026-10-15T14:32:00.123456Z'), eventId: event(7) }
    expect(readCursor(writeCursor(cursor))).toEqual(cursor)
    for (const text of [
      '',
      '~',
      'x~y',
      '2026-10-15T14:32:00Z',
      `never~${event(1)}`,
      `${writeCursor(cursor)}~1`,
    ])
      expect(readCursor(text)).toBeNull()
  })
})

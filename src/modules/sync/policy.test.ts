import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  askedSince,
  backoff,
  doneUntil,
  implausible,
  meaningOfClient,
  meaningOfFact,
  meaningOfMatter,
  meaningOfOther,
  type Pass,
  sinceOf,
} from './policy.ts'

const at = (minutes: number) => Temporal.Instant.from('2026-10-15T12:00:00Z').add({ minutes })
const first: Pass = { phase: 'first', beganAt: at(0), since: null }
const later: Pass = { phase: 'following', beganAt: at(60), since: at(43) }
const matter = (rawStatus: string | null, minutes: number | null, made = -10_000) => ({
  rawStatus,
  createdAt: at(made),
  updatedAt: minutes === null ? null : at(minutes),
})
const row = (raw_status: string | null, minutes: number | null) => ({
  raw_status,
  source_updated_at: minutes === null ? null : at(minutes),
})
const fact = (version: string | null, minutes: number, made = -10_000) => ({
  holds: 'appointment' as const,
  version,
  createdAt: at(made),
  updatedAt: at(minutes),
})
const knownFact = (version: string | null, minutes: number, more: object = {}) => ({
  version,
  announced: true,
  sourceUpdatedAt: at(minutes),
  removedAt: null,
  ...more,
})

describe('a matter on the list', () => {
  it('that was there before us is kept in silence', () => {
    expect(meaningOfMatter(undefined, matter('Intake', -500), first)).toEqual({ what: 'quiet' })
  })

  it('that changed while the first pass runs is told: its webhook may have come too early', () => {
    expect(meaningOfMatter(undefined, matter('Intake', 1), first)).toEqual({ what: 'tell', event: 'updated' })
    expect(meaningOfMatter(undefined, matter('Intake', 1, 1), first)).toEqual({
      what: 'tell',
      event: 'created',
    })
  })

  it('whose page is read twice in the first pass is known the second time', () => {
    expect(meaningOfMatter(row('Intake', -500), matter('Intake', -500), first)).toEqual({ what: 'known' })
  })

  it('that is in another status than we know is told, in the first pass too', () => {
    for (const pass of [first, later])
      expect(meaningOfMatter(row('Intake', -500), matter('Discovery', 50), pass)).toEqual({
        what: 'tell',
        event: 'updated',
      })
  })

  it('that is new since the last pass is told as new', () => {
    expect(meaningOfMatter(undefined, matter('Intake', 50, 50), later)).toEqual({
      what: 'tell',
      event: 'created',
    })
  })

  it('that its webhook told of already is known', () => {
    expect(meaningOfMatter(row('Discovery', 50), matter('Discovery', 50), later)).toEqual({ what: 'known' })
  })

  it('that changed and came back to the same status is told, as its webhooks would have been', () => {
    expect(meaningOfMatter(row('Intake', 40), matter('Intake', 50), later)).toEqual({
      what: 'tell',
      event: 'updated',
    })
  })

  it('of a system that tells no times is told of when its status differs, and only then', () => {
    expect(meaningOfMatter(row('Intake', null), matter('Intake', null), later)).toEqual({ what: 'known' })
    expect(meaningOfMatter(row('Intake', null), matter('Trial', null), later)).toEqual({
      what: 'tell',
      event: 'updated',
    })
  })
})

describe('a document, bill or appointment on the list', () => {
  it('that was there before us is kept in silence', () => {
    expect(meaningOfFact(undefined, fact('a', -500), first)).toEqual({ what: 'quiet' })
  })

  it('that is new or has another version is told', () => {
    expect(meaningOfFact(undefined, fact('a', 50, 50), later)).toEqual({ what: 'tell', event: 'created' })
    expect(meaningOfFact(knownFact('a', -500), fact('b', 50), later)).toEqual({
      what: 'tell',
      event: 'updated',
    })
  })

  it('that is a document and was not there in the first pass was filed since, whenever its record was made', () => {
    const made = { ...fact('a', 50), holds: 'document' as const }
    expect(meaningOfFact(undefined, made, later)).toEqual({ what: 'tell', event: 'created' })
    expect(meaningOfFact(undefined, fact('a', 50), later)).toEqual({ what: 'tell', event: 'updated' })
    expect(meaningOfFact(undefined, { ...made, updatedAt: at(1) }, first)).toEqual({
      what: 'tell',
      event: 'updated',
    })
  })

  it('that its webhook told of is known', () => {
    expect(meaningOfFact(knownFact('a', 50), fact('a', 50), later)).toEqual({ what: 'known' })
  })

  it('that only a read of its matter has kept since is told: nobody has heard of it', () => {
    const kept = knownFact('a', 50, { announced: false })
    expect(meaningOfFact(kept, fact('a', 50, 50), later)).toEqual({ what: 'tell', event: 'created' })
    expect(meaningOfFact(kept, fact('a', 50), later)).toEqual({ what: 'tell', event: 'updated' })
  })

  it('that the first pass has kept is known to the passes after it', () => {
    const kept = knownFact('a', -500, { announced: false })
    expect(meaningOfFact(kept, fact('a', -500), later)).toEqual({ what: 'known' })
  })

  it('that was taken for gone and is there again is told', () => {
    expect(meaningOfFact(knownFact('a', 10, { removedAt: at(20) }), fact('a', 10), later)).toEqual({
      what: 'tell',
      event: 'created',
    })
  })
})

describe('clients and what is only told of', () => {
  it('are told of when they are known, and never in the first pass', () => {
    expect(meaningOfClient(true, later)).toEqual({ what: 'tell', event: 'updated' })
    expect(meaningOfClient(false, later)).toEqual({ what: 'quiet' })
    expect(meaningOfClient(true, first)).toEqual({ what: 'quiet' })
    expect(meaningOfOther({ createdAt: at(50), updatedAt: at(50) }, later)).toEqual({
      what: 'tell',
      event: 'created',
    })
    expect(meaningOfOther({ createdAt: at(1), updatedAt: at(1) }, first)).toEqual({ what: 'known' })
  })
})

describe('passes', () => {
  const overlap = Temporal.Duration.from('PT2M')

  it('overlap, but what was there before the first one is not news to the second', () => {
    expect(sinceOf({ done_until: doneUntil(first, null, overlap) }, overlap)).toEqual(at(0))
    expect(sinceOf({ done_until: doneUntil(later, at(45), overlap) }, overlap)).toEqual(at(58))
    expect(sinceOf({ done_until: null }, overlap)).toBeNull()
  })

  it('never ask for what was there before the first one, however soon one follows the other', () => {
    let row = { done_until: doneUntil(first, null, overlap) }
    for (let minutes = 0.5; minutes < 10; minutes += 0.5) {
      const since = sinceOf(row, overlap)!
      expect(Temporal.Instant.compare(since, at(0))).toBeGreaterThanOrEqual(0)
      const beganAt = at(0).add({ seconds: minutes * 60 })
      row = { done_until: doneUntil({ phase: 'following', beganAt }, row.done_until, overlap) }
      expect(Temporal.Instant.compare(sinceOf(row, overlap)!, beganAt)).toBeLessThanOrEqual(0)
    }
  })

  it('wait ever longer after trouble, never less than was asked, and not beyond ten minutes unless asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.option(fc.integer({ min: 0, max: 5_000 })),
        (tries, asked) => {
          const told = asked === null ? {} : { retryAfter: asked }
          const wait = backoff(tries, { ok: false, kind: 'unavailable', detail: '', ...told })
          expect(wait).toBeGreaterThanOrEqual(Math.max(15, asked ?? 0))
          expect(wait).toBeLessThanOrEqual(Math.max(600, asked ?? 0))
        },
      ),
    )
    expect(backoff(9, { ok: false, kind: 'rate_limited', detail: '', retryAfter: 3 })).toBe(3)
  })
})

describe('what a list is asked for', () => {
  it('reaches back further than what is news, for a CMS whose clock is behind', () => {
    const since = Temporal.Instant.from('2030-10-15T18:00:00Z')
    expect(askedSince(since, 'matter')?.toString()).toBe('2030-10-15T17:50:00Z')
    expect(askedSince(since, 'other')).toBe(since)
    expect(askedSince(null, 'matter')).toBeNull()
  })
})

describe('what is missing', () => {
  it('is believed a few at a time', () => {
    expect(implausible(2, 3)).toBe(false)
    expect(implausible(10, 20)).toBe(false)
    // Most of what a small firm has: its account may see nothing any more.
    expect(implausible(3, 4)).toBe(true)
    expect(implausible(20, 20)).toBe(true)
    expect(implausible(21, 1_000)).toBe(false)
    expect(implausible(51, 1_000)).toBe(true)
    expect(implausible(21, 21)).toBe(true)
  })
})

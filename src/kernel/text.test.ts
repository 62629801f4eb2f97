import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseStatus, trigramSimilarity } from './text.ts'

describe('normalising a status', () => {
  it.each([
    'Awaiting Docs_FINAL_v2',
    'awaiting-docs',
    'AWAITING_DOCS',
    ' Awaiting\u00a0  Docs ',
    'Awaiting Docs (copy)',
    'Awaiting Docs (copy 3)',
    'Awaiting Docs - Copy (2)',
    'Awaiting Docs_FINAL',
    'Awaiting Docs v3',
    'Awaiting Docs (v2.1)',
    'Awaiting Docs, rev 4',
    'Awaiting Docs 2026-10-15',
    'Awaiting Docs_20261015',
    'Awaiting Docs (10/15/26)',
    'Awaiting Docs - Oct. 15, 2026',
    'Awaiting Docs 15.10.2026 v2',
    'Awaiting Docs!?',
    '“Awaiting Docs”',
    'Awaıting Docs',
    '\u202eAwaiting\u200b Docs',
    'Ａｗａｉｔｉｎｇ Docs',
  ])('reads %j as "awaiting docs"', (raw) => {
    expect(normaliseStatus(raw)).toBe('awaiting docs')
  })

  it.each([
    ['Phase 1', 'Phase 2'],
    ['Phase 1.5', 'Phase 15'],
    ['Decree', 'Decree final'],
    ['decree_nisi', 'decree_final'],
    ['Copy', 'Certified copy'],
    ['Returns 2023', 'Returns 2024'],
    ['Chapter 7', 'Chapter 7/11/13'],
    ['✅ Served', '❌ Served'],
    ['Offer', 'Offer+'],
    ['Closed', 'Not closed'],
    ['Motion (1)', 'Motion (2)'],
    ['v1', 'v2'],
    ['2026-10-15', '2026-10-16'],
  ])('keeps %j and %j apart', (a, b) => {
    expect(normaliseStatus(a)).not.toBe(normaliseStatus(b))
  })

  it('knows accents, ligatures and other scripts', () => {
    expect(normaliseStatus('DÉCISION')).toBe('decision')
    expect(normaliseStatus('STRASSE')).toBe(normaliseStatus('Straße'))
    expect(normaliseStatus('ΛΟΓΟΣ')).toBe(normaliseStatus('λογος'))
    expect(normaliseStatus('Warten auf Gericht')).toBe('warten auf gericht')
    expect(normaliseStatus('審理中')).toBe('審理中')
  })

  it('leaves nothing of what holds no letter, digit or symbol', () => {
    expect([' ', '--', '…', '()', '\u0000', '\ud800'].map(normaliseStatus)).toEqual([
      '',
      '',
      '',
      '',
      '',
      '\ufffd',
    ])
  })

  const words = [
    'Final',
    'copy',
    'v2',
    'v',
    '2',
    '2026',
    '10',
    'Docs',
    'ver',
    'Oct',
    '_',
    '-',
    '/',
    ' ',
    '(',
    ')',
    '.',
  ]
  const parts = fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((all) => all.join(''))
  const statuses = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), parts)

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(statuses, (raw) => {
        const once = normaliseStatus(raw)
        expect(normaliseStatus(once)).toBe(once)
      }),
      { numRuns: 5_000 },
    )
  })

  it('does not care about case or blanks around', () => {
    // Beyond Latin, upper case is another spelling now and then: ᾀ becomes ΑΙ.
    const latin = fc.oneof(parts, fc.string({ unit: 'grapheme-ascii', maxLength: 40 }))
    fc.assert(
      fc.property(latin, (raw) => {
        expect(normaliseStatus(` ${raw.toLowerCase()}  `)).toBe(normaliseStatus(raw))
        expect(normaliseStatus(raw.toUpperCase())).toBe(normaliseStatus(raw))
      }),
      { numRuns: 2_000 },
    )
  })

  // If not, the test's own time limit ends it.
  it('takes linear time on what was made to hurt', () => {
    const parts = ['_final', ' copy (', '2026-', '((((', ' - - ', 'v1.', ' \t', ')', '.v1 ']
    for (const part of parts) {
      normaliseStatus(part.repeat(50_000))
      normaliseStatus(`${part.repeat(50_000)}x`)
      // Just short enough for every pattern to be tried.
      for (let times = 0; times < 20; times++) normaliseStatus(part.repeat(Math.floor(290 / part.length)))
    }
  })
})

describe('trigram similarity', () => {
  // What PostgreSQL 18's similarity() answered, in a database with C.UTF-8.
  it.each([
    ['awaiting docs', 'awaiting documents', 0.5714286],
    ['awaiting docs', 'hearing re-set', 0.074074075],
    ['offer and acceptance', 'settlement offer', 0.19354838],
    ['Café décision', 'discovery', 0.04347826],
    ['data-base2', 'discovery phase 1', 0.074074075],
    ['awaiting docs_FINAL_v2', 'discovery phase 1', 0.025],
    ['aaa aaa', 'offer and acceptance', 0.04347826],
    ['settled', 'straße', 0.071428575],
    ['12 34', 'discovery phase 1', 0.04347826],
    ['a', 'offer and acceptance', 0.04761905],
    ['word', 'two words', 0.36363637],
    ['', '', 0],
    ['✅', '✅', 0],
  ])('of %j and %j is as in pg_trgm', (a, b, similarity) => {
    expect(Math.fround(trigramSimilarity(a, b))).toBeCloseTo(similarity, 7)
  })

  it('is symmetric, within bounds, and 1 for a text with itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const similarity = trigramSimilarity(a, b)
        expect(similarity).toBe(trigramSimilarity(b, a))
        expect(similarity).toBeGreaterThanOrEqual(0)
        expect(similarity).toBeLessThanOrEqual(1)
        if (/[\p{L}\p{N}]/u.test(a)) expect(trigramSimilarity(a, a)).toBe(1)
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Purpose } from '../../kernel/index.ts'
import { type Answer, resolve } from './reconcile.ts'

const start = Temporal.Instant.from('2030-01-15T18:00:00Z')
const at = (seconds: number) => start.add({ milliseconds: Math.round(seconds * 1000) })
const unknown = (absentSince: Temporal.Instant | null = null, purpose: Purpose = 'status') => ({
  absent_since: absentSince,
  started_at: start,
  lease_until: at(40),
  purpose,
})
const found = (...ids: string[]): Answer => ({
  kind: 'found',
  messages: ids.map((providerMessageId) => ({ providerMessageId, createdAt: start, status: 'sent' })),
})
const none: ReadonlySet<string> = new Set()

describe('a provider that can be asked', () => {
  it('adopts the one message that is ours', () => {
    expect(resolve(unknown(), found('SM1'), none, at(5), start)).toEqual({
      kind: 'adopt',
      providerMessageId: 'SM1',
    })
    expect(resolve(unknown(), found('SM1', 'SM2'), new Set(['SM2']), at(5), start)).toMatchObject({
      providerMessageId: 'SM1',
    })
  })

  it('leaves several to a human', () => {
    expect(resolve(unknown(), found('SM1', 'SM2'), none, at(5), start)).toEqual({
      kind: 'human',
      cause: 'ambiguous',
    })
  })

  it('believes an absence only when it lasted 60 seconds', () => {
    const first = resolve(unknown(), found(), none, at(4), start)
    expect(first).toEqual({ kind: 'ask_again', at: at(8), absentSince: at(4) })
    expect(resolve(unknown(at(4)), found(), none, at(63.9), start).kind).toBe('ask_again')
    expect(resolve(unknown(at(4)), found(), none, at(64), start)).toEqual({ kind: 'absent' })
  })

  it('counts others’ messages as absence, too', () => {
    expect(resolve(unknown(at(0)), found('SM9'), new Set(['SM9']), at(61), start)).toEqual({ kind: 'absent' })
  })

  it('comes to an end after few questions, and never before 60 seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600_000 }), (delay) => {
        let now = at(4)
        let since: Temporal.Instant | null = null
        for (let asked = 1; ; asked++) {
          const next = resolve(unknown(since), found(), none, now, start)
          if (next.kind === 'absent') {
            expect(since!.until(now).total('seconds')).toBeGreaterThanOrEqual(60)
            expect(asked).toBeLessThanOrEqual(8)
            return
          }
          if (next.kind !== 'ask_again') throw new Error(next.kind)
          expect(Temporal.Instant.compare(next.at, now)).toBe(1)
          since = next.absentSince
          now = next.at.add({ milliseconds: asked === 1 ? delay : 0 })
        }
      }),
    )
  })

  it('waits while what was found may belong to another with the same words', () => {
    const rival = (calling: number, others: number, answer: Answer, seconds = 5) =>
      resolve(unknown(), answer, none, at(seconds), start, { calling, unknown: others })
    expect(rival(0, 1, found('SM1'))).toMatchObject({ kind: 'ask_again', at: at(15) })
    expect(rival(0, 1, found('SM1', 'SM2'))).toEqual({ kind: 'adopt', providerMessageId: 'SM1' })
    expect(rival(1, 0, found('SM1', 'SM2'))).toMatchObject({ kind: 'ask_again' })
    expect(rival(0, 1, found('SM1'), 40 + 300)).toEqual({ kind: 'human', cause: 'ambiguous' })
  })

  it('is given up after a day without an answer', () => {
    expect(resolve(unknown(), { kind: 'unreachable' }, none, start.add({ hours: 23 }), start).kind).toBe(
      'ask_again',
    )
    expect(resolve(unknown(), { kind: 'unreachable' }, none, start.add({ hours: 24 }), start)).toEqual({
      kind: 'human',
      cause: 'never_confirmed',
    })
  })

  it('is asked again when it can’t be reached, and forgets nothing meanwhile', () => {
    expect(resolve(unknown(at(4)), { kind: 'unreachable' }, none, at(30), start)).toEqual({
      kind: 'ask_again',
      at: at(60),
      absentSince: at(4),
    })
  })
})

describe('a provider that can’t be asked', () => {
  const wait = (purpose: Purpose, minutes: number, doorUpSince = start) =>
    resolve(unknown(null, purpose), { kind: 'no_question' }, none, start.add({ minutes }), doorUpSince)

  it('has 15 minutes to report, counted while our door was up', () => {
    expect(wait('status', 14)).toEqual({
      kind: 'ask_again',
      at: start.add({ minutes: 15 }),
      absentSince: null,
    })
    const restarted = start.add({ minutes: 10 })
    expect(wait('status', 20, restarted)).toMatchObject({ kind: 'ask_again', at: start.add({ minutes: 25 }) })
  })

  it('then the purpose decides: a reminder rather twice than never, all else goes to a human', () => {
    expect(wait('reminder', 15)).toEqual({ kind: 'absent' })
    for (const purpose of ['status', 'conversation', 'billing', 'intake', 'marketing'] as const)
      expect(wait(purpose, 15)).toEqual({ kind: 'human', cause: 'never_confirmed' })
  })
})

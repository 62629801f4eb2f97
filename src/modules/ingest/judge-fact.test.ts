import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectionId, MatterId } from '../../kernel/index.ts'
import type { KnownFact } from '../facts/index.ts'
import { type FactEvent, judgeFact } from './judge-fact.ts'

const minute = (n: number) => Temporal.Instant.from('2030-01-15T18:00:00Z').add({ minutes: n })
const [connectionId, matterId] = ['c', 'm'] as unknown as [ConnectionId, MatterId]

/** @param at minute of the source's own time; null: it tells none, and then `came` counts */
const event = (
  version: string | null,
  at: number | null,
  more: Partial<FactEvent['fact']> & { came?: number } = {},
): FactEvent => {
  const { came = 100, ...fact } = more
  return {
    fact: {
      kind: 'appointment',
      externalId: '7',
      version,
      removed: false,
      data: { start_at: version },
      ...fact,
    },
    type: 'hearing.moved',
    connectionId,
    matterId,
    occurredAt: at === null ? null : minute(at),
    receivedAt: minute(came),
    newId: 'f',
  }
}
const gone = (came: number) => event(null, null, { removed: true, data: {}, came })
/** As a read of the CMS leaves it. */
const read = (version: string, at: number, before?: KnownFact): KnownFact => ({
  ...judgeFact(undefined, event(version, at)).next!,
  announced: false,
  previousData: before?.data ?? null,
})
const following = (...events: FactEvent[]) =>
  events.reduce<{ known: KnownFact | undefined; outcomes: string[] }>(
    ({ known, outcomes }, e) => {
      const seen = judgeFact(known, e)
      return { known: seen.next ?? known, outcomes: [...outcomes, seen.outcome] }
    },
    { known: undefined, outcomes: [] },
  )

describe('a fact that comes by webhooks', () => {
  it('is news when its version is another, and says what was before', () => {
    const { known } = following(event('a', 1))
    const seen = judgeFact(known, event('b', 2))
    expect(seen).toMatchObject({ outcome: 'news', before: { start_at: 'a' }, mark: 'b' })
  })

  it('is the same again when only its wording is another', () => {
    expect(following(event('a', 1), event('a', 2)).outcomes).toEqual(['news', 'again'])
  })

  it('is stale when it is older and says another thing', () => {
    expect(following(event('a', 1), event('c', 3), event('b', 2)).outcomes).toEqual(['news', 'news', 'stale'])
  })

  it('may go back to where it was', () => {
    expect(following(event('a', 1), event('b', 2), event('a', 3)).outcomes).toEqual(['news', 'news', 'news'])
  })

  it('is not raised from the dead by what was sent before it was deleted', () => {
    expect(following(gone(5), event('a', 1)).outcomes).toEqual(['news', 'stale'])
    expect(following(event('a', 1), gone(5), event('b', 4)).outcomes).toEqual(['news', 'news', 'stale'])
  })

  it('lives again when it is made anew', () => {
    const { outcomes, known } = following(event('a', 1), gone(5), event('a', 6))
    expect(outcomes).toEqual(['news', 'news', 'news'])
    expect(known?.removedAt).toBeNull()
  })

  it('is deleted though our clock is behind that of its source', () => {
    expect(following(event('a', 10), gone(9)).known?.mark).toBe('removed')
  })

  it('ends in the newest state, whatever the order, and never tells an older one after it', () => {
    const versions = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
    fc.assert(
      fc.property(
        versions.chain((list) =>
          fc.shuffledSubarray(
            list.map((version, at) => ({ version, at })),
            { minLength: list.length },
          ),
        ),
        (order) => {
          let known: KnownFact | undefined
          let told = -1
          for (const { version, at } of order) {
            const seen = judgeFact(known, event(version, at))
            if (seen.outcome === 'news') {
              expect(at).toBeGreaterThan(told)
              told = at
            }
            known = seen.next ?? known
          }
          const newest = Math.max(...order.map((o) => o.at))
          expect(told).toBe(newest)
          expect(known?.version).toBe(order.find((o) => o.at === newest)?.version)
        },
      ),
    )
  })
})

describe('a fact that a read of the CMS brought', () => {
  it('is still news when the webhook of that change comes, once', () => {
    const known = read('b', 5, read('a', 1))
    const seen = judgeFact(known, event('b', 5))
    expect(seen).toMatchObject({ outcome: 'news', before: { start_at: 'a' } })
    expect(judgeFact(seen.next!, event('b', 5)).outcome).toBe('again')
  })

  it('is no news when a later edit left it as it was', () => {
    expect(judgeFact(read('a', 1), event('a', 9)).outcome).toBe('again')
  })

  it('makes an older change stale that says another thing', () => {
    expect(judgeFact(read('b', 5), event('a', 1)).outcome).toBe('stale')
  })

  it('that missed it does not keep its deletion from being told', () => {
    const missed = { ...read('a', 1), removedAt: minute(8), mark: 'removed' }
    const seen = judgeFact(missed, gone(9))
    expect(seen).toMatchObject({ outcome: 'news', before: { start_at: 'a' }, mark: 'removed' })
    expect(judgeFact(seen.next!, gone(9)).outcome).toBe('again')
  })
})

describe('documents and bills', () => {
  const bill = (state: string, at: number, etag: string) => event(etag, at, { kind: 'bill', data: { state } })
  it('that a document was filed is told though it has been changed since', () => {
    const filed = (version: string, at: number) => event(version, at, { kind: 'document' })
    expect(following(filed('v2', 2), filed('v1', 1)).outcomes).toEqual(['news', 'news'])
    expect(following(filed('v2', 2), filed('v1', 1)).known?.version).toBe('v2')
  })

  it('an older state of a bill is stale, an older edit of the same state is not', () => {
    expect(following(bill('paid', 2, 'e2'), bill('awaiting_payment', 1, 'e1')).outcomes).toEqual([
      'news',
      'stale',
    ])
    expect(following(bill('paid', 2, 'e2'), bill('paid', 1, 'e1')).outcomes).toEqual(['news', 'news'])
  })

  it('a bill whose state came about in the lost time of a restore is no news until the state is another', () => {
    const caughtUp: KnownFact = {
      ...read('e1', 1),
      kind: 'bill',
      data: { state: 'paid' },
      mark: 'quiet',
      announced: true,
    }
    const seen = judgeFact(caughtUp, bill('paid', 9, 'e2'))
    expect(seen.outcome).toBe('again')
    expect(seen.next).toMatchObject({ version: 'e2', mark: 'hearing.moved' })
    expect(judgeFact(caughtUp, bill('void', 9, 'e2')).outcome).toBe('news')
  })
})

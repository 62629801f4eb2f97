import { describe, expect, it } from 'vitest'
import { afterTrouble, wordsGone, writingOf } from './policy.ts'
import type { ClaimedWrite, WriteSource } from './types.ts'

const at = Temporal.Instant.from('2030-10-15T18:00:00Z')
const write = (changes: Partial<ClaimedWrite> = {}): ClaimedWrite => ({
  id: 'w',
  kind: 'communication',
  key: 'communication-1',
  tries: 0,
  matter_id: 'm',
  matter_external_id: '21001',
  matter_number: null,
  source_id: 's',
  doubtful: false,
  ...changes,
})
const source = (changes: Partial<WriteSource> = {}): WriteSource => ({
  id: 's',
  source: 'message',
  at,
  channel: 'sms',
  title: null,
  words: 'Your hearing is on Monday.',
  client_external_id: '11001',
  due_at: null,
  over: false,
  ...changes,
})

describe('what is written', () => {
  it('is what was said, with a subject where the channel has none', () => {
    expect(writingOf(write(), source())).toEqual({
      kind: 'communication',
      key: 'communication-1',
      matterExternalId: '21001',
      clientExternalId: '11001',
      at,
      channel: 'sms',
      subject: 'Text message',
      body: 'Your hearing is on Monday.',
    })
    expect(
      writingOf(
        write(),
        source({ channel: 'email', words: '**Monday**, 9\\-10, [map](https://example.com)' }),
      ),
    ).toMatchObject({ subject: 'Email', body: 'Monday, 9-10, map (https://example.com)' })
    expect(writingOf(write(), source({ channel: 'email', title: 'News' }))).toMatchObject({ subject: 'News' })
  })

  it('says so where the words are gone', () => {
    expect(writingOf(write(), source({ words: null }))).toMatchObject({ body: wordsGone })
    expect(writingOf(write({ kind: 'note' }), source({ words: null }))).toMatchObject({ detail: wordsGone })
  })

  it('is nothing for a task that is done, unless it may be there already', () => {
    const done = source({ channel: null, title: 'Call', over: true })
    expect(writingOf(write({ kind: 'task' }), done)).toBeNull()
    expect(writingOf(write({ kind: 'task', tries: 1 }), done)).toMatchObject({ kind: 'task', name: 'Call' })
    expect(writingOf(write({ kind: 'task', doubtful: true }), done)).toMatchObject({ kind: 'task' })
  })
})

describe('trouble', () => {
  it('ends what will never be taken', () => {
    for (const kind of ['refused', 'not_found'] as const)
      expect(afterTrouble({ ok: false, kind, detail: '' }, 3)).toEqual({ state: 'dead' })
  })

  it('that comes before the CMS took anything does not count as a try', () => {
    const limited = afterTrouble({ ok: false, kind: 'rate_limited', retryAfter: 7, detail: '' }, 0)
    expect(limited).toEqual({ state: 'queued', inSeconds: 7, othersInSeconds: 7, counts: false })
    expect(afterTrouble({ ok: false, kind: 'unauthorised', detail: '' }, 0)).toMatchObject({ counts: false })
  })

  it('that may be its own waits longer each time, an hour at most, and holds the others up for seconds', () => {
    const waits = Array.from({ length: 12 }, (_, tries) =>
      afterTrouble({ ok: false, kind: 'unavailable', detail: '' }, tries),
    )
    expect(waits.map((step) => (step.state === 'queued' ? step.inSeconds : 0))).toEqual([
      15, 30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600, 3_600,
    ])
    expect(waits.every((step) => step.state === 'queued' && step.othersInSeconds === 15)).toBe(true)
    const asked = afterTrouble({ ok: false, kind: 'unavailable', retryAfter: 90, detail: '' }, 0)
    expect(asked).toMatchObject({ inSeconds: 90, othersInSeconds: 90, counts: true })
  })
})

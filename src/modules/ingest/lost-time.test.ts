import { describe, expect, it } from 'vitest'
import type { CmsFact } from '../connections/index.ts'
import type { KnownFact } from '../facts/index.ts'
import {
  beganInLostTime,
  eventInDoubt,
  lostTime,
  readInLostTime,
  statusInDoubt,
  whatChanged,
} from './lost-time.ts'

const at = (minutes: number) => Temporal.Instant.from('2030-01-15T18:00:00Z').add({ minutes })
const lost = { from: at(0), until: at(60) }

describe('the time that a restored backup lost', () => {
  it('is between what it knew last and when it was found to be a copy', () => {
    expect(lostTime({ knew_until: at(0), copied_at: at(60) }, at(90))).toEqual(lost)
    expect(lostTime({ knew_until: null, copied_at: null }, at(90))).toBeNull()
  })

  it('is none where a person said that nothing was lost, and no matter after two weeks', () => {
    expect(lostTime({ knew_until: at(60), copied_at: at(60) }, at(90))).toBeNull()
    expect(lostTime({ knew_until: at(0), copied_at: at(60) }, at(60 + 14 * 24 * 60))).not.toBeNull()
    expect(lostTime({ knew_until: at(0), copied_at: at(60) }, at(61 + 14 * 24 * 60))).toBeNull()
  })
})

describe('a status', () => {
  const never = { state: null, caughtUpAt: null, statusReceivedAt: null }
  const known = { ...never, state: 'trial' }

  it('is in doubt unless the CMS says that it began since', () => {
    expect(statusInDoubt(at(61), known, lost)).toBe(false)
    expect(statusInDoubt(at(60), known, lost)).toBe(true)
    expect(statusInDoubt(at(30), known, lost)).toBe(true)
    expect(statusInDoubt(null, known, lost)).toBe(true)
    expect(statusInDoubt(null, known, null)).toBe(false)
  })

  it('is not where the matter was caught up, or was heard of since', () => {
    expect(statusInDoubt(null, { ...known, caughtUpAt: at(60) }, lost)).toBe(false)
    // Of an earlier restore.
    expect(statusInDoubt(null, { ...known, caughtUpAt: at(-600) }, lost)).toBe(true)
    expect(statusInDoubt(null, { ...known, statusReceivedAt: at(61) }, lost)).toBe(false)
    expect(statusInDoubt(null, { ...known, statusReceivedAt: at(-5) }, lost)).toBe(true)
  })

  it('is in doubt on first sight though the matter was read', () => {
    expect(statusInDoubt(at(30), { ...never, caughtUpAt: at(60) }, lost)).toBe(true)
    expect(statusInDoubt(null, never, lost)).toBe(true)
  })

  it('began in the lost time or not', () => {
    expect([0, 1, 60, 61].map((minute) => beganInLostTime(at(minute), lost))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(beganInLostTime(at(30), null)).toBe(false)
  })
})

describe('an event that came after the copy was found', () => {
  const event = (occurred: number | null, readable: boolean, received = 90) =>
    eventInDoubt(
      { occurredAt: occurred === null ? null : at(occurred), receivedAt: at(received), readable },
      lost,
    )

  it('is in doubt when it happened before, or tells no time and comes from a system that can’t be read', () => {
    expect(event(30, true)).toBe(true)
    expect(event(60, false)).toBe(true)
    expect(event(null, false)).toBe(true)
    expect(event(null, true)).toBe(false)
    expect(event(61, false)).toBe(false)
  })

  it('is not where it had come before: the messages that it makes are asked about', () => {
    expect(event(null, false, 60)).toBe(false)
    expect(event(30, true, 50)).toBe(false)
  })
})

describe('a fact that is read', () => {
  const fact = (updated: number | null, version = 'v2'): CmsFact => ({
    externalId: '1',
    version,
    updatedAt: updated === null ? null : at(updated),
    data: {},
  })
  const known = (version: string, removedAt: Temporal.Instant | null = null) =>
    ({ version, removedAt }) as KnownFact

  it('counts as told when it is from before the copy was found, and a person hears of what is new', () => {
    expect(readInLostTime(fact(30), undefined, lost)).toEqual({ quiet: true, lost: true })
    expect(readInLostTime(fact(30), known('v1'), lost)).toEqual({ quiet: true, lost: true })
    expect(readInLostTime(fact(null), known('v2', at(-1)), lost)).toEqual({ quiet: true, lost: true })
    expect(readInLostTime(fact(30), known('v2'), lost)).toEqual({ quiet: true, lost: false })
    expect(readInLostTime(fact(-10), undefined, lost)).toEqual({ quiet: true, lost: false })
  })

  it('is left to its own webhook when it changed since', () => {
    expect(readInLostTime(fact(61), undefined, lost)).toEqual({ quiet: false, lost: false })
    expect(readInLostTime(fact(30), undefined, null)).toEqual({ quiet: false, lost: false })
  })
})

it('says what changed', () => {
  expect(whatChanged(['bill', 'appointment', 'bill'])).toBe('appointments and bills changed')
})

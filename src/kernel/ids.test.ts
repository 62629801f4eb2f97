import { describe, expect, it } from 'vitest'
import { isUuid, uuidSource } from './ids.ts'

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)

describe('ids', () => {
  it('are UUIDs of version 7 that carry their time', () => {
    const at = Date.parse('2030-10-15T18:00:00.123Z')
    const id = uuidSource(() => at, random)<string>()
    expect(isUuid(id)).toBe(true)
    expect(id[14]).toBe('7')
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(at)
  })

  it('rise with each one made, however many in a millisecond, and when the clock is set back', () => {
    for (const clock of [
      () => 1_000_000,
      (() => {
        let at = 2_000_000
        return () => at--
      })(),
    ]) {
      const next = uuidSource(clock, random)
      let last = next<string>()
      for (let n = 0; n < 600_000; n++) {
        const id = next<string>()
        if (id <= last) expect.fail(`${id} after ${last}`)
        last = id
      }
    }
  })

  it('do not repeat over many sources at the same moment', () => {
    const ids = Array.from({ length: 2_000 }, () => uuidSource(() => 1_000_000, random)<string>())
    expect(new Set(ids).size).toBe(ids.length)
  })
})

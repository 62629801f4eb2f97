import { describe, expect, it } from 'vitest'
import { together } from './together.ts'

/** A reading that ends when it is told to. */
function slow() {
  const begun: { end(value: string): void; fail(error: Error): void }[] = []
  const read = () => {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    begun.push({ end: resolve, fail: reject })
    return promise
  }
  return { begun, read }
}
const turns = async () => {
  for (let n = 0; n < 5; n++) await Promise.resolve()
}

describe('what many ask for at once', () => {
  it('is read once for all who came while it was being read, and begun after they came', async () => {
    const ask = together()
    const { begun, read } = slow()
    const first = ask('counts', read)
    const rest = [ask('counts', read), ask('counts', read), ask('counts', read)]
    expect(begun).toHaveLength(1)
    begun[0]!.end('before')
    expect(await first).toBe('before')
    await turns()
    expect(begun).toHaveLength(2)
    const late = ask('counts', read)
    begun[1]!.end('after')
    expect(await Promise.all(rest)).toEqual(['after', 'after', 'after'])
    await turns()
    expect(begun).toHaveLength(3)
    begun[2]!.end('last')
    expect(await late).toBe('last')
  })

  it('is read anew where nobody reads it, and apart for each key', async () => {
    const ask = together()
    const { begun, read } = slow()
    const one = ask('counts of one', read)
    void ask('counts of another', read)
    expect(begun).toHaveLength(2)
    begun[0]!.end('1')
    await one
    await turns()
    void ask('counts of one', read)
    expect(begun).toHaveLength(3)
  })

  it('fails for whoever shared the reading that failed, and for nobody after', async () => {
    const ask = together()
    const { begun, read } = slow()
    const first = ask('counts', read)
    const second = ask('counts', read)
    begun[0]!.fail(new Error('no database'))
    await expect(first).rejects.toThrow('no database')
    await turns()
    begun[1]!.end('well')
    expect(await second).toBe('well')
  })

  it('keeps nothing of what is over', async () => {
    const ask = together()
    const { begun, read } = slow()
    for (let n = 0; n < 3; n++) {
      const answer = ask('counts', read)
      begun[n]!.end(String(n))
      expect(await answer).toBe(String(n))
      await turns()
    }
  })
})

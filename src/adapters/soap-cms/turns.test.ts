import { describe, expect, it } from 'vitest'
import { createTurns } from './turns.ts'

const never = new AbortController().signal

describe('turns', () => {
  it('go to one at a time, those whom a client waits for first', async () => {
    const turns = createTurns()
    const order: string[] = []
    const first = await turns.take('background', never)
    const rest = (['background', 'now', 'background', 'now'] as const).map(async (urgency, at) => {
      const give = await turns.take(urgency, never)
      order.push(`${urgency} ${at}`)
      give?.()
    })
    first?.()
    await Promise.all(rest)
    expect(order).toEqual(['now 1', 'now 3', 'background 0', 'background 2'])
  })

  it('pass by whoever has given up waiting', async () => {
    const turns = createTurns()
    const first = await turns.take('now', never)
    const impatient = new AbortController()
    const second = turns.take('now', impatient.signal)
    const third = turns.take('now', never)
    impatient.abort()
    expect(await second).toBeNull()
    first?.()
    expect(await third).toBeTypeOf('function')
    expect(await turns.take('now', impatient.signal)).toBeNull()
  })

  it('can not be given back twice', async () => {
    const turns = createTurns()
    const first = await turns.take('now', never)
    const second = turns.take('now', never)
    first?.()
    await second
    const third = turns.take('now', never)
    first?.()
    let came = false
    void third.then(() => {
      came = true
    })
    await Promise.resolve()
    expect(came).toBe(false)
    ;(await second)?.()
    expect(await third).toBeTypeOf('function')
  })
})

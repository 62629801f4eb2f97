import { describe, expect, it } from 'vitest'
import { RateLimiter } from './rate.ts'

const limiter = (quota: number, seconds: number) => {
  let now = 1_234.5
  const made = new RateLimiter({ quota, seconds }, () => now)
  return { draw: (who = 'a') => made.draw(who), pass: (ms: number) => (now += ms) }
}

describe('a rate', () => {
  it('lets its whole quota through at once, and then no more', () => {
    for (const quota of [1, 3, 7, 1_200]) {
      const { draw } = limiter(quota, 60)
      const drawn = Array.from({ length: quota + 2 }, () => draw())
      expect(drawn.map((d) => d.allowed)).toEqual([...Array(quota).fill(true), false, false])
      expect(drawn.map((d) => d.left)).toEqual([
        ...Array.from({ length: quota }, (_, i) => quota - 1 - i),
        0,
        0,
      ])
    }
  })

  it('gives back evenly, and says when: a second before that nothing, then one', () => {
    const { draw, pass } = limiter(6, 60)
    for (let i = 0; i < 6; i++) draw()
    expect(draw()).toEqual({ allowed: false, left: 0, full: 60, retry: 10 })
    pass(9_000)
    expect(draw()).toMatchObject({ allowed: false, retry: 1 })
    pass(1_000)
    expect(draw()).toMatchObject({ allowed: true, left: 0, retry: 0 })
    expect(draw().allowed).toBe(false)
  })

  it('is full again after its window, and never more than full', () => {
    const { draw, pass } = limiter(6, 60)
    for (let i = 0; i < 6; i++) draw()
    pass(600_000)
    expect(draw()).toMatchObject({ left: 5, full: 10 })
  })

  it('counts each who asks by themselves, also when many come', () => {
    const { draw } = limiter(2, 60)
    draw('a')
    draw('a')
    const others = Array.from({ length: 25_000 }, (_, i) => draw(`other ${i}`).allowed)
    expect(others.every(Boolean)).toBe(true)
    expect(draw('a').allowed).toBe(false)
  })
})

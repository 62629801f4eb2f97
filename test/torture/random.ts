/** Random numbers that a seed decides (mulberry32): the same run again, as far as the machine lets it. */
export type Random = () => number

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const between = (random: Random, low: number, high: number): number => low + random() * (high - low)

/** Gaps that add up to about `total`, each from half to one and a half of their share. */
export function gaps(random: Random, count: number, total: number): number[] {
  return Array.from({ length: count }, () => (total / count) * between(random, 0.5, 1.5))
}

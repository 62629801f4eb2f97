import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createClock } from './clock.ts'

it('runs what falls due in the order of its time, and not before', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { maxLength: 30 }), fc.nat(1000), (delays, end) => {
      const clock = createClock(() => 0)
      clock.drive({ now: 0 })
      const ran: number[] = []
      for (const ms of delays) clock.after(ms, () => ran.push(ms))
      clock.drive({ advanceMs: end })
      expect(ran).toEqual(delays.filter((ms) => ms <= end).sort((a, b) => a - b))
      expect(clock.now()).toBe(end)
    }),
  )
})

it('shows each task the moment it was planned for, and runs what a task plans in the same stretch', () => {
  const clock = createClock(() => 0)
  clock.drive({ now: 100 })
  const seen: number[] = []
  clock.after(10, () => {
    seen.push(clock.now())
    clock.after(5, () => seen.push(clock.now()))
  })
  clock.drive({ advanceMs: 20 })
  expect(seen).toEqual([110, 115])
})

it('does not run what was cancelled or cleared', () => {
  const clock = createClock(() => 0)
  clock.drive({ now: 0 })
  const ran: string[] = []
  clock.after(1, () => ran.push('cancelled'))()
  clock.after(1, () => ran.push('cleared'))
  clock.clear()
  clock.after(1, () => ran.push('kept'))
  clock.drive({ advanceMs: 2 })
  expect(ran).toEqual(['kept'])
})

it('keeps what was planned in real time when a test takes over, and gives it back after', async () => {
  const clock = createClock()
  const ran: string[] = []
  clock.after(60_000, () => ran.push('driven'))
  clock.drive({ advanceMs: 60_000 })
  expect(ran).toEqual(['driven'])
  const real = new Promise<void>((resolve) => clock.after(-60_000, resolve))
  clock.drive(null)
  await real
})

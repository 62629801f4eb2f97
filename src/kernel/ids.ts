/**
 * Branded identifiers: a MatterId can't be passed where a ClientId is wanted.
 * All are UUID version 7 (RFC 9562 §5.7): ordered by time, so that inserts go to one end of an index.
 */
declare const brand: unique symbol
export type Id<Name extends string> = string & { readonly [brand]: Name }

export type FirmId = Id<'firm'>
export type ConnectionId = Id<'connection'>
export type DeliveryId = Id<'delivery'>
export type EventId = Id<'event'>
export type MatterId = Id<'matter'>
export type ClientId = Id<'client'>
export type ContactPointId = Id<'contactPoint'>
export type NoticeId = Id<'notice'>
export type MessageId = Id<'message'>
export type AttemptId = Id<'attempt'>

/** Makes ids; passed in, so that tests can make them repeatable. */
export type NewId = <T extends string>() => T

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export const isUuid = (text: string): boolean => uuid.test(text)

/**
 * @param now milliseconds since the epoch
 * @param random fills the given bytes
 * @returns a source of UUIDv7 strings, each greater than the one before, also within a millisecond and when the clock is
 *   set back: a counter of 18 bits follows the time (RFC 9562 §6.2, method 1). What came first sorts first.
 */
export function uuidSource(now: () => number, random: (bytes: Uint8Array<ArrayBuffer>) => void): NewId {
  const pool = new Uint8Array(10 * 256)
  let at = pool.length
  const hex = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))
  const h = (n: number) => hex[n & 0xff]!
  let ms = 0
  let count = 0
  return <T extends string>() => {
    if (at >= pool.length) {
      random(pool)
      at = 0
    }
    const r = (i: number) => pool[at + i]!
    const clock = now()
    if (clock > ms) {
      ms = clock
      // Begins low, so that there is room to count.
      count = (r(0) << 8) | r(1)
    } else if (++count >= 1 << 18) {
      ms++
      count = 0
    }
    const hi = Math.floor(ms / 0x10000)
    const id = `${h(hi >>> 24)}${h(hi >>> 16)}${h(hi >>> 8)}${h(hi)}-${h(ms / 0x100)}${h(ms)}-${h(
      0x70 | (count >>> 14),
    )}${h(count >>> 6)}-${h(0x80 | (count & 0x3f))}${h(r(3))}-${h(r(4))}${h(r(5))}${h(r(6))}${h(r(7))}${h(r(8))}${h(r(9))}`
    at += 10
    return id as T
  }
}

/** For rows that nobody needs to repeat exactly (logs, changes); what tests compare gets a passed-in source. */
export const systemId: NewId = uuidSource(
  () => Date.now(),
  (bytes) => crypto.getRandomValues(bytes),
)

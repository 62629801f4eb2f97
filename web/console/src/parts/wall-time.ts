/** Wall times of a zone and moments, for fields in which people type a date and a time. Pure. */

/** Milliseconds that clocks in a zone are ahead of UTC at a moment. */
function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value)
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - Math.floor(at / 1_000) * 1_000
}

/**
 * When clocks in a zone show this. What they show twice is the first; what they skip is as much later as they skip.
 *
 * @param wall `2030-10-15T14:00`, as a field of the kind datetime-local gives it
 * @returns null for what is no wall time
 */
export function momentOf(wall: string, zone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall)) return null
  const asUtc = Date.parse(`${wall}:00Z`)
  if (Number.isNaN(asUtc)) return null
  // With the offsets of a day before and after: no zone sets its clocks twice in between.
  const day = 86_400_000
  const tries = [offsetAt(asUtc - day, zone), offsetAt(asUtc + day, zone)].map((offset) => asUtc - offset)
  const right = tries.filter((at) => at + offsetAt(at, zone) === asUtc)
  return new Date(right.length > 0 ? Math.min(...right) : tries[0]!)
}

/** What clocks in a zone show, as such a field wants it. */
export function wallOf(at: Date, zone: string): string {
  return new Date(at.getTime() + offsetAt(at.getTime(), zone)).toISOString().slice(0, 16)
}

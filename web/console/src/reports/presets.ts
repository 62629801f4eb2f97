/** Periods that people ask for, in days of the firm's calendar. */

export const presets = ['last_7', 'last_30', 'last_90', 'this_month', 'last_month', 'this_year'] as const
export type Preset = (typeof presets)[number]

/** @param now milliseconds since 1970 */
export function presetDays(preset: Preset, timeZone: string, now: number): { from: string; to: string } {
  // Swedes write a day as ISO 8601 does.
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now)
  const [year, month, day] = today.split('-').map(Number) as [number, number, number]
  // Reckoned in UTC, where each day has 24 hours.
  const date = (y: number, m: number, d: number) => new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10)
  const last = (days: number) => ({ from: date(year, month, day - days + 1), to: today })
  switch (preset) {
    case 'last_7':
      return last(7)
    case 'last_30':
      return last(30)
    case 'last_90':
      return last(90)
    case 'this_month':
      return { from: date(year, month, 1), to: today }
    case 'last_month':
      return { from: date(year, month - 1, 1), to: date(year, month, 0) }
    case 'this_year':
      return { from: date(year, 1, 1), to: today }
  }
}

/** Where a firm's clients are awake: their messages leave now, the others' when quiet hours end. */
import { isZone } from '../../kernel/time.ts'
import type { FirmSettings } from '../../modules/firms/index.ts'
import { lookAt, weekWithout } from '../../modules/moments/index.ts'

export interface AwakeZone {
  readonly zone: string
  /** `14:05`, there. */
  readonly time: string
}

/** 47 CFR 64.1200(c)(1): 8 am to 9 pm at the called party's location. Used where the firm has no quiet hours. */
const usualNight = { from: '21:00', until: '08:00' }

/** @returns the zones where it is no quiet hour at `now`, in the order of their clocks */
export function awakeZones(
  zones: readonly string[],
  quietHours: FirmSettings['quietHours'],
  now: Temporal.Instant,
): AwakeZone[] {
  return (
    [...new Set(zones)]
      // What a CMS calls a time zone may be none.
      .filter((zone) => isZone(zone) && !lookAt(weekWithout([quietHours ?? usualNight]), now, zone).quiet)
      .map((zone) => ({
        zone,
        time: now.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' }),
      }))
      .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.zone < b.zone ? -1 : 1))
  )
}

/** `Pacific/Auckland` as `Auckland`. */
export const cityOf = (zone: string): string => zone.replace(/^.*\//, '').replaceAll('_', ' ')

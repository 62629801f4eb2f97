/** Moments in the firm's zone, and in the client's where that differs. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { meQuery } from '../api/session.ts'
import { useWords } from './index.ts'

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** One formatter per language, zone and style: making one costs more than a hundred uses. */
const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(
  language: string,
  zone: string,
  style: 'moment' | 'year' | 'time' | 'day',
): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${style}`
  const found = formatters.get(key)
  if (found) return found
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const day = { weekday: 'short', month: 'short', day: 'numeric' } as const
  const made = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    ...(style === 'time' ? clock : style === 'day' ? day : { ...day, ...clock }),
    ...(style === 'year' ? { year: 'numeric' as const } : {}),
  })
  formatters.set(key, made)
  return made
}

export interface Moments {
  zone: string
  /** `Thu, Oct 15, 14:32`, with the year where it is not this one. */
  moment(instant: string): string
  time(instant: string, zone?: string): string
  /** The time alone where it is the same day as `first`, which was said before. */
  after(first: string, instant: string): string
  /** `11:32 in Los Angeles`: null where clocks there show what they show here. */
  elsewhere(instant: string, zone: string | null): { time: string; zone: string } | null
}

export function useMoments(): Moments {
  const { language } = useWords()
  const { data } = useQuery({ ...meQuery, enabled: false })
  const zone = data?.firm.timeZone ?? browserZone
  return useMemo(() => {
    const thisYear = new Date().getFullYear()
    const moment = (instant: string) => {
      const at = new Date(instant)
      const style = at.getFullYear() === thisYear ? 'moment' : 'year'
      return formatter(language, zone, style).format(at)
    }
    return {
      zone,
      moment,
      after(first, instant) {
        const day = formatter(language, zone, 'day')
        const same = day.format(new Date(first)) === day.format(new Date(instant))
        return same ? formatter(language, zone, 'time').format(new Date(instant)) : moment(instant)
      },
      time: (instant, other) => formatter(language, other ?? zone, 'time').format(new Date(instant)),
      elsewhere(instant, other) {
        if (other === null || other === zone) return null
        const at = new Date(instant)
        let there: string
        try {
          there = formatter(language, other, 'moment').format(at)
        } catch {
          return null // a zone that this browser does not know
        }
        if (there === formatter(language, zone, 'moment').format(at)) return null
        const sameDay =
          formatter(language, other, 'day').format(at) === formatter(language, zone, 'day').format(at)
        return {
          time: sameDay ? formatter(language, other, 'time').format(at) : there,
          zone: cityOf(other),
        }
      },
    }
  }, [language, zone])
}

/** `America/Los_Angeles` as people say it. */
export const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

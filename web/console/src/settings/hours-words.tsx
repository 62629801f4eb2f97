/** Quiet hours, zone and cap, as sentences. */
import type { Schemas } from '../api/client.ts'
import { useWords } from '../words/index.ts'
import { cityOf } from '../words/moments.ts'

type Hours = Schemas['FirmHours']

/** Minutes of `PT10M`, `PT1H`; what is written otherwise stays as it is. */
export function minutesIn(duration: string): number | string {
  const [, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? []
  return hours === undefined && minutes === undefined
    ? duration
    : Number(hours ?? 0) * 60 + Number(minutes ?? 0)
}

export function HoursWords({ hours }: { hours: Hours }) {
  const { t } = useWords()
  const { quietHours, cap, timeZone } = hours
  return (
    <>
      <p>
        {quietHours
          ? [
              t('hours.quiet', quietHours),
              t(quietHours.mail ? 'hours.mail_waits' : 'hours.mail_goes'),
              t(quietHours.urgent === 'wait' ? 'hours.urgent_waits' : 'hours.urgent_goes'),
              t('hours.spread', { minutes: minutesIn(quietHours.spread) }),
            ].join(' ')
          : t('hours.no_quiet')}
      </p>
      <p>{t('hours.zone', { zone: `${cityOf(timeZone)} (${timeZone})` })}</p>
      <p>{cap ? t('hours.cap', { count: cap.perDay, digest: cap.digest }) : t('hours.no_cap')}</p>
    </>
  )
}

/** When operators are told again, and in which words. Pure. */
import type { AlertMail } from './ports.ts'
import type { OpenAlert } from './types.ts'

/** Minutes after the first, second and third failed try; after the fourth it is given up. */
const retryMinutes = [1, 5, 30]

/** @param tries how many have failed; @returns when to try again, or null to give up */
export function nextTry(tries: number, now: Temporal.Instant): Temporal.Instant | null {
  const minutes = retryMinutes[tries - 1]
  return minutes === undefined ? null : now.add({ minutes })
}

/** Not more than one mail in this time for each firm and kind: a burst of dead letters is one trouble, not a thousand. */
export const mailEvery = Temporal.Duration.from({ minutes: 1 })

const mostListed = 20

/** One mail for all alerts of one kind, the first ones by name. */
export function alertMail(
  firmName: string,
  id: string,
  to: readonly string[],
  alerts: readonly OpenAlert[],
): AlertMail {
  const first = alerts[0]
  if (first === undefined) throw new RangeError('a mail tells of at least one alert')
  const severity = alerts.some((alert) => alert.severity === 'page') ? 'page' : 'warning'
  const more = alerts.length > 1 ? ` and ${alerts.length - 1} more` : ''
  const lines = alerts.slice(0, mostListed).flatMap(describe)
  const rest =
    alerts.length > mostListed ? [`… and ${alerts.length - mostListed} more of the same kind.`] : []
  return {
    id,
    to,
    subject: oneLine(`[Tipstaff ${severity}] ${firmName}: ${first.title}${more}`),
    text: [...lines, ...rest, '', 'npx tipstaff doctor shows what is wrong now.'].join('\n'),
  }
}

function describe(alert: OpenAlert): string[] {
  const times = alert.count > 1 ? ` (${alert.count} times, last ${alert.lastAt})` : ''
  const detail = Object.entries(alert.detail).map(([name, value]) => `    ${name}: ${oneLine(plain(value))}`)
  return [
    `${alert.raisedAt} ${alert.kind}: ${oneLine(alert.title)}${times}`,
    `    cause: ${oneLine(alert.cause)}`,
    ...detail,
    '',
  ]
}

const plain = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** Control characters, and the separators that some readers take for line ends. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu

/** A title must not become a header, nor a detail a new entry. */
const oneLine = (text: string) => text.replace(breaks, ' ').trim().slice(0, 300)

/** What the operators' webhook receives. */
export function alertBody(firmId: string, firmName: string, alert: OpenAlert): string {
  return JSON.stringify({
    type: 'alert.raised',
    timestamp: alert.raisedAt.toString(),
    data: {
      firmId,
      firm: firmName,
      id: alert.id,
      kind: alert.kind,
      cause: alert.cause,
      severity: alert.severity,
      title: alert.title,
      detail: alert.detail,
      count: alert.count,
      lastAt: alert.lastAt.toString(),
    },
  })
}

/** Just enough of RFC 5545 to show an invitation as a mail program does. Not a parser: the tests have one. */
export type Invitation = {
  method: string
  uid: string
  sequence: number
  summary: string
  location: string | null
  /** ISO 8601: an instant, or a date where it is of a whole day. */
  start: string
  end: string | null
}

/** @returns undefined when it is none that could be shown */
export function readInvitation(text: string): Invitation | undefined {
  const values = new Map<string, string>()
  // A line that begins with a space goes on with the one before (§3.1).
  for (const line of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const [, name, value] = /^([A-Za-z-]+)(?:;(?:[^":]|"[^"]*")*)?:(.*)$/s.exec(line) ?? []
    if (name !== undefined && !values.has(name.toUpperCase())) values.set(name.toUpperCase(), value ?? '')
  }
  const uid = values.get('UID')
  const start = timeIn(values.get('DTSTART'))
  if (uid === undefined || start === null) return undefined
  return {
    method: values.get('METHOD') ?? 'PUBLISH',
    uid,
    sequence: Number(values.get('SEQUENCE') ?? 0),
    summary: textIn(values.get('SUMMARY')) ?? '',
    location: textIn(values.get('LOCATION')),
    start,
    end: timeIn(values.get('DTEND')),
  }
}

function timeIn(value: string | undefined): string | null {
  const [, year, month, day, hour, minute, second, utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(value ?? '') ?? []
  if (year === undefined) return null
  const date = `${year}-${month}-${day}`
  return hour === undefined ? date : `${date}T${hour}:${minute}:${second}${utc}`
}

const textIn = (value: string | undefined): string | null =>
  value === undefined
    ? null
    : value.replace(/\\([\\;,nN])/g, (_, char: string) => (/n/i.test(char) ? '\n' : char))

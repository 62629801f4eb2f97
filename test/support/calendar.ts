/** A client's calendar, as a mail program keeps it: what comes is read by Mozilla's parser, and taken as RFC 5546 has it. */
import ICAL from 'ical.js'
import type { SentMessage } from './world.ts'

export interface Received {
  method: string
  uid: string
  sequence: number
  writtenAt: string
  status: string
  start: string
  end: string
  summary: string
  location: string | null
  organizer: string
  attendee: string
  /** Every property that the event has. */
  names: string[]
}

/** @throws when it is not one event that the parser understands */
export function readInvitation(text: string): Received {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent')
  const [event] = events
  if (!event || events.length > 1) throw new Error(`${events.length} events in an invitation`)
  const value = (name: string) => event.getFirstPropertyValue(name)
  const time = (name: string) => {
    const found = value(name) as ICAL.Time
    if (found.isDate) return found.toString()
    // A floating time would be another instant on every clock.
    if (found.zone.tzid !== 'UTC') throw new Error(`${name} is not in UTC`)
    return Temporal.Instant.fromEpochMilliseconds(found.toJSDate().getTime()).toString()
  }
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: String(value('uid')),
    sequence: Number(value('sequence')),
    writtenAt: time('dtstamp'),
    status: String(value('status')),
    start: time('dtstart'),
    end: time('dtend'),
    summary: String(value('summary')),
    location: value('location') === null ? null : String(value('location')),
    organizer: String(value('organizer')).replace(/^mailto:/i, ''),
    attendee: String(value('attendee')).replace(/^mailto:/i, ''),
    names: event.getAllProperties().map(({ name }) => name),
  }
}

/** @returns the invitation of a mail, or null where it has none */
export function invitationOf(mail: SentMessage): Received | null {
  const [file, ...more] = mail.attachments ?? []
  if (!file) return null
  const received = readInvitation(file.content)
  const type = `text/calendar; method=${received.method}`
  if (more.length > 0 || file.contentType !== type || file.filename !== 'invitation.ics')
    throw new Error(`not one invitation, but ${JSON.stringify(mail.attachments)}`)
  return received
}

/** @returns when each appointment is for who took all of these mails in, in whatever order they came; cancelled ones are gone */
export function calendarAfter(
  mails: readonly SentMessage[],
): { summary: string; start: string; end: string }[] {
  const entries = new Map<string, Received>()
  for (const mail of mails) {
    const next = invitationOf(mail)
    if (next === null) continue
    const known = entries.get(next.uid)
    const newer =
      !known ||
      next.sequence > known.sequence ||
      (next.sequence === known.sequence && next.writtenAt > known.writtenAt)
    if (newer) entries.set(next.uid, next)
  }
  return [...entries.values()]
    .filter(({ method }) => method !== 'CANCEL')
    .map(({ summary, start, end }) => ({ summary, start, end }))
}

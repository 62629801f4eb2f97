/**
 * What a mail about an appointment carries for the client's calendar (RFC 5545, and RFC 5546 for the two methods).
 * Beside the words of the mail, since it is one more form of them; `ical-generator` knows the format. Pure.
 */
import {
  foldLines,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
} from 'ical-generator'
import type { AppointmentSpan } from '../facts/index.ts'
import { cleanText, oneLine } from './clean.ts'

export interface Invitation {
  /** The same for every version of one appointment: by it, a calendar knows what an update is of. */
  uid: string
  /** Higher for each version; a calendar keeps the one with the highest. */
  sequence: number
  /** When it was written; of two with the same sequence the later counts (RFC 5546 §2.1.5). */
  writtenAt: Temporal.Instant
  cancelled: boolean
  span: AppointmentSpan
  summary: string
  location: string | null
  organizer: { email: string; name: string }
  /** The client's mail address; not their name, which a calendar does not need. */
  attendee: string
}

/** @returns the .ics; the same for the same */
export function writeInvitation(invitation: Invitation): string {
  const { span, cancelled } = invitation
  const calendar = new ICalCalendar({
    prodId: { company: 'Tipstaff', product: 'Tipstaff' },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  })
  const location = invitation.location === null ? '' : cleanText(invitation.location).trim()
  const event = calendar.createEvent({
    id: invitation.uid,
    sequence: invitation.sequence,
    stamp: invitation.writtenAt,
    // Instants are written in UTC, so that they are right on every clock, whatever the mail program does with zones.
    start: span.from,
    end: span.until,
    allDay: span.kind === 'days',
    // What staff noted on the entry (its description) stays inside: it is written for colleagues, and may be
    // privileged; a copy in the calendar of whoever reads along at the client's would end that.
    summary: oneLine(invitation.summary),
    ...(location === '' ? {} : { location: { title: location } }),
    organizer: { email: asUri(invitation.organizer.email), name: oneLine(invitation.organizer.name) },
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    // Others with whom a client shares their calendar see that they are busy, not with what.
    class: ICalEventClass.PRIVATE,
  })
  event.createAttendee({
    email: asUri(invitation.attendee),
    role: ICalAttendeeRole.REQ,
    status: ICalAttendeeStatus.NEEDSACTION,
    // Answers would go to the mailbox that sends, where nobody may look; the mail says whom to call.
    rsvp: false,
  })
  return `${calendar.toString().trimEnd()}\r\n`
}

/** @returns the same invitation for another address of the same client */
export function readdressed(invitation: string, address: string): string {
  const unfolded = invitation.replaceAll('\r\n ', '')
  return foldLines(
    unfolded.replace(/^(ATTENDEE[^\r\n]*?:MAILTO:)[^\r\n]*/m, (_, name) => name + asUri(address)),
  )
}

/** @returns it as a file of a mail; the type names the method, without which it is a file and no invitation (RFC 6047 §2.4) */
export function invitationFile(invitation: string): {
  filename: string
  contentType: string
  content: string
} {
  const method = /^METHOD:([A-Z]+)/m.exec(invitation)?.[1] ?? 'REQUEST'
  return {
    filename: 'invitation.ics',
    contentType: `text/calendar; method=${method}`,
    content: invitation,
  }
}

/** As it stands behind `mailto:` (RFC 6068 §2); a plus sign need not be encoded, and mail programs compare it as it is. */
const asUri = (address: string): string =>
  encodeURIComponent(oneLine(address)).replaceAll('%40', '@').replaceAll('%2B', '+')

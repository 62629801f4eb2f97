/** The invitation that a mail about an appointment carries, where the firm wants it (`calendar: true`). */
import { spanOf } from '../facts/index.ts'
import { writeInvitation } from '../templates/index.ts'
import type { FirmProgram } from './program.ts'
import type { Happening } from './situation.ts'

/**
 * @param mail its address, and its subject: what the entry is called where the CMS gave it no name
 * @returns null where it is about no appointment, or one without a time; a cancelled one's is as it was
 */
export function invitationFor(
  program: FirmProgram,
  happening: Happening,
  mail: { address: string; subject: string | null },
  now: Temporal.Instant,
): string | null {
  const { fact } = happening
  if (!fact?.appointment || program.mailFrom === null) return null
  const { data, edition, removed } = fact.appointment
  const { settings, mailFrom } = program
  const span = spanOf(data, settings.timeZone)
  if (span === null) return null
  return writeInvitation({
    // Both are random: neither says who it is about. A firm that is copied to another deployment keeps its own.
    uid: `${fact.id}@${program.firmId}`,
    sequence: edition,
    writtenAt: now,
    cancelled: removed,
    span,
    summary: textIn(data.summary) ?? textIn(mail.subject) ?? settings.name,
    location: textIn(data.location),
    organizer: { email: mailFrom.email, name: textIn(mailFrom.name) ?? settings.name },
    attendee: mail.address,
  })
}

const textIn = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null

/** Quarry & Lund, a small invented firm: 555-01xx numbers and example addresses, so that nobody real is written to. */
import { isoTime, type Records } from '../rest/records.ts'

const DAY = 86_400_000

export function seedFilevine(records: Records, now: number): void {
  const today = Math.floor(now / DAY) * DAY
  const past = { created: now - 90 * DAY }
  const contacts = [
    [3101, 'Tobias', 'Kerr', '(602) 555-0141', 'tobias.kerr@example.com', 'Both', 'America/Phoenix'],
    [3102, 'Amara', 'Diallo', '+12125550142', 'amara.diallo@example.org', 'SMS', 'America/New_York'],
    [3103, 'Noor', 'Haddad', null, 'noor.haddad@example.com', 'Email', 'America/Denver'],
  ] as const
  for (const [id, firstName, lastName, phone, email, contactPreference, timeZone] of contacts)
    records.add(
      'contacts',
      { firstName, lastName, phone, email, contactPreference, timeZone, pauseAutomation: false },
      { id, ...past },
    )
  const projects = [
    [4101, 'Kerr, motor vehicle', 'QL-2026-101', 'Pre-Lit: Treating', 3101],
    [4102, 'Diallo, premises', 'QL-2026-102', 'Litigation', 3102],
    [4103, 'Haddad, workers comp', 'QL-2026-103', 'Intake', 3103],
    [4104, 'Kerr, property damage', 'QL-2026-104', 'Archived', 3101],
  ] as const
  for (const [id, projectName, number, phaseName, client] of projects)
    records.add(
      'projects',
      {
        projectName,
        number,
        phaseName,
        client,
        phaseDate: isoTime(now - 30 * DAY),
        firstPrimaryName: 'Odile Lund',
      },
      { id, ...past },
    )
  const appointment = (id: number, project: number, title: string, days: number, hour: number) =>
    records.add(
      'appointments',
      {
        title,
        notes: null,
        location: 'Maricopa County Superior Court',
        project,
        start: isoTime(today + days * DAY + hour * 3_600_000),
        end: isoTime(today + days * DAY + (hour + 1) * 3_600_000),
        allDay: false,
      },
      { id, ...past },
    )
  appointment(5101, 4101, 'Deposition', 14, 17)
  appointment(5102, 4102, 'Hearing on motion', 7, 15)
  appointment(5103, 4102, 'Pretrial conference', 500, 15)
  records.add(
    'deadlines',
    { name: 'Statute of limitations', dueDate: '10/15/2027', project: 4101 },
    { id: 5201, ...past },
  )
  records.add(
    'documents',
    { filename: 'Police report.pdf', folderName: 'Investigation', hashtags: ['report'], project: 4101 },
    { id: 6101, ...past },
  )
  records.add(
    'invoices',
    { invoiceNumber: 'INV-77', status: 'Sent', total: 480.5, balanceDue: 480.5, project: 4102 },
    { id: 7101, ...past },
  )
}

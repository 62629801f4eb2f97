/** Tide & Marrow, a small invented firm: 555-01xx numbers and example addresses, so that nobody real is written to. */
import { isoTime, type Records } from '../rest/records.ts'

const DAY = 86_400_000

/** Fields as the controls take them; `api.ts` shows them as the API does. */
export function seedMycase(records: Records, now: number): void {
  const today = Math.floor(now / DAY) * DAY
  const past = { created: now - 90 * DAY }
  const clients = [
    [501, 'Ines', 'Duarte', '(212) 555-0131', 'ines.duarte@example.com', 'Both', 'America/New_York', 'es'],
    [
      502,
      'Walter',
      'Okonkwo',
      '+13125550132',
      'w.okonkwo@example.com',
      'Email',
      'America/Chicago',
      'English',
    ],
    [503, 'Lena', 'Fischer', '415-555-0133', null, 'SMS', 'America/Los_Angeles', 'en'],
    [504, 'Ruth', 'Abara', null, 'ruth.abara@example.org', '', null, null],
  ] as const
  for (const [id, first_name, last_name, cell_phone_number, email, preference, zone, language] of clients)
    records.add(
      'clients',
      { first_name, last_name, cell_phone_number, email, preference, zone, language, paused: id === 503 },
      { id, ...past },
    )
  const cases = [
    [601, 'Duarte v. Harbor Freight Lines', '2026-0011', 'Discovery', 501],
    [602, 'Okonkwo, estate', '2026-0012', 'Intake', 502],
    [603, 'Fischer v. Bayside Clinic', '2026-0013', 'Negotiation', 503],
    [604, 'Abara, custody', '2026-0014', 'Discovery', 504],
    [605, 'Duarte, lease', '2026-0015', 'Closed', 501],
  ] as const
  for (const [id, name, case_number, case_stage, client] of cases)
    records.add(
      'cases',
      {
        name,
        case_number,
        case_stage,
        client,
        status: case_stage === 'Closed' ? 'closed' : 'open',
        practice_area: 'Civil',
        lead_attorney: 'Moira Tide',
      },
      { id, ...past },
    )
  const event = (id: number, kase: number, name: string, days: number, hour: number) =>
    records.add(
      'events',
      {
        name,
        description: null,
        location: 'Courtroom 4B',
        case: kase,
        start: isoTime(today + days * DAY + hour * 3_600_000),
        end: isoTime(today + days * DAY + (hour + 1) * 3_600_000),
        all_day: false,
        event_type: 'Hearing',
      },
      { id, ...past },
    )
  event(701, 601, 'Motion hearing', 12, 15)
  event(702, 601, 'Status conference', 40, 14)
  event(703, 603, 'Mediation', 9, 18)
  event(704, 604, 'Custody hearing', -20, 16)
  records.add(
    'documents',
    { filename: 'Complaint.pdf', folder: 'Pleadings', case: 601 },
    { id: 801, ...past },
  )
  records.add(
    'documents',
    { filename: 'Retainer.pdf', folder: 'Engagement', case: 602 },
    { id: 802, ...past },
  )
  records.add(
    'invoices',
    {
      invoice_number: '3001',
      total_amount: '1250.00',
      paid_amount: '0.00',
      status: 'sent',
      due_date: isoTime(today + 20 * DAY).slice(0, 10),
      case: 601,
    },
    { id: 901, ...past },
  )
}

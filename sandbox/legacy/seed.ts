/** The cases of Harbor & Pike as twenty years of typing left them. Everybody in them is invented. */
import { wallDate, wallTime } from './local-time.ts'
import type { KindName, Row } from './records.ts'

const never = '1/1/1900'
const day = 24 * 3_600_000

export function seed(add: (name: KindName, row: Row) => void, now: number, zone: string): void {
  const at = (days: number, hour = 0): string =>
    wallTime(Math.floor(now / day) * day + days * day + hour * 3_600_000, zone)
  const on = (days: number): string => wallDate(now + days * day, zone)
  const old = { DateEntered: at(-400), LastChanged: at(-14) }

  for (const [PartyId, PartyName, Phones, more] of [
    [
      '00117',
      'SANTOS, MARIA G',
      'H: (212) 555-0100 / C: 917-555-0123 call after 5',
      { Email: 'maria.santos@example.com', SpeaksLanguage: 'Spanish', DoNotContact: 'N' },
    ],
    [
      '00118',
      "O'NEIL, JAMES",
      'Cell 917.555.0144',
      { Email: 'jim.oneil@example.com; office@oneil.example.com', ContactBy: 'Email', DoNotContact: '0' },
    ],
    [
      '00119',
      'SEABRIGHT FISHERIES, LLC',
      'W (212) 555-0160 x204; F (212) 555-0161',
      { IsCompany: '-1', Email: 'ap@seabright.example.com' },
    ],
    ['00120', 'NGUYEN, LINH T JR', '(646) 555-0177', { TimeZone: 'America/Chicago', DoNotContact: '-1' }],
    [
      '00121',
      'Björk, Ása',
      'old # 212-555-0181 disconnected, new 646 555 0182',
      { TimeZone: 'Eastern', SpeaksLanguage: 'Icelandic?' },
    ],
    ['00122', 'DE LA CRUZ, ANA', '', { ContactBy: '', Email: '' }],
  ] as const) {
    add('party', {
      IsCompany: 'N',
      ContactBy: 'Both',
      DoNotContact: '',
      ...old,
      ...more,
      PartyId,
      PartyName,
      Phones,
    })
  }

  for (const [CaseId, PartyId, Caption, CaseStatus, more] of [
    [
      '000117',
      '00117',
      'Santos v. Metro Transit Authority',
      'Discovery',
      {
        Attorney: 'Eleanor “Nell” Harbor',
        CaseType: 'Personal Injury',
        NextCourtDate: at(21, 14),
        OnHold: 'N',
      },
    ],
    [
      '000118',
      '00118',
      "O'Neil v. Pike Logistics",
      'Mediation sched.',
      { Attorney: 'Thomas Pike – lead', CaseType: 'Employment', OnHold: '0' },
    ],
    [
      '000119',
      '00119',
      'In re Seabright Fisheries, LLC',
      'CLOSED/settled',
      { Attorney: 'Thomas Pike', CaseType: 'Contract', Closed: on(-30) },
    ],
    [
      '000120',
      '00120',
      'Nguyen (Estate of)',
      'Intake',
      { Attorney: 'Eleanor “Nell” Harbor', CaseType: 'Probate', OnHold: '-1' },
    ],
    [
      '000121',
      '00121',
      'Björk / name change',
      'discovery  ',
      { Attorney: '', CaseType: 'Family', OnHold: 'Y' },
    ],
    ['000122', '00122', 'De la Cruz v. City', '', { Attorney: 'Thomas Pike', CaseType: 'Civil rights' }],
    ['000007', '', 'Firm matters', 'Open', { Attorney: 'Eleanor “Nell” Harbor', CaseType: 'Office' }],
  ] as const) {
    add('case', {
      StatusDate: at(-14),
      NextCourtDate: never,
      Opened: on(-400),
      Closed: never,
      OnHold: '',
      ...old,
      ...more,
      CaseId,
      PartyId,
      Caption,
      CaseStatus,
      DocketNo: `CV-${CaseId}`,
    })
  }

  add('appointment', {
    ApptId: '0000301',
    CaseId: '000117',
    Subject: 'Status conference',
    ApptType: 'Hearing',
    Place: 'Room 4, 60 Centre St',
    Starts: at(21, 14),
    Ends: at(21, 15),
    AllDay: 'N',
    Cancelled: 'N',
    ...old,
  })
  add('appointment', {
    ApptId: '0000302',
    CaseId: '000118',
    Subject: 'Mediation',
    ApptType: 'Mediation',
    Place: '',
    Starts: on(35),
    Ends: never,
    AllDay: 'Y',
    Cancelled: '',
    ...old,
  })
  add('document', {
    DocId: '0000401',
    CaseId: '000117',
    Title: 'Complaint',
    FileName: 'complaint.pdf',
    Category: 'Pleadings',
    DateFiled: on(-300),
    ...old,
  })
  add('document', {
    DocId: '0000402',
    CaseId: '000117',
    Title: 'Transcript of “Doe” deposition',
    FileName: 'doe.pdf',
    Category: '',
    DateFiled: on(-20),
    ...old,
  })
  add('invoice', {
    InvoiceNo: '000501',
    CaseId: '000117',
    InvDate: on(-40),
    DueDate: on(-10),
    Total: '$1,250.00',
    Paid: '0',
    Balance: '$1,250.00',
    InvStatus: 'SENT',
    ...old,
  })
}

/** What the old system keeps: text in every field, whatever it means. */

export type Row = Record<string, string>

export interface Kind {
  /** Its path under /_sandbox/legacy. */
  path: string
  /** The element of one record. */
  element: string
  /** The field that names it. */
  id: string
  /** Digits of a new id, with the zeros in front that such systems like. */
  digits: number
  fields: readonly string[]
  /** Which case it belongs to. */
  ofCase: boolean
}

const stamps = ['DateEntered', 'LastChanged']

export const kinds = {
  case: {
    path: 'cases',
    element: 'Case',
    id: 'CaseId',
    digits: 6,
    ofCase: false,
    fields: [
      'CaseId',
      'DocketNo',
      'Caption',
      'CaseStatus',
      'StatusDate',
      'CaseType',
      'Attorney',
      'Paralegal',
      'PartyId',
      'NextCourtDate',
      'Opened',
      'Closed',
      'OnHold',
      ...stamps,
    ],
  },
  party: {
    path: 'parties',
    element: 'Party',
    id: 'PartyId',
    digits: 5,
    ofCase: false,
    fields: [
      'PartyId',
      'PartyName',
      'IsCompany',
      'Phones',
      'Email',
      'ContactBy',
      'SpeaksLanguage',
      'TimeZone',
      'DoNotContact',
      ...stamps,
    ],
  },
  appointment: {
    path: 'appointments',
    element: 'Appointment',
    id: 'ApptId',
    digits: 7,
    ofCase: true,
    fields: [
      'ApptId',
      'CaseId',
      'Subject',
      'ApptType',
      'Place',
      'Starts',
      'Ends',
      'AllDay',
      'Cancelled',
      'Remarks',
      ...stamps,
    ],
  },
  document: {
    path: 'documents',
    element: 'Document',
    id: 'DocId',
    digits: 7,
    ofCase: true,
    fields: ['DocId', 'CaseId', 'Title', 'FileName', 'Category', 'DateFiled', ...stamps],
  },
  invoice: {
    path: 'invoices',
    element: 'Invoice',
    id: 'InvoiceNo',
    digits: 6,
    ofCase: true,
    fields: ['InvoiceNo', 'CaseId', 'InvDate', 'DueDate', 'Total', 'Paid', 'Balance', 'InvStatus', ...stamps],
  },
  note: {
    path: 'notes',
    element: 'Note',
    id: 'NoteId',
    digits: 7,
    ofCase: true,
    fields: ['NoteId', 'CaseId', 'NoteText', ...stamps],
  },
} as const satisfies Record<string, Kind>

export type KindName = keyof typeof kinds

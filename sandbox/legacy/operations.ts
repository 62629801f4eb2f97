/** What each operation does. Whatever is not a plain success is a Fault, ordinary cases included. */
import { wallOrder } from './local-time.ts'
import { type Kind, type KindName, kinds, type Row } from './records.ts'
import { inOrder, type Store } from './store.ts'
import { type Operation, operations } from './wsdl.ts'
import { element } from './xml.ts'

export interface Refused {
  fault: string
  /** `Client` or `Server`, as its makers saw it; the code that tells something stands behind the dot. */
  side: 'Client' | 'Server'
  message: string
}

/** Longest note that the database takes, in characters. */
const longestNote = 2_000
const mostRows = 100

const refused = (side: Refused['side'], fault: string, message: string): Refused => ({ fault, side, message })
const isRefused = (value: unknown): value is Refused =>
  typeof value === 'object' && value !== null && 'fault' in value

/** @returns what stands in the answer's `…Result` element, or the Fault */
export function perform(store: Store, operation: Operation, args: Row): string | Refused {
  switch (operation) {
    case 'GetCase':
      return one(store, 'case', args.CaseId, 'NoSuchCase')
    case 'GetParty':
      return one(store, 'party', args.PartyId, 'NoSuchParty')
    case 'ListCasesChangedSince':
      return changedSince(store, args)
    case 'ListAppointments':
      return diary(store, args)
    case 'ListDocuments':
      return ofCase(store, 'document', args, 'NoDocuments')
    case 'ListInvoices':
      return ofCase(store, 'invoice', args, 'NoInvoices')
    case 'ListNotes':
      return ofCase(store, 'note', args, 'NoNotes')
    case 'AddNote':
      return addNote(store, args)
  }
}

function one(store: Store, name: KindName, id: string | undefined, fault: string): string | Refused {
  const row = store.get(name, id ?? '')
  return row ? fieldsOf(name, row) : refused('Client', fault, `${kinds[name].element} does not exist.`)
}

function changedSince(store: Store, args: Row): string | Refused {
  const since = wallOrder(args.Since ?? '')
  if (since === undefined)
    return refused('Client', 'BadDate', 'Since is not a valid date (m/d/yyyy h:mm AM).')
  const start = Number(args.StartRow || 1)
  const most = Number(args.MaxRows || mostRows)
  if (!(Number.isInteger(start) && start >= 1 && Number.isInteger(most) && most >= 1 && most <= mostRows)) {
    return refused('Client', 'BadArgument', `StartRow starts at 1; MaxRows is ${mostRows} at most.`)
  }
  const rows = inOrder(
    store.all('case').filter((row) => (wallOrder(row.LastChanged ?? '') ?? 0) >= since),
    'LastChanged',
    'CaseId',
  ).slice(start - 1, start - 1 + most)
  return rows.length > 0
    ? listOf('case', rows)
    : refused('Client', 'NothingChanged', 'No cases have changed since the date given.')
}

/** A day or a time, both inclusive; of one case, or of all when CaseId is blank. */
function diary(store: Store, args: Row): string | Refused {
  const from = wallOrder(args.FromDate ?? '')
  const to = wallOrder(args.ToDate ?? '')
  if (from === undefined || to === undefined || to < from) {
    return refused('Client', 'BadDate', 'FromDate and ToDate must be valid dates, in order.')
  }
  const until = /:/.test(args.ToDate ?? '') ? to : to + 24 * 60 - 1
  const rows = store.all('appointment').filter((row) => {
    const starts = wallOrder(row.Starts ?? '') ?? -1
    return starts >= from && starts <= until && (!args.CaseId || row.CaseId === args.CaseId)
  })
  return rows.length > 0
    ? listOf('appointment', inOrder(rows, 'Starts', 'ApptId'))
    : refused('Client', 'NoAppointments', 'There are no appointments in this period.')
}

function ofCase(store: Store, name: KindName, args: Row, none: string): string | Refused {
  if (!store.get('case', args.CaseId ?? '')) return refused('Client', 'NoSuchCase', 'Case does not exist.')
  const rows = store.all(name).filter((row) => row.CaseId === args.CaseId)
  return rows.length > 0 ? listOf(name, rows) : refused('Client', none, 'There are none for this case.')
}

function addNote(store: Store, args: Row): string | Refused {
  if (!store.get('case', args.CaseId ?? '')) return refused('Client', 'NoSuchCase', 'Case does not exist.')
  const text = args.NoteText ?? ''
  if (text === '') return refused('Client', 'BadArgument', 'NoteText is empty.')
  if ([...text].length > longestNote)
    return refused('Client', 'NoteTooLong', 'NoteText: 2000 characters at most.')
  return store.add('note', { CaseId: args.CaseId ?? '', NoteText: text }).NoteId ?? ''
}

const fieldsOf = (name: KindName, row: Row): string =>
  (kinds[name] as Kind).fields.map((field) => element(field, row[field] ?? '')).join('')
const listOf = (name: KindName, rows: readonly Row[]): string =>
  rows.map((row) => `<${kinds[name].element}>${fieldsOf(name, row)}</${kinds[name].element}>`).join('')

export const isOperation = (name: string): name is Operation => Object.hasOwn(operations, name)
export { isRefused }

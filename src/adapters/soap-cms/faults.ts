/** What a Fault means: systems of this kind use them for ordinary cases as well. Pure. */
import { isRecord, redact } from '../answers.ts'
import type { FaultMeaning } from './settings.ts'

export interface Fault {
  /** Every code there is: `soap:Server.Busy`, and what stands in the detail. */
  codes: string
  message: string
}

/** @param node the parsed `Fault` element, of SOAP 1.1 (§4.4) or 1.2 (§5.4) */
export function readFault(node: unknown): Fault {
  const fault = isRecord(node) ? node : {}
  const code = isRecord(fault.Code) ? fault.Code : {}
  const reason = isRecord(fault.Reason) ? fault.Reason : {}
  const texts = [fault.faultcode, code.Value, isRecord(code.Subcode) ? code.Subcode.Value : null]
  const detail = allText(fault.detail ?? fault.Detail, 0)
  return {
    codes: [...texts.map((one) => allText(one, 0)), detail].filter((one) => one !== '').join(' '),
    message: allText(fault.faultstring ?? reason.Text, 0),
  }
}

/** All text below a node, without attributes. */
function allText(node: unknown, depth: number): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node).slice(0, 2_000)
  if (typeof node !== 'object' || node === null || depth > 5) return ''
  return Object.entries(node)
    .filter(([name]) => name !== 'attributes')
    .map(([, value]) => allText(value, depth + 1))
    .filter((text) => text !== '')
    .join(' ')
}

/** The more telling ones first; the last two are SOAP's own words for whose fault it was. */
const usual: readonly (readonly [string, FaultMeaning])[] = [
  ['NoSuchCase', 'not_found'],
  ['NoSuchParty', 'not_found'],
  ['NotFound', 'not_found'],
  ['NothingChanged', 'nothing'],
  ['NoAppointments', 'nothing'],
  ['NoDocuments', 'nothing'],
  ['NoInvoices', 'nothing'],
  ['NoNotes', 'nothing'],
  ['Busy', 'busy'],
  ['Locked', 'busy'],
  ['BadKey', 'unauthorised'],
  ['FailedAuthentication', 'unauthorised'],
  ['Unauthorized', 'unauthorised'],
  ['Unavailable', 'unavailable'],
  ['Timeout', 'unavailable'],
  ['Client', 'refused'],
  ['Sender', 'refused'],
  ['VersionMismatch', 'refused'],
  ['MustUnderstand', 'refused'],
]

/**
 * @param own the connection's: a code, or, for systems that have nothing but words, a part of the message
 * @returns `unavailable` for what is not known: rather tried again than given up
 */
export function meaningOf(
  { codes, message }: Fault,
  own: Readonly<Record<string, FaultMeaning>>,
): FaultMeaning {
  const words = new Set(codes.toLowerCase().split(/[^\p{L}\p{N}]+/u))
  const says = (key: string): boolean => {
    const wanted = key.toLowerCase()
    return words.has(wanted) || (codes.toLowerCase().includes(wanted) && /\W/.test(wanted))
  }
  for (const [key, meaning] of Object.entries(own))
    if (says(key) || message.toLowerCase().includes(key.toLowerCase())) return meaning
  return usual.find(([key]) => says(key))?.[1] ?? 'unavailable'
}

/** For logs and traces: its code; what it says may quote a record. */
export const faultWords = ({ codes }: Fault): string =>
  redact(codes.split(/\s+/).slice(0, 2).join(' ').slice(0, 100)) || 'without a code'

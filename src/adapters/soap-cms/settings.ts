import { z } from 'zod'
import { isZone } from '../../kernel/time.ts'
import { baseUrl, secret, textOrReference, timeoutMs } from '../settings.ts'
import { compilePattern } from './dates.ts'

/** As systems made in the United States write dates. */
export const defaultPatterns = ['M/D/YYYY h:mm A', 'M/D/YYYY h:mm:ss A', 'M/D/YYYY'] as const

const fieldName = z.string().trim().min(1)
const elementName = z.string().regex(/^[A-Za-z_][\w.-]*$/, 'is not the name of an element')
/** What a field is called over there; null: it has none. */
const field = (usual: string) => fieldName.nullable().default(usual)
const needed = (usual: string) => fieldName.default(usual)

const stamps = { created: field('DateEntered'), changed: field('LastChanged') }

/** What the records' fields are called, where it is something else than usual. */
const fields = z.strictObject({
  case: z
    .strictObject({
      id: needed('CaseId'),
      number: field('DocketNo'),
      title: field('Caption'),
      status: needed('CaseStatus'),
      statusSince: field('StatusDate'),
      practiceArea: field('CaseType'),
      attorney: field('Attorney'),
      paralegal: field('Paralegal'),
      client: field('PartyId'),
      nextCourtDate: field('NextCourtDate'),
      opened: field('Opened'),
      closed: field('Closed'),
      pause: field('OnHold'),
      ...stamps,
    })
    .prefault({}),
  party: z
    .strictObject({
      id: needed('PartyId'),
      name: needed('PartyName'),
      company: field('IsCompany'),
      phones: field('Phones'),
      email: field('Email'),
      preference: field('ContactBy'),
      language: field('SpeaksLanguage'),
      timeZone: field('TimeZone'),
      pause: field('DoNotContact'),
      ...stamps,
    })
    .prefault({}),
  appointment: z
    .strictObject({
      id: needed('ApptId'),
      case: needed('CaseId'),
      summary: field('Subject'),
      type: field('ApptType'),
      location: field('Place'),
      starts: needed('Starts'),
      ends: field('Ends'),
      allDay: field('AllDay'),
      cancelled: field('Cancelled'),
      description: field('Remarks'),
      ...stamps,
    })
    .prefault({}),
  document: z
    .strictObject({
      id: needed('DocId'),
      name: field('Title'),
      filename: field('FileName'),
      category: field('Category'),
      received: field('DateFiled'),
      ...stamps,
    })
    .prefault({}),
  invoice: z
    .strictObject({
      id: needed('InvoiceNo'),
      issued: field('InvDate'),
      due: field('DueDate'),
      total: field('Total'),
      paid: field('Paid'),
      balance: field('Balance'),
      state: field('InvStatus'),
      ...stamps,
    })
    .prefault({}),
})
export type SoapFields = z.infer<typeof fields>

/** What a Fault means. `nothing`: an empty list. `busy`: somebody else is being served. */
export const faultMeaning = z.enum(['not_found', 'nothing', 'busy', 'unavailable', 'unauthorised', 'refused'])
export type FaultMeaning = z.infer<typeof faultMeaning>

/** What `connections[].settings` holds for `kind: soap-cms`. */
export const soapSettings = z.strictObject({
  /** Where the service describes itself. */
  wsdl: baseUrl,
  /** Where it is called; without, it is the address of `wsdl` without its query, whatever the description says. */
  endpoint: baseUrl.optional(),
  /** The static key, sent in the SOAP header. */
  key: secret,
  /** What the key's elements are called in the header. */
  header: z
    .strictObject({ element: elementName.default('AuthHeader'), key: elementName.default('ApiKey') })
    .prefault({}),
  /** Whose wall clock its dates are by: an IANA zone. The system itself does not tell. */
  zone: textOrReference(isZone, 'is not an IANA time zone, such as America/New_York'),
  /** Which of the two is meant by a time that comes twice, when clocks are set back. */
  ambiguous: z.enum(['earlier', 'later']).default('earlier'),
  /** How it writes dates; the first is what we ask with. */
  dateFormats: z
    .array(z.string().refine((one) => compilePattern(one) !== null, 'needs YYYY, M and D, each once'))
    .min(1)
    .default([...defaultPatterns]),
  /** Dates that mean "none". */
  noDate: z.array(z.iso.date()).default(['1900-01-01', '0001-01-01', '1753-01-01', '1899-12-30']),
  /** What its answers are written in, whatever they claim; `auto` believes them where that can be. */
  encoding: z
    .string()
    .refine(
      (label) => label === 'auto' || isEncoding(label),
      'is no encoding that we know, such as windows-1252',
    )
    .default('auto'),
  /** Country of phone numbers without a country code. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is not a country of two capital letters, such as US')
    .default('US'),
  fields: fields.prefault({}),
  /** Further codes or words of Faults and what they mean, beside those that are known. */
  faults: z.record(z.string().min(1), faultMeaning).default({}),
  timeoutMs,
})
export type SoapSettings = z.infer<typeof soapSettings>

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}

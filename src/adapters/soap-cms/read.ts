/** Reading one case with all that belongs to it: five calls, one after the other. */
import type { Clock } from '../../kernel/index.ts'
import type { CmsFact, CmsSnapshot, CmsVerdict, OnCmsCall } from '../../modules/connections/index.ts'
import { writeDate } from './dates.ts'
import { trouble } from './http.ts'
import {
  type Raw,
  type ReadCase,
  type ReadParty,
  rawOf,
  rawsOf,
  toAppointment,
  toBill,
  toClient,
  toDocument,
  toMatter,
} from './records.ts'
import { notNow, type Session, type SoapService } from './service.ts'
import type { SoapSettings } from './settings.ts'

export type ReadMatter = (externalId: string, onCall: OnCmsCall) => Promise<CmsVerdict<CmsSnapshot>>

/** What of the diary is read with a case: appointments can be asked for by date only. */
const diary = { back: { hours: 24 * 400 }, ahead: { hours: 24 * 365 * 5 } }

/** @param mostMs how long reading one case may take in all, waiting for turns included, in milliseconds */
export function matterReader(
  settings: SoapSettings,
  service: SoapService,
  clock: Clock,
  mostMs: number,
): ReadMatter {
  return async (externalId, onCall) => {
    if (externalId === '' || externalId.length > 100)
      return trouble('not_found', 'that is not the id of a case')
    const session: Session = { onCall, urgency: 'now', signal: AbortSignal.timeout(mostMs) }
    const found = await readCase(externalId, session)
    if (!found.ok) return found
    const { matter, clientExternalId } = found.value
    const client = clientExternalId === null ? null : await readParty(clientExternalId, session)
    if (client !== null && !client.ok) return client
    const documents = await facts('ListDocuments', externalId, toDocument, session)
    if (!documents.ok) return documents
    const bills = await facts('ListInvoices', externalId, toBill, session)
    if (!bills.ok) return bills
    const appointments = await readDiary(externalId, session)
    if (!appointments.ok) return appointments
    const party = client?.value ?? null
    return {
      ok: true,
      value: {
        matter:
          clientExternalId !== null && party === null ? withoutClient(matter, clientExternalId) : matter,
        ...(party ?? { client: null, contactPoints: [], rejected: [] }),
        documents: documents.value,
        bills: bills.value,
        appointments: appointments.value,
      },
    }
  }

  async function readCase(id: string, session: Session): Promise<CmsVerdict<ReadCase>> {
    const answer = await service.call('GetCase', { CaseId: id }, session)
    if (!answer.ok) return answer
    const raw = rawOf(answer.value)
    const read = raw && toMatter(raw, settings)
    if (!read) return trouble('unavailable', 'GetCase gave something else than a case')
    return read.matter.externalId === id ? { ok: true, value: read } : mixedUp('GetCase')
  }

  /** @returns null where the case names a party that is not there: nothing in such systems keeps that from happening */
  async function readParty(id: string, session: Session): Promise<CmsVerdict<ReadParty | null>> {
    const answer = await service.call('GetParty', { PartyId: id }, session)
    if (!answer.ok) return answer.kind === 'not_found' ? { ok: true, value: null } : answer
    const raw = rawOf(answer.value)
    const read = raw && toClient(raw, settings)
    if (!read) return trouble('unavailable', 'GetParty gave something else than a party')
    return read.client.externalId === id ? { ok: true, value: read } : mixedUp('GetParty')
  }

  async function facts(
    operation: string,
    id: string,
    read: (raw: Raw, settings: SoapSettings) => CmsFact | null,
    session: Session,
  ): Promise<CmsVerdict<CmsFact[]>> {
    const answer = await service.call(operation, { CaseId: id }, session)
    // The case was there a moment ago.
    if (!answer.ok) return notNow(answer)
    return { ok: true, value: unique(rawsOf(answer.value).map((raw) => read(raw, settings))) }
  }

  async function readDiary(id: string, session: Session): Promise<CmsVerdict<CmsFact[]>> {
    const answer = await service.call(
      'ListAppointments',
      {
        ...range(clock.now().subtract(diary.back), clock.now().add(diary.ahead), settings),
        CaseId: id,
      },
      session,
    )
    if (!answer.ok) return notNow(answer)
    const mine = rawsOf(answer.value)
      .map((raw) => toAppointment(raw, settings))
      // Some ignore what they do not know and give everybody's.
      .filter((one) => one !== null && one.matterExternalId === id && !one.cancelled)
    return { ok: true, value: unique(mine.map((one) => one?.fact ?? null)) }
  }
}

/** Both ends included, as the system does it. */
export const range = (
  from: Temporal.Instant,
  until: Temporal.Instant,
  { dateFormats, zone }: SoapSettings,
): { FromDate: string; ToDate: string } => ({
  FromDate: writeDate(from, dateFormats[0] ?? '', zone),
  ToDate: writeDate(until, dateFormats[0] ?? '', zone),
})

/** What systems do that were called twice at once. */
const mixedUp = (operation: string) =>
  trouble('unavailable', `${operation} gave another record than was asked for`)

function withoutClient(matter: ReadCase['matter'], id: string): ReadCase['matter'] {
  const before = Array.isArray(matter.data.uncertain) ? matter.data.uncertain : []
  const said = `its party ${id.slice(0, 40)} is not there`
  return { ...matter, data: { ...matter.data, uncertain: [...before, said] } }
}

function unique(facts: readonly (CmsFact | null)[]): CmsFact[] {
  const byId = new Map<string, CmsFact>()
  for (const fact of facts) if (fact !== null) byId.set(fact.externalId, fact)
  return [...byId.values()]
}

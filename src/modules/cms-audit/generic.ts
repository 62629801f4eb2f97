/** Records of a system without a survey of its own, as far as following reads them. Pure. */
import type { Json } from '../../kernel/json.ts'
import type { CmsRecord, CmsSurvey, Surveyed } from '../connections/index.ts'

/** For readers that only follow: what they refuse is known, how it was typed beyond that is not. */
export const genericSurvey: CmsSurvey = {
  country: 'US',
  places: {
    client_id: 'client.id',
    matter_id: 'matter.id',
    email: 'client.contact points',
    mobile: 'client.contact points',
    status: 'matter.status',
    next_court_date: 'appointment.start_at',
    filing_deadline: 'matter.filing_deadline',
    statute_of_limitations: 'matter.statute_of_limitations',
    responsible_attorney: 'matter.responsible_attorney',
    paralegal: 'matter.paralegal',
    contact_preference: 'client.preference',
    time_zone: 'client.time_zone',
    language: 'client.language',
    pause_flag: 'client.paused',
  },
  documented: {},
  read: (_model, record) => surveyed(record),
  link: () => null,
}

export function surveyed({ read }: CmsRecord): Surveyed | null {
  switch (read.holds) {
    case 'nothing':
      return null
    case 'other':
      return { holds: 'other' }
    case 'client': {
      const { client, contactPoints, rejected } = read
      const typed = (field: string) =>
        rejected.filter((one) => one.field === field).map(({ label, value }) => ({ label, value }))
      const usable = (channel: string) =>
        contactPoints
          .filter((one) => one.channel === channel)
          .map(({ label, address }) => ({ label, value: address }))
      return {
        holds: 'client',
        isClient: true,
        company: client.firstName === null && client.lastName === null,
        name: client.name,
        firstName: client.firstName,
        lastName: client.lastName,
        phones: [...usable('sms'), ...typed('phone')],
        mails: [...usable('email'), ...typed('email')],
        preference: client.preference,
        timeZone: client.timeZone ?? typed('time_zone')[0]?.value ?? null,
        language: client.language ?? typed('language')[0]?.value ?? null,
        pause: client.paused ? 'yes' : null,
      }
    }
    case 'matter': {
      const { matter, clientExternalId } = read
      const data = matter.data as Record<string, Json>
      const attorney = textOf(data.responsible_attorney)
      const statute = textOf(data.statute_of_limitations)
      return {
        holds: 'matter',
        number: matter.number,
        title: matter.title,
        rawStatus: matter.rawStatus,
        stage: undefined,
        closed: null,
        closedOn: textOf(data.close_date),
        openedOn: textOf(data.open_date),
        practice: textOf(data.practice_area),
        clientExternalId,
        attorney:
          attorney === null
            ? null
            : { id: null, name: attorney, active: data.responsible_attorney_active !== false },
        paralegal: textOf(data.paralegal),
        deadline: textOf(data.filing_deadline),
        statute: statute === null ? null : { on: statute, done: false },
        pause: data.paused === true ? 'yes' : null,
      }
    }
    case 'appointment': {
      const data = read.fact.data as Record<string, Json>
      return {
        holds: 'appointment',
        summary: textOf(data.summary),
        kind: textOf(data.event_type),
        startAt: textOf(data.start_at),
        endAt: textOf(data.end_at),
        allDay: data.all_day === true,
        matterExternalId: read.matterExternalId,
      }
    }
    case 'document':
      return {
        holds: 'document',
        name: textOf((read.fact.data as Record<string, Json>).name),
        matterExternalId: read.matterExternalId,
      }
    case 'bill': {
      const data = read.fact.data as Record<string, Json>
      return {
        holds: 'bill',
        number: textOf(data.number),
        state: textOf(data.state),
        total: data.total ?? null,
        paid: data.paid ?? null,
        issuedOn: textOf(data.issued_at),
        dueOn: textOf(data.due_at),
        matterExternalIds: read.matterExternalId === null ? [] : [read.matterExternalId],
      }
    }
  }
}

const textOf = (value: Json | undefined): string | null => {
  const text = value === null || value === undefined || typeof value === 'object' ? '' : String(value).trim()
  return text === '' ? null : text
}

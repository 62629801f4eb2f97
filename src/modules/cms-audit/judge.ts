/** One record: counted, judged, and what of it the judgement over the whole needs. Pure. */
import type { CmsRecord, CmsSurvey, DataPoint } from '../connections/index.ts'
import { dayOf } from './dates.ts'
import { judgeClient, knowsLanguage, zoneOf } from './judge-client.ts'
import {
  type GroupedFault,
  isCourtDate,
  isDeadline,
  judgeAppointment,
  judgeBill,
  judgeDocument,
  judgeMatter,
} from './judge-matter.ts'
import { countPoint, countShapes, countStatus, countStatute, type Tally, typeOf, valuesAt } from './tally.ts'
import type { Bench, Finding } from './types.ts'

export interface Mark {
  /** `sms +1…`, `email …`: compared, never shown. */
  mark: string
  externalId: string
  name: string
}

export interface MatterMark {
  externalId: string
  clientExternalId: string | null
  number: string | null
  open: boolean
  deadline: boolean
}

/** What one page brings. */
export interface PageFindings {
  findings: Finding[]
  marks: Mark[]
  matters: MatterMark[]
  /** Matters with a court date, or a deadline, still to come. */
  ahead: { externalId: string; what: 'court' | 'deadline' }[]
}

const subjects = {
  contact: 'client',
  client: 'client',
  matter: 'matter',
  appointment: 'appointment',
  document: 'document',
  bill: 'bill',
} as const

export function judgeRecord(
  model: string,
  holds: string,
  record: CmsRecord,
  survey: CmsSurvey,
  bench: Bench,
  tally: Tally,
  into: PageFindings,
): void {
  const subject = subjects[holds as keyof typeof subjects]
  if (subject === undefined) return
  if (record.raw !== undefined) countShapes(tally, model, record.raw, survey.documented[model])
  const { externalId } = record
  const report = (faults: readonly GroupedFault[], matters?: readonly string[]): void => {
    for (const fault of faults)
      into.findings.push({
        ...fault,
        subject,
        externalId,
        ...(matters ? { matterExternalIds: matters } : {}),
      })
  }
  if (record.read.holds === 'nothing')
    report([{ kind: 'record_unreadable', field: 'record', value: null, reason: record.read.reason }])
  const read = survey.read(model, record)
  if (read === null || read.holds === 'other') return
  const point = (name: DataPoint, filled: boolean, valid = filled): void => {
    const place = survey.places[name]
    const path = place?.startsWith(`${model}.`) ? place.slice(model.length + 1) : null
    const types =
      path === null || record.raw === undefined
        ? []
        : valuesAt(record.raw, path)
            .map(typeOf)
            .filter((type) => type !== 'nothing')
    countPoint(tally, name, { filled, valid, types })
  }
  switch (read.holds) {
    case 'client': {
      if (!read.isClient) return
      const judged = judgeClient(read, bench)
      report(judged.faults)
      point('client_id', externalId !== '')
      point('email', read.mails.length > 0, judged.mails.length > 0)
      point('mobile', read.phones.length > 0, judged.phones.length > 0)
      const clear = (kind: string) => !judged.faults.some((fault) => fault.kind === kind)
      point('contact_preference', read.preference !== null, clear('preference_unknown'))
      point('time_zone', read.timeZone !== null, read.timeZone !== null && zoneOf(read.timeZone) !== null)
      point('language', read.language !== null, read.language !== null && knowsLanguage(read.language))
      point('pause_flag', read.pause !== null, clear('pause_unclear'))
      const name = read.company
        ? read.name
        : [read.firstName, read.lastName].filter((p) => p !== null).join(' ') || read.name
      for (const phone of new Set(judged.phones)) into.marks.push({ mark: `sms ${phone}`, externalId, name })
      for (const mail of new Set(judged.mails)) into.marks.push({ mark: `email ${mail}`, externalId, name })
      return
    }
    case 'matter': {
      const judged = judgeMatter(read, bench)
      report(judged.faults)
      point('matter_id', externalId !== '')
      point('status', read.rawStatus !== null, judged.state !== null)
      if (read.rawStatus !== null) countStatus(tally, read.rawStatus)
      if (judged.open) {
        const statute = read.statute !== null && (read.statute.on !== null || read.statute.done)
        const sound = !judged.faults.some(({ field }) => field === 'statute_of_limitations')
        point('statute_of_limitations', statute, sound)
        point('responsible_attorney', read.attorney !== null, read.attorney?.active === true)
        point('paralegal', read.paralegal !== null)
        countStatute(tally, read.practice, statute)
      }
      into.matters.push({
        externalId,
        clientExternalId: read.clientExternalId,
        number: read.number,
        open: judged.open,
        deadline: read.deadline !== null && dayOf(read.deadline, bench.zone) !== null,
      })
      return
    }
    case 'appointment': {
      const faults = judgeAppointment(read, bench)
      report(faults, read.matterExternalId === null ? [] : [read.matterExternalId])
      const day = read.startAt === null ? null : dayOf(read.startAt, bench.zone)
      if (read.matterExternalId === null || day === null || faults.length > 0) return
      if (Temporal.PlainDate.compare(day, bench.today) < 0) return
      const externalMatter = read.matterExternalId
      if (isCourtDate(read)) into.ahead.push({ externalId: externalMatter, what: 'court' })
      else if (isDeadline(read)) into.ahead.push({ externalId: externalMatter, what: 'deadline' })
      return
    }
    case 'document':
      report(judgeDocument(read), read.matterExternalId === null ? [] : [read.matterExternalId])
      return
    case 'bill':
      report(judgeBill(read), read.matterExternalIds)
  }
}

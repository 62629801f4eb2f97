/** Words that the reports share. Pure. */
import type { DataPoint } from '../connections/index.ts'
import type { AuditReport, VerdictReport } from './types.ts'

export const pointWords: Readonly<Record<DataPoint, string>> = {
  client_id: 'client id',
  matter_id: 'case id',
  email: 'mail address',
  mobile: 'mobile number',
  status: 'status',
  next_court_date: 'next court date',
  filing_deadline: 'filing deadline',
  statute_of_limitations: 'statute of limitations',
  responsible_attorney: 'responsible attorney',
  paralegal: 'paralegal',
  contact_preference: 'contact preference',
  time_zone: 'time zone',
  language: 'language',
  pause_flag: 'pause flag',
}

export const verdictWords = (verdict: VerdictReport): string => {
  switch (verdict.verdict) {
    case 'ready':
      return 'ready'
    case 'ready_except':
      return `ready except for ${verdict.blocked === 1 ? 'this matter' : `these ${verdict.blocked} matters`}`
    case 'not_ready':
      return 'not ready'
  }
}

export const statusesWords = (statuses: Readonly<Record<string, number>>): string =>
  Object.entries(statuses)
    .map(([status, count]) => `${status === 'none' ? 'no answer' : status} ×${count}`)
    .join(', ')

/** Changes since the last audit, the largest first. */
export const changes = (compared: NonNullable<AuditReport['compared']>) =>
  compared.kinds
    .filter(({ gone, fresh }) => gone > 0 || fresh > 0)
    .toSorted((a, b) => b.gone + b.fresh - (a.gone + a.fresh))

/** What others wrote moves no cursor and hides nothing. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')

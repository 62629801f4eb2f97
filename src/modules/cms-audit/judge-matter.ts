/** One matter, and what is dated in it. Pure. */
import type {
  SurveyedAppointment,
  SurveyedBill,
  SurveyedDocument,
  SurveyedMatter,
} from '../connections/index.ts'
import type { StatusMap } from '../matters/index.ts'
import { dayOf, dayOff, instantOf } from './dates.ts'
import type { Fault } from './judge-points.ts'
import type { Bench } from './types.ts'

export type GroupedFault = Fault & { group?: string | null }

export interface JudgedMatter {
  faults: GroupedFault[]
  open: boolean
  state: string | null
}

/** Nobody keeps a calendar so far ahead; a minor's limitation may run for longer. */
const farthest = { appointment: 6, statute: 30 }
const oldest = 1990

export function judgeMatter(matter: SurveyedMatter, bench: Bench): JudgedMatter {
  const faults: GroupedFault[] = []
  const fault = (kind: Fault['kind'], field: string, value: string | null, reason: string) =>
    faults.push({ kind, field, value, reason })
  const { today } = bench
  const looked = matter.rawStatus === null ? null : bench.statuses.lookup(matter.rawStatus)
  const state = looked !== null && 'state' in looked ? looked.state : null
  const ended = state !== null && isEnd(bench.statuses, state)
  const closed = matter.closed ?? ended
  if (matter.clientExternalId === null) fault('client_missing', 'client', null, 'is empty')
  if (matter.rawStatus === null) fault('status_missing', 'status', null, 'is empty')
  else if (matter.stage === null) {
    if (!closed) fault('stage_missing', 'stage', null, 'is empty')
  } else if (looked !== null && 'unknown' in looked) {
    const like = looked.suggestions[0]?.state ?? null
    faults.push({
      kind: 'status_unknown',
      field: 'status',
      value: matter.rawStatus,
      reason: 'is not in the status map',
      suggestion: like,
    })
  }
  if (matter.closed === true && state !== null && !nearEnd(bench.statuses, state))
    fault('status_contradicts', 'stage', matter.rawStatus, 'the matter is closed, its stage is not')
  else if (matter.closed === false && ended)
    fault('status_contradicts', 'stage', matter.rawStatus, 'the stage says closed, the matter is open')
  else if (
    matter.closed === false &&
    matter.closedOn !== null &&
    (dayOf(matter.closedOn, bench.zone) ?? today).since(today).days <= 0
  )
    fault('status_contradicts', 'close_date', matter.closedOn, 'the matter is open and has a closing date')
  if (!closed) {
    if (matter.attorney === null) fault('attorney_missing', 'responsible_attorney', null, 'is empty')
    else if (!matter.attorney.active)
      fault('attorney_inactive', 'responsible_attorney', matter.attorney.name, 'is no longer active')
    faults.push(...judgeStatute(matter, bench, today))
  }
  for (const [field, value] of [
    ['open_date', matter.openedOn],
    ['close_date', matter.closedOn],
  ] as const) {
    if (value !== null) faults.push(...judgeDay(field, value, bench, 2, 1940))
  }
  if (matter.deadline !== null && !closed) {
    const far = judgeDay('filing_deadline', matter.deadline, bench, farthest.appointment)
    faults.push(...far)
    const day = far.length > 0 ? null : dayOf(matter.deadline, bench.zone)
    const off = day === null || Temporal.PlainDate.compare(day, today) < 0 ? null : dayOff(day)
    if (off !== null) fault('deadline_on_day_off', 'filing_deadline', matter.deadline, `falls on ${off}`)
  }
  return { faults, open: !closed, state }
}

function judgeStatute(matter: SurveyedMatter, bench: Bench, today: Temporal.PlainDate): GroupedFault[] {
  const base = { field: 'statute_of_limitations', group: matter.practice }
  const on = matter.statute?.on ?? null
  if (matter.statute?.done) return []
  if (on === null) return [{ ...base, kind: 'statute_missing', value: null, reason: 'is empty' }]
  const wrong = judgeDay(base.field, on, bench, farthest.statute)
  if (wrong.length > 0) return wrong
  const day = dayOf(on, bench.zone)
  return day !== null && Temporal.PlainDate.compare(day, today) < 0
    ? [{ ...base, kind: 'statute_passed', value: on, reason: 'has passed, and its task is not complete' }]
    : []
}

const isEnd = (map: StatusMap, state: string): boolean => map.states.get(state)?.next.length === 0
/** What can only be followed by the end may be where a matter was closed. */
const nearEnd = (map: StatusMap, state: string): boolean =>
  (map.states.get(state)?.next ?? []).every((next) => isEnd(map, next))

/** A day that can be meant. */
function judgeDay(field: string, value: string, bench: Bench, years: number, since = oldest): Fault[] {
  const day = dayOf(value, bench.zone)
  const { today } = bench
  if (day === null) return [{ kind: 'date_unreadable', field, value, reason: 'can not be read as a date' }]
  if (day.year < since)
    return [{ kind: 'date_past_century', field, value, reason: `is in the year ${day.year}` }]
  if (Temporal.PlainDate.compare(day, today.add({ years })) > 0)
    return [{ kind: 'date_far_ahead', field, value, reason: `is in the year ${day.year}` }]
  return []
}

const court =
  /\b(hearings?|trials?|depositions?|depos?|mediations?|arbitrations?|conferences?|arraignments?|court|motions?|oral argument|calendar call|sentencing|plea|audiencia)\b/i
const deadline = /\b(deadlines?|due|last day to|filing date|answer by)\b/i

export const isCourtDate = (entry: SurveyedAppointment): boolean =>
  court.test(`${entry.kind ?? ''} ${entry.summary ?? ''}`) && !isDeadline(entry)
export const isDeadline = (entry: SurveyedAppointment): boolean =>
  deadline.test(`${entry.kind ?? ''} ${entry.summary ?? ''}`)

export function judgeAppointment(entry: SurveyedAppointment, bench: Bench): Fault[] {
  const court = isCourtDate(entry)
  const due = isDeadline(entry)
  const { startAt, endAt } = entry
  if (startAt === null)
    return [{ kind: 'date_unreadable', field: 'start_at', value: null, reason: 'is empty' }]
  const faults: Fault[] = judgeDay('start_at', startAt, bench, farthest.appointment)
  const start = instantOf(startAt)
  const end = endAt === null ? null : instantOf(endAt)
  if (start !== null && end !== null && Temporal.Instant.compare(end, start) < 0)
    faults.push({
      kind: 'ends_before_it_begins',
      field: 'end_at',
      value: endAt,
      reason: 'is before it begins',
    })
  if (court && entry.allDay)
    faults.push({
      kind: 'all_day_hearing',
      field: 'all_day',
      value: startAt,
      reason: 'takes all day, with no time to be there',
    })
  if (due && start !== null) {
    const day = entry.allDay ? dayOf(startAt, 'UTC') : dayOf(startAt, bench.zone)
    const off = day === null || Temporal.Instant.compare(start, bench.now) < 0 ? null : dayOff(day)
    if (off !== null)
      faults.push({
        kind: 'deadline_on_day_off',
        field: 'start_at',
        value: startAt,
        reason: `falls on ${off}`,
      })
  }
  if ((court || due) && entry.matterExternalId === null)
    faults.push({ kind: 'appointment_orphaned', field: 'matter', value: null, reason: 'is empty' })
  return faults
}

export const judgeDocument = (paper: SurveyedDocument): Fault[] =>
  paper.name === null || paper.name.trim() === ''
    ? [{ kind: 'document_nameless', field: 'name', value: null, reason: 'is empty' }]
    : []

export function judgeBill(bill: SurveyedBill): Fault[] {
  const { total, paid } = bill
  if (total === null || total === undefined) return []
  if (typeof total !== 'number')
    return [{ kind: 'amount_unreadable', field: 'total', value: String(total), reason: 'is no number' }]
  if (total < 0)
    return [{ kind: 'amount_negative', field: 'total', value: String(total), reason: 'is negative' }]
  // A cent is rounding.
  if (bill.state === 'paid' && total > 0 && (typeof paid === 'number' ? paid : 0) < total - 0.01)
    return [
      {
        kind: 'paid_without_payment',
        field: 'paid',
        value: String(paid ?? 0),
        reason: 'is less than the total',
      },
    ]
  return []
}

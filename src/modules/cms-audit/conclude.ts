/** The judgement over the whole, once everything was read: duplicates, verdicts, what got better. One transaction. */
import { type NewId, purposes } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type CmsSurvey, dataPoints } from '../connections/index.ts'
import { type Kind, kindOf } from '../quality/index.ts'
import { syncItems } from './items.ts'
import { judgeSharing } from './sharing.ts'
import {
  blockedMatters,
  compareFindings,
  countFindings,
  countMatters,
  findingsOf,
  finishAudit,
  insertFindings,
  lastFinished,
  numbersTwice,
  type RunningAudit,
  sharings,
  withdraw,
  withdrawWithoutMatter,
} from './store.ts'
import { differences, endpoints, type Tally } from './tally.ts'
import type { Audited, AuditReport, Bench, Comparison, PointReport, StatusValue } from './types.ts'
import { blockingKinds, verdictFor } from './verdicts.ts'

/** Examples kept of each kind, and matters listed for each verdict: what a person can look at. */
const mostExamples = 25
const mostListed = 500
/** A kind of matter needs a statute of limitations where at least so many of its open matters have one. */
const usual = 0.5
/** With so few different values in so many matters somebody chose from a list. */
const fixedList = { distinct: 60, perValue: 3 }

export async function conclude(
  tx: FirmTx,
  audit: RunningAudit,
  audited: Audited,
  bench: Bench,
  now: Temporal.Instant,
  newId: NewId,
): Promise<AuditReport> {
  const { tally } = audit
  await judgeWhole(tx, audit)
  const matters = await countMatters(tx, audit.id)
  const points = pointReports(tally, audited.survey, matters)
  const records = audited.streams.map(({ model, holds }) => ({
    model,
    holds,
    count: tally.lists[model]?.count ?? 0,
    problem: tally.lists[model]?.problem ?? null,
  }))
  const verdicts = []
  for (const purpose of purposes) {
    const blocked = await blockedMatters(tx, audit.id, blockingKinds(purpose), mostListed)
    verdicts.push(
      verdictFor(purpose, {
        ...blocked,
        lists: records,
        points,
        matters: matters.open,
        blocked: blocked.count,
      }),
    )
  }
  const before = await lastFinished(tx, audited.connectionId)
  const report: AuditReport = {
    auditId: audit.id,
    connection: audited.key,
    kind: audited.kind,
    beganAt: audit.beganAt.toString(),
    finishedAt: now.toString(),
    seconds: Math.round(audit.workedMs / 100) / 10,
    records,
    endpoints: endpoints(tally),
    points,
    dates: Object.entries(tally.dates)
      .map(([path, formats]) => ({ path, formats }))
      .toSorted((a, b) => a.path.localeCompare(b.path)),
    status: statusReport(tally, bench),
    differences: differences(tally),
    trouble: await trouble(tx, audit.id, audited.survey),
    verdicts,
    compared: null,
  }
  report.compared = before ? await compare(tx, before, report) : null
  await syncItems(tx, audit, audited, report, now, newId)
  await finishAudit(tx, audited.connectionId, audit, report, before?.id ?? null, now)
  return report
}

async function judgeWhole(tx: FirmTx, audit: RunningAudit): Promise<void> {
  const page = 500
  for (let after = ''; ; ) {
    const found = await sharings(tx, audit.id, after, page)
    await insertFindings(tx, audit.id, found.flatMap(judgeSharing))
    if (found.length < page) break
    after = found.at(-1)!.mark
  }
  await insertFindings(tx, audit.id, await numbersTwice(tx, audit.id))
  const { points, statutes } = audit.tally
  // What a system has nowhere is said once, of the system.
  const nowhere: Kind[] = []
  if ((points.responsible_attorney?.filled ?? 0) === 0) nowhere.push('attorney_missing')
  if ((points.contact_preference?.filled ?? 0) === 0) nowhere.push('preference_missing')
  if ((points.status?.filled ?? 0) === 0) nowhere.push('status_missing')
  await withdraw(tx, audit.id, nowhere)
  const unusual = Object.entries(statutes)
    .filter(([, { open, filled }]) => filled < open * usual)
    .map(([practice]) => practice)
  await withdraw(tx, audit.id, ['statute_missing'], unusual)
  await withdrawWithoutMatter(tx, audit.id, ['client_unreachable', 'preference_missing', 'preference_unmet'])
}

function pointReports(
  tally: Tally,
  survey: CmsSurvey,
  matters: { open: number; court: number; deadline: number },
): PointReport[] {
  return dataPoints.map((point) => {
    const seen = tally.points[point]
    const base = { point, place: survey.places[point] ?? null, types: seen?.types ?? {} }
    // Of these what counts is how many open matters have one.
    if (point === 'next_court_date' || point === 'filing_deadline') {
      const filled = point === 'next_court_date' ? matters.court : matters.deadline
      return { ...base, records: matters.open, filled, valid: filled }
    }
    return { ...base, records: seen?.records ?? 0, filled: seen?.filled ?? 0, valid: seen?.valid ?? 0 }
  })
}

function statusReport(tally: Tally, bench: Bench): AuditReport['status'] {
  const values = Object.entries(tally.statuses).map(([value, count]): StatusValue => {
    const found = bench.statuses.lookup(value)
    return 'state' in found
      ? { value, count, state: found.state, suggestions: [] }
      : {
          value,
          count,
          state: null,
          suggestions: found.suggestions.map(({ state, similarity }) => ({ state, similarity })),
        }
  })
  const all = values.reduce((sum, { count }) => sum + count, tally.otherStatuses)
  const distinct = values.length
  const fixed =
    tally.otherStatuses === 0 && distinct <= fixedList.distinct && all >= distinct * fixedList.perValue
  return {
    form: distinct === 0 ? 'none' : fixed ? 'fixed list' : 'free text',
    distinct: distinct + tally.otherStatuses,
    values: values.toSorted((a, b) => b.count - a.count || a.value.localeCompare(b.value)),
  }
}

async function trouble(tx: FirmTx, auditId: string, survey: CmsSurvey): Promise<AuditReport['trouble']> {
  const examples = Map.groupBy(
    await findingsOf(tx, auditId, mostExamples),
    ({ kind, subject }) => `${kind} ${subject}`,
  )
  return (await countFindings(tx, auditId)).map(({ kind, subject, count }) => {
    const { title, advice, blocks } = kindOf(kind)
    return {
      kind,
      subject,
      title,
      advice,
      blocks,
      count,
      examples: (examples.get(`${kind} ${subject}`) ?? []).map((f) => ({
        externalId: f.externalId,
        field: f.field,
        reason: f.reason,
        // The report is stored: values stay with the findings, and are added where somebody asks for them.
        value: null,
        suggestion: null,
        link: survey.link(subject, f.externalId),
      })),
    }
  })
}

async function compare(
  tx: FirmTx,
  before: { id: string; report: AuditReport },
  now: AuditReport,
): Promise<Comparison> {
  return {
    auditId: before.id,
    finishedAt: before.report.finishedAt,
    kinds: await compareFindings(tx, before.id, now.auditId),
    verdicts: now.verdicts.map(({ purpose, blocked }) => ({
      purpose,
      before: before.report.verdicts.find((one) => one.purpose === purpose)?.blocked ?? 0,
      now: blocked,
    })),
  }
}

/**
 * What becomes of an appointment's reminders when it, or the plans, are others than before. Pure: rows in, rows out.
 * A reminder that was said stays said; what was planned for another version is superseded; and who was told of another
 * date is told of the change.
 */
import type { NewId } from '../../kernel/index.ts'
import { timeOf } from '../facts/index.ts'
import type { CompiledPlan } from './compile.ts'
import { type Quiet, reasons, schedule } from './schedule.ts'
import type { KnownReminder, NewReminder, Unplanned } from './store.ts'
import { type Attendance, cancellation, correction } from './types.ts'

export interface PlanningContext {
  plans: readonly CompiledPlan[]
  now: Temporal.Instant
  newId: NewId
  firmZone: string
  isZone(text: string): boolean
  /** @param texts whether a text is among what is said */
  quietAt(moment: Temporal.Instant, appointment: Unplanned, texts: boolean): Quiet
  /** @returns null where every day is as good as another */
  workdays(plan: CompiledPlan): ((date: Temporal.PlainDate) => boolean) | null
}

export interface Planned {
  save: NewReminder[]
  ends: { id: string; state: 'superseded'; reason: string }[]
  /** What the CMS says of whether the client came; null: nothing, of no time or of none that can be read. */
  attendance: { startsAt: Temporal.Instant; outcome: Attendance | null } | null
  /** The plan's condition can't be evaluated: the first such problem. */
  problem: { plan: string; message: string } | null
}

/** A rule may say the same at once; a person who drags an entry about in the diary has come to rest. */
const settling = { minutes: 2 }

export function planAppointment(
  appointment: Unplanned,
  known: readonly KnownReminder[],
  context: PlanningContext,
): Planned {
  const { now, firmZone } = context
  const own = appointment.time_zone
  const zoned = own !== null && context.isZone(own)
  const where = { zone: zoned ? own : firmZone, zoneOf: zoned ? ('client' as const) : ('firm' as const) }
  const time = appointment.removed ? null : timeOf(appointment.data, firmZone)
  const found =
    time === null || appointment.removed ? { plan: null, problem: null } : planFor(appointment, context)
  const { plan } = found
  const save: NewReminder[] = []
  const row = (planKey: string, stepKey: string, startsAt: Temporal.Instant) => ({
    id: context.newId<string>(),
    factId: appointment.id,
    matterId: appointment.matter_id,
    edition: appointment.edition,
    mark: appointment.mark,
    planKey,
    stepKey,
    startsAt,
    ...where,
  })

  const kept: string[] = []
  const current = time !== null && plan !== null && isLater(time.startsAt, now)
  if (current) {
    const steps = (texts: boolean) => plan.steps.filter((s) => plan.texts.has(s.key) === texts)
    const before = known.filter((r) => r.edition === appointment.edition && r.plan_key === plan.key)
    const said = new Set(before.filter((r) => r.state === 'said').map((r) => r.step_key))
    const underWay = new Set(before.filter(isUnderWay).map((r) => r.step_key))
    for (const texts of [true, false]) {
      const planned = schedule(steps(texts), time, {
        now,
        zone: where.zone,
        quietAt: (moment) => context.quietAt(moment, appointment, texts),
        isWorkday: context.workdays(plan),
        replanned: !appointment.fresh,
      })
      for (const { step, dueAt, reason } of planned) {
        if (said.has(step)) continue
        if (reason === reasons.passed && underWay.has(step)) kept.push(step)
        else save.push({ ...row(plan.key, step, time.startsAt), dueAt, reason })
      }
    }
  }

  const wanted = new Set([
    ...save.map((r) => `${r.edition} ${r.planKey} ${r.stepKey}`),
    ...kept.map((step) => `${appointment.edition} ${plan!.key} ${step}`),
  ])
  const corrected = correctionOf(appointment, known, current ? time.startsAt : null, context)
  if (corrected !== null) {
    const { stepKey, planKey, startsAt } = corrected
    wanted.add(`${appointment.edition} ${planKey} ${stepKey}`)
    if (
      !known.some(
        (r) => r.edition === appointment.edition && r.plan_key === planKey && r.step_key === stepKey,
      )
    )
      save.push({
        ...row(planKey, stepKey, startsAt),
        dueAt: now.add(settling),
        reason: null,
      })
  }
  const ends = known
    .filter(
      (r) =>
        r.state !== 'said' &&
        r.state !== 'superseded' &&
        !wanted.has(`${r.edition} ${r.plan_key} ${r.step_key}`),
    )
    .map((r) => ({ id: r.id, state: 'superseded' as const, reason: endedBecause(r, appointment) }))
  const attendance = plan === null ? null : attendanceIn(plan, appointment)
  return {
    save,
    ends,
    attendance: time && attendance?.ok ? { startsAt: time.startsAt, outcome: attendance.outcome } : null,
    problem:
      found.problem ?? (attendance?.ok === false ? { plan: plan!.key, message: attendance.message } : null),
  }
}

/** Where both hold, the CMS contradicts itself, and nobody knows. */
function attendanceIn(
  plan: CompiledPlan,
  appointment: Unplanned,
): { ok: true; outcome: Attendance | null } | { ok: false; message: string } {
  const { missed, kept } = plan.attendance
  const values = valuesOf(appointment)
  const says = { missed: missed?.evaluate(values), kept: kept?.evaluate(values) }
  for (const [name, said] of Object.entries(says))
    if (said?.ok === false) return { ok: false, message: `${name}: ${said.message}` }
  const holds = (said: typeof says.missed) => said?.ok === true && said.value === true
  if (holds(says.missed) === holds(says.kept)) return { ok: true, outcome: null }
  return { ok: true, outcome: holds(says.missed) ? 'missed' : 'kept' }
}

/**
 * Its moment has passed, and it is not said yet: it waits for the end of quiet hours, or its system is being asked.
 * Planned anew, it would look as if nobody had meant to make up for it.
 */
const isUnderWay = (reminder: KnownReminder): boolean =>
  reminder.state === 'checking' || (reminder.state === 'planned' && reminder.reason === reasons.passedAtOnce)

const endedBecause = (reminder: KnownReminder, appointment: Unplanned): string => {
  if (appointment.removed) return 'the appointment is off'
  return reminder.edition === appointment.edition ? 'the plan has changed' : 'the appointment has moved'
}

const valuesOf = (appointment: Unplanned) => ({
  appointment: appointment.data,
  matter: appointment.matter,
  client: appointment.client ?? {},
})

/** The first plan that holds is the appointment's; one that can't be evaluated is not passed over for the next. */
function planFor(
  appointment: Unplanned,
  { plans }: PlanningContext,
): { plan: CompiledPlan | null; problem: Planned['problem'] } {
  const values = valuesOf(appointment)
  for (const plan of plans) {
    const held = plan.when.evaluate(values)
    if (!held.ok) return { plan: null, problem: { plan: plan.key, message: held.message } }
    if (held.value === true) return { plan, problem: null }
  }
  return { plan: null, problem: null }
}

/**
 * Somebody was reminded of a date that is not true any more: by the plan that reminded them last.
 *
 * @param startsAt of the present version; null: there is none to come
 */
function correctionOf(
  appointment: Unplanned,
  known: readonly KnownReminder[],
  startsAt: Temporal.Instant | null,
  { plans, now }: PlanningContext,
): { stepKey: string; planKey: string; startsAt: Temporal.Instant } | null {
  const said = known.filter((r) => r.state === 'said')
  const last = said.at(-1)
  // What was last said, a correction among it, is of this version; or its day is over, and nobody waits for it.
  if (last === undefined || last.edition === appointment.edition) return null
  if (last.step_key === cancellation && appointment.removed) return null
  if (!isLater(last.starts_at, now)) return null
  const plan = plans.find((p) => p.key === last.plan_key)
  if (appointment.removed)
    return plan?.corrects.cancelled
      ? { stepKey: cancellation, planKey: plan.key, startsAt: last.starts_at }
      : null
  if (!plan?.corrects.moved || startsAt === null) return null
  // Moved in words or place alone: the time that was said still holds.
  if (Temporal.Instant.compare(startsAt, last.starts_at) === 0) return null
  return { stepKey: correction, planKey: plan.key, startsAt }
}

const isLater = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) > 0

/**
 * What becomes of an appointment's reminders when it, or the plans, are others than before. Pure: rows in, rows out.
 * A reminder that was said stays said; what was planned for another version is superseded; and who was told of another
 * date is told of the change.
 */
import type { Audience, NewId } from '../../kernel/index.ts'
import { attorneyOf, audienceOfPerson, participantsOf, timeOf } from '../facts/index.ts'
import type { ClientWishes } from '../moments/index.ts'
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
  quietAt(moment: Temporal.Instant, appointment: Unplanned, person: Person, texts: boolean): Quiet
  /** Somebody who is not the client; undefined: nobody whom we know yet, so that the firm's zone must do. */
  personOf(appointment: Unplanned, externalId: string): Omit<Person, 'audience' | 'person'> | undefined
  /** @returns null where every day is as good as another */
  workdays(plan: CompiledPlan): ((date: Temporal.PlainDate) => boolean) | null
}

/** Somebody who may be reminded of an appointment. */
export interface Person {
  audience: Audience
  /** As reminders name them; null: the client. */
  person: string | null
  /** Whose hours these are; null: nobody whom we know. */
  id: string | null
  timeZone: string | null
  region: string | null
  wishes: ClientWishes | null
}

export interface Planned {
  save: NewReminder[]
  ends: { id: string; state: 'superseded' | 'skipped'; reason: string }[]
  /** What the CMS says of whether the client came; null: nothing, of no time or of none that can be read. */
  attendance: { startsAt: Temporal.Instant; outcome: Attendance | null } | null
  /** The plan's condition can't be evaluated: the first such problem. */
  problem: { plan: string; message: string } | null
}

/** A rule may say the same at once; a person who drags an entry about in the diary has come to rest. */
const settling = { minutes: 2 }

/** Why somebody is reminded no more who was to be; may become untrue again. */
const noPart = 'they have no part in it any more'

export function planAppointment(
  appointment: Unplanned,
  known: readonly KnownReminder[],
  context: PlanningContext,
): Planned {
  const { now, firmZone } = context
  const time = appointment.removed ? null : timeOf(appointment.data, firmZone)
  const found =
    time === null || appointment.removed ? { plan: null, problem: null } : planFor(appointment, context)
  const { plan } = found
  const current = time !== null && plan !== null && isLater(time.startsAt, now)
  const people = peopleOf(appointment, known, context)
  const save: NewReminder[] = []
  const ends: Planned['ends'] = []
  for (const person of people) {
    const theirs = known.filter((r) => r.person === person.person)
    const own = person.timeZone !== null && context.isZone(person.timeZone) ? person.timeZone : null
    const row = (planKey: string, stepKey: string, startsAt: Temporal.Instant) => ({
      id: context.newId<string>(),
      factId: appointment.id,
      matterId: appointment.matter_id,
      edition: appointment.edition,
      mark: appointment.mark,
      planKey,
      stepKey,
      person: person.person,
      startsAt,
      zone: own ?? firmZone,
      zoneOf: own === null ? ('firm' as const) : ('client' as const),
    })
    const wanted = new Set<string>()
    const keyOf = (edition: number, planKey: string, stepKey: string) => `${edition} ${planKey} ${stepKey}`
    if (current && person.takesPart) {
      const before = theirs.filter((r) => r.edition === appointment.edition && r.plan_key === plan.key)
      const said = new Set(before.filter((r) => r.state === 'said').map((r) => r.step_key))
      const underWay = new Set(before.filter(isUnderWay).map((r) => r.step_key))
      for (const texts of [true, false]) {
        const steps = plan.steps.filter(
          (s) => s.audience === person.audience && plan.texts.has(s.key) === texts,
        )
        if (steps.length === 0) continue
        const planned = schedule(steps, time, {
          now,
          zone: own ?? firmZone,
          quietAt: (moment) => context.quietAt(moment, appointment, person, texts),
          isWorkday: context.workdays(plan),
          replanned: !appointment.fresh,
        })
        for (const { step, dueAt, reason } of planned) {
          if (said.has(step)) continue
          wanted.add(keyOf(appointment.edition, plan.key, step))
          if (reason !== reasons.passed || !underWay.has(step))
            save.push({ ...row(plan.key, step, time.startsAt), dueAt, reason })
        }
      }
    }
    const corrected = correctionOf(appointment, person, theirs, current ? time.startsAt : null, context)
    if (corrected !== null) {
      const { stepKey, planKey, startsAt } = corrected
      wanted.add(keyOf(appointment.edition, planKey, stepKey))
      const planned = theirs.some(
        (r) => r.edition === appointment.edition && r.plan_key === planKey && r.step_key === stepKey,
      )
      if (!planned) save.push({ ...row(planKey, stepKey, startsAt), dueAt: now.add(settling), reason: null })
    }
    for (const r of theirs) {
      if (
        r.state === 'said' ||
        r.state === 'superseded' ||
        wanted.has(keyOf(r.edition, r.plan_key, r.step_key))
      )
        continue
      // Who is put on the list again is reminded again of what is still ahead: not so what an edition has outlived.
      const gone = !person.takesPart && r.edition === appointment.edition && !appointment.removed
      ends.push(
        gone
          ? { id: r.id, state: 'skipped', reason: noPart }
          : { id: r.id, state: 'superseded', reason: endedBecause(r, appointment) },
      )
    }
  }
  const attendance = plan === null ? null : attendanceIn(plan, appointment)
  return {
    save,
    ends,
    attendance: time && attendance?.ok ? { startsAt: time.startsAt, outcome: attendance.outcome } : null,
    problem:
      found.problem ?? (attendance?.ok === false ? { plan: plan!.key, message: attendance.message } : null),
  }
}

/** The client, whom the appointment and the matter name beside them, and who was reminded before and is named no more. */
function peopleOf(
  appointment: Unplanned,
  known: readonly KnownReminder[],
  context: PlanningContext,
): (Person & { takesPart: boolean })[] {
  const { client_id: id, time_zone: timeZone, region, wishes } = appointment
  const client = { audience: 'client' as const, person: null, id, timeZone, region, wishes, takesPart: true }
  const audiences = new Set(context.plans.flatMap((plan) => [...plan.audiences]))
  const named = new Set<string>()
  if (audiences.has('participants'))
    // The client is listed among those who come, and is reminded as the client.
    for (const { id: one } of participantsOf(appointment.data))
      if (one !== appointment.client_external_id) named.add(one)
  const attorney = audiences.has('attorney') ? attorneyOf(appointment.matter) : null
  if (attorney !== null) named.add(attorney.externalId)
  const before = new Set(known.flatMap((r) => (r.person === null ? [] : [r.person])))
  return [
    client,
    ...[...new Set([...named, ...before])].map((person) => ({
      audience: audienceOfPerson(person),
      person,
      takesPart: named.has(person),
      ...(context.personOf(appointment, person) ?? { id: null, timeZone: null, region: null, wishes: null }),
    })),
  ]
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
  { audience, takesPart }: { audience: Audience; takesPart: boolean },
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
  // Who is named no more has been told by whoever struck them off; a date that is off concerns all who were reminded.
  if (!takesPart && !appointment.removed) return null
  const plan = plans.find((p) => p.key === last.plan_key)
  if (appointment.removed)
    return plan?.corrects.cancelled.has(audience)
      ? { stepKey: cancellation, planKey: plan.key, startsAt: last.starts_at }
      : null
  if (!plan?.corrects.moved.has(audience) || startsAt === null) return null
  // Moved in words or place alone: the time that was said still holds.
  if (Temporal.Instant.compare(startsAt, last.starts_at) === 0) return null
  return { stepKey: correction, planKey: plan.key, startsAt }
}

const isLater = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) > 0

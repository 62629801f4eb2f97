/** The lane that plans: appointments that are new, others than before, or whose plans are. */
import { createHash } from 'node:crypto'
import type { FirmId, NewId } from '../../kernel/index.ts'
import { isZone } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import type { Lane } from '../../platform/jobs/lanes.ts'
import { participantsOf, zonesOf } from '../facts/index.ts'
import type { QuietQuestion, QuietTable } from '../moments/index.ts'
import { openTasks } from '../tasks/index.ts'
import { takeAttendance } from './attendance-store.ts'
import type { CompiledPlan } from './compile.ts'
import { type Person, planAppointment } from './plan.ts'
import type { Quiet } from './schedule.ts'
import type { Unplanned } from './store.ts'
import * as store from './store.ts'

/** What reminders of a firm are planned with. */
export interface ReminderProgram {
  plans: readonly CompiledPlan[]
  /** The plans as they are stored: another text is another plan. */
  source: string
  firmZone: string
  quiet: QuietTable
  /** What the table is made of: other hours, other moments. */
  quietSource: string
}

export type CalendarVerdict =
  | { ok: true; isWorkday(date: Temporal.PlainDate): boolean }
  | { ok: false; message: string }

export interface PlanDeps {
  db: Database
  now(): Temporal.Instant
  newId: NewId
  program(tx: FirmTx): Promise<ReminderProgram>
  /** Which days are worked in a country and a state of it. */
  workdays(country: string, state: string | undefined): Promise<CalendarVerdict>
  nudge(lane: 'remind', firmId: FirmId): void
  counted(what: 'planned' | 'skipped' | 'superseded', reminders: number): void
}

const batch = 500
const atOnce = 2

export function planLane(deps: PlanDeps): Lane {
  return {
    name: 'plan',
    parallel: 2,
    async run(firmId) {
      const one = () => deps.db.forFirm(firmId, (tx) => planSome(tx, deps))
      const taken = await one()
      if (taken > 0) deps.nudge('remind', firmId)
      if (taken < batch) return { next: 'idle' }
      // Where there is much to plan, one batch is stored while the next is worked out: each takes other appointments.
      await Promise.all(Array.from({ length: atOnce }, one))
      return { next: 'more' }
    },
  }
}

async function planSome(tx: FirmTx, deps: PlanDeps): Promise<number> {
  const program = await deps.program(tx)
  const now = deps.now()
  await planAnewIfChanged(tx, program, now)
  const appointments = await store.takeUnplanned(tx, batch)
  if (appointments.length === 0) return 0
  const ids = appointments.map((a) => a.id)
  const known = Map.groupBy(await store.remindersOf(tx, ids), (r) => r.fact_id)
  const context = await contextOf(tx, program, appointments, deps, now)
  const planned = appointments.map((a) => planAppointment(a, known.get(a.id) ?? [], context))
  const save = planned.flatMap((p) => p.save)
  const ends = planned.flatMap((p) => p.ends)
  await store.savePlanned(tx, save, now)
  await store.endReminders(tx, ends, now)
  await takeAttendance(
    tx,
    planned.flatMap(({ attendance }, i) =>
      attendance === null ? [] : [{ factId: appointments[i]!.id, ...attendance }],
    ),
    now,
  )
  await reportProblems(tx, [...context.without, ...planned.flatMap((p) => p.problem ?? [])], now)
  await store.markPlanned(tx, ids)
  tx.afterCommit(() => {
    deps.counted('planned', save.filter((r) => r.dueAt !== null).length)
    deps.counted('skipped', save.filter((r) => r.dueAt === null).length)
    deps.counted('superseded', ends.length)
  })
  return appointments.length
}

/** Zones' rules change between a booking and its day; Node brings the new ones. */
async function planAnewIfChanged(tx: FirmTx, program: ReminderProgram, now: Temporal.Instant): Promise<void> {
  const madeOf = createHash('sha256')
    .update(JSON.stringify([program.source, program.firmZone, program.quietSource, process.versions.tz]))
    .digest('hex')
  const before = await store.readBook(tx)
  if (before === madeOf) return
  await store.writeBook(tx, madeOf, now)
  if (before !== null) await store.planAllAnew(tx)
}

async function contextOf(
  tx: FirmTx,
  program: ReminderProgram,
  appointments: readonly Unplanned[],
  deps: PlanDeps,
  now: Temporal.Instant,
) {
  const { plans, firmZone, quiet } = program
  // Firms that remind clients alone ask for nobody else.
  const others = plans.some((plan) => plan.audiences.has('participants'))
  const people = await zonesOf(
    tx,
    others
      ? appointments.flatMap((a) =>
          participantsOf(a.data).map((p) => ({ connectionId: a.connection_id, externalId: p.id })),
        )
      : [],
  )
  const calendars = new Map<string, (date: Temporal.PlainDate) => boolean>()
  const without: { plan: string; message: string }[] = []
  for (const { key, businessDays } of plans) {
    if (!businessDays) continue
    const calendar = await deps.workdays(businessDays.country, businessDays.state)
    if (calendar.ok) calendars.set(key, calendar.isWorkday)
    else without.push({ plan: key, message: `businessDays: ${calendar.message}; every day counts as one` })
  }
  return {
    plans,
    now,
    newId: deps.newId,
    firmZone,
    isZone,
    without,
    personOf: (appointment: Unplanned, externalId: string) =>
      people.get(`${appointment.connection_id} ${externalId}`),
    workdays: (plan: CompiledPlan) => calendars.get(plan.key) ?? null,
    quietAt(moment: Temporal.Instant, appointment: Unplanned, person: Person, texts: boolean): Quiet {
      const question: QuietQuestion = {
        clientId: person.id ?? appointment.matter_id,
        channel: texts ? 'sms' : 'email',
        purpose: 'reminder',
        urgent: false,
        timeZone: person.timeZone,
        region: person.region,
        wishes: person.wishes,
      }
      const found = quiet.look(moment, question)
      if (!found.quiet) return { quiet: false }
      return { quiet: true, until: found.leaves, since: quiet.since(moment, question) }
    },
  }
}

/** One task for each plan, however many appointments it can't be asked of. */
async function reportProblems(
  tx: FirmTx,
  found: readonly { plan: string; message: string }[],
  now: Temporal.Instant,
): Promise<void> {
  const problems = new Map(found.map(({ plan, message }) => [plan, message]))
  await openTasks(
    tx,
    // In one order, so that two batches can't wait for each other.
    [...problems]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([plan, message]) => ({
        kind: 'reminder_problem',
        title: `The reminder plan ${plan} can't be applied as it is written`,
        detail: `${message}. Appointments that it can't be asked of have no reminders until it is mended.`,
        matterId: null,
        clientId: null,
        assignee: 'staff',
        dueAt: null,
        cause: `reminder plan ${plan} ${message}`.slice(0, 300),
      })),
    now,
  )
}

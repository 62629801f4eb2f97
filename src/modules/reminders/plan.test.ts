import { describe, expect, it } from 'vitest'
import { type ConnectionId, isZone, type MatterId } from '../../kernel/index.ts'
import { type CompiledPlan, compilePlan } from './compile.ts'
import { type PlanningContext, planAppointment } from './plan.ts'
import { reasons } from './schedule.ts'
import type { KnownReminder, Unplanned } from './store.ts'
import { planConfig } from './types.ts'

const now = Temporal.Instant.from('2030-10-01T16:00:00Z')
let ids = 0

function plan(more: object = {}): CompiledPlan {
  const compiled = compilePlan(
    planConfig.parse({
      key: 'court',
      when: "appointment.event_type == 'Hearing'",
      template: 'reminder',
      steps: [
        { key: 'two-days', before: 'PT48H' },
        { key: 'evening', at: '18:00', daysBefore: 1 },
      ],
      ...more,
    }),
    1,
  )
  if (!compiled.ok) throw new Error(compiled.problems[0]!.message)
  return compiled.plan
}
const context = (plans: CompiledPlan[]): PlanningContext => ({
  plans,
  now,
  newId: <T>() => `id-${ids++}` as T,
  firmZone: 'America/New_York',
  isZone,
  quietAt: () => ({ quiet: false }),
  personOf: () => undefined,
  workdays: () => null,
})
const appointment = (more: Partial<Unplanned> = {}): Unplanned => ({
  id: 'fact',
  connection_id: 'cms' as ConnectionId,
  data: { event_type: 'Hearing', start_at: '2030-10-10T18:00:00Z' },
  previous_data: null,
  mark: 'v1',
  edition: 1,
  removed: false,
  fresh: true,
  matter_id: 'matter' as MatterId,
  client_id: null,
  matter: {},
  client: null,
  client_external_id: null,
  time_zone: null,
  region: null,
  wishes: null,
  ...more,
})
const known = (more: Partial<KnownReminder>): KnownReminder => ({
  id: 'known',
  fact_id: 'fact',
  edition: 1,
  plan_key: 'court',
  step_key: 'two-days',
  person: null,
  starts_at: Temporal.Instant.from('2030-10-10T18:00:00Z'),
  due_at: Temporal.Instant.from('2030-10-08T18:00:00Z'),
  state: 'planned',
  reason: null,
  ...more,
})
const said = (planned: ReturnType<typeof planAppointment>) =>
  planned.save.map((r) => [r.stepKey, r.dueAt?.toString() ?? null])

describe('an appointment', () => {
  it('has the reminders of the first plan that fits it, in the client’s zone, else the firm’s', () => {
    const plans = [plan({ key: 'none', when: 'appointment.event_type == "Signing"' }), plan()]
    const own = planAppointment(appointment({ time_zone: 'Asia/Tokyo' }), [], context(plans))
    expect(own.save.map((r) => [r.planKey, r.stepKey, r.dueAt?.toString(), r.zone, r.zoneOf])).toEqual([
      ['court', 'two-days', '2030-10-08T18:00:00Z', 'Asia/Tokyo', 'client'],
      ['court', 'evening', '2030-10-10T09:00:00Z', 'Asia/Tokyo', 'client'],
    ])
    const firms = planAppointment(appointment({ time_zone: 'Not/AZone' }), [], context(plans))
    expect(firms.save[1]).toMatchObject({ zone: 'America/New_York', zoneOf: 'firm' })
    expect(firms.save[1]!.dueAt?.toString()).toBe('2030-10-09T22:00:00Z')
  })

  it('that no plan fits, that has begun or that tells no time has none', () => {
    const none = (data: Record<string, unknown>) =>
      planAppointment(appointment({ data }), [], context([plan()])).save
    expect(none({ event_type: 'Meeting', start_at: '2030-10-10T18:00:00Z' })).toEqual([])
    expect(none({ event_type: 'Hearing', start_at: '2030-09-10T18:00:00Z' })).toEqual([])
    expect(none({ event_type: 'Hearing', start_at: 'soon' })).toEqual([])
  })

  it('whose plan can’t be asked has none, and is no other plan’s: staff hear why', () => {
    const broken = plan({ when: "timestamp(appointment.filed_on) > timestamp('2030-01-01T00:00:00Z')" })
    const planned = planAppointment(appointment(), [], context([broken, plan({ key: 'b', when: 'true' })]))
    expect(planned.save).toEqual([])
    expect(planned.problem).toMatchObject({ plan: 'court' })
  })
})

describe('one that is planned again', () => {
  it('keeps what was said, and ends what the plan no longer has', () => {
    const before = [
      known({ state: 'said' }),
      known({ id: 'old', step_key: 'a-week' }),
      known({ id: 'same', step_key: 'evening' }),
    ]
    const planned = planAppointment(appointment(), before, context([plan()]))
    expect(said(planned)).toEqual([['evening', '2030-10-09T22:00:00Z']])
    expect(planned.ends).toEqual([{ id: 'old', state: 'superseded', reason: 'the plan has changed' }])
  })

  it('keeps what is being made up for: it waits for the morning, or its system is asked', () => {
    // Booked an hour before: the moments of both steps have passed.
    const late = appointment({
      data: { event_type: 'Hearing', start_at: now.add({ hours: 1 }).toString() },
      fresh: false,
    })
    const anew = (more: Partial<KnownReminder>) => planAppointment(late, [known(more)], context([plan()]))
    for (const more of [
      { state: 'planned', reason: reasons.passedAtOnce, due_at: now.add({ minutes: 10 }) },
      { state: 'checking', reason: 'asked', due_at: now },
    ] as const) {
      const { save, ends } = anew(more)
      expect(save.map((r) => r.stepKey)).toEqual(['evening'])
      expect(ends).toEqual([])
    }
    // What was planned for its own moment, which a changed plan has put into the past, is not.
    expect(anew({ state: 'planned', reason: null }).save.map((r) => [r.stepKey, r.dueAt])).toEqual([
      ['two-days', null],
      ['evening', null],
    ])
  })

  it('as another edition, has new reminders, and the old ones end', () => {
    const moved = appointment({
      edition: 2,
      data: { event_type: 'Hearing', start_at: '2030-10-20T18:00:00Z' },
    })
    const planned = planAppointment(moved, [known({})], context([plan()]))
    expect(planned.save.map((r) => [r.edition, r.stepKey])).toEqual([
      [2, 'two-days'],
      [2, 'evening'],
    ])
    expect(planned.ends).toEqual([{ id: 'known', state: 'superseded', reason: 'the appointment has moved' }])
  })
})

describe('who was reminded of a date that is another now', () => {
  const corrects = { moved: { template: 'moved' }, cancelled: { template: 'off' } }
  const moved = appointment({ edition: 2, data: { event_type: 'Hearing', start_at: '2030-10-20T18:00:00Z' } })
  const off = appointment({ edition: 2, removed: true, mark: 'removed' })

  it('is told of the change, after a moment in which a rule may say it', () => {
    const soon = now.add({ minutes: 2 }).toString()
    const told = [known({ state: 'said' })]
    expect(said(planAppointment(moved, told, context([plan(corrects)])))).toContainEqual(['moved', soon])
    expect(said(planAppointment(off, told, context([plan(corrects)])))).toEqual([['cancelled', soon]])
  })

  it('is not, where the plan has no words for it, nobody was reminded, or the old date is over', () => {
    const steps = (appointment: Unplanned, before: KnownReminder[], of = plan(corrects)) =>
      planAppointment(appointment, before, context([of])).save.map((r) => r.stepKey)
    expect(steps(moved, [known({ state: 'said' })], plan())).toEqual(['two-days', 'evening'])
    expect(steps(moved, [known({})])).toEqual(['two-days', 'evening'])
    const over = known({ state: 'said', starts_at: Temporal.Instant.from('2030-09-30T18:00:00Z') })
    expect(steps(off, [over])).toEqual([])
  })

  it('is told once, however often it is planned, and again when it moves again', () => {
    const told = [known({ state: 'said' }), known({ id: 'c', edition: 2, step_key: 'moved', state: 'said' })]
    const again = planAppointment(moved, told, context([plan(corrects)]))
    expect(again.save.map((r) => r.stepKey)).toEqual(['two-days', 'evening'])
    const third = { ...moved, edition: 3, data: { event_type: 'Hearing', start_at: '2030-10-22T18:00:00Z' } }
    expect(
      planAppointment(third, told, context([plan(corrects)])).save.map((r) => [r.edition, r.stepKey]),
    ).toContainEqual([3, 'moved'])
  })

  it('is told nothing where the place is another and the time the same', () => {
    const same = appointment({ edition: 2, mark: 'v2' })
    expect(
      planAppointment(same, [known({ state: 'said' })], context([plan(corrects)])).save.map((r) => r.stepKey),
    ).toEqual(['two-days', 'evening'])
  })
})

describe('whether the client came', () => {
  const says = {
    missed: "appointment.?outcome.orValue('') == 'No show'",
    kept: "appointment.?outcome.orValue('') in ['Held', 'Both']",
  }
  const of = (outcome: string | undefined, more: object = says, start = '2030-09-30T18:00:00Z') =>
    planAppointment(
      appointment({ data: { event_type: 'Hearing', start_at: start, ...(outcome ? { outcome } : {}) } }),
      [],
      context([plan(more)]),
    )

  it('is what the plan reads from the CMS, also of what is over', () => {
    const startsAt = Temporal.Instant.from('2030-09-30T18:00:00Z')
    expect(of('No show').attendance).toEqual({ startsAt, outcome: 'missed' })
    expect(of('Held').attendance).toEqual({ startsAt, outcome: 'kept' })
  })

  it('is not known where nobody said, one condition is no, or both are yes', () => {
    for (const outcome of [undefined, '', 'Postponed']) expect(of(outcome).attendance?.outcome).toBeNull()
    expect(of('Held', { missed: says.missed }).attendance?.outcome).toBeNull()
    expect(of('Both', { missed: 'true', kept: says.kept }).attendance?.outcome).toBeNull()
    expect(of('Held', {}).attendance?.outcome).toBeNull()
  })

  it('can’t be said of what has no time, and a condition that fails is told to staff', () => {
    expect(of('Held', says, 'soon').attendance).toBeNull()
    const wrong = of('Held', { missed: "appointment.nothing == 'x'" })
    expect(wrong.attendance).toBeNull()
    expect(wrong.problem).toMatchObject({ plan: 'court', message: expect.stringMatching(/^missed: /) })
    expect(
      compilePlan(
        planConfig.parse({
          ...says,
          missed: 'appointment.',
          key: 'k',
          when: 'true',
          template: 't',
          steps: [{ key: 'a', before: 'PT1H' }],
        }),
        1,
      ),
    ).toMatchObject({
      ok: false,
      problems: [{ path: ['missed'] }],
    })
  })
})

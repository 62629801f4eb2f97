import { describe, expect, it } from 'vitest'
import type { ConnectionId, MatterId } from '../../kernel/index.ts'
import { compilePlan } from './compile.ts'
import { type Asking, judgeReminder } from './judge.ts'
import type { DueReminder } from './store.ts'
import { planConfig } from './types.ts'

const now = Temporal.Instant.from('2030-10-08T18:00:00Z')
const ago = (seconds: number) => now.subtract({ seconds })
function plan(more: object = {}) {
  const compiled = compilePlan(
    planConfig.parse({
      key: 'court',
      when: 'true',
      template: 't',
      steps: [{ key: 'two-days', before: 'PT48H' }],
      ...more,
    }),
    1,
  )
  if (!compiled.ok) throw new Error('the plan is wrong')
  return compiled.plan
}
const reminder = (more: Partial<DueReminder> = {}): DueReminder => ({
  id: 'r',
  fact_id: 'f',
  matter_id: 'm' as MatterId,
  edition: 1,
  mark: 'v1',
  plan_key: 'court',
  step_key: 'two-days',
  person: null,
  starts_at: Temporal.Instant.from('2030-10-10T18:00:00Z'),
  due_at: now,
  zone: 'America/New_York',
  asked_at: null,
  created_at: ago(3_600),
  connection_id: 'c' as ConnectionId,
  external_id: '1',
  data: { start_at: '2030-10-10T18:00:00Z' },
  previous_data: null,
  fact_edition: 1,
  removed: false,
  confirmed: false,
  observed_at: ago(10),
  ...more,
})
const asking = (more: Partial<Asking> = {}): Asking => ({
  now,
  firmZone: 'America/New_York',
  plan: plan(),
  readable: true,
  takesPart: true,
  toldByRule: false,
  ...more,
})

describe('a reminder that is due', () => {
  it('is said when its appointment was looked at in the last minute, or can’t be looked at', () => {
    expect(judgeReminder(reminder(), asking())).toEqual({ kind: 'say' })
    expect(judgeReminder(reminder({ observed_at: ago(86_400) }), asking({ readable: false }))).toEqual({
      kind: 'say',
    })
  })

  it('asks first when it was not, waits for the answer, and asks again when that has grown old', () => {
    const old = { observed_at: ago(61) }
    expect(judgeReminder(reminder(old), asking()).kind).toBe('ask')
    expect(judgeReminder(reminder({ ...old, asked_at: ago(5) }), asking()).kind).toBe('wait')
    expect(judgeReminder(reminder({ observed_at: ago(4), asked_at: ago(5) }), asking())).toEqual({
      kind: 'say',
    })
    expect(judgeReminder(reminder({ observed_at: ago(90), asked_at: ago(95) }), asking()).kind).toBe('ask')
  })

  it('without an answer after five minutes is held or said, as the plan says', () => {
    const silent = reminder({ observed_at: ago(900), asked_at: ago(301) })
    expect(judgeReminder(silent, asking()).kind).toBe('hold')
    expect(judgeReminder(silent, asking({ plan: plan({ unreadable: 'send' }) }))).toEqual({ kind: 'say' })
  })

  it('ends when the appointment is another, is off or has begun, or the plan is another', () => {
    const end = (more: Partial<DueReminder>, with_: Partial<Asking> = {}) =>
      judgeReminder(reminder(more), asking(with_))
    expect(end({ fact_edition: 2 })).toMatchObject({
      state: 'superseded',
      reason: 'the appointment has moved',
    })
    expect(end({ fact_edition: 2, removed: true })).toMatchObject({ reason: 'the appointment is off' })
    expect(end({}, { plan: undefined })).toMatchObject({ reason: 'the plan is gone' })
    expect(end({ step_key: 'gone' })).toMatchObject({ reason: 'the plan has changed' })
    expect(end({ starts_at: now, data: { start_at: now.toString() } })).toMatchObject({
      state: 'skipped',
      reason: 'the appointment has begun',
    })
    expect(end({ data: {} })).toMatchObject({ state: 'skipped', reason: 'its time can not be read' })
  })

  it('of a whole day is not over when the day begins', () => {
    const day = { starts_at: ago(3_600), data: { start_at: '2030-10-08', all_day: true } }
    expect(judgeReminder(reminder(day), asking())).toEqual({ kind: 'say' })
  })
})

it('a correction is left to the rule that has told of the change already', () => {
  const correction = reminder({ step_key: 'moved' })
  expect(judgeReminder(correction, asking())).toEqual({ kind: 'say' })
  expect(judgeReminder(correction, asking({ toldByRule: true }))).toMatchObject({
    state: 'skipped',
    reason: 'a rule told of the change',
  })
  const off = reminder({ step_key: 'cancelled', removed: true, mark: 'removed' })
  expect(judgeReminder(off, asking())).toEqual({ kind: 'say' })
})

describe('a reminder of what the client has confirmed', () => {
  const skipping = plan({ steps: [{ key: 'two-days', before: 'PT48H', whenConfirmed: 'skip' }] })
  const judge = (confirmed: boolean, by: ReturnType<typeof plan>) =>
    judgeReminder(reminder({ confirmed }), {
      now,
      firmZone: 'America/New_York',
      plan: by,
      readable: true,
      takesPart: true,
      toldByRule: false,
    })

  it('goes all the same, unless its step says otherwise', () => {
    expect(judge(true, plan())).toEqual({ kind: 'say' })
    expect(judge(false, skipping)).toEqual({ kind: 'say' })
    expect(judge(true, skipping)).toEqual({
      kind: 'end',
      state: 'skipped',
      reason: 'the client has confirmed',
    })
  })
})

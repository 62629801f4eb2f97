/** Whether clients came, as the CMS says it where a plan reads it there, and as staff say it. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sayAttendanceCommand } from '../../src/main/commands/appointments.ts'
import { applyChanged } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })
let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.settled()
})
afterAll(() => world.close())

/** Of James Whitfield. The world begins on a Tuesday: 2030-10-15T18:00Z. */
const hearing = async (start: string, more: object) => {
  const { data } = (await world.control('POST', '/_sandbox/cms/calendar_entries', {
    start_at: start,
    end_at: Temporal.Instant.from(start).add({ hours: 1 }).toString(),
    matter: { id: 21002 },
    ...more,
  })) as { data: { id: number } }
  await world.settled()
  return String(data.id)
}
const until = (moment: string) =>
  world.advance({
    seconds: Math.ceil(world.clock.now().until(Temporal.Instant.from(moment)).total('seconds')),
  })

describe('whether the client came', () => {
  const attendance = (id: string) =>
    world.rows<{ outcome: string; said_by: string }>(
      `select a.outcome, a.said_by from appointment_attendance a join facts f on f.id = a.fact_id where f.external_id = $1`,
      [id],
    )
  const rename = async (id: string, summary: string) => {
    await world.control('PATCH', `/_sandbox/cms/calendar_entries/${id}`, { summary })
    await world.settled()
  }
  const staffSay = async (id: string, outcome: 'kept' | 'missed' | 'unknown') => {
    const terminal = { out: () => {}, err: () => {}, colour: false }
    expect(await sayAttendanceCommand({ ...world.runtime, terminal, by: 'cli:test' }, id, outcome, {})).toBe(
      0,
    )
    await world.settled()
  }
  const signing = { summary: 'Signing', calendar_entry_event_type: { name: 'Signing' } }
  const conditions = `  missed: appointment.summary.startsWith('NO SHOW')\n  kept: appointment.summary.startsWith('HELD')\n`

  it('is read from the CMS where the plan says how, and staff have the last word', async () => {
    await applyChanged(world, {
      'reminders.yaml': [['- key: office-meeting\n', `- key: office-meeting\n${conditions}`]],
    })
    const id = await hearing('2030-10-16T22:00:00Z', signing)
    await until('2030-10-16T22:30:00Z')
    expect(await attendance(id)).toEqual([])
    await rename(id, 'NO SHOW: Signing')
    expect(await attendance(id)).toEqual([{ outcome: 'missed', said_by: 'cms' }])
    await rename(id, 'HELD, late: Signing')
    expect(await attendance(id)).toEqual([{ outcome: 'kept', said_by: 'cms' }])
    await staffSay(id, 'missed')
    await rename(id, 'HELD: Signing')
    expect(await attendance(id)).toEqual([{ outcome: 'missed', said_by: 'cli:test' }])
    await staffSay(id, 'unknown')
    expect(await attendance(id)).toEqual([{ outcome: 'kept', said_by: 'cms' }])
    await rename(id, 'Signing')
    expect(await attendance(id)).toEqual([])
  })

  it('is read anew when the plan is another', async () => {
    const id = await hearing('2030-10-17T22:00:00Z', signing)
    await until('2030-10-17T22:30:00Z')
    await rename(id, 'DNA Signing')
    expect(await attendance(id)).toEqual([])
    await applyChanged(world, {
      'reminders.yaml': [
        ['- key: office-meeting\n', `- key: office-meeting\n${conditions.replace('NO SHOW', 'DNA')}`],
      ],
    })
    await world.settled()
    expect(await attendance(id)).toEqual([{ outcome: 'missed', said_by: 'cms' }])
  })
})

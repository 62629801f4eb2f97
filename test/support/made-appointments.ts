/** Appointments with their reminders, answers and attendance, written into the tables as they end up: for reports. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { type Rows, writeRows } from './rows.ts'

export interface MadeReminder {
  plan: string
  step: string
  template: string
  /** Hours before the appointment. */
  lead: number
  state: 'said' | 'skipped' | 'superseded'
  /** Of one that was said: whether a message left. */
  left: boolean
}

export interface MadeEdition {
  startsAt: Temporal.Instant
  reminders: readonly MadeReminder[]
  /** In the order in which they came; `to` is which of the reminders. */
  answers: readonly { to: number; answer: 'confirmed' | 'another_date' }[]
}

export interface MadeAppointment {
  type: string | null
  removed: boolean
  editions: readonly MadeEdition[]
  attendance: readonly { startsAt: Temporal.Instant; outcome: 'kept' | 'missed' }[]
}

interface Whose {
  firmId: string
  cms: string
  carrier: string
  matterId: string
  clientId: string
  now: Temporal.Instant
}

/**
 * @param pool a superuser's: no trigger and no key is looked at, since only what a report reads is made
 * @returns their ids, in order
 */
export async function makeAppointments(
  pool: pg.Pool,
  whose: Whose,
  list: readonly MadeAppointment[],
): Promise<string[]> {
  const now = whose.now.toString()
  const tables: Record<string, Rows> = {
    facts: [],
    reminders: [],
    notices: [],
    messages: [],
    incoming_texts: [],
    appointment_answers: [],
    appointment_attendance: [],
  }
  const ids = list.map((made) => {
    const id = randomUUID()
    tables.facts!.push({
      id,
      connection_id: whose.cms,
      kind: 'appointment',
      external_id: id,
      matter_id: whose.matterId,
      data: {
        event_type: made.type,
        summary: 'Meeting',
        start_at: made.editions.at(-1)?.startsAt.toString(),
      },
      observed_at: now,
      removed_at: made.removed ? now : null,
      planned: 'done',
      edition: made.editions.length + (made.removed ? 1 : 0),
      announced: true,
      mark: '',
    })
    for (const [i, edition] of made.editions.entries()) addEdition(tables, whose, id, i + 1, edition)
    for (const { startsAt, outcome } of made.attendance)
      tables.appointment_attendance!.push({
        fact_id: id,
        starts_at: startsAt.toString(),
        outcome,
        said_by: 'cms',
        said_at: now,
      })
    return id
  })
  await writeRows(pool, whose.firmId, tables)
  return ids
}

function addEdition(
  tables: Record<string, Rows>,
  { carrier, matterId, clientId, now }: Whose,
  factId: string,
  edition: number,
  { startsAt, reminders, answers }: MadeEdition,
): void {
  const at = now.toString()
  const made = reminders.map((r) => {
    const one = { id: randomUUID(), event: randomUUID(), message: randomUUID() }
    const said = r.state === 'said'
    tables.reminders!.push({
      id: one.id,
      fact_id: factId,
      matter_id: matterId,
      edition,
      mark: '',
      plan_key: r.plan,
      step_key: r.step,
      starts_at: startsAt.toString(),
      due_at: startsAt.subtract({ hours: r.lead }).toString(),
      state: r.state,
      zone: 'UTC',
      zone_of: 'firm',
      event_id: said ? one.event : null,
      created_at: at,
      updated_at: at,
    })
    if (!said) return one
    const notice = randomUUID()
    tables.notices!.push({
      id: notice,
      event_id: one.event,
      matter_id: matterId,
      client_id: clientId,
      rule_key: `reminder:${r.plan}/${r.step}`,
      rule_version: 1,
      action: 0,
      purpose: 'reminder',
      urgency: 'normal',
      template_key: r.template,
      state: 'messaged',
      gates: [],
      fact_id: factId,
      fact_mark: '',
      cause: notice,
      created_at: at,
      updated_at: at,
    })
    tables.messages!.push({
      id: one.message,
      notice_id: notice,
      matter_id: matterId,
      client_id: clientId,
      contact_point_id: randomUUID(),
      connection_id: carrier,
      channel: 'sms',
      address: '+12015550147',
      purpose: 'reminder',
      urgent: false,
      template_key: r.template,
      template_version: 1,
      language: 'en',
      body: 'Words',
      state: r.left ? 'delivered' : 'cancelled',
      due_at: at,
      attempt_count: 1,
      retry_step: 0,
      sent_at: r.left ? at : null,
      cause: one.message,
      created_at: at,
    })
    return one
  })
  for (const [i, { to, answer }] of answers.entries()) {
    const text = randomUUID()
    tables.incoming_texts!.push({
      id: text,
      connection_id: carrier,
      provider_message_id: text,
      from_address: '+12015550147',
      to_address: '+12015550123',
      body: 'C',
      media: [],
      meaning: answer === 'confirmed' ? 'confirm' : 'reschedule',
      client_ids: '{}',
      matter_ids: '{}',
      received_at: at,
    })
    tables.appointment_answers!.push({
      id: randomUUID(),
      fact_id: factId,
      edition,
      number: i + 1,
      answer,
      starts_at: startsAt.toString(),
      matter_id: matterId,
      client_id: clientId,
      reminder_id: made[to]!.id,
      message_id: made[to]!.message,
      text_id: text,
      event_id: randomUUID(),
      words: 'Words',
      answered_at: at,
    })
  }
}

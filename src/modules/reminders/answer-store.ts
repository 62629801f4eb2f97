/** What was asked of an address, and the rows of what was answered. The only SQL on them. */
import type { ClientId, EventId, MatterId, MessageId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { answersConfig, answerWords } from '../templates/index.ts'
import type { Asked } from './answer-judge.ts'
import type { AppointmentAnswer } from './types.ts'

/** More questions than a family is asked in the time that reminders are ahead of their dates. */
const mostAsked = 100

/**
 * Reminders to this address that asked, by the words of the very version that was said, and left. Their appointments
 * are not long past; whether they are still to come is for `judgeAnswer` to say.
 */
export async function askedOf(tx: FirmTx, address: string, now: Temporal.Instant): Promise<Asked[]> {
  const rows = await tx.rows<
    Omit<Asked, 'words'> & { asks: unknown; language: string } & Record<string, unknown>
  >(
    `select m.id as "messageId", m.sent_at as "sentAt", m.language, m.template_key as "templateKey",
       v.body -> 'answers' as asks, m.client_id as "clientId", m.matter_id as "matterId",
       t.client_id as "matterClientId", r.id as "reminderId", r.plan_key as "planKey", r.fact_id as "factId",
       f.connection_id as "connectionId", f.external_id as "externalId", r.edition, f.edition as "factEdition", f.mark,
       f.removed_at is not null as removed, r.starts_at as "startsAt", f.data
     from messages m
     join notices n on n.id = m.notice_id
     join reminders r on r.fact_id = n.fact_id and r.event_id = n.event_id
     join facts f on f.id = r.fact_id
     join matters t on t.id = m.matter_id
     join config_versions v on v.firm_id = m.firm_id and v.kind = 'template' and v.key = m.template_key
       and v.version = m.template_version
     where m.firm_id = current_firm() and m.address = $1 and m.channel = 'sms' and m.state in ('sent', 'delivered')
       and m.sent_at is not null and r.starts_at > $2 and v.body -> 'answers' is not null
     order by m.sent_at desc limit $3`,
    [address, now.subtract({ hours: 24 }), mostAsked],
    'answers_asked',
  )
  return rows.flatMap(({ asks, language, ...asked }) => {
    const config = answersConfig.safeParse(asks)
    return config.success ? [{ ...asked, words: answerWords(config.data, language) }] : []
  })
}

/** @returns when an answer from this address was last understood */
export async function answeredAt(tx: FirmTx, address: string): Promise<Temporal.Instant | null> {
  const [row] = await tx.rows<{ at: Temporal.Instant }>(
    `select received_at as at from incoming_texts
     where firm_id = current_firm() and from_address = $1 and meaning in ('confirm', 'reschedule')
     order by received_at desc limit 1`,
    [address],
    'answers_last',
  )
  return row?.at ?? null
}

export interface KnownAnswer extends Record<string, unknown> {
  number: number
  answer: AppointmentAnswer
  task_id: string | null
}

/** @returns what the client says now of this edition; null: nothing yet */
export async function answerOf(tx: FirmTx, factId: string, edition: number): Promise<KnownAnswer | null> {
  const [row] = await tx.rows<KnownAnswer>(
    `select number, answer, task_id from appointment_answers where fact_id = $1 and edition = $2
     order by number desc limit 1`,
    [factId, edition],
    'answers_of',
  )
  return row ?? null
}

export interface NewAnswer {
  id: string
  factId: string
  edition: number
  number: number
  answer: AppointmentAnswer
  startsAt: Temporal.Instant
  matterId: MatterId
  clientId: ClientId
  reminderId: string
  messageId: MessageId
  textId: string
  eventId: EventId
  taskId: string | null
  words: string
  at: Temporal.Instant
}

export async function insertAnswer(tx: FirmTx, answer: NewAnswer): Promise<void> {
  await insertMany(tx, 'appointment_answers', [
    {
      id: answer.id,
      fact_id: answer.factId,
      edition: answer.edition,
      number: answer.number,
      answer: answer.answer,
      starts_at: answer.startsAt,
      matter_id: answer.matterId,
      client_id: answer.clientId,
      reminder_id: answer.reminderId,
      message_id: answer.messageId,
      text_id: answer.textId,
      event_id: answer.eventId,
      task_id: answer.taskId,
      words: answer.words,
      answered_at: answer.at,
    },
  ])
}

/** The task of an answer was done, and the client asks again. */
export async function renewTask(tx: FirmTx, factId: string, edition: number, taskId: string): Promise<void> {
  await tx.run(
    `update appointment_answers set task_id = $3 where fact_id = $1 and edition = $2
       and number = (select max(number) from appointment_answers where fact_id = $1 and edition = $2)`,
    [factId, edition, taskId],
  )
}

/** Reads the stories of a page and what stands beside them: one statement per table, by ids, never per row. */
import type {
  PlainTask,
  TraceAttempt,
  TraceCmsCall,
  TraceConsentChange,
  TraceDeadLetter,
  TraceDecision,
  TraceDelivery,
  TraceMatter,
  TraceMessage,
  TraceNotice,
  TracePause,
  TraceQuarantine,
  TraceReceipt,
  TraceReminderAnswer,
  TraceStory,
  TraceText,
  TraceWaiting,
  TraceWriting,
} from '../../../contracts/trace.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { outRows } from './rows.ts'

type Ids = readonly string[]
type Of<T> = T & { messageId: string }

export type EventRow = TraceStory['event'] & { delivery: TraceDelivery | null }

/** Null where it is there still. @param what the beginning of the columns that say so */
export const deletedUnder = (what: string): string =>
  `case when ${what}_deleted_at is not null then json_build_object(
     'at', to_char(${what}_deleted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
     'rule', ${what}_deleted_rule, 'hash', ${what}_hash) end`

/** With the delivery each came in; of deliveries only what names them, never their bodies. */
export async function loadEvents(tx: FirmTx, ids: Ids): Promise<EventRow[]> {
  type Row = TraceStory['event'] & {
    deliveryId: string | null
    receivedAt: string
    model: string | null
    repeat: boolean
    state: string
    reason: string | null
    bodyDeleted: TraceDelivery['bodyDeleted']
  }
  const rows = await outRows<Row>(
    tx,
    `select e.id, e.type, c.key as connection, e.matter_id as "matterId", e.client_id as "clientId", e.subject,
            e.occurred_at as "occurredAt", e.recorded_at as "recordedAt", e.outcome, e.data,
            d.id as "deliveryId", d.received_at as "receivedAt", d.model, d.repeat, d.state, d.reason,
            ${deletedUnder('d.body')} as "bodyDeleted"
     from events e join connections c on c.id = e.connection_id left join inbound_deliveries d on d.id = e.delivery_id
     where e.id = any($1)`,
    [ids],
    'trace_events',
  )
  return rows.map(({ deliveryId, receivedAt, model, repeat, state, reason, bodyDeleted, ...event }) => ({
    ...event,
    delivery: deliveryId
      ? {
          id: deliveryId,
          connection: event.connection,
          receivedAt,
          model,
          repeat,
          state,
          reason,
          bodyDeleted,
        }
      : null,
  }))
}

export const loadDecisions = (tx: FirmTx, eventIds: Ids) =>
  outRows<TraceDecision>(
    tx,
    `select id, event_id as "eventId", at, trigger, config_revision as "configRevision", results
     from decisions where event_id = any($1) order by at, id`,
    [eventIds],
    'trace_decisions',
  )

export const loadNotices = (tx: FirmTx, eventIds: Ids) =>
  outRows<Omit<TraceNotice, 'messages'>>(
    tx,
    `select n.id, event_id as "eventId", matter_id as "matterId", client_id as "clientId", audience, c.name as recipient, rule_key as rule,
            rule_version as "ruleVersion", action, purpose, urgency, template_key as template, state, reason, gates,
            due_at as "dueAt", deadline_at as "deadlineAt", created_at as "createdAt", updated_at as "updatedAt"
     from notices n left join clients c on c.id = n.client_id where event_id = any($1) order by created_at, action, n.id`,
    [eventIds],
    'trace_notices',
  )

export const loadMessages = (tx: FirmTx, noticeIds: Ids) =>
  outRows<Omit<TraceMessage, 'attempts' | 'receipts' | 'deadLetters' | 'answers' | 'writings'>>(
    tx,
    `select m.id, m.notice_id as "noticeId", m.matter_id as "matterId", m.client_id as "clientId",
            m.contact_point_id as "contactPointId", c.key as connection, c.kind as provider, m.channel, m.address,
            m.purpose, m.urgent, m.template_key as template, m.template_version as "templateVersion", m.language,
            m.subject, m.body, ${deletedUnder('m.words')} as "wordsDeleted", m.segments, m.state, m.reason, m.due_at as "dueAt", m.attempt_count as "attemptCount",
            m.retry_step as "retryStep", m.provider_message_id as "providerMessageId", m.created_at as "createdAt",
            m.sent_at as "sentAt", m.settled_at as "settledAt", m.opened_at as "openedAt",
            m.machine_opened_at as "machineOpenedAt", m.clicked_at as "clickedAt", m.replied_at as "repliedAt",
            case when d.id is not null then json_build_object('id', d.id, 'key', d.key, 'state', d.state, 'dueAt', d.due_at,
              'message', said.message) end as digest
     from messages m join connections c on c.id = m.connection_id
       left join digests d on d.id = m.digest_id
       left join lateral (
         select json_build_object('id', s.id, 'state', s.state, 'sentAt', s.sent_at, 'settledAt', s.settled_at) as message
         from messages s where s.carries = d.id order by s.created_at desc limit 1) said on true
     where m.notice_id = any($1) order by m.created_at, m.channel desc, m.id`,
    [noticeIds],
    'trace_messages',
  )

export const loadAttempts = (tx: FirmTx, messageIds: Ids) =>
  outRows<Of<TraceAttempt>>(
    tx,
    `select id, message_id as "messageId", number, started_at as "startedAt", finished_at as "finishedAt", verdict, code,
            detail, provider_message_id as "providerMessageId", reported, absent_since as "absentSince"
     from attempts where message_id = any($1) order by message_id, number`,
    [messageIds],
    'trace_attempts',
  )

export const loadReceipts = (tx: FirmTx, messageIds: Ids) =>
  outRows<Of<TraceReceipt>>(
    tx,
    `select id, message_id as "messageId", attempt_id as "attemptId", kind, code, detail, at, received_at as "receivedAt",
            provider_message_id as "providerMessageId"
     from receipts where message_id = any($1) order by at, received_at`,
    [messageIds],
    'trace_receipts',
  )

export const loadDeadLetters = (tx: FirmTx, messageIds: Ids) =>
  outRows<Of<TraceDeadLetter>>(
    tx,
    `select id, message_id as "messageId", attempt_number as "attemptNumber", cause, code, detail, state,
            opened_at as "openedAt", resolved_at as "resolvedAt", resolved_by as "resolvedBy", resolution
     from dead_letters where message_id = any($1) order by opened_at`,
    [messageIds],
    'trace_dead_letters',
  )

export const loadAnswers = (tx: FirmTx, messageIds: Ids) =>
  outRows<Of<TraceReminderAnswer>>(
    tx,
    `select a.id, a.message_id as "messageId", a.answer, a.answered_at as at, a.text_id as "textId",
            a.edition = f.edition and f.removed_at is null and not exists (select from appointment_answers b
              where b.fact_id = a.fact_id and b.edition = a.edition and b.number > a.number) as counts
     from appointment_answers a join facts f on f.id = a.fact_id
     where a.message_id = any($1) order by a.answered_at, a.number`,
    [messageIds],
    'trace_answers',
  )

export const loadWritings = (tx: FirmTx, sourceIds: Ids) =>
  outRows<TraceWriting & { sourceId: string }>(
    tx,
    `select w.id, w.source_id as "sourceId", c.key as connection, w.kind, w.state, w.external_id as "externalId",
            w.written_at as "writtenAt", w.due_at as "dueAt", w.tries, w.last_error as "lastError"
     from cms_writes w join connections c on c.id = w.connection_id
     where w.source_id = any($1) order by w.created_at, w.kind, c.key`,
    [sourceIds],
    'trace_writings',
  )

export interface ClientRow {
  id: string
  externalId: string
  name: string
  language: string | null
  timeZone: string | null
  preference: string | null
  pausedInCms: boolean
  observedAt: string
}

export const loadClientRows = (tx: FirmTx, ids: Ids) =>
  outRows<ClientRow>(
    tx,
    `select id, external_id as "externalId", name, language, time_zone as "timeZone", preference,
            cms_paused as "pausedInCms", observed_at as "observedAt"
     from clients where id = any($1) order by id`,
    [ids],
    'trace_clients',
  )

export interface ContactRow {
  id: string
  clientId: string
  channel: 'sms' | 'email'
  address: string
  rank: number
  origin: string
  suppressedAt: string | null
  suppressedReason: string | null
  removedAt: string | null
}

export const loadContacts = (tx: FirmTx, clientIds: Ids) =>
  outRows<ContactRow>(
    tx,
    `select id, client_id as "clientId", channel, address, rank, origin, suppressed_at as "suppressedAt",
            suppressed_reason as "suppressedReason", removed_at as "removedAt"
     from contact_points where client_id = any($1) order by removed_at nulls first, channel desc, rank, id`,
    [clientIds],
    'trace_contacts',
  )

export interface ConsentRow {
  channel: string
  address: string
  purpose: string
  granted: boolean
  how: string
  by: string
  at: string
}

export const loadConsents = (tx: FirmTx, addresses: Ids) =>
  outRows<ConsentRow>(
    tx,
    `select channel, address, purpose, granted, how, recorded_by as by, at from consents
     where firm_id = current_firm() and address = any(select lower(a) from unnest($1::text[]) a) order by purpose`,
    [addresses],
    'trace_consents',
  )

export const loadMatters = (tx: FirmTx, ids: Ids) =>
  outRows<TraceMatter>(
    tx,
    `select id, external_id as "externalId", client_id as "clientId", number, title, raw_status as "rawStatus", state,
            previous_state as "previousState", state_entered_at as "stateEnteredAt", settles_at as "settlesAt",
            observed_at as "observedAt"
     from matters where id = any($1) order by id`,
    [ids],
    'trace_matters',
  )

export const loadPauses = (tx: FirmTx, now: Temporal.Instant, targets: Ids | null) =>
  outRows<TracePause>(
    tx,
    `select id, scope, target_id as "targetId", reason, paused_by as by, created_at as at, ends_at as "endsAt"
     from pauses where firm_id = current_firm() and lifted_at is null and (ends_at is null or ends_at > $1)
       and ($2::uuid[] is null or target_id = any($2)) order by created_at`,
    [now, targets],
    'trace_pauses',
  )

export const loadTexts = (tx: FirmTx, addresses: Ids, limit: number) =>
  outRows<TraceText>(
    tx,
    `select x.* from unnest($1::text[]) as a(address),
       lateral (select id, from_address as "from", to_address as "to", body, ${deletedUnder('words')} as "wordsDeleted", media, meaning, received_at as "receivedAt"
                from incoming_texts where firm_id = current_firm() and from_address = a.address
                order by received_at desc limit $2) x
     order by x."receivedAt" desc limit $2`,
    [addresses, limit],
    'trace_texts',
  )

export const loadConsentChanges = (tx: FirmTx, addresses: Ids, limit: number) =>
  outRows<TraceConsentChange>(
    tx,
    `select id, channel, address, purpose, granted, how, recorded_by as by, at from consent_changes
     where firm_id = current_firm() and address = any($1) order by at desc limit $2`,
    [addresses, limit],
    'trace_consent_changes',
  )

/** Open ones first. */
export const loadTasks = (tx: FirmTx, clientIds: Ids, matterIds: Ids, limit: number) =>
  outRows<PlainTask>(
    tx,
    `select id, kind, title, detail, matter_id as "matterId", client_id as "clientId", assignee, due_at as "dueAt", state,
            created_at as "createdAt", done_at as "doneAt", done_by as "doneBy"
     from tasks where id in (
       select id from tasks where matter_id = any($2) union select id from tasks where client_id = any($1))
     order by state desc, created_at desc limit $3`,
    [clientIds, matterIds, limit],
    'trace_tasks',
  )

/** What could not be understood about these matters and is open, and what once was and became one of these stories. */
export const loadQuarantine = (tx: FirmTx, externalIds: Ids, deliveryIds: Ids, limit: number) =>
  outRows<TraceQuarantine>(
    tx,
    `select q.id, q.delivery_id as "deliveryId", c.key as connection, q.kind, q.raw_status as "rawStatus", q.detail,
            q.state, q.at, q.resolved_at as "resolvedAt", q.resolved_by as "resolvedBy"
     from (
       select * from quarantine where firm_id = current_firm() and state = 'open' and detail->>'matter' = any($1)
       union all
       select * from quarantine where delivery_id = any($2) and state <> 'open'
     ) q join connections c on c.id = q.connection_id
     order by q.at desc limit $3`,
    [externalIds, deliveryIds, limit],
    'trace_quarantine',
  )

export const loadWaiting = (tx: FirmTx, matterIds: Ids, limit: number) =>
  outRows<TraceWaiting>(
    tx,
    `select d.id as "deliveryId", c.key as connection, d.received_at as "receivedAt", d.reason,
            coalesce(r.tries, 0) as tries, r.last_error as "lastError", r.due_at as "nextTryAt"
     from matters m
     join inbound_deliveries d on d.state = 'waiting' and d.waiting_for = m.connection_id || ' ' || m.external_id
       and d.connection_id in (select id from connections where firm_id = current_firm())
     join connections c on c.id = d.connection_id
     left join fact_requests r on r.connection_id = m.connection_id and r.external_id = m.external_id
     where m.id = any($1) order by d.received_at desc limit $2`,
    [matterIds, limit],
    'trace_waiting',
  )

export const loadCmsCalls = (tx: FirmTx, matterIds: Ids, limit: number) =>
  outRows<TraceCmsCall>(
    tx,
    `select x.*, c.key as connection from matters m,
       lateral (select id, connection_id, at, method, path, status, milliseconds, error,
                       matter_external_id as "matterExternalId"
                from cms_calls where connection_id = m.connection_id and matter_external_id = m.external_id
                order by at desc limit $2) x
     join connections c on c.id = x.connection_id
     where m.id = any($1) order by x.at desc limit $2`,
    [matterIds, limit],
    'trace_cms_calls',
  ).then((rows) => rows.map(({ connection_id: _, ...row }: TraceCmsCall & { connection_id?: string }) => row))

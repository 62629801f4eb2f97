/** Messages as the modules above make and release them. */
import type { Channel, ClientId, MessageId, NewId, NoticeId, Purpose } from '../../kernel/index.ts'
import { insertMany, toJson } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { bodyHash, record } from '../audit/index.ts'
import { joinDigests, wakeDigests } from './digests.ts'
import type { DigestSlot, NewMessage } from './types.ts'

/**
 * Stores messages; the same cause is stored once, whoever comes second.
 *
 * @returns the causes that were new
 */
export async function insertMessages(
  tx: FirmTx,
  messages: readonly NewMessage[],
  context: { now: Temporal.Instant; salt: () => Uint8Array; newId: NewId },
): Promise<Set<string>> {
  if (messages.length === 0) return new Set()
  const digests = await joinDigests(
    tx,
    messages.flatMap((m) =>
      m.digest ? [{ id: m.id, client_id: m.clientId, channel: m.channel, digest: m.digest }] : [],
    ),
    context,
  )
  const rows = messages.map((m) => ({
    id: m.id,
    notice_id: m.noticeId,
    matter_id: m.matterId,
    client_id: m.clientId,
    contact_point_id: m.contactPointId,
    connection_id: m.connectionId,
    channel: m.channel,
    address: m.address,
    purpose: m.purpose,
    urgent: m.urgent,
    template_key: m.templateKey,
    template_version: m.templateVersion,
    language: m.language,
    subject: m.subject,
    body: m.body,
    salt: context.salt(),
    segments: m.segments,
    digest_id: digests.get(m.id) ?? null,
    carries: m.carries,
    calendar: m.calendar,
    state: m.state,
    reason: m.reason,
    due_at: m.dueAt,
    attempt_count: 0,
    retry_step: 0,
    cause: m.cause,
    created_at: context.now,
  }))
  const made = await insertMany<{ cause: string }>(
    tx,
    'messages',
    rows,
    'on conflict (firm_id, cause) do nothing returning cause',
  )
  const causes = new Set(made.map((r) => r.cause))
  await record(
    tx,
    rows
      .filter((r) => causes.has(r.cause))
      .map((r) => ({
        actor: 'tipstaff',
        action: `message.${r.state}`,
        subject: `message:${r.id}`,
        data: {
          notice: r.notice_id,
          template: `${r.template_key}@${r.template_version}`,
          channel: r.channel,
          bodyHash: bodyHash(r.salt, r.body),
        },
      })),
    context.now,
  )
  return causes
}

/** @returns what went to these addresses since then, or is on its way: not what waits, was cancelled, or is a digest */
export async function sentTo(
  tx: FirmTx,
  addresses: readonly string[],
  purposes: readonly string[],
  since: Temporal.Instant,
): Promise<{ clientId: ClientId; channel: Channel; at: Temporal.Instant }[]> {
  const rows = await tx.rows<{ client_id: ClientId; channel: Channel; at: Temporal.Instant }>(
    `select client_id, channel, coalesce(sent_at, due_at) as at from messages
     where address = any($1) and created_at >= $3::timestamptz - interval '7 days' and purpose = any($2) and not urgent
       and carries is null and state not in ('held', 'cancelled', 'dead') and coalesce(sent_at, due_at) >= $3`,
    [addresses, purposes, since],
    'messages_sent_to',
  )
  return rows.map((r) => ({ clientId: r.client_id, channel: r.channel, at: r.at }))
}

export interface HeldMessage extends Record<string, unknown> {
  id: MessageId
  notice_id: NoticeId
  client_id: ClientId
  channel: Channel
  address: string
  purpose: Purpose
  urgent: boolean
  reason: string | null
  cause: string
}

/** Messages of these notices that wait for release, as far as they are due. */
export function heldMessages(
  tx: FirmTx,
  noticeIds: readonly NoticeId[],
  now: Temporal.Instant,
): Promise<HeldMessage[]> {
  return tx.rows<HeldMessage>(
    `select id, notice_id, client_id, channel, address, purpose, urgent, reason, cause from messages
     where notice_id = any($1) and state = 'held' and due_at <= $2 order by id for update`,
    [noticeIds, now],
  )
}

/** @returns the channels on which these notices led to messages, whatever became of them */
export async function saidByNotices(
  tx: FirmTx,
  noticeIds: readonly NoticeId[],
): Promise<{ id: NoticeId; channel: Channel }[]> {
  if (noticeIds.length === 0) return []
  return tx.rows<{ id: NoticeId; channel: Channel }>(
    'select notice_id as id, channel from messages where notice_id = any($1)',
    [noticeIds],
    'messages_said',
  )
}

/** Why a message ended that staff took back before it left. */
const takenBack = 'taken back'

/**
 * Takes back a message that has not begun to leave. One that carries a digest stays: what it says would be lost with it.
 *
 * @returns `left` where it is on its way, or over
 */
export async function withdrawMessage(
  tx: FirmTx,
  id: string,
  reason: string,
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<'done' | 'left' | 'missing'> {
  // The claim locks what it takes: whoever comes second finds it gone.
  const done = await tx.run(
    `update messages set state = 'cancelled', reason = $2, due_at = $3, settled_at = $3
     where id = $1 and state in ('held', 'queued') and carries is null`,
    [id, takenBack, now],
  )
  if (done === 0)
    return (await tx.rows('select from messages where id = $1', [id])).length > 0 ? 'left' : 'missing'
  const entry = { actor: by, action: 'message.withdrawn', subject: `message:${id}`, data: { reason } }
  await record(tx, [entry], now)
  return 'done'
}

/** What these notices led to and has not begun to leave is not sent any more. */
export async function cancelMessagesOf(
  tx: FirmTx,
  noticeIds: readonly NoticeId[],
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  if (noticeIds.length === 0) return
  const cancelled = await tx.rows<{ id: MessageId }>(
    `update messages set state = 'cancelled', reason = $2, due_at = $3, settled_at = $3
     where id in (select id from messages where notice_id = any($1) and state in ('held', 'queued') order by id for update)
     returning id`,
    [noticeIds, reason, now],
  )
  await record(
    tx,
    cancelled.map(({ id }) => ({
      actor: 'tipstaff',
      action: 'message.cancelled',
      subject: `message:${id}`,
      data: { reason },
    })),
    now,
  )
}

/** Messages of these notices that wait for release are not looked at before then. */
export async function postponeHeldMessages(
  tx: FirmTx,
  noticeIds: readonly NoticeId[],
  until: Temporal.Instant,
): Promise<void> {
  await tx.run(`update messages set due_at = $2 where notice_id = any($1) and state = 'held'`, [
    noticeIds,
    until,
  ])
}

/** Notices whose messages wait for release and are due. */
export async function noticesWithHeldMessages(
  tx: FirmTx,
  now: Temporal.Instant,
  limit: number,
): Promise<NoticeId[]> {
  const rows = await tx.rows<{ notice_id: NoticeId }>(
    `select m.notice_id from open_messages o join messages m on m.id = o.message_id
     where o.firm_id = current_firm() and o.state = 'held' and o.due_at <= $1 order by o.due_at limit $2`,
    [now, limit],
  )
  return rows.map((r) => r.notice_id)
}

/** Makes held messages due now, and digests that wait for newer facts. @returns how many messages */
export async function wakeHeldMessages(
  tx: FirmTx,
  target: { matterIds: readonly string[] | null; clientId: string | null },
  now: Temporal.Instant,
): Promise<number> {
  await wakeDigests(tx, target, now)
  return tx.run(
    `update messages set due_at = $1 where id in (
       select m.id from open_messages o join messages m on m.id = o.message_id
       where o.firm_id = current_firm() and o.state = 'held' and m.state = 'held'
         and ($2::uuid[] is null or m.matter_id = any($2)) and ($3::uuid is null or m.client_id = $3)
       order by m.id for update of m)`,
    [now, target.matterIds, target.clientId],
  )
}

/** What a release decided for a message that was held. */
export type SettledHeld =
  | { id: MessageId; to: 'cancelled'; reason: string }
  | {
      id: MessageId
      to: 'held'
      reason: string
      dueAt: Temporal.Instant
      /** The digest that it waits for from now on; null: none, whatever it waited for. */
      digest: (DigestSlot & { clientId: ClientId; channel: Channel }) | null
    }
  | {
      id: MessageId
      to: 'queued'
      reason: null
      dueAt: Temporal.Instant
      subject: string | null
      body: string
      language: string
      segments: number | null
      calendar: string | null
      templateVersion: number
    }

export async function settleHeld(
  tx: FirmTx,
  settled: readonly SettledHeld[],
  context: { now: Temporal.Instant; newId: NewId },
): Promise<void> {
  if (settled.length === 0) return
  const { now } = context
  const digests = await joinDigests(
    tx,
    settled.flatMap((s) =>
      s.to === 'held' && s.digest
        ? [{ id: s.id, client_id: s.digest.clientId, channel: s.digest.channel, digest: s.digest }]
        : [],
    ),
    context,
  )
  const written = await tx.rows<{ id: MessageId; salt: Buffer }>(
    `update messages m set state = x.state, reason = x.reason, due_at = x.due_at, settled_at = x.settled_at,
       subject = coalesce(x.subject, m.subject), body = coalesce(x.body, m.body),
       language = coalesce(x.language, m.language), segments = coalesce(x.segments, m.segments),
       template_version = coalesce(x.template_version, m.template_version),
       calendar = case x.state when 'queued' then x.calendar else m.calendar end,
       digest_id = case x.state when 'held' then x.digest_id else m.digest_id end
     from json_to_recordset($1) as x(id uuid, state text, reason text, due_at timestamptz, settled_at timestamptz,
       subject text, body text, language text, segments integer, template_version integer, digest_id uuid, calendar text)
     where m.id = x.id and m.state = 'held'
     returning m.id, m.salt`,
    [
      toJson(
        settled.map((s) => ({
          id: s.id,
          state: s.to,
          reason: s.reason,
          due_at: s.to === 'cancelled' ? now : s.dueAt,
          settled_at: s.to === 'cancelled' ? now : null,
          digest_id: digests.get(s.id) ?? null,
          ...(s.to === 'queued'
            ? {
                subject: s.subject,
                body: s.body,
                language: s.language,
                segments: s.segments,
                template_version: s.templateVersion,
                calendar: s.calendar,
              }
            : {}),
        })),
      ),
    ],
  )
  const salts = new Map(written.map((w) => [w.id, w.salt]))
  await record(
    tx,
    settled
      .filter((s) => salts.has(s.id))
      .map((s) => ({
        actor: 'tipstaff',
        action: s.to === 'queued' ? 'message.released' : `message.${s.to}`,
        subject: `message:${s.id}`,
        // The words may be others than when it was held: the record vouches for those that leave.
        data:
          s.to === 'queued'
            ? { template: s.templateVersion, bodyHash: bodyHash(salts.get(s.id)!, s.body) }
            : { reason: s.reason },
      })),
    now,
  )
}

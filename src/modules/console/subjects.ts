/** Whom or what a person means: a client, number, address, matter or message, in any spelling. */
import type { AskedFor } from '../../../contracts/trace.ts'
import type { ClientId, EventId, MatterId, MessageId } from '../../kernel/index.ts'
import { isUuid } from '../../kernel/index.ts'
import { parseMailAddress } from '../../kernel/mail-address.ts'
import { parsePhone } from '../../kernel/phone.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

export interface Subject {
  as: AskedFor
  /** As it was understood: E.164, a normalised address, an id. */
  value: string
  clientIds: ClientId[]
  matterIds: MatterId[]
  /** Asked for directly; those of the clients come on top. */
  addresses: string[]
  /** Set when one message is asked for: its story alone. */
  only: { eventId: EventId; messageId: MessageId } | null
}

export interface Candidate {
  as: 'client' | 'matter'
  id: string
  label: string
}

export type SubjectVerdict =
  | { kind: 'found'; subject: Subject }
  | { kind: 'none'; reason: string }
  | { kind: 'several'; candidates: Candidate[] }

/** Numbers without a country code are read as North American, which is where the firm's carriers are. */
const country = 'US'
const most = 20

/**
 * @param as what it is; absent: whatever finds something, a number or an address before names
 * @param value as typed
 */
export async function findSubject(tx: FirmTx, value: string, as?: AskedFor): Promise<SubjectVerdict> {
  const text = value.trim()
  switch (as) {
    case 'phone':
    case 'mail':
      return byAddress(tx, as, text)
    case 'message':
      return byMessage(tx, text)
    case 'client':
      return oneOf(tx, text, await findClients(tx, text))
    case 'matter':
      return oneOf(tx, text, await findMatters(tx, text))
    case undefined: {
      if (text.includes('@')) return byAddress(tx, 'mail', text)
      const message = await byMessage(tx, text)
      if (message.kind === 'found') return message
      const phone = await byAddress(tx, 'phone', text)
      if (phone.kind === 'found') return phone
      const found = [...(await findMatters(tx, text)), ...(await findClients(tx, text))]
      return oneOf(tx, text, found)
    }
  }
}

/** Clients by our id, their id in the CMS, or their name as it is written. */
export async function findClients(tx: FirmTx, text: string): Promise<Candidate[]> {
  return (
    await tx.rows<{ id: string; name: string }>(
      `select id, name from clients where id = $2
       union select id, name from clients
         where connection_id in (select id from connections where firm_id = current_firm()) and external_id = $1
       union select id, name from clients where firm_id = current_firm() and lower(name) = lower($1)
       limit ${most}`,
      [text, isUuid(text.toLowerCase()) ? text : null],
      'console_find_clients',
    )
  ).map(({ id, name }) => ({ as: 'client', id, label: name }))
}

/** Matters by our id, their number, or their id in the CMS. */
export async function findMatters(tx: FirmTx, text: string): Promise<Candidate[]> {
  return (
    await tx.rows<{ id: string; number: string | null; external_id: string; title: string | null }>(
      `select id, number, external_id, title from matters where id = $2
       union select id, number, external_id, title from matters
         where connection_id in (select id from connections where firm_id = current_firm()) and external_id = $1
       union select id, number, external_id, title from matters where firm_id = current_firm() and number = $1
       limit ${most}`,
      [text, isUuid(text.toLowerCase()) ? text : null],
      'console_find_matters',
    )
  ).map((m) => ({
    as: 'matter',
    id: m.id,
    label: [m.number ?? m.external_id, m.title].filter(Boolean).join(' '),
  }))
}

/** Clients who have, or had, this number or address. */
export async function findOwners(tx: FirmTx, addresses: readonly string[]): Promise<Candidate[]> {
  return (
    await tx.rows<{ id: string; name: string }>(
      `select id, name from clients where id in
         (select client_id from contact_points where firm_id = current_firm() and address = any($1)) limit ${most}`,
      [addresses],
      'console_find_owners',
    )
  ).map(({ id, name }) => ({ as: 'client', id, label: name }))
}

/** @returns the spellings under which an address may be stored, or why it is none */
export function spellings(
  as: 'phone' | 'mail',
  text: string,
): { ok: true; value: string; all: string[] } | { ok: false; reason: string } {
  if (as === 'phone') {
    const phone = parsePhone(text, country)
    return phone.ok ? { ok: true, value: phone.e164, all: [phone.e164] } : phone
  }
  const mail = parseMailAddress(text)
  return mail.ok ? { ok: true, value: mail.address, all: [...new Set([mail.address, mail.key])] } : mail
}

async function byAddress(tx: FirmTx, as: 'phone' | 'mail', text: string): Promise<SubjectVerdict> {
  const read = spellings(as, text)
  if (!read.ok) return { kind: 'none', reason: `"${text}" ${read.reason}` }
  const owners = await findOwners(tx, read.all)
  if (owners.length === 0 && !(await isKnown(tx, read.all)))
    return { kind: 'none', reason: `nobody is known by ${read.value}` }
  const clientIds = owners.map((o) => o.id as ClientId)
  const subject = { as, value: read.value, clientIds, addresses: read.all, only: null }
  return { kind: 'found', subject: { ...subject, matterIds: await mattersOf(tx, clientIds) } }
}

/** A number that belongs to no client may have texted us all the same. */
async function isKnown(tx: FirmTx, addresses: readonly string[]): Promise<boolean> {
  const rows = await tx.rows(
    `select where exists (select from incoming_texts where firm_id = current_firm() and from_address = any($1))
       or exists (select from consent_changes where firm_id = current_firm() and address = any($1))`,
    [addresses],
  )
  return rows.length > 0
}

/** A message by our id, by the provider's, or by the id of its dead letter. */
async function byMessage(tx: FirmTx, text: string): Promise<SubjectVerdict> {
  const none = { kind: 'none', reason: `no message has the id ${text}` } as const
  const uuid = isUuid(text.toLowerCase())
  if (!uuid && !/^[\w.@<>-]{12,200}$/.test(text)) return none
  const [row] = await tx.rows<{
    id: MessageId
    event_id: EventId
    client_id: ClientId
    matter_id: MatterId | null
  }>(
    `select m.id, n.event_id, m.client_id, m.matter_id from messages m join notices n on n.id = m.notice_id
     where m.id in (
       select $1::uuid
       union select message_id from dead_letters where id = $1::uuid
       union select message_id from attempts where provider_message_id = $2
         and connection_id in (select id from connections where firm_id = current_firm()))`,
    [uuid ? text : null, text],
    'console_find_message',
  )
  if (!row) return none
  return {
    kind: 'found',
    subject: {
      as: 'message',
      value: row.id,
      clientIds: [row.client_id],
      matterIds: row.matter_id ? [row.matter_id] : [],
      addresses: [],
      only: { eventId: row.event_id, messageId: row.id },
    },
  }
}

async function oneOf(tx: FirmTx, text: string, candidates: Candidate[]): Promise<SubjectVerdict> {
  const [one, ...more] = candidates
  if (!one) return { kind: 'none', reason: `nothing is known by "${text}"` }
  if (more.length > 0) return { kind: 'several', candidates }
  const subject = { as: one.as, value: one.id, addresses: [], only: null }
  if (one.as === 'client') {
    const clientIds = [one.id as ClientId]
    return { kind: 'found', subject: { ...subject, clientIds, matterIds: await mattersOf(tx, clientIds) } }
  }
  const matterIds = [one.id as MatterId]
  const rows = await tx.rows<{ client_id: ClientId | null }>('select client_id from matters where id = $1', [
    one.id,
  ])
  return {
    kind: 'found',
    subject: { ...subject, matterIds, clientIds: rows.flatMap((r) => (r.client_id ? [r.client_id] : [])) },
  }
}

async function mattersOf(tx: FirmTx, clientIds: readonly ClientId[]): Promise<MatterId[]> {
  const rows = await tx.rows<{ id: MatterId }>(
    'select id from matters where client_id = any($1) order by id',
    [clientIds],
    'console_matters_of',
  )
  return rows.map((r) => r.id)
}

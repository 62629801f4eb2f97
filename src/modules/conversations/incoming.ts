/** Texts that clients send: stored once, tied to whom they may be from, acted on, and put before a person. */
import type { ClientId, ConnectionId, MatterId, MessageId, NewId } from '../../kernel/index.ts'
import { insertMany } from '../../platform/db/bulk.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { consentFor, recordConsent } from '../consent/index.ts'
import type { IncomingText } from '../delivery/index.ts'
import { clientsByAddress } from '../facts/index.ts'
import { openTasks } from '../tasks/index.ts'
import { carrierAnswers, type KeptMeaning, type Meaning, meaningOf } from './meaning.ts'

export interface IncomingContext {
  now: Temporal.Instant
  connectionId: ConnectionId
  newId: NewId
  firmName: string
  /** States that nothing follows: a text is hardly about such a matter. */
  finalStates?: ReadonlySet<string>
  /** Whether it answers something that we asked; absent: we ask nothing. */
  answer?(tx: FirmTx, text: TextToAnswer): Promise<AnsweredText>
}

/** A text that asks for nothing by itself: no STOP, no START, no HELP. */
export interface TextToAnswer {
  id: string
  from: string
  body: string
}

export type AnsweredText =
  | { kind: 'none' }
  /** It is done with: marked, and staff have a task where they need one. */
  | {
      kind: 'answered'
      meaning: 'confirm' | 'reschedule'
      /** The message that asked, and whose it was: who else has this number did not answer. */
      messageId: MessageId
      clientId: ClientId
      matterId: MatterId
    }
  /** It answers, but nobody can say what: staff have a task that says so. */
  | { kind: 'unclear' }

export interface ReceivedText {
  /** False: the carrier told us of it before. */
  fresh: boolean
  meaning: KeptMeaning
  /** What to answer at once, where the carrier says nothing by itself; one confirmation (47 CFR 64.1200(a)(12)). */
  reply: string | null
}

export async function receiveTexts(
  tx: FirmTx,
  texts: readonly IncomingText[],
  context: IncomingContext,
): Promise<ReceivedText[]> {
  const results: ReceivedText[] = []
  for (const text of texts) results.push(await receive(tx, text, context))
  return results
}

async function receive(tx: FirmTx, text: IncomingText, context: IncomingContext): Promise<ReceivedText> {
  const { now } = context
  const withdrawn = await consentFor(tx, [text.from])
  const silenced = withdrawn.some((w) => w.channel === 'sms' && w.purpose === '*')
  const { meaning: read, sure } = meaningOf(text.body, text.carrierAction)
  // "Yes" from someone who gets our texts is an answer to one of them, which a person must read.
  const meaning = read === 'start' && !silenced && !saysStart(text) ? 'text' : read
  const { clientIds, matterIds } = await senders(tx, text.from, context.finalStates)
  const id = context.newId<string>()
  const [stored] = await insertMany<{ id: string }>(
    tx,
    'incoming_texts',
    [
      {
        id,
        connection_id: context.connectionId,
        provider_message_id: text.providerMessageId,
        from_address: text.from,
        to_address: text.to,
        body: text.body,
        media: text.media,
        meaning,
        client_ids: clientIds,
        matter_ids: matterIds,
        received_at: now,
      },
    ],
    'on conflict (connection_id, provider_message_id) do nothing returning id',
  )
  if (!stored) return { fresh: false, meaning, reply: null }

  // A picture is for a person to look at, whatever stands beside it.
  const answered: AnsweredText =
    meaning === 'text' && context.answer && text.media.length === 0
      ? await context.answer(tx, { id, from: text.from, body: text.body })
      : { kind: 'none' }
  if (answered.kind === 'answered') return keepAnswer(tx, id, answered, now)
  await record(
    tx,
    [{ actor: 'client', action: `text.${meaning}`, subject: `text:${id}`, data: { clients: clientIds } }],
    now,
  )
  if (meaning === 'stop' || meaning === 'start') {
    await recordConsent(tx, {
      channel: 'sms',
      address: text.from,
      purpose: '*',
      granted: meaning === 'start',
      how:
        meaning === 'start' ? 'text START' : sure ? 'text STOP or its like' : 'text with a phrase like STOP',
      by: 'client',
      at: now,
    })
  }
  if (meaning === 'text') await markReplied(tx, text.from, now)
  // STOP and START by their own words are done with; a sentence is always worth a person's look.
  if (answered.kind === 'none' && (meaning === 'text' || !carrierAnswers(text.body))) {
    await openTasks(
      tx,
      [
        {
          kind: 'incoming_text',
          title:
            clientIds.length === 0
              ? 'A text came from a number that belongs to no client'
              : meaning !== 'stop'
                ? 'A client wrote by text'
                : sure
                  ? 'A client asked by text not to be written to any more'
                  : 'Urgent: a client seems to have asked by text not to be written to any more',
          detail: sure
            ? 'Read it in the trace of this client and answer.'
            : 'Nothing goes to this number by text now. Read it today in the trace of this client: if it was not meant so, ask them to text START.',
          matterId: matterIds.length === 1 ? matterIds[0]! : null,
          clientId: clientIds.length === 1 ? clientIds[0]! : null,
          assignee: 'staff',
          dueAt: sure ? null : now,
          cause: `text ${id}`,
        },
      ],
      now,
    )
  }
  // One confirmation for each change, not for each text that asks for it (47 CFR 64.1200(a)(12)).
  const said = carrierAnswers(text.body) || (meaning === 'stop' && silenced)
  return { fresh: true, meaning, reply: said ? null : replyTo(meaning, context.firmName) }
}

/** What it means, and whose it is, is known better now than when it came. */
async function keepAnswer(
  tx: FirmTx,
  id: string,
  { meaning, messageId, clientId, matterId }: Extract<AnsweredText, { kind: 'answered' }>,
  now: Temporal.Instant,
): Promise<ReceivedText> {
  await tx.run('update incoming_texts set meaning = $2, client_ids = $3, matter_ids = $4 where id = $1', [
    id,
    meaning,
    [clientId],
    [matterId],
  ])
  await tx.run('update messages set replied_at = $2 where id = $1 and replied_at is null', [messageId, now])
  await record(
    tx,
    [
      {
        actor: 'client',
        action: `text.${meaning}`,
        subject: `text:${id}`,
        data: { clients: [clientId], asked: messageId },
      },
    ],
    now,
  )
  return { fresh: true, meaning, reply: null }
}

const saysStart = (text: IncomingText) =>
  text.carrierAction === 'start' || /^\W*(start|unstop)\W*$/i.test(text.body)

/** Whom it may be from: who has this number now, else who had it; and their matters, the open ones if there are any. */
async function senders(tx: FirmTx, address: string, finalStates: ReadonlySet<string> = new Set()) {
  const all = await clientsByAddress(tx, 'sms', address)
  const now = all.filter((o) => !o.former)
  const owners = now.length > 0 ? now : all
  const withMatter = owners.filter((o) => o.matter_id !== null)
  const open = withMatter.filter((o) => o.state === null || !finalStates.has(o.state))
  return {
    clientIds: [...new Set(owners.map((o) => o.client_id))],
    matterIds: [...new Set((open.length > 0 ? open : withMatter).map((o) => o.matter_id!))],
  }
}

function replyTo(meaning: Meaning, firmName: string): string | null {
  switch (meaning) {
    case 'stop':
      return `${firmName}: you will get no more texts from us. Reply START to get them again.`
    case 'start':
      return `${firmName}: you will get our texts again. Reply STOP to end them.`
    case 'help':
      return `${firmName}: these are updates on your case. Call our office for help. Reply STOP to end them.`
    case 'text':
      return null
  }
}

/** The last message to this number is the one that was answered, as far as anyone can tell. */
async function markReplied(tx: FirmTx, address: string, now: Temporal.Instant): Promise<void> {
  await tx.run(
    `update messages set replied_at = $2 where id = (
       select id from messages where firm_id = current_firm() and address = $1 and sent_at is not null
       order by created_at desc limit 1) and replied_at is null`,
    [address, now],
  )
}

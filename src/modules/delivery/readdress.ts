/** A dead letter whose address was wrong: staff say the right one, and what could not be delivered there goes out again. */
import type { Channel, ClientId, ConnectionId, MessageId, NewId, Purpose } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { consentFor, hasOptedOut } from '../consent/index.ts'
import { correctContactPoint, readTyped } from '../facts/index.ts'
import { tryNextContactPoint } from './next-contact-point.ts'

export type Readdressed =
  | {
      ok: true
      clientId: ClientId
      /** As it is used from now on: E.164, or a mail address. */
      address: string
      /** Letters whose message goes to the right address now: the one that was named, and others to the same wrong one. */
      letters: string[]
    }
  | { ok: false; why: 'missing' | 'not_open' }
  /** `message` is for whoever typed it, and holds no address. */
  | { ok: false; why: 'wrong' | 'refused'; message: string }

interface Letter extends Record<string, unknown> {
  state: string
  message_id: MessageId
  channel: Channel
  address: string
  purpose: Purpose
  client_id: ClientId
  /** Whose client it is, for numbers without a country code. */
  client_of: ConnectionId
}

/**
 * @param given the right phone number or mail address, as it was typed
 * @param countryOf of numbers without a country code, by connection
 * @returns which letters are answered by it. Each message is written anew to the right address, once; the gates before
 *   the attempt look at it as at any other, so what is no longer true does not go.
 */
export async function readdressDeadLetter(
  tx: FirmTx,
  id: string,
  given: string,
  countryOf: (connectionId: ConnectionId) => string,
  { by, now, newId }: { by: string; now: Temporal.Instant; newId: NewId },
): Promise<Readdressed> {
  const [letter] = await tx.rows<Letter>(
    `select d.state, d.message_id, m.channel, m.address, m.purpose, m.client_id, c.connection_id as client_of
     from dead_letters d join messages m on m.id = d.message_id join clients c on c.id = m.client_id
     where d.id = $1 for update of d`,
    [id],
  )
  if (!letter) return { ok: false, why: 'missing' }
  if (letter.state !== 'open') return { ok: false, why: 'not_open' }
  const { channel, client_id: clientId } = letter
  const typed = readTyped(channel, given, countryOf(letter.client_of))
  if (!typed.ok) return { ok: false, why: 'wrong', message: typed.reason }
  const address = typed.value
  if (address.toLowerCase() === letter.address.toLowerCase())
    return { ok: false, why: 'wrong', message: 'is the one that did not work: to try that again, replay it' }
  if (hasOptedOut(await consentFor(tx, [address]), channel, address, letter.purpose))
    return { ok: false, why: 'refused', message: 'whoever has it asked for no more messages there' }

  await correctContactPoint(tx, { clientId, channel, address, replaces: letter.address }, now, newId)
  const alike = await tx.rows<{ id: string; message_id: MessageId }>(
    `select d.id, d.message_id from dead_letters d join messages m on m.id = d.message_id
     where d.firm_id = current_firm() and d.state = 'open' and m.client_id = $1 and m.channel = $2
       and lower(m.address) = lower($3) order by d.id for update of d`,
    [clientId, channel, letter.address],
  )
  const helped = await tryNextContactPoint(
    tx,
    alike.map((a) => a.message_id),
    { now, newId },
  )
  if (!helped.has(letter.message_id))
    return { ok: false, why: 'refused', message: 'the same was sent there already' }
  const answered = alike.filter((a) => helped.has(a.message_id))
  await tx.run(
    `update dead_letters set state = 'replayed', resolved_at = $2, resolved_by = $3, resolution = 'sent to the right address'
     where id = any($1)`,
    [answered.map((a) => a.id), now, by],
  )
  await record(
    tx,
    [
      {
        actor: by,
        action: 'contact_point.corrected',
        subject: `client:${clientId}`,
        data: { channel, deadLetter: id },
      },
      ...answered.map((a) => ({
        actor: by,
        action: 'dead_letter.corrected',
        subject: `message:${a.message_id}`,
        data: { deadLetter: a.id },
      })),
    ],
    now,
  )
  return { ok: true, clientId, address, letters: answered.map((a) => a.id) }
}

/**
 * Not more a day than a firm allows, to one client by one channel, of what is neither urgent, a reminder nor a
 * conversation. What exceeds it waits for the digest of its time of day; the digest itself counts as none.
 */
import type { ClientId, NoticeId, Purpose } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { type DigestSlot, type NewMessage, sentTo, untilLifted } from '../delivery/index.ts'
import { loadClients } from '../facts/index.ts'
import { nextDaily } from '../moments/index.ts'
import { lets, type Notice } from '../notices/index.ts'
import { type FirmProgram, zoneFor } from './program.ts'

const capped: readonly Purpose[] = ['status', 'billing', 'intake', 'marketing']

/** @returns those that a person let pass the cap */
export const capLifted = (notices: readonly Notice[], now: Temporal.Instant): ReadonlySet<NoticeId> =>
  new Set(notices.filter((n) => lets(n.overrides, 'cap', now)).map((n) => n.id))

/** One that would leave now. */
type Leaving = Pick<NewMessage, 'clientId' | 'channel' | 'address' | 'purpose' | 'urgent'>

export interface Over {
  reason: string
  digest: DigestSlot
}

/**
 * @param leaving in the order in which they are to leave
 * @returns for each of those that are too many for the day, counting what left on it already: what it waits for
 */
export async function overCap<M extends Leaving>(
  tx: FirmTx,
  program: FirmProgram,
  leaving: readonly M[],
  now: Temporal.Instant,
): Promise<Map<M, Over>> {
  const { cap } = program.settings
  const digest = cap && program.digests.get(cap.digest)
  const counting = leaving.filter((m) => !m.urgent && capped.includes(m.purpose))
  if (!cap || !digest || counting.length === 0) return new Map()
  const ids = [...new Set(counting.map((m) => m.clientId))]
  const clients = await loadClients(tx, ids)
  const zoneOf = (id: ClientId) => zoneFor(program, clients.get(id)?.timeZone ?? null)
  const left = await sentTo(
    tx,
    [...new Set(counting.map((m) => m.address))],
    capped,
    now.subtract({ hours: 26 }),
  )
  const counts = new Map<string, number>()
  const nameOf = (m: { clientId: string; channel: string }) => `${m.clientId} ${m.channel}`
  for (const sent of left) {
    const zone = zoneOf(sent.clientId)
    const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDate()
    if (day(sent.at).equals(day(now))) counts.set(nameOf(sent), (counts.get(nameOf(sent)) ?? 0) + 1)
  }
  const over = new Map<M, Over>()
  for (const message of counting) {
    const count = (counts.get(nameOf(message)) ?? 0) + 1
    counts.set(nameOf(message), count)
    if (count <= cap.perDay) continue
    const until = nextDaily(digest.daily, now, zoneOf(message.clientId))
    over.set(message, {
      reason: `${cap.perDay} were sent today: waits for the digest ${digest.key}`,
      digest: { key: digest.key, until },
    })
  }
  return over
}

/**
 * @param lifted notices that a person let pass the cap
 * @returns the same messages, those over the cap held
 */
export async function underCap(
  tx: FirmTx,
  program: FirmProgram,
  messages: readonly NewMessage[],
  now: Temporal.Instant,
  lifted: ReadonlySet<NoticeId> = new Set(),
): Promise<NewMessage[]> {
  const over = await overCap(
    tx,
    program,
    messages.filter((m) => m.state === 'queued' && m.carries === null && !lifted.has(m.noticeId)),
    now,
  )
  return messages.map((message) => {
    const held = over.get(message)
    return held ? { ...message, state: 'held', dueAt: untilLifted, ...held } : message
  })
}

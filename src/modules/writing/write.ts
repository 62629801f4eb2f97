/** Sending: decided under the locks of all decisions, stored in one transaction, once for each key of a page. */
import type { EventId, MatterId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import { factsOld } from '../delivery/index.ts'
import { awaitDecideLock, insertEvents, wishForFacts } from '../ingest/index.ts'
import { lockMattersById } from '../matters/index.ts'
import { storePlans } from '../rules/index.ts'
import { type Look, lookAt, nested, type Wish, type WritingDeps } from './look.ts'
import { type Written, writtenBefore } from './store.ts'

export type Sent =
  | { kind: 'sent'; message: Written; repeated: boolean }
  /** No such matter, for whoever asks. */
  | { kind: 'no_matter' }
  | { kind: 'no_template' }
  /** Gates that nobody may let it pass, or words that are not whole: nothing is written. */
  | { kind: 'refused'; look: Look }
  /** Somebody else is the client, or has another address, or the words are others than those that were looked at. */
  | { kind: 'changed'; look: Look }
  /** The key was used for something else. */
  | { kind: 'other' }

export interface SendDeps extends WritingDeps {
  salt(): Uint8Array
  nudge(lane: string): void
}

/** Facts that are being read wake what waits for them; should the CMS be silent, it is looked at again then. */
const forNewFacts = { hours: 1 }

/**
 * @param key of the page: the same once more is the same message
 * @param mark of what was looked at
 */
export async function write(
  tx: FirmTx,
  deps: SendDeps,
  wanted: { matterId: MatterId; wish: Wish; key: string; mark: string },
): Promise<Sent> {
  const { matterId, wish, key, mark } = wanted
  await awaitDecideLock(tx)
  const [matter] = await lockMattersById(tx, [matterId])
  if (!matter) return { kind: 'no_matter' }
  const before = await writtenBefore(tx, key)
  if (before)
    return isSame(before, wanted) ? { kind: 'sent', message: before, repeated: true } : { kind: 'other' }
  const decided = await lookAt(tx, deps, matter, wish, key)
  if (!decided) return { kind: 'no_template' }
  const { look, happening, plan } = decided
  const made = plan.messages[0]
  if (look.verdict === 'refused' || look.verdict === 'incomplete' || !made) return { kind: 'refused', look }
  if (look.mark !== mark) return { kind: 'changed', look }

  const eventId = happening.eventId as EventId
  await insertEvents(
    tx,
    [
      {
        id: eventId,
        deliveryId: null,
        connectionId: matter.connection_id,
        type: happening.type,
        matterId: matter.id,
        clientId: made.clientId,
        subject: happening.subject,
        occurredAt: happening.occurredAt,
        data: happening.data,
        outcome: 'decided' as const,
      },
    ],
    deps.now,
  )
  // What a rule tells is decided after the facts were read; this is written now, and leaves after they were.
  const message = look.readFirst
    ? {
        ...made,
        state: 'held' as const,
        reason: made.reason ?? factsOld,
        dueAt: made.state === 'held' ? made.dueAt : deps.now.add(forNewFacts),
      }
    : made
  await storePlans(tx, deps.config.program, [{ eventId, plan: { ...plan, messages: [message] } }], deps)
  await record(
    tx,
    [
      {
        actor: wish.by,
        action: 'message.written',
        subject: `message:${message.id}`,
        data: { notice: message.noticeId, template: wish.template, channel: wish.channel },
      },
      ...(wish.overrides.length > 0
        ? [
            {
              actor: wish.by,
              action: 'gate.overridden',
              subject: `message:${message.id}`,
              data: { gates: wish.overrides, reason: wish.reason },
            },
          ]
        : []),
    ],
    deps.now,
  )
  if (look.readFirst)
    await wishForFacts(tx, [{ connectionId: matter.connection_id, externalId: matter.external_id }], deps.now)
  tx.afterCommit(() => {
    deps.nudge('deliver')
    if (look.readFirst) deps.nudge('fetch')
  })
  const written = await writtenBefore(tx, key)
  return { kind: 'sent', message: written!, repeated: false }
}

/** Who presses twice wants the same twice; another's message under this key is a mistake that must be seen. */
function isSame(before: Written, { matterId, wish }: { matterId: MatterId; wish: Wish }): boolean {
  return (
    before.matterId === matterId &&
    before.data.template === wish.template &&
    before.data.channel === wish.channel &&
    // Retention takes what was typed with the words; a key is that old by mistake alone.
    (before.data.typed === undefined || sameText(before.data.typed, nested(wish.typed)))
  )
}

/** Both in the order of their names. */
const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inner]) => [name, sorted(inner)])
    : value

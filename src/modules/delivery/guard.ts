/** The last look before an attempt, pure: may this message leave now? The gates above decided once; people change their minds. */
import { clientsWish, type QuietQuestion, type QuietTable } from '../moments/index.ts'
import { untilLifted } from './types.ts'

/** As a release says it. */
export const factsOld = 'facts are older than allowed'

export interface Guard {
  now: Temporal.Instant
  quiet: QuietTable
}

export interface GuardFacts extends QuietQuestion {
  paused: boolean
  /** Null: until someone lifts it. */
  pausedUntil: Temporal.Instant | null
  optedOut: boolean
  /** The contact point was suppressed, removed or changed since. */
  contactLost: boolean
  /** The matter belongs to another client now. */
  clientChanged: boolean
  /** Retention deleted the words. */
  wordsGone: boolean
  /** The matter has left the state that this message speaks of, or the fact is another now. */
  movedOn: boolean
  /** It reminds of what has begun meanwhile: a day's entry begins to be over with its day. */
  begun: boolean
  /** Leaving that state may have been a slip of the hand: until then nobody knows. */
  settlesAt: Temporal.Instant | null
  /** A person let it pass the firm's quiet hours, and that counts still. */
  quietLifted?: boolean
  /** This is not the first try, and what is known of the matter is older than the firm allows. */
  factsOld: boolean
}

export type GuardVerdict =
  | { kind: 'go' }
  | { kind: 'hold'; reason: 'paused' | 'quiet_hours' | 'settling' | typeof factsOld; until: Temporal.Instant }
  | {
      kind: 'cancel'
      reason:
        | 'opted_out'
        | 'client_changed'
        | 'contact_point_lost'
        | 'superseded'
        | 'appointment_begun'
        | 'retention'
    }

export function guard(facts: GuardFacts, at: Guard): GuardVerdict {
  if (facts.optedOut) return { kind: 'cancel', reason: 'opted_out' }
  if (facts.clientChanged) return { kind: 'cancel', reason: 'client_changed' }
  if (facts.contactLost) return { kind: 'cancel', reason: 'contact_point_lost' }
  if (facts.wordsGone) return { kind: 'cancel', reason: 'retention' }
  if (facts.settlesAt) return { kind: 'hold', reason: 'settling', until: facts.settlesAt }
  if (facts.movedOn) return { kind: 'cancel', reason: 'superseded' }
  if (facts.begun) return { kind: 'cancel', reason: 'appointment_begun' }
  if (facts.paused) return { kind: 'hold', reason: 'paused', until: facts.pausedUntil ?? untilLifted }
  const quiet = at.quiet.look(at.now, facts)
  const lifted = facts.quietLifted === true && quiet.quiet && !quiet.by.includes(clientsWish)
  if (quiet.quiet && !lifted)
    return { kind: 'hold', reason: 'quiet_hours', until: quiet.leaves ?? untilLifted }
  // Looked at at once: the release lane has them read anew, and says what has become of it.
  if (facts.factsOld) return { kind: 'hold', reason: factsOld, until: at.now }
  return { kind: 'go' }
}

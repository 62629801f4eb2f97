/** From judged events to plans: each is decided with the matter as it was then, and what came after is minded. */
import type { MatterRow } from '../matters/index.ts'
import { saidKey } from '../notices/index.ts'
import {
  decide,
  type FirmProgram,
  type Happening,
  type loadSituations,
  overtaken,
  type Plan,
} from '../rules/index.ts'
import type { DecidingContext, Judged, JudgedEvent } from './judged.ts'

/** Why nothing is said of an event that a later one of the same batch has overtaken; null: it stands. */
function overtakenBy(
  { matter, happening }: JudgedEvent,
  marks: ReadonlyMap<string, string>,
  now: Temporal.Instant,
): string | null {
  if (!matter || !happening) return null
  const entered = happening.stateEntry
  if (entered !== null && entered !== matter.state_entry && !mayComeBack(entered, matter, now))
    return 'the matter had moved on when this was decided'
  const mark = happening.fact && marks.get(happening.fact.id)
  return happening.fact && mark !== undefined && mark !== happening.fact.mark
    ? 'there is newer news of it'
    : null
}

/** The present state may be a slip of the hand, and this the entry before it. */
const mayComeBack = (entry: number, matter: MatterRow, now: Temporal.Instant): boolean =>
  entry === matter.state_entry - 1 &&
  matter.settles_at !== null &&
  Temporal.Instant.compare(matter.settles_at, now) > 0

/** Then it is held until that is known. */
const onTrial = (happening: Happening, matter: MatterRow, now: Temporal.Instant): Happening =>
  happening.stateEntry !== null && mayComeBack(happening.stateEntry, matter, now)
    ? { ...happening, settlesAt: matter.settles_at }
    : happening

/** With its appointment's edition as it is stored by now. */
function counted(happening: Happening, editions: ReadonlyMap<string, number>): Happening {
  const { fact } = happening
  const edition = fact && editions.get(fact.id)
  return fact?.appointment && edition
    ? { ...happening, fact: { ...fact, appointment: { ...fact.appointment, edition } } }
    : happening
}

export function decideAll(
  { events, facts }: Judged,
  loaded: Awaited<ReturnType<typeof loadSituations>>,
  context: DecidingContext,
  program: FirmProgram,
): { eventId: string; plan: Plan }[] {
  const { known } = loaded
  const marks = new Map(facts.map((f) => [f.id, f.mark]))
  return events.flatMap((event) => {
    if (!event.matter || !event.happening || !event.snapshot) return []
    const decided = decide(
      program,
      counted(onTrial(event.happening, event.matter, context.now), context.editions),
      loaded.situation(event.snapshot),
      {
        ...context,
        pauses: loaded.pauses,
        withdrawals: loaded.withdrawals,
        known,
      },
    )
    const overtook = overtakenBy(event, marks, context.now)
    const plan = overtook === null ? decided : overtaken(decided, overtook)
    const causes = new Map(plan.notices.map((notice) => [notice.id, notice.cause]))
    for (const notice of plan.notices) known.notices.set(notice.cause, notice.state === 'messaged')
    for (const { noticeId, channel } of plan.messages)
      known.messages.add(saidKey(causes.get(noticeId)!, channel))
    return [{ eventId: event.id, plan }]
  })
}

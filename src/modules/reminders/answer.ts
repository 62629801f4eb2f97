/**
 * A client's text taken as the answer to a reminder: marked once, told to the firm's rules as an event, thanked for
 * where the template says so, and put before staff where they have something to do.
 */
import type { EventId, NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { record } from '../audit/index.ts'
import type { AnsweredText, TextToAnswer } from '../conversations/index.ts'
import { type IngestProgram, insertEvents } from '../ingest/index.ts'
import { lockMattersById, type MatterRow } from '../matters/index.ts'
import { decide, decideRule, type Happening, loadSituations, storePlans } from '../rules/index.ts'
import { isTaskOpen, type NewTask, openTasks } from '../tasks/index.ts'
import type { Answer } from '../templates/index.ts'
import { type Asked, asAsked, judgeAnswer } from './answer-judge.ts'
import * as store from './answer-store.ts'
import { appointmentWords } from './appointment.ts'
import { type CompiledPlan, thanksKeyOf } from './compile.ts'
import type { AppointmentAnswer } from './types.ts'

export interface AnswerDeps {
  now(): Temporal.Instant
  newId: NewId
  salt(): Uint8Array
  program(tx: FirmTx): Promise<{
    program: IngestProgram['program']
    plans: ReadonlyMap<string, CompiledPlan>
  }>
  /** Something is to be said or written into a CMS. */
  nudge(lane: 'deliver' | 'writeback', firmId: FirmTx['firmId']): void
}

const marks: Readonly<Record<Answer, AppointmentAnswer>> = {
  confirm: 'confirmed',
  reschedule: 'another_date',
}
/** What a rule of the firm's may listen to. */
const eventTypes: Readonly<Record<Answer, string>> = {
  confirm: 'appointment.confirmed',
  reschedule: 'appointment.another_date_wanted',
}

/** Takes the locks of matters first, as everybody does: an appointment that moves meanwhile has moved, or has not yet. */
export async function answerText(tx: FirmTx, text: TextToAnswer, deps: AnswerDeps): Promise<AnsweredText> {
  const now = deps.now()
  const before = await store.askedOf(tx, text.from, now)
  if (before.length === 0) return { kind: 'none' }
  const locked = await lockMattersById(tx, [...new Set(before.map((one) => one.matterId))])
  const matters = new Map(locked.map((matter) => [matter.id, matter]))
  // Read again: what changed while we waited for the locks is seen now, and changes no more.
  const asked = (await store.askedOf(tx, text.from, now)).filter((one) => matters.has(one.matterId))
  const { program, plans } = await deps.program(tx)
  const { timeZone } = program.settings
  const verdict = judgeAnswer(text.body, asked, {
    now,
    firmZone: timeZone,
    answeredAt: await store.answeredAt(tx, text.from),
  })
  switch (verdict.kind) {
    case 'none':
      return { kind: 'none' }
    case 'unclear':
      await openTasks(tx, [unclearTask(text, verdict.answer, verdict.could, matters, timeZone, now)], now)
      return { kind: 'unclear' }
    case 'answer': {
      const { asked: one, answer } = verdict
      const matter = matters.get(one.matterId)!
      await take(tx, deps, { text, one, answer, matter, program, plan: plans.get(one.planKey), now })
      return {
        kind: 'answered',
        meaning: answer,
        messageId: one.messageId,
        clientId: one.clientId,
        matterId: one.matterId,
      }
    }
  }
}

interface Taking {
  text: TextToAnswer
  one: Asked
  answer: Answer
  matter: MatterRow
  program: IngestProgram['program']
  plan: CompiledPlan | undefined
  now: Temporal.Instant
}

async function take(tx: FirmTx, deps: AnswerDeps, taking: Taking): Promise<void> {
  const { text, one, answer, matter, program, now } = taking
  const last = await store.answerOf(tx, one.factId, one.edition)
  const open = last?.task_id != null && (await isTaskOpen(tx, last.task_id))
  const again = last?.answer === marks[answer]
  const task = taskFor(taking, { again, open })
  const [taskId] = task === null ? [] : await openTasks(tx, [task], now)
  if (again) {
    if (taskId !== undefined) await store.renewTask(tx, one.factId, one.edition, taskId)
    return
  }
  const eventId = deps.newId<EventId>()
  await tell(tx, deps, taking, eventId)
  const what = appointmentWords(one.data, one.startsAt, program.settings.timeZone)
  const id = deps.newId<string>()
  await store.insertAnswer(tx, {
    id,
    factId: one.factId,
    edition: one.edition,
    number: (last?.number ?? 0) + 1,
    answer: marks[answer],
    startsAt: one.startsAt,
    matterId: one.matterId,
    clientId: one.clientId,
    reminderId: one.reminderId,
    messageId: one.messageId,
    textId: text.id,
    eventId,
    // A confirmation takes the task over that it contradicts.
    taskId: taskId ?? (open ? (last?.task_id ?? null) : null),
    words:
      answer === 'confirm' ? `The client confirmed: ${what}` : `The client asks for another date: ${what}`,
    at: now,
  })
  await record(
    tx,
    [
      {
        actor: 'client',
        action: answer === 'confirm' ? 'appointment.confirmed' : 'appointment.another_date_wanted',
        subject: `matter:${matter.id}`,
        data: {
          answer: id,
          appointment: one.factId,
          edition: one.edition,
          text: text.id,
          asked: one.messageId,
        },
      },
    ],
    now,
  )
  tx.afterCommit(() => {
    deps.nudge('deliver', tx.firmId)
    deps.nudge('writeback', tx.firmId)
  })
}

/** An event of its matter: the firm's rules may say something to it, and the template's thanks go through the same gates. */
async function tell(
  tx: FirmTx,
  deps: AnswerDeps,
  { text, one, answer, matter, program, now }: Taking,
  eventId: EventId,
): Promise<void> {
  const type = eventTypes[answer]
  const happening: Happening = {
    eventId,
    type,
    // The same for the same edition, so that who changes their mind to and fro is thanked once.
    subject: `${type} appointment:${one.externalId}@${one.edition}`,
    occurredAt: now,
    data: { ...one.data, starts_at: one.startsAt.toString(), text: text.id, message: one.messageId },
    stateEntry: null,
    // Nothing that is said to an answer carries an invitation.
    fact: { id: one.factId, mark: one.mark, appointment: null },
    settlesAt: null,
  }
  await insertEvents(
    tx,
    [
      {
        id: eventId,
        deliveryId: null,
        connectionId: one.connectionId,
        type,
        matterId: matter.id,
        clientId: one.clientId,
        subject: happening.subject,
        occurredAt: now,
        data: happening.data,
        outcome: 'decided' as const,
      },
    ],
    now,
  )
  const loaded = await loadSituations(tx, program, [matter], now)
  const decision = {
    now,
    newId: deps.newId,
    firmId: tx.firmId,
    pauses: loaded.pauses,
    withdrawals: loaded.withdrawals,
    known: loaded.known,
  }
  const situation = loaded.situation(matter)
  const thanks = program.rulesByKey.get(thanksKeyOf(one.templateKey, answer))
  const plans = [
    decide(program, happening, situation, decision),
    ...(thanks ? [decideRule(program, thanks, happening, situation, decision)] : []),
  ]
  await storePlans(
    tx,
    program,
    [
      {
        eventId,
        plan: {
          results: plans.flatMap((p) => p.results),
          notices: plans.flatMap((p) => p.notices),
          messages: plans.flatMap((p) => p.messages),
          tasks: plans.flatMap((p) => p.tasks),
        },
      },
    ],
    { now, newId: deps.newId, salt: deps.salt },
  )
}

/** Soon: the date that does not suit is near, and somebody else may want its place. */
const soon = { hours: 4 }

/** @param open whether staff still have a task of what was said before */
function taskFor(
  { text, one, answer, matter, program, plan, now }: Taking,
  { again, open }: { again: boolean; open: boolean },
): NewTask | null {
  const what = appointmentWords(one.data, one.startsAt, program.settings.timeZone)
  const about = {
    matterId: one.matterId,
    clientId: one.clientId,
    assignee: plan?.reschedule.assign ?? 'staff',
    cause: `answer ${text.id}`,
  }
  const named = `${what} (matter ${matter.number ?? matter.external_id})`
  if (answer === 'confirm') {
    if (again || !open) return null
    return {
      ...about,
      kind: 'reschedule',
      title: `Confirmed after all: ${named}`,
      detail:
        'The client had asked for another date, for which there is a task, and confirms this one now. Ask them if a new date is agreed on already.',
      dueAt: null,
    }
  }
  if (again && open) return null
  const wanted = now.add(plan?.reschedule.due ?? soon)
  return {
    ...about,
    kind: 'reschedule',
    title: `The client asks for another date: ${named}`,
    detail:
      'They answered a reminder by text. Agree on a date with them and change it in the case management system; until then this one stands.',
    dueAt: Temporal.Instant.compare(wanted, one.startsAt) < 0 ? wanted : now,
  }
}

function unclearTask(
  text: TextToAnswer,
  answer: Answer,
  could: readonly Asked[],
  matters: ReadonlyMap<string, MatterRow>,
  zone: string,
  now: Temporal.Instant,
): NewTask {
  const one = could.length === 1 ? could[0]! : null
  const named = could.map((asked) => {
    const matter = matters.get(asked.matterId)!
    const changed = asAsked(asked) ? '' : ', which is off or has changed since'
    return `${appointmentWords(asked.data, asked.startsAt, zone)} (matter ${matter.number ?? matter.external_id}${changed})`
  })
  const wish = answer === 'confirm' ? 'confirms a date' : 'asks for another date'
  const same = <T>(list: readonly T[]): T | null => (new Set(list).size === 1 ? list[0]! : null)
  return {
    kind: 'answer_unclear',
    title: one
      ? `A client ${wish} that is not as it was when they were asked: ${named[0]}`
      : `A client ${wish}, and it is not clear which: ${named.join('; or ')}`,
    detail: 'They answered a reminder by text. Nothing is marked: ask them which date they mean.',
    matterId: same(could.map((asked) => asked.matterId)),
    clientId: same(could.map((asked) => asked.clientId)),
    assignee: 'staff',
    dueAt: now.add(soon),
    cause: `answer ${text.id}`,
  }
}

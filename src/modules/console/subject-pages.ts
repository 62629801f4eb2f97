/** The page of a client and the page of a matter: what is known, what holds messages, what waits, what comes. */
import type { ClientPage, MatterPage } from '../../../contracts/subject-pages.ts'
import type { Timeline } from '../../../contracts/timeline.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { loadHistory } from '../firms/index.ts'
import type { FirmProgram } from '../rules/index.ts'
import { datesIn, factsIn, peopleIn, typeOfClient, typeOfMatter } from './cms-facts.ts'
import { holdsOn } from './holds.ts'
import { deadLetterPage, heldPage, type Target, taskPage } from './lists.ts'
import { namesOfActors } from './rows.ts'
import * as subjects from './subject-store.ts'
import { targetNames } from './targets.ts'
import { timelinePage } from './timeline.ts'
import { loadClients } from './trace.ts'
import * as store from './trace-store.ts'
import { upcoming } from './upcoming.ts'
import { whoMapped } from './who-mapped.ts'

export interface Looking {
  /** Null: the firm's configuration can't be used. */
  program: FirmProgram | null
  /** IANA, the firm's. */
  zone: string
  now: Temporal.Instant
}

/** What is open about somebody is a handful; what is more stands in its own list. */
const shown = 20
const mostMatters = 100
const mostDates = 60
const mostSteps = 50

/** @returns null where there is no such client for whoever asks */
export async function clientPageOf(tx: FirmTx, id: string, looking: Looking): Promise<ClientPage | null> {
  const person = await subjects.personRow(tx, id)
  const [client] = person ? await loadClients(tx, [id]) : []
  if (!person || !client) return null
  const found = await subjects.mattersOf(tx, id, mostMatters + 1)
  const matterIds = found.slice(0, mostMatters).map((m) => m.id)
  const rows = new Map((await store.loadMatters(tx, matterIds)).map((m) => [m.id, m]))
  const facts = new Map((await subjects.matterFacts(tx, matterIds)).map((m) => [m.id, m]))
  const { cut, ...common } = await commonOf(tx, { scope: 'client', id }, [id], matterIds, looking)
  const paused = new Set(common.pauses.map((p) => p.targetId))
  return {
    client: { ...client, type: typeOfClient(person.data), facts: factsIn(person.data) },
    matters: matterIds.flatMap((matterId) => {
      const matter = rows.get(matterId)
      if (!matter) return []
      const type = typeOfMatter(facts.get(matterId)?.data ?? {})
      return [{ ...matter, stateWords: wordsFor(looking, matter.state), type, paused: paused.has(matterId) }]
    }),
    ...common,
    cut: found.length > mostMatters ? [...cut, 'matters'] : cut,
  }
}

/** @returns null where there is no such matter for whoever asks */
export async function matterPageOf(tx: FirmTx, id: string, looking: Looking): Promise<MatterPage | null> {
  const [matter] = await store.loadMatters(tx, [id])
  const [facts] = await subjects.matterFacts(tx, [id])
  if (!matter || !facts) return null
  const owners = matter.clientId === null ? [] : [matter.clientId]
  const [client = null] = await loadClients(tx, owners)
  const steps = await subjects.stepsOf(tx, id, mostSteps + 1)
  const { cut, ...common } = await commonOf(tx, { scope: 'matter', id }, owners, [id], looking)
  return {
    matter: {
      ...matter,
      stateWords: wordsFor(looking, matter.state),
      type: typeOfMatter(facts.data),
      pausedInCms: facts.data.paused === true,
      goneSince: facts.gone_since?.toString() ?? null,
      people: peopleIn(facts.data),
      facts: factsIn(facts.data),
    },
    client,
    states: await withMappers(tx, steps.slice(0, mostSteps)),
    ...common,
    cut: steps.length > mostSteps ? [...cut, 'states'] : cut,
  }
}

/** @returns null where there is no such client or matter for whoever asks; `bad_cursor` when the cursor is none of ours */
export async function timelineOf(
  tx: FirmTx,
  scope: 'client' | 'matter',
  id: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<Timeline | 'bad_cursor' | null> {
  const found =
    scope === 'client'
      ? (await subjects.personRow(tx, id)) && {
          clientIds: [id],
          matterIds: (await subjects.mattersOf(tx, id, mostMatters)).map((m) => m.id),
        }
      : await ownersOf(tx, id)
  if (!found) return null
  const contacts = await store.loadContacts(tx, found.clientIds)
  const addresses = [...new Set(contacts.flatMap((c) => [c.address, c.address.toLowerCase()]))]
  return (await timelinePage(tx, { scope, ...found, addresses }, query)) ?? 'bad_cursor'
}

async function ownersOf(tx: FirmTx, matterId: string) {
  const [matter] = await store.loadMatters(tx, [matterId])
  return matter && { clientIds: matter.clientId === null ? [] : [matter.clientId], matterIds: [matterId] }
}

const wordsFor = ({ program }: Looking, state: string | null): string | null => {
  if (program === null || state === null) return null
  const [first = 'en'] = program.settings.languages
  return program.statuses.states.get(state)?.words[first] ?? null
}

async function commonOf(
  tx: FirmTx,
  target: Target,
  clientIds: readonly string[],
  matterIds: readonly string[],
  { program, zone, now }: Looking,
) {
  const pauses = await store.loadPauses(tx, now, [tx.firmId, ...clientIds, ...matterIds])
  const externalIds = (await store.loadMatters(tx, matterIds)).map((m) => m.externalId)
  const tasksOf = { clientIds: target.scope === 'client' ? clientIds : [], matterIds }
  const lists = {
    tasks: await taskPage(tx, { state: 'open', limit: shown, of: tasksOf }),
    deadLetters: await deadLetterPage(tx, { state: 'open', limit: shown, of: target }),
    held: await heldPage(tx, target, { limit: shown }),
  }
  const quarantine = await store.loadQuarantine(tx, externalIds, [], shown + 1)
  const dates = await subjects.appointmentsOf(tx, matterIds, mostDates + 1)
  const reminders = await upcoming(tx, program, matterIds, { now, limit: shown + 1 })
  const name = await namesOfActors(
    tx,
    pauses.map((p) => p.by),
  )
  const called = await targetNames(tx, pauses)
  const longer = {
    quarantine: quarantine.length > shown,
    dates: dates.length > mostDates,
    reminders: reminders.length > shown,
  }
  return {
    zone,
    at: now.toString(),
    pauses: pauses.map((p) => ({ ...p, by: name(p.by), name: called(p.targetId) })),
    holds: await holdsOn(tx, [...clientIds, ...matterIds]),
    tasks: lists.tasks.items,
    deadLetters: lists.deadLetters.items,
    held: lists.held.items,
    quarantine: quarantine.slice(0, shown),
    reminders: reminders.slice(0, shown),
    dates: datesIn(dates.slice(0, mostDates), zone, now),
    cut: [
      ...Object.entries(lists).flatMap(([list, { next }]) => (next === null ? [] : [list])),
      ...Object.entries(longer).flatMap(([list, more]) => (more ? [list] : [])),
    ],
  }
}

async function withMappers(tx: FirmTx, steps: readonly subjects.StepRow[]): Promise<MatterPage['states']> {
  if (steps.length === 0) return []
  const mapped = whoMapped(await loadHistory(tx, 'states', 'states'))
  const found = steps.map((step) => ({ ...step, mapped: mapped(step.raw, step.to, step.at) }))
  const name = await namesOfActors(
    tx,
    found.map((step) => step.mapped?.by ?? null),
  )
  return found.map((step) => ({
    ...step,
    mapped: step.mapped && { ...step.mapped, by: name(step.mapped.by) },
  }))
}

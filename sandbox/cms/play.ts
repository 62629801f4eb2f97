import type { CoreDeps } from '../core/deps.ts'
import type { Actions } from './actions.ts'
import type { Body } from './body.ts'
import { invalid, isRefusal, type Refusal } from './errors.ts'
import { isoTime } from './fields.ts'
import { modelOf } from './models.ts'
import type { Outbox } from './outbox.ts'
import { pick, type Random, randomFrom, shuffled } from './random.ts'
import { USUAL_WAY } from './seed-data.ts'
import type { Store } from './store.ts'
import type { Row } from './types.ts'

export type PlayKind = 'mixed' | 'status'

export interface PlayOrder {
  /** How many changes to make, 1 to 1,000,000. */
  events: number
  /** Changes a second, up to 10,000. */
  perSecond: number
  seed: number
  kind: PlayKind
  /** Each status change goes to another matter; refused when there are fewer matters than events. */
  distinct: boolean
  /** Put matters into this stage instead of the next of the usual way. */
  stage?: string
}

export interface PlayState {
  id: string
  order: PlayOrder
  made: number
  byKind: Record<string, number>
  startedAt: string
  finishedAt: string | null
  done: boolean
}

export interface Plays {
  start(body: Body): PlayState | Refusal
  get(id: string): (PlayState & { deliveries: ReturnType<Outbox['counts']> }) | undefined
  clear(): void
}

/** How often the stream wakes up. Short enough for even spacing, long enough to cost nothing. */
const TICK_MS = 5
const MOST_PLAYS = 100

function readOrder(body: Body, store: Store): PlayOrder | Refusal {
  const known = ['events', 'perSecond', 'seed', 'kind', 'distinct', 'stage']
  for (const name of Object.keys(body)) if (!known.includes(name)) return invalid(name, 'is not known')
  const { events, perSecond = 10, seed = 1, kind = 'mixed', distinct = false, stage } = body
  const whole = (value: unknown, most: number) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most
  if (!whole(events, 1_000_000)) return invalid('events', 'must be a whole number from 1 to 1000000')
  if (typeof perSecond !== 'number' || !(perSecond > 0 && perSecond <= 10_000)) {
    return invalid('perSecond', 'must be a number above 0, up to 10000')
  }
  if (typeof seed !== 'number' || !Number.isSafeInteger(seed))
    return invalid('seed', 'must be a whole number')
  if (kind !== 'mixed' && kind !== 'status') return invalid('kind', 'must be mixed or status')
  if (typeof distinct !== 'boolean') return invalid('distinct', 'must be true or false')
  if (stage !== undefined && (typeof stage !== 'string' || stage === '')) {
    return invalid('stage', 'must be the name of a matter stage')
  }
  const open = [...store.all('matter')].length
  if (open === 0) return invalid('events', 'has no matters to play on')
  if (distinct && open < Number(events)) {
    return invalid('events', `is more than the ${open} matters there are, and distinct was asked for`)
  }
  const order = { events: Number(events), perSecond, seed, kind, distinct } as const
  return stage === undefined ? order : { ...order, stage }
}

/** Plays streams of the work that a firm's people do in their CMS. */
export function createPlays(
  deps: Pick<CoreDeps, 'now' | 'after'>,
  store: Store,
  actions: Actions,
  outbox: Outbox,
): Plays {
  const plays = new Map<string, PlayState>()
  let lastId = 0

  const stageOf = (matter: Row): string =>
    String(store.get('matter_stage', Number(matter.refs.matter_stage ?? 0))?.attrs.name ?? '')

  /** One piece of work on a matter; answers what was done. */
  const work = (order: PlayOrder, matter: Row, random: Random, play: string): string => {
    const change = (model: string, row: Row, body: Body) =>
      actions.patch(modelOf(model), row, body, 'control', play)
    const create = (model: string, body: Body) => actions.create(modelOf(model), body, 'control', play)
    const own = (model: string, ref: string): Row[] =>
      (store.collection(model).owned.get(ref)?.get(matter.id) ?? []).flatMap(
        (id) => store.get(model, id) ?? [],
      )
    const roll = order.kind === 'status' ? 0 : random()

    if (roll < 0.5) {
      const now = stageOf(matter)
      const next = USUAL_WAY[((USUAL_WAY as readonly string[]).indexOf(now) + 1) % USUAL_WAY.length] as string
      const name = order.stage !== undefined && order.stage !== now ? order.stage : next
      change('matter', matter, { matter_stage: { name } })
      return 'status'
    }
    const soon = deps.now() + Math.ceil(random() * 40) * 86_400_000
    const hearings = own('calendar_entry', 'matter')
    if (roll < 0.65) {
      const name = pick(random, [
        'Transcript.pdf',
        'Motion.pdf',
        'Letter to counsel.pdf',
        'Medical record.pdf',
      ])
      create('document', { name, matter: { id: matter.id } })
      return 'document'
    }
    const at = hearings[0]
    if (roll < 0.75 && at) {
      change('calendar_entry', at, { start_at: isoTime(soon) })
      return 'hearing moved'
    }
    if (roll < 0.85) {
      const type = { name: pick(random, ['Hearing', 'Deposition']) }
      const entry = {
        summary: `${type.name}, ${String(matter.attrs.display_number)}`,
        start_at: isoTime(soon),
      }
      create('calendar_entry', { ...entry, matter: { id: matter.id }, calendar_entry_event_type: type })
      return 'hearing'
    }
    const open = own('bill', 'matters').find((bill) => bill.attrs.state === 'awaiting_payment')
    if (open) {
      change('bill', open, { state: 'paid' })
      return 'bill paid'
    }
    create('bill', { matters: [{ id: matter.id }], total: Math.ceil(random() * 300) * 10 })
    return 'bill'
  }

  const run = (state: PlayState): void => {
    const { order } = state
    const random = randomFrom(order.seed)
    const matters = shuffled(
      random,
      [...store.all('matter')].map((row) => row.id),
    )
    const began = deps.now()
    const tick = (): void => {
      if (plays.get(state.id) !== state) return
      const due = Math.min(order.events, Math.floor(((deps.now() - began) * order.perSecond) / 1_000) + 1)
      while (state.made < due) {
        const matter = store.get('matter', matters[state.made % matters.length] as number)
        const kind = matter ? work(order, matter, random, state.id) : 'matter was deleted'
        state.made++
        state.byKind[kind] = (state.byKind[kind] ?? 0) + 1
      }
      state.done = state.made >= order.events
      if (state.done) state.finishedAt = new Date(deps.now()).toISOString()
      else deps.after(TICK_MS, tick)
    }
    // Not in this turn, so that whoever asked has the id before the first webhook arrives.
    deps.after(TICK_MS, tick)
  }

  return {
    start(body) {
      const order = readOrder(body, store)
      if (isRefusal(order)) return order
      const startedAt = new Date(deps.now()).toISOString()
      const state: PlayState = {
        id: `play-${++lastId}`,
        order,
        made: 0,
        byKind: {},
        startedAt,
        finishedAt: null,
        done: false,
      }
      plays.set(state.id, state)
      const oldest = plays.keys().next().value
      if (plays.size > MOST_PLAYS && oldest !== undefined) plays.delete(oldest)
      run(state)
      return state
    },
    get(id) {
      const state = plays.get(id)
      return state && { ...state, deliveries: outbox.counts(id) }
    },
    clear: () => plays.clear(),
  }
}

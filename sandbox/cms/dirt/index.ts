import type { Body } from '../body.ts'
import { invalid, type Refusal } from '../errors.ts'
import { modelOf, shownId } from '../models.ts'
import { randomFrom } from '../random.ts'
import type { Store } from '../store.ts'
import { clientKinds } from './client-kinds.ts'
import { matterKinds } from './matter-kinds.ts'
import type { Kind } from './types.ts'
import { addClient, addMatter, type Case, ensureInactiveUser } from './world.ts'

/** Forty kinds. Whoever looks for dirt must not know this list. */
export const KINDS: readonly Kind[] = [...clientKinds, ...matterKinds]

export interface Planted {
  kind: string
  about: string
  /** Clio's word for the record. */
  model: string
  id: string | number
}

export interface Dirt {
  /** Adds a set with all kinds of dirt in it, or its clean twin. */
  plant(body: Body, dirty: boolean): object | Refusal
  list(): readonly Planted[]
  clear(): void
}

const MOST = 200_000
/** Each kind takes a case of its own, some take three. */
const LEAST = KINDS.length + 10
/** The example firm's work; its people and its fields stay. */
const WORK = ['contact', 'matter', 'calendar_entry', 'document', 'bill', 'task', 'note', 'communication']

export function createDirt(store: Store): Dirt {
  let planted: Planted[] = []
  /** Numbers of cases go on from one planting to the next, so that no phone number comes twice. */
  let next = 0
  return {
    list: () => planted,
    clear() {
      planted = []
    },
    plant(body, dirty) {
      const { matters = LEAST, clients = LEAST, seed = 1, alone = false } = body
      for (const [name, value] of Object.entries({ matters, clients })) {
        const ok = Number.isInteger(value) && Number(value) >= LEAST && Number(value) <= MOST
        if (!ok) return invalid(name, `must be a whole number from ${LEAST} to ${MOST}`)
      }
      if (!Number.isInteger(seed)) return invalid('seed', 'must be a whole number')
      if (typeof alone !== 'boolean') return invalid('alone', 'must be true or false')
      if (Number(matters) < Number(clients)) return invalid('matters', 'must be at least as many as clients')
      if (alone) for (const model of WORK) for (const row of [...store.all(model)]) store.remove(model, row)
      const before = planted.length
      const cases = makeCases(Number(clients), Number(matters), Number(seed))
      const free = cases.values()
      const more = (): Case => {
        const { value } = free.next()
        if (value === undefined) throw new Error('more kinds of dirt than cases')
        return value
      }
      for (const kind of KINDS) {
        const planting = { store, one: more(), more }
        if (!dirty) {
          kind.clean(planting)
          continue
        }
        const model = modelOf(kind.model ?? 'contact')
        for (const row of kind.dirty(planting)) {
          planted.push({ kind: kind.kind, about: kind.about, model: model.name, id: shownId(model, row) })
        }
      }
      const ids = (of: (one: Case) => number) => ({
        count: new Set(cases.map(of)).size,
        firstId: of(cases[0]!),
        lastId: of(cases.at(-1)!),
      })
      return {
        data: planted.slice(before),
        clients: ids((one) => one.client.id),
        matters: ids((one) => one.matter.id),
      }
    },
  }

  function makeCases(clients: number, matters: number, seed: number): Case[] {
    ensureInactiveUser(store)
    const random = randomFrom(seed)
    const people = Array.from({ length: clients }, () => addClient(store, random, next++))
    return Array.from({ length: matters }, (_, i) =>
      addMatter(store, random, people[i % people.length]!, i < clients ? next - clients + i : next++),
    )
  }
}

import type { Store } from '../store.ts'
import type { Row } from '../types.ts'
import type { Case } from './world.ts'

export interface Planting {
  store: Store
  one: Case
  /** Another case that nothing was done to yet. */
  more(): Case
}

/** One kind of dirt, and the clean case that a careless check would take for it. */
export interface Kind {
  kind: string
  about: string
  /** @returns the records that are dirty now */
  dirty(planting: Planting): Row[]
  clean(planting: Planting): void
  /** Of which model the dirty records are; contacts when absent. */
  model?: 'matter' | 'calendar_entry' | 'document' | 'bill'
}

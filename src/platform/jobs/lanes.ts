/**
 * Lanes carry work on, firm by firm. A nudge says only "firm F may have work in lane L": the rows are the truth,
 * so a nudge may be lost, late or doubled without harm, and the sweep makes up for those that were lost.
 */
import type { FirmId } from '../../kernel/index.ts'

/**
 * One batch for one firm.
 * `more`: there is more to do now · `idle`: nothing left that is due · `wait`: look again after so many milliseconds
 */
export type LaneResult = { next: 'more' } | { next: 'idle' } | { next: 'wait'; milliseconds: number }

export interface Lane {
  readonly name: string
  /** Firms that are worked on at the same time; one firm never twice at once in this process. */
  readonly parallel: number
  run(firmId: FirmId): Promise<LaneResult>
}

interface State {
  lane: Lane
  /** Firms waiting for their turn, in the order they came: round-robin, so that a burst of one delays no other for long. */
  ring: Set<FirmId>
  running: Set<FirmId>
  /** Nudged while running: to be looked at once more. */
  again: Set<FirmId>
  timers: Map<FirmId, NodeJS.Timeout>
}

export interface LanesOptions {
  onError(lane: string, firmId: FirmId, error: unknown): void
  /** How long a firm rests in a lane after an error, in milliseconds. */
  restAfterError?: number
}

export class Lanes {
  readonly #states = new Map<string, State>()
  readonly #options: LanesOptions
  #stopped = false
  #idlers: (() => void)[] = []

  constructor(options: LanesOptions) {
    this.#options = options
  }

  get names(): string[] {
    return [...this.#states.keys()]
  }

  register(lane: Lane): void {
    if (this.#states.has(lane.name)) throw new Error(`lane ${lane.name} is registered twice`)
    this.#states.set(lane.name, {
      lane,
      ring: new Set(),
      running: new Set(),
      again: new Set(),
      timers: new Map(),
    })
  }

  nudge(name: string, firmId: FirmId): void {
    if (this.#stopped) return
    const state = this.#states.get(name)
    if (!state) throw new Error(`no lane is called ${name}`)
    if (state.running.has(firmId)) state.again.add(firmId)
    else state.ring.add(firmId)
    this.#fill(state)
  }

  /** Takes no new work and resolves when what is running has ended. */
  async drain(): Promise<void> {
    this.#stopped = true
    for (const state of this.#states.values()) {
      state.ring.clear()
      state.again.clear()
      for (const timer of state.timers.values()) clearTimeout(timer)
      state.timers.clear()
    }
    await this.#idle()
  }

  /** Resolves when no lane has anything to do; timers that wait for later do not count. */
  async #idle(): Promise<void> {
    if (this.quiet) return
    await new Promise<void>((resolve) => this.#idlers.push(resolve))
  }

  get quiet(): boolean {
    for (const state of this.#states.values()) if (state.ring.size > 0 || state.running.size > 0) return false
    return true
  }

  /** For tests and one-off commands: resolves when all that was nudged has been worked off. */
  settled(): Promise<void> {
    return this.#idle()
  }

  #fill(state: State): void {
    while (state.running.size < state.lane.parallel) {
      const next = state.ring.values().next()
      if (next.done) return
      state.ring.delete(next.value)
      void this.#turn(state, next.value)
    }
  }

  async #turn(state: State, firmId: FirmId): Promise<void> {
    state.running.add(firmId)
    clearTimeout(state.timers.get(firmId))
    state.timers.delete(firmId)
    let result: LaneResult
    try {
      result = await state.lane.run(firmId)
    } catch (error) {
      this.#options.onError(state.lane.name, firmId, error)
      result = { next: 'wait', milliseconds: this.#options.restAfterError ?? 1_000 }
      state.again.delete(firmId)
    }
    state.running.delete(firmId)
    if (!this.#stopped) {
      if (result.next === 'more' || state.again.delete(firmId)) state.ring.add(firmId)
      else if (result.next === 'wait') this.#wait(state, firmId, result.milliseconds)
      this.#fill(state)
    }
    if (this.quiet) {
      for (const wake of this.#idlers) wake()
      this.#idlers = []
    }
  }

  #wait(state: State, firmId: FirmId, milliseconds: number): void {
    const timer = setTimeout(() => this.nudge(state.lane.name, firmId), milliseconds)
    timer.unref()
    state.timers.set(firmId, timer)
  }
}

/**
 * Kills the app in the middle of itself: at a statement, before or after it reached the database, and around each call
 * to the outside. The dead runtime gets no answer any more, its connections are cut, and the next one begins.
 */
import type pg from 'pg'
import type { Adapters } from '../../src/main/adapter-kinds.ts'
import type { Runtime } from '../../src/main/runtime.ts'

/** A place in the flow: the nth time that something with this label is done. */
export interface Boundary {
  /** `*`: any. */
  label: string
  nth: number
  /** `before`: it was never done. `after`: it was done, and nobody heard the answer. */
  when: 'before' | 'after'
  /**
   * In which transaction, where dying there undoes it: all places in one leave the same behind. Null: outside of any, or at a
   * commit.
   */
  undone?: number | null
}

interface Life {
  dead: boolean
  clients: Set<pg.PoolClient>
}

const never = new Promise<never>(() => {})

export function mortal(die: () => void) {
  let life: Life = { dead: false, clients: new Set() }
  let seen = new Map<string, number>()
  let armed: Boundary | null = null
  let recorded: Boundary[] | null = null
  let fired = false
  let passed = 0
  let died = Promise.withResolvers<void>()

  const kill = (victim: Life) => {
    victim.dead = true
    armed = null
    fired = true
    for (const client of victim.clients) {
      const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection
      stream.destroy()
    }
    died.resolve()
    died = Promise.withResolvers<void>()
    die()
  }

  const arrive = (label: string, both: boolean, undone: number | null = null): Boundary | null => {
    const nth = (seen.get(label) ?? 0) + 1
    seen.set(label, nth)
    recorded?.push(
      { label, nth, when: 'before', undone },
      ...(both ? [{ label, nth, when: 'after', undone } as const] : []),
    )
    passed++
    if (armed?.label === '*') {
      // An answer that nobody could have waited for is no place to die in.
      const late = armed.nth > passed || (armed.when === 'after' && !both)
      return late ? null : armed
    }
    return armed?.label === label && armed.nth === nth ? armed : null
  }

  /**
   * A statement. In a transaction, what follows one is the same as what precedes the next, for all is undone: only its
   * commit has an after of its own.
   */
  const statement = async <T>(
    mine: Life,
    session: Session,
    label: string,
    run: () => Promise<T>,
  ): Promise<T> => {
    if (mine.dead) throw new Error('this process is dead')
    // Plans are thrown away now and then: the same statement all the same.
    const name = session.nameOf(label)?.replace(/^discard plans; /, '') ?? null
    const kept = !session.open || label === 'commit'
    const hit = name === null ? null : arrive(name, kept, kept ? null : session.transaction)
    if (hit?.when === 'before') {
      kill(mine)
      throw new Error('killed before it')
    }
    const result = await run()
    if (hit?.when === 'after') kill(mine)
    if (mine.dead) throw new Error('the answer came to a dead process')
    return result
  }

  /** A call to the outside: who is dead neither makes one nor hears its answer. */
  const call = async <T>(mine: Life, label: string, run: () => Promise<T>): Promise<T> => {
    if (mine.dead) return never
    const hit = arrive(label, true)
    if (hit?.when === 'before') {
      kill(mine)
      return never
    }
    const result = await run()
    if (hit?.when === 'after') kill(mine)
    return mine.dead ? never : result
  }

  return {
    /** For startWorld: begins a new life with each runtime. */
    adapters(given: Adapters): Adapters {
      const mine: Life = { dead: false, clients: new Set() }
      life = mine
      return {
        providers: given.providers.map((provider) => ({
          ...provider,
          open(settings) {
            const { sender, reader } = provider.open(settings)
            const { find } = sender
            return {
              reader,
              sender: {
                ...sender,
                send: (message, mayLeave) =>
                  call(mine, 'provider: send', () => sender.send(message, mayLeave)),
                ...(find ? { find: (query) => call(mine, 'provider: find', () => find(query)) } : {}),
              },
            }
          },
        })),
        cms: given.cms.map((kind) => ({
          ...kind,
          open(settings) {
            const reader = kind.open(settings)
            return {
              ...reader,
              readMatter: (id, onCall) => call(mine, 'cms: read', () => reader.readMatter(id, onCall)),
            }
          },
        })),
      }
    },
    made(runtime: Runtime) {
      const mine = life
      runtime.pool.on('connect', (client) => {
        mine.clients.add(client)
        const session = new Session()
        const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
        // pg-pool asks with a callback, we with a promise.
        const wrapped = (...args: unknown[]) => {
          const last = args.at(-1)
          const back =
            typeof last === 'function' ? (args.pop() as (error: unknown, result?: unknown) => void) : null
          const done = statement(mine, session, labelOf(args[0]), () => query(...args))
          if (!back) return done
          done.then(
            (result) => back(null, result),
            (error: unknown) => back(error),
          )
          return undefined
        }
        client.query = wrapped as typeof client.query
      })
      runtime.pool.on('remove', (client) => mine.clients.delete(client as pg.PoolClient))
    },
    /** Counts from here. @param at where to die; null: nowhere, only note where one could */
    arm(at: Boundary | null) {
      seen = new Map()
      passed = 0
      armed = at
      recorded = at ? null : []
      fired = false
    },
    /** @returns whether it died, and the boundaries that were passed if they were noted */
    disarm(): { fired: boolean; recorded: Boundary[] } {
      const result = { fired, recorded: recorded ?? [] }
      armed = null
      recorded = null
      return result
    },
    /** Resolves at the next death. */
    death: () => died.promise,
  }
}

/** One connection: which transaction is open on it, and what is worth a kill. */
class Session {
  static #begun = 0
  open = false
  /** Which one is open, or was last. */
  transaction = 0
  #last = ''
  #aside = false

  /** @returns null for what belongs to no flow: sealing, and the sweep's look, which writes nothing */
  nameOf(label: string): string | null {
    if (label.startsWith('begin')) {
      this.open = true
      this.transaction = ++Session.#begun
      this.#aside = false
      this.#last = label
      return null
    }
    if (this.#last === 'commit') this.open = false
    if (!this.open) return /due_work|list_firms/.test(label) ? null : label
    if (/tipstaff\.audit\./.test(label)) this.#aside = true
    const name = label === 'commit' || label === 'rollback' ? `${label} after ${this.#last}` : label
    this.#last = label
    if (label === 'rollback') this.open = false
    return this.#aside ? null : name
  }
}

function labelOf(query: unknown): string {
  const { name, text } =
    typeof query === 'string' ? { name: undefined, text: query } : (query as pg.QueryConfig)
  return (
    name ??
    text
      .replace(/\s+/g, ' ')
      .replace(/'[0-9a-f-]{36}'/g, "'id'")
      .slice(0, 80)
  )
}

/**
 * What happens, as it happens, for pages that are open: read from the record, since whatever changes anything leaves an
 * entry there. One look for all who see the same, a few times a second, and none while nobody watches.
 */
import type { FirmId } from '../../kernel/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'

/** Where in the record somebody has got to. */
export interface LivePosition {
  epoch: number
  xid: string
  seq: string
}

export interface LiveChanges {
  position: LivePosition
  /** How many of each kind: `message`, `event`, `task`. */
  kinds: Record<string, number>
  /** How many entries of each action stand in the record. */
  actions: Record<string, number>
  /** `message:<id>`, each once; not all of them where there are very many. */
  subjects: string[]
  /** There were more than are named. */
  more: boolean
}

export interface Watcher {
  /** Null: a key's. */
  staffId: string | null
  /** From where on; null: from now on. */
  since: LivePosition | null
  /** From here on nothing is left out: what a page reads after this is no older. */
  here(position: LivePosition): void
  changed(changes: LiveChanges): void
  /** It can't be told what was missed: everything is to be read anew. */
  lost(position: LivePosition): void
  /** What they may see has just become another: they must ask anew who they are. */
  ended(): void
}

interface Entry extends Record<string, unknown> {
  xid: string
  seq: string
  action: string
  subject: string
  staff: string | null
}

interface Group {
  firmId: FirmId
  walledFor: string | null
  position: LivePosition | null
  joining: Watcher[]
  watching: Set<Watcher>
  timer: NodeJS.Timeout | undefined
  looking: Promise<void>
}

/** Ids in one message; a page reads its lists anew where there are more. */
const mostNamed = 100
/** Entries in one look, and the most that somebody may have missed. */
const mostRead = 5_000

export interface LiveDeps {
  db: Database
  /** Between two looks; what happened is shown within this and the time of a look. */
  everyMs?: number
  onError(error: unknown): void
}

export class Live {
  readonly #deps: LiveDeps
  readonly #groups = new Map<string, Group>()
  #closed = false

  constructor(deps: LiveDeps) {
    this.#deps = deps
  }

  /** How many watch. */
  get watchers(): number {
    return [...this.#groups.values()].reduce((sum, g) => sum + g.watching.size + g.joining.length, 0)
  }

  /**
   * @param walledFor whose walls bound what they see, as in forFirm
   * @returns ends it; nothing is told after that
   */
  watch(firmId: FirmId, walledFor: string | null, watcher: Watcher): () => void {
    const key = `${firmId} ${walledFor ?? ''}`
    const known = this.#groups.get(key)
    const group: Group = known ?? {
      firmId,
      walledFor,
      position: null,
      joining: [],
      watching: new Set(),
      timer: undefined,
      looking: Promise.resolve(),
    }
    group.joining.push(watcher)
    this.#groups.set(key, group)
    if (this.#closed) watcher.ended()
    else this.#lookSoon(group, 0)
    return () => this.#leave(key, group, watcher)
  }

  /** Ends what everybody watches, and waits for the looks under way. */
  async close(): Promise<void> {
    this.#closed = true
    const groups = [...this.#groups.values()]
    this.#groups.clear()
    for (const group of groups) {
      clearTimeout(group.timer)
      for (const watcher of [...group.watching, ...group.joining]) watcher.ended()
    }
    await Promise.all(groups.map((g) => g.looking))
  }

  #leave(key: string, group: Group, watcher: Watcher): void {
    group.watching.delete(watcher)
    group.joining = group.joining.filter((one) => one !== watcher)
    if (group.watching.size + group.joining.length > 0) return
    clearTimeout(group.timer)
    if (this.#groups.get(key) === group) this.#groups.delete(key)
  }

  #lookSoon(group: Group, milliseconds: number): void {
    clearTimeout(group.timer)
    group.timer = setTimeout(() => {
      group.looking = group.looking
        .then(() => this.#look(group))
        .catch((error) => this.#deps.onError(error))
        .then(() => {
          if (!this.#closed && group.watching.size + group.joining.length > 0)
            this.#lookSoon(group, this.#deps.everyMs ?? 300)
        })
    }, milliseconds)
    group.timer.unref()
  }

  /** What of these is open to who watches: asked for all at once, since the record's own wall looks at each entry by itself. */
  async #openOf({ firmId, walledFor }: Group, read: readonly (Entry[] | null)[]): Promise<Narrowing> {
    if (walledFor === null) return (entries) => entries
    const subjects = new Set(read.flatMap((entries) => entries ?? []).map((entry) => entry.subject))
    if (subjects.size === 0) return (entries) => entries
    const rows = await this.#deps.db.forFirm(
      firmId,
      (tx) =>
        tx.rows<{ subject: string }>('select open_subjects($1) as subject', [[...subjects]], 'live_open'),
      walledFor,
    )
    const open = new Set(rows.map((row) => row.subject))
    return (entries) => entries.filter((entry) => open.has(entry.subject))
  }

  async #look(group: Group): Promise<void> {
    const { firmId } = group
    const joining = group.joining.splice(0)
    try {
      const { from, missed, entries } = await this.#deps.db.forFirm(firmId, async (tx) => {
        const [now] = await tx.rows<{ epoch: number; xmin: string }>(
          'select epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xmin from deployment',
          [],
          'live_now',
        )
        const here: LivePosition = { epoch: now!.epoch, xid: now!.xmin, seq: '-1' }
        const from = group.position ?? here
        const missed: (Entry[] | null)[] = []
        for (const { since } of joining) missed.push(since ? await between(tx, since, from) : [])
        return { from, missed, entries: await entriesAfter(tx, from, null) }
      })
      const open = await this.#openOf(group, [entries, ...missed])
      for (const [i, watcher] of joining.entries()) {
        const theirs = missed[i] && open(missed[i])
        watcher.here(from)
        if (!theirs) watcher.lost(from)
        else if (theirs.length > 0) watcher.changed(summed(theirs, from))
        group.watching.add(watcher)
      }
      const last = entries.at(-1)
      group.position = last ? { epoch: from.epoch, xid: last.xid, seq: last.seq } : from
      const others = new Set(entries.flatMap(whoMustAskAnew))
      const shown = open(entries)
      const changes = shown.length > 0 ? summed(shown, group.position) : null
      for (const watcher of [...group.watching]) {
        if (watcher.staffId !== null && others.has(watcher.staffId)) watcher.ended()
        else if (changes) watcher.changed(changes)
      }
    } catch (error) {
      group.joining.unshift(...joining.filter((one) => !group.watching.has(one)))
      throw error
    }
  }
}

type Narrowing = (entries: Entry[]) => Entry[]

/** Whose rights an entry has changed. */
function whoMustAskAnew({ action, subject, staff }: Entry): string[] {
  if (action === 'wall.raised' || action === 'wall.taken_down') return staff === null ? [] : [staff]
  if (action === 'staff.removed' || action === 'staff.role_changed') return [subject.slice('staff:'.length)]
  return []
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

function summed(entries: readonly Entry[], position: LivePosition): LiveChanges {
  const subjects = [...new Set(entries.map((e) => e.subject))]
  const kinds = counted(subjects.map((subject) => subject.slice(0, subject.indexOf(':'))))
  const actions = counted(entries.map((entry) => entry.action))
  return {
    position,
    kinds,
    actions,
    subjects: subjects.slice(0, mostNamed),
    more: subjects.length > mostNamed,
  }
}

/**
 * Sequence order is not commit order: only what lies below all running transactions is final (DESIGN, "Proof").
 *
 * @param until the last that is wanted; null: whatever is final
 */
const entriesAfter = (tx: FirmTx, after: LivePosition, until: LivePosition | null): Promise<Entry[]> =>
  tx.rows<Entry>(
    `select e.xid::text as xid, e.seq::text as seq, e.action, e.subject, e.data ->> 'staff' as staff from audit_entries e
     where e.firm_id = current_firm() and e.epoch = $1 and (e.xid, e.seq) > ($2::xid8, $3::bigint)
       and ($4::xid8 is null or (e.xid, e.seq) <= ($4::xid8, $5::bigint))
       and e.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by e.xid, e.seq limit $6`,
    [after.epoch, after.xid, after.seq, until?.xid ?? null, until?.seq ?? null, mostRead],
    'live_after',
  )

/** @returns null where too much lies between, or the record of before was another's (a restored backup) */
async function between(tx: FirmTx, from: LivePosition, to: LivePosition): Promise<Entry[] | null> {
  if (from.epoch !== to.epoch) return null
  const rows = await entriesAfter(tx, from, to)
  return rows.length === mostRead ? null : rows
}

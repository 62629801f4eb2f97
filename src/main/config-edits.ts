/**
 * One item of a firm's configuration as the API reads it, checks a draft of it, publishes it and tells its history.
 * The same for every kind of item: what is special about a kind stands in its own routes.
 */
import type { Clock, FirmId, NewId } from '../kernel/index.ts'
import {
  type ConfigLanguage,
  type ConfigProblem,
  type ConfigVersion,
  checkEdit,
  editConfig,
  type ItemText,
  type Json,
  loadConfig,
  loadHistory,
  pathText,
  problemText,
  readItem,
  type StoredItem,
  writeItem,
} from '../modules/firms/index.ts'
import type { FirmTx } from '../platform/db/firm-tx.ts'
import { configChanged } from './commands/apply-hooks.ts'

/** What is wrong with a draft, and where in its text; lines and columns count from 1, as editors do. */
export interface DraftProblem {
  readonly line: number
  readonly column: number
  /** `then[0].template`; empty: the whole, or another item that would no longer fit to this one. */
  readonly path: string
  readonly message: string
}

export interface DraftVerdict {
  /** What the text says; null: it can't be read. */
  readonly body: Json | null
  /** All at once; empty: it may be published. */
  readonly problems: readonly DraftProblem[]
  readonly warnings: readonly DraftProblem[]
}

export interface ItemDraft {
  readonly kind: string
  readonly key: string
  /** YAML, as {@link ConfigEdits.textOf} gives it. */
  readonly text: string
}

export type Published =
  | { ok: true; edition: number; revision: number; changed: boolean; warnings: readonly DraftProblem[] }
  /** Somebody else was quicker: this is the edition that holds now; 0: there is none. */
  | { ok: false; reason: 'outdated'; edition: number }
  | { ok: false; reason: 'invalid'; problems: readonly DraftProblem[] }

export interface Edition extends Omit<ConfigVersion, 'body'> {
  /** Null: with this edition it was removed. */
  readonly text: string | null
}

export interface ConfigEditsDeps {
  readonly language: ConfigLanguage
  readonly clock: Clock
  readonly newId: NewId
  nudge(lane: string, firmId: FirmId): void
}

export type ConfigEdits = ReturnType<typeof configEdits>

export function configEdits(deps: ConfigEditsDeps) {
  const { language } = deps
  const textOf = (item: Pick<StoredItem, 'kind' | 'key' | 'body'>): string => writeItem(item, language.kinds)

  const read = ({ key, text }: ItemDraft) => {
    const found = readItem(text, key)
    if (found.ok) return found
    const problems = found.problems.map(({ line, column, message }) => ({ line, column, path: '', message }))
    return { ok: false as const, problems }
  }

  return {
    textOf,

    /** Checks a draft exactly as `apply` would check it in its file, with everything else as it holds now. */
    async check(tx: FirmTx, draft: ItemDraft): Promise<DraftVerdict> {
      const found = read(draft)
      if (!found.ok) return { body: null, problems: found.problems, warnings: [] }
      const { item } = found
      const config = await loadConfig(tx)
      const { problems, warnings } = checkEdit(config, { ...draft, body: item.body }, language)
      return {
        body: item.body,
        problems: placed(problems, draft, item),
        warnings: warned(warnings, draft, item),
      }
    },

    /**
     * Makes a draft what holds, in all processes as an apply does, and puts it into the record.
     *
     * @param basedOn the edition that the draft was made from; 0: the item is new
     * @param by.author as it stands in the record (`staff:<id>`)
     */
    async publish(
      tx: FirmTx,
      draft: ItemDraft & { basedOn: number },
      by: { author: string; reason: string },
    ): Promise<Published> {
      const found = read(draft)
      if (!found.ok) return { ok: false, reason: 'invalid', problems: found.problems }
      const { item } = found
      const at = deps.clock.now()
      const edit = { ...draft, body: item.body, seenVersion: draft.basedOn }
      const done = await editConfig(tx, language, edit, { ...by, at }, deps.newId)
      if (!done.ok && done.reason === 'outdated')
        return { ok: false, reason: 'outdated', edition: done.version }
      if (!done.ok) return { ok: false, reason: 'invalid', problems: placed(done.problems, draft, item) }
      const { revision, version, change } = done
      if (change !== null)
        await configChanged(deps, tx, { ...by, origin: 'console', at, revision, changes: [change] })
      return {
        ok: true,
        edition: version,
        revision,
        changed: change !== null,
        warnings: warned(done.warnings, draft, item),
      }
    },

    /** @returns the newest first; empty: there never was such an item */
    async history(tx: FirmTx, kind: string, key: string): Promise<Edition[]> {
      const versions = await loadHistory(tx, kind, key)
      return versions.map(({ body, ...version }) => ({
        ...version,
        text: body === null ? null : textOf({ kind, key, body }),
      }))
    },
  }
}

/** A problem of another item has no place in this text: it says whose it is. */
const placed = (
  problems: readonly ConfigProblem[],
  { kind, key }: ItemDraft,
  item: ItemText,
): DraftProblem[] =>
  problems
    .map((problem): DraftProblem => {
      if (problem.kind !== kind || problem.key !== key)
        return { line: 1, column: 1, path: '', message: problemText(problem) }
      const { line, column } = item.locate(problem.path)
      return { line, column, path: pathText(problem.path), message: problem.message }
    })
    .toSorted((a, b) => a.line - b.line || a.column - b.column)

const warned = (problems: readonly ConfigProblem[], draft: ItemDraft, item: ItemText): DraftProblem[] => [
  ...placed(problems, draft, item),
  ...(item.hasComments
    ? [
        {
          line: 1,
          column: 1,
          path: '',
          message: 'remarks (#) are not kept here: say it in "describe", or in the reason',
        },
      ]
    : []),
]

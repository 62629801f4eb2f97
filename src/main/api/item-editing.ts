/** What the routes of all editable items share: who changed them, their history, and publishing a draft. */
import type { ItemHistory } from '../../../contracts/config.ts'
import { type Caller, namesOfActors } from '../../modules/console/index.ts'
import type { ItemAuthor } from '../../modules/firms/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import type { ProblemError } from '../../platform/http/problems.ts'
import type { ConfigEdits, DraftProblem, ItemDraft } from '../config-edits.ts'
import type { ApiDeps } from './deps.ts'
import { outdated, refuseUnlessEdited, unusable } from './edits.ts'
import { notFound } from './params.ts'

/** @returns who made the edition of an item that holds, as answers say it */
export async function lastChanges(
  tx: FirmTx,
  authors: ReadonlyMap<string, ItemAuthor>,
): Promise<(key: string, edition: number) => LastChange> {
  const name = await namesOfActors(
    tx,
    [...authors.values()].map(({ author }) => author),
  )
  return (key, edition) => {
    const { author, at, origin, reason, ahead } = authors.get(key)!
    return { edition, changedAt: at.toString(), changedBy: name(author), origin, reason, ahead }
  }
}

interface LastChange {
  edition: number
  changedAt: string
  changedBy: string
  origin: 'git' | 'console'
  reason: string | null
  ahead: boolean
}

/** @throws ProblemError 404 where there never was such an item */
export async function historyOf(
  tx: FirmTx,
  edits: ConfigEdits,
  kind: string,
  key: string,
): Promise<ItemHistory> {
  const editions = await edits.history(tx, kind, key)
  if (editions.length === 0) throw notFound(`no ${kind} ${key}`)
  const name = await namesOfActors(
    tx,
    editions.map(({ author }) => author),
  )
  return {
    items: editions.map(({ version, author, at, origin, reason, text }) => ({
      edition: version,
      changedAt: at.toString(),
      changedBy: name(author),
      origin,
      reason,
      yaml: text,
    })),
  }
}

/**
 * What is configured is the whole firm's: what waited for it is woken behind walls as well, so this alone does not go
 * by `inFirm`. Nothing of a matter is answered.
 *
 * @throws ProblemError 404, 409 or 422; the last with line and column of each mistake
 */
export async function publishItem(
  deps: ApiDeps,
  edits: ConfigEdits,
  { firmId, by }: Pick<Caller, 'firmId' | 'by'>,
  draft: ItemDraft & { basedOn: number },
  reason: string,
) {
  const done = await deps.db.forFirm(firmId, (tx) => edits.publish(tx, draft, { author: by, reason }))
  if (done.ok) {
    const { ok: _, ...published } = done
    return { key: draft.key, ...published, warnings: [...published.warnings] }
  }
  if (done.reason === 'invalid') throw invalidDraft(done.problems)
  if (done.edition === 0) throw notFound(`no ${draft.kind} ${draft.key}`)
  throw outdated(draft.basedOn, done.edition)
}

/**
 * Takes an item out of what holds; its editions stay, and it may be made anew. Not by `inFirm`, as above.
 *
 * @throws ProblemError 404, 409, or 422 with what would name nothing any more
 */
export async function removeItem(
  deps: ApiDeps,
  { firmId, by }: Pick<Caller, 'firmId' | 'by'>,
  item: { kind: string; key: string; basedOn: number },
  reason: string,
) {
  const { kind, key, basedOn } = item
  const edit = { kind, key, body: null, seenVersion: basedOn }
  const done = await deps.db.forFirm(firmId, (tx) => deps.edits.store(tx, edit, { author: by, reason }))
  const isGone = done.ok ? done.change === null : done.reason === 'outdated' && done.version === 0
  if (isGone) throw notFound(`no ${kind} ${key}`)
  const { version, revision } = refuseUnlessEdited(done, edit)
  return { key, edition: version, revision }
}

/** Each with its line and column in the draft. */
export const invalidDraft = (problems: readonly DraftProblem[]): ProblemError =>
  unusable(
    problems.map(({ path, ...problem }) => ({
      path: path === '' ? 'body.yaml' : `body.yaml.${path}`,
      ...problem,
    })),
  )

/** One item of a firm's configuration, changed by a person in the console: as an apply, with the same that follows from it. */
import type { Clock, FirmId, NewId } from '../kernel/index.ts'
import {
  type ConfigEdit,
  type ConfigLanguage,
  ConfigRefused,
  type EditResult,
  editConfig,
} from '../modules/firms/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import { applyHooks } from './commands/apply-hooks.ts'

export interface EditingDeps {
  db: Database
  clock: Clock
  newId: NewId
  language: ConfigLanguage
  nudge(lane: string, firmId: FirmId): void
}

export interface EditedBy {
  /** As it stands in the record: `staff:<id>`. */
  author: string
  /** Why, in their words. */
  reason: string
}

export type EditItem = (firmId: FirmId, edit: ConfigEdit, by: EditedBy) => Promise<EditResult>

/**
 * Not behind anybody's wall: configuration is the whole firm's, and what waited for it is looked at again whoever's
 * matter it is.
 *
 * @returns a function that checks the whole configuration with the edit in it, stores it as a new version, records who
 *   and why, and wakes what waited for it. The same body again changes nothing.
 */
export function configEdits(deps: EditingDeps): EditItem {
  return async (firmId, edit, { author, reason }) => {
    const by = { author, reason, at: deps.clock.now() }
    try {
      return await deps.db.forFirm(firmId, async (tx) => {
        const edited = await editConfig(tx, deps.language, edit, by, deps.newId)
        if (!edited.ok || edited.version === edit.seenVersion) return edited
        const action = edit.body === null ? 'remove' : edit.seenVersion === 0 ? 'add' : 'change'
        await applyHooks(deps).changed(tx, {
          ...by,
          origin: 'console',
          revision: edited.revision,
          changes: [{ action, kind: edit.kind, key: edit.key }],
        })
        return edited
      })
    } catch (error) {
      if (!(error instanceof ConfigRefused)) throw error
      return { ok: false, reason: 'invalid', problems: error.problems }
    }
  }
}

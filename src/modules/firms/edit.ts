/** Changing one item from the console: checked with everything else before it is stored. Any kind of item. */
import type { NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { checkConfig } from './check.ts'
import type { Json } from './hash.ts'
import type { ConfigItem, ConfigLanguage, ConfigProblem } from './kinds.ts'
import type { PlannedChange } from './plan.ts'
import { type Authorship, loadConfig, lockConfig, type StoredConfig, saveEdit } from './store.ts'

export interface ConfigEdit {
  readonly kind: string
  readonly key: string
  /** null removes the item. */
  readonly body: Json | null
  /** The version that the editor saw, 0 for a new item: another edit since then is not overwritten. */
  readonly seenVersion: number
}

export type EditResult =
  | {
      ok: true
      revision: number
      version: number
      /** For whoever keeps the proof and wakes what waited for it; null: the body is what held. */
      change: PlannedChange | null
      warnings: readonly ConfigProblem[]
    }
  | { ok: false; reason: 'outdated'; version: number }
  | { ok: false; reason: 'invalid'; problems: readonly ConfigProblem[] }

/** What `apply` would say of the firm's configuration with one item changed. */
export interface EditVerdict {
  /** The whole configuration as it would be. */
  readonly items: readonly ConfigItem[]
  /** Of this item and of others that would no longer fit to it; empty: it may be stored. */
  readonly problems: readonly ConfigProblem[]
  /** Allowed, and worth a word; of this item alone. */
  readonly warnings: readonly ConfigProblem[]
}

/** Checks an edit as `apply` checks a directory: the item by itself, then everything together. Reads nothing, pure. */
export function checkEdit(
  { items }: Pick<StoredConfig, 'items'>,
  { kind, key, body }: Pick<ConfigEdit, 'kind' | 'key' | 'body'>,
  language: ConfigLanguage,
): EditVerdict {
  const others: ConfigItem[] = items.filter((item) => item.kind !== kind || item.key !== key)
  const wanted = body === null ? others : [...others, { kind, key, body }]
  const { problems, values } = checkConfig(wanted, language)
  const lints = problems.length > 0 ? [] : (language.lints ?? []).flatMap((lint) => lint(values))
  return {
    items: wanted,
    problems,
    warnings: lints.filter((lint) => lint.kind === kind && lint.key === key),
  }
}

/** @throws ConfigRefused when a connection's key belongs to another firm */
export async function editConfig(
  tx: FirmTx,
  language: ConfigLanguage,
  edit: ConfigEdit,
  by: Omit<Authorship, 'origin'>,
  newId: NewId,
): Promise<EditResult> {
  await lockConfig(tx)
  const config = await loadConfig(tx)
  const { kind, key, body } = edit
  const version = config.items.find((item) => item.kind === kind && item.key === key)?.version ?? 0
  if (version !== edit.seenVersion) return { ok: false, reason: 'outdated', version }
  const { problems, warnings } = checkEdit(config, edit, language)
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems }
  const saved = await saveEdit(tx, kind, key, body, { ...by, origin: 'console' }, newId)
  return { ok: true, ...saved, warnings }
}

/** Changing one item from the console: checked with everything else before it is stored. */
import type { NewId } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'
import { checkConfig } from './check.ts'
import type { Json } from './hash.ts'
import type { ConfigItem, ConfigLanguage, ConfigProblem } from './kinds.ts'
import { type Authorship, loadConfig, lockConfig, saveEdit } from './store.ts'

export interface ConfigEdit {
  readonly kind: string
  readonly key: string
  /** null removes the item. */
  readonly body: Json | null
  /** The version that the editor saw, 0 for a new item: another edit since then is not overwritten. */
  readonly seenVersion: number
}

export type EditResult =
  | { ok: true; revision: number; version: number }
  | { ok: false; reason: 'outdated'; version: number }
  | { ok: false; reason: 'invalid'; problems: readonly ConfigProblem[] }

/** @throws ConfigRefused when a connection's key belongs to another firm */
export async function editConfig(
  tx: FirmTx,
  language: ConfigLanguage,
  edit: ConfigEdit,
  by: Omit<Authorship, 'origin'>,
  newId: NewId,
): Promise<EditResult> {
  await lockConfig(tx)
  const { items } = await loadConfig(tx)
  const present = items.find((item) => item.kind === edit.kind && item.key === edit.key)
  const version = present?.version ?? 0
  if (version !== edit.seenVersion) return { ok: false, reason: 'outdated', version }
  const others: ConfigItem[] = items.filter((item) => item !== present)
  const { kind, key, body } = edit
  const wanted = body === null ? others : [...others, { kind, key, body }]
  const { problems } = checkConfig(wanted, language)
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems }
  return { ok: true, ...(await saveEdit(tx, kind, key, body, { ...by, origin: 'console' }, newId)) }
}

export { arranged } from './arrange.ts'
export { checkConfig, existing } from './check.ts'
export { type Compiled, FirmConfigs } from './configs.ts'
export { type ConnectionRow, listConnections, markConnection } from './connection-rows.ts'
export type { Difference } from './diff.ts'
export {
  type FirmDocuments,
  type PlacedItem,
  placeProblems,
  placeText,
  problemText,
  readDocuments,
} from './documents.ts'
export { type ConfigEdit, checkEdit, type EditResult, type EditVerdict, editConfig } from './edit.ts'
export { exportDocuments, type FileChange } from './export-documents.ts'
export { canonicalJson, type Json } from './hash.ts'
export { type ItemText, readItem, writeItem } from './item-text.ts'
export {
  type ConfigItem,
  type ConfigKind,
  type ConfigLanguage,
  type ConfigPath,
  type ConfigProblem,
  type ConfigValues,
  type CrossCheck,
  type ParsedConfig,
  pathText,
  zodKind,
} from './kinds.ts'
export type { FirmFile } from './layout.ts'
export { type ConfigHead, type Conflict, outcome, type Plan, type PlannedChange, plan } from './plan.ts'
export { listSecrets, loadSecrets, removeSecret, setSecret } from './secret-store.ts'
export {
  type Authorship,
  applyPlan,
  ConfigRefused,
  type ConfigVersion,
  createFirm,
  findFirm,
  type ItemAuthor,
  listFirms,
  loadAuthors,
  loadConfig,
  loadHeads,
  loadHistory,
  lockConfig,
  type StoredConfig,
  type StoredItem,
} from './store.ts'
export { duration, type FirmSettings, firmSettings, language, region, wallTime } from './types.ts'
export type { Place, PlacedProblem } from './yaml-source.ts'

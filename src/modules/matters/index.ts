export { type MatterView, type Observation, type ObservationOutcome, observe, stateLabel } from './policy.ts'
export { compileStatuses, type StatusMap, type StatusProblem, type Suggestion } from './status-map.ts'
export {
  type ListedMatter,
  lockMatters,
  lockMattersById,
  type MatterRow,
  markCaughtUp,
  markGone,
  matterIds,
  mattersOfClient,
  readMatters,
  saveObservations,
  upsertMatter,
  upsertMatters,
} from './store.ts'
export { type MatterState, type StatusesConfig, statusesConfig } from './types.ts'

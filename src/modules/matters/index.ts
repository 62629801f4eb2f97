export { type MatterView, type Observation, type ObservationOutcome, observe } from './policy.ts'
export { compileStatuses, type StatusMap, type StatusProblem, type Suggestion } from './status-map.ts'
export {
  lockMatters,
  lockMattersById,
  type MatterRow,
  markCaughtUp,
  markGone,
  mattersOfClient,
  saveObservations,
  upsertMatter,
} from './store.ts'
export { type MatterState, type StatusesConfig, statusesConfig } from './types.ts'

export {
  askGates,
  contactPointFor,
  type Gate,
  type GateInput,
  type GateOutcome,
  gates,
  type GatesResult,
} from './gates.ts'
export {
  causesOf,
  insertNotices,
  type Notice,
  type NoticeState,
  noticeStates,
  noticeTransitions,
  supersedeHeld,
  takeHeld,
  updateNotices,
  wakeHeld,
} from './store.ts'

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
  insertNotices,
  type Known,
  knownAbout,
  knownOfEvents,
  type Notice,
  type NoticeState,
  noticeStates,
  noticeTransitions,
  supersedeHeld,
  takeHeld,
  updateNotices,
  wakeHeld,
} from './store.ts'

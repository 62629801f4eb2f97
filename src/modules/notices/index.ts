export {
  askGates,
  type Gate,
  type GateInput,
  type GateOutcome,
  type GatesResult,
  gates,
} from './gates.ts'
export {
  insertNotices,
  type Known,
  knownAbout,
  knownOfEvents,
  type Notice,
  type NoticeState,
  noticeTransitions,
  supersedeHeld,
  takeHeld,
  updateNotices,
  wakeHeld,
} from './store.ts'

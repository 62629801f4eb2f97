export type { Rate } from './bucket.ts'
export { confirmLane } from './confirm.ts'
export { closeDeadLetter, replayDeadLetters } from './dead-letters.ts'
export {
  type ClosedDigest,
  closeDigests,
  type DigestItem,
  digestItems,
  dueDigests,
  endInDigest,
  inDigest,
  lockDigests,
  type OpenDigest,
  postponeDigests,
} from './digests.ts'
export {
  type DeliveryDeps,
  type DeliveryObserver,
  dispatcher,
  type FirmDelivery,
  leaseProblem,
} from './dispatcher.ts'
export { factsOld } from './guard.ts'
export type { DeadNews, DeliveryNews } from './news.ts'
export type {
  Attachment,
  CallbackReader,
  FoundMessage,
  IncomingText,
  OutgoingMessage,
  Provider,
  Receipt,
  ReceiptKind,
  Sender,
} from './ports.ts'
export { estimateQueue } from './queue-estimate.ts'
export { type Readdressed, readdressDeadLetter } from './readdress.ts'
export { writeReceipts } from './receipts.ts'
export { reconcileLane } from './reconcile.ts'
export {
  type RestoredDeps,
  type RestoredOutcome,
  type Suspect,
  settleSuspect,
  suspects,
} from './restored.ts'
export {
  cancelMessagesOf,
  type HeldMessage,
  heldMessages,
  insertMessages,
  noticesWithHeldMessages,
  postponeHeldMessages,
  type SettledHeld,
  saidByNotices,
  sentTo,
  settleHeld,
  wakeHeldMessages,
  withdrawMessage,
} from './store.ts'
export { rescueStranded, type Stranded } from './stranded.ts'
export {
  type ClaimedAttempt,
  type DigestSlot,
  type MessageState,
  messageTransitions,
  type NewMessage,
  untilLifted,
} from './types.ts'

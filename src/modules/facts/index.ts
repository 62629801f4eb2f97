export { type AppointmentSpan, type AppointmentTime, spanOf, timeOf } from './appointment.ts'
export {
  type Client,
  type ContactPoint,
  clientIds,
  clientsByAddress,
  correctContactPoint,
  liftSuppression,
  loadClients,
  mattersOfClients,
  type ReadClient,
  upsertClient,
  upsertClients,
} from './clients.ts'
export { upsertAttorneys, zonesOf } from './others.ts'
export { type Attorney, attorneyOf, audienceOfPerson, type Participant, participantsOf } from './people.ts'
export { countWaiting, matterName, placeFacts, takePlaceLock } from './places.ts'
export {
  type FactKind,
  type FactRow,
  factsAsKnown,
  type KnownFact,
  loadFacts,
  type NewFact,
  type PresentFact,
  presentFacts,
  quietMark,
  removedMark,
  removeMissing,
  upsertFacts,
} from './store.ts'
export { rememberRemoved, removedUnseen } from './tombstones.ts'
export { readTyped } from './typed.ts'
export { changeWishes, readWishes } from './wishes.ts'

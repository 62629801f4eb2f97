export { type ConsentRow, consentFor, consentOfClients, hasOptedOut, recordConsent } from './consents.ts'
export { livePauses, type Pause, type PauseScope, pause, resume } from './pauses.ts'

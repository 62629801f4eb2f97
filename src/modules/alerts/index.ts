/** Telling the operators: log line, metric, webhook and mail, by paths that do not depend on the firm's providers. */
export { type DeliverDeps, type DeliverResult, deliverAlerts } from './deliver.ts'
export type { AlertMail, AlertMailer, AlertPoster, Pinger, Told } from './ports.ts'
export { alertPoster, type PosterOptions, pinger } from './post.ts'
export {
  type Aftermath,
  isGap,
  outageAlert,
  patience,
  type Standstill,
  standstill,
  stoppedAlerts,
  type Untouched,
  workStopped,
} from './pulse.ts'
export {
  markTold,
  type Outage,
  readBeats,
  readLate,
  saveOutage,
  untoldOutages,
  writeBeats,
} from './pulse-store.ts'
export { type RaiseDeps, raise, resolve } from './raise.ts'
export { signWebhook } from './sign.ts'
export { openCauses } from './store.ts'
export type { NewAlert, OpenAlert, Operators } from './types.ts'

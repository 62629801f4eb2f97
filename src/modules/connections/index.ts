export {
  type CmsAuthorisation,
  type CmsContext,
  type CmsGate,
  type CmsLimit,
  type CmsPass,
  type CmsTokenSource,
  type CmsTokens,
  type CmsUrgency,
  openGate,
} from './access.ts'
export {
  askConsent,
  type ConsentDeps,
  connect,
  consentOf,
  disconnect,
  findConsent,
  useConsent,
} from './consents.ts'
export { connectionGate, type GateDeps } from './gate.ts'
export type { CmsAsk, CmsChanges, CmsHolding, CmsPage, CmsRecord, CmsStream } from './lists.ts'
export {
  type CompiledHooks,
  compileHooks,
  type DeliveryInput,
  deliveryKey,
  type FactKind,
  type FieldRead,
  isForged,
  type MappedEvent,
  type MappedFact,
  type Mapping,
  type MappingRef,
  mapDelivery,
  type Problem,
} from './mapping.ts'
export type {
  CmsKind,
  CmsReader,
  CmsSubscription,
  CmsSubscriptions,
  HookModel,
} from './ports.ts'
export type {
  CmsClient,
  CmsContactPoint,
  CmsFact,
  CmsMatter,
  CmsRejected,
  CmsSnapshot,
} from './records.ts'
export { type Drift, driftOf, type FieldKind, learned, lookAt, type Shape } from './shapes.ts'
export {
  type CmsSurvey,
  type DataPoint,
  type DocumentedField,
  dataPoints,
  type Surveyed,
  type SurveyedAppointment,
  type SurveyedBill,
  type SurveyedClient,
  type SurveyedDocument,
  type SurveyedMatter,
} from './survey.ts'
export { type AccessNews, type TokenDeps, type TokensOf, tokenSource } from './tokens.ts'
export {
  type ConnectionSettings,
  connectionSettings,
  type EventMapping,
  type HookVerification,
} from './types.ts'
export type { CmsCall, CmsTrouble, CmsVerdict, OnCmsCall } from './verdicts.ts'
export { type HookSecrets, type HookVerdict, verifyHook } from './verify.ts'
export type { CmsWriter, CmsWriting, CmsWritingKind } from './writing.ts'

export {
  type CompiledHooks,
  compileHooks,
  type DeliveryInput,
  deliveryKey,
  type FactKind,
  type MappedEvent,
  type MappedFact,
  type Mapping,
  mapDelivery,
  type Problem,
} from './mapping.ts'
export type {
  CmsCall,
  CmsClient,
  CmsContactPoint,
  CmsFact,
  CmsKind,
  CmsMatter,
  CmsReader,
  CmsRejected,
  CmsSnapshot,
  CmsSubscription,
  CmsSubscriptions,
  CmsTrouble,
  CmsVerdict,
  HookModel,
  OnCmsCall,
} from './ports.ts'
export {
  type ConnectionSettings,
  connectionSettings,
  type EventMapping,
  type HookVerification,
} from './types.ts'
export { type HookSecrets, type HookVerdict, verifyHook } from './verify.ts'

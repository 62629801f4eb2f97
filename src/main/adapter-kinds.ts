/** What a release brings for talking to the outside, by the `kind` that a firm's configuration names. */
import type { CmsKind } from '../modules/connections/index.ts'
import type { Provider } from '../modules/delivery/index.ts'

export interface Adapters {
  providers: readonly Provider[]
  cms: readonly CmsKind[]
}

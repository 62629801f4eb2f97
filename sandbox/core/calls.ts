import type { Call, CallLog, Provider } from './deps.ts'
import { createRing } from './ring.ts'

/** The log of provider calls, oldest dropped first. */
export type Calls = CallLog & {
  /** In order of arrival. `since` (ms) is inclusive. */
  list(filter: { provider?: Provider; since?: number }): Call[]
  clear(): void
}

export function createCalls(now: () => number, size: number): Calls {
  const ring = createRing<Call>()
  return {
    record(call) {
      const entry: Call = {
        provider: call.provider,
        method: call.method,
        path: call.path,
        ...(call.query === undefined ? {} : { query: call.query }),
        status: call.status,
        reference: call.reference ?? null,
        at: call.at ?? now(),
        arrivedUs: Number(process.hrtime.bigint() / 1000n),
      }
      ring.push(entry)
      if (ring.length > size) ring.shift()
      return entry
    },
    list({ provider, since }) {
      return ring.filter(
        (call) =>
          (provider === undefined || call.provider === provider) && (since === undefined || call.at >= since),
      )
    },
    clear: ring.clear,
  }
}

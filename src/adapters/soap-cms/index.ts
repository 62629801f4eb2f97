/** Case management systems of the SOAP days: our own stand-in for them, to be fitted to a real one by its settings. */
import type { Clock } from '../../kernel/index.ts'
import { type CmsKind, type CmsReader, openGate } from '../../modules/connections/index.ts'
import { check, resolved } from '../settings.ts'
import { soapChanges } from './changes.ts'
import { writeDate } from './dates.ts'
import { soapHooks } from './hooks.ts'
import { matterReader } from './read.ts'
import { type Endpoint, endpointOf, soapService } from './service.ts'
import { soapSettings } from './settings.ts'
import { createTurns } from './turns.ts'
import { soapWriter } from './writer.ts'

const kind = 'soap-cms'
/** Calls that reading a case makes one after the other. */
const chain = 5
/** The lease on a read must outlast it, and a dead process's reads are to be begun again within a minute. */
const longest = 40_000

/** @param clock for how long a call took, and for dates that are asked from today on */
export function createSoapCms(clock: Clock, fetch: typeof globalThis.fetch = globalThis.fetch): CmsKind {
  // A firm's settings are opened anew when they change, and two firms may use one system: its turns are the same.
  const endpoints = new Map<string, Endpoint>()
  const endpointAt = (address: string): Endpoint => {
    const endpoint = endpoints.get(address) ?? { turns: createTurns(), restsUntil: Number.NEGATIVE_INFINITY }
    endpoints.set(address, endpoint)
    return endpoint
  }

  return {
    kind,
    secrets: ['key'],
    references: ['wsdl', 'endpoint'],
    turns: { atOnce: 1, longestMs: longest },
    hooks: soapHooks,
    writes: () => ['note'],
    parse: (settings) => check(soapSettings, settings),
    open(raw, context): CmsReader {
      const settings = resolved(kind, soapSettings, raw)
      const endpoint = endpointAt(endpointOf(settings).href)
      const service = soapService({ settings, endpoint, gate: context?.gate ?? openGate, fetch, clock })
      const timeoutMs = Math.min(settings.timeoutMs * chain, longest)
      return {
        kind,
        timeoutMs,
        country: settings.country,
        readMatter: matterReader(settings, service, clock, timeoutMs),
        async check(onCall) {
          // Nothing has changed since tomorrow: the shortest answer that wants the key.
          const tomorrow = writeDate(
            clock.now().add({ hours: 24 }),
            settings.dateFormats[0] ?? '',
            settings.zone,
          )
          const answer = await service.call(
            'ListCasesChangedSince',
            { Since: tomorrow, StartRow: '1', MaxRows: '1' },
            { onCall, urgency: 'now', signal: AbortSignal.timeout(timeoutMs) },
          )
          return answer.ok ? null : answer.detail
        },
        changes: soapChanges(settings, service, clock, timeoutMs),
        writer: soapWriter(settings, service, timeoutMs),
      }
    },
  }
}

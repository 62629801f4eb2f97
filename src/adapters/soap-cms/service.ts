/** Calls to the service by the `soap` package, one at a time; every outcome is a verdict. */
import type { Client, IHttpClient } from 'soap'
import type { Clock } from '../../kernel/index.ts'
import type {
  CmsCall,
  CmsGate,
  CmsLimit,
  CmsTrouble,
  CmsUrgency,
  CmsVerdict,
  OnCmsCall,
} from '../../modules/connections/index.ts'
import { isRecord } from '../answers.ts'
import { faultWords, meaningOf, readFault } from './faults.ts'
import { CallProblem, exchange, trouble } from './http.ts'
import type { SoapSettings } from './settings.ts'
import type { Turns } from './turns.ts'

/** Who is told of the calls made for one purpose, who waits for it, and when it must be over in all. */
export interface Session {
  onCall: OnCmsCall
  urgency: CmsUrgency
  signal: AbortSignal
}

export interface SoapService {
  /** @returns what stands in the answer's `…Result`; null where the service says that there is nothing */
  call(
    operation: string,
    args: Readonly<Record<string, string>>,
    session: Session,
  ): Promise<CmsVerdict<unknown>>
}

/** What all who call one address share, whichever firm's settings they have it from. */
export interface Endpoint {
  turns: Turns
  /** On the monotonic clock, in milliseconds: until then it may be at work on a call that nobody waits for any more. */
  restsUntil: number
}

/** Seconds until a busy service is tried again; whoever it serves needs about so long. */
const busyFor = 5

/** Texts all of them: a number would lose the zeros in front of an id, and a date here says no zone. */
const asText = (text: string): string => text
const customDeserializer = Object.fromEntries(
  [
    'int',
    'integer',
    'short',
    'long',
    'double',
    'float',
    'decimal',
    'bool',
    'boolean',
    'dateTime',
    'date',
  ].map((type) => [type, asText]),
)

export const endpointOf = ({ endpoint, wsdl }: Pick<SoapSettings, 'endpoint' | 'wsdl'>): URL => {
  const url = new URL(endpoint ?? wsdl)
  if (endpoint === undefined) url.search = ''
  url.hash = ''
  return url
}

export function soapService({
  settings,
  endpoint,
  gate,
  fetch,
  clock,
}: {
  settings: SoapSettings
  endpoint: Endpoint
  gate: CmsGate
  fetch: typeof globalThis.fetch
  clock: Clock
}): SoapService {
  const address = endpointOf(settings)
  const description = new URL(settings.wsdl)
  let described: Client | null = null
  /** The call whose turn it is: there is never more than one. */
  let current: { session: Session; operation: string; calls: CmsCall[] } | null = null

  const httpClient: IHttpClient = {
    request(url, data, callback, headers) {
      const done = (async () => {
        if (current === null) throw new CallProblem(trouble('unavailable', 'no call is under way'))
        const { session, operation, calls } = current
        const target = new URL(url)
        const posted =
          typeof data === 'string'
            ? { xml: data, headers: headers as Record<string, string>, operation }
            : null
        const answer = await exchange(
          { settings, fetch, clock, signal: session.signal, said: (call) => void calls.push(call) },
          target,
          posted,
        )
        return { ...answer, data: answer.text }
      })()
      done.then(
        (answer) => callback(null, answer, answer.text),
        (error: unknown) => callback(error),
      )
      return done as unknown as ReturnType<IHttpClient['request']>
    },
  }

  async function client(): Promise<Client> {
    if (described) return described
    // Loaded by those who need it: it brings an HTTP client and XML signatures along.
    const { createClientAsync } = await import('soap')
    const made = await createClientAsync(description.href, {
      httpClient,
      customDeserializer,
      disableCache: true,
      endpoint: address.href,
      wsdl_options: {
        // The library would read files, or ask anybody, if a description told it to (CWE-918).
        overrideImportLocation(location: string) {
          if (URL.parse(location)?.origin === description.origin) return location
          throw new CallProblem(trouble('refused', 'its description wants to be completed from elsewhere'))
        },
      },
    })
    made.addSoapHeader(keyHeader(settings, String(made.wsdl.definitions.$targetNamespace ?? '')))
    described = made
    return made
  }

  /** @returns what it said of itself for the gate, and the verdict */
  async function attempt(
    operation: string,
    args: Readonly<Record<string, string>>,
    session: Session,
    calls: CmsCall[],
  ): Promise<{ verdict: CmsVerdict<unknown>; rests: boolean }> {
    try {
      current = { session, operation, calls }
      const service = await client()
      const method: unknown = service[`${operation}Async`]
      if (typeof method !== 'function') {
        return { verdict: trouble('refused', `its description has no operation ${operation}`), rests: false }
      }
      const [result]: unknown[] = await method.call(service, args)
      const value = isRecord(result) ? (result[`${operation}Result`] ?? null) : null
      return { verdict: { ok: true, value }, rests: false }
    } catch (error) {
      if (error instanceof CallProblem) return { verdict: error.verdict, rests: error.mayBeAtWork }
      return { verdict: verdictOf(error, settings), rests: false }
    } finally {
      current = null
    }
  }

  return {
    async call(operation, args, session) {
      const give = await endpoint.turns.take(session.urgency, session.signal)
      if (give === null) return trouble('unavailable', 'its turn did not come in time')
      try {
        const rest = endpoint.restsUntil - clock.monotonic()
        if (rest > 0) {
          const seconds = Math.ceil(rest / 1_000)
          return trouble('unavailable', 'it may still be at work on a call without an answer', seconds)
        }
        const entered = await gate.enter(session.urgency)
        if (!entered.ok) return entered
        const calls: CmsCall[] = []
        let told: CmsLimit | undefined
        try {
          const { verdict, rests } = await attempt(operation, args, session, calls)
          if (rests) {
            endpoint.restsUntil = clock.monotonic() + settings.timeoutMs
            told = { kind: 'closed', until: clock.now().add({ milliseconds: settings.timeoutMs }) }
          }
          const last = calls.at(-1)
          if (last && !verdict.ok) last.error ??= verdict.detail
          return verdict
        } finally {
          // Before the next one here asks for its own.
          await entered.value.leave(told)
          for (const call of calls) session.onCall(call)
        }
      } finally {
        give()
      }
    },
  }
}

/** A Fault, whichever status it came with; or what the library could not make sense of. */
function verdictOf(error: unknown, settings: SoapSettings): CmsVerdict<unknown> {
  const root = isRecord(error) ? error.root : undefined
  const envelope = isRecord(root) ? root.Envelope : undefined
  const body = isRecord(envelope) ? envelope.Body : undefined
  if (!isRecord(body) || body.Fault === undefined) return trouble('unavailable', 'its answer makes no sense')
  const fault = readFault(body.Fault)
  const said = `Fault ${faultWords(fault)}`
  const meaning = meaningOf(fault, settings.faults)
  switch (meaning) {
    case 'nothing':
      return { ok: true, value: null }
    case 'busy':
      return trouble('unavailable', said, busyFor)
    case 'not_found':
    case 'unavailable':
    case 'unauthorised':
    case 'refused':
      return trouble(meaning, said)
  }
}

function keyHeader({ header, key }: SoapSettings, namespace: string): string {
  const escaped = (text: string): string => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return `<${header.element} xmlns="${escaped(namespace)}"><${header.key}>${escaped(key)}</${header.key}></${header.element}>`
}

/** The same trouble, for a record that must be there because another one just named it. */
export const notNow = (verdict: CmsTrouble): CmsTrouble =>
  verdict.kind === 'not_found' ? { ...verdict, kind: 'unavailable' } : verdict

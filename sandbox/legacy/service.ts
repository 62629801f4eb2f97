/** The SOAP door: envelope in, envelope out, in whatever encoding it feels like, one call at a time. */
import type { Context } from 'hono'
import type { CoreDeps } from '../core/deps.ts'
import { throughDoor } from '../core/door.ts'
import { toBytes } from './codepage.ts'
import { isOperation, isRefused, perform, type Refused } from './operations.ts'
import type { Row } from './records.ts'
import type { Habits } from './settings.ts'
import type { Store } from './store.ts'
import { NAMESPACE, type Operation } from './wsdl.ts'
import { child, escapeXml, type Node, parseXml } from './xml.ts'

/** Test credential, documented in README.md; it opens nothing but this sandbox. */
export const LEGACY_KEY = 'sandbox-legacy-key'

export interface Traffic {
  calls: number
  /** Calls that came while another was under way. */
  overlaps: number
  /** The most that were under way at once. */
  most: number
}

export interface Service {
  answer(c: Context): Promise<Response>
  traffic(): Traffic
  /** Resolves once no call is under way, those included whose caller has hung up. */
  idle(): Promise<void>
  reset(): void
}

interface Asked {
  operation: Operation
  args: Row
}

export function createService(deps: CoreDeps, store: Store, habits: Habits): Service {
  const traffic: Traffic = { calls: 0, overlaps: 0, most: 0 }
  let underWay = 0
  const waiting: (() => void)[] = []
  let lastCase: string | undefined

  const send = (xml: string, status: number): Response => {
    const { encoding } = habits
    const declaration =
      encoding.declared === '' ? '' : `<?xml version="1.0" encoding="${encoding.declared}"?>`
    const charset = encoding.charset === '' ? '' : `; charset=${encoding.charset}`
    return new Response(Buffer.from(toBytes(declaration + xml, encoding)), {
      status,
      headers: { 'Content-Type': `text/xml${charset}` },
    })
  }
  const envelope = (body: string): string =>
    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`
  const fault = ({ side, fault: code, message }: Refused, status: number = habits.faultStatus): Response =>
    send(
      envelope(
        `<soap:Fault><faultcode>soap:${side}.${code}</faultcode><faultstring>${escapeXml(message)}</faultstring>` +
          `<detail><ErrorCode xmlns="${NAMESPACE}">${code}</ErrorCode></detail></soap:Fault>`,
      ),
      status,
    )

  async function work(c: Context, second: boolean): Promise<Response> {
    const asked = read(await c.req.arrayBuffer(), c.req.header('content-type') ?? '')
    await new Promise((done) => setTimeout(done, habits.workMs))
    if (isRefused(asked)) return fault(asked)
    const corrupt = second && habits.onOverlap === 'corrupt'
    if (second && !corrupt)
      return fault({ side: 'Server', fault: 'Busy', message: 'Another user is using the system.' })
    const { operation, args } = asked
    // Its one global variable: the record that the other call was reading.
    const mixed = corrupt && operation === 'GetCase' && lastCase !== undefined
    const result = perform(store, operation, mixed ? { ...args, CaseId: lastCase ?? '' } : args)
    if (operation === 'GetCase') lastCase = args.CaseId
    if (isRefused(result)) return fault(result)
    const whole = envelope(
      `<${operation}Response xmlns="${NAMESPACE}"><${operation}Result>${result}</${operation}Result></${operation}Response>`,
    )
    return send(corrupt && !mixed ? whole.slice(0, whole.length / 2) : whole, 200)
  }

  return {
    async answer(c) {
      const second = underWay > 0
      traffic.calls++
      underWay++
      if (second) traffic.overlaps++
      traffic.most = Math.max(traffic.most, underWay)
      try {
        return await throughDoor(c, deps, {
          provider: 'legacy',
          writes: /AddNote/.test(c.req.header('soapaction') ?? ''),
          refuse: (status) =>
            fault({ side: 'Server', fault: 'Unavailable', message: 'Server error.' }, status),
          answer: () => work(c, second),
        })
      } finally {
        underWay--
        if (underWay === 0) for (const done of waiting.splice(0)) done()
      }
    },
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve))),
    traffic: () => ({ ...traffic }),
    reset() {
      Object.assign(traffic, { calls: 0, overlaps: 0, most: underWay })
      lastCase = undefined
    },
  }
}

function read(bytes: ArrayBuffer, contentType: string): Asked | Refused {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  const bad = (code: string, message: string): Refused => ({ side: 'Client', fault: code, message })
  let source: string
  try {
    source = new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return bad('BadRequest', 'The request could not be read.')
  }
  const envelope = parseXml(source)
  if (envelope?.name !== 'Envelope') return bad('BadRequest', 'The request is not a SOAP envelope.')
  const key = child(child(child(envelope, 'Header'), 'AuthHeader'), 'ApiKey')?.text.trim()
  if (key !== LEGACY_KEY) return bad('BadKey', 'The key is missing or wrong.')
  const body: Node | undefined = child(envelope, 'Body')?.children[0]
  if (body === undefined || !isOperation(body.name))
    return bad('NoSuchOperation', 'There is no such operation.')
  return {
    operation: body.name,
    args: Object.fromEntries(body.children.map(({ name, text }) => [name, text])),
  }
}

import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import type { CoreDeps, Provider } from './deps.ts'

/** One call at a provider's door, for `throughDoor`. */
export type DoorCall = {
  provider: Provider
  /** Phone number or address, for faults that are narrowed to it. */
  to?: string
  reference?: string | null
  /** Logged with the call. */
  query?: string
  /** Whether the call accepts something; only such calls are hit by `reset_after_accept`. */
  writes: boolean
  /** The provider's own error answer for a status; nothing is accepted. */
  refuse(status: number): Response
  /** The provider's normal answer. */
  answer(): Response | Promise<Response>
}

/** Answers one provider call with the fault that hits it, if any, and logs it. */
export async function throughDoor(
  c: Context,
  deps: Pick<CoreDeps, 'calls' | 'faults'>,
  call: DoorCall,
): Promise<Response> {
  const entry = deps.calls.record({
    provider: call.provider,
    method: c.req.method,
    path: c.req.path,
    ...(call.query === undefined ? {} : { query: call.query }),
    status: 0,
    reference: call.reference ?? null,
  })
  const about = {
    method: c.req.method,
    writes: call.writes,
    ...(call.to === undefined ? {} : { to: call.to }),
  }
  const fault = deps.faults.pick(call.provider, about)
  if (fault?.kind === 'timeout') {
    await openFor(c, fault.delayMs)
    return hangUp(c)
  }
  if (fault?.kind === 'slow') await openFor(c, fault.delayMs)
  const response = fault?.kind === 'status' ? call.refuse(fault.status) : await call.answer()
  if (fault?.kind === 'reset_after_accept') return hangUp(c)
  entry.status = response === RESPONSE_ALREADY_SENT ? 0 : response.status
  return response
}

/** Drops the caller's connection without an answer. */
export function hangUp(c: Context): Response {
  const outgoing = outgoingOf(c)
  if (!outgoing) return new Response('the sandbox hung up', { status: 599 })
  outgoing.destroy()
  return RESPONSE_ALREADY_SENT
}

/** Waits `ms` of real time, or until the caller gives up. */
export function openFor(c: Context, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    outgoingOf(c)?.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

type Outgoing = { destroy(): void; once(event: 'close', listener: () => void): unknown }

// A test that calls the app without a server has no socket.
function outgoingOf(c: Context): Outgoing | undefined {
  return (c.env as { outgoing?: Outgoing } | undefined)?.outgoing
}

/** What is answered to those who send us webhooks and receipts, apart from how a request is read and an answer written. */
import type { RawRequest } from '../kernel/index.ts'
import { largestHook } from '../modules/ingest/index.ts'
import type { Runtime } from './runtime.ts'

/** Bytes. A receipt batch of SendGrid may hold thousands of events. */
export const limits = { hook: largestHook, callback: 8 * 1_048_576 }

export interface PlainAnswer {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** RFC 9457. */
export const problemAnswer = (status: number, title: string, instance: string): PlainAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: 'about:blank', status, title, instance }),
})

export function plainAnswers({
  hooks,
  callbacks,
  metrics,
}: Pick<Runtime, 'hooks' | 'callbacks' | 'metrics'>) {
  return {
    /** @param raw null: larger than the limit */
    async hook(connection: string, raw: RawRequest | null, model: string | null): Promise<PlainAnswer> {
      const started = performance.now()
      const answer = await hooks.accept(connection, raw ?? tooLarge, model)
      metrics.hookSeconds.observe({ outcome: String(answer.status) }, (performance.now() - started) / 1000)
      if (answer.status >= 400) return problemAnswer(answer.status, answer.detail, `/hooks/${connection}`)
      return { status: answer.status, ...(answer.headers ? { headers: answer.headers } : {}) }
    },

    /** @param raw null: larger than the limit */
    async receipts(connection: string, raw: RawRequest | null): Promise<PlainAnswer> {
      const instance = `/receipts/${connection}`
      if (!raw) return problemAnswer(413, 'too large', instance)
      const answer = await callbacks.receipts(connection, raw)
      if (answer.status === 204) return { status: 204 }
      return problemAnswer(answer.status, answer.detail ?? 'refused', instance)
    },
  }
}

/** Measured and counted like any other, without having been read. */
const tooLarge: RawRequest = { method: 'POST', url: '', headers: {}, body: new Uint8Array(largestHook + 1) }

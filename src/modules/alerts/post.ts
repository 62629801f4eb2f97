import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { scrub } from '../../platform/log/index.ts'
import type { AlertPoster, Pinger, Told } from './ports.ts'
import { refusedAddress } from './reach.ts'
import { signWebhook } from './sign.ts'

export interface PosterOptions {
  /** Loopback and private addresses may be reached (see reach.ts). */
  allowPrivate: boolean
  now(): Temporal.Instant
  /** Whole call, in milliseconds; less than half of the lease. */
  timeoutMs?: number
  /** Asks for all addresses of a name; DNS when absent. */
  resolve?: (host: string) => Promise<{ address: string; family: number }[]>
}

const defaultTimeoutMs = 10_000
/** An answer is not read, but a server may send one without end. */
const mostAnswerBytes = 64 * 1024

/**
 * Posts signed webhooks (Standard Webhooks). The address is checked when it is connected to, so that a name can't
 * point elsewhere between check and call; redirects are not followed.
 */
export function alertPoster(options: PosterOptions): AlertPoster {
  return {
    post: (webhook, id, body) =>
      told(webhook.url, options, (url) => {
        const headers = {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...signWebhook(webhook.secret, id, options.now(), body),
        }
        return call(url, { method: 'POST', headers, body }, options)
      }),
  }
}

/** A plain GET, as services that watch for silence ask for it. Its address is checked as that of a webhook. */
export function pinger(options: Omit<PosterOptions, 'now'>): Pinger {
  return { ping: (url) => told(url, options, (checked) => call(checked, { method: 'GET' }, options)) }
}

async function told(
  address: string,
  { allowPrivate }: Pick<PosterOptions, 'allowPrivate'>,
  ask: (url: URL) => Promise<number>,
): Promise<Told> {
  try {
    const url = new URL(address)
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      return no(`${url.protocol} is not http or https`)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const refused = isIP(host) === 0 ? null : refusedAddress(host, allowPrivate)
    if (refused) return no(`its host ${refused}`)
    const status = await ask(url)
    return status >= 200 && status < 300 ? { ok: true } : no(`answered ${status}`)
  } catch (error) {
    return no(error instanceof Error ? error.message : 'failed')
  }
}

const no = (detail: string): Told => ({ ok: false, detail: scrub(detail).slice(0, 300) })

/** @returns the status of the answer */
function call(
  url: URL,
  { method, headers, body }: { method: 'GET' | 'POST'; headers?: http.OutgoingHttpHeaders; body?: string },
  options: Omit<PosterOptions, 'now'>,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs
  const request = (url.protocol === 'https:' ? https : http).request(url, {
    method,
    ...(headers ? { headers } : {}),
    lookup: checkedLookup(options),
    // A kept socket would have been checked for another call.
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
  })
  request.on('error', (error) =>
    reject(
      error.name === 'AbortError' || error.name === 'TimeoutError'
        ? new Error(`no answer in ${timeoutMs} ms`)
        : error,
    ),
  )
  request.on('response', (response) => {
    let bytes = 0
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > mostAnswerBytes) response.destroy()
    })
    response.on('close', () => resolve(response.statusCode ?? 0))
    response.on('error', reject)
  })
  request.end(body)
  return promise
}

/** A resolver for net.connect that lets only reachable addresses through. */
function checkedLookup(options: Omit<PosterOptions, 'now'>): LookupFunction {
  const resolve = options.resolve ?? ((host: string) => lookup(host, { all: true }))
  return (host, asked, done) => {
    resolve(host)
      .then((addresses) => {
        for (const { address } of addresses) {
          const refused = refusedAddress(address, options.allowPrivate)
          if (refused) throw new Error(`its host ${refused}`)
        }
        const first = addresses[0]
        if (!first) throw new Error('its host has no address')
        if (asked.all) done(null, addresses)
        else done(null, first.address, first.family)
      })
      .catch((error: NodeJS.ErrnoException) => done(error, '', 0))
  }
}

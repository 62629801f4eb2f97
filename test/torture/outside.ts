/** The outside world: the sandbox as a process of its own, which no kill touches, and which is the judge's witness. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

export interface Accepted {
  to: string
  text: string
  reference: string | null
  status: string
}

export interface Outside {
  url: string
  control<T>(method: string, path: string, body?: unknown): Promise<T>
  stop(): void
}

export async function startOutside(): Promise<Outside> {
  // With a channel, it ends by itself when we are gone.
  const child = spawn(process.execPath, [join(root, 'sandbox', 'main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH, SANDBOX_PORT: '0' },
  })
  const url = await addressOf(child)
  return {
    url,
    async control<T>(method: string, path: string, body?: unknown) {
      const answer = await fetch(`${url}/_sandbox${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return (answer.status === 204 ? null : await answer.json()) as T
    },
    stop: () => void child.kill('SIGKILL'),
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    child.stdout!.on('data', (chunk: Buffer) => {
      out += chunk
      const url = /sandbox: (http\S+)/.exec(out)?.[1]
      if (url) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)))
  })
}

/** A CMS and carriers that are slow and unsure, as they are on a bad day. */
export async function makeDifficult(outside: Outside, seed: number, quick: boolean): Promise<void> {
  await outside.control('PUT', '/cms/settings', {
    rateLimit: null,
    retries: quick ? 9 : 11,
    retryBaseSeconds: quick ? 0.1 : 0.25,
    timeoutMs: 3_000,
    // Some webhooks come twice, and out of order.
    doubleShare: 0.05,
    shuffleMs: 200,
    seed,
  })
  const posts = { method: 'POST' }
  await outside.control('PUT', '/faults', [
    // Accepted, but the answer is lost.
    { provider: 'twilio', kind: 'reset_after_accept', share: 0.03, seed, match: posts },
    // Neither accepted nor answered.
    { provider: 'twilio', kind: 'timeout', delayMs: 20_000, share: 0.01, seed: seed + 1, match: posts },
    { provider: 'twilio', kind: 'status', status: 500, share: 0.03, seed: seed + 2, match: posts },
    // Slow answers keep calls under way, so that kills meet them; some come only after the caller gave up.
    { provider: 'twilio', kind: 'slow', delayMs: 2_000, share: 0.01, seed: seed + 3, match: posts },
    { provider: 'twilio', kind: 'slow', delayMs: 250, share: 0.4, seed: seed + 4, match: posts },
    { provider: 'clio', kind: 'slow', delayMs: 100, share: 0.2, seed: seed + 5 },
  ])
}

/** @returns the matters' numbers by their ids, all at a stage that nobody was told of */
export async function seedMatters(
  outside: Outside,
  count: number,
  seed: number,
): Promise<Map<number, string>> {
  const { matters } = await outside.control<{ matters: { firstId: number; lastId: number } }>(
    'POST',
    '/cms/seed',
    {
      matters: count,
      clients: count,
      seed,
      preference: 'SMS',
    },
  )
  const { data } = await outside.control<{ data: { id: number; display_number: string }[] }>(
    'GET',
    '/cms/matters',
  )
  return new Map(
    data
      .filter(({ id }) => id >= matters.firstId && id <= matters.lastId)
      .map(({ id, display_number }) => [id, display_number]),
  )
}

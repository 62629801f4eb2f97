/**
 * What staff do is done once: a POST carries an Idempotency-Key, and one whose answer never came keeps it. Whoever asks for the same
 * again, the page by itself or the person who presses the button once more, then gets the first one's answer.
 */

/** Longer ago, and the same request is meant anew. */
const rememberedFor = 5 * 60_000

/** POSTs that only ask. */
const asksOnly = /\/(check|trial|preview)$/

const unanswered = new Map<string, { key: string; since: number }>()

/** Not crypto.randomUUID, which browsers have for https alone. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

export async function fetchOnce(request: Request): Promise<Response> {
  if (request.method !== 'POST' || asksOnly.test(new URL(request.url).pathname)) return fetch(request)
  const what = `${request.url} ${await request.clone().text()}`
  const now = Date.now()
  for (const [other, { since }] of unanswered) if (now - since > rememberedFor) unanswered.delete(other)
  const { key } = unanswered.get(what) ?? { key: newKey() }
  unanswered.set(what, { key, since: now })
  request.headers.set('idempotency-key', key)
  const response = await fetch(request)
  // "Again, later" is no answer.
  if (response.status < 500 && !response.headers.has('retry-after')) unanswered.delete(what)
  return response
}

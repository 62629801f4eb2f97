/** Reading requests whose bytes matter: signatures are over the raw body and the public address. */
import type { Context } from 'hono'
import type { RawRequest } from '../../kernel/index.ts'

/**
 * @param publicUrl what senders call, without a slash at the end: behind a proxy our own host and scheme are others
 * @param limit bytes; a larger body is not read to its end
 * @returns null when it is larger
 */
export async function readRaw(
  context: Context,
  publicUrl: string,
  limit: number,
): Promise<RawRequest | null> {
  const { raw } = context.req
  const declared = Number(raw.headers.get('content-length') ?? 0)
  if (declared > limit) return null
  const body = await readBody(raw, limit)
  if (body === null) return null
  const url = new URL(raw.url)
  const headers: Record<string, string> = {}
  raw.headers.forEach((value, name) => {
    headers[name] = value
  })
  return { method: raw.method, url: `${publicUrl}${url.pathname}${url.search}`, headers, body }
}

async function readBody(request: Request, limit: number): Promise<Uint8Array | null> {
  if (request.headers.has('content-length')) return new Uint8Array(await request.arrayBuffer())
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.length
    if (size > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

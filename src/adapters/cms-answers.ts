/** What the CMS adapters have in common when they read a system's answers over HTTP. */
import type { CmsTrouble } from '../modules/connections/index.ts'

export function trouble(kind: CmsTrouble['kind'], detail: string, retryAfter?: number): CmsTrouble {
  return retryAfter === undefined ? { ok: false, kind, detail } : { ok: false, kind, detail, retryAfter }
}

/** @returns the body, or null when it is larger than `most` bytes; what is larger is not kept in memory */
export async function readAtMost(answer: Response, most: number): Promise<Uint8Array | null> {
  if (answer.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body) {
    size += part.length
    if (size > most) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

import type { CmsTrouble } from '../../modules/connections/index.ts'

/** @param retryAfter in seconds, where Clio said how long to wait */
export function trouble(kind: CmsTrouble['kind'], detail: string, retryAfter?: number): CmsTrouble {
  return retryAfter === undefined ? { ok: false, kind, detail } : { ok: false, kind, detail, retryAfter }
}

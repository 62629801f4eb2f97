/** What comes of a call to a CMS: a value, or trouble of one of five kinds. */
/** Why a CMS did not give what was asked for. */
export type CmsTrouble = {
  ok: false
  /**
   * `not_found`: there is no such record, or this account may not see it. `unauthorised`: the operator must connect
   * again. `unavailable`, `rate_limited`: try later. `refused`: the same request will never succeed.
   */
  kind: 'not_found' | 'unauthorised' | 'unavailable' | 'rate_limited' | 'refused'
  /** Seconds to wait at least, where the CMS says so. */
  retryAfter?: number
  /** For staff and logs; holds no client's data. */
  detail: string
}
export type CmsVerdict<T> = { ok: true; value: T } | CmsTrouble

/** One call to the CMS, for the table `cms_calls`. `path` has no query. */
export interface CmsCall {
  method: string
  path: string
  /** Null: no answer came. */
  status: number | null
  ms: number
  error: string | null
  /** What the answer's headers told of the rate limit; absent: nothing. */
  limit?: { limit: number; remaining: number }
}

/** Whom an open connection tells of each of its calls, while it makes them for one purpose. */
export type OnCmsCall = (call: CmsCall) => void

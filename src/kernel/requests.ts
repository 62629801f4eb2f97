/** An HTTP request as received, before anyone trusted it: what signatures are checked over. */
export interface RawRequest {
  method: string
  /** The public URL that the sender called, scheme, host and query included (what Twilio signs). */
  url: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: Uint8Array
}

/** Why a request is refused, with the status that tells the sender so. */
export type Refusal = { ok: false; status: 400 | 401 | 403 | 413 | 415 | 422; reason: string }

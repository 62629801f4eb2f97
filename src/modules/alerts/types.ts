/** Telling the operators, by a path of its own. */

/** Something that operators must know. The same kind and cause is one alert as long as it is open. */
export interface NewAlert {
  /** A word of our own: `dead_letter`, `provider_refuses`, `quarantine` … Mails are grouped by it. */
  kind: string
  /** What exactly: a message's id, a connection's key. */
  cause: string
  severity: 'warning' | 'page'
  /** One line, without contact details. */
  title: string
  detail?: Record<string, unknown>
}

/** Where a firm's operators are reached; references to secrets are already resolved. */
export interface Operators {
  mail: readonly string[]
  webhook?: {
    url: string
    /** Standard Webhooks' form: `whsec_` and base64. */
    secret: string
  }
  /** Called each minute in which all is well: an outside service that misses it tells them. */
  ping?: string
}

/** An alert as operators get it. */
export interface OpenAlert {
  id: string
  kind: string
  cause: string
  severity: 'warning' | 'page'
  title: string
  detail: Record<string, unknown>
  count: number
  raisedAt: Temporal.Instant
  lastAt: Temporal.Instant
}

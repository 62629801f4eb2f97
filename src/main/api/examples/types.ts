/** One request as somebody could send it, and its answer. */
export interface Example {
  params?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string | number>>
  body?: unknown
  /** Null: it is no JSON, and its description says what it is. */
  answer: unknown
}

/** By `get /path`. */
export type Examples = Readonly<Record<string, Example>>

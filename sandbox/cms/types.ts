/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/**
 * One record of the pretend case management system. Attributes carry Clio's own names;
 * `refs` holds the ids (or lists of ids) of associated records; `lists` the embedded collections
 * (phone numbers, custom field values, …), which have ids and versions of their own.
 */
export interface Row {
  id: number
  /** Raised with each change; part of the etag. */
  version: number
  /** Milliseconds since the epoch. */
  created: number
  /** Milliseconds since the epoch. */
  updated: number
  attrs: Record<string, Json>
  refs: Record<string, number | number[] | null>
  lists: Record<string, Row[]>
}

/** How an attribute's value is checked when someone writes it. */
export type Kind = 'text' | 'bool' | 'int' | 'number' | 'date' | 'time' | 'json' | readonly string[]

/** A query parameter of a list, as a test on a record. Answers undefined when the value is malformed. */
export type Filter = (row: Row, value: string) => boolean | undefined

/** What the API knows of one kind of record: attributes, associations, filters and what may be written. */
export interface Model {
  /** Singular, as webhooks name it, e.g. `calendar_entry`. */
  name: string
  /** Plural, as the path names it, e.g. `calendar_entries`; absent for embedded records. */
  path?: string
  idType?: 'string'
  /** What `fields` may ask for, beyond id, etag, created_at and updated_at. */
  attrs: Record<string, Kind>
  /** Attributes worked out from the record rather than stored. */
  computed?: Record<string, (row: Row) => Json>
  /** Association name to model name; stored as an id in `refs`. */
  links?: Record<string, string>
  /** Association name to model name, many of them; stored as ids in `refs`. */
  manyLinks?: Record<string, string>
  /** Association name to model name; stored inside the record, in `lists`. */
  lists?: Record<string, string>
  /** Returned when `fields` says nothing. Clio's usual default is id and etag. */
  defaults?: readonly string[]
  /** The attributes shown by the sandbox's own controls for a nested record. */
  summary?: readonly string[]
  filters?: Record<string, Filter>
  orders?: readonly string[]
  write?: {
    /** Attributes and associations that a PATCH or POST may carry. */
    allowed: readonly string[]
    /** Those that the API's POST must carry. */
    required: readonly string[]
    /** Those that the sandbox's own control must be given; the API's own list when absent. */
    controlRequired?: readonly string[]
  }
  /** Verbs that the API offers; list and show always are. */
  verbs: readonly ('post' | 'patch' | 'delete' | 'show')[]
}

export type EventName =
  | 'created'
  | 'updated'
  | 'deleted'
  | 'matter_opened'
  | 'matter_pended'
  | 'matter_closed'

/** Something changed; told to whoever subscribed. */
export interface Change {
  model: string
  event: 'created' | 'updated' | 'deleted'
  row: Row
  /** Names of the attributes and associations that differ from before. */
  changed: ReadonlySet<string>
  /** Attribute and association values before the change, for those that changed. */
  before: Readonly<Record<string, Json>>
  /** Set when the change is part of a played stream. */
  play?: string
}

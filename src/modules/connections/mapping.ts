/**
 * What a webhook means, as the firm's configuration says it in CEL. Compiled once, then applied to each delivery.
 * Pure: the same payload gives the same events.
 */
import { createHash } from 'node:crypto'
import type { Json } from '../../kernel/json.ts'
import {
  compileExpression,
  type Expression,
  type PreparedValues,
  prepareValues,
} from '../../platform/expressions/index.ts'
import { asFlag, asId, asInstant, asPlainData, asText, type Read } from './mapping-values.ts'
import { type Drift, lostOf } from './shapes.ts'
import type { ConnectionSettings, EventMapping } from './types.ts'

export interface Problem {
  /** As in the configuration: `hooks.events[2].matter`. */
  path: string
  message: string
}

export type FactKind = 'document' | 'bill' | 'appointment'

/** The payload itself is a fact to keep. */
export interface MappedFact {
  kind: FactKind
  externalId: string
  /** Equal to the stored one: nothing new. For appointments it changes only when time or place do. */
  version: string | null
  removed: boolean
  data: Record<string, unknown>
}

export interface MappedEvent {
  type: string
  /**
   * Null when the payload names only a client (then the client's matter is meant, if there is just one), or a fact
   * whose matter we know from before.
   */
  matterExternalId: string | null
  clientExternalId: string | null
  /** Key of the connection whose matter is meant; absent: the one that this came by. */
  mattersOf?: string
  /** Null: not told; use when it was received. */
  occurredAt: Temporal.Instant | null
  subject: string | null
  /** matter.status_changed: the raw status. */
  status: string | null
  data: Record<string, unknown>
  fact?: MappedFact
  /** By which mapping it was read. */
  by: MappingRef
}

/** A mapping, and what it reads. */
export interface MappingRef {
  /** The same as long as the mapping is for the same payloads, wherever it stands in the configuration. */
  key: string
  type: string
  reads: readonly FieldRead[]
}

export interface FieldRead {
  /** Below the body: `data.matter_stage.name`. */
  field: string
  /** Which of the event's data it becomes; null: what the event is made of, such as the raw status. */
  feeds: string | null
}

export interface DeliveryInput {
  body: Json
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  /** What the address says the payload is about, where the payload itself does not (Clio); null otherwise. */
  model: string | null
  receivedAt: Temporal.Instant
}

export type Mapping =
  | { kind: 'events'; events: MappedEvent[] }
  | { kind: 'ignored' }
  /** No mapping was meant for it. */
  | { kind: 'unmapped' }
  /** It lacks what the mapping requires: nothing of it may be used. */
  | { kind: 'drift'; by: MappingRef; fields: Drift[] }
  /** A mapping was meant for it and could not read it; nothing of it may be used. */
  | { kind: 'error'; problems: Problem[]; by: MappingRef[] }

type Hooks = NonNullable<ConnectionSettings['hooks']>

interface CompiledFact {
  kind: FactKind
  id: Expression
  version: Expression | null
  removed: Expression | null
  data: [string, Expression][]
}

interface CompiledEvent {
  path: string
  ref: MappingRef
  requires: readonly string[]
  type: string
  mattersOf: string | undefined
  when: Expression
  matter: Expression
  client: Expression | null
  occurredAt: Expression | null
  subject: Expression | null
  status: Expression | null
  data: [string, Expression][]
  fact: CompiledFact | null
}

export interface CompiledHooks {
  /** What only lists give (CmsKind.listHooks): a webhook that looks like it is a forgery. */
  readonly listsOnly: Expression | null
  readonly key: Expression | null
  readonly ignore: Expression | null
  readonly events: readonly CompiledEvent[]
}

/** What may be absent by the expression's own words, `.?` or `has`, is no loss when it is. */
function fieldsRead(expression: Expression | null, feeds: string | null): FieldRead[] {
  if (expression === null || /\.\?|\[\?|\bhas\(/.test(expression.source)) return []
  return expression.reads
    .filter((path) => path.startsWith('body.'))
    .map((path) => ({ field: path.slice('body.'.length), feeds }))
}

const variables = ['body', 'headers', 'model', 'received_at'] as const

/** @returns the mappings ready to use, or every problem with its path */
export function compileHooks(
  hooks: Pick<Hooks, 'key' | 'ignore' | 'events'> & { listsOnly?: string },
): { ok: true; hooks: CompiledHooks } | { ok: false; problems: Problem[] } {
  const problems: Problem[] = []
  const need = (source: string, path: string, returns: 'any' | 'bool' = 'any'): Expression => {
    const verdict = compileExpression(source, { variables, returns })
    if (verdict.ok) return verdict.expression
    const at = verdict.position ? ` (line ${verdict.position.line}, column ${verdict.position.column})` : ''
    problems.push({ path, message: `${verdict.message}${at}` })
    return never
  }
  const may = (source: string | undefined, path: string, returns: 'any' | 'bool' = 'any') =>
    source === undefined ? null : need(source, path, returns)
  const all = (sources: Readonly<Record<string, string>>, path: string): [string, Expression][] =>
    Object.entries(sources).map(([name, source]) => [name, need(source, `${path}.${name}`)])

  const event = (mapping: EventMapping, index: number): CompiledEvent => {
    const path = `hooks.events[${index}]`
    if (mapping.type === 'matter.status_changed' && mapping.status === undefined) {
      problems.push({
        path: `${path}.status`,
        message: 'is missing: matter.status_changed needs the raw status',
      })
    }
    const made = {
      when: need(mapping.when, `${path}.when`, 'bool'),
      matter: need(mapping.matter, `${path}.matter`),
      client: may(mapping.client, `${path}.client`),
      occurredAt: may(mapping.occurredAt, `${path}.occurredAt`),
      subject: may(mapping.subject, `${path}.subject`),
      status: may(mapping.status, `${path}.status`),
      data: all(mapping.data, `${path}.data`),
    }
    return {
      path,
      ref: {
        key: `${mapping.type} ${createHash('sha256').update(mapping.when).digest('hex').slice(0, 12)}`,
        type: mapping.type,
        reads: [
          ...fieldsRead(made.matter, null),
          ...fieldsRead(made.status, null),
          ...made.data.flatMap(([name, expression]) => fieldsRead(expression, name)),
        ],
      },
      requires: mapping.requires ?? [],
      type: mapping.type,
      mattersOf: mapping.mattersOf,
      ...made,
      fact: mapping.fact === undefined ? null : fact(mapping.fact, `${path}.fact`),
    }
  }
  const fact = (mapping: NonNullable<EventMapping['fact']>, path: string): CompiledFact => ({
    kind: mapping.kind,
    id: need(mapping.id, `${path}.id`),
    version: may(mapping.version, `${path}.version`),
    removed: may(mapping.removed, `${path}.removed`, 'bool'),
    data: all(mapping.data, `${path}.data`),
  })

  const compiled: CompiledHooks = {
    listsOnly: may(hooks.listsOnly, 'hooks.listsOnly', 'bool'),
    key: may(hooks.key, 'hooks.key'),
    ignore: may(hooks.ignore, 'hooks.ignore', 'bool'),
    events: hooks.events.map(event),
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, hooks: compiled }
}

/** Stands where compiling failed; such hooks are never handed out. */
const never: Expression = {
  source: '',
  reads: [],
  evaluate: () => ({ ok: false, message: 'was not compiled' }),
}

const valuesOf = (input: DeliveryInput): PreparedValues =>
  prepareValues({
    body: input.body,
    headers: input.headers,
    model: input.model,
    received_at: input.receivedAt,
  })

/**
 * What makes this delivery unique on its connection, at most 200 characters.
 *
 * @returns null when no key is configured or this payload has none: then the body itself counts, for 10 minutes
 */
export function deliveryKey(hooks: CompiledHooks, input: DeliveryInput): string | null {
  if (hooks.key === null) return null
  const read = asId(hooks.key.evaluate(valuesOf(input)))
  if (!read.ok || read.value === null) return null
  return read.value.length <= 200 ? read.value : createHash('sha256').update(read.value).digest('hex')
}

/** Whether this came by a webhook as only lists give it: who knows no more than the way in must not pass for our own reading. */
export function isForged(hooks: CompiledHooks, input: DeliveryInput): boolean {
  return hooks.listsOnly !== null && holds(hooks.listsOnly, valuesOf(input), 'hooks.listsOnly', [])
}

/**
 * Every mapping whose `when` holds makes one event, in their order. A `when` or `ignore` that asks for a field which
 * the payload has not does not hold: payloads of other kinds come by the same address.
 */
export function mapDelivery(hooks: CompiledHooks, input: DeliveryInput): Mapping {
  const values = valuesOf(input)
  const problems: Problem[] = []
  if (holds(hooks.ignore, values, 'hooks.ignore', problems)) return { kind: 'ignored' }
  const meant = hooks.events.filter((event) => holds(event.when, values, `${event.path}.when`, problems))
  for (const { ref, requires } of meant) {
    const fields = lostOf(input.body, requires)
    if (fields.length > 0) return { kind: 'drift', by: ref, fields }
  }
  const events = meant.map((event) => mapEvent(event, values, problems))
  if (problems.length > 0) return { kind: 'error', problems, by: meant.map((event) => event.ref) }
  return events.length > 0 ? { kind: 'events', events } : { kind: 'unmapped' }
}

function holds(
  condition: Expression | null,
  values: PreparedValues,
  path: string,
  problems: Problem[],
): boolean {
  if (condition === null) return false
  const verdict = condition.evaluate(values)
  if (verdict.ok) return verdict.value === true
  if (verdict.missing === undefined) problems.push({ path, message: verdict.message })
  return false
}

function mapEvent(event: CompiledEvent, values: PreparedValues, problems: Problem[]): MappedEvent {
  const take = <T>(
    expression: Expression | null,
    name: string,
    read: (verdict: ReturnType<Expression['evaluate']>) => Read<T>,
  ): T | null => {
    if (expression === null) return null
    const result = read(expression.evaluate(values))
    if (result.ok) return result.value
    problems.push({ path: `${event.path}.${name}`, message: result.message })
    return null
  }
  const data = (entries: readonly [string, Expression][], name: string): Record<string, unknown> =>
    readData(entries, values, (key, message) =>
      problems.push({ path: `${event.path}.${name}.${key}`, message }),
    )

  const matterExternalId = take(event.matter, 'matter', asId)
  const clientExternalId = take(event.client, 'client', asId)
  const status = take(event.status, 'status', asText)
  const fact = event.fact && {
    kind: event.fact.kind,
    externalId: take(event.fact.id, 'fact.id', asId),
    version: take(event.fact.version, 'fact.version', asId),
    removed: take(event.fact.removed, 'fact.removed', asFlag) ?? false,
    data: data(event.fact.data, 'fact.data'),
  }
  const blame = (name: string, message: string) => problems.push({ path: `${event.path}.${name}`, message })
  if (problems.length === 0) {
    if (fact && fact.externalId === null) blame('fact.id', 'gives nothing')
    if (matterExternalId === null && clientExternalId === null && !fact) blame('matter', 'gives nothing')
    if (event.type === 'matter.status_changed' && (status ?? '').trim() === '')
      blame('status', 'gives nothing')
  }
  return {
    type: event.type,
    by: event.ref,
    matterExternalId,
    clientExternalId,
    ...(event.mattersOf === undefined ? {} : { mattersOf: event.mattersOf }),
    occurredAt: take(event.occurredAt, 'occurredAt', (verdict) =>
      // When it was received is good enough then.
      !verdict.ok && verdict.missing !== undefined ? { ok: true, value: null } : asInstant(verdict),
    ),
    subject: take(event.subject, 'subject', asId),
    status,
    data: data(event.data, 'data'),
    ...(fact ? { fact: { ...fact, externalId: fact.externalId ?? '' } } : {}),
  }
}

/** A field that the payload has not is left out, not an error: a template that needs it holds the message. */
function readData(
  entries: readonly [string, Expression][],
  values: PreparedValues,
  blame: (key: string, message: string) => void,
): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const [key, expression] of entries) {
    const verdict = expression.evaluate(values)
    if (verdict.ok) data[key] = asPlainData(verdict.value)
    else if (verdict.missing === undefined) blame(key, verdict.message)
  }
  return data
}

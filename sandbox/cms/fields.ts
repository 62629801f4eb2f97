import { isRefusal, type Refusal, refuse } from './errors.ts'
import { modelOf, SINGLE_LISTS, shownId } from './models.ts'
import { etag, type Store } from './store.ts'
import type { Json, Model, Row } from './types.ts'

/** Turns a record into the JSON that was asked for. */
export type Projection = (row: Row) => { [name: string]: Json }

/** What `fields` asked for: names, some with names inside. */
type Asked = Map<string, readonly string[] | undefined>

const BASE = ['id', 'etag', 'created_at', 'updated_at'] as const
const DEFAULTS = ['id', 'etag'] as const

/** A time as Clio writes it: UTC, whole seconds. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

const bad = (message: string): Refusal => refuse(400, 'InvalidFields', message)

/**
 * Reads a `fields` parameter such as `id,etag,matter{id,description}`.
 * Braces inside braces are refused: Clio returns only the default fields of a second-level resource and
 * answers 400 to anything more (its "Fields" page).
 */
export function parseFields(text: string): Asked | Refusal {
  const asked: Asked = new Map()
  let inside: { name: string; names: string[] } | undefined
  let name = ''
  const end = (): Refusal | undefined => {
    const word = name.trim()
    name = ''
    if (word === '') return undefined
    if (!/^\w+$/.test(word)) return bad(`"${word}" is not a field name`)
    if (inside) inside.names.push(word)
    else asked.set(word, undefined)
    return undefined
  }
  for (const char of text) {
    if (char === ',') {
      const wrong = end()
      if (wrong) return wrong
    } else if (char === '{') {
      const word = name.trim()
      if (inside) {
        return bad(`fields of the second-level resource ${word} of ${inside.name} can't be requested`)
      }
      if (!/^\w+$/.test(word)) return bad(`"${word}{" does not name a nested resource`)
      inside = { name: word, names: [] }
      name = ''
    } else if (char === '}') {
      const wrong = end()
      if (wrong) return wrong
      if (!inside) return bad('a "}" has no "{" before it')
      asked.set(inside.name, inside.names)
      inside = undefined
    } else name += char
  }
  if (inside) return bad(`the "{" after ${inside.name} is not closed`)
  return end() ?? asked
}

/** Model of an association of `model`, or undefined when it has none of that name. */
function associated(model: Model, name: string): string | undefined {
  return model.links?.[name] ?? model.manyLinks?.[name] ?? model.lists?.[name]
}

function ownNames(model: Model): Set<string> {
  // A document version and a header have no times of their own worth showing; Clio shows names only.
  return new Set<string>([...BASE, ...Object.keys(model.attrs)])
}

/** Builds projections and remembers them, since the same `fields` come again with every call. */
export function createProjector(store: Store) {
  const known = new Map<string, Projection | Refusal>()
  /** `matter.matter_stage`: fields that a release of the vendor's has lost. */
  let omitted: ReadonlySet<string> = new Set()

  const attribute = (model: Model, name: string): ((row: Row) => Json) => {
    switch (name) {
      case 'id':
        return (row) => shownId(model, row)
      case 'etag':
        return (row) => etag(model.name, row)
      case 'created_at':
        return (row) => isoTime(row.created)
      case 'updated_at':
        return (row) => isoTime(row.updated)
      default: {
        const compute = model.computed?.[name]
        return compute ?? ((row) => row.attrs[name] ?? null)
      }
    }
  }

  const related = (model: Model, name: string, inner: Projection): ((row: Row) => Json) => {
    const link = model.links?.[name]
    if (link !== undefined) {
      return (row) => {
        const id = row.refs[name]
        const found = typeof id === 'number' ? store.get(link, id) : undefined
        return found === undefined ? null : inner(found)
      }
    }
    const many = model.manyLinks?.[name]
    if (many !== undefined) {
      return (row) => {
        const ids = row.refs[name]
        return (Array.isArray(ids) ? ids : []).flatMap((id) => {
          const found = store.get(many, id)
          return found === undefined ? [] : [inner(found)]
        })
      }
    }
    if (SINGLE_LISTS.has(name)) {
      return (row) => {
        const found = row.lists[name]?.[0]
        return found === undefined ? null : inner(found)
      }
    }
    return (row) => (row.lists[name] ?? []).map(inner)
  }

  const build = (parts: readonly [string, (row: Row) => Json][]): Projection => {
    return (row) => {
      const out: { [name: string]: Json } = {}
      for (const [name, read] of parts) out[name] = read(row)
      return out
    }
  }

  /** Attributes by name; associations among the names come with their defaults. */
  const plain = (model: Model, names: readonly string[]): Projection =>
    build(
      names.map((name) => {
        const other = associated(model, name)
        if (other === undefined) return [name, attribute(model, name)]
        const inner = modelOf(other)
        return [name, related(model, name, plain(inner, inner.defaults ?? DEFAULTS))]
      }),
    )

  const checkNames = (model: Model, names: Iterable<string>, inside: string): Refusal | undefined => {
    const own = ownNames(model)
    for (const name of names) {
      if (!own.has(name) && associated(model, name) === undefined) {
        return bad(`${inside}${name} is not a valid field of ${model.name}`)
      }
    }
    return undefined
  }

  const compile = (model: Model, text: string): Projection | Refusal => {
    const asked = parseFields(text)
    if (isRefusal(asked)) return asked
    const wrong = checkNames(model, asked.keys(), '')
    if (wrong) return wrong
    const parts: [string, (row: Row) => Json][] = []
    for (const [name, names] of asked) {
      if (omitted.has(`${model.name}.${name}`)) continue
      const other = associated(model, name)
      if (other === undefined) {
        if (names) return bad(`${name} has no fields of its own`)
        parts.push([name, attribute(model, name)])
        continue
      }
      const inner = modelOf(other)
      const innerWrong = checkNames(inner, names ?? [], `${name}.`)
      if (innerWrong) return innerWrong
      const wanted = names ?? inner.defaults ?? DEFAULTS
      parts.push([name, related(model, name, plain(inner, wanted))])
    }
    return build(parts)
  }

  /** Everything about a record, for the sandbox's own controls: nested records by their summary. */
  const full = (model: Model): Projection => {
    const nested = [...Object.entries(model.links ?? {}), ...Object.entries(model.manyLinks ?? {})]
    const parts = [...ownNames(model)].map((name): [string, (row: Row) => Json] => [
      name,
      attribute(model, name),
    ])
    for (const [name, other] of nested) {
      const inner = modelOf(other)
      parts.push([name, related(model, name, plain(inner, inner.summary ?? DEFAULTS))])
    }
    for (const [name, other] of Object.entries(model.lists ?? {})) {
      const inner = modelOf(other)
      const deep = inner.summary ? summary(inner) : plain(inner, ['id', ...Object.keys(inner.attrs)])
      parts.push([name, related(model, name, deep)])
    }
    return build(parts)
  }

  /** A nested record's summary, its own associations by their summaries. */
  const summary = (model: Model): Projection =>
    build(
      (model.summary ?? DEFAULTS).map((name) => {
        const other = associated(model, name)
        if (other === undefined) return [name, attribute(model, name)]
        const inner = modelOf(other)
        return [name, related(model, name, plain(inner, ['id', ...Object.keys(inner.attrs)]))]
      }),
    )

  return {
    /** The projection for a model and a `fields` text (its defaults when absent), or why that is refused. */
    projection(model: Model, fields: string | undefined): Projection | Refusal {
      const text = fields ?? (model.defaults ?? DEFAULTS).join(',')
      const key = `${model.name}?${text}`
      const found = known.get(key)
      if (found !== undefined) return found
      if (known.size >= 1_000) known.clear()
      const made = compile(model, text)
      known.set(key, made)
      return made
    },
    /** Answers and webhooks lack these from now on, as if the vendor had changed its API. */
    omit(fields: readonly string[]): void {
      omitted = new Set(fields)
      known.clear()
    },
    full(model: Model): Projection {
      const key = `${model.name}!`
      const found = known.get(key)
      if (found !== undefined && !isRefusal(found)) return found
      const made = full(model)
      known.set(key, made)
      return made
    },
  }
}

export type Projector = ReturnType<typeof createProjector>

/** Names at the first level of a `fields` text; empty when it can't be read. */
export function topNames(text: string): ReadonlySet<string> {
  const asked = parseFields(text)
  return isRefusal(asked) ? new Set() : new Set(asked.keys())
}

/**
 * Schema drift: a payload that has lost a field which its mapping reads, or has another kind of thing in it. Some
 * fields are promised (`requires`); of the others it is learned what payloads have always had.
 */
import type { Json } from '../../kernel/json.ts'

/** `null` is there, and empty: it is neither lost nor of another kind. */
export type FieldKind = 'text' | 'number' | 'flag' | 'list' | 'record'

/** One field of one payload. */
export type Look = FieldKind | 'empty' | 'lost'

export interface Drift {
  /** `data.matter_stage` */
  field: string
  was: FieldKind | 'there'
  is: FieldKind | 'lost'
}

/** What is known of a field of the payloads of one mapping. */
export interface Shape {
  /** In how many payloads it was looked at, up to settledAfter. */
  seen: number
  /** In how many of these it was lost. */
  lost: number
  /** Null: nothing but empty so far. `several`: it has been of different kinds, so that none is expected. */
  kind: FieldKind | 'several' | null
}

/** After so many payloads what a field has been is what it is. */
export const settledAfter = 20

/** @param path below the body: `data.matter_stage.name` */
export function lookAt(body: Json, path: string): Look {
  let value: Json | undefined = body
  for (const part of path.split('.')) {
    // Something empty has no parts, and that is no loss.
    if (value === null) return 'empty'
    if (typeof value !== 'object' || Array.isArray(value)) return 'lost'
    value = Object.hasOwn(value, part) ? value[part] : undefined
    if (value === undefined) return 'lost'
  }
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'number':
    case 'bigint':
      return 'number'
    case 'boolean':
      return 'flag'
    default:
      return 'record'
  }
}

/** @returns what each payload must have and this one has not */
export const lostOf = (body: Json, requires: readonly string[]): Drift[] =>
  requires
    .filter((field) => lookAt(body, field) === 'lost')
    .map((field) => ({ field, was: 'there', is: 'lost' }))

/** @returns the drift of a field of which enough is known; null: as always, or not known yet */
export function driftOf(field: string, shape: Shape, look: Look): Drift | null {
  if (shape.seen < settledAfter || look === 'empty') return null
  if (look === 'lost') return shape.lost === 0 ? { field, was: wasOf(shape), is: 'lost' } : null
  const expected = shape.kind
  return expected === null || expected === 'several' || expected === look
    ? null
    : { field, was: expected, is: look }
}

const wasOf = ({ kind }: Shape): Drift['was'] => (kind === null || kind === 'several' ? 'there' : kind)

/** @returns the shape after this look; the same object when nothing more is to be learned */
export function learned(shape: Shape, look: Look): Shape {
  if (shape.seen >= settledAfter) return shape
  const kind =
    look === 'lost' || look === 'empty'
      ? shape.kind
      : shape.kind === null || shape.kind === look
        ? look
        : 'several'
  return { seen: shape.seen + 1, lost: shape.lost + (look === 'lost' ? 1 : 0), kind }
}

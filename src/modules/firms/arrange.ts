/** jsonb forgets the order of keys; people should read `key, on, when, then`, not `on, key, then, when`. */
import { isList, isObject, type Json } from './hash.ts'
import type { ConfigItem, ConfigKind } from './kinds.ts'

/** @returns the item with its body's keys in the order in which its kind's schema names them */
export function arranged(item: ConfigItem, kinds: readonly ConfigKind[]): ConfigItem {
  const parsed = kinds.find((kind) => kind.kind === item.kind)?.parse(item.key, item.body)
  return parsed?.ok ? { ...item, body: inOrderOf(item.body, parsed.value) } : item
}

/** @param model a value made from `body` by a schema: same shape, in the schema's order, defaults added */
function inOrderOf(body: Json, model: unknown): Json {
  if (isList(body)) {
    return body.map((entry, index) => inOrderOf(entry, Array.isArray(model) ? model[index] : undefined))
  }
  if (!isObject(body)) return body
  const shape = isRecord(model) ? model : {}
  const known = Object.keys(shape).filter((name) => Object.hasOwn(body, name))
  const rest = Object.keys(body).filter((name) => !Object.hasOwn(shape, name))
  return Object.fromEntries([...known, ...rest].map((name) => [name, inOrderOf(body[name]!, shape[name])]))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

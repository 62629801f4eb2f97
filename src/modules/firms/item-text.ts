/** One item by itself, as people edit it in the console: YAML, whose every part knows its line. */
import { Document, visit } from 'yaml'
import { arranged } from './arrange.ts'
import { yamlStyle } from './export-documents.ts'
import { isList, isObject, type Json } from './hash.ts'
import type { ConfigItem, ConfigKind, ConfigPath } from './kinds.ts'
import { type Place, type PlacedProblem, readYaml } from './yaml-source.ts'

export interface ItemText {
  readonly body: Json
  /** The place of a path inside the body. */
  locate(path: ConfigPath): Place
  /** The text has remarks (#), which are not kept: what holds is the body. */
  readonly hasComments: boolean
}

/**
 * @param text an item as {@link writeItem} writes it; also a list of one, as it stands in a file of rules
 * @param name of the item, for places
 */
export function readItem(
  text: string,
  name: string,
): { ok: true; item: ItemText } | { ok: false; problems: readonly PlacedProblem[] } {
  const { source, problems } = readYaml({ path: name, text })
  if (source === undefined) return { ok: false, problems }
  const { value } = source
  const inList = isList(value) && value.length === 1
  const body = inList ? value[0]! : value
  const within = (path: ConfigPath) => source.locate(inList ? [0, ...path] : path)
  if (!isObject(body)) return { ok: false, problems: [{ ...within([]), message: 'is not a mapping' }] }
  return { ok: true, item: { body, locate: within, hasComments: remarked(source.doc) } }
}

function remarked(doc: Document): boolean {
  let found = Boolean(doc.commentBefore || doc.comment)
  visit(doc, {
    Node(_key, node) {
      if (node.commentBefore || node.comment) found = true
    },
  })
  return found
}

/** The item's YAML, its keys in the order of its kind, as `export` would write it into a new file. */
export function writeItem(item: ConfigItem, kinds: readonly ConfigKind[]): string {
  const doc = new Document()
  doc.contents = doc.createNode(arranged(item, kinds).body, { aliasDuplicateObjects: false })
  return doc.toString(yamlStyle)
}

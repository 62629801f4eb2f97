/**
 * A firm's directory, written: from items back to files. What a file already says in the same way stays byte for
 * byte, and its comments stay wherever the thing they stand beside does.
 */
import {
  Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type ToStringOptions,
  visit,
} from 'yaml'
import { canonicalJson, hashOf, isList, isObject, type Json } from './hash.ts'
import type { ConfigItem, ConfigPath } from './kinds.ts'
import { type FileRole, type FirmFile, homeOf, roleOf, type Slot, slotsOf } from './layout.ts'
import { type PlacedProblem, readYaml } from './yaml-source.ts'

/** What becomes of one file; `text` null: it goes. */
export interface FileChange {
  readonly path: string
  readonly text: string | null
}

/** How we write YAML. */
export const yamlStyle: ToStringOptions = {
  lineWidth: 0,
  blockQuote: 'literal',
  singleQuote: true,
  flowCollectionPadding: false,
}

/**
 * @param items the whole configuration; bodies in the order in which they should read
 * @param existing the directory's present files
 * @returns only the files that differ, or what keeps the present files from being understood
 */
export function exportDocuments(
  items: readonly ConfigItem[],
  existing: readonly FirmFile[] = [],
): { ok: true; changes: FileChange[] } | { ok: false; problems: PlacedProblem[] } {
  const left = new Map(items.map((item) => [`${item.kind} ${item.key}`, item]))
  const files: OpenFile[] = []
  const problems: PlacedProblem[] = []
  for (const file of existing) {
    const role = roleOf(file.path)
    if (role === 'prose' || role === 'unknown') continue
    const { source, problems: faults } = readYaml(file)
    problems.push(...faults)
    if (source === undefined) continue
    const slots = slotsOf(role, file.path, source.value)
    if (typeof slots === 'string') problems.push({ ...source.locate([]), message: slots })
    else files.push({ path: file.path, role, before: file.text, doc: source.doc, slots, touched: false })
  }
  if (problems.length > 0) return { ok: false, problems }

  for (const file of files) {
    // From the last to the first, so that removing one does not move those still to come.
    for (const slot of file.slots.toReversed()) {
      const item = left.get(`${slot.kind} ${slot.key}`)
      if (item !== undefined) left.delete(`${slot.kind} ${slot.key}`)
      if (item === undefined) removeSlot(file, slot)
      else if (hashOf(item.body) !== hashOf(slot.body)) rewriteSlot(file, slot, item.body)
    }
  }
  for (const item of left.values()) addItem(files, item)
  return { ok: true, changes: files.filter((file) => file.touched).map(finish) }
}

interface OpenFile {
  readonly path: string
  readonly role: FileRole
  readonly before: string | undefined
  doc: Document
  readonly slots: readonly Slot[]
  touched: boolean
}

function finish({ path, doc }: OpenFile): FileChange {
  if (doc.contents === null) return { path, text: null }
  openForTexts(doc)
  return { path, text: doc.toString(yamlStyle) }
}

/**
 * What has several lines stands in blocks, not between braces: there it would be hard to read, and the library writes
 * some of them, such as "-", so that they can't be read back. What is empty is filled as a block too.
 */
function openForTexts(doc: Document): void {
  visit(doc, {
    Collection: (_key, node) => {
      if (node.items.length === 0) node.flow = false
    },
    Scalar: (_key, { type, value }, above) => {
      if (typeof value !== 'string' || !value.includes('\n') || type?.startsWith('QUOTE')) return
      for (const node of above) if (isCollection(node)) node.flow = false
    },
  })
}

function removeSlot(file: OpenFile, slot: Slot): void {
  file.touched = true
  if (slot.at.length === 0) file.doc.contents = null
  else file.doc.deleteIn(slot.at)
}

function rewriteSlot(file: OpenFile, slot: Slot, body: Json): void {
  file.touched = true
  writeOutAliases(file.doc)
  // The firm's own settings share their mapping with the connections, which are items of their own.
  const keep = slot.kind === 'firm' ? new Set(['connections']) : new Set<string>()
  change(file.doc, slot.at, slot.body, body, keep)
}

/** Touches only what differs, so that comments beside the rest stay. */
function change(doc: Document, at: ConfigPath, from: Json, to: Json, keep: ReadonlySet<string>): void {
  if (canonicalJson(from) === canonicalJson(to)) return
  const node = at.length === 0 ? doc.contents : doc.getIn(at, true)
  if (isObject(from) && isObject(to) && isMap(node)) {
    for (const name of Object.keys(from)) if (!(name in to) && !keep.has(name)) doc.deleteIn([...at, name])
    for (const [name, value] of Object.entries(to)) {
      const own = [...at, name]
      if (from[name] === undefined) doc.setIn(own, nodeOf(doc, value))
      else change(doc, own, from[name], value, new Set())
    }
    return
  }
  if (isList(from) && isList(to) && isSeq(node) && from.length === to.length) {
    for (const [index, value] of to.entries()) change(doc, [...at, index], from[index]!, value, new Set())
    return
  }
  if (at.length === 0) fill(doc, to)
  else doc.setIn(at, withComments(nodeOf(doc, to), node))
}

/** What stands beside a value speaks of its name more than of the value: it stays. */
function withComments(node: Node, old: unknown): Node {
  if (!isNode(old)) return node
  const { comment, commentBefore, spaceBefore } = old
  Object.assign(node, { comment, commentBefore, spaceBefore })
  // A text that was quoted stays quoted, a block a block, as far as the new one allows it.
  const texts = [node, old].every((one) => isScalar(one) && typeof one.value === 'string')
  return texts && isScalar(old) && old.type ? Object.assign(node, { type: old.type }) : node
}

/** Kinds whose files are lists of them. */
const inLists: ReadonlySet<string> = new Set(['rule', 'reminder', 'quiet', 'digest'])

function addItem(files: OpenFile[], item: ConfigItem): void {
  const home = homeOf(item.kind, item.key)
  const listed = item.kind === 'connection' || inLists.has(item.kind)
  // One of several files of rules is as good as another; a new one is made only where there is none.
  let file =
    files.find((open) => open.path === home.path) ?? files.find((open) => open.role === home.role && listed)
  if (file === undefined) {
    file = { ...home, before: undefined, doc: new Document(), slots: [], touched: true }
    files.push(file)
  }
  file.touched = true
  const { doc } = file
  if (item.kind === 'connection') append(doc, ['connections'], item.body)
  else if (inLists.has(item.kind))
    append(doc, isMap(doc.contents) && doc.has('rules') ? ['rules'] : [], item.body)
  else if (item.kind === 'firm') {
    const connections = doc.get('connections')
    fill(doc, item.body)
    if (connections !== undefined) doc.set('connections', connections)
  } else fill(doc, item.body)
}

function append(doc: Document, at: ConfigPath, body: Json): void {
  const list = at.length === 0 ? doc.contents : doc.getIn(at, true)
  if (isSeq(list)) list.add(nodeOf(doc, body))
  else if (at.length > 0) {
    if (doc.contents === null) fill(doc, {})
    doc.setIn(at, nodeOf(doc, [body]))
  } else {
    // A file that holds a single rule becomes a list of rules.
    const own = doc.contents
    fill(doc, isMap(own) ? [own, body] : [body])
  }
}

/** Anchors would only puzzle whoever edits the file next. */
const nodeOf = (doc: Document, value: unknown) => doc.createNode(value, { aliasDuplicateObjects: false })

function fill(doc: Document, value: unknown): void {
  doc.contents = nodeOf(doc, value)
}

/** A change below an anchor would change every place that repeats it. How much they repeat was limited on reading. */
function writeOutAliases(doc: Document): void {
  visit(doc, {
    Alias: (_key, alias) => {
      const copy = alias.resolve(doc)?.clone() as Node | undefined
      return copy && Object.assign(copy, { anchor: undefined })
    },
  })
  visit(doc, {
    Value: (_key, node) => {
      delete node.anchor
    },
  })
}

/** A YAML file whose every value can be traced to its line and column. */
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
} from 'yaml'
import type { Json } from './hash.ts'
import { unkeepable } from './keepable.ts'
import type { ConfigPath } from './kinds.ts'
import type { FirmFile } from './layout.ts'

/** Line and column count from 1, as editors do. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface PlacedProblem extends Place {
  readonly message: string
}

export interface YamlSource {
  readonly doc: Document.Parsed
  readonly value: Json
  /** The place of what the path leads to, or of the nearest thing around it that exists. */
  locate(path: ConfigPath): Place
}

/** A hand-written file is a hundred times smaller; beyond this it is an accident or an attack. */
const maxBytes = 1_000_000
/** How often one anchor may be repeated, nested repeats multiplied: ends "billion laughs". */
const maxAliases = 100

export function readYaml(file: FirmFile): { source?: YamlSource; problems: PlacedProblem[] } {
  const top = (message: string) => ({ problems: [{ file: file.path, line: 1, column: 1, message }] })
  if (file.text.length > maxBytes) return top(`is larger than ${maxBytes / 1_000_000} MB`)
  const lines = new LineCounter()
  let doc: Document.Parsed
  try {
    doc = parseDocument(file.text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  } catch {
    return top('is nested too deeply to be read')
  }
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file: file.path, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const faults = [...doc.errors, ...doc.warnings]
  if (faults.length > 0) {
    return { problems: faults.map((fault) => ({ ...placeAt(fault.pos[0]), message: inPlainWords(fault) })) }
  }
  let value: unknown
  try {
    value = doc.toJS({ maxAliasCount: maxAliases })
  } catch {
    return top('repeats its anchors too often')
  }
  const locate = (path: ConfigPath) => placeAt(offsetOf(doc, lines, path))
  const problems = unkeepable(value, []).map(({ path, message }) => ({ ...locate(path), message }))
  return problems.length > 0 ? { problems } : { source: { doc, value: value as Json, locate }, problems: [] }
}

function inPlainWords(fault: { code: string; message: string }): string {
  if (fault.code === 'DUPLICATE_KEY') return 'this name stands here twice'
  if (fault.code === 'MULTIPLE_DOCS') return 'a second document begins here (---); one file holds one'
  if (fault.code === 'TAG_RESOLVE_FAILED') return `tags (!…) are not understood here: ${fault.message}`
  return fault.message
}

/** The line is that of the name, where a person looks first; the column that of the value, if on the same line. */
function offsetOf(doc: Document.Parsed, lines: LineCounter, path: ConfigPath): number {
  let node: unknown = doc.contents
  let offset = rangeStart(node) ?? 0
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(doc)
    if (isMap(node)) {
      const pair = node.items.find((entry) => isScalar(entry.key) && String(entry.key.value) === String(part))
      if (pair === undefined) break
      const named = rangeStart(pair.key) ?? offset
      const valued = rangeStart(pair.value) ?? named
      const sameLine = lines.linePos(named).line === lines.linePos(valued).line
      offset = sameLine && !isCollection(pair.value) ? valued : named
      node = pair.value
    } else if (isSeq(node)) {
      const entry = node.items[Number(part)]
      if (entry === undefined) break
      offset = rangeStart(entry) ?? offset
      node = entry
    } else break
  }
  return offset
}

const rangeStart = (node: unknown): number | undefined =>
  (node as { range?: readonly number[] } | null)?.range?.[0]

/** A firm's directory, read: from file texts to items whose every part knows its line. */
import { type ConfigItem, type ConfigPath, type ConfigProblem, pathText } from './kinds.ts'
import { type FirmFile, roleOf, slotsOf } from './layout.ts'
import { type Place, type PlacedProblem, readYaml } from './yaml-source.ts'

export interface PlacedItem extends ConfigItem {
  /** The place of a path inside this item's body. */
  locate(path: ConfigPath): Place
}

export interface FirmDocuments {
  readonly items: readonly PlacedItem[]
  readonly problems: readonly PlacedProblem[]
  /** Nothing is wrong, but the writer should know: a file that means nothing here. */
  readonly warnings: readonly PlacedProblem[]
}

/** @param files the text files of one firm's directory, read by the caller */
export function readDocuments(files: readonly FirmFile[]): FirmDocuments {
  const items: PlacedItem[] = []
  const problems: PlacedProblem[] = []
  const warnings: PlacedProblem[] = []
  const seen = new Map<string, Place>()
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const role = roleOf(file.path)
    if (role === 'prose') continue
    if (role === 'unknown') {
      warnings.push({ file: file.path, line: 1, column: 1, message: 'is not a file of a firm; ignored' })
      continue
    }
    const { source, problems: faults } = readYaml(file)
    problems.push(...faults)
    if (source === undefined) continue
    const slots = slotsOf(role, file.path, source.value)
    if (typeof slots === 'string') {
      problems.push({ ...source.locate([]), message: slots })
      continue
    }
    for (const { kind, key, at, body } of slots) {
      const place = source.locate(at)
      if (key === undefined) {
        problems.push({ ...place, message: `this ${kind} has no key` })
        continue
      }
      const id = `${kind} ${key}`
      const first = seen.get(id)
      if (first !== undefined) {
        problems.push({ ...source.locate([...at, 'key']), message: `${id} is also at ${placeText(first)}` })
        continue
      }
      seen.set(id, source.locate([...at, 'key']))
      items.push({ kind, key, body, locate: (path) => source.locate([...at, ...path]) })
    }
  }
  return { items, problems, warnings }
}

/** `firm.yaml:3:5`, which terminals and editors make a link of. */
export const placeText = (place: Place): string => `${place.file}:${place.line}:${place.column}`

/** Says where in the files each problem of {@link checkConfig} is; those of items from elsewhere say so. */
export function placeProblems(
  problems: readonly ConfigProblem[],
  items: readonly PlacedItem[],
): { placed: PlacedProblem[]; elsewhere: ConfigProblem[] } {
  const placed: PlacedProblem[] = []
  const elsewhere: ConfigProblem[] = []
  const byId = new Map(items.map((item) => [`${item.kind} ${item.key}`, item]))
  for (const problem of problems) {
    const item = byId.get(`${problem.kind} ${problem.key}`)
    if (item === undefined) elsewhere.push(problem)
    else placed.push({ ...item.locate(problem.path), message: problemText(problem) })
  }
  return { placed, elsewhere }
}

/** `rule welcome: then[0].template is missing` */
export function problemText({ kind, key, path, message }: ConfigProblem): string {
  const where = pathText(path)
  return `${kind === key ? kind : `${kind} ${key}`}: ${where === '' ? '' : `${where} `}${message}`
}

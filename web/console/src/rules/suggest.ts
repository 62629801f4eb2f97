/** What may stand where the cursor is in a rule's YAML: keys of the language, and the firm's own names. Pure. */
export interface Vocabulary {
  states: readonly { key: string; words: string | null }[]
  templates: readonly { key: string; describe: string | null; variables: readonly string[] }[]
  events: readonly string[]
  digests: readonly string[]
}

export interface Suggestion {
  label: string
  detail?: string
  /** Written instead of the label. */
  apply?: string
}

export interface Suggestions {
  /** Where what is replaced begins, counted from the start of the text. */
  from: number
  options: Suggestion[]
}

/** Keys by where they stand; docs/guides/rules.md says what each is. */
const keys: Readonly<Record<string, readonly string[]>> = {
  '': ['key', 'describe', 'off', 'on', 'when', 'evidence', 'wait', 'overdue', 'then'],
  evidence: ['name', 'that', 'missing'],
  // biome-ignore lint/suspicious/noThenProperty: the word that the people who write rules expect
  then: ['tell', 'task', 'template', 'purpose', 'urgency', 'digest', 'channels', 'with', 'calendar'],
  task: ['title', 'detail', 'assign', 'due'],
  overdue: ['title', 'detail', 'assign', 'due'],
}
const values: Readonly<Record<string, readonly string[]>> = {
  off: ['true', 'false'],
  calendar: ['true', 'false'],
  tell: ['client'],
  purpose: ['status', 'reminder', 'conversation', 'billing', 'intake', 'marketing'],
  urgency: ['normal', 'urgent'],
  assign: ['attorney', 'paralegal', 'staff'],
  channels: ['sms', 'email'],
  wait: ['P1D', 'P3D', 'P7D', 'P10D', 'P14D'],
  due: ['P1D', 'P2D', 'P7D'],
}
/** What follows a key on the lines below it. */
const opened: readonly string[] = ['evidence', 'then', 'overdue', 'task', 'with']
const fields: Readonly<Record<string, readonly string[]>> = {
  event: 'type at from to raw before'.split(' '),
  matter: ['state', 'previous_state', 'raw_status', 'number', 'title'],
  client: ['name', 'first_name', 'last_name', 'language', 'preference'],
}
const names = [
  ...Object.keys(fields),
  'documents',
  'bills',
  'appointments',
  'happened',
  'timestamp',
  'duration',
]
const expressions: readonly string[] = ['when', 'that', 'missing']

/** @returns null: nothing is known to fit there */
export function suggest(text: string, at: number, own: Vocabulary): Suggestions | null {
  const lines = text.slice(0, at).split('\n')
  const line = lines.at(-1)!
  const { path, key } = placeOf(lines)
  if (expressions.includes(key ?? '') || path.includes('with')) return inExpression(line, at, own)
  const value = /^\s*(?:- )*([\w-]+):\s+(\[?(?:[\w.-]+,\s*)*)([\w.-]*)$/.exec(line)
  if (value) {
    const [, name, , begun] = value
    return made(at, begun!, valuesOf(name!, own))
  }
  const word = /^(\s*(?:- )*)([\w-]*)$/.exec(line)
  if (!word) return null
  if (path.at(-1) === 'channels') return made(at, word[2]!, plain(values.channels!))
  const here = keys[path.at(-1) ?? '']
  if (!here) return null
  const there = siblings(lines, word[1]!)
  return made(
    at,
    word[2]!,
    here
      .filter((name) => !there.has(name))
      .map((name) => ({ label: name, apply: opened.includes(name) ? `${name}:` : `${name}: ` })),
  )
}

const plain = (labels: readonly string[]): Suggestion[] => labels.map((label) => ({ label }))

function valuesOf(key: string, own: Vocabulary): Suggestion[] {
  if (key === 'on') return plain(own.events)
  if (key === 'template')
    return own.templates.map((one) => ({
      label: one.key,
      ...(one.describe === null ? {} : { detail: short(one.describe) }),
    }))
  if (key === 'digest') return plain(own.digests)
  return plain(values[key] ?? [])
}

/** Within quotes the firm's own names, else what conditions can read. */
function inExpression(line: string, at: number, own: Vocabulary): Suggestions | null {
  const quoted = /(['"])([\w.-]*)$/.exec(line)
  const before = quoted ? line.slice(0, quoted.index) : line
  const open = (before.match(/'/g) ?? []).length % 2 === 0 && (before.match(/"/g) ?? []).length % 2 === 0
  if (quoted && open) {
    const happened = /happened\(\s*$/.test(before)
    const options = happened
      ? plain(own.events)
      : own.states.map(({ key, words }) => ({
          label: key,
          ...(words === null ? {} : { detail: short(words) }),
        }))
    return made(at, quoted[2]!, options)
  }
  const field = /\b(event|matter|client)\.\??(\w*)$/.exec(line)
  if (field) return made(at, field[2]!, plain(fields[field[1]!]!))
  const word = /(?:^|[\s(!&|,:])([a-z_]+)$/.exec(line)
  return word ? made(at, word[1]!, plain(names)) : null
}

const short = (text: string): string => (text.length > 50 ? `${text.slice(0, 49)}…` : text)

const made = (at: number, begun: string, options: Suggestion[]): Suggestions | null =>
  options.length === 0 ? null : { from: at - begun.length, options }

/** Under which keys the last line stands, by how far each is indented; and whose value it is a part of. */
function placeOf(lines: readonly string[]): { path: string[]; key: string | null } {
  const line = lines.at(-1)!
  const own = /^(\s*(?:- )*)([\w-]+):(?:\s|$)/.exec(line)
  let depth = own ? own[1]!.length : /^[\s-]*/.exec(line)![0].length
  if (line.trim() === '') depth = line.length
  const path: string[] = []
  for (const above of lines.slice(0, -1).toReversed()) {
    const found = /^(\s*(?:- )*)([\w-]+):(?:\s|$)/.exec(above)
    if (!found) continue
    const indent = found[1]!.length
    // A list may stand at the depth of its key.
    const lists = indent === depth - 2 && /^\s*- /.test(line) && /:\s*$/.test(above)
    if (indent < depth || lists) {
      path.unshift(found[2]!)
      depth = indent
    }
    if (depth === 0) break
  }
  if (own) return { path, key: own[2]! }
  // A text in a block or over several lines belongs to the key above it.
  const above = path.at(-1)
  const block = above !== undefined && expressions.includes(above)
  return { path: block ? path.slice(0, -1) : path, key: block ? above : null }
}

/** Keys that the same mapping has already. */
function siblings(lines: readonly string[], lead: string): Set<string> {
  const found = new Set<string>()
  const depth = lead.length
  if (/- $/.test(lead)) return found
  for (const line of lines.slice(0, -1).toReversed()) {
    const one = /^(\s*(?:- )*)([\w-]+):(?:\s|$)/.exec(line)
    if (!one) continue
    if (one[1]!.length < depth) break
    if (one[1]!.length === depth) found.add(one[2]!)
    if (one[1]!.length === depth && /- $/.test(one[1]!)) break
  }
  return found
}

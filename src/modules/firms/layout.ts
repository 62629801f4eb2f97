/** Which file of a firm's directory holds which items, and where in it. */
import { isList, isObject, type Json } from './hash.ts'
import type { ConfigPath } from './kinds.ts'

/** One file of a firm's directory. `path` is relative to it, with `/`. */
export interface FirmFile {
  readonly path: string
  readonly text: string
}

export type FileRole =
  | 'firm'
  | 'states'
  | 'rules'
  | 'reminders'
  | 'quiet'
  | 'digests'
  | 'template'
  | 'prose'
  | 'unknown'

export function roleOf(path: string): FileRole {
  if (/^firm\.ya?ml$/.test(path)) return 'firm'
  if (/^statuses\.ya?ml$/.test(path)) return 'states'
  if (/^rules\.ya?ml$/.test(path) || /^rules\/[^/]+\.ya?ml$/.test(path)) return 'rules'
  if (/^reminders\.ya?ml$/.test(path)) return 'reminders'
  if (/^quiet-hours\.ya?ml$/.test(path)) return 'quiet'
  if (/^digests\.ya?ml$/.test(path)) return 'digests'
  if (/^templates\/[^/]+\.ya?ml$/.test(path)) return 'template'
  if (/\.(md|txt)$/.test(path) || /(^|\/)(LICENSE|\.[^/]+)$/.test(path)) return 'prose'
  return 'unknown'
}

/** Where a new item of this kind is written. */
export function homeOf(kind: string, key: string): { path: string; role: FileRole } {
  if (kind === 'firm' || kind === 'connection') return { path: 'firm.yaml', role: 'firm' }
  if (kind === 'states') return { path: 'statuses.yaml', role: 'states' }
  if (kind === 'rule') return { path: 'rules.yaml', role: 'rules' }
  if (kind === 'reminder') return { path: 'reminders.yaml', role: 'reminders' }
  if (kind === 'quiet') return { path: 'quiet-hours.yaml', role: 'quiet' }
  if (kind === 'digest') return { path: 'digests.yaml', role: 'digests' }
  if (kind === 'template') return { path: `templates/${key}.yaml`, role: 'template' }
  throw new TypeError(`no file holds items of the kind ${kind}`)
}

/** An item inside a file: `at` leads to it. `key` is absent where the body should say it and does not. */
export interface Slot {
  readonly kind: string
  readonly key: string | undefined
  readonly at: ConfigPath
  readonly body: Json
}

/**
 * @param root the file's whole content
 * @returns the items in it, or what is wrong with its shape
 */
export function slotsOf(role: FileRole, path: string, root: Json): Slot[] | string {
  switch (role) {
    case 'firm': {
      if (!isObject(root)) return 'is not a mapping of settings'
      const { connections = [], ...body } = root
      if (!isList(connections)) return 'connections: is not a list'
      const own = connections.map((entry, index) => slot('connection', entry, ['connections', index]))
      return [{ kind: 'firm', key: 'firm', at: [], body }, ...own]
    }
    case 'states':
      return [{ kind: 'states', key: 'states', at: [], body: root }]
    case 'rules': {
      if (root === null) return []
      if (isList(root)) return root.map((entry, index) => slot('rule', entry, [index]))
      if (isObject(root) && isList(root.rules ?? null)) {
        return (root.rules as readonly Json[]).map((entry, index) => slot('rule', entry, ['rules', index]))
      }
      return isObject(root) && root.on !== undefined
        ? [slot('rule', root, [])]
        : 'is neither a rule nor a list of rules'
    }
    case 'reminders':
      return listed('reminder', root, 'reminder plans')
    case 'quiet':
      return listed('quiet', root, 'rules about quiet hours')
    case 'digests':
      return listed('digest', root, 'digests')
    case 'template': {
      if (!isObject(root)) return 'is not a template: a mapping'
      return [{ kind: 'template', key: keyIn(root) ?? stem(path), at: [], body: root }]
    }
    case 'prose':
    case 'unknown':
      return []
  }
}

function listed(kind: string, root: Json, what: string): Slot[] | string {
  if (root === null) return []
  return isList(root) ? root.map((entry, index) => slot(kind, entry, [index])) : `is not a list of ${what}`
}

const slot = (kind: string, body: Json, at: ConfigPath): Slot => ({ kind, key: keyIn(body), at, body })

const keyIn = (body: Json): string | undefined =>
  isObject(body) && typeof body.key === 'string' ? body.key : undefined

const stem = (path: string): string => path.replace(/^.*\//, '').replace(/\.ya?ml$/, '')

/** The example firm with a change in its `firm.yaml`, in a directory that goes with the test. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const example = join(import.meta.dirname, '../../examples/harbor-pike')

/** @throws when the change changes nothing: the example was reworded, and the test would test something else */
export function firmCopy(change: (firmYaml: string) => string): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'tipstaff-firm-'))
  cpSync(example, dir, { recursive: true })
  const file = join(dir, 'firm.yaml')
  const before = readFileSync(file, 'utf8')
  const after = change(before)
  if (after === before) throw new Error('the example firm no longer has what this test changes')
  writeFileSync(file, after)
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

const poll = / {4}poll:\n {6}every: PT5M\n/

/** Its CMS is asked less often, and ids are compared more often. */
export const followed = (firmYaml: string): string =>
  firmYaml.replace(poll, '    poll:\n      every: PT15M\n      reconcile: PT6H\n')

/** Its CMS is known by webhooks alone. */
export const unfollowed = (firmYaml: string): string => firmYaml.replace(poll, '')

/** `tipstaff keys create|list|revoke`: keys for the API. */
import { createKey, listKeys, revokeKey } from '../../modules/console/index.ts'
import { type Scope, scopes } from '../../modules/staff/index.ts'
import {
  actingAs,
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  idOf,
  minute,
  type OperatingDeps,
  printJson,
  printTable,
} from './operating.ts'

/** @param options.scope what it may do; several with commas or repeated */
export function createKeyCommand(
  deps: OperatingDeps,
  name: string,
  options: CommonOptions & { scope?: readonly string[] | undefined },
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    if (name.trim() === '' || name.length > 100)
      throw new CommandFailed('give the key a name of 1 to 100 characters')
    const wanted = [...new Set((options.scope ?? ['read']).flatMap((s) => s.split(',')).map((s) => s.trim()))]
    const wrong = wanted.find((s) => !scopes.some((known) => known === s))
    if (wrong !== undefined) throw new CommandFailed(`--scope ${wrong} is not one of ${scopes.join(', ')}`)
    const chosen = scopes.filter((s) => wanted.includes(s))
    const made = await deps.db.forFirm(firmId, (tx) =>
      createKey(tx, { name: name.trim(), scopes: chosen satisfies Scope[] }, actingAs(deps)),
    )
    if (options.json) printJson(deps.terminal, { ...made, name: name.trim(), scopes: chosen })
    else {
      deps.terminal.out(`${made.key}\n`)
      deps.terminal.err(
        `The key "${name.trim()}" may: ${chosen.join(', ')}. It is shown this once; only its hash is kept.\n`,
      )
    }
    return 0
  })
}

export function listKeysCommand(deps: OperatingDeps, options: CommonOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const keys = await deps.db.forFirm(firmId, listKeys)
    if (options.json) printJson(deps.terminal, { items: keys })
    else if (keys.length === 0) deps.terminal.out('There is no key yet: tipstaff keys create NAME\n')
    else
      printTable(
        deps.terminal,
        keys.map((k) => [
          k.id,
          k.name,
          k.scopes.join(','),
          `made ${minute(k.createdAt)}`,
          k.revokedAt ? `revoked ${minute(k.revokedAt)}` : '',
        ]),
      )
    return 0
  })
}

export function revokeKeyCommand(
  deps: OperatingDeps,
  which: string,
  options: CommonOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const id = idOf(which)
    const done = await deps.db.forFirm(firmId, (tx) => revokeKey(tx, id, actingAs(deps)))
    if (!done) throw new CommandFailed(`no key ${id}, or it is revoked already`)
    if (options.json) printJson(deps.terminal, { id, revoked: true })
    else deps.terminal.out('Revoked: the next request with it is refused.\n')
    return 0
  })
}

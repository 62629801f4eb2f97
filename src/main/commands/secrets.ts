/** `tipstaff secrets set|list|remove`: what `stored:NAME` stands for, encrypted; values are never printed. */

import { record } from '../../modules/audit/index.ts'
import { listSecrets, removeSecret, setSecret } from '../../modules/firms/index.ts'
import { encryptSecret, type Keys } from '../../platform/secrets/index.ts'
import {
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  type OperatingDeps,
  printJson,
} from './operating.ts'

export interface SecretsDeps extends OperatingDeps {
  keys: Keys
}

/** @param read gives the value: from standard input, so that it is in no shell's history */
export function setSecretCommand(
  deps: SecretsDeps,
  name: string,
  options: CommonOptions,
  read: () => Promise<string>,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    if (!/^[a-z0-9-]+$/.test(name))
      throw new CommandFailed('a name is made of small letters, digits and dashes')
    const value = (await read()).replace(/\r?\n$/, '')
    if (value === '') throw new CommandFailed('nothing came in: pipe the secret into this command')
    const now = deps.clock.now()
    await deps.db.forFirm(firmId, async (tx) => {
      await setSecret(tx, name, encryptSecret(value, deps.keys.encryption, firmId, name), now)
      await record(tx, [{ actor: deps.by, action: 'secret.set', subject: `secret:${name}`, data: {} }], now)
    })
    if (options.json) printJson(deps.terminal, { name, set: true })
    else
      deps.terminal.out(
        `Stored. In firm.yaml it is stored:${name}. Processes that run take it up when the firm's configuration changes, or when they start.\n`,
      )
    return 0
  })
}

export function listSecretsCommand(deps: SecretsDeps, options: CommonOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const names = await deps.db.forFirm(firmId, listSecrets)
    if (options.json) printJson(deps.terminal, { items: names })
    else deps.terminal.out(names.length === 0 ? 'No secret is stored.\n' : `${names.join('\n')}\n`)
    return 0
  })
}

export function removeSecretCommand(
  deps: SecretsDeps,
  name: string,
  options: CommonOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const now = deps.clock.now()
    const removed = await deps.db.forFirm(firmId, async (tx) => {
      const there = await removeSecret(tx, name)
      if (there)
        await record(
          tx,
          [{ actor: deps.by, action: 'secret.removed', subject: `secret:${name}`, data: {} }],
          now,
        )
      return there
    })
    if (!removed) throw new CommandFailed(`no secret is stored under the name ${name}`)
    if (options.json) printJson(deps.terminal, { name, removed: true })
    else deps.terminal.out('Removed.\n')
    return 0
  })
}

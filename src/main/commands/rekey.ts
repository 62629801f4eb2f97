/** `tipstaff secrets rekey`: after the deployment's key was changed, what lies encrypted in the database under the old one. */
import { readFile } from 'node:fs/promises'
import type { FirmId } from '../../kernel/index.ts'
import { record } from '../../modules/audit/index.ts'
import { listFirms, listSecrets, loadSecrets, setSecret } from '../../modules/firms/index.ts'
import type { Database, FirmTx } from '../../platform/db/firm-tx.ts'
import { decryptSecret, encryptSecret, type Keys, readKeys } from '../../platform/secrets/index.ts'
import { loadHookSecrets, saveHookSecret } from '../subscriptions.ts'
import { printJson } from './operating.ts'
import type { Terminal } from './terminal.ts'

export interface RekeyDeps {
  db: Database
  /** Made from the key that the deployment has now. */
  keys: Keys
  now(): Temporal.Instant
  by: string
  terminal: Terminal
}

interface Sealed {
  /** As its encryption is bound to it. */
  name: string
  ciphertext: Uint8Array
  save(ciphertext: Buffer): Promise<void>
}

export interface RekeyReport {
  /** Encrypted anew under the present key. */
  rekeyed: number
  /** Were under the present key already. */
  kept: number
  /** Neither key opens these: set them again. Those of webhooks are subscribed anew by themselves. */
  lost: { firmId: FirmId; name: string }[]
}

/**
 * One transaction per firm; run again after a failure, it goes on where it ended.
 *
 * @param oldFile where the key lies that the deployment had before; as SECRET_KEY_FILE, 32 bytes, hex or base64
 * @returns the exit code: 0 all can be read · 1 some can be read under neither key, or the old key can't be
 */
export async function rekeyCommand(
  deps: RekeyDeps,
  oldFile: string,
  options: { json?: boolean | undefined },
): Promise<0 | 1> {
  const old = await oldKeys(oldFile)
  if (!old.ok) {
    deps.terminal.err(`--old ${oldFile}: ${old.message}\n`)
    return 1
  }
  const report: RekeyReport = { rekeyed: 0, kept: 0, lost: [] }
  for (const firmId of await listFirms(deps.db))
    await deps.db.forFirm(firmId, (tx) => rekeyFirm(tx, old.keys, deps, report))
  if (options.json) printJson(deps.terminal, report)
  else deps.terminal.out(textOf(report))
  return report.lost.length > 0 ? 1 : 0
}

async function oldKeys(file: string): Promise<ReturnType<typeof readKeys>> {
  try {
    return readKeys(await readFile(file))
  } catch (error) {
    return { ok: false, message: `can't be read (${(error as NodeJS.ErrnoException).code ?? 'it failed'})` }
  }
}

async function rekeyFirm(tx: FirmTx, old: Keys, deps: RekeyDeps, report: RekeyReport): Promise<void> {
  const now = deps.now()
  let count = 0
  for (const { name, ciphertext, save } of await sealedOf(tx, now)) {
    if (decryptSecret(ciphertext, deps.keys.encryption, tx.firmId, name) !== null) {
      report.kept++
      continue
    }
    const value = decryptSecret(ciphertext, old.encryption, tx.firmId, name)
    if (value === null) {
      report.lost.push({ firmId: tx.firmId, name })
      continue
    }
    await save(encryptSecret(value, deps.keys.encryption, tx.firmId, name))
    count++
  }
  report.rekeyed += count
  if (count > 0)
    await record(
      tx,
      [{ actor: deps.by, action: 'secrets.rekeyed', subject: `firm:${tx.firmId}`, data: { count } }],
      now,
    )
}

async function sealedOf(tx: FirmTx, now: Temporal.Instant): Promise<Sealed[]> {
  const stored = await loadSecrets(tx, await listSecrets(tx))
  return [
    ...[...stored].map(([name, ciphertext]) => ({
      name,
      ciphertext,
      save: (sealed: Buffer) => setSecret(tx, name, sealed, now),
    })),
    ...(await loadHookSecrets(tx)).map(({ id, name, secret }) => ({
      name,
      ciphertext: secret,
      save: (sealed: Buffer) => saveHookSecret(tx, id, sealed),
    })),
  ]
}

function textOf({ rekeyed, kept, lost }: RekeyReport): string {
  const lines = [`${rekeyed} encrypted anew under the present key, ${kept} were already.`]
  if (lost.length > 0)
    lines.push(
      `NEITHER KEY OPENS ${lost.length}: ${lost.map((l) => l.name).join(', ')}. Set them again ("npx tipstaff secrets set NAME"); webhooks ("hook …") are subscribed anew by themselves.`,
    )
  return `${lines.join('\n')}\n`
}

/** The only SQL on secrets: what `stored:NAME` refers to, encrypted by platform/secrets before it comes here. */
import type { FirmTx } from '../../platform/db/firm-tx.ts'

/** @param name as after `stored:`: small letters, digits and dashes */
export async function setSecret(
  tx: FirmTx,
  name: string,
  ciphertext: Uint8Array,
  at: Temporal.Instant,
): Promise<void> {
  if (!/^[a-z0-9-]+$/.test(name))
    throw new TypeError('setSecret: not a name of small letters, digits and dashes')
  await tx.run(
    `insert into secrets (firm_id, name, ciphertext, at) values (current_firm(), $1, $2, $3)
     on conflict (firm_id, name) do update set ciphertext = excluded.ciphertext, at = excluded.at`,
    [name, Buffer.from(ciphertext), at],
  )
}

/** @returns the ciphertexts of the names that exist */
export async function loadSecrets(tx: FirmTx, names: readonly string[]): Promise<Map<string, Uint8Array>> {
  const rows = await tx.rows<{ name: string; ciphertext: Buffer }>(
    'select name, ciphertext from secrets where firm_id = current_firm() and name = any($1)',
    [names],
  )
  return new Map(rows.map((row) => [row.name, row.ciphertext]))
}

/** Names only: the values never leave but to be used. */
export async function listSecrets(tx: FirmTx): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(
    'select name from secrets where firm_id = current_firm() order by name',
  )
  return rows.map((row) => row.name)
}

/** @returns whether there was one */
export async function removeSecret(tx: FirmTx, name: string): Promise<boolean> {
  return (await tx.run('delete from secrets where firm_id = current_firm() and name = $1', [name])) > 0
}

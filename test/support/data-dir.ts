import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A fresh DATA_DIR that PostgreSQL's own user may pass through, and which is removed at the end. */
export function temporaryDataDir(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tipstaff-data-'))
  chmodSync(path, 0o711)
  return { path, remove: () => removeDataDir(path) }
}

/** Removes a data directory, and the cluster too where that is kept elsewhere. The server must be stopped. */
export function removeDataDir(path: string): void {
  let home = 'pg'
  try {
    home = JSON.parse(readFileSync(join(path, 'db.json'), 'utf8')).home
  } catch {
    // never got so far
  }
  if (home.startsWith('/')) rmSync(home, { recursive: true, force: true })
  rmSync(path, { recursive: true, force: true })
}

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The torture firm with one retry after a minute, so that a message dies of two failures. @returns its directory, to be removed */
export function firmOfOneRetry(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tipstaff-firm-'))
  cpSync(join(import.meta.dirname, 'firm'), dir, { recursive: true })
  const file = join(dir, 'firm.yaml')
  const text = readFileSync(file, 'utf8')
  const changed = text
    .replace(/^retries:.*$/m, 'retries: [PT1M]')
    // The names under which the tests' world knows the sandbox's address and credentials.
    .replaceAll('env:TORTURE_URL', 'env:TIPSTAFF_SHARED_TWILIO_URL')
    .replaceAll('env:TORTURE_', 'env:TIPSTAFF_SHARED_')
  if (!changed.includes('[PT1M]')) throw new Error('firm.yaml has no retries')
  writeFileSync(file, changed)
  return dir
}

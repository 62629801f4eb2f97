import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { StartupError } from '../startup-error.ts'

const recordSchema = z.object({
  /** Written into the cluster too: tells our cluster from anybody else's. */
  token: z.string().min(16),
  /** Where the cluster lives: `pg`, inside DATA_DIR, or an absolute path elsewhere. */
  home: z.string().min(1),
  passwords: z.object({ admin: z.string(), owner: z.string(), app: z.string() }),
  /** TCP port of the last start, or null when a Unix socket is used. */
  port: z.number().int().nullable(),
  /** When the cluster was complete, or null while it is being made. */
  madeAt: z.string().nullable(),
})

/** What DATA_DIR/db.json holds: all that is needed to find the embedded database and to sign in to it. */
export type DatabaseRecord = z.infer<typeof recordSchema>

const fileOf = (dataDir: string) => join(dataDir, 'db.json')

/** A record for a cluster that is yet to be made, with fresh random passwords. */
export function newRecord(home: string): DatabaseRecord {
  const secret = () => randomBytes(24).toString('hex')
  return {
    token: randomBytes(12).toString('hex'),
    home,
    passwords: { admin: secret(), owner: secret(), app: secret() },
    port: null,
    madeAt: null,
  }
}

/** Reads DATA_DIR/db.json; undefined when there is none. Throws StartupError when it is not ours. */
export function readRecord(dataDir: string): DatabaseRecord | undefined {
  const path = fileOf(dataDir)
  if (!existsSync(path)) return undefined
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new StartupError(
      `${path} holds the database's passwords and cannot be understood. Put it back from a backup; do not delete it.`,
      { cause },
    )
  }
}

/** Writes DATA_DIR/db.json, readable by its owner only, so that a crash leaves the old one or the new one. */
export function writeRecord(dataDir: string, record: DatabaseRecord): void {
  const path = fileOf(dataDir)
  const unfinished = `${path}.writing`
  const file = openSync(unfinished, 'w', 0o600)
  try {
    writeSync(file, `${JSON.stringify(record, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(unfinished, path)
}

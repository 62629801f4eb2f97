/** A firm's directory on disk, as texts. */
import { type Dirent, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { FileChange, FirmFile } from '../../modules/firms/index.ts'

/** The directory can't be read; the message says why, for people. */
export class DirectoryError extends Error {}

/** More than any firm has; ends a walk that began in the wrong place, such as a home directory. */
const mostFiles = 5_000

/**
 * Reads every file below `dir`, hidden ones and `node_modules` apart.
 *
 * @returns files in order of their paths, which are relative and use `/`
 * @throws DirectoryError
 */
export function readFirmDirectory(dir: string): FirmFile[] {
  return walk(dir, dir, [])
    .map((path) => ({ path: relative(dir, path).split(sep).join('/'), text: readText(path) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** Writes what differs; each file is either the old or the new one, never half of it. */
export function writeFirmDirectory(dir: string, changes: readonly FileChange[]): void {
  for (const { path, text } of changes) {
    const target = join(dir, ...path.split('/'))
    if (text === null) {
      rmSync(target, { force: true })
      continue
    }
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(`${target}.new`, text)
    renameSync(`${target}.new`, target)
  }
}

function walk(dir: string, top: string, found: string[]): string[] {
  for (const entry of entriesOf(dir, top)) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    const path = join(dir, entry.name)
    if (entry.isDirectory()) walk(path, top, found)
    else if (entry.isFile()) found.push(path)
    if (found.length > mostFiles)
      throw new DirectoryError(`${top} holds more than ${mostFiles} files: not a firm`)
  }
  return found
}

function entriesOf(dir: string, top: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new DirectoryError(`${dir} does not exist`)
    if (code === 'ENOTDIR')
      throw new DirectoryError(`${dir} is not a directory: name the one that holds firm.yaml`)
    throw new DirectoryError(`${dir} can't be read (${code}); wanted all files of ${top}`)
  }
}

/** Only YAML is read: of other files the name alone matters, to warn about it. */
function readText(path: string): string {
  if (!/\.ya?ml$/.test(path)) return ''
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    if (error instanceof TypeError) throw new DirectoryError(`${path} is not UTF-8 text`)
    throw new DirectoryError(`${path} can't be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

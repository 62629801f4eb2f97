// Builds the staff console (web/console) when it is missing or older than its sources. Plain JavaScript for any Node
// from 20 on: `npm start` asks it before there is anything else.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { pinnedNode, root, runsOnPinnedNode } from './pinned-node.mjs'

const home = join(root, 'web', 'console')
const dist = join(home, 'dist')
/** Holds the hash of what it was built from; written last, so that half a build counts as none. */
const mark = join(dist, '.built')

/** Hash over the console's sources, what builds them, and the versions of all packages. */
export function sourcesHash() {
  const hash = createHash('sha256')
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/[/\\]dist(\.[^/\\]*)?[/\\]/.test(file.slice(home.length)))
    .sort()
  for (const file of [...files, join(root, 'package-lock.json'), join(root, 'scripts', 'console.mjs')])
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** True when the console is built from what is here now. */
export function consoleIsFresh() {
  return existsSync(mark) && readFileSync(mark, 'utf8') === sourcesHash()
}

/** Packed once here, so that no request pays for it. */
function pack(folder) {
  for (const name of readdirSync(join(folder, 'assets'))) {
    if (!/\.(js|css|svg)$/.test(name)) continue
    const file = join(folder, 'assets', name)
    const bytes = readFileSync(file)
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  }
}

async function build() {
  const { build: viteBuild } = await import('vite')
  const hash = sourcesHash()
  // Beside its place, then moved there: whoever starts meanwhile sees a whole one or none.
  const making = `${dist}.${process.pid}`
  try {
    await viteBuild({
      configFile: join(home, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: making, emptyOutDir: true },
    })
    pack(making)
    writeFileSync(join(making, '.built'), hash)
    rmSync(dist, { recursive: true, force: true })
    renameSync(making, dist)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

/**
 * Builds the console unless that is done.
 * @returns whether there was anything to do
 * @throws Error when it can't be built
 */
export function ensureConsole() {
  if (consoleIsFresh()) return false
  const began = Date.now()
  console.log('Building the console…')
  const { status } = spawnSync(pinnedNode, [join(root, 'scripts', 'console.mjs')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status !== 0)
    throw new Error('The console could not be built: see above, then run "npm run build:console".')
  console.log(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s.`)
  return true
}

if (process.argv[1]?.endsWith('console.mjs')) {
  if (!runsOnPinnedNode()) ensureConsole()
  else await build()
}

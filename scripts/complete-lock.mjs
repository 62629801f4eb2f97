// `npm run lock`, after adding a dependency: names in package-lock.json the optional packages of other platforms
// that npm left out because the registry at hand does not carry them. Without them `npm ci` refuses the file.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './pinned-node.mjs'

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64']

/** What npm would write for a package such as `@biomejs/cli-linux-x64-musl`; its name says where it runs. */
function entryFor(name, version, dev) {
  const words = name.split('/').pop().split('-')
  const os = SYSTEMS.find((system) => words.includes(system))
  const cpu = PROCESSORS.find((processor) => words.includes(processor))
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : undefined
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev } : {}),
    ...(libc ? { libc: [libc] } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  }
}

/** The optional packages that `packages` (of a lock file) needs but does not hold, as entries to add. */
export function missingOptionals(packages) {
  const missing = {}
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const key = `node_modules/${name}`
      // Only exact versions can be named without asking the registry; all that are left out here are exact.
      if (packages[key] || packages[`${path}/${key}`] || !/^\d+\.\d+\.\d+/.test(version)) continue
      missing[key] = entryFor(name, version, entry.dev)
    }
  }
  return missing
}

if (process.argv[1]?.endsWith('complete-lock.mjs')) {
  const file = join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = missingOptionals(lock.packages)
  const all = Object.entries({ ...lock.packages, ...missing })
  all.sort(([a], [b]) => a.localeCompare(b, 'en'))
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(all) }, null, 2)}\n`)
  console.log(`package-lock.json: ${Object.keys(missing).length} packages of other platforms added`)
}

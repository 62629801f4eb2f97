// Plain JavaScript that any Node from 14 on can read: it must be able to say that Node is too old.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The Node that runs Tipstaff: the npm package `node`, whatever Node the machine has. */
export const pinnedNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/** The major version that package.json pins. */
export function pinnedMajor() {
  return Number.parseInt(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies.node, 10)
}

/** The major version of a Node program, or 0 when it can't be run. */
export function majorOf(program) {
  if (!existsSync(program)) return 0
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return Number((/^v(\d+)\./.exec(stdout || '') || [])[1] || 0)
}

/** True when this process already runs on a Node that can run TypeScript files and has Temporal. */
export function runsOnPinnedNode() {
  return Number.parseInt(process.versions.node, 10) >= pinnedMajor()
}

/** Runs `args` under the pinned Node with our terminal, and ends this process as that one ended. */
export async function becomePinnedNode(args) {
  const { spawn } = await import('node:child_process')
  const child = spawn(pinnedNode, args, { stdio: 'inherit' })
  // The terminal sends Ctrl-C to both; other signals reach only us. Either way the child decides when to end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    console.error(`Cannot run ${pinnedNode}: ${error.message}. Run "npm ci".`)
    process.exit(1)
  })
  child.on('exit', (code, signal) =>
    process.exit(code === null ? 128 + (constants.signals[signal] || 0) : code),
  )
}

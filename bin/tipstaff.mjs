#!/usr/bin/env node
// `npx tipstaff …`: the command-line interface, under the Node that Tipstaff pins.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensure } from '../scripts/ensure.mjs'
import { becomePinnedNode, root, runsOnPinnedNode } from '../scripts/pinned-node.mjs'

const cli = join(root, 'src', 'main', 'cli.ts')

if (runsOnPinnedNode()) {
  await lighten()
  process.argv[1] = cli // so that help and errors, and what asks who was started, see the real program
  await import('../src/main/cli.ts')
} else {
  ensure({ withDev: false })
  await becomePinnedNode([
    '--max-semi-space-size=16',
    fileURLToPath(import.meta.url),
    ...process.argv.slice(2),
  ])
}

/**
 * Less memory: compiled code is kept on disk, so that TypeScript need not be stripped again (22 MB less at idle), and
 * the heap may double before it is cleaned, not quadruple. package.json's `start` gives the young generation 16 MB.
 */
async function lighten() {
  const { enableCompileCache } = await import('node:module')
  enableCompileCache(join(root, 'node_modules', '.cache', 'tipstaff'))
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--heap-growing-percent=100')
}

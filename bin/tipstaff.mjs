#!/usr/bin/env node
// `npx tipstaff …`: the command-line interface, under the Node that Tipstaff pins.
import { join } from 'node:path'
import { ensure } from '../scripts/ensure.mjs'
import { becomePinnedNode, root, runsOnPinnedNode } from '../scripts/pinned-node.mjs'

const cli = join(root, 'src', 'main', 'cli.ts')

if (runsOnPinnedNode()) {
  process.argv[1] = cli // so that help and errors, and what asks who was started, see the real program
  await import('../src/main/cli.ts')
} else {
  ensure({ withDev: false })
  await becomePinnedNode([cli, ...process.argv.slice(2)])
}

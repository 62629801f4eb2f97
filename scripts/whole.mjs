// What `npm test` runs in a smaller form: `week`, 500 appointments and 20 kills; `boundaries`, a kill at every statement.
import { spawnSync } from 'node:child_process'

const [, , what] = process.argv
const env = { week: { TIPSTAFF_WEEK: 'whole' }, boundaries: { TIPSTAFF_BOUNDARIES: 'all' } }[what]
if (env === undefined) throw new Error('say which: week or boundaries')

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', `test/torture/${what}.test.ts`],
  { stdio: 'inherit', env: { ...process.env, ...env } },
)
process.exitCode = status ?? 1

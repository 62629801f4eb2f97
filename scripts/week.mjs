// The whole week: 500 appointments, 20 kills. `npm test` runs a smaller one (test/torture/week.test.ts).
import { spawnSync } from 'node:child_process'

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/torture/week.test.ts'],
  { stdio: 'inherit', env: { ...process.env, TIPSTAFF_WEEK: 'whole' } },
)
process.exitCode = status ?? 1

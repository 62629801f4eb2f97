import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const CONFIG = '.dependency-cruiser.mjs'

/** A small project in which each import breaks the rule that is named. */
const WRONG: [rule: string, file: string, source: string][] = [
  ['no-cycles', 'src/kernel/a.ts', `import './b.ts'`],
  ['no-cycles', 'src/kernel/b.ts', `import './a.ts'`],
  ['imports-exist', 'contracts/broken.ts', `import './nowhere.ts'`],
  ['kernel-is-pure', 'src/kernel/disk.ts', `import { readFileSync } from 'node:fs'; export { readFileSync }`],
  ['kernel-is-pure', 'src/kernel/up.ts', `import '../platform/x.ts'`],
  [
    'platform-knows-no-business',
    'src/platform/x.ts',
    `import type { F } from '../modules/firms/index.ts'; export type G = F`,
  ],
  ['modules-know-no-vendors', 'src/modules/console/index.ts', `import '../../adapters/smtp/index.ts'`],
  ['firms-looks-down-only', 'src/modules/firms/index.ts', `import '../delivery/index.ts'; export type F = 1`],
  ['delivery-looks-down-only', 'src/modules/delivery/index.ts', `import '../notices/index.ts'`],
  ['modules-have-one-door', 'src/modules/notices/index.ts', `import '../firms/store.ts'`],
  [
    'modules-have-one-door-for-adapters-and-main',
    'src/adapters/smtp/index.ts',
    `import '../../modules/firms/store.ts'`,
  ],
  ['adapters-stay-below-main', 'src/adapters/twilio/index.ts', `import '../../main/wiring.ts'`],
  [
    'vendor-sdks-in-adapters-only',
    'src/modules/tasks/index.ts',
    `import type { Twilio } from 'twilio'; export type T = Twilio`,
  ],
  ['src-does-not-know-the-sandbox', 'src/main/wiring.ts', `import '../../sandbox/free.ts'`],
  ['sandbox-does-not-know-src', 'sandbox/nosy.ts', `import '../src/modules/firms/store.ts'`],
  ['contracts-stand-alone', 'contracts/nosy.ts', `import '../src/modules/firms/store.ts'`],
  ['web-knows-contracts-only', 'web/nosy.ts', `import '../src/modules/firms/store.ts'`],
  ['no-tests-in-production', 'src/main/tested.ts', `import './some.test.ts'`],
  ['no-dev-dependencies-in-production', 'src/main/dev.ts', `import fc from 'fast-check'; export { fc }`],
]

/** What the law allows. */
const RIGHT: [file: string, source: string][] = [
  ['src/modules/firms/store.ts', `export {}`],
  [
    'src/main/some.test.ts',
    `import fc from 'fast-check'; import twilio from 'twilio'; export { fc, twilio }`,
  ],
  ['sandbox/free.ts', `export {}`],
  ['src/adapters/sendgrid/index.ts', `import mail from '@sendgrid/mail'; export { mail }`],
  ['src/modules/console/page.ts', `import '../firms/index.ts'`],
]

let folder = ''
let violations: { rule: string; file: string }[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tipstaff-law-'))
  for (const [file, source] of [...WRONG.map(([, file, source]) => [file, source] as const), ...RIGHT]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${source}\n`)
  }
  for (const name of [CONFIG, 'package.json', 'tsconfig.json']) cpSync(join(ROOT, name), join(folder, name))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const cruiser = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs')
  const args = [cruiser, '--config', CONFIG, '--output-type', 'json', 'src', 'sandbox', 'contracts', 'web']
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 50_000_000,
  })
  const { summary }: { summary: { violations: { from: string; rule: { name: string } }[] } } =
    JSON.parse(stdout)
  violations = summary.violations.map(({ from, rule }) => ({ rule: rule.name, file: from }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each(WRONG)('%s is broken by %s', (rule, file) => {
  // A cycle is reported once, from either of its ends.
  const from = rule === 'no-cycles' ? expect.stringMatching(/^src\/kernel\/[ab]\.ts$/) : file
  expect(violations).toContainEqual({ rule, file: from })
})

it.each(RIGHT)('%s breaks nothing', (file) => {
  expect(violations.filter((violation) => violation.file === file)).toEqual([])
})

it('every rule has its case here, and its reason', async () => {
  const config = await import(join(ROOT, CONFIG))
  const rules: { name: string; comment: string }[] = config.default.forbidden
  const covered = new Set(WRONG.map(([rule]) => rule))
  const alike = (name: string) => name.endsWith('-looks-down-only')
  expect(rules.filter(({ name }) => !covered.has(name) && !alike(name)).map(({ name }) => name)).toEqual([])
  expect(rules.filter(({ comment }) => comment.length < 40)).toEqual([])
})

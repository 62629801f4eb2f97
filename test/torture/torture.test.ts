/** The small torture run: real processes, real signals, a real server that is restarted. The large one: npm run torture. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { readOptions, UsageError } from './options.ts'
import type { Report } from './run.ts'

const main = join(import.meta.dirname, 'main.ts')
let running: ChildProcess | undefined
// With its channel gone it ends, and all that it started with it.
afterEach(() => {
  if (running?.connected) running.disconnect()
})

function torture(args: string[]): Promise<{ code: number | null; out: string; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env.PATH },
    })
    running = child
    let out = ''
    let errors = ''
    child.stdout!.on('data', (chunk: Buffer) => {
      out += chunk
    })
    child.stderr!.on('data', (chunk: Buffer) => {
      errors += chunk
    })
    child.once('close', (code) => resolve({ code, out, errors }))
  })
}

it('loses nothing and says nothing twice while it is killed, frozen, and left without a database', {
  timeout: 200_000,
}, async () => {
  const size = ['--messages', '150', '--kills', '4', '--freezes', '1', '--restarts', '1', '--seconds', '12']
  const { code, out, errors } = await torture([...size, '--seed', '1', '--quick', '--json'])
  expect(out, errors).not.toBe('')
  const report = JSON.parse(out) as Report
  expect({ ...report, code }).toMatchObject({
    code: 0,
    lost: 0,
    duplicates: 0,
    doubledByPolicy: 0,
    unknownOpen: 0,
    exits: [],
    settled: true,
  })
  expect(report.accepted + report.dead).toBe(150)
  expect(report.disasters).toMatchObject({ kill: 4, freeze: 1 })
  // safety.md, goal 4
  expect(report.orphans.longest).toBeLessThanOrEqual(60)
  expect(report.longestUndecided).toBeLessThanOrEqual(60)
})

it('asks for what it needs', () => {
  expect(readOptions(['--messages', '20', '--kills', '1', '--seed', '3'])).toMatchObject({
    messages: 20,
    kills: 1,
    seed: 3,
    quick: false,
  })
  for (const wrong of [['--messages', 'many'], ['--messages', '0'], ['--what']])
    expect(() => readOptions(wrong)).toThrow(UsageError)
})

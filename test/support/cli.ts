/** The real command line as a process of its own, for tests that start, stop and kill it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
/** As bin/tipstaff.mjs keeps it for users. */
const codeCache = join(root, 'node_modules', '.cache', 'tipstaff-test-code')

export interface Running {
  child: ChildProcess
  /** All that it printed so far. */
  printed(): string
  /** Resolves when it has printed this; rejects with what it printed when it ends before. */
  says(what: RegExp): Promise<void>
  /** @returns the exit code, or null when a signal ended it */
  ended(): Promise<number | null>
}

/** @param env in place of this process's own settings: only PATH and HOME go along */
export function cli(args: readonly string[], env: Record<string, string>): Running {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [join(root, 'src', 'main', 'cli.ts'), ...args], {
    env: { PATH, HOME, LOG_LEVEL: 'warn', NODE_COMPILE_CACHE: codeCache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const waiting: { what: RegExp; resolve(): void; reject(error: Error): void }[] = []
  const heard = (chunk: Buffer) => {
    text += chunk
    for (const one of waiting) if (one.what.test(text)) one.resolve()
  }
  child.stdout!.on('data', heard)
  child.stderr!.on('data', heard)
  const exit = once(child, 'close').then(([code]: (number | null)[]) => {
    for (const one of waiting) one.reject(new Error(`it ended with ${code}:\n${text}`))
    return code ?? null
  })
  return {
    child,
    printed: () => text,
    says: (what) =>
      new Promise((resolve, reject) => {
        if (what.test(text)) return resolve()
        if (child.exitCode !== null) return reject(new Error(`it ended with ${child.exitCode}:\n${text}`))
        waiting.push({ what, resolve, reject })
      }),
    ended: () => exit,
  }
}

/** Runs a command to its end. */
export async function runCli(args: readonly string[], env: Record<string, string>) {
  const running = cli(args, env)
  const code = await running.ended()
  return { code, printed: running.printed() }
}

/** Ports that nobody uses now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => occupied()))
  for (const { close } of servers) await close()
  return servers.map(({ port }) => port)
}

/** A port that somebody uses. */
export async function occupied(): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer()
  server.listen(0)
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return { port: address.port, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

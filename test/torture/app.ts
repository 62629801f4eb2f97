/** The app under torture: processes that are killed, frozen and started again, as a supervisor would. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const cli = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli.ts')

export interface AppProcess {
  role: 'start' | 'worker'
  /** Resolves when it works; rejects when it ended before. */
  ready: Promise<void>
  kill(): void
  /** Asks it to end in order. */
  stop(): void
  freeze(): void
  thaw(): void
}

export interface App {
  /** Processes that are there now. */
  alive: readonly AppProcess[]
  start(role: AppProcess['role']): AppProcess
  /** Starts one and waits until it works, again and again while it can't (the database may be away). */
  up(role: AppProcess['role']): Promise<AppProcess>
  /** Ended though nobody killed them, after they had begun to work: this must not happen. */
  exits: string[]
  /** No more processes; those that are there are killed. */
  end(): void
}

export function supervise(env: Record<string, string>): App {
  const alive: AppProcess[] = []
  const exits: string[] = []
  let ended = false

  const start = (role: AppProcess['role']): AppProcess => {
    if (ended) throw new Error('the run is over')
    const child: ChildProcess = spawn(process.execPath, [cli, role], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    })
    let killed = false
    let works = false
    let said = ''
    const ready = new Promise<void>((resolve, reject) => {
      const heard = (chunk: Buffer) => {
        said = `${said}${chunk}`.slice(-4_000)
        if (!works && said.includes('Stop with Ctrl-C.')) {
          works = true
          resolve()
        }
      }
      child.stdout!.on('data', heard)
      child.stderr!.on('data', heard)
      child.once('exit', (code, signal) => {
        alive.splice(alive.indexOf(one), 1)
        if (!killed && works && !ended) {
          exits.push(`${role} ended with ${signal ?? code}: ${said.trim().split('\n').at(-1)}`)
          // The run has failed, but goes on to show what else would.
          if (role === 'start') up(role).catch(() => {})
        }
        reject(new Error(`${role} ended before it worked: ${said.trim()}`))
      })
    })
    ready.catch(() => {})
    const one: AppProcess = {
      role,
      ready,
      kill() {
        killed = true
        child.kill('SIGKILL')
      },
      stop() {
        killed = true
        child.kill('SIGTERM')
      },
      freeze: () => void child.kill('SIGSTOP'),
      thaw: () => void child.kill('SIGCONT'),
    }
    alive.push(one)
    return one
  }

  const up = async (role: AppProcess['role']): Promise<AppProcess> => {
    for (let tries = 1; ; tries++) {
      const one = start(role)
      try {
        await one.ready
        return one
      } catch (error) {
        if (ended || tries === 40) throw error
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
    }
  }

  return {
    alive,
    exits,
    start,
    up,
    end() {
      ended = true
      for (const one of [...alive]) one.kill()
    },
  }
}

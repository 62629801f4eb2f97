import { spawn } from 'node:child_process'
import type { OsUser } from './os-user.ts'

/** The environment of PostgreSQL's programs: ours may hold PG… variables that would lead them astray. */
export const CLEAN_ENV = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Runs one of PostgreSQL's programs to its end, as `user` where given. Returns its exit code and all it printed. */
export function run(
  program: string,
  args: string[],
  options: { user: OsUser | undefined; cwd: string },
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const { user, cwd } = options
    const child = spawn(program, args, {
      cwd,
      env: CLEAN_ENV,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // Ctrl-C in the terminal must not break it off half way
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    })
    let output = ''
    child.stdout.on('data', (data: Buffer) => {
      output += data
    })
    child.stderr.on('data', (data: Buffer) => {
      output += data
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

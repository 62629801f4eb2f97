/** Backup and restore of the embedded database, by the real command line, against an outside world that remembers. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSandbox } from '../../sandbox/app.ts'
import { mountCms } from '../../sandbox/cms/index.ts'
import { mountDms } from '../../sandbox/dms/index.ts'
import { sandboxDmsSecret, sandboxEnvironment } from '../../src/main/sandbox-process.ts'
import { startEmbedded } from '../../src/platform/db/embedded/index.ts'
import { cli, freePorts, type Running, runCli } from '../support/cli.ts'
import { removeDataDir, temporaryDataDir } from '../support/data-dir.ts'
import { firmCopy, unfollowed } from '../support/firm-copy.ts'

const up = /Stop with Ctrl-C/

describe('tipstaff backup and restore', () => {
  const home = temporaryDataDir()
  const dataDir = join(home.path, 'data')
  const copy = join(home.path, 'backup')
  const sandbox = createSandbox({ mounts: [mountCms, mountDms] })
  // Matters are new to it when they move, so that no transition is forbidden.
  const firm = firmCopy(unfollowed)
  let outside: Awaited<ReturnType<typeof sandbox.listen>>
  let env: Record<string, string> = {}
  let running: Running | undefined

  beforeAll(async () => {
    outside = await sandbox.listen(0)
    const [port] = await freePorts(1)
    env = {
      DATA_DIR: dataDir,
      PORT: String(port),
      SANDBOX: 'off',
      // The sandbox's list lags by seconds, not by a minute.
      TIPSTAFF_ABSENT_FOR: 'PT5S',
      ...sandboxEnvironment(outside.url, sandboxDmsSecret),
    }
    const applied = await runCli(['apply', firm.dir], env)
    expect(applied.code, applied.printed).toBe(0)
    running = cli(['start'], env)
    await running.says(up)
  }, 60_000)
  afterAll(async () => {
    running?.child.kill('SIGKILL')
    await running?.ended()
    const server = await startEmbedded({ dataDir, log: () => {} })
    await server.stop()
    await outside.close()
    removeDataDir(dataDir)
    firm.remove()
    home.remove()
  }, 60_000)

  it('copies a running database whole, with anchors and key, and never over something', async () => {
    await move(21006)
    await until(async () => (await told()).length === 1)
    const { code, printed } = await runCli(['backup', copy, '--json'], env)
    expect(code, printed).toBe(0)
    expect(JSON.parse(printed)).toMatchObject({ dir: copy, secretKey: true })
    expect(readFileSync(join(copy, 'secret.key'))).toEqual(readFileSync(join(dataDir, 'secret.key')))
    expect(existsSync(join(copy, 'pg', 'data', 'postmaster.pid'))).toBe(false)
    expect(await runCli(['backup', copy], env)).toMatchObject({
      code: 1,
      printed: expect.stringContaining('is not empty'),
    })
    // The next is told after the backup.
    await move(21011)
    await until(async () => (await told()).length === 2)
  }, 60_000)

  it('is not restored over a database that runs', async () => {
    const refused = await runCli(['restore', copy], env)
    expect(refused.code).toBe(1)
    expect(refused.printed).toMatch(/A server may be running .* Stop Tipstaff first; nothing was touched/)
  })

  it('is restored: takes webhooks, sends nothing until reconciled, and then nothing twice', async () => {
    running!.child.kill('SIGTERM')
    expect(await running!.ended()).toBe(0)
    const restored = await runCli(['restore', copy, '--json'], env)
    expect(restored.code, restored.printed).toBe(0)
    const { aside } = JSON.parse(restored.printed) as { aside: string }
    expect(existsSync(join(aside, 'pg', 'data', 'PG_VERSION'))).toBe(true)

    running = cli(['start'], env)
    await running.says(up)
    expect(running.printed()).toMatch(
      /NOTHING IS SENT .*this data directory is the backup of .*npx tipstaff reconcile/,
    )
    // Clio tells whole seconds: what moves in the second of the restore may have moved before it.
    const restoredIn = Math.floor(Date.now() / 1_000)
    await until(async () => Math.floor(Date.now() / 1_000) > restoredIn)
    await move(21015)
    await until(async () => /tipstaff_queue_depth\{lane="decide"\} [1-9]/.test(await metrics()))
    expect(await metrics()).toMatch(/^tipstaff_held 1$/m)
    expect((await runCli(['doctor', '--json'], env)).printed).toMatch(/"name": "sending",\s*"status": "fail"/)
    expect(await told()).toHaveLength(2)

    const reconciled = await runCli(['reconcile'], env)
    expect(reconciled.code, reconciled.printed).toBe(0)
    expect(reconciled.printed).toMatch(/Released: messages go again/)
    await until(async () => (await told()).length === 3)
    expect(new Set((await told()).map((m) => m.to)).size).toBe(3)
    expect((await runCli(['verify-audit'], env)).code).toBe(0)

    // Once reconciled, it is the database that is known: the next start holds nothing.
    running.child.kill('SIGTERM')
    await running.ended()
    running = cli(['start'], env)
    await running.says(up)
    expect(running.printed()).not.toMatch(/NOTHING IS SENT/)
  }, 60_000)

  it('refuses a directory that is no whole backup', async () => {
    const refused = await runCli(['restore', home.path], env)
    expect(refused).toMatchObject({ code: 1, printed: expect.stringContaining('is no whole backup') })
  })

  /** Clients who want mail only: quiet hours do not hold it, whatever the time is. */
  const move = async (matter: number) => {
    const answer = await fetch(`${outside.url}/_sandbox/cms/matters/${matter}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ matter_stage: { name: 'Deposition Scheduled' } }),
    })
    expect(answer.status).toBe(200)
  }
  const told = async (): Promise<{ to: string }[]> =>
    ((await (await fetch(`${outside.url}/_sandbox/messages`)).json()) as { messages: { to: string }[] })
      .messages
  const metrics = async () => (await fetch(`http://127.0.0.1:${env.PORT}/metrics`)).text()
})

async function until(true_: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000
  while (!(await true_())) {
    if (performance.now() > end) throw new Error('it did not come true within 15 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

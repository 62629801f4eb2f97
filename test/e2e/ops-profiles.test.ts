/** The real command line in its profiles: what each refuses, and a firm's own configuration against the sandbox. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startEmbedded } from '../../src/platform/db/embedded/index.ts'
import { cli, freePorts, type Running, runCli } from '../support/cli.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { firmCopy } from '../support/firm-copy.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const firm = firmCopy((text) => text.replace('name: Harbor & Pike', 'name: Harbor and Pike'))
const home = temporaryDataDir()
let env: Record<string, string> = {}
let sandboxUrl = ''
let running: Running | undefined
beforeAll(async () => {
  const [port, sandbox] = await freePorts(2)
  env = { DATA_DIR: home.path, PORT: String(port), SANDBOX_PORT: String(sandbox) }
  sandboxUrl = `http://127.0.0.1:${sandbox}`
})
afterAll(async () => {
  running?.child.kill('SIGKILL')
  const server = await startEmbedded({ dataDir: home.path, log: () => {} })
  await server.stop()
  home.remove()
  firm.remove()
})

const json = async (path: string, init?: RequestInit) => (await fetch(`${sandboxUrl}${path}`, init)).json()

describe('--profile staging', () => {
  it("runs a firm's real configuration against the sandbox, with none of its secrets at hand", async () => {
    const applied = await runCli(['apply', firm.dir, '--profile', 'staging'], env)
    expect(applied.printed).toMatch(/firm/)
    expect(applied.code).toBe(0)
    running = cli(['start', '--profile', 'staging'], env)
    await running.says(/Stop with Ctrl-C/)
    expect(running.printed()).toMatch(/Profile {13}staging/)
    // All of them, so that one is of a client who is told by mail, at whatever hour this runs.
    for (let matter = 21_001; matter <= 21_016; matter++)
      await fetch(`${sandboxUrl}/_sandbox/cms/matters/${matter}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ matter_stage: { name: 'Investigation' } }),
      })
    // Mail knows no quiet hours.
    const told = async (): Promise<{ to: string }[]> =>
      ((await json('/_sandbox/messages?channel=email')) as { messages: { to: string }[] }).messages
    await vi.waitFor(async () => expect((await told()).length).toBeGreaterThan(0), {
      timeout: 20_000,
      interval: 100,
    })
    running.child.kill('SIGTERM')
    expect(await running.ended()).toBe(0)
  })

  it('leaves a database that no other profile takes', async () => {
    const { code, printed } = await runCli(['start', '--profile', 'production'], env)
    expect(code).toBe(1)
    expect(printed).toMatch(/belongs to the profile staging, not production/)
  })

  it('is what the database goes on being, where nobody says so', async () => {
    const { code, printed } = await runCli(['shadow'], env)
    expect(code).toBe(1)
    expect(printed).toMatch(/is no shadow/)
  })
})

describe('--profile production', () => {
  it('refuses a connection that leads to this machine, by its name, and starts nothing', async () => {
    const other = temporaryDataDir()
    const outside = {
      ...env,
      DATA_DIR: other.path,
      HARBOR_PIKE_CLIO_URL: sandboxUrl,
      HARBOR_PIKE_CLIO_TOKEN: 'b7f0c1',
    }
    const applied = await runCli(['apply', firm.dir, '--profile', 'production'], outside)
    expect(applied.code).toBe(0)
    const { code, printed } = await runCli(['start', '--profile', 'production'], outside)
    expect(code).toBe(1)
    expect(printed).toMatch(/connection harbor-pike-clio: settings\.baseUrl leads to this machine/)
    expect(printed).toMatch(/Nothing was started/)
    other.remove()
  })
})

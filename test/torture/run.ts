/** One torture run, from an empty database to the verdict. Everything that it starts ends with it. */

import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startEmbedded } from '../../src/platform/db/embedded/index.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { supervise } from './app.ts'
import { type Disaster, torment } from './disasters.ts'
import { judge, type Verdict } from './judge.ts'
import type { TortureOptions } from './options.ts'
import { type Accepted, makeDifficult, type Outside, seedMatters, startOutside } from './outside.ts'
import { randomFrom } from './random.ts'

const root = join(import.meta.dirname, '..', '..')

export interface Report extends Verdict {
  options: TortureOptions
  lease: string
  absentFor: string
  disasters: Record<string, number>
  /** App processes that ended though nobody killed them. */
  exits: string[]
  /** False: not everything came to rest in time. */
  settled: boolean
  seconds: { events: number; settling: number; total: number }
}

/**
 * @param signal ends the run early; all is cleaned up
 * @param say progress, for people
 */
export async function torture(
  options: TortureOptions,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<Report> {
  const began = performance.now()
  const random = randomFrom(options.seed)
  const lease = 'PT4S'
  const absentFor = options.quick ? 'PT6S' : 'PT60S'
  const undo: (() => unknown)[] = []
  try {
    const dir = mkdtempSync(join(tmpdir(), 'tipstaff-torture-'))
    // PostgreSQL's own user, if we are root, must get to its data.
    chmodSync(dir, 0o711)
    undo.push(() => rmSync(dir, { recursive: true, force: true }))
    const postgres = await startEmbedded({ dataDir: join(dir, 'postgres'), log: () => {} })
    undo.push(() => postgres.stop())
    await migrate({ ownerUrl: postgres.ownerUrl, dir: join(root, 'migrations'), log: () => {} })
    const outside = await startOutside()
    undo.push(() => outside.stop())

    const port = await freePort()
    const env = {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: postgres.appUrl,
      DATA_DIR: join(dir, 'app'),
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      SANDBOX: 'off',
      LOG_LEVEL: 'error',
      TIPSTAFF_LEASE: lease,
      TIPSTAFF_ABSENT_FOR: absentFor,
      // The sandbox's published test credentials (sandbox/README.md).
      TORTURE_URL: outside.url,
      TORTURE_CLIO_TOKEN: 'sandbox-clio-token',
      TORTURE_TWILIO_TOKEN: 'sandbox-twilio-auth-token',
    }
    await run([join(root, 'src', 'main', 'cli.ts'), 'apply', join(import.meta.dirname, 'firm')], env)
    const app = supervise(env)
    undo.push(() => app.end())
    await app.up('start')
    const matters = await seedMatters(outside, options.messages, options.seed)
    await makeDifficult(outside, options.seed, options.quick)
    say(
      `${matters.size} matters, ${options.kills} kills, ${options.freezes} freezes and ${options.restarts} restarts of PostgreSQL in ${options.seconds} s`,
    )

    const eventsBegan = performance.now()
    const disasters = torment({
      app,
      restartPostgres: (mode) => postgres.restart(mode),
      options,
      random,
      leaseMs: Temporal.Duration.from(lease).total('milliseconds'),
      signal,
    })
    const [log] = await Promise.all([
      disasters,
      changeStages(outside, [...matters.keys()], options.seconds, signal),
    ])
    const eventsEnded = performance.now()
    say(`${log.length} disasters are over; waiting until all has come to rest`)
    if (!app.alive.some((one) => one.role === 'start')) await app.up('start')

    const db = new pg.Client({ connectionString: postgres.adminUrl.replace(/\/[^/]*$/, '/tipstaff') })
    await db.connect()
    undo.push(() => db.end())
    const settled = await allAtRest(db, outside, options.quick ? 90 : 400, signal)
    const { messages } = await outside.control<{ messages: Accepted[] }>('GET', '/messages?channel=sms')
    const expected = [...matters.values()].map((number) => `matter ${number} is `)
    const verdict = await judge(db, expected, messages)
    const seconds = (from: number, to: number) => Math.round((to - from) / 100) / 10
    return {
      options,
      lease,
      absentFor,
      disasters: counted(log),
      ...verdict,
      exits: app.exits,
      settled,
      seconds: {
        events: seconds(eventsBegan, eventsEnded),
        settling: seconds(eventsEnded, performance.now()),
        total: seconds(began, performance.now()),
      },
    }
  } finally {
    for (const step of undo.reverse())
      await Promise.resolve(step()).catch((error: Error) => say(`cleaning up: ${error.message}`))
  }
}

/** Each matter's stage changes once, evenly spread. */
async function changeStages(
  outside: Outside,
  matters: readonly number[],
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  const began = Date.now()
  for (const [i, id] of matters.entries()) {
    const due = began + (i / matters.length) * seconds * 1_000
    if (due > Date.now()) await sleep(due - Date.now(), undefined, { signal })
    await outside.control('PATCH', `/cms/matters/${id}`, { matter_stage: { name: 'Investigation' } })
  }
}

/** Webhooks all delivered, rows all in a final state. @returns false when that took too long */
async function allAtRest(
  db: pg.Client,
  outside: Outside,
  mostSeconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + mostSeconds * 1_000
  for (let calm = 0; performance.now() < deadline; ) {
    await sleep(500, undefined, { signal })
    const { counts } = await outside.control<{ counts: { pending: number } }>(
      'GET',
      '/cms/deliveries?limit=1',
    )
    const { rows } = await db.query<{ open: number }>(
      `select (select count(*) from inbound_deliveries where state in ('stored', 'waiting'))
            + (select count(*) from fact_requests)
            + (select count(*) from messages where state in ('held', 'queued', 'sending', 'unknown')) as open`,
    )
    calm = counts.pending === 0 && Number(rows[0]!.open) === 0 ? calm + 1 : 0
    if (calm === 3) return true
  }
  return false
}

const counted = (log: readonly Disaster[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(log, (d) => d.what)].map(([what, list]) => [what, list.length]))

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function run(args: string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk
      })
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(said.trim() || `ended with ${code}`)),
    )
  })
}

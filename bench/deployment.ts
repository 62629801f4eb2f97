/** A deployment to measure: its own database under a temporary DATA_DIR, the app and the sandbox as processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { type EmbeddedServer, startEmbedded } from '../src/platform/db/embedded/index.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { typeParsers } from '../src/platform/db/types.ts'
import { parentOf } from './measure.ts'
import { hookSecret, twilioToken } from './webhooks.ts'

const root = join(import.meta.dirname, '..')

export interface Sandbox {
  url: string
  pid: number
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
  stop(): Promise<void>
}

export interface App {
  url: string
  pid: number
  /** One series of /metrics, e.g. `tipstaff_receipts_total{provider="twilio",kind="delivered"}`; 0 when absent. */
  counter(series: string): Promise<number>
  stop(): Promise<void>
}

export interface Cluster {
  server: EmbeddedServer
  dataDir: string
  /** Superuser on the app's database: sees every firm, for filling and for counting. */
  admin: pg.Client
  /** The server's first process. */
  postmaster: number
  close(): Promise<void>
}

/** A new, migrated database of its own. */
export async function makeCluster(name: string): Promise<Cluster> {
  const dataDir = mkdtempSync(join(tmpdir(), `tipstaff-bench-${name}-`))
  // As root the server's own user must get through, or the cluster goes elsewhere, where nobody clears it away.
  chmodSync(dataDir, 0o711)
  const server = await startEmbedded({ dataDir, log: () => {} })
  await migrate({ ownerUrl: server.ownerUrl, dir: join(root, 'migrations'), log: () => {} })
  const admin = await connect(adminUrl(server))
  const { rows } = await admin.query<{ pid: number }>('select pg_backend_pid() as pid')
  return {
    server,
    dataDir,
    admin,
    postmaster: parentOf(rows[0]!.pid),
    async close() {
      await admin.end()
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench', types: typeParsers })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** The superuser's address, but on the database that the app uses. */
export const adminUrl = (server: EmbeddedServer): string =>
  server.adminUrl.replace(/\/postgres$/, new URL(server.appUrl.replace(/@[^/]*\//, '@host/')).pathname)

export async function startSandbox(env: Record<string, string> = {}): Promise<Sandbox> {
  const child = run(['sandbox/main.ts'], { SANDBOX_PORT: '0', ...env })
  const url = await printed(child, /sandbox: (http\S+)/)
  return {
    url,
    pid: child.pid!,
    stop: () => stop(child),
    async control<T>(method: string, path: string, body?: unknown) {
      const answer = await fetch(`${url}${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return (answer.status === 204 ? null : await answer.json()) as T
    },
  }
}

/** What `npm start` runs, flags and all. */
function asStarted(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return scripts.start.split(' ').slice(1)
}

/** `tipstaff start` without a sandbox of its own: web and worker in one process. */
export async function startApp(cluster: Cluster, sandbox: Sandbox, nodeFlags: string[] = []): Promise<App> {
  const child = run([...nodeFlags, ...asStarted()], environmentOf(cluster, sandbox))
  const url = await printed(child, /Tipstaff\s+(http\S+)/)
  return {
    url,
    pid: child.pid!,
    stop: () => stop(child),
    async counter(series) {
      const text = await (await fetch(`${url}/metrics`)).text()
      const line = text.split('\n').find((l) => l.startsWith(`${series} `))
      return line ? Number(line.slice(series.length + 1)) : 0
    },
  }
}

/** Applies a firm of the bench under another key, through the command that people use. */
export async function applyFirm(
  cluster: Cluster,
  sandbox: Sandbox,
  key: string,
  firm: 'firm' | 'firm-clio' = 'firm',
  more: { files?: Readonly<Record<string, string>>; perSecond?: number; quietFrom?: string } = {},
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'tipstaff-bench-firm-'))
  try {
    cpSync(join(import.meta.dirname, firm), dir, { recursive: true })
    for (const [file, text] of Object.entries(more.files ?? {})) {
      mkdirSync(dirname(join(dir, file)), { recursive: true })
      writeFileSync(join(dir, file), text)
    }
    for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('firm.yaml')) continue
      const path = join(dir, file)
      const limited = more.perSecond === undefined ? '' : `\n    rate: { perSecond: ${more.perSecond} }`
      const own = readFileSync(path, 'utf8').replace(/\bbench(?=$|-)/gm, key)
      writeFileSync(
        path,
        own.replace(/ {4}kind: twilio/, (line) => line + limited) +
          (more.quietFrom === undefined
            ? ''
            : `\nquietHours: { from: '${more.quietFrom}', until: '08:00' }\n`),
      )
    }
    const child = run(['bin/tipstaff.mjs', 'apply', dir], environmentOf(cluster, sandbox))
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
    if (code !== 0) throw new Error(`tipstaff apply ended with ${code}`)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A key of the firm's API that may read. */
export async function makeKey(cluster: Cluster, sandbox: Sandbox): Promise<string> {
  const child = run(
    ['bin/tipstaff.mjs', 'keys', 'create', 'bench', '--firm', 'bench', '--json'],
    environmentOf(cluster, sandbox),
  )
  return printed(child, /"key":\s*"([^"]+)"/)
}

/** Of every program of ours that works on this cluster. */
export function environmentOf(cluster: Cluster, sandbox: Sandbox): Record<string, string> {
  return {
    PORT: '0',
    DATA_DIR: cluster.dataDir,
    SANDBOX: 'off',
    LOG_LEVEL: 'warn',
    TIPSTAFF_SHARED_BENCH_HOOK_SECRET: hookSecret,
    TIPSTAFF_SHARED_BENCH_TWILIO_TOKEN: twilioToken,
    TIPSTAFF_SHARED_BENCH_TWILIO_URL: sandbox.url,
    TIPSTAFF_SHARED_BENCH_CLIO_URL: sandbox.url,
    TIPSTAFF_SHARED_BENCH_CLIO_TOKEN: 'sandbox-clio-token',
  }
}

/** One of our own programs under this Node, with nothing of the caller's environment but what it needs. */
export function run(args: string[], env: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  return spawn(process.execPath, args, {
    cwd: root,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

export function printed(child: ChildProcess, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    child.stdout!.on('data', (chunk: Buffer) => {
      // Warnings and errors of the app's log: a figure that comes with them is suspect.
      for (const line of chunk.toString().split('\n')) if (line.startsWith('{"level"')) console.error(line)
      out += chunk
      const found = wanted.exec(out)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}: ${out}`)))
  })
}

export function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 20_000).unref()
  })
}

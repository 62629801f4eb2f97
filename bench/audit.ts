/** `tipstaff audit-cms` over a whole CMS, cold: a process of its own, a database that has never seen it. */
import { sandboxDmsSecret, sandboxEnvironment } from '../src/main/sandbox-process.ts'
import { type Cluster, run, type Sandbox } from './deployment.ts'
import { round, rssMb } from './measure.ts'

export interface AuditTimes {
  matters: number
  clients: number
  /** From the start of the process to its end. */
  seconds: number
  /** Of these, reading and judging. */
  reading: number
  /** The most that the process held, in MB. */
  rssMb: number
  trouble: number
}

export async function auditTimes(
  cluster: Cluster,
  sandbox: Sandbox,
  size: { matters: number; clients: number },
): Promise<AuditTimes> {
  await sandbox.control('PUT', '/_sandbox/cms/settings', { rateLimit: null })
  await sandbox.control('POST', '/_sandbox/cms/seed', { ...size, seed: 1 })
  await sandbox.control('POST', '/_sandbox/cms/dirt', { matters: 200, clients: 150, seed: 1 })
  const env = {
    PORT: '0',
    DATA_DIR: cluster.dataDir,
    SANDBOX: 'off',
    LOG_LEVEL: 'warn',
    ...sandboxEnvironment(sandbox.url, sandboxDmsSecret),
  }
  await ended(run(['bin/tipstaff.mjs', 'apply', 'examples/harbor-pike'], env))
  const began = performance.now()
  const child = run(
    ['bin/tipstaff.mjs', 'audit-cms', 'harbor-pike-clio', '--firm', 'harbor-pike', '--json'],
    env,
  )
  let most = 0
  const watch = setInterval(() => {
    // Between the last look and the exit there may be no such process any more.
    try {
      most = Math.max(most, rssMb(child.pid!))
    } catch {}
  }, 100)
  try {
    const report = JSON.parse(await ended(child)) as {
      seconds: number
      records: { model: string; count: number }[]
      trouble: { count: number }[]
    }
    const count = (model: string) => report.records.find((one) => one.model === model)?.count ?? 0
    if (count('matter') < size.matters || count('contact') < size.clients)
      throw new Error(`audit: read ${count('matter')} matters and ${count('contact')} clients only`)
    return {
      matters: count('matter'),
      clients: count('contact'),
      seconds: round((performance.now() - began) / 1000),
      reading: report.seconds,
      rssMb: round(most),
      trouble: report.trouble.reduce((sum, one) => sum + one.count, 0),
    }
  } finally {
    clearInterval(watch)
  }
}

function ended(child: ReturnType<typeof run>): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    child.stdout!.on('data', (chunk: Buffer) => {
      out += chunk
    })
    child.once('close', (code) =>
      code === 0
        ? resolve(out)
        : reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}: ${out}`)),
    )
  })
}

/** Throughput: distinct events through the whole life, from the webhook to the merged receipt. */
import type { App, Cluster, Sandbox } from './deployment.ts'
import { cpuSeconds, round, treeCpuSeconds, until, watchMemory } from './measure.ts'
import { openSender, sendAll } from './sender.ts'
import { type Progress, webhook } from './webhooks.ts'

/** Webhooks that the CMS has under way at once. */
const atOnce = 32

/** What is measured: Tipstaff, or the floor. */
export interface Target {
  url: string
  pid: number
  /** Whose /hooks/… is called. */
  connection: string
  /** How many messages are known to be delivered. */
  delivered(): Promise<number>
}

export interface Place {
  cluster: Cluster
  sandbox: Sandbox
}

export interface Throughput {
  messages: number
  seconds: number
  perSecond: number
  /** Seconds until the last webhook was answered. */
  ingestSeconds: number
  /** Most memory of the app while it ran. */
  rssMb: number
  /** The database's log per message: kilobytes, and pages written whole since a checkpoint had just been. */
  wal: { kb: number; wholePages: number }
  /** CPU milliseconds per message by process; null where the system does not tell. */
  cpuMs: Record<'app' | 'database' | 'sandbox' | 'load', number | null>
}

export interface Range {
  from: number
  count: number
}

export const tipstaff = (app: App): Target => ({
  url: app.url,
  pid: app.pid,
  connection: 'bench-cms',
  delivered: () => app.counter('tipstaff_receipts_total{provider="twilio",kind="delivered"}'),
})

export async function throughput(
  target: Target,
  { cluster, sandbox }: Place,
  progress: Progress,
  { from, count }: Range,
): Promise<Throughput> {
  await sandbox.control('DELETE', '/_sandbox/messages')
  const before = await target.delivered()
  const host = new URL(target.url).host
  const requests = Array.from({ length: count }, (_, i) =>
    webhook(target.connection, host, from + i, progress.next(from + i)),
  )
  const sender = await openSender(target.url, atOnce)
  const used = () => ({
    app: cpuSeconds(target.pid),
    database: treeCpuSeconds(cluster.postmaster),
    sandbox: cpuSeconds(sandbox.pid),
    load: cpuSeconds(process.pid),
  })
  const stopWatching = watchMemory(target.pid)
  const walBefore = await walOf(cluster)
  const usedBefore = used()
  const began = performance.now()
  await sendAll(sender, requests, atOnce)
  const ingestSeconds = (performance.now() - began) / 1000
  await until(
    'all receipts merged',
    60_000 + count * 20,
    async () => (await target.delivered()) - before >= count,
    500,
  )
  const seconds = (performance.now() - began) / 1000
  const usedAfter = used()
  const walAfter = await walOf(cluster)
  const cpu = (name: keyof typeof usedBefore) => {
    const [then, now] = [usedBefore[name], usedAfter[name]]
    return then === null || now === null ? null : round(((now - then) / count) * 1000, 2)
  }
  sender.close()
  const result: Throughput = {
    messages: count,
    seconds: round(seconds, 2),
    perSecond: round(count / seconds),
    ingestSeconds: round(ingestSeconds, 2),
    rssMb: round(stopWatching()),
    wal: {
      kb: round((walAfter.bytes - walBefore.bytes) / 1024 / count),
      wholePages: round((walAfter.fpi - walBefore.fpi) / count, 2),
    },
    cpuMs: { app: cpu('app'), database: cpu('database'), sandbox: cpu('sandbox'), load: cpu('load') },
  }
  await check(sandbox, count)
  return result
}

/** The database's log: how much, and how many pages of it were written whole because a checkpoint had just been. */
async function walOf({ admin }: Cluster): Promise<{ bytes: number; fpi: number }> {
  const { rows } = await admin.query<{ bytes: string; fpi: string }>(
    'select wal_bytes::text as bytes, wal_fpi::text as fpi from pg_stat_wal',
  )
  return { bytes: Number(rows[0]!.bytes), fpi: Number(rows[0]!.fpi) }
}

/** What was counted is so: everybody was told, and once. */
async function check(sandbox: Sandbox, count: number): Promise<void> {
  const { messages } = await sandbox.control<{ messages: { to: string }[] }>(
    'GET',
    '/_sandbox/messages?channel=sms',
  )
  const told = new Set(messages.map((m) => m.to)).size
  if (messages.length !== count || told !== count)
    throw new Error(`the run is wrong: ${count} events made ${messages.length} texts to ${told} phones`)
}

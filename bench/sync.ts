/** A first sync: everything that a large firm's Clio holds, read list by list into an empty database. */
import type { App, Cluster, Sandbox } from './deployment.ts'
import { cpuSeconds, round, treeCpuSeconds, until, watchMemory } from './measure.ts'

export interface FirstSync {
  matters: number
  clients: number
  seconds: number
  /** Most memory of the app meanwhile. */
  rssMb: number
  /** CPU seconds in all, by process. */
  cpu: Record<'app' | 'database' | 'sandbox', number | null>
}

/** Fills the sandbox's CMS, with its rate limit lifted, before anything is measured. */
export async function fillCms(sandbox: Sandbox, matters: number, clients: number): Promise<void> {
  await sandbox.control('PUT', '/_sandbox/cms/settings', { rateLimit: null })
  await sandbox.control('POST', '/_sandbox/cms/seed', { matters, clients, seed: 1, preference: 'Email' })
}

/** From the app's start, its own not counted, until every list has been read to its end. */
export async function firstSync(
  app: App,
  cluster: Cluster,
  sandbox: Sandbox,
  began: number,
  expected: { matters: number; clients: number },
): Promise<FirstSync> {
  const stopWatching = watchMemory(app.pid)
  const used = () => ({
    app: cpuSeconds(app.pid),
    database: treeCpuSeconds(cluster.postmaster),
    sandbox: cpuSeconds(sandbox.pid),
  })
  const before = used()
  await until(
    'the first sync',
    600_000,
    async () => {
      const { rows } = await cluster.admin.query<{ there: number; open: number }>(
        `select count(*)::int as there, (count(*) filter (where phase = 'first'))::int as open from cms_streams`,
      )
      return rows[0]!.there > 0 && rows[0]!.open === 0
    },
    100,
  )
  const seconds = (performance.now() - began) / 1000
  const after = used()
  const { rows } = await cluster.admin.query<{ matters: number; clients: number; events: number }>(
    `select (select count(*) from matters where client_id is not null)::int as matters,
       (select count(*) from clients)::int as clients, (select count(*) from events)::int as events`,
  )
  const [found] = rows
  if (found!.matters < expected.matters || found!.clients < expected.clients || found!.events > 0)
    throw new Error(`the first sync is wrong: ${JSON.stringify(found)}`)
  const cpu = (name: keyof typeof before) => {
    const [then, now] = [before[name], after[name]]
    return then === null || now === null ? null : round(now - then)
  }
  return {
    ...expected,
    seconds: round(seconds),
    rssMb: round(stopWatching()),
    cpu: { app: cpu('app'), database: cpu('database'), sandbox: cpu('sandbox') },
  }
}

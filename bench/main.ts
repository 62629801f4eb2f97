/**
 * `npm run bench`: the figures that Tipstaff is held to, measured on this machine, with everything (load, app, database, sandbox) on
 * the same processors. Prints them, writes them as JSON, and ends ≠ 0 when a goal is missed.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { auditTimes } from './audit.ts'
import { consoleFigures } from './console/index.ts'
import {
  type App,
  applyFirm,
  type Cluster,
  connect,
  makeCluster,
  makeKey,
  type Sandbox,
  startApp,
  startSandbox,
} from './deployment.ts'
import { digestFirm, digesting, makeWaiting } from './digests.ts'
import { dispatch } from './dispatch.ts'
import { startFloor } from './floor-process.ts'
import { writeHistory } from './history.ts'
import { median, round, rssMb, sleep } from './measure.ts'
import { neighbour, urgentOnes } from './neighbour.ts'
import { type FirmIds, firmIds, makePeople } from './people.ts'
import { burst, makeDiary, planning, plans, slowLine } from './reminders.ts'
import { durability, type Goal, line, machine, met } from './report.ts'
import { makeReported, reportTimes } from './reports.ts'
import { sizes } from './sizes.ts'
import { fillCms, firstSync } from './sync.ts'
import { type Throughput, throughput, tipstaff } from './throughput.ts'
import { traceTimes } from './trace.ts'
import { Progress } from './webhooks.ts'

const parts = [
  'memory',
  'dispatch',
  'throughput',
  'neighbour',
  'reminders',
  'digests',
  'flatness',
  'trace',
  'reports',
  'sync',
  'audit',
  'console',
] as const
type Part = (typeof parts)[number]

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  console.log(`node bench/main.ts [--only ${parts.join('|')}]… [--quick] [--json FILE]`)
  process.exit(0)
}
const asked = (values.only ?? []).flatMap((list) => list.split(','))
const wrong = asked.find((name) => !parts.includes(name as Part))
if (wrong !== undefined) {
  console.error(`--only ${wrong} is not one of ${parts.join(', ')}`)
  process.exit(2)
}
const wanted = new Set<Part>(asked.length > 0 ? (asked as Part[]) : parts)
const { quick } = values

const size = sizes(quick)
const eventsPerSecond = 50
/** Matters 0… are for the runs; the last ones for warming up and for dispatch. */
const warm = { from: size.clients - size.warm, count: size.warm }
const paced = {
  from: size.clients - size.warm - eventsPerSecond * size.dispatchSeconds,
  count: eventsPerSecond * size.dispatchSeconds,
}

const goals: Goal[] = []
const details: Record<string, unknown> = {}
const say = (text: string) => console.log(text)
const reach = (goal: Goal) => {
  goals.push(goal)
  say(line(goal))
}

/** A new deployment with its people, nothing else in it, and the app not running. */
async function deployment(name: string, sandbox: Sandbox): Promise<Cluster> {
  const cluster = await makeCluster(name)
  await applyFirm(cluster, sandbox, 'bench')
  await makePeople(cluster.admin, await firmIds(cluster.admin, 'bench'), 0, size.clients)
  // What autovacuum would have done by the time that anybody has so many clients.
  await cluster.admin.query('vacuum analyze clients, contact_points, matters')
  return cluster
}

async function withApp<T>(cluster: Cluster, sandbox: Sandbox, work: (app: App) => Promise<T>): Promise<T> {
  const app = await startApp(cluster, sandbox)
  try {
    return await work(app)
  } finally {
    await app.stop()
  }
}

const runs = { from: 0, count: size.run }
const said = (run: Throughput) =>
  `${run.perSecond}/s, app ${run.rssMb} MB; CPU ms per message: app ${run.cpuMs.app}, database ${run.cpuMs.database}, sandbox ${run.cpuMs.sandbox}, load ${run.cpuMs.load}; log ${run.wal.kb} kB, whole pages ${run.wal.wholePages}`

async function small(sandbox: Sandbox, cluster: Cluster): Promise<void> {
  const progress = new Progress()
  const place = { cluster, sandbox }
  const floorFirst = wanted.has('throughput') && !quick
  const floors: Throughput[] = []
  const measureFloor = async () => {
    const floor = await startFloor(cluster, sandbox)
    try {
      // The floor knows no states: any words do.
      await throughput(floor, place, new Progress(), warm)
      const run = await throughput(floor, place, new Progress(), runs)
      say(`       floor: ${said(run)}`)
      floors.push(run)
    } finally {
      await floor.stop()
    }
  }
  if (floorFirst) await measureFloor()
  await withApp(cluster, sandbox, async (app) => {
    if (wanted.has('memory')) {
      await sleep(quick ? 2_000 : 10_000)
      const idle = round(rssMb(app.pid))
      details.idle = { rssMb: idle }
      reach({ what: 'memory, idle', value: idle, unit: 'MB', goal: { most: 160 } })
    }
    await throughput(tipstaff(app), place, progress, warm)
    if (wanted.has('dispatch')) {
      const found = await dispatch(app, sandbox, progress, paced, eventsPerSecond)
      details.dispatch = found
      say(`       dispatch: ${JSON.stringify(found)}`)
      reach({ what: 'dispatch, webhook to provider, p50', value: found.p50, unit: 'ms', goal: { most: 12 } })
      reach({ what: 'dispatch, webhook to provider, p95', value: found.p95, unit: 'ms', goal: { most: 25 } })
    }
    if (wanted.has('throughput') || wanted.has('memory')) {
      const run = await throughput(tipstaff(app), place, progress, runs)
      details.throughput = run
      say(`       tipstaff: ${said(run)}`)
      if (wanted.has('throughput'))
        reach({
          what: 'throughput, messages through the whole life',
          value: run.perSecond,
          unit: '/s',
          goal: { least: 500 },
        })
      if (wanted.has('memory'))
        reach({ what: 'memory, most under that load', value: run.rssMb, unit: 'MB', goal: { most: 300 } })
    }
  })
  if (wanted.has('throughput')) {
    await measureFloor()
    details.floors = floors
    const ours = (details.throughput as Throughput).perSecond
    const floor = floors.reduce((sum, run) => sum + run.perSecond, 0) / floors.length
    reach({
      what: 'throughput, ratio to the floor',
      value: round(ours / floor, 2),
      unit: '',
      goal: { least: 0.6 },
    })
  }
  if (wanted.has('neighbour')) {
    await applyFirm(cluster, sandbox, 'neighbour')
    await makePeople(cluster.admin, await firmIds(cluster.admin, 'neighbour'), 500_000, 200)
    const busy = await firmIds(cluster.admin, 'bench')
    await withApp(cluster, sandbox, async (app) => {
      const found = await neighbour(app, cluster, sandbox, busy, 500_000, size.queued)
      details.neighbour = found
      say(`       neighbour: ${JSON.stringify(found)}`)
      reach({
        what: "a neighbour's urgent message, slowest of 8",
        value: found.most,
        unit: 'ms',
        goal: { most: 1_000 },
      })
    })
  }
}

/** The same on an empty database and on one with a history, in turns, each from a fresh start of the app. */
async function flatness(sandbox: Sandbox): Promise<void> {
  const full = await deployment('full', sandbox)
  try {
    const progress = new Progress()
    await withApp(full, sandbox, (app) =>
      throughput(tipstaff(app), { cluster: full, sandbox }, progress, warm),
    )
    say(`       writing ${size.history.toLocaleString('en')} messages of history…`)
    await writeHistory(full.admin, await firmIds(full.admin, 'bench'), size.history)
    if (wanted.has('flatness')) {
      // The bulk load ends with a checkpoint, after which each page is logged whole when it is first touched: a cost that
      // comes once in a quarter of an hour, and is told beside the pairs, which show the middle of it.
      const first = await withApp(full, sandbox, (app) =>
        throughput(tipstaff(app), { cluster: full, sandbox }, progress, runs),
      )
      details.afterCheckpoint = first
      say(`       right after a checkpoint: ${first.perSecond}/s, whole pages ${first.wal.wholePages}`)
      await pairs(sandbox, full, progress)
    }
    if (wanted.has('trace')) {
      const key = await makeKey(full, sandbox)
      await withApp(full, sandbox, async (app) => {
        const found = await traceTimes(app, key, size.clients, size.traces)
        details.trace = found
        say(`       trace: ${JSON.stringify(found)}`)
        reach({ what: `trace by phone number, p95`, value: found.p95, unit: 'ms', goal: { most: 50 } })
      })
    }
  } finally {
    await full.close()
  }
}

async function pairs(sandbox: Sandbox, full: Cluster, progress: Progress): Promise<void> {
  const ratios: number[] = []
  const all: { empty: Throughput; full: Throughput }[] = []
  const one = (cluster: Cluster, steps: Progress) =>
    withApp(cluster, sandbox, async (app) => {
      const place = { cluster, sandbox }
      await throughput(tipstaff(app), place, steps, warm)
      return throughput(tipstaff(app), place, steps, runs)
    })
  for (let i = 0; i < size.pairs; i++) {
    const onEmpty = async () => {
      const fresh = await deployment('empty', sandbox)
      try {
        return await one(fresh, new Progress())
      } finally {
        await fresh.close()
      }
    }
    // Who comes first changes, so that a machine that grows slower favours nobody.
    const before = i % 2 === 0 ? await onEmpty() : null
    const filled = await one(full, progress)
    const empty = before ?? (await onEmpty())
    say(`       empty: ${said(empty)}`)
    say(`       full:  ${said(filled)}`)
    all.push({ empty, full: filled })
    ratios.push(filled.perSecond / empty.perSecond)
  }
  details.flatness = { history: size.history, ratios: ratios.map((r) => round(r, 3)), pairs: all }
  reach({
    what: `flatness, with ${size.history.toLocaleString('en')} messages stored`,
    value: round(median(ratios), 2),
    unit: '',
    goal: { least: 0.9 },
  })
}

async function audit(): Promise<void> {
  // A CMS and a database of its own: nothing of the other parts is read along.
  const outside = await startSandbox()
  const cluster = await makeCluster('audit')
  try {
    const found = await auditTimes(cluster, outside, size.cms)
    details.audit = found
    say(`       audit: ${JSON.stringify(found)}`)
    reach({
      what: `audit of ${found.matters.toLocaleString('en')} matters, cold`,
      value: found.seconds,
      unit: 's',
      goal: { most: 60 },
    })
    reach({ what: 'audit, memory at most', value: found.rssMb, unit: 'MB', goal: { most: 350 } })
  } finally {
    await cluster.close()
    await outside.stop()
  }
}

/** On a sandbox of its own, since what it is filled with costs memory. */
async function sync(): Promise<void> {
  const outside = await startSandbox()
  const cluster = await makeCluster('sync')
  try {
    await fillCms(outside, size.cms.matters, size.cms.clients)
    await applyFirm(cluster, outside, 'bench', 'firm-clio')
    const app = await startApp(cluster, outside)
    const began = performance.now()
    try {
      const found = await firstSync(app, cluster, outside, began, size.cms)
      details.sync = found
      say(`       sync: ${JSON.stringify(found)}`)
      reach({ what: 'first sync of a CMS', value: found.seconds, unit: 's', goal: { most: 40 } })
      reach({ what: 'memory, most in a first sync', value: found.rssMb, unit: 'MB', goal: { most: 350 } })
    } finally {
      await app.stop()
    }
  } finally {
    await cluster.close()
    await outside.stop()
  }
}

/** A diary that is planned, planned anew when an offset is another, and a minute in which ten thousand are due. */
async function reminders(sandbox: Sandbox): Promise<void> {
  const cluster = await makeCluster('reminders')
  const perSecond = 200
  try {
    await applyFirm(cluster, sandbox, 'bench', 'firm', {
      files: { 'reminders.yaml': plans('PT3H') },
      perSecond,
    })
    const ids = await firmIds(cluster.admin, 'bench')
    await makePeople(cluster.admin, ids, 0, size.clients)
    await makeDiary(cluster.admin, ids, size.diary)
    await applyFirm(cluster, sandbox, 'neighbour')
    await makePeople(cluster.admin, await firmIds(cluster.admin, 'neighbour'), 500_000, 200)
    await cluster.admin.query('vacuum analyze clients, contact_points, matters')
    const key = await makeKey(cluster, sandbox)
    await withApp(cluster, sandbox, async (app) => {
      const first = await planning(app, cluster, size.diary)
      const anew = await planning(app, cluster, size.diary, () =>
        applyFirm(cluster, sandbox, 'bench', 'firm', {
          files: { 'reminders.yaml': plans('PT4H') },
          perSecond,
        }),
      )
      const found = await burst(cluster, sandbox, ids, size.due, perSecond, () =>
        urgentOnes(app, sandbox, 500_000),
      )
      const slow = await slowEvening(app, cluster, sandbox, ids, key)
      details.reminders = { first, anew, burst: found, slow }
      say(`       reminders: ${JSON.stringify(details.reminders)}`)
      reach({
        what: 'planning 100,000 dates, 3 steps each',
        value: first.seconds,
        unit: 's',
        goal: { most: 30 },
      })
      reach({ what: 'memory, most while planning', value: first.rssMb, unit: 'MB', goal: { most: 300 } })
      reach({ what: 'planning them anew', value: anew.seconds, unit: 's', goal: { most: 30 } })
      reach({
        what: '10,000 due at once, beyond what the rate takes',
        value: round(found.seconds - found.allowed),
        unit: 's',
        goal: { most: 5 },
      })
      reach({
        what: "another firm's urgent message amid that burst, slowest of 8",
        value: found.urgentMost,
        unit: 'ms',
        goal: { most: 1_000 },
      })
      reach({
        what: 'on a line of 1/s: texts that left in quiet hours',
        value: slow.leftInQuiet,
        unit: '',
        goal: { most: 0 },
      })
      reach({
        what: 'on a line of 1/s: what waited for morning, beside what was said before',
        value: Math.abs(slow.queued - slow.left - slow.saidLater),
        unit: '',
        goal: { most: 15 },
      })
    })
  } finally {
    await cluster.close()
  }
}

/** The carrier takes one a second, so that what is measured ends at the queue. */
async function digests(sandbox: Sandbox): Promise<void> {
  const cluster = await makeCluster('digests')
  const { clients, each } = size.digests
  try {
    await applyFirm(cluster, sandbox, 'bench', 'firm', { files: digestFirm, perSecond: 1 })
    const ids = await firmIds(cluster.admin, 'bench')
    await makePeople(cluster.admin, ids, 0, clients)
    await makeWaiting(cluster.admin, ids, clients, each)
    await cluster.admin.query('vacuum analyze clients, contact_points, matters')
    await withApp(cluster, sandbox, async (app) => {
      await sleep(5_000)
      const found = await digesting(app, cluster, clients, each, rssMb(app.pid))
      details.digests = found
      say(`       digests: ${JSON.stringify(found)}`)
      reach({
        what: '200,000 items in 20,000 digests, to queued',
        value: found.seconds,
        unit: 's',
        goal: { most: 60 },
      })
      reach({ what: 'memory, most while digesting', value: found.rssMb, unit: 'MB', goal: { most: 300 } })
    })
  } finally {
    await cluster.close()
  }
}

/** A firm of many years, whose reports are asked for. */
async function reports(sandbox: Sandbox): Promise<void> {
  const cluster = await deployment('reports', sandbox)
  try {
    await makeReported(cluster.admin, await firmIds(cluster.admin, 'bench'), size.reported)
    const key = await makeKey(cluster, sandbox)
    await withApp(cluster, sandbox, async (app) => {
      const found = await reportTimes(app, key, 9)
      details.reports = found
      say(`       reports: ${JSON.stringify(found)}`)
      reach({
        what: `report of 30 days, ${size.reported.toLocaleString('en')} messages stored`,
        value: found.ms.month,
        unit: 'ms',
        goal: { most: 300 },
      })
    })
  } finally {
    await cluster.close()
  }
}

/** The same firm on a slow line, a minute or two before its clients go to bed. */
async function slowEvening(app: App, cluster: Cluster, sandbox: Sandbox, ids: FirmIds, key: string) {
  await cluster.admin.query(
    `update clients set time_zone = 'America/New_York' where firm_id = $1 and time_zone is distinct from 'America/New_York'`,
    [ids.firmId],
  )
  const quietAt = Temporal.Now.instant()
    .add({ seconds: 100 })
    .round({ smallestUnit: 'minute', roundingMode: 'floor' })
  const quietFrom = quietAt.toZonedDateTimeISO('America/New_York').toPlainTime().toString().slice(0, 5)
  await applyFirm(cluster, sandbox, 'bench', 'firm', {
    files: { 'reminders.yaml': plans('PT4H') },
    perSecond: 1,
    quietFrom,
  })
  return slowLine(cluster, ids, size.due, quietAt, async () => {
    const answer = await fetch(`${app.url}/api/v1/queue`, { headers: { authorization: `Bearer ${key}` } })
    const { estimates } = (await answer.json()) as {
      estimates: { channel: string; afterQuietHours: number; throughBy: string | null }[]
    }
    return estimates.find((one) => one.channel === 'sms')!
  })
}

const host = machine()
say(`Tipstaff's figures on ${host.cores} × ${host.cpu}, Node ${host.node}`)
say(
  'Load, app (web and worker in one process), database and sandbox share these processors. Facts are warm; the firm',
)
say(
  `has no quiet hours and no rate limits (bench/firm).${quick ? ' QUICK: small numbers, which are no figures.' : ''}\n`,
)

const sandbox = await startSandbox()
let settings: Awaited<ReturnType<typeof durability>> | undefined
try {
  const cluster = await deployment('small', sandbox)
  try {
    const client = await connect(cluster.server.appUrl)
    settings = await durability(client)
    await client.end()
    say(
      `PostgreSQL ${settings.server_version}: fsync ${settings.fsync}, synchronous_commit ${settings.synchronous_commit}, full_page_writes ${settings.full_page_writes}`,
    )
    if ((['memory', 'dispatch', 'throughput', 'neighbour'] as const).some((part) => wanted.has(part)))
      await small(sandbox, cluster)
  } finally {
    await cluster.close()
  }
  if (wanted.has('reminders')) await reminders(sandbox)
  if (wanted.has('digests')) await digests(sandbox)
  if (wanted.has('flatness') || wanted.has('trace')) await flatness(sandbox)
  if (wanted.has('reports')) await reports(sandbox)
  if (wanted.has('sync')) await sync()
  if (wanted.has('audit')) await audit()
  if (wanted.has('console')) details.console = await consoleFigures(sandbox, size.console, say, reach)
} finally {
  await sandbox.stop()
}

const missed = goals.filter((goal) => !met(goal))
const file =
  values.json ?? join(import.meta.dirname, 'results', `${new Date().toISOString().replaceAll(':', '-')}.json`)
mkdirSync(join(file, '..'), { recursive: true })
const processes = [
  'load (this process)',
  'app: what npm start runs, web and worker in one',
  'PostgreSQL (embedded)',
  'sandbox/main.ts',
  'floor: bench/floor.ts (in its own runs)',
]
writeFileSync(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), quick, machine: host, database: settings, processes, firm: 'bench/firm: no quiet hours, no rate limits; facts warm', goals: goals.map((g) => ({ ...g, met: met(g) })), details }, null, 2)}\n`,
)
say(`\n${goals.length - missed.length} of ${goals.length} goals met; written to ${file}`)
process.exitCode = missed.length > 0 && !quick ? 1 : 0

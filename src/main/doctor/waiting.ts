/** What waits for somebody, who is told of it, and room to go on. */
import { statfsSync } from 'node:fs'
import { isGap, readBeats } from '../../modules/alerts/index.ts'
import type { FirmStats } from '../../modules/console/index.ts'
import { deploymentStats } from '../../modules/console/index.ts'
import { readDeployment } from '../deployment.ts'
import { auditLag } from '../gauges.ts'
import { type Check, type Finding, fail, ok, warn } from './types.ts'

export const holdCheck: Check = {
  name: 'sending',
  async run({ runtime }) {
    const { held_since, held_reason } = await readDeployment(runtime.db)
    return [
      held_since === null
        ? ok('sending', 'messages go')
        : fail('sending', `held since ${held_since}: ${held_reason}`, 'run "npx tipstaff reconcile"'),
    ]
  },
}

/** @param beats signs of life by lane, and of the sweep that finds due work */
export function judgeBeats(beats: ReadonlyMap<string, Temporal.Instant>, now: Temporal.Instant): Finding {
  const name = 'work'
  const todo = 'run "npx tipstaff start" or "npx tipstaff worker"; if one runs, see its log at level error'
  const sweptAt = beats.get('sweep')
  if (sweptAt === undefined) return warn(name, 'nothing has run yet', todo)
  if (isGap(sweptAt, now)) return fail(name, `nothing has run since ${sweptAt}`, todo)
  const still = [...beats].filter(([, at]) => isGap(at, now)).map(([lane, at]) => `${lane} since ${at}`)
  if (still.length > 0) return fail(name, `these lanes stand still: ${still.join(', ')}`, todo)
  return ok(name, `looked for what is due at ${sweptAt.toString({ smallestUnit: 'second' })}`)
}

export const workCheck: Check = {
  name: 'work',
  run: async ({ runtime, clock }) => [judgeBeats(await readBeats(runtime.db), clock.now())],
}

export function judgeWaiting(stats: FirmStats, unsealedSeconds: number): Finding[] {
  const count = (name: string, n: number, what: string, todo: string) =>
    n === 0 ? ok(name, `no ${what}`) : warn(name, `${n} ${what}`, todo)
  const oldest = stats.lanes.reduce((a, b) => (b.ageSeconds > a.ageSeconds ? b : a), {
    lane: '',
    due: 0,
    ageSeconds: 0,
  })
  const age = Math.round(oldest.ageSeconds)
  const late = `lane ${oldest.lane}: ${oldest.due} due, the oldest for ${age} s`
  const start = 'is a worker running (npm start, or "tipstaff worker")? See its log'
  return [
    age > 600
      ? fail('queues', late, start)
      : age > 60
        ? warn('queues', late, start)
        : ok('queues', 'nothing is late'),
    count('dead letters', stats.deadLettersOpen, 'dead letters', 'see "npx tipstaff dead-letters list"'),
    count(
      'unknown',
      stats.unknownOpen,
      'messages of which nobody knows yet whether they went',
      'the reconciler asks; see docs/runbook.md if they stay',
    ),
    count(
      'quarantine',
      stats.quarantineOpen,
      'inputs that were not understood',
      'see "npx tipstaff quarantine list"; map them and apply',
    ),
    unsealedSeconds > 900
      ? warn(
          'audit',
          `the oldest entry without a seal is ${Math.round(unsealedSeconds)} s old`,
          'is a worker running? See pg_stat_activity for a transaction that stays open',
        )
      : ok(
          'audit',
          unsealedSeconds === 0 ? 'all is sealed' : `sealed up to ${Math.round(unsealedSeconds)} s ago`,
        ),
  ]
}

export const waitingCheck: Check = {
  name: 'waiting',
  async run({ runtime, clock }) {
    return judgeWaiting(
      await deploymentStats(runtime.db, clock.now()),
      await auditLag({ db: runtime.db, clock }),
    )
  },
}

export const diskCheck: Check = {
  name: 'disk',
  async run({ config, freeBytes }) {
    const free = freeBytes(config.dataDir)
    const detail = `${(free / 1e9).toFixed(1)} GB are free for ${config.dataDir}`
    const todo = 'free some: the database stops at zero'
    if (free < 500_000_000) return [fail('disk', detail, todo)]
    return [free < 3_000_000_000 ? warn('disk', detail, todo) : ok('disk', detail)]
  },
}

/** Bytes that are free for ordinary users on the file system of `path`. */
export function freeBytesAt(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

export const operatorsCheck: Check = {
  name: 'operators',
  run: async ({ firms, config }) =>
    firms.map(({ firm }) => {
      const { key, operators } = firm.code.program.settings
      const lost = firm.problems.filter((problem) => problem.connection.startsWith('operators.'))
      const name = `operators ${key}`
      const paths = [
        ...(firm.operators.webhook ? ['webhook'] : []),
        ...(firm.operators.mail.length > 0 && firm.mailer ? ['mail'] : []),
      ]
      const pinged = firm.operators.ping ? '; silence is noticed by operators.ping' : ''
      if (lost.length > 0) {
        const detail = lost.map(({ connection, message }) => `${connection}: ${message}`).join('; ')
        // While the sandbox plays the world there is nobody to tell; in earnest it is a promise that is not kept.
        return config.sandbox === 'off'
          ? fail(name, detail, 'give what firm.yaml refers to, or take it out')
          : warn(name, detail, 'give what firm.yaml refers to, before SANDBOX is off')
      }
      if (operators.mail.length > 0 && !firm.mailer)
        return warn(
          name,
          'operators have mail addresses, but no smtp',
          'set operators.smtp in firm.yaml, apart from the firm’s own mail provider',
        )
      if (paths.length === 0)
        return warn(
          name,
          'nobody is told when something fails',
          'set operators (mail and smtp, or webhook) in firm.yaml',
        )
      return ok(name, `told by ${paths.join(' and ')}${pinged}`)
    }),
}

/** Renewed a week before; what is nearer than this was not renewed. */
const nearExpiry = Temporal.Duration.from({ hours: 72 })

export const subscriptionsCheck: Check = {
  name: 'subscriptions',
  async run({ runtime, firms, clock }) {
    const findings: Finding[] = []
    for (const { id, firm } of firms) {
      const rows = await runtime.db.forFirm(id, (tx) =>
        tx.rows<{ key: string; model: string; expires_at: Temporal.Instant | null }>(
          `select c.key, s.model, s.expires_at from hook_subscriptions s join connections c on c.id = s.connection_id
           where s.firm_id = current_firm() and s.state = 'active' order by c.key, s.model`,
        ),
      )
      for (const connection of firm.connections.values()) {
        if (!connection.reader?.subscriptions || !connection.settings.hooks) continue
        findings.push(
          judgeSubscriptions(
            connection.key,
            rows.filter((row) => row.key === connection.key),
            clock.now(),
          ),
        )
      }
    }
    return findings
  },
}

export function judgeSubscriptions(
  key: string,
  rows: readonly { model: string; expires_at: Temporal.Instant | null }[],
  now: Temporal.Instant,
): Finding {
  const name = `subscriptions ${key}`
  const todo =
    'a running worker renews them each hour: is one running, and is PUBLIC_URL reachable from the CMS?'
  if (rows.length === 0) return warn(name, 'no webhook is subscribed', todo)
  const ends = (limit: Temporal.Instant) =>
    rows.filter((row) => row.expires_at !== null && Temporal.Instant.compare(row.expires_at, limit) <= 0)
  const over = ends(now)
  if (over.length > 0)
    return fail(name, `ended: ${over.map((row) => row.model).join(', ')}; changes are missed`, todo)
  const soon = ends(now.add(nearExpiry))
  if (soon.length > 0)
    return warn(name, `end within 3 days: ${soon.map((row) => row.model).join(', ')}`, todo)
  return ok(name, `${rows.length} webhooks`)
}

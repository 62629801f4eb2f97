/**
 * A whole deployment for one test file: our runtime with its doors on a free port, a database of its own, the
 * sandbox in the same process, and a clock that moves only when told. Nothing sleeps: `settled` waits for the work.
 */

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { createSandbox } from '../../sandbox/app.ts'
import { mountCms } from '../../sandbox/cms/index.ts'
import { mountDms } from '../../sandbox/dms/index.ts'
import { mountFilevine } from '../../sandbox/filevine/index.ts'
import { mountLegacy } from '../../sandbox/legacy/index.ts'
import { mountMycase } from '../../sandbox/mycase/index.ts'
import { smtpMailer } from '../../src/adapters/smtp/index.ts'
import { drivenClock, type FirmId } from '../../src/kernel/index.ts'
import type { Adapters } from '../../src/main/adapter-kinds.ts'
import { adapters } from '../../src/main/adapters.ts'
import { webListener } from '../../src/main/busy-doors.ts'
import { applyDirectory } from '../../src/main/commands/apply.ts'
import { applyHooks } from '../../src/main/commands/apply-hooks.ts'
import { watchHold } from '../../src/main/deployment.ts'
import { beat } from '../../src/main/door.ts'
import { keepSubscribed } from '../../src/main/keep-subscribed.ts'
import { configLanguage } from '../../src/main/language.ts'
import type { Profile } from '../../src/main/profiles.ts'
import { readinessOf } from '../../src/main/readiness.ts'
import { createRuntime, type Runtime } from '../../src/main/runtime.ts'
import { connectSandbox, sandboxDmsSecret, sandboxEnvironment } from '../../src/main/sandbox-process.ts'
import { alertPoster, pinger } from '../../src/modules/alerts/index.ts'
import { anchorFiles, sealingKeyFrom } from '../../src/modules/audit/index.ts'
import { createLog } from '../../src/platform/log/index.ts'
import { createMetrics } from '../../src/platform/metrics/index.ts'
import { readKeys } from '../../src/platform/secrets/index.ts'
import { testDatabase } from './database.ts'
import { firmCopy, unfollowed } from './firm-copy.ts'
import { firmWithApp } from './letting-in.ts'

export interface SentMessage {
  id: string
  provider: string
  providerMessageId: string
  channel: 'sms' | 'email'
  to: string
  from: string
  subject: string | null
  text: string
  html: string | null
  reference: string | null
  acceptedAt: string
  status: string
  attachments?: { filename: string; contentType: string; content: string }[]
}

export interface WorldOptions {
  /** Directory of the firm to apply; Harbor & Pike by default, null for none. */
  firm?: string | null
  /** Its case management system is not followed by lists: what no webhook told of is not known. */
  webhooksOnly?: boolean
  /** Who lets us into the case management system: its settings, or a person, who has not done so yet (letting-in.ts). */
  letInBy?: 'settings' | 'person'
  /** ISO instant at which the clock starts, after today: 14:00 in New York by default. */
  now?: string
  /** More of what `env:` references stand for, e.g. the operators' webhook. */
  env?: Record<string, string>
  lease?: Temporal.Duration
  /** Its database is set up as users have it, for who looks at that. */
  durable?: boolean
  /** Connections of each runtime. */
  poolSize?: number
  /** What the deployment is for. */
  profile?: Profile
  /** Stands between the app and its providers. */
  adapters?: (given: Adapters) => Adapters
  /** Told of each runtime before it does anything. */
  made?: (runtime: Runtime) => void
}

export type World = Awaited<ReturnType<typeof startWorld>>

/** Under the example firm's names, and under those that any firm may read. */
function sandboxValues(sandboxUrl: string): Record<string, string> {
  const own = sandboxEnvironment(sandboxUrl, sandboxDmsSecret)
  const shared = Object.entries(own).map(([name, value]) => [
    name.replace(/^HARBOR_PIKE_/, 'TIPSTAFF_SHARED_'),
    value,
  ])
  return { ...own, ...Object.fromEntries(shared) }
}

export async function startWorld(options: WorldOptions = {}) {
  const clock = drivenClock(options.now ?? '2030-10-15T18:00:00Z')
  const database = await testDatabase({ durable: options.durable ?? false })
  const dataDir = mkdtempSync(join(tmpdir(), 'tipstaff-world-'))

  const sandbox = createSandbox({ mounts: [mountCms, mountDms, mountMycase, mountFilevine, mountLegacy] })
  const { url: sandboxUrl, close: closeSandbox } = await sandbox.listen(0)
  const control = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${sandboxUrl}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? null : answer.json()
  }
  // Its webhooks and receipts are counted while they are under way, so that `settled` can wait for them.
  const { core } = sandbox
  const outside = { underWay: 0, begun: 0 }
  const postOnce = core.post
  core.post = async (url, { retry, ...once }) => {
    const done = retry?.done ?? ((result) => result.status >= 200 && result.status < 300)
    const tried = async () => {
      outside.underWay++
      outside.begun++
      try {
        return await postOnce(url, once)
      } finally {
        outside.underWay--
      }
    }
    let result = await tried()
    for (const wait of retry?.delaysMs ?? []) {
      if (done(result)) break
      await new Promise<void>((resolve) => core.after(wait, resolve))
      result = { ...(await tried()), attempts: result.attempts + 1 }
    }
    return result
  }
  await control('PUT', '/_sandbox/clock', { now: clock.now().toString() })
  await control('PUT', '/_sandbox/settings', {
    twilio: { sentAfterMs: 0, deliveredAfterMs: 0, listLagMs: 0, inboundRetryMs: 0 },
    sendgrid: { processedAfterMs: 0, deliveredAfterMs: 0, flushMs: 0, retryFirstMs: 1, retryLongestMs: 1 },
  })
  await control('PUT', '/_sandbox/cms/settings', { rateLimit: null })

  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await fetch(`${sandboxUrl}/_sandbox/twilio/numbers/+12015550123`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ smsUrl: `${appUrl}/texts/harbor-pike-twilio` }),
  })
  await control('PUT', '/_sandbox/sendgrid/webhook', { url: `${appUrl}/receipts/harbor-pike-sendgrid` })

  const logged: string[] = []
  const log = createLog({
    level: 'debug',
    destination: new Writable({
      write(chunk, _encoding, done) {
        logged.push(String(chunk))
        done()
      },
    }),
  })
  const keys = readKeys(randomBytes(32))
  if (!keys.ok) throw new Error(keys.message)
  const make = () => {
    const made = createRuntime({
      databaseUrl: database.appUrl,
      publicUrl: appUrl,
      adapters: (options.adapters ?? ((given) => given))(adapters(clock)),
      keys: keys.keys,
      clock,
      log,
      metrics: createMetrics({ process: false }),
      env: { ...sandboxValues(sandboxUrl), ...options.env },
      secretsDir: join(dataDir, 'secrets'),
      mailer: (url) => smtpMailer({ url, from: 'tipstaff@example.com' }),
      poster: alertPoster({ allowPrivate: true, now: () => clock.now() }),
      pinger: pinger({ allowPrivate: true }),
      sealing: { key: sealingKeyFrom(keys.keys.tokens), anchors: anchorFiles(join(dataDir, 'anchors')) },
      sweepEvery: null,
      ...(options.poolSize ? { poolSize: options.poolSize } : {}),
      ...(options.profile ? { profile: { name: options.profile, sandboxUrl } } : {}),
      ...(options.lease ? { lease: options.lease } : {}),
    })
    options.made?.(made)
    return made
  }
  let runtime: Runtime = make()
  const others: Runtime[] = []
  const abandoned: Promise<void>[] = []
  const open = () => {
    server.removeAllListeners('request')
    server.on(
      'request',
      webListener(runtime, () => readinessOf(runtime)),
    )
    runtime.work()
  }
  open()
  await beat(runtime.db, clock.now())

  const terminal = { out: () => {}, err: () => {}, colour: false }
  const apply = async (dir: string, take?: 'git' | 'console') => {
    const printed: string[] = []
    const code = await applyDirectory(
      {
        database: runtime.db,
        language: configLanguage(adapters(clock)),
        clock,
        newId: runtime.newId,
        terminal: {
          ...terminal,
          out: (text) => void printed.push(text),
          err: (text) => void printed.push(text),
        },
        ...applyHooks(runtime),
      },
      dir,
      { author: 'test', take },
    )
    return { code, printed: printed.join('') }
  }
  let firmId = '' as FirmId
  const example =
    options.letInBy === 'person'
      ? firmWithApp(dataDir)
      : join(import.meta.dirname, '../../examples/harbor-pike')
  const alone = options.webhooksOnly ? firmCopy(unfollowed) : null
  const dir = alone?.dir ?? (options.firm === undefined ? example : options.firm)
  if (dir !== null) {
    const applied = await apply(dir)
    if (applied.code !== 0) throw new Error(applied.printed)
    const rows = await runtime.db.lookup<{ firm_id: FirmId }>('select firm_id from list_firms()')
    firmId = rows[0]!.firm_id
    const subscribed = keepSubscribed(runtime)
    await subscribed.now()
    subscribed.stop()
    await connectSandbox(sandboxUrl, appUrl)
  }

  /**
   * Waits until nothing moves: the sandbox's webhooks and receipts have been delivered, every nudged lane is idle
   * and a sweep finds nothing that is due.
   */
  const settled = async () => {
    // Some things stay due by design, such as a receipt for a message that nobody knows: looked at in vain this often
    // in a row, they are left to the clock.
    let inVain = 0
    for (let calm = 0; calm < 2; ) {
      const { begun } = outside
      await Promise.all([runtime, ...others].map((r) => r.settled()))
      // What the sandbox has planned for this very moment happens now.
      core.clock.drive({ now: clock.now().epochMilliseconds })
      const due = await runtime.sweep()
      await Promise.all([runtime, ...others].map((r) => r.settled()))
      // What came in meanwhile may have set off more.
      const quiet = outside.underWay === 0 && outside.begun === begun
      inVain = quiet && due > 0 ? inVain + 1 : 0
      calm = quiet && (due === 0 || inVain > 40) ? calm + 1 : 0
    }
  }

  return {
    clock,
    database,
    dataDir,
    sandboxUrl,
    appUrl,
    control,
    logged,
    apply,
    /** The firm that was applied first; null: none. */
    firmDir: dir,
    settled,
    get runtime() {
      return runtime
    },
    get firmId() {
      return firmId
    },
    keys: keys.keys,
    /** Moves the clock and lets everything that falls due happen. */
    async advance(duration: Temporal.DurationLike) {
      // As it would have been seen all the while: the doors were open, and work was done.
      await runtime.db.lookup('update deployment set receipts_door_seen_at = $1 returning epoch', [
        clock.now().add(duration),
      ])
      if (runtime.state.working)
        await runtime.db.lookup('update heartbeats set beat_at = $1 returning lane', [
          clock.now().add(duration),
        ])
      clock.advance(duration)
      await control('PUT', '/_sandbox/clock', { now: clock.now().toString() })
      // Each minute, with us each step.
      await runtime.pulse.look()
      await settled()
    },
    /** What the outside world accepted, oldest first. */
    async messages(filter: { channel?: string; to?: string } = {}): Promise<SentMessage[]> {
      const query = new URLSearchParams(filter as Record<string, string>)
      const { messages } = (await control('GET', `/_sandbox/messages?${query}`)) as {
        messages: SentMessage[]
      }
      return messages.toSorted((a, b) => a.acceptedAt.localeCompare(b.acceptedAt))
    },
    /** Someone at the firm changes a matter's stage in the CMS. */
    changeStage: (matter: number, stage: string) =>
      control('PATCH', `/_sandbox/cms/matters/${matter}`, { matter_stage: { name: stage } }),
    /** Someone gives a client another phone number, the only one. */
    async changePhone(client: number, number: string) {
      await control('PATCH', `/_sandbox/cms/contacts/${client}`, { primary_phone_number: number })
      await settled()
    },
    /** Someone changes one of the firm's own fields of a client: Contact preference, Time zone, Language, Pause automation. */
    async changeField(client: number, field_name: string, value: string | null) {
      await control('PATCH', `/_sandbox/cms/contacts/${client}`, {
        custom_field_values: [{ field_name, value }],
      })
      await settled()
    },
    /** A client texts the firm. */
    text: (from: string, body: string) =>
      control('POST', '/_sandbox/texts', { from, to: '+12015550123', body }),
    fault: (faults: unknown[]) => control('PUT', '/_sandbox/faults', faults),
    clearFaults: () => control('DELETE', '/_sandbox/faults'),
    /** Rows as the firm sees them. */
    /** Behind everybody's back, as whoever holds the database: nothing stands in the way. */
    tamper: async (sql: string, values: unknown[] = []) => void (await database.adminPool.query(sql, values)),
    rows: <R extends Record<string, unknown>>(sql: string, values: unknown[] = []) =>
      runtime.db.forFirm(firmId, (tx) => tx.rows<R>(sql, values)),
    /** Tasks for staff, oldest first. */
    tasks: (kind?: string) =>
      runtime.db.forFirm(firmId, (tx) =>
        tx.rows<{
          kind: string
          title: string
          detail: string
          assignee: string
          state: string
          matter_id: string | null
          client_id: string | null
        }>(
          `select kind, title, detail, assignee, state, matter_id, client_id from tasks
           where $1::text is null or kind = $1 order by created_at, title`,
          [kind ?? null],
        ),
      ),
    /** Every call that a provider's door received, oldest first. */
    async calls(provider: string): Promise<{ method: string; path: string; status: number; at: string }[]> {
      const { calls } = (await control('GET', `/_sandbox/calls?provider=${provider}`)) as { calls: never[] }
      return calls
    },
    /**
     * Another process of the same deployment: works on the same rows, has no doors. Goes with the world.
     *
     * @param works false: it only lives, as a process with doors alone does
     */
    another(works = true): Runtime {
      const other = make()
      if (works) other.work()
      others.push(other)
      return other
    },
    /** As a kill does it: the runtime is gone in the middle of whatever it did, and another comes at once. */
    crash() {
      abandoned.push(runtime.abandon())
      server.closeAllConnections()
      runtime = make()
      open()
    },
    /** A second process of the same deployment would see this: the runtime goes and another comes. */
    async restart(between?: () => Promise<void>) {
      await runtime.stop()
      await between?.()
      runtime = make()
      // As every process does before it works: a restored copy sends nothing.
      await watchHold(runtime, null).look()
      open()
    },
    async close() {
      server.close()
      server.closeAllConnections()
      for (const other of others) await other.stop()
      await Promise.all(abandoned)
      await runtime.stop()
      await closeSandbox()
      rmSync(dataDir, { recursive: true, force: true })
      alone?.remove()
      await database.close()
    },
  }
}

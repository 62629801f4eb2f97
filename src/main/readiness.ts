/** Is this process fit to take work? Each check by name, so that a page that is not ready says why. */
import { isGap, readBeats } from '../modules/alerts/index.ts'
import { pendingMigrations } from '../platform/db/migrate.ts'
import { migrations } from './open.ts'
import type { Runtime } from './runtime.ts'
import type { Readiness } from './web.ts'

type Check = { ok: boolean; detail?: string }

const ok: Check = { ok: true }
const no = (detail: string): Check => ({ ok: false, detail })

/** Longer than the slowest batch that we know: reading a CMS that answers slowly. */
const stuckAfter = 180_000
/** The sweep runs every 5 s; several missed ones are a stopped worker. */
const sweepLate = 60_000

/** Held, or no worker anywhere, is named but does not make it unfit: webhooks and receipts must go on coming in. */
export async function readinessOf(runtime: Runtime): Promise<Readiness> {
  const { state } = runtime
  const checks: Record<string, Check> = {
    database: await tried(async () => {
      await runtime.db.lookup('select 1')
      return ok
    }),
  }
  if (checks.database!.ok) checks.migrations = await tried(() => migrated(runtime))
  if (state.working) {
    checks.listening = runtime.listening()
      ? ok
      : no('nudges of other processes are not heard; the sweep goes on')
    checks.lanes = lanesMoving(runtime)
  }
  if (state.draining) checks.draining = no('this process is stopping')
  const ready = Object.values(checks).every((check) => check.ok)
  checks.sending = state.held === null ? ok : no(`held: ${state.held}`)
  if (checks.database!.ok) checks.working = await tried(() => sweeping(runtime))
  return { ready, checks }
}

/** Of the whole deployment: a process with doors alone is fit, whether or not anybody works. */
async function sweeping({ db, clock }: Runtime): Promise<Check> {
  const sweptAt = (await readBeats(db)).get('sweep')
  if (sweptAt === undefined) return no('no worker has run yet')
  return isGap(sweptAt, clock.now()) ? no(`nothing has run since ${sweptAt}`) : ok
}

async function migrated(runtime: Runtime): Promise<Check> {
  const client = await runtime.pool.connect()
  try {
    const pending = await pendingMigrations(client, migrations)
    return pending.length === 0 ? ok : no(`lacks ${pending.join(', ')}: run "npx tipstaff migrate"`)
  } finally {
    client.release()
  }
}

function lanesMoving({ state, watch, clock }: Runtime): Check {
  const stuck = watch.stuck(stuckAfter)
  if (stuck.length > 0)
    return no(`a batch has been running for more than ${stuckAfter / 1000} s in: ${stuck.join(', ')}`)
  if (state.sweptAt !== null && clock.monotonic() - state.sweptAt > sweepLate)
    return no(`no sweep has ended for ${Math.round((clock.monotonic() - state.sweptAt) / 1000)} s`)
  return ok
}

async function tried(check: () => Promise<Check>): Promise<Check> {
  try {
    return await withTimeout(check(), 2_000)
  } catch (error) {
    return no(error instanceof Error ? error.message : 'not reached')
  }
}

async function withTimeout<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${milliseconds} ms`)), milliseconds)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

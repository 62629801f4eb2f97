/** What goes wrong while events flow: kills, freezes past the lease, restarts of PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { App, AppProcess } from './app.ts'
import type { TortureOptions } from './options.ts'
import { between, gaps, type Random } from './random.ts'

export interface Disaster {
  what: 'kill' | 'freeze' | 'postgres fast' | 'postgres immediate'
  at: number
}

interface Scene {
  app: App
  restartPostgres(mode: 'fast' | 'immediate'): Promise<void>
  options: TortureOptions
  random: Random
  leaseMs: number
  signal: AbortSignal
}

/** Runs all of it, spread over the run's seconds. @returns what happened when, in milliseconds since the epoch */
export async function torment(scene: Scene): Promise<Disaster[]> {
  const log: Disaster[] = []
  await Promise.all([processesDie(scene, log), postgresRestarts(scene, log)])
  return log.toSorted((a, b) => a.at - b.at)
}

async function processesDie(scene: Scene, log: Disaster[]): Promise<void> {
  const { options, random, signal } = scene
  const plan: ('kill' | 'freeze')[] = []
  for (let k = options.kills, f = options.freezes; k + f > 0; ) {
    const what = random() * (k + f) < f ? 'freeze' : 'kill'
    plan.push(what)
    if (what === 'freeze') f--
    else k--
  }
  let due = Date.now()
  for (const [i, gap] of gaps(random, plan.length, options.seconds * 1_000).entries()) {
    due += gap
    await sleep(Math.max(0, due - Date.now()), undefined, { signal })
    if (plan[i] === 'freeze') await freezeOne(scene, log)
    else await killOne(scene, log)
  }
}

async function killOne({ app, random, signal }: Scene, log: Disaster[]): Promise<void> {
  // Between two tries to start there may be nobody.
  for (let tries = 0; app.alive.length === 0; tries++) {
    if (tries === 600) throw new Error('nobody is there to be killed for a minute')
    await sleep(100, undefined, { signal })
  }
  const victim = app.alive[Math.floor(random() * app.alive.length)]!
  log.push({ what: 'kill', at: Date.now() })
  victim.kill()
  if (victim.role !== 'start') return
  await sleep(between(random, 0, 400), undefined, { signal })
  const back = app.up('start')
  // Now and then the next blow comes while it is still starting; who began it goes on trying.
  if (random() < 0.8) await back
  else back.catch(() => {})
}

/** Stopped past its lease while another takes over; then it goes on, not knowing that time has passed. */
async function freezeOne({ app, random, leaseMs, signal }: Scene, log: Disaster[]): Promise<void> {
  const other = await app.up('worker')
  const door = app.alive.find((one) => one.role === 'start')
  const victim: AppProcess = door && random() < 0.75 ? door : other
  await sleep(between(random, 0, 1_000), undefined, { signal })
  log.push({ what: 'freeze', at: Date.now() })
  victim.freeze()
  await sleep(leaseMs * between(random, 1.1, 1.7), undefined, { signal })
  victim.thaw()
  await sleep(between(random, 500, 2_000), undefined, { signal })
  other.stop()
}

async function postgresRestarts(
  { options, random, restartPostgres, signal }: Scene,
  log: Disaster[],
): Promise<void> {
  const total = options.seconds * 1_000
  await sleep(total / 4, undefined, { signal })
  let due = Date.now()
  for (const gap of gaps(random, options.restarts, total / 2)) {
    due += gap
    await sleep(Math.max(0, due - Date.now()), undefined, { signal })
    const mode = random() < 0.5 ? 'fast' : 'immediate'
    log.push({ what: `postgres ${mode}`, at: Date.now() })
    await restartPostgres(mode)
  }
}

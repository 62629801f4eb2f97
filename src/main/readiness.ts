/** Is this process fit to take work? Each check by name, so that a page that is not ready says why. */
import type { Runtime } from './runtime.ts'
import type { Readiness } from './web.ts'

export async function readinessOf(runtime: Runtime): Promise<Readiness> {
  const checks: Readiness['checks'] = {}
  try {
    await withTimeout(runtime.db.lookup('select 1'), 2_000)
    checks.database = { ok: true }
  } catch (error) {
    checks.database = { ok: false, detail: error instanceof Error ? error.message : 'not reached' }
  }
  checks.sending = runtime.state.held === null ? { ok: true } : { ok: false, detail: runtime.state.held }
  if (runtime.state.draining) checks.draining = { ok: false, detail: 'this process is stopping' }
  return { ready: Object.values(checks).every((c) => c.ok), checks }
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

/** Any system with a REST API, described by a connection's settings. See README.md. */
import type { Clock } from '../../kernel/index.ts'
import type { CmsKind, CmsReader } from '../../modules/connections/index.ts'
import { check, resolved } from '../settings.ts'
import { prover } from './auth.ts'
import { restChanges } from './changes.ts'
import { compileRest, type Listing, type RestProgram } from './compile.ts'
import { restHooks } from './hooks.ts'
import { restApi, type Session } from './http.ts'
import { ownGate } from './limits.ts'
import { readPage } from './paging.ts'
import { matterReader } from './read.ts'
import { type RestSettings, restSettings } from './settings.ts'
import { restWriter } from './writer.ts'

/** Calls that readMatter makes one after the other: a token, the matter, its client. */
const chain = 3
/** The lease on a read must outlast it, and a dead process's reads are to be begun again within a minute. */
const longest = 40_000

/** @param clock for tokens and rate limits, which name a time, and for how long a call took */
export function createRest(clock: Clock, fetch: typeof globalThis.fetch = globalThis.fetch): CmsKind {
  return {
    kind: 'rest',
    // The last is an address that differs between a deployment and its rehearsal.
    secrets: ['secret', 'secondSecret', 'identityUrl'],
    listHooks(raw) {
      const settings = restSettings.parse(raw)
      const names = (kept: { fields: { data: object } } | undefined) => Object.keys(kept?.fields.data ?? {})
      return restHooks({
        appointment: names(settings.appointments),
        document: names(settings.documents),
        bill: names(settings.bills),
        comment: names(settings.comments),
      })
    },
    parse(raw) {
      const checked = check(restSettings, raw)
      if (!checked.ok) return checked
      const compiled = compileRest(restSettings.parse(raw))
      return compiled.ok ? { ok: true } : compiled
    },
    hasMatters(raw) {
      const settings = restSettings.safeParse(raw)
      return !settings.success || settings.data.matters !== undefined
    },
    writes(raw) {
      const settings = restSettings.safeParse(raw)
      const write = settings.success ? settings.data.write : undefined
      return (['communication', 'task', 'note'] as const).filter((kind) => write?.[kind] !== undefined)
    },
    open(raw, context): CmsReader {
      const settings: RestSettings = resolved('rest', restSettings, raw)
      const compiled = compileRest(settings)
      if (!compiled.ok)
        throw new Error(`rest: ${compiled.problems[0]?.path} ${compiled.problems[0]?.message}`)
      const { program } = compiled
      const gate = context?.gate ?? ownGate(clock)
      const api = restApi(settings, prover(settings, fetch, clock), { fetch, clock, gate })
      const timeoutMs = Math.min(settings.timeoutMs * chain, longest)
      const changes = restChanges(program, api, settings.country)
      const writer = restWriter(program, api)
      return {
        kind: 'rest',
        timeoutMs,
        country: settings.country,
        readMatter: matterReader(settings, program, api, () => clock.now(), timeoutMs),
        async check(onCall) {
          const session: Session = { onCall, urgency: 'now' }
          const list = firstList(program)
          if (settings.check === undefined && list?.window) {
            // A diary may not answer without dates.
            const now = clock.now()
            const window = { from: now, until: now.add({ hours: 24 }) }
            const page = await readPage(api, list, { since: null, window, cursor: null }, session)
            return page.ok ? null : page.detail
          }
          const path = settings.check ?? list?.path
          if (path === undefined) return null
          const query = settings.check === undefined ? (list?.query ?? {}) : {}
          const answer = await api.call('GET', { path, query }, undefined, session)
          return answer.ok ? null : `${path}: ${answer.detail}`
        },
        ...(changes ? { changes } : {}),
        ...(writer ? { writer } : {}),
      }
    },
  }
}

/** What is asked for to see whether it answers: the list that matters most. */
function firstList(program: RestProgram): Listing | null {
  const { matters, clients, documents, bills, comments, appointments } = program
  const lists = [matters, clients, documents, bills, comments, appointments]
  return lists.find((resource) => resource?.list)?.list ?? null
}

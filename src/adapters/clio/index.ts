/** Clio Manage, API v4 (docs.developers.clio.com). */
import type { Clock } from '../../kernel/index.ts'
import type { CmsKind, CmsReader } from '../../modules/connections/index.ts'
import { check, resolved } from '../settings.ts'
import { clioChanges } from './changes.ts'
import { clioHooks } from './hooks.ts'
import { clioApi } from './http.ts'
import { clioAuthorisation } from './oauth.ts'
import { matterReader, optionWords } from './read.ts'
import { clioSettings } from './settings.ts'
import { clioSubscriptions } from './subscriptions.ts'
import { clioSurvey } from './survey.ts'
import { clioWriter, clioWrites } from './writer.ts'

/** Calls that are made one after the other, at most: to read matter, client, picklists; to find, look up and write. */
const chain = 3
/** The lease on a read must outlast it, and a dead process's reads are to be begun again within a minute. */
const longest = 40_000

/** @param clock for rate limits, which name a time, and for how long a call took */
export function createClio(clock: Clock, fetch: typeof globalThis.fetch = globalThis.fetch): CmsKind {
  return {
    kind: 'clio',
    secrets: ['token', 'clientSecret'],
    references: ['clientId'],
    authorisation: clioAuthorisation(clock, fetch),
    hooks: clioHooks,
    subscribes: true,
    writes: () => clioWrites,
    parse: (settings) => check(clioSettings, settings),
    open(raw, context): CmsReader {
      const settings = resolved('clio', clioSettings, raw)
      const api = clioApi(settings, fetch, clock, context)
      const timeoutMs = Math.min(settings.timeoutMs * chain, longest)
      const wordsOf = optionWords(api)
      return {
        kind: 'clio',
        timeoutMs,
        country: settings.country,
        readMatter: matterReader(settings, api, wordsOf, timeoutMs, clock),
        changes: clioChanges(settings, api, wordsOf),
        survey: clioSurvey(settings),
        async check(onCall) {
          const answer = await api.call('GET', 'users/who_am_i.json', { query: { fields: 'id' } }, { onCall })
          return answer.ok ? null : answer.detail
        },
        subscriptions: clioSubscriptions(api),
        writer: clioWriter(settings, api, timeoutMs),
      }
    },
  }
}

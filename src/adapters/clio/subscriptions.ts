/** Clio's webhooks: made, renewed and ended by its API (providers.md §4). */
import type {
  CmsSubscription,
  CmsSubscriptions,
  CmsVerdict,
  OnCmsCall,
} from '../../modules/connections/index.ts'
import { hookModels } from './hooks.ts'
import type { ClioApi } from './http.ts'
import { dataOf, readAs } from './read.ts'
import { webhookFields, webhookRecord } from './records.ts'

/** Ids come from the database; they still go into a path. */
const isId = (text: string): boolean => /^\d{1,19}$/.test(text)

export function clioSubscriptions(api: ClioApi): CmsSubscriptions {
  const query = { fields: webhookFields }
  const write = async (
    method: string,
    path: string,
    data: object | undefined,
    onCall: OnCmsCall,
    secret?: string,
  ) => {
    const headers = secret === undefined ? {} : { 'x-hook-secret': secret }
    const answer = await api.call(method, path, { query, headers, ...(data ? { data } : {}) }, { onCall })
    if (!answer.ok) return answer
    const read = readAs(webhookRecord, dataOf(answer.value), path)
    return read.ok ? { ok: true as const, value: toSubscription(read.value) } : read
  }

  return {
    models: hookModels,
    longestDays: 31,
    async subscribe({ model, fields, events, url, expiresAt, offered }, onCall) {
      const data = { model, fields, events, url, expires_at: isoSeconds(expiresAt) }
      const made = await write('POST', 'webhooks.json', data, onCall)
      if (!made.ok || made.value.state !== 'pending') return made
      // The handshake came too early to be answered, or was lost: it can be done from our side.
      const secret = made.value.secret ?? offered
      if (secret === undefined) return made
      const activated = await write(
        'PUT',
        `webhooks/${made.value.externalId}/activate.json`,
        undefined,
        onCall,
        secret,
      )
      if (!activated.ok) return made
      return { ok: true, value: { ...made.value, state: 'active', secret } }
    },
    async renew(externalId, expiresAt, onCall) {
      if (!isId(externalId))
        return { ok: false, kind: 'not_found', detail: 'a Clio webhook has a number for an id' }
      return write('PATCH', `webhooks/${externalId}.json`, { expires_at: isoSeconds(expiresAt) }, onCall)
    },
    async list(onCall): Promise<CmsVerdict<CmsSubscription[]>> {
      const answer = await api.list('webhooks.json', query, { onCall })
      if (!answer.ok) return answer
      const found: CmsSubscription[] = []
      for (const record of answer.value) {
        const read = readAs(webhookRecord, record, 'webhooks.json')
        if (!read.ok) return read
        found.push(toSubscription(read.value))
      }
      return { ok: true, value: found }
    },
    async end(externalId, onCall) {
      if (!isId(externalId)) return { ok: true, value: null }
      const answer = await api.call('DELETE', `webhooks/${externalId}.json`, {}, { onCall })
      return answer.ok || answer.kind === 'not_found' ? { ok: true, value: null } : answer
    },
  }
}

const isoSeconds = (at: Temporal.Instant): string =>
  at.toString({ smallestUnit: 'second', roundingMode: 'floor' })

function toSubscription(record: ReturnType<typeof webhookRecord.parse>): CmsSubscription {
  const state = record.status === 'pending' ? 'pending' : record.status === 'suspended' ? 'ended' : 'active'
  return {
    externalId: record.id,
    model: record.model,
    url: record.url,
    state,
    secret: record.shared_secret,
    expiresAt: record.expires_at,
  }
}

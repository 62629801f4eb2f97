import { describe, expect, it } from 'vitest'
import { createClio } from '../../adapters/clio/index.ts'
import { createRest } from '../../adapters/rest/index.ts'
import { createSoapCms } from '../../adapters/soap-cms/index.ts'
import { type ConnectionId, drivenClock, type FirmId } from '../../kernel/index.ts'
import { parsePhone } from '../../kernel/phone.ts'
import { shadowReader } from '../profiles.ts'
import { type ApiDeps, countries } from './deps.ts'

const clock = drivenClock(Temporal.Instant.from('2030-10-15T18:00:00Z'))
const baseUrl = 'http://127.0.0.1:9'
const readers = {
  clio: createClio(clock).open({ baseUrl, token: 't', country: 'MX' }),
  rest: createRest(clock).open({
    baseUrl,
    country: 'MX',
    matters: { one: { path: '/cases/{id}' }, fields: { id: 'record.id', status: 'record.status' } },
  }),
  soap: createSoapCms(clock).open({ wsdl: `${baseUrl}/x?wsdl`, key: 'k', zone: 'UTC', country: 'MX' }),
}

describe('a phone number that staff type without a country code', () => {
  it.each(['clio', 'rest', 'soap'] as const)(
    'is of the country that the %s connection says',
    async (kind) => {
      for (const reader of [readers[kind], shadowReader(readers[kind])]) {
        const connections = new Map([[kind as string as ConnectionId, { reader }]])
        const deps = { firms: { open: async () => ({ connections }) } } as unknown as ApiDeps
        const countryOf = await countries(deps, 'f' as FirmId)
        // In the United States the same digits are a number of a stranger in New Jersey.
        expect(parsePhone('55 1234 5678', countryOf(kind as string as ConnectionId))).toMatchObject({
          ok: true,
          e164: '+525512345678',
        })
      }
    },
  )
})

import { describe, expect, it } from 'vitest'
import type { FirmId } from '../kernel/index.ts'
import { keepSubscribed } from './keep-subscribed.ts'
import type { Runtime } from './runtime.ts'

describe('looking after webhooks', () => {
  it('goes on with the next firm when one can not be opened, since a webhook that nobody renews ends', async () => {
    const looked: string[] = []
    const told: object[] = []
    const runtime = {
      db: { lookup: async () => ['broken', 'whole'].map((id) => ({ id, firm_id: id, list_firms: id })) },
      log: { warn: (fields: object) => told.push(fields) },
      subscribe: async (firmId: FirmId) => {
        looked.push(firmId)
        if (looked.length === 1) throw new Error('the configuration does not compile')
      },
    } as unknown as Pick<Runtime, 'db' | 'log' | 'subscribe'>
    const subscribed = keepSubscribed(runtime)
    await subscribed.now()
    subscribed.stop()
    expect(looked).toHaveLength(2)
    expect(told).toEqual([{ firm: looked[0], err: expect.any(Error) }])
  })
})

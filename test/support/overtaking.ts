/** Webhooks in an order of our own choosing, and many decided at once. */
import { createHmac } from 'node:crypto'
import type { ConnectionId } from '../../src/kernel/index.ts'
import { hookSecrets } from '../../src/main/subscriptions.ts'
import type { World } from './world.ts'

/** A webhook as Clio signs it, with data that we make up: late, early, or never sent by the sandbox. */
export async function clioHook(world: World, model: string, event: string, data: object): Promise<number> {
  const [connection] = await world.rows<{ id: ConnectionId }>(
    "select id from connections where key = 'harbor-pike-clio'",
  )
  const secrets = await hookSecrets(world.runtime.db, world.keys, world.firmId, connection!.id)
  const { secret } = secrets.find((s) => s.model === model)!
  const body = JSON.stringify({ data, meta: { event, webhook_id: 1 } })
  const answer = await fetch(`${world.appUrl}/hooks/harbor-pike-clio?model=${model}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-hook-signature': createHmac('sha256', secret).update(body).digest('hex'),
    },
    body,
  })
  await answer.arrayBuffer()
  await world.settled()
  return answer.status
}

/** Nobody decides for the firm while `work` runs; then all that came is decided, as after an outage. */
export async function whileNobodyDecides(world: World, work: () => Promise<void>): Promise<void> {
  const begun = Promise.withResolvers<void>()
  const done = Promise.withResolvers<void>()
  const holding = world.runtime.db.forFirm(world.firmId, async (tx) => {
    await tx.run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`decide ${world.firmId}`])
    begun.resolve()
    await done.promise
  })
  await begun.promise
  await work().finally(done.resolve)
  await holding
  await world.settled()
}

/** A message that waits is taken back, and never leaves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiWorld, type FirmWorld, newId } from './api-support.ts'
import { phone } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let firm: FirmWorld
let key: string
beforeAll(async () => {
  world = await apiWorld()
  firm = await world.firm('ours')
  key = (await firm.key(['read', 'operate'], 'all')).key
})
afterAll(() => world.deps.signIn.close())

type State = 'held' | 'queued' | 'sending' | 'sent' | 'delivered'
async function message(state: State, more: { carries?: boolean } = {}) {
  const client = await firm.client(`C${newId()}`, { phone: phone() }, `N-${newId()}`)
  await firm.tell(client, { messages: [{ channel: 'sms', state: 'held', reason: 'client paused' }] })
  const [row] = await firm.inFirm((tx) =>
    tx.rows<{ id: string }>('select id from messages where client_id = $1', [client.id]),
  )
  const { id } = row!
  await firm.inFirm(async (tx) => {
    // Each step as it is drawn.
    const way = { held: [], queued: ['queued'], sending: ['queued', 'sending'] } as const
    const steps = state in way ? way[state as keyof typeof way] : (['queued', 'sending', state] as const)
    for (const step of steps)
      await tx.run(
        `update messages set state = $2, lease_until = case when $2 = 'sending' then $3::timestamptz end where id = $1`,
        [id, step, world.clock.now().add({ minutes: 1 })],
      )
    if (more.carries)
      await tx.run(
        `with d as (insert into digests (firm_id, id, client_id, channel, key, state, due_at, opened_at)
           values (current_firm(), $2, $3, 'sms', 'evening', 'open', $4, $4) returning id)
         update messages set carries = (select id from d) where id = $1`,
        [id, newId(), client.id, world.clock.now()],
      )
  })
  return id
}
const withdraw = (id: string, reason = 'settled on the phone') =>
  world.call(key, 'POST', `/messages/${id}/withdraw`, { reason })
const seen = async (id: string) =>
  (
    await firm.inFirm((tx) =>
      tx.rows<{ state: string; reason: string | null; open: boolean }>(
        `select state, reason, exists (select from open_messages where message_id = messages.id) as open
         from messages where id = $1`,
        [id],
      ),
    )
  )[0]

describe('a message is taken back', () => {
  it.each(['held', 'queued'] as const)(
    'where it is %s: it is over, and the record says who and why',
    async (state) => {
      const id = await message(state)
      expect(await withdraw(id)).toMatchObject({ status: 200, body: { id } })
      expect(await seen(id)).toEqual({ state: 'cancelled', reason: 'taken back', open: false })
      const entries = await firm.inFirm((tx) =>
        tx.rows(`select actor, data from audit_entries where action = 'message.withdrawn' and subject = $1`, [
          `message:${id}`,
        ]),
      )
      expect(entries).toEqual([
        { actor: expect.stringMatching(/^apikey:/), data: { reason: 'settled on the phone' } },
      ])
      const trace = await world.call(key, 'GET', `/messages/${id}`)
      expect(trace.body.answer).toMatchObject({ verdict: 'no', reason: 'cancelled', detail: 'taken back' })
      expect((await withdraw(id)).status).toBe(409)
    },
  )

  it.each(['sending', 'sent', 'delivered'] as const)(
    'but not where it is %s: nobody can call it back',
    async (state) => {
      const id = await message(state)
      expect((await withdraw(id)).status).toBe(409)
      expect((await seen(id))!.state).toBe(state)
    },
  )

  it('and not where it carries a digest: what that says would be lost with it', async () => {
    const id = await message('queued', { carries: true })
    expect((await withdraw(id)).status).toBe(409)
    expect((await seen(id))!.state).toBe('queued')
  })

  it('with a reason', async () => {
    const id = await message('held')
    expect(await withdraw(id, ' ')).toMatchObject({ status: 422 })
    expect((await seen(id))!.state).toBe('held')
  })
})

/** What happens is told to pages that are open: all of it, in order, and nothing that is closed to who watches. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LiveChanges } from '../../contracts/live.ts'
import { closeMatter } from '../../src/modules/staff/index.ts'
import { apiWorld, type FirmWorld, newId, type Person, somebody } from './api-support.ts'
import { phone } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let firm: FirmWorld
let key: string
beforeAll(async () => {
  world = await apiWorld()
  firm = await world.firm('watched')
  key = (await firm.key(['read'])).key
})
afterAll(async () => {
  await world.deps.live.close()
  await world.deps.signIn.close()
})

interface Told {
  event: string
  id: string | undefined
  data: LiveChanges
}

/** A page that is open. */
async function page(who: string | Person, lastEventId?: string) {
  const response = await world.app.request('/live', {
    headers: {
      ...(typeof who === 'string' ? { authorization: `Bearer ${who}` } : { cookie: who.cookie }),
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  const seen: Told[] = []
  let over = false
  const next = async (): Promise<boolean> => {
    const { value, done } = await reader.read()
    if (done) {
      over = true
      return false
    }
    rest += value
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const fields = new Map(
        rest
          .slice(0, end)
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      )
      rest = rest.slice(end + 2)
      if (fields.has('event'))
        seen.push({
          event: fields.get('event')!,
          id: fields.get('id'),
          data: JSON.parse(fields.get('data')!),
        })
    }
    return true
  }
  while (seen.length === 0 && (await next()));
  return {
    response,
    seen,
    subjects: () => seen.flatMap((t) => t.data.subjects ?? []),
    async until(met: () => boolean) {
      while (!met() && (await next()));
      return met()
    },
    async end() {
      while (!over && (await next()));
    },
    close: () => reader.cancel(),
  }
}

const message = async (client: Awaited<ReturnType<FirmWorld['client']>>) => {
  const { messageIds } = await firm.tell(client, { messages: [{ channel: 'sms' }] })
  await firm.send({ kind: 'accepted', providerMessageId: 'x' })
  return `message:${messageIds[0]}`
}

describe('a page that is open', () => {
  it('is told what has changed, by its id and nothing more', async () => {
    const client = await firm.client(`L${newId()}`, { phone: phone() })
    const open = await page(key)
    expect(open.seen).toEqual([{ event: 'hello', id: expect.any(String), data: {} }])
    expect(open.response.headers.get('content-type')).toContain('text/event-stream')
    const subject = await message(client)
    expect(await open.until(() => open.subjects().includes(subject))).toBe(true)
    const text = JSON.stringify(open.seen)
    for (const secret of [client.name, client.phone!, 'Your case is in discovery'])
      expect(text).not.toContain(secret)
    await open.close()
  })

  it('misses nothing while it was away', async () => {
    const client = await firm.client(`L${newId()}`, { phone: phone() })
    const first = await page(key)
    const one = await message(client)
    await first.until(() => first.subjects().includes(one))
    const { id } = first.seen.at(-1)!
    await first.close()
    const away = [await message(client), await message(client)]
    const second = await page(key, id)
    expect(await second.until(() => away.every((s) => second.subjects().includes(s)))).toBe(true)
    await second.close()
  })

  it('is told to read everything anew where it was away for too long, or its place is none', async () => {
    await message(await firm.client(`L${newId()}`, { phone: phone() }))
    const open = await page(key, '0.1.0')
    expect(await open.until(() => open.seen.some((t) => t.event === 'reset'))).toBe(true)
    await open.close()
    const other = await page(key, 'nonsense')
    expect(other.seen).toMatchObject([{ event: 'hello' }])
    await other.close()
  })

  it('is told of a transaction that ends after one that began later', async () => {
    const open = await page(key)
    const slow = await world.test.pool.connect()
    await slow.query(`begin; set local tipstaff.firm_id = '${firm.firmId}'`)
    await slow.query(`insert into audit_entries (firm_id, epoch, at, actor, action, subject, data)
      values (current_firm(), (select epoch from deployment), now(), 'test', 'task.opened', 'task:slow', '{}')`)
    const subject = await message(await firm.client(`L${newId()}`, { phone: phone() }))
    // Nothing of what came after may be told before the first is known to have ended.
    expect(open.subjects()).not.toContain(subject)
    await slow.query('commit')
    slow.release()
    expect(await open.until(() => open.subjects().includes(subject))).toBe(true)
    expect(open.subjects()).toContain('task:slow')
    await open.close()
  })

  it('of another firm hears nothing of it', async () => {
    const other = await world.firm('unwatched')
    const { key: theirs } = await other.key(['read'])
    const open = await page(theirs)
    const subject = await message(await firm.client(`L${newId()}`, { phone: phone() }))
    const own = await other.client(`L${newId()}`, { phone: phone() })
    const { messageIds } = await other.tell(own, { messages: [{ channel: 'sms' }] })
    await other.send({ kind: 'accepted', providerMessageId: 'x' })
    await open.until(() => open.subjects().includes(`message:${messageIds[0]}`))
    expect(open.subjects()).not.toContain(subject)
    await open.close()
  })

  it('hears nothing of a matter that is closed to who watches, and ends when one is closed to them', async () => {
    const closed = await firm.client(`L${newId()}`, { phone: phone() })
    const other = await firm.client(`L${newId()}`, { phone: phone() })
    const who = await somebody(world, firm, 'staff')
    const acting = { by: 'test', now: world.clock.now(), newId }
    const close = (matterId: typeof closed.matterId) =>
      firm.inFirm((tx) => closeMatter(tx, { matterId, staffId: who.staffId }, 'conflict', acting))
    const before = await page(who)
    await close(closed.matterId)
    await before.end()
    expect(before.subjects()).not.toContain(`matter:${closed.matterId}`)

    const after = await page(who)
    const secret = await message(closed)
    const plain = await message(other)
    expect(await after.until(() => after.subjects().includes(plain))).toBe(true)
    expect(after.subjects()).not.toContain(secret)
    await after.close()
  })

  it('leaves nothing behind when it is closed', async () => {
    const open = await page(key)
    await message(await firm.client(`L${newId()}`, { phone: phone() }))
    await open.close()
    await expect.poll(() => world.deps.live.watchers).toBe(0)
  })
})

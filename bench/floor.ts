/**
 * The floor: the least that could be called the same job, written by hand as one would without caring for anything
 * else. The same five commits in batches (ingest, decide, claim + attempt, outcome, receipt), the same calls through
 * Twilio's SDK, the same signatures checked. No firms, no configuration, no rules, gates, audit, retries or proof.
 *
 * A process of its own: DATABASE_URL, FLOOR_TWILIO_URL.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Pool, PoolClient } from 'pg'
import { createTwilioProvider } from '../src/adapters/twilio/index.ts'
import { type SendVerdict, systemClock } from '../src/kernel/index.ts'
import type { Receipt } from '../src/modules/delivery/index.ts'
import { createPool } from '../src/platform/db/pool.ts'
import { batcher } from '../src/platform/jobs/batcher.ts'
import { hookSecret, twilioToken } from './webhooks.ts'

const env = process.env
const pool = createPool({ url: env.DATABASE_URL!, max: 10, onError: () => {} })
const { sender, reader } = createTwilioProvider(systemClock).open({
  accountSid: `AC${'f1'.repeat(16)}`,
  authToken: twilioToken,
  from: '+12015550123',
  baseUrl: env.FLOOR_TWILIO_URL,
})
const key = Buffer.from(hookSecret.slice('whsec_'.length), 'base64')
const inFlightLimit = 48
let base = ''
let deliveredCount = 0

async function transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await (pool as Pool).connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

// 1: ingest.
const ingest = batcher<{ key: string; body: string }, void>({
  key: () => '',
  max: 200,
  parallel: 2,
  run: async (_, items) => {
    await transaction((client) =>
      client.query({
        name: 'ingest',
        text: `insert into floor.deliveries (id, key, body, received_at)
               select gen_random_uuid(), k, b, now() from unnest($1::text[], $2::text[]) x(k, b) on conflict do nothing`,
        values: [items.map((i) => i.key), items.map((i) => i.body)],
      }),
    )
    decideSoon()
    return items.map(() => undefined)
  },
})

/** Runs `turn` until it finds nothing; told again while running, it looks once more. */
function loop(turn: () => Promise<boolean>): () => void {
  let running = false
  let again = false
  return function nudge() {
    again = true
    if (running) return
    running = true
    void (async () => {
      while (again) {
        again = false
        while (await turn());
      }
      running = false
    })()
  }
}

// 2: decide.
const decideSoon = loop(async () => {
  const count = await transaction(async (client) => {
    const { rows } = await client.query<{ id: string; body: string }>({
      name: 'take',
      text: `select id, body from floor.deliveries where state = 'stored' order by received_at limit 100 for update`,
    })
    if (rows.length === 0) return 0
    const events = rows.map((row) => ({ row, data: JSON.parse(row.body).data }))
    const { rows: people } = await client.query<{ matter: string; name: string; phone: string }>({
      name: 'people',
      text: 'select matter, name, phone from floor.people where matter = any($1)',
      values: [events.map((e) => e.data.matter_id)],
    })
    const known = new Map(people.map((p) => [p.matter, p]))
    await client.query({
      name: 'events',
      text: `insert into floor.events (delivery_id, matter, status, at)
             select d, m, s, now() from unnest($1::uuid[], $2::text[], $3::text[]) x(d, m, s)`,
      values: [
        events.map((e) => e.row.id),
        events.map((e) => e.data.matter_id),
        events.map((e) => e.data.current_attributes.status),
      ],
    })
    await client.query({
      name: 'messages',
      text: `insert into floor.messages (id, matter, phone, body, state)
             select gen_random_uuid(), m, p, b, 'queued' from unnest($1::text[], $2::text[], $3::text[]) x(m, p, b)`,
      values: [
        events.map((e) => e.data.matter_id),
        events.map((e) => known.get(e.data.matter_id)!.phone),
        events.map(
          (e) =>
            `${known.get(e.data.matter_id)!.name}, Bench & Partners here: your matter is now ${e.data.current_attributes.status}. Questions? Call (212) 555-0100.`,
        ),
      ],
    })
    await client.query({
      name: 'done',
      text: `update floor.deliveries set state = 'done' where id = any($1)`,
      values: [rows.map((r) => r.id)],
    })
    return rows.length
  })
  if (count > 0) claimSoon()
  return count === 100
})

// 3: claim and attempt, then the call with no connection held.
let inFlight = 0
const claimSoon = loop(async () => {
  const free = Math.min(50, inFlightLimit - inFlight)
  if (free <= 0) return false
  const claimed = await transaction(async (client) => {
    const { rows } = await client.query<{ id: string; phone: string; body: string; attempt: string }>({
      name: 'claim',
      text: `select id, phone, body from floor.messages where state = 'queued' order by id limit $1 for update skip locked`,
      values: [free],
    })
    if (rows.length === 0) return rows
    for (const row of rows) row.attempt = randomUUID()
    await client.query({
      name: 'attempts',
      text: `insert into floor.attempts (id, message_id, at) select a, m, now() from unnest($1::uuid[], $2::uuid[]) x(a, m)`,
      values: [rows.map((r) => r.attempt), rows.map((r) => r.id)],
    })
    await client.query({
      name: 'sending',
      text: `update floor.messages set state = 'sending' where id = any($1)`,
      values: [rows.map((r) => r.id)],
    })
    return rows
  })
  for (const row of claimed) {
    inFlight++
    void sender
      .send({
        attemptId: row.attempt,
        channel: 'sms',
        to: row.phone,
        text: row.body,
        receiptsUrl: `${base}/receipts`,
      })
      .then((verdict) => {
        inFlight--
        if (inFlight <= inFlightLimit / 2) claimSoon()
        return outcomes.add({ attempt: row.attempt, message: row.id, verdict })
      })
  }
  return claimed.length === free
})

// 4: outcome.
const outcomes = batcher<{ attempt: string; message: string; verdict: SendVerdict }, void>({
  key: () => '',
  max: 200,
  run: async (_, items) => {
    const sids = items.map((i) => (i.verdict.kind === 'accepted' ? i.verdict.providerMessageId : null))
    await transaction(async (client) => {
      await client.query({
        name: 'outcome-attempts',
        text: `update floor.attempts a set verdict = v, sid = s from unnest($1::uuid[], $2::text[], $3::text[]) x(id, v, s)
               where a.id = x.id`,
        values: [items.map((i) => i.attempt), items.map((i) => i.verdict.kind), sids],
      })
      await client.query({
        name: 'outcome-messages',
        text: `update floor.messages set state = 'sent' where id = any($1) and state = 'sending'`,
        values: [items.map((i) => i.message)],
      })
    })
    return items.map(() => undefined)
  },
})

// 5: receipt.
const receipts = batcher<Receipt, void>({
  key: () => '',
  max: 200,
  run: async (_, items) => {
    await transaction(async (client) => {
      await client.query({
        name: 'receipts',
        text: `insert into floor.receipts (key, attempt_id, kind, at)
               select k, a, d, now() from unnest($1::text[], $2::uuid[], $3::text[]) x(k, a, d) on conflict do nothing`,
        values: [items.map((i) => i.key), items.map((i) => i.attemptId), items.map((i) => i.kind)],
      })
      await client.query({
        name: 'receipts-messages',
        text: `update floor.messages m set state = x.state
               from (select a.message_id, min(y.kind) as state from unnest($1::uuid[], $2::text[]) y(attempt, kind)
                     join floor.attempts a on a.id = y.attempt group by 1) x
               where m.id = x.message_id and m.state <> 'delivered'`,
        // Of both in one batch the furthest counts, which is the smaller word.
        values: [
          items.map((i) => i.attemptId),
          items.map((i) => (i.kind === 'delivered' ? 'delivered' : 'sent')),
        ],
      })
    })
    for (const item of items) if (item.kind === 'delivered') deliveredCount++
    return items.map(() => undefined)
  },
})

function signed(request: IncomingMessage, body: Buffer): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = request.headers
  if (Math.abs(Date.now() / 1000 - Number(at)) > 300) return false
  const expected = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest()
  const given = Buffer.from(String(signature).slice(3), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const path = request.url!
  if (path.startsWith('/hooks/')) {
    if (!signed(request, body)) return void response.writeHead(401).end()
    await ingest.add({ key: String(request.headers['webhook-id']), body: body.toString() })
    return void response.writeHead(202, { 'content-length': 0 }).end()
  }
  if (path.startsWith('/receipts')) {
    const read = reader.receipts({
      method: 'POST',
      url: `${base}${path}`,
      headers: request.headers as Record<string, string>,
      body,
    })
    if (!read.ok) return void response.writeHead(403).end()
    await Promise.all(read.receipts.map((receipt) => receipts.add(receipt)))
    return void response.writeHead(204).end()
  }
  response.end(String(deliveredCount))
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.writeHead(500).end())
})
server.keepAliveTimeout = 65_000
server.listen(0, '127.0.0.1', () => {
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  console.log(`floor: ${base}`)
})
process.once('SIGTERM', () => process.exit(0))

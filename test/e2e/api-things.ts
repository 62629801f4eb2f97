/** Every route of the API, and something of every kind that a route can name: for tests that ask something of all of them. */
import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi'
import type { Clock } from '../../src/kernel/index.ts'
import type { ApiEnv } from '../../src/main/api/deps.ts'
import { scopeField } from '../../src/main/api/route.ts'
import { createKey } from '../../src/modules/console/index.ts'
import {
  applyPlan,
  listConnections,
  loadConfig,
  loadHeads,
  lockConfig,
  plan,
} from '../../src/modules/firms/index.ts'
import { quarantine, storeArrivals } from '../../src/modules/ingest/store.ts'
import { report as reportItems } from '../../src/modules/quality/index.ts'
import { placeHold } from '../../src/modules/retention/index.ts'
import { closeMatter, invite } from '../../src/modules/staff/index.ts'
import { openTasks } from '../../src/modules/tasks/index.ts'
import type { FirmTx } from '../../src/platform/db/firm-tx.ts'
import { type FirmWorld, newId } from './api-support.ts'

let numbers = 100
export const phone = () => `+1646555${String(numbers++).padStart(4, '0')}`

export interface Registered {
  method: string
  path: string
  scope: unknown
  route: RouteConfig
}

/** From the app's own registry: a new route is tested without being listed anywhere. */
export const registeredIn = (app: OpenAPIHono<ApiEnv>): Registered[] =>
  app.openAPIRegistry.definitions.flatMap((d) =>
    d.type === 'route'
      ? [
          {
            method: d.route.method,
            path: d.route.path,
            scope: (d.route as never)[scopeField],
            route: d.route,
          },
        ]
      : [],
  )

export const someId = '019f0000-0000-7000-8000-000000000000'
export const fill = (path: string, id = someId) => path.replaceAll(/\{\w+\}/g, id)

/** As it is asked for without naming anything. */
export const plain = (path: string): Args[] => {
  // The last is a stream, with a test of its own.
  if (path === '/search') return ['m-', '646', 'v0', 'zz'].map((q) => [`/search?q=${q}`])
  if (path === '/trace' || path === '/wishes' || path.includes('{') || path === '/live') return []
  return [[path === '/events' ? '/events?outcome=unhandled' : path]]
}

/** Something of every kind that a route can name. */
export async function thingsIn(clock: Clock, firm: FirmWorld) {
  const name = `V${newId<string>()}`
  const client = await firm.client(name, { phone: phone() }, `N-${newId<string>()}`)
  await firm.tell(client, { messages: [{ channel: 'sms' }] })
  const [attempt] = await firm.send({ kind: 'refused', code: '30006', detail: 'landline' })
  await firm.tell(client, { event: { outcome: 'unhandled' } })
  await firm.tell(client, { messages: [{ channel: 'sms', state: 'held', reason: 'client paused' }] })
  return firm.inFirm(async (tx) => {
    const now = clock.now()
    const [task] = await openTasks(
      tx,
      [
        {
          kind: 'rule',
          title: 'call',
          detail: '',
          matterId: client.matterId,
          clientId: client.id,
          assignee: null,
          dueAt: null,
          cause: newId(),
        },
      ],
      now,
    )
    const deliveryId = newId<string>() as never
    const connectionId = firm.connections.clio
    await storeArrivals(tx, [
      {
        id: deliveryId,
        connectionId,
        receivedAt: now,
        model: null,
        headers: {},
        body: Buffer.from('x'),
        key: deliveryId,
        keyless: false,
      },
    ])
    await tx.run(`update inbound_deliveries set state = 'quarantined' where id = $1`, [deliveryId])
    await quarantine(
      tx,
      [{ connectionId, deliveryId, kind: 'unreadable', rawStatus: null, detail: { message: 'no JSON' } }],
      now,
      newId,
    )
    await reportItems(
      tx,
      ['phone', 'email'].map((field) => ({
        connectionId,
        kind: field === 'phone' ? 'phone_unusable' : 'mail_typo',
        subject: 'client' as const,
        externalId: `c-${name}`,
        field,
        value: 'x',
        reason: 'is too short',
        suggestion: null,
        link: null,
      })),
      now,
      newId,
    )
    const items = (
      await tx.rows<{ id: string }>('select id from quality_items where external_id = $1 order by id', [
        `c-${name}`,
      ])
    ).map((row) => row.id)
    const [letter] = await tx.rows<{ id: string }>('select id from dead_letters where message_id = $1', [
      attempt!.messageId,
    ])
    const [held] = await tx.rows<{ id: string }>(
      `insert into facts (firm_id, id, connection_id, kind, external_id, matter_id, data, observed_at)
       values (current_firm(), $1::uuid, $2, 'appointment', $1::uuid::text, $3, $4, $5) returning id`,
      [
        newId<string>(),
        connectionId,
        client.matterId,
        JSON.stringify({ start_at: now.subtract({ hours: 2 }).toString() }),
        now,
      ],
    )
    const [waiting] = await tx.rows<{ id: string }>(
      `select id from messages where client_id = $1 and state = 'held'`,
      [client.id],
    )
    const acting = { by: 'test', now, newId }
    const invited = await invite(tx, { name, email: `${name}@firm.example`, role: 'staff' }, acting)
    await closeMatter(tx, { matterId: client.matterId, staffId: invited!.id }, 'her brother', acting)
    const rule = await aRule(tx, now)
    const hold = await placeHold(tx, { scope: 'client', id: client.id }, 'litigation', acting)
    const { id: apiKey } = await createKey(tx, { name, scopes: ['read'] }, acting)
    const [odd] = await tx.rows<{ id: string }>('select id from quarantine where delivery_id = $1', [
      deliveryId,
    ])
    return {
      client: client.id as string,
      matter: client.matterId as string,
      message: attempt!.messageId as string,
      waiting: waiting!.id,
      letter: letter!.id,
      task: task!,
      quarantine: odd!.id,
      connection: (await listConnections(tx)).find(({ kind }) => kind === 'clio')!.key,
      quality: items[0]!,
      ignorable: items[1]!,
      appointment: held!.id,
      staff: invited!.id,
      apiKey,
      template: `letter-of-${firm.firmKey}`,
      rule,
      hold,
    }
  })
}

/** A configuration that is as small as can be, and one rule more in it each time. */
async function aRule(tx: FirmTx, at: Temporal.Instant): Promise<string> {
  await lockConfig(tx)
  const { items } = await loadConfig(tx)
  const key = `r-${newId<string>()}`
  const usual = [
    {
      kind: 'firm',
      key: 'firm',
      body: { key: 'some-firm', name: 'Firm', timeZone: 'America/New_York', languages: ['en'] },
    },
    {
      kind: 'states',
      key: 'states',
      body: { states: [{ key: 'intake', initial: true, words: { en: 'in intake' } }] },
    },
  ]
  const rule = {
    kind: 'rule',
    key,
    // biome-ignore lint/suspicious/noThenProperty: the word that the people who write rules expect
    body: { key, on: 'hearing.moved', then: [{ task: { title: 'Call them' } }] },
  }
  const note = {
    kind: 'template',
    key: 'note',
    body: { key: 'note', byHand: {}, languages: { en: { sms: 'Please call us.' } } },
  }
  const others = items.length === 0 ? usual : items
  const wanted = [...others, ...(others.some((item) => item.key === 'note') ? [] : [note]), rule]
  await applyPlan(tx, plan(await loadHeads(tx), wanted), { author: 'test', origin: 'git', at }, newId)
  return key
}

export type Args = [path: string, body?: unknown]

/** Each way in which a route can name a thing: with the given one, and with one that nobody has. */
export function otherFirms(
  method: string,
  path: string,
  there: Awaited<ReturnType<typeof thingsIn>>,
): [Args, Args][] {
  const pair = (make: (id: string) => Args, id: string): [Args, Args] => [make(id), make(someId)]
  switch (`${method} ${path}`) {
    case 'get /trace':
      return [there.client, there.matter, there.message].map((id) => pair((i) => [`/trace?q=${i}`], id))
    case 'get /messages/{id}':
      return [pair((i) => [fill(path, i)], there.message)]
    case 'post /messages/{id}/withdraw':
      return [pair((i) => [fill(path, i), { reason: 'r' }], there.waiting)]
    case 'post /dead-letters/replay':
      return [pair((i) => [path, { ids: [i] }], there.letter)]
    case 'post /dead-letters/{id}/close':
      // After the replay above it is not open any more: its own test closes one.
      return []
    case 'post /dead-letters/{id}/correct':
      // Nor can it be corrected any more: that has a test of its own.
      return []
    case 'post /appointments/{id}/attendance':
      return [pair((i) => [fill(path, i), { outcome: 'missed' }], there.appointment)]
    case 'post /tasks/{id}/complete':
      return [pair((i) => [fill(path, i)], there.task)]
    case 'post /quality/{id}/fix':
      return [pair((i) => [fill(path, i), {}], there.quality)]
    case 'post /quality/{id}/ignore':
      return [pair((i) => [fill(path, i), { reason: 'r' }], there.ignorable)]
    case 'post /quarantine/replay':
      return [pair((i) => [path, { ids: [i] }], there.quarantine)]
    case 'post /quarantine/{id}/discard':
      // Nor is this after its replay; its own test discards one.
      return []
    case 'post /pauses':
      return [pair((i) => [path, { scope: 'client', target: i, reason: 'r' }], there.client)]
    case 'post /pauses/resume':
      return [pair((i) => [path, { scope: 'client', target: i }], there.client)]
    case 'get /wishes':
      return [pair((i) => [`/wishes?client=${i}`], there.client)]
    case 'put /wishes':
      return [pair((i) => [path, { client: i, updates: 'daily' }], there.client)]
    case 'post /holds':
      return [pair((i) => [path, { scope: 'matter', target: i, reason: 'r' }], there.matter)]
    case 'post /holds/{id}/release':
      return [pair((i) => [fill(path, i), { reason: 'r' }], there.hold)]
    case 'post /matters/{id}/exports':
      return [pair((i) => [fill(path, i), {}], there.matter)]
    case 'get /clients/{id}':
    case 'get /clients/{id}/timeline':
      return [pair((i) => [fill(path, i)], there.client)]
    case 'get /matters/{id}':
    case 'get /matters/{id}/templates':
    case 'get /matters/{id}/timeline':
      return [pair((i) => [fill(path, i)], there.matter)]
    case 'post /matters/{id}/messages/preview':
      return [pair((i) => [fill(path, i), { template: 'note', channel: 'sms' }], there.matter)]
    case 'post /matters/{id}/messages':
      // It takes the mark of a preview, and a firm that sends: test/e2e/writing.test.ts.
      return []
    case 'get /held':
      return [
        pair((i) => [`/held?client=${i}`], there.client),
        pair((i) => [`/held?matter=${i}`], there.matter),
      ]
    case 'post /connections/{key}/connect': {
      const named = (connection: string): Args => [path.replace('{key}', connection)]
      return [[named(there.connection), named('nobodys-clio')]]
    }
    case 'get /templates/{key}':
    case 'get /templates/{key}/history':
    case 'put /templates/{key}': {
      const body = { languages: { en: { sms: 'A letter is here.' } } }
      const named = (key: string): Args => {
        const asked = path.replace('{key}', key)
        return method === 'get' ? [asked] : [asked, { body, basedOn: 1, reason: 'r' }]
      }
      return [[named(there.template), named('nobodys-letter')]]
    }
    case 'put /templates/{key}/removal': {
      // By then it was reworded once.
      const named = (key: string): Args => [path.replace('{key}', key), { basedOn: 2, reason: 'r' }]
      return [[named(there.template), named('nobodys-letter')]]
    }
    case 'put /rules/{key}/removal': {
      const named = (key: string): Args => [fill(path, key), { basedOn: 2, reason: 'r' }]
      return [[named(there.rule), named('nobodys-rule')]]
    }
    case 'post /templates/{key}/preview': {
      const body = { languages: { en: { sms: 'A letter is here.' } } }
      return [pair((i) => ['/templates/status-update/preview', { body, matter: i }], there.matter)]
    }
    case 'get /rules/{key}':
    case 'get /rules/{key}/history':
      return [pair((i) => [fill(path, i)], there.rule)]
    case 'put /rules/{key}': {
      const named = (rule: string): Args => {
        const yaml = `key: ${rule}\non: hearing.moved\nthen: [{ task: { title: Write to them } }]\n`
        return [fill(path, rule), { yaml, basedOn: 1, reason: 'r' }]
      }
      return [[named(there.rule), named('nobodys-rule')]]
    }
    case 'post /rules/{key}/check':
    case 'post /rules/{key}/trial':
      // They take a draft, also of what is not there yet: test/e2e/rules-api.test.ts.
      return []
    case 'put /staff/{id}/role':
      return [pair((i) => [fill(path, i), { role: 'read_only' }], there.staff)]
    case 'post /walls':
      // It stands already; its own test raises one.
      return []
    case 'post /walls/{staffId}/{matterId}/lift':
      return [pair((i) => [`/walls/${i}/${there.matter}/lift`, { reason: 'r' }], there.staff)]
    case 'post /staff/{id}/invitation':
      return [pair((i) => [fill(path, i)], there.staff)]
    case 'put /settings/days-off/{plan}':
      // Firms here have no reminder plans: test/e2e/settings.test.ts.
      return []
    case 'post /staff/{id}/suspend':
    case 'post /staff/{id}/reinstate':
    case 'post /staff/{id}/sign-out':
      // Whom these are for has joined: test/e2e/people.test.ts.
      return []
    case 'post /connections/{key}/test': {
      const named = (connection: string): Args => [path.replace('{key}', connection)]
      return [[named(there.connection), named('nobodys-clio')]]
    }
    case 'delete /staff/{id}':
      return [pair((i) => [fill(path, i)], there.staff)]
    case 'delete /keys/{id}':
      return [pair((i) => [fill(path, i)], there.apiKey)]
    default:
      if (path.includes('{')) throw new Error(`${method} ${path} names something: say here how it is tested`)
      return []
  }
}

/** Firms with clients who were told things, made through the modules' own functions; and an API over them. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClio } from '../../src/adapters/clio/index.ts'
import type {
  ClientId,
  ConnectionId,
  DeliveryId,
  EventId,
  FirmId,
  MatterId,
  MessageId,
  NoticeId,
  SendVerdict,
} from '../../src/kernel/index.ts'
import { drivenClock, uuidSource } from '../../src/kernel/index.ts'
import { adapters } from '../../src/main/adapters.ts'
import { api } from '../../src/main/api/index.ts'
import { usualRates } from '../../src/main/api-rates.ts'
import { compileFirm } from '../../src/main/compile-firm.ts'
import { configEdits } from '../../src/main/config-edits.ts'
import { connecting } from '../../src/main/connecting.ts'
import { connectionTester } from '../../src/main/connection-test.ts'
import { configLanguage } from '../../src/main/language.ts'
import { lastSeen } from '../../src/main/last-seen.ts'
import { recordKeeper } from '../../src/main/record.ts'
import { signInDoor } from '../../src/main/sign-in.ts'
import { anchorFiles, sealingKeyFrom } from '../../src/modules/audit/index.ts'
import { tokenSource } from '../../src/modules/connections/index.ts'
import { createKey, Live } from '../../src/modules/console/index.ts'
import { claim } from '../../src/modules/delivery/claim.ts'
import { insertMessages, type Receipt, writeReceipts } from '../../src/modules/delivery/index.ts'
import { writeOutcomes } from '../../src/modules/delivery/outcomes.ts'
import { upsertClient } from '../../src/modules/facts/index.ts'
import { applyPlan, createFirm, FirmConfigs, listConnections, plan } from '../../src/modules/firms/index.ts'
import { endDeliveries, insertEvents, type NewEvent, storeArrivals } from '../../src/modules/ingest/store.ts'
import { upsertMatter } from '../../src/modules/matters/index.ts'
import { compileQuiet } from '../../src/modules/moments/index.ts'
import { insertNotices, type Notice } from '../../src/modules/notices/index.ts'
import type { RuleResult } from '../../src/modules/rules/index.ts'
import { insertDecisions } from '../../src/modules/rules/store.ts'
import { invite, type Role, type Scope } from '../../src/modules/staff/index.ts'
import { type Database, database, type FirmTx } from '../../src/platform/db/firm-tx.ts'
import { createLog } from '../../src/platform/log/index.ts'
import { createMetrics } from '../../src/platform/metrics/index.ts'
import { readKeys } from '../../src/platform/secrets/index.ts'
import { testDatabase } from '../support/database.ts'

export const zone = 'America/New_York'
const noQuiet = compileQuiet({ firm: null, rules: [], firmZone: zone, firmRegion: null, spread: 0 })
export const newId = uuidSource(Date.now, (bytes) => crypto.getRandomValues(bytes))
const schedule = ['PT1M', 'PT5M', 'PT30M'].map((d) => Temporal.Duration.from(d))
const news = { dead: async () => {} }

/** A database, a clock that stands at Thursday noon in New York, and an API that remembers whom it nudged. */
export async function apiWorld() {
  const test = await testDatabase()
  const db = database(test.pool)
  const clock = drivenClock('2026-10-15T16:00:00Z')
  const keys = readKeys(randomBytes(32))
  if (!keys.ok) throw new Error(keys.message)
  const authorisation = createClio(clock).authorisation!
  const settings = { clientId: 'app', clientSecret: 'secret' }
  const accessNews = { refused: async () => {}, connected: async () => {}, disconnected: async () => {} }
  const kinds = adapters(clock)
  const configs = new FirmConfigs((config) => compileFirm(config, kinds))
  /** Firms whose Clio a person lets us into, and who have no other settings than that. */
  const firms = {
    code: async (tx: FirmTx) => (await configs.get(tx)).value,
    async open(firmId: FirmId) {
      const rows = await db.forFirm(firmId, listConnections)
      const source = { db, keys: keys.keys, now: () => clock.now(), wait: async () => {}, news: accessNews }
      return {
        code: { program: { settings: { timeZone: zone, name: 'Firm', languages: ['en', 'es'] } } },
        mailer: null,
        delivery: { outlets: new Map(), quiet: noQuiet },
        problems: [],
        connections: new Map(
          rows.map(({ id, key, kind }) => {
            const tokens = tokenSource(source, { firmId, connectionId: id, authorisation, settings })
            const own = { key, kind } as never
            const access = { authorisation, settings, tokens }
            return [id, kind === 'clio' ? { key, kind, settings: own, access } : { key, kind, settings: own }]
          }),
        ),
      }
    },
  }
  const nudged: string[] = []
  const lines: string[] = []
  const nudge = (lane: string, firmId: FirmId) => void nudged.push(`${lane} ${firmId}`)
  const deps = {
    db,
    clock,
    newId,
    log: createLog({ destination: { write: (line: string) => void lines.push(line) } }),
    nudge,
    edits: configEdits({ clock, newId, language: configLanguage(kinds), nudge }),
    firms,
    publicUrl: 'https://tipstaff.example',
    keys: keys.keys,
    rates: usualRates,
    live: new Live({ db, everyMs: 20, onError: () => {} }),
    record: recordKeeper({
      db,
      clock,
      sealing: {
        key: sealingKeyFrom(Buffer.alloc(32, 1)),
        anchors: anchorFiles(mkdtempSync(join(tmpdir(), 'tipstaff-api-'))),
      },
      alert: async () => {},
      log: createLog({ level: 'silent' }),
      metrics: createMetrics({ process: false }),
    }),
    tryConnection: connectionTester({
      db,
      clock,
      publicUrl: 'https://tipstaff.example',
      firms: { open: firms.open, hooks: async () => null },
    }),
    seen: lastSeen({ db, clock, log: { warn: () => {} } }),
    signIn: signInDoor({
      db,
      databaseUrl: test.appUrl,
      clock,
      newId,
      log: { warn: () => {} },
      key: keys.keys.sessions,
      publicUrl: 'https://tipstaff.example',
      trustedProxies: [],
      firms,
    }),
    connecting: connecting({
      db,
      keys: keys.keys,
      clock,
      firms,
      publicUrl: 'https://tipstaff.example',
      news: accessNews,
      log: { warn: () => {} },
    }),
  }
  const app = api(deps)
  return {
    test,
    db,
    clock,
    nudged,
    lines,
    deps,
    app,
    firm: (key: string) => firmWorld(db, clock, key),
    /** @returns what the API answers to this key, or to somebody on a page of ours */
    async call(
      who: string | Person | null,
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ) {
      // A stream has no end but this.
      const ending = path === '/live' ? '/live?seconds=0' : path
      const response = await app.request(ending, {
        method: method.toUpperCase(),
        headers: {
          ...(typeof who === 'string' ? { authorization: `Bearer ${who}` } : {}),
          ...(who !== null && typeof who !== 'string'
            ? { cookie: who.cookie, origin: 'https://tipstaff.example' }
            : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const type = response.headers.get('content-type') ?? ''
      const text = await response.text()
      return {
        status: response.status,
        type,
        headers: response.headers,
        // A stream and a file are no JSON.
        body: type.includes('json') ? JSON.parse(text) : text,
      }
    },
  }
}

export type FirmWorld = Awaited<ReturnType<typeof firmWorld>>

interface Told {
  event?: Partial<NewEvent>
  notice?: Partial<Notice>
  results?: RuleResult[]
  /** Channels that messages go out on. */
  messages?: {
    channel: 'sms' | 'email'
    state?: 'queued' | 'held'
    reason?: string
    dueAt?: Temporal.Instant
  }[]
}

/** What such a firm has configured. */
const configOf = (firmKey: string) => [
  {
    kind: 'firm',
    key: 'firm',
    body: { key: firmKey, name: `Firm ${firmKey}`, timeZone: zone, languages: ['en'] },
  },
  {
    kind: 'states',
    key: 'states',
    body: {
      states: [
        { key: 'intake', initial: true, words: { en: 'being opened' }, raw: ['Intake'], next: ['discovery'] },
        { key: 'discovery', words: { en: 'in discovery' }, raw: ['Discovery'], next: ['closed'] },
        { key: 'closed', words: { en: 'closed' }, raw: ['Closed'] },
      ],
    },
  },
  {
    kind: 'template',
    key: `letter-of-${firmKey}`,
    body: { key: `letter-of-${firmKey}`, languages: { en: { sms: 'A letter came.' } } },
  },
  {
    kind: 'template',
    key: 'status-update',
    body: {
      key: 'status-update',
      languages: {
        en: { sms: 'Your case is {{ matter.state.words }} now.' },
        es: { sms: 'Su caso: {{ matter.state.words }}.' },
      },
    },
  },
]

async function firmWorld(db: Database, clock: ReturnType<typeof drivenClock>, firmKey: string) {
  const firmId = newId<FirmId>()
  const connections = {
    clio: newId<ConnectionId>(),
    twilio: newId<ConnectionId>(),
    sendgrid: newId<ConnectionId>(),
  }
  const inFirm = <T>(work: (tx: FirmTx) => Promise<T>) => db.forFirm(firmId, work)
  await inFirm(async (tx) => {
    await createFirm(tx, { key: firmKey, name: `Firm ${firmKey}`, at: clock.now() })
    const by = { author: 'test', origin: 'git' as const, at: clock.now() }
    await applyPlan(tx, plan([], configOf(firmKey)), by, newId)
    for (const [kind, id] of Object.entries(connections)) {
      await tx.run(
        'insert into connections (firm_id, id, key, kind, created_at) values (current_firm(), $1, $2, $3, $4)',
        [id, `${firmKey}-${kind}`, kind, clock.now()],
      )
    }
  })

  const world = {
    firmId,
    firmKey,
    connections,
    inFirm,
    key: (scopes: readonly Scope[], name = scopes.join(' and ')) =>
      inFirm((tx) => createKey(tx, { name, scopes }, { by: 'test', now: clock.now(), newId })),

    /** A client with a matter, as a read of the CMS brings them. */
    async client(
      name: string,
      to: { phone?: string; mail?: string },
      number = `M-${name.length}-${firmKey}`,
    ) {
      return inFirm(async (tx) => {
        const contactPoints = [
          ...(to.phone ? [{ channel: 'sms' as const, address: to.phone, label: null, rank: 0 }] : []),
          ...(to.mail ? [{ channel: 'email' as const, address: to.mail, label: null, rank: 0 }] : []),
        ]
        const { id } = await upsertClient(
          tx,
          {
            connectionId: connections.clio,
            externalId: `c-${name}`,
            name,
            firstName: null,
            lastName: null,
            language: 'en',
            timeZone: zone,
            preference: 'Both',
            cmsPaused: false,
            data: {},
            contactPoints,
          },
          clock.now(),
          newId,
        )
        const matterId = await upsertMatter(tx, {
          id: newId<MatterId>(),
          connectionId: connections.clio,
          externalId: `m-${name}`,
          clientId: id,
          number,
          title: `${name} v. Acme`,
          data: {},
          observedAt: clock.now(),
        })
        return { id, matterId, name, number, ...to }
      })
    },

    /** Something happened to a matter, and this is what came of it. */
    async tell(client: { id: ClientId; matterId: MatterId; phone?: string; mail?: string }, told: Told = {}) {
      const now = clock.now()
      const eventId = newId<EventId>()
      const deliveryId = newId<DeliveryId>()
      const noticeId = newId<NoticeId>()
      const messageIds: MessageId[] = []
      await inFirm(async (tx) => {
        await storeArrivals(tx, [
          {
            id: deliveryId,
            connectionId: connections.clio,
            receivedAt: now,
            model: 'matter',
            headers: {},
            body: Buffer.from('{"secret":"words of the webhook"}'),
            key: deliveryId,
            keyless: false,
          },
        ])
        await endDeliveries(tx, [{ id: deliveryId, state: 'done', reason: null }])
        const event: NewEvent = {
          id: eventId,
          deliveryId,
          connectionId: connections.clio,
          type: 'matter.status_changed',
          matterId: client.matterId,
          clientId: client.id,
          subject: `entry:${eventId}`,
          occurredAt: now,
          data: { from: 'intake', to: 'discovery', raw: 'Discovery_FINAL' },
          outcome: 'decided',
          ...told.event,
        }
        await insertEvents(tx, [event], now)
        const context = { now, newId, salt: () => Buffer.alloc(16, 7), revision: 1 }
        const results = told.results ?? [
          { rule: 'status-update', version: 1, outcome: 'told', values: { 'matter.state': 'discovery' } },
          { rule: 'welcome', version: 2, outcome: 'no', values: { 'event.from': 'intake' } },
        ]
        if (event.outcome === 'decided')
          await insertDecisions(tx, [{ eventId, trigger: 'event', results }], context)
        if (told.notice === undefined && told.messages === undefined) return
        const notice: Notice = {
          id: noticeId,
          eventId,
          matterId: client.matterId,
          clientId: client.id,
          audience: 'client',
          ruleKey: 'status-update',
          ruleVersion: 1,
          action: 0,
          purpose: 'status',
          urgency: 'normal',
          templateKey: 'status-update',
          state: 'messaged',
          reason: null,
          gates: (told.messages ?? []).map(({ channel }) => ({ channel, gate: 'paused', verdict: 'pass' })),
          stateEntry: null,
          dueAt: null,
          deadlineAt: null,
          factId: null,
          factMark: null,
          cause: `cause ${noticeId}`,
          ...told.notice,
        }
        await insertNotices(tx, [notice], now)
        const points = await tx.rows<{ id: string; channel: string; address: string }>(
          'select id, channel, address from contact_points where client_id = $1',
          [client.id],
        )
        const messages = (told.messages ?? []).map((m) => {
          const point = points.find((p) => p.channel === m.channel)!
          const id = newId<MessageId>()
          messageIds.push(id)
          return {
            id,
            noticeId,
            matterId: client.matterId,
            clientId: client.id,
            contactPointId: point.id as never,
            connectionId: m.channel === 'sms' ? connections.twilio : connections.sendgrid,
            channel: m.channel,
            address: point.address,
            purpose: 'status' as const,
            urgent: false,
            templateKey: 'status-update',
            templateVersion: 3,
            language: 'en',
            subject: m.channel === 'email' ? 'Your case' : null,
            body: 'Your case is in discovery now.',
            segments: m.channel === 'sms' ? 1 : null,
            digest: null,
            carries: null,
            calendar: null,
            state: m.state ?? ('queued' as const),
            reason: m.reason ?? null,
            dueAt: m.dueAt ?? now,
            cause: `cause ${id}`,
          }
        })
        await insertMessages(tx, messages, context)
      })
      return { eventId, deliveryId, noticeId, messageIds }
    },

    /** Claims what is due and has the providers answer so. */
    async send(verdict: SendVerdict) {
      const outlet = { rate: null, free: 50 }
      return inFirm(async (tx) => {
        const { attempts } = await claim(tx, {
          now: clock.now(),
          limit: 50,
          lease: Temporal.Duration.from('PT40S'),
          newId,
          connections: new Map([connections.twilio, connections.sendgrid].map((id) => [id, outlet])),
          factsMaxAge: new Map(),
          guard: { quiet: noQuiet },
        })
        await writeOutcomes(
          tx,
          attempts.map((a) => ({
            firmId,
            attemptId: a.attemptId,
            messageId: a.messageId,
            number: a.number,
            retryStep: a.retryStep,
            verdict:
              verdict.kind === 'accepted' ? { ...verdict, providerMessageId: `SM${a.attemptId}` } : verdict,
            provider: a.channel === 'sms' ? 'twilio' : 'sendgrid',
          })),
          { now: clock.now(), schedule, newId, news },
        )
        return attempts
      })
    },

    /** The provider reports. */
    receipt: (connectionId: ConnectionId, receipt: Omit<Receipt, 'key' | 'at'>) =>
      inFirm((tx) =>
        writeReceipts(tx, [{ key: newId(), at: clock.now(), ...receipt }], {
          now: clock.now(),
          connectionId,
          provider: 'twilio',
          schedule,
          newId,
          news,
        }),
      ),
  }
  return world
}

/** Somebody who was invited, has joined and is signed in. */
export interface Person {
  staffId: string
  email: string
  cookie: string
}

export const goodPassword = 'a long enough password'

/** Invites somebody to a firm, follows the link, and signs in. */
export async function somebody(
  world: Awaited<ReturnType<typeof apiWorld>>,
  firm: FirmWorld,
  role: Role,
  name = `${role} ${newId()}`,
): Promise<Person> {
  const email = `${newId()}@firm.example`
  const acting = { by: 'test', now: world.clock.now(), newId }
  const invited = await firm.inFirm((tx) => invite(tx, { name, email, role }, acting))
  const joined = await world.deps.signIn.join(invited!.token, { name, email, password: goodPassword })
  if (typeof joined === 'string') throw new Error(`${name} could not join: ${joined}`)
  const cookie = joined.headers.getSetCookie().map((c) => c.split(';')[0]!)
  return { staffId: invited!.id, email, cookie: cookie.join('; ') }
}

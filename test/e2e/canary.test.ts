/** Planted personal data goes the whole way, through success, failure and nonsense, and shows up only where it belongs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '../../src/modules/console/index.ts'
import { startWorld, type World } from '../support/world.ts'

/** Each is found wherever it goes: no other word of the project or the sandbox contains it. */
const canaries = {
  firstName: 'Zykanari',
  lastName: 'Quorvelle',
  phone: '2015558841',
  mail: 'zq.canary',
  domain: 'quorvelle-post.example',
  field: 'Kanarifeld',
  comment: 'Kanarikommentar',
  document: 'Kanaridokument',
  status: 'Kanaristatus',
  text: 'Kanaritext',
  unreadable: 'Kanarimuell',
}
const found = (text: string) =>
  Object.entries(canaries).flatMap(([name, word]) =>
    text.toLowerCase().includes(word.toLowerCase()) ? [name] : [],
  )

/** Tables whose purpose is to hold what people said or who they are. All others must never show a canary. */
const PEOPLE: Readonly<Record<string, string>> = {
  clients: 'who they are',
  contact_points: 'how to reach them',
  matters: 'what their case is called',
  facts: 'their documents, bills and appointments',
  events: 'what happened, as the firm’s systems told it',
  inbound_deliveries: 'what came in, raw, so that it can be replayed',
  quarantine: 'the unknown status that a person has to map',
  decisions: 'the values that decided a rule',
  messages: 'what was said, until retention deletes it',
  incoming_texts: 'what they said',
  tasks: 'work for a person, who must know which case it is about',
  consents: 'the address that is not to be written to',
  consent_changes: 'the same, as a history',
}

let world: World
const answers: { path: string; status: number; body: string }[] = []
const ask = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(`${world.appUrl}${path}`, init)
  answers.push({ path, status: answer.status, body: await answer.text() })
}

async function newClient(first: string, phone: string, mail: string): Promise<number> {
  const contact = (await world.control('POST', '/_sandbox/cms/contacts', {
    first_name: first,
    last_name: canaries.lastName,
    is_client: true,
    primary_phone_number: phone,
    primary_email_address: mail,
    custom_field_values: [
      { field_name: 'Contact preference', value: 'Both' },
      { field_name: 'Time zone', value: 'America/New_York' },
    ],
  })) as { data: { id: number } }
  const matter = (await world.control('POST', '/_sandbox/cms/matters', {
    client_id: contact.data.id,
    description: `${canaries.field} v. Insurer`,
    matter_stage: { name: 'Intake' },
  })) as { data: { id: number } }
  await world.settled()
  return matter.data.id
}

beforeAll(async () => {
  world = await startWorld()
  const phone = `+1${canaries.phone}`
  const mail = `${canaries.mail}@${canaries.domain}`
  const matter = await newClient(canaries.firstName, phone, mail)
  const move = async (stage: string) => {
    await world.changeStage(matter, stage)
    await world.settled()
  }

  // Success, an answer, a document, a comment.
  await move('Discovery')
  await world.text(phone, `${canaries.text}: I can't make it Tuesday`)
  await world.control('POST', '/_sandbox/dms/documents', {
    matter: String(matter),
    name: `${canaries.document}.pdf`,
  })
  await world.control('POST', '/_sandbox/cms/notes', {
    type: 'Matter',
    matter_id: matter,
    subject: 'Client update',
    detail: canaries.comment,
  })
  await world.settled()

  // Providers fail, refuse while quoting the address, and fall silent.
  await world.fault([
    { provider: 'twilio', kind: 'status', status: 500 },
    { provider: 'sendgrid', kind: 'status', status: 503 },
  ])
  await move('Mediation')
  for (const minutes of [1, 5, 30]) await world.advance({ minutes })
  await world.clearFaults()
  const quoted = await newClient(canaries.firstName, '+15005552211', `bounce@${canaries.domain}`)
  await world.changeStage(quoted, 'Discovery')
  await world.settled()
  await world.fault([{ provider: 'twilio', kind: 'reset_after_accept', count: 1 }])
  await move('Trial')
  await world.restart()
  for (const seconds of [10, 60, 60]) await world.advance({ seconds })
  await world.clearFaults()

  // The CMS is gone; a status nobody knows; a statement that fails over a row with names in it.
  await world.fault([{ provider: 'clio', kind: 'status', status: 500 }])
  await world.advance({ hours: 2 })
  await world.changeStage(matter, canaries.status).catch(() => {})
  for (const minutes of [1, 2, 4, 8, 16, 32]) await world.advance({ minutes })
  await world.clearFaults()
  await world.advance({ hours: 1 })
  const broken = async (table: string, check: string, stage: string) => {
    await world.database.adminPool.query(
      `alter table ${table} add constraint boom check (${check}) not valid`,
    )
    const before = world.logged.length
    const failed = () => world.logged.slice(before).some((line) => JSON.parse(line).level === 'error')
    await world.changeStage(matter, stage)
    for (let tries = 0; tries < 1_000 && !failed(); tries++)
      await world.runtime.sweep().then(() => world.runtime.settled())
    await world.database.adminPool.query(`alter table ${table} drop constraint boom`)
    await world.advance({ seconds: 30 })
    expect(failed(), `${table} failed in the log`).toBe(true)
  }
  await broken('messages', `state <> 'sending'`, 'Settlement Offer')
  await broken('events', 'false', 'Settled')

  // Nonsense at the doors.
  const person = JSON.stringify({
    name: `${canaries.firstName} ${canaries.lastName}`,
    phone,
    mail,
    note: canaries.unreadable,
  })
  const json = { 'content-type': 'application/json' }
  for (const connection of [
    'harbor-pike-clio',
    'harbor-pike-flat',
    'harbor-pike-billing',
    canaries.lastName.toLowerCase(),
  ])
    await ask(`/hooks/${connection}`, {
      method: 'POST',
      headers: { ...json, 'x-hook-signature': canaries.unreadable },
      body: person,
    })
  await ask('/receipts/harbor-pike-sendgrid', { method: 'POST', headers: json, body: person })
  await ask('/texts/harbor-pike-twilio', { method: 'POST', body: person })
  const secret = { 'x-billing-secret': 'sandbox-cms-header-secret' }
  await ask('/hooks/harbor-pike-billing', { method: 'POST', headers: secret, body: person })
  await ask('/hooks/harbor-pike-billing', {
    method: 'POST',
    headers: secret,
    body: `{"${canaries.unreadable}`,
  })
  await ask('/unsubscribe/nothing', { method: 'POST', body: person })
  const { key } = await world.runtime.db.forFirm(world.firmId, (tx) =>
    createKey(
      tx,
      { name: 'canary', scopes: ['read', 'operate'] },
      {
        by: 'test',
        now: world.clock.now(),
        newId: world.runtime.newId,
      },
    ),
  )
  const bearer = { authorization: `Bearer ${key}` }
  await ask(`/api/v1/trace?q=${encodeURIComponent(mail)}`)
  await ask(`/api/v1/dead-letters?limit=${canaries.unreadable}`, { headers: bearer })
  await ask(`/api/v1/trace?phone=${canaries.unreadable}`, { headers: bearer })
  await ask('/api/v1/dead-letters/replay', { method: 'POST', headers: { ...bearer, ...json }, body: person })
  await ask('/api/v1/pauses', {
    method: 'POST',
    headers: { ...bearer, ...json },
    body: `{"scope":"${canaries.lastName}"`,
  })

  await world.text(phone, 'STOP')
  await world.settled()
  await move('Closed')
}, 120_000)
afterAll(() => world.close())

describe('planted personal data', () => {
  it('went the whole way', async () => {
    const told = await world.messages()
    expect(told.some((m) => m.to === `+1${canaries.phone}` && m.text.includes(canaries.firstName))).toBe(true)
    expect(told.some((m) => m.to.startsWith(canaries.mail))).toBe(true)
    const states = await world.rows<{ state: string }>('select distinct state from messages')
    expect(states.map((s) => s.state)).toEqual(expect.arrayContaining(['delivered', 'undelivered', 'dead']))
    const kinds = await world.rows<{ kind: string }>('select distinct kind from alerts')
    expect(kinds.map((k) => k.kind)).toEqual(expect.arrayContaining(['dead_letter', 'cms_unreachable']))
    const parked = await world.rows<{ kind: string }>('select distinct kind from quarantine')
    expect(parked.map((q) => q.kind).toSorted()).toEqual(
      expect.arrayContaining(['unknown_status', 'unmapped', 'unreadable']),
    )
    expect(answers.map((a) => a.status)).toEqual(expect.arrayContaining([202, 400, 401, 404, 422]))
  })

  it('is in titles of tasks, whose matter numbers hold surnames, and in no alert and no word to operators', async () => {
    const tasks = await world.tasks()
    expect(tasks.filter((task) => found(task.title).includes('lastName'))).not.toEqual([])
    const alerts = await world.rows<{ title: string; cause: string; detail: unknown }>(
      'select title, cause, detail from alerts',
    )
    expect(alerts.filter((alert) => found(JSON.stringify(alert)).length > 0)).toEqual([])
    const titles = tasks.map((task) => task.title)
    expect(world.logged.filter((line) => titles.some((title) => line.includes(title)))).toEqual([])
  })

  it('is in no log line', () => {
    expect(world.logged.length).toBeGreaterThan(20)
    expect(world.logged.filter((line) => found(line).length > 0)).toEqual([])
  })

  it('is in no metric', async () => {
    const metrics = await (await fetch(`${world.appUrl}/metrics`)).text()
    expect(metrics).toContain('tipstaff_')
    expect(found(metrics)).toEqual([])
  })

  it('is in no error that we answer', () => {
    // `instance` is the address that was asked for.
    const told = (body: string) => found(body.replace(/"instance":"[^"]*"/, ''))
    expect(
      answers.map(({ path, body }) => ({ path, told: told(body) })).filter((a) => a.told.length > 0),
    ).toEqual([])
  })

  it('is in no table but those that are there to hold it', async () => {
    const { rows: tables } = await world.database.adminPool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
    )
    const holding: string[] = []
    for (const { name } of tables) {
      // Bytes as text too: a body is stored as it came.
      const { rows } = await world.database.adminPool.query<{ row: string; at: string }>(
        `select t::text as row, ${name === 'inbound_deliveries' ? `convert_from(body, 'utf8')` : `''`} as at from ${name} t`,
      )
      const told = rows.filter(({ row, at }) => found(row + at).length > 0)
      if (told.length > 0) holding.push(name)
      if (!(name in PEOPLE)) expect({ name, told: told.map((t) => t.row) }).toEqual({ name, told: [] })
    }
    // Where none was planted, its absence elsewhere would prove nothing.
    for (const name of [
      'clients',
      'contact_points',
      'facts',
      'events',
      'inbound_deliveries',
      'messages',
      'incoming_texts',
      'tasks',
    ])
      expect(holding).toContain(name)
    expect(Object.values(PEOPLE).every((why) => why.length > 10)).toBe(true)
  })
})

import { isRefusal } from './errors.ts'
import { isoTime } from './fields.ts'
import { makeCustomValue } from './lists.ts'
import { pick, randomFrom } from './random.ts'
import * as data from './seed-data.ts'
import { CLIENTS, type SeedClient, USERS } from './seed-people.ts'
import type { NewRow, Store } from './store.ts'
import type { Row } from './types.ts'

const DAY = 86_400_000

const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Milliseconds of an hour o'clock, so many days from `now`, in a zone. */
function localTime(now: number, days: number, hour: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(zone)
    .add({ days })
    .with({ hour, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 }).epochMilliseconds
}

/** The firm's own fields on a contact: Clio has none for these, so firms add them. */
const CUSTOM_FIELDS = [
  { id: 81, name: 'Contact preference', type: 'picklist', options: ['SMS', 'Email', 'Both', 'None'] },
  { id: 82, name: 'Time zone', type: 'text_line', options: [] },
  { id: 83, name: 'Language', type: 'text_line', options: [] },
  { id: 84, name: 'Pause automation', type: 'checkbox', options: [] },
] as const

const EVENT_TYPES = ['Hearing', 'Deposition', 'Mediation', 'Meeting'] as const
const PRACTICES = ['Personal Injury', 'Employment', 'Family', 'Commercial'] as const

function customValues(store: Store, values: Record<string, string>): Row[] {
  const out: Row[] = []
  for (const field of store.all('custom_field')) {
    const value = values[String(field.attrs.name)]
    const made = value === undefined ? null : makeCustomValue(store, field, value, 'control')
    if (made !== null && !isRefusal(made)) out.push(made)
  }
  return out
}

function contactPoints(store: Store, phone: string | undefined, email: string | undefined): Row['lists'] {
  const point = (attrs: Row['attrs']) => [store.embed({ attrs: { ...attrs, primary: true } })]
  return {
    phone_numbers: phone === undefined ? [] : point({ number: phone, name: 'Mobile' }),
    email_addresses: email === undefined ? [] : point({ address: email, name: 'Home' }),
  }
}

const idOf = (store: Store, model: string, name: string): number | null =>
  [...store.all(model)].find((row) => row.attrs.name === name)?.id ?? null

/**
 * Fills an empty store with the example firm. Ids and names never change; dates lie around today, and
 * everything counts as changed just now, so that a sandbox started again is not taken for an older one. A whole second
 * before that: Clio tells no fractions, and what changed in the second in which somebody begins to read is news to them.
 */
export function seedFirm(store: Store): void {
  const now = Math.floor(store.now() / 1_000) * 1_000
  const past = (days: number) => ({ created: now - days * DAY, updated: now - 1_000 })
  const add = (model: string, id: number, row: NewRow, days = 200) =>
    store.add(model, row, { id, ...past(days) })

  for (const user of USERS) {
    const attrs = { first_name: user.first, last_name: user.last, email: user.email, enabled: true }
    const more = {
      subscription_type: user.role,
      account_owner: user.id === 61,
      time_zone: 'America/New_York',
      roles: [],
    }
    add('user', user.id, { attrs: { ...attrs, ...more } }, 900)
  }
  const addNamed = (model: string, first: number, names: readonly string[]) => {
    for (const [at, name] of names.entries()) add(model, first + at, { attrs: { name, order: at + 1 } }, 900)
  }
  addNamed('matter_stage', 101, data.STAGES)
  addNamed('practice_area', 201, PRACTICES)
  addNamed('document_category', 301, data.CATEGORIES)
  addNamed('calendar_entry_event_type', 401, EVENT_TYPES)
  const calendar = { name: 'Harbor & Pike', type: 'AccountCalendar', permission: 'editor', visible: true }
  add('calendar', 501, { attrs: calendar }, 900)
  CUSTOM_FIELDS.forEach((field, at) => {
    const options = field.options.map((option, i) => store.embed({ attrs: { option } }, field.id * 10 + i))
    const attrs = { name: field.name, field_type: field.type, parent_type: 'Contact', display_order: at + 1 }
    const flags = { displayed: true, deleted: false, required: false }
    add(
      'custom_field',
      field.id,
      { attrs: { ...attrs, ...flags }, lists: { picklist_options: options } },
      900,
    )
  })
  for (const client of CLIENTS) add('contact', client.id, seedContact(store, client), 150)
  for (const matter of data.MATTERS) add('matter', matter.id, seedMatter(store, matter, now), 120)
  seedCalendar(store, now, add)
  seedPapers(store, now, add)
}

function seedContact(store: Store, client: SeedClient): NewRow {
  const attrs = client.company
    ? { type: 'Company', name: client.company }
    : { type: 'Person', first_name: client.first, last_name: client.last }
  const values = {
    'Time zone': client.zone,
    ...(client.preference === '' ? {} : { 'Contact preference': client.preference }),
    ...(client.language === '' ? {} : { Language: client.language }),
    ...(client.paused ? { 'Pause automation': 'true' } : {}),
  }
  return {
    attrs: { ...attrs, is_client: true },
    lists: {
      ...contactPoints(store, client.phone, client.email),
      custom_field_values: customValues(store, values),
    },
  }
}

function seedMatter(store: Store, matter: data.SeedMatter, now: number): NewRow {
  const client = store.get('contact', matter.client)
  const number = matter.id - 21_000
  return {
    attrs: {
      number,
      display_number: `${String(number).padStart(5, '0')}-${String(client?.attrs.last_name ?? 'Seabright')}`,
      description: matter.description,
      status: matter.status ?? 'Open',
      billable: true,
      billing_method: matter.practice === 'Personal Injury' ? 'contingency' : 'hourly',
      open_date: date(now - 120 * DAY),
      matter_stage_updated_at: isoTime(now - 14 * DAY),
      ...(matter.status === 'Closed' ? { close_date: date(now - 14 * DAY) } : {}),
    },
    refs: {
      client: matter.client,
      matter_stage: idOf(store, 'matter_stage', matter.stage),
      practice_area: idOf(store, 'practice_area', matter.practice),
      responsible_attorney: matter.attorney,
      originating_attorney: 61,
    },
  }
}

type Add = (model: string, id: number, row: NewRow, days?: number) => Row

function seedCalendar(store: Store, now: number, add: Add): void {
  for (const entry of data.ENTRIES) {
    const matter = data.MATTERS.find((one) => one.id === entry.matter)
    const zone = CLIENTS.find((one) => one.id === matter?.client)?.zone ?? 'America/New_York'
    const start = localTime(now, entry.days, entry.hour, zone)
    const times = { start_at: isoTime(start), end_at: isoTime(start + 3_600_000), start_at_time_zone: zone }
    const attrs = { summary: entry.summary, location: entry.place, all_day: false, court_rule: false }
    const type = idOf(store, 'calendar_entry_event_type', entry.type)
    const refs = { matter: entry.matter, calendar_owner: 501, calendar_entry_event_type: type }
    add('calendar_entry', entry.id, { attrs: { ...attrs, ...times, permission: 'editor' }, refs }, 30)
  }
}

function seedPapers(store: Store, now: number, add: Add): void {
  for (const paper of data.DOCUMENTS) {
    const attrs = {
      type: 'Document',
      name: paper.name,
      filename: paper.name,
      content_type: 'application/pdf',
      locked: false,
    }
    const refs = {
      matter: paper.matter,
      document_category: idOf(store, 'document_category', paper.category),
      creator: 64,
    }
    add('document', paper.id, { attrs: { ...attrs, received_at: isoTime(now - 40 * DAY) }, refs }, 40)
  }
  for (const bill of data.BILLS) {
    const client = data.MATTERS.find((one) => one.id === bill.matter)?.client ?? null
    const issued = now + bill.days * DAY
    const attrs = {
      number: bill.number,
      type: 'MatterBill',
      kind: 'revenue_kind',
      state: bill.paid ? 'paid' : 'awaiting_payment',
      total: bill.total,
      paid: bill.paid ? bill.total : 0,
      issued_at: date(issued),
      due_at: date(issued + 30 * DAY),
      ...(bill.paid ? { paid_at: isoTime(issued + 10 * DAY) } : {}),
    }
    add('bill', bill.id, { attrs, refs: { client, matters: [bill.matter], user: 61 } }, -bill.days)
  }
  for (const task of data.TASKS) {
    const user = USERS.find((one) => one.id === task.assignee)
    const who = {
      type: 'User',
      name: `${user?.first} ${user?.last}`,
      identifier: user?.email ?? null,
      enabled: true,
    }
    const attrs = {
      name: task.name,
      description: '',
      status: 'pending',
      priority: 'Normal',
      due_at: date(now + task.days * DAY),
    }
    const lists = { assignee: [store.embed({ attrs: who }, task.assignee)] }
    add('task', task.id, { attrs, refs: { matter: task.matter, assigner: 61 }, lists }, 3)
  }
}

const FIRST = [
  'Ana',
  'Ben',
  'Chloe',
  'Diego',
  'Elif',
  'Femi',
  'Gita',
  'Hugo',
  'Iris',
  'Jonas',
  'Kara',
  'Leo',
  'Mina',
  'Noor',
]
const LAST = [
  'Adler',
  'Bishop',
  'Cruz',
  'Dahl',
  'Egan',
  'Flores',
  'Grant',
  'Hale',
  'Ito',
  'Jensen',
  'Klein',
  'Lopez',
  'Mbeki',
]
const ZONES = [...new Set(CLIENTS.map((client) => client.zone))]
/** Area codes; with the exchange 555 and a line from 1000 up, each gives 9,000 numbers unlike the firm's own. */
const AREAS = [
  201, 202, 203, 206, 212, 213, 214, 215, 216, 303, 305, 310, 312, 313, 314, 404, 415, 503, 602, 617,
]

export interface BulkSeed {
  matters: number
  clients: number
  seed: number
  /** The same for all; mixed when absent. */
  preference?: string
}
export interface BulkResult {
  matters: { count: number; firstId: number | null; lastId: number | null }
  clients: { count: number; firstId: number | null; lastId: number | null }
}

/**
 * Adds many clients and matters, without telling anyone: for rehearsals of size. Every matter stands at
 * Intake; clients are dealt to them in turn. The same seed gives the same people.
 */
export function seedBulk(store: Store, bulk: BulkSeed): BulkResult {
  const random = randomFrom(bulk.seed)
  const [stage, practice] = [
    idOf(store, 'matter_stage', 'Intake'),
    idOf(store, 'practice_area', 'Personal Injury'),
  ]
  const base = store.collection('contact').byId.size
  const clients: number[] = []
  for (let i = 0; i < bulk.clients; i++) {
    const number = base + i
    const area = AREAS[Math.floor(number / 9_000) % AREAS.length]
    const phone = `+1${area}555${1_000 + (number % 9_000)}`
    const values = {
      'Contact preference': bulk.preference ?? pick(random, ['SMS', 'Both', 'Both', 'Email']),
      'Time zone': pick(random, ZONES),
      Language: random() < 0.15 ? 'es' : 'en',
    }
    const names = { first_name: pick(random, FIRST), last_name: pick(random, LAST) }
    const lists = contactPoints(store, phone, `client-${number}@load.example.com`)
    const made = store.add('contact', {
      attrs: { type: 'Person', ...names, is_client: true },
      lists: { ...lists, custom_field_values: customValues(store, values) },
    })
    clients.push(made.id)
  }
  const everyone = clients.length > 0 ? clients : [...store.all('contact')].map((row) => row.id)
  const matters: number[] = []
  const opened = date(store.now())
  const numberBase = store.collection('matter').byId.size
  for (let i = 0; i < bulk.matters; i++) {
    const client = everyone[i % everyone.length] as number
    const last = String(store.get('contact', client)?.attrs.last_name ?? 'Client')
    const number = 10_000 + numberBase + i
    const attrs = {
      number,
      display_number: `${number}-${last}`,
      description: `${last} v. Example Carrier`,
      status: 'Open',
    }
    const refs = { client, matter_stage: stage, practice_area: practice, responsible_attorney: 61 }
    matters.push(store.add('matter', { attrs: { ...attrs, billable: true, open_date: opened }, refs }).id)
  }
  const range = (ids: number[]) => ({
    count: ids.length,
    firstId: ids[0] ?? null,
    lastId: ids.at(-1) ?? null,
  })
  return { matters: range(matters), clients: range(clients) }
}

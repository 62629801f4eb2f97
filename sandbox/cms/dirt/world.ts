import { isRefusal } from '../errors.ts'
import { isoTime } from '../fields.ts'
import { makeCustomValue } from '../lists.ts'
import { pick } from '../random.ts'
import type { Store } from '../store.ts'
import type { Json, Row } from '../types.ts'

const DAY = 86_400_000

/** Given names and surnames that a careless check takes for dirt: particles, apostrophes, accents, short ones. */
const GIVEN = [
  'Ana',
  'Seán',
  'Al',
  'Mary-Jane',
  'JD',
  'Thu Hà',
  'Björn',
  'Noor',
  'De’Andre',
  'Inês',
  'Tess',
  'Bao',
  'Ngozi',
  'Joanna',
] as const
const FAMILY = [
  'O’Brien',
  'McKenzie',
  'van der Berg',
  'Li',
  'Núñez',
  'de la Cruz',
  'MacDonald',
  'Nguyễn',
  'Łukasik',
  'Testa',
  'Ng',
  'Incardona',
  'Duplessis',
  'Corpus',
  'Çelik',
  'Unknowles',
] as const
/** Not those of the bulk seed, whose numbers would be met again here. */
const AREAS = [702, 704, 713, 718, 720, 727, 732, 757] as const
const ZONES = ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'Europe/London'] as const
const STAGES = ['Investigation', 'Discovery', 'Mediation', 'Settlement Offer', 'Trial Prep'] as const

export const INACTIVE_USER = 67

/** A client with one open matter, a hearing, a document and a bill; each is dirtied at most once. */
export interface Case {
  client: Row
  matter: Row
  hearing: Row
  document: Row
  bill: Row
  number: number
}

export const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
export const at = (store: Store, days: number, hour = 15): string =>
  isoTime(Math.floor(store.now() / DAY) * DAY + days * DAY + hour * 3_600_000)

export const phoneOf = (n: number): string =>
  `+1${AREAS[Math.floor(n / 9_000) % AREAS.length]}555${1_000 + (n % 9_000)}`

export const stageNamed = (store: Store, name: string): number => {
  for (const row of store.all('matter_stage')) if (row.attrs.name === name) return row.id
  return store.add('matter_stage', { attrs: { name, order: 99 } }).id
}

const idNamed = (store: Store, model: string, name: string): number | null =>
  [...store.all(model)].find((row) => row.attrs.name === name)?.id ?? null

export function setPhones(store: Store, client: Row, phones: readonly (readonly [string, string])[]): void {
  client.lists.phone_numbers = phones.map(([name, number], i) =>
    store.embed({ attrs: { name, number, primary: i === 0 } }),
  )
}

export function setMails(store: Store, client: Row, mails: readonly string[]): void {
  client.lists.email_addresses = mails.map((address, i) =>
    store.embed({ attrs: { name: 'Home', address, primary: i === 0 } }),
  )
}

/** A field of the firm's own; `field_type` is the field's, or that of a second one of the same name. */
export function setField(store: Store, client: Row, name: string, value: string | null): void {
  const rest = (client.lists.custom_field_values ?? []).filter((held) => held.attrs.field_name !== name)
  client.lists.custom_field_values = rest
  const field = [...store.all('custom_field')].find((row) => row.attrs.name === name)
  if (field === undefined || value === null) return
  const made = makeCustomValue(store, field, value, 'control')
  if (made !== null && !isRefusal(made)) rest.push(made)
  // Imports write what they like past the form's check.
  else
    rest.push(
      store.embed({
        attrs: { field_name: name, field_type: 'text_line', value, soft_deleted: false },
        refs: { custom_field: field.id },
      }),
    )
}

export function setName(client: Row, first: string | null, last: string): void {
  const attrs: Record<string, Json> = client.attrs
  attrs.first_name = first
  attrs.last_name = last
}

/** Somebody who left the firm, as Clio keeps such users. */
export function ensureInactiveUser(store: Store): void {
  if (store.get('user', INACTIVE_USER)) return
  const attrs = { first_name: 'Harold', last_name: 'Quist', email: 'harold.quist@harborpike.example.com' }
  store.add(
    'user',
    { attrs: { ...attrs, enabled: false, subscription_type: 'Attorney', roles: [] } },
    { id: INACTIVE_USER },
  )
}

export function addClient(store: Store, random: () => number, n: number): Row {
  const client = store.add('contact', { attrs: { type: 'Person', is_client: true } })
  // A number in the name keeps people apart, written as an inscription would.
  setName(client, `${pick(random, GIVEN)} ${letters(n)}`, pick(random, FAMILY))
  setPhones(store, client, [['Mobile', phoneOf(n)]])
  setMails(store, client, [`person-${n}@post.example.net`])
  setField(store, client, 'Contact preference', 'Both')
  setField(store, client, 'Time zone', pick(random, ZONES))
  setField(store, client, 'Language', random() < 0.2 ? 'es' : 'en')
  setField(store, client, 'Pause automation', 'false')
  return client
}

/** 0 is Ba, 1 is Ca, …: a middle name that nobody shares. */
function letters(n: number): string {
  const consonants = 'bcdfghjklmnprstvz'
  let text = ''
  for (let rest = n + 17; rest > 0; rest = Math.floor(rest / 85)) {
    const syllable = rest % 85
    text += `${consonants[Math.floor(syllable / 5)]}${'aeiou'[syllable % 5]}`
  }
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function addMatter(store: Store, random: () => number, client: Row, n: number): Case {
  const title = `${String(client.attrs.last_name)} v. Example Carrier`
  const matter = store.add('matter', {
    attrs: {
      number: 70_000 + n,
      display_number: `${70_000 + n}-${String(client.attrs.last_name)}`,
      description: title,
      status: 'Open',
      billable: true,
      billing_method: 'contingency',
      open_date: date(store.now() - 90 * DAY),
      matter_stage_updated_at: isoTime(store.now() - 20 * DAY),
    },
    refs: {
      client: client.id,
      matter_stage: stageNamed(store, pick(random, STAGES)),
      practice_area: idNamed(store, 'practice_area', 'Personal Injury'),
      responsible_attorney: pick(random, [61, 62, 63]),
    },
  })
  setStatute(store, matter, date(store.now() + 400 * DAY))
  const hearing = store.add('calendar_entry', {
    attrs: {
      summary: `Hearing, ${title}`,
      location: 'Courtroom 4B',
      start_at: at(store, 20 + (n % 60)),
      end_at: at(store, 20 + (n % 60), 16),
      all_day: false,
      permission: 'editor',
    },
    refs: {
      matter: matter.id,
      calendar_owner: [...store.all('calendar')][0]?.id ?? null,
      calendar_entry_event_type: idNamed(store, 'calendar_entry_event_type', 'Hearing'),
    },
  })
  const document = store.add('document', {
    attrs: { type: 'Document', name: `Retainer ${n}.pdf`, filename: `retainer-${n}.pdf`, locked: false },
    refs: { matter: matter.id },
  })
  const bill = store.add('bill', {
    attrs: {
      number: String(80_000 + n),
      type: 'MatterBill',
      kind: 'revenue_kind',
      state: 'paid',
      total: 250,
      paid: 250,
      issued_at: date(store.now() - 40 * DAY),
      due_at: date(store.now() - 10 * DAY),
      paid_at: at(store, -12),
    },
    refs: { client: client.id, matters: [matter.id] },
  })
  return { client, matter, hearing, document, bill, number: n }
}

export function setStatute(store: Store, matter: Row, due: string | null, status = 'pending'): void {
  if (due === null) {
    matter.refs.statute_of_limitations = null
    return
  }
  const task = store.add('task', {
    attrs: {
      name: 'Statute of limitations',
      status,
      priority: 'High',
      due_at: due,
      statute_of_limitations: true,
    },
    refs: { matter: matter.id, assigner: 61 },
  })
  matter.refs.statute_of_limitations = task.id
}

/** What need not be said at once is said together, once, and only what is still true and allowed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { changeWishes } from '../../src/modules/facts/index.ts'
import type { ClientWishes } from '../../src/modules/moments/index.ts'
import { applyChanged } from '../support/signed.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })
let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.settled()
})
afterAll(() => world.close())

/** Aiyana Begay, Phoenix, by text and mail. The world begins at 11:00 on a Tuesday there. */
const aiyana = { phone: '+16025550113', mail: 'aiyana.begay@example.com', matter: 21003 }
/** James Whitfield, Los Angeles, texts only. */
const james = { phone: '+13105550112', matter: 21002 }
let before = new Map<string, number>()
const count = async (to: string) => (await world.messages({ to })).length
beforeEach(async () => {
  await world.runtime.subscribe(world.firmId)
  before = new Map()
  for (const to of [aiyana.phone, aiyana.mail, james.phone]) before.set(to, await count(to))
})
const told = async (to: string) => (await world.messages({ to })).slice(before.get(to))

const cms = async (path: string, body: object) => {
  const { data } = (await world.control('POST', `/_sandbox/cms/${path}`, body)) as { data: { id: number } }
  await world.settled()
  return data.id
}
const share = (name: string, matter = aiyana.matter) =>
  cms('documents', { name, matter: { id: matter }, document_category: { name: 'Client copies' } })
const invoice = (number: string, total: number, matter = aiyana.matter) =>
  cms('bills', { number, total, state: 'awaiting_payment', matters: [{ id: matter }] })
const wish = async (matter: number, wishes: { [K in keyof ClientWishes]?: ClientWishes[K] | null }) => {
  const [row] = await world.rows<{ client_id: never }>(
    'select client_id from matters where external_id = $1',
    [String(matter)],
  )
  await world.runtime.db.forFirm(world.firmId, (tx) =>
    changeWishes(tx, row!.client_id, wishes, 'test', world.clock.now()),
  )
}
/** The next time that a clock in Los Angeles shows it. */
const comes = async (plainTime: string) => {
  const today = world.clock.now().toZonedDateTimeISO('America/Los_Angeles').withPlainTime(plainTime)
  const next =
    Temporal.Instant.compare(today.toInstant(), world.clock.now()) > 0 ? today : today.add({ days: 1 })
  await world.advance(world.clock.now().until(next.toInstant()))
}
const digests = () =>
  world.rows<{ state: string; outcome: string | null }>(
    'select state, outcome from digests order by opened_at, id',
  )
const listed = (text: string | null) => text?.split('\n').filter((line) => line.startsWith('- ')) ?? []

describe('three documents, an invoice and a hearing in an hour', () => {
  it('are the hearing at once and one mail of four lines', async () => {
    await share('Complaint, as filed.pdf')
    await world.advance({ minutes: 10 })
    await share('Answer of the defendant.pdf')
    await share('Scheduling order.pdf')
    await world.advance({ minutes: 10 })
    await invoice('4001', 1250.5)
    expect(await told(aiyana.mail)).toEqual([])
    await cms('calendar_entries', {
      summary: 'Motion hearing',
      start_at: '2030-11-20T18:00:00Z',
      end_at: '2030-11-20T19:00:00Z',
      matter: { id: aiyana.matter },
      calendar_entry_event_type: { name: 'Hearing' },
    })
    expect((await told(aiyana.mail)).map((m) => m.subject)).toEqual([expect.stringMatching(/date/i)])
    await world.advance({ minutes: 39 })
    expect(await told(aiyana.mail)).toHaveLength(1)
    await world.advance({ minutes: 1 })
    const mail = (await told(aiyana.mail))[1]!
    expect(mail.subject).toBe('Your update from Harbor & Pike')
    expect(listed(mail.text)).toEqual([
      '- A document is ready for you: Complaint, as filed.pdf',
      '- A document is ready for you: Answer of the defendant.pdf',
      '- A document is ready for you: Scheduling order.pdf',
      '- Invoice 4001: $1,250.50, due Thursday, November 14, 2030',
    ])
    await world.advance({ hours: 3 })
    expect(await told(aiyana.mail)).toHaveLength(2)
    // By the first channel alone: what can wait needs no text beside the mail.
    expect((await told(aiyana.phone)).filter((m) => m.text?.includes('update'))).toEqual([])
    expect(await digests()).toEqual([{ state: 'closed', outcome: 'digest' }])
  })

  it('leads to a page that shows the same, and lets the client choose how often', async () => {
    const mail = (await world.messages({ to: aiyana.mail })).at(-1)!
    const link = /https?:\/\/\S+\/digests\/[\w-]+/.exec(mail.text!)![0]
    const page = await fetch(link)
    expect(page.status).toBe(200)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('cache-control')).toBe('no-store')
    const html = await page.text()
    expect(html).toContain('<li>Invoice 4001: $1,250.50, due Thursday, November 14, 2030</li>')
    const wrong = link.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A'))
    expect((await fetch(wrong)).status).toBe(404)
    const chosen = await fetch(link, { method: 'POST', body: new URLSearchParams({ updates: 'weekly' }) })
    expect(await chosen.text()).toContain('value="weekly" required checked')
    expect((await fetch(link, { method: 'POST', body: new URLSearchParams({ updates: 'x' }) })).status).toBe(
      400,
    )
    expect((await world.rows(`select wishes from clients where external_id = '11003'`))[0]).toEqual({
      wishes: { updates: 'weekly' },
    })
    await wish(aiyana.matter, { updates: null })
  })

  it('expires after two weeks', async () => {
    const mail = (await world.messages({ to: aiyana.mail })).at(-1)!
    const link = /https?:\/\/\S+\/digests\/[\w-]+/.exec(mail.text!)![0]
    for (let day = 0; day < 15; day++) await world.advance({ hours: 24 })
    expect((await fetch(link)).status).toBe(410)
  })
})

describe('one thing alone', () => {
  it('is sent as itself when its window ends', async () => {
    await share('Retainer agreement.pdf')
    await world.advance({ minutes: 59 })
    expect(await told(aiyana.mail)).toEqual([])
    await world.advance({ minutes: 1 })
    expect((await told(aiyana.mail)).map((m) => m.subject)).toEqual(['A document is ready for you'])
  })
})

describe('what is no longer so when the window ends', () => {
  it('is left out: a document that is gone, an invoice that was paid meanwhile', async () => {
    const gone = await share('Draft.pdf')
    const paid = await invoice('4002', 80)
    await share('Order one.pdf')
    await share('Order two.pdf')
    await world.control('DELETE', `/_sandbox/cms/documents/${gone}`)
    await world.control('PATCH', `/_sandbox/cms/bills/${paid}`, { state: 'paid', paid: 80 })
    // Both are known before the window ends.
    await world.settled()
    await world.advance({ hours: 1 })
    const mails = await told(aiyana.mail)
    expect(mails.map((m) => m.subject)).toContain('Your update from Harbor & Pike')
    const digest = mails.find((m) => m.subject?.startsWith('Your update'))!
    expect(listed(digest.text)).toEqual([
      '- A document is ready for you: Order one.pdf',
      '- A document is ready for you: Order two.pdf',
    ])
  })

  it('is nothing after STOP: no digest', async () => {
    await share('Interrogatories.pdf', james.matter)
    await invoice('4003', 99, james.matter)
    await share('Notice.pdf', james.matter)
    await world.text(james.phone, 'STOP')
    await world.settled()
    const confirmed = await count(james.phone)
    await world.advance({ hours: 2 })
    expect(await count(james.phone)).toBe(confirmed)
    expect((await digests()).at(-1)).toEqual({ state: 'closed', outcome: 'nothing' })
    await world.text(james.phone, 'START')
    await world.settled()
  })

  it('waits while the client is paused, and is said together afterwards', async () => {
    await world.changeField(11003, 'Pause automation', 'true')
    await share('While paused.pdf')
    await world.advance({ hours: 2 })
    expect(await told(aiyana.mail)).toEqual([])
    await world.changeField(11003, 'Pause automation', 'false')
    await share('Afterwards.pdf')
    await world.advance({ hours: 1, minutes: 5 })
    const digest = (await told(aiyana.mail)).find((m) => m.subject?.startsWith('Your update'))!
    expect(listed(digest.text)).toEqual([
      '- A document is ready for you: While paused.pdf',
      '- A document is ready for you: Afterwards.pdf',
    ])
    await world.advance({ hours: 20 })
    expect((await told(aiyana.phone)).filter((m) => m.text?.includes('document'))).toEqual([])
  })
})

describe('a text', () => {
  it('counts, and links to the page, in two segments', async () => {
    await comes('10:00')
    await share('One.pdf', james.matter)
    await share('Two.pdf', james.matter)
    await share('Three.pdf', james.matter)
    await world.advance({ hours: 1 })
    const [text, ...more] = await told(james.phone)
    expect(more).toEqual([])
    expect(text!.text).toContain('has 3 updates for you')
    const [row] = await world.rows<{ segments: number }>(
      'select segments from messages where carries is not null and channel = $1 order by created_at desc limit 1',
      ['sms'],
    )
    expect(row!.segments).toBeLessThanOrEqual(2)
    const html = await (await fetch(/https?:\/\/\S+/.exec(text!.text!)![0])).text()
    expect(html.match(/<li>/g)).toHaveLength(3)
  })

  it('waits for the end of quiet hours when its window ends in them', async () => {
    await comes('20:30')
    await share('Late one.pdf', james.matter)
    await share('Late two.pdf', james.matter)
    await world.advance({ hours: 2 })
    expect(await told(james.phone)).toEqual([])
    // Till 08:00, and the ten minutes over which what waited leaves.
    await comes('07:59')
    expect(await told(james.phone)).toEqual([])
    await comes('08:10')
    expect(await told(james.phone)).toHaveLength(1)
  })
})

describe('a client who chose', () => {
  it('once a day gets it at five, on their own clock', async () => {
    await wish(james.matter, { updates: 'daily' })
    await comes('10:00')
    await share('Daily one.pdf', james.matter)
    await share('Daily two.pdf', james.matter)
    await world.advance({ hours: 6, minutes: 59 })
    expect(await told(james.phone)).toEqual([])
    await world.advance({ minutes: 1 })
    expect(await told(james.phone)).toHaveLength(1)
  })

  it('each thing at once gets each at once', async () => {
    await wish(james.matter, { updates: 'at_once' })
    await share('Now.pdf', james.matter)
    expect((await told(james.phone)).map((m) => m.text)).toEqual([expect.stringContaining('Now.pdf')])
    await wish(james.matter, { updates: null })
  })
})

describe('a digest that may not leave as it was written', () => {
  it('is taken apart: after the pause what is still true is said, once', async () => {
    await world.fault([{ provider: 'sendgrid', kind: 'status', status: 503 }])
    await share('First.pdf')
    await share('Second.pdf')
    const third = await share('Third.pdf')
    await world.advance({ hours: 1 })
    expect(await told(aiyana.mail)).toEqual([])
    // It was tried, and will be again; meanwhile one of what it says is gone.
    await world.control('DELETE', `/_sandbox/cms/documents/${third}`)
    await world.settled()
    await world.clearFaults()
    await world.advance({ minutes: 2 })
    await world.advance({ minutes: 2 })
    const mails = await told(aiyana.mail)
    expect(mails.map((m) => listed(m.text))).toEqual([
      ['- A document is ready for you: First.pdf', '- A document is ready for you: Second.pdf'],
    ])
    expect((await digests()).map((d) => d.outcome)).toContain('apart')
  })

  it('says nothing of a purpose that was withdrawn since', async () => {
    await share('Kept.pdf')
    await share('Kept too.pdf')
    await invoice('4009', 10)
    await world.fault([{ provider: 'sendgrid', kind: 'status', status: 503 }])
    await world.advance({ hours: 1 })
    const { recordConsent } = await import('../../src/modules/consent/index.ts')
    await world.runtime.db.forFirm(world.firmId, (tx) =>
      recordConsent(tx, {
        channel: 'email',
        address: aiyana.mail,
        purpose: 'billing',
        granted: false,
        how: 'said so',
        by: 'client',
        at: world.clock.now(),
      }),
    )
    await world.clearFaults()
    await world.advance({ minutes: 2 })
    await world.advance({ minutes: 2 })
    const mails = await told(aiyana.mail)
    expect(mails.map((m) => listed(m.text))).toEqual([
      ['- A document is ready for you: Kept.pdf', '- A document is ready for you: Kept too.pdf'],
    ])
  })
})

describe('a firm that changes its mind', () => {
  it('has what waited said as its rules are then', async () => {
    await share('Waits.pdf')
    await applyChanged(world, {
      'rules.yaml': [
        ['      template: document-shared\n      digest: updates\n', '      template: document-shared\n'],
      ],
    })
    await world.settled()
    await world.advance({ hours: 1 })
    expect((await told(aiyana.mail)).map((m) => m.subject)).toEqual(['A document is ready for you'])
    await applyChanged(world, {})
  })
})

it('one that can never be ended is put off with an alert, and does not stand before the others', async () => {
  // Mails, whatever the hour.
  const maria = { mail: 'maria.santos@example.com', matter: 21001 }
  before.set(maria.mail, await count(maria.mail))
  await wish(aiyana.matter, { updates: null })
  for (const matter of [aiyana.matter, maria.matter])
    for (const name of ['One more.pdf', 'And another.pdf']) await share(name, matter)
  const [bad] = await world.rows<{ id: string }>(
    `select d.id from digests d join clients c on c.id = d.client_id where d.state = 'open' and c.name = 'Aiyana Begay'`,
  )
  // Stands for a fault of ours that only this one row runs into.
  const { adminPool } = world.database
  await adminPool.query(`create function refuse_digest() returns trigger language plpgsql as
    $$ begin if new.id = '${bad!.id}' and new.state <> 'open' then raise exception using errcode = '23514'; end if; return new; end $$`)
  await adminPool.query(
    'create trigger refuse_digest before update on digests for each row execute function refuse_digest()',
  )
  await world.advance({ hours: 1 })
  expect((await told(maria.mail)).map((m) => m.subject)).toEqual(['Sus novedades de Harbor & Pike'])
  expect(await told(aiyana.mail)).toEqual([])
  const alerts = await world.rows<{ detail: { fault: string } }>(
    `select detail from alerts where kind = 'digest_stuck'`,
  )
  expect(alerts).toMatchObject([{ detail: { fault: 'database error 23514' } }])
  await adminPool.query('drop trigger refuse_digest on digests')
  await world.advance({ minutes: 16 })
  expect((await told(aiyana.mail)).map((m) => m.subject)).toEqual(['Your update from Harbor & Pike'])
})

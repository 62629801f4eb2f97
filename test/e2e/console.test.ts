/** The staff console, in a real browser against a running deployment. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../src/modules/staff/index.ts'
import { axeFinds, axeFindsInBoth } from '../support/axe.ts'
import { busyDay, type Seen, still } from '../support/console.ts'
import { addressOf, consolePages } from '../support/console-pages.ts'
import { type Office, useOffice, write } from '../support/office.ts'

const office = useOffice(busyDay)
let page: Page & Seen

const open = async (...given: Parameters<Office['open']>) => {
  page = await office.open(...given)
}
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor()

describe('did she get it?', () => {
  it('is answered by the search box: "/", the name, Enter; the answer comes first', async () => {
    await open('/')
    await page.keyboard.press('/')
    await write(page, 'Maria Santos')
    await page.keyboard.press('Enter')
    const answer = page.locator('.answer')
    await answer.waitFor()
    expect(await answer.textContent()).toMatch(/^Yes\s*Delivered Tue, Oct 15, 14:00 · answered 14:00/)
    expect(await page.title()).toBe('Maria Santos · Tipstaff')
  })

  it('and how it came about: event, rule with what decided, gates, version of the template, attempt, receipt', async () => {
    await open('/trace?q=%2B12015550111')
    const story = page.locator('.story').first()
    const words = await story.locator('.step-word').allInnerTexts()
    expect([...new Set(words)]).toEqual(
      expect.arrayContaining(['Event', 'Rule', 'Gates', 'Message', 'Attempt 1', 'Receipt']),
    )
    expect(await story.textContent()).toMatch(/Status update, version \d+, es/)
    await story.getByText('Show the words').first().click()
    const said = (await office.world.messages({ to: '+12015550111' }))[0]!.text
    expect(await story.locator('.words').first().textContent()).toBe(said)
  })

  it('names the client’s own clock where it shows another time', async () => {
    await open('/trace?q=Oliver%20Hartley')
    expect(await page.locator('.answer').textContent()).toContain('in London')
  })

  it('asks whom is meant where several fit, and says so where nobody does', async () => {
    await open('/trace?q=nobody%20at%20all')
    await seen('Nothing fits “nobody at all”.')
    await office.world.rows(
      `insert into clients (firm_id, id, connection_id, external_id, name, observed_at)
       select firm_id, gen_random_uuid(), connection_id, 'twin', name, observed_at from clients where name = 'Oliver Hartley'`,
    )
    await open('/trace?q=Oliver%20Hartley')
    await seen('Oliver Hartley')
    const links = page.locator('.candidates a')
    await expect.poll(() => links.count()).toBe(2)
    await links.first().click()
    await page.locator('.card').first().waitFor()
    await office.world.rows(`delete from clients where external_id = 'twin'`)
  })

  it('speaks Spanish', async () => {
    await open('/trace?q=Maria%20Santos', { language: 'es' })
    expect(await page.locator('.answer').textContent()).toMatch(/^Sí\s*Entregado mar, 15 oct, 14:00/)
    expect(await page.locator('html').getAttribute('lang')).toBe('es')
  })

  it('says in Spanish also why somebody did not get it, with the provider’s own words behind', async () => {
    await open('/trace?q=James%20Whitfield', { language: 'es' })
    const lines = await page.locator('.answer, .small-answer').allInnerTexts()
    expect(lines.length).toBeGreaterThan(1)
    expect(lines[0]).toMatch(/^No\s+(Twilio no pudo entregarlo|Abandonado después de \d+ intentos) · \d+/)
    for (const line of lines)
      expect(line).not.toMatch(/\b(held|paused|until|could not|refused|attempts?|delivered|no rule|waits)\b/i)
  })
})

describe('what goes out', () => {
  it('is shown on Today as it goes, each with the way to its story', async () => {
    await open('/')
    const goingOut = page.getByRole('region', { name: 'What goes out' })
    const rows = goingOut.getByRole('listitem')
    await rows.first().waitFor()
    const [{ number } = { number: '' }] = await office.world.rows<{ number: string }>(
      `select number from matters where external_id = '21003'`,
    )
    const matter = page.getByRole('link', { name: number, exact: true })
    const before = await matter.count()
    await office.world.changeStage(21003, 'Mediation')
    await office.world.settled()
    await expect.poll(() => matter.count(), { timeout: 20_000 }).toBeGreaterThan(before)
    await rows.filter({ has: matter }).getByText('Delivered').first().waitFor()
    await goingOut.getByRole('link', { name: 'See all: What goes out' }).click()
    await page.getByRole('heading', { name: 'Messages', level: 1 }).waitFor()
    await still(page)
    await page.keyboard.press('j')
    await page.keyboard.press('w')
    await page.locator('.story').first().waitFor()
  })
})

describe('by keyboard alone', () => {
  it('a dead letter on Today is tried again, and arrives', async () => {
    await open('/')
    await page.getByRole('region', { name: 'Dead letters' }).getByText('James Whitfield').waitFor()
    await page.keyboard.press('j')
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toMatch(
      /^James Whitfield/,
    )
    await page.keyboard.press('r')
    await seen('1 message is tried again now')
    await office.world.settled()
    expect(await office.world.messages({ to: '+13105550112' })).toHaveLength(1)
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.getByRole('heading', { name: 'Dead letters', level: 1 }).waitFor()
    await still(page)
    expect(await page.getByText('James Whitfield').count()).toBe(0)
  })

  it('a message that waits for the morning is taken back, and does not go', async () => {
    await open('/held')
    const row = page.locator('[data-row]', { has: page.getByRole('button', { name: 'Take back' }) }).first()
    const name = (await row.getAttribute('aria-label'))!.split(':')[0]!
    await row.focus()
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog', { name: `Take back the message to ${name}?` })
    await dialog.waitFor()
    expect(await axeFinds(page)).toEqual([])
    await write(page, 'Settled on the phone')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await seen(`Taken back: the message to ${name} does not go`)
    const [kept] = await office.world.rows<{ state: string; reason: string }>(
      `select m.state, a.data ->> 'reason' as reason from audit_entries a
         join messages m on a.subject = 'message:' || m.id where a.action = 'message.withdrawn'`,
    )
    expect(kept).toEqual({ state: 'cancelled', reason: 'Settled on the phone' })
  })

  it('"?" lists the keys, and Escape leaves', async () => {
    await open('/')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('the first Tab leads past the navigation', async () => {
    await open('/')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
  })
})

describe('the red button', () => {
  it('stops the client whose page it is, tells everybody, and lets go', async () => {
    await open('/trace?q=Priya%20Raman')
    await page.getByRole('button', { name: 'Stop messages to Priya Raman' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Why').fill('Mr Hale calls her himself')
    await dialog.getByRole('button', { name: 'Stop now' }).click()
    await dialog.waitFor({ state: 'detached' })
    const banner = page.getByRole('region', { name: 'What is paused' })
    await banner.getByText('Messages to Priya Raman are stopped.').waitFor()
    expect(await office.world.rows('select reason from pauses')).toEqual([
      { reason: 'Mr Hale calls her himself' },
    ])
    await page.goto('/held')
    await still(page)
    await banner.getByRole('button', { name: 'Resume messages: Priya Raman' }).click()
    await banner.waitFor({ state: 'detached' })
  })
})

describe('a line that drops', () => {
  it('after it was done and before it was told: the page asks again by itself, and it is done once', async () => {
    await open('/trace?q=Priya%20Raman')
    const keys: (string | undefined)[] = []
    await page.route(
      '**/api/v1/pauses',
      async (route) => {
        keys.push(route.request().headers()['idempotency-key'])
        await route.fetch()
        await route.abort('connectionreset')
      },
      { times: 1 },
    )
    page.on('request', (request) => {
      if (request.method() === 'POST') keys.push(request.headers()['idempotency-key'])
    })
    await page.getByRole('button', { name: 'Stop messages to Priya Raman' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Why').fill('The line drops')
    await dialog.getByRole('button', { name: 'Stop now' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await office.world.rows(`select id from pauses where reason = 'The line drops'`)).toHaveLength(1)
    expect(keys.length).toBeGreaterThan(1)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(keys).size).toBe(1)
    expect(page.complaints.splice(0).every((one) => one.includes('ERR_CONNECTION_RESET'))).toBe(true)
    await page.getByRole('button', { name: 'Resume messages: Priya Raman' }).click()
    await page.getByRole('region', { name: 'What is paused' }).waitFor({ state: 'detached' })
  })
})

describe('what others wrote', () => {
  const evil = '<img src=x onerror=alert(1)>'
  it('stays text: the name of a contact, the title of a matter, the words of an SMS', async () => {
    const { world } = office
    await world.control('PATCH', '/_sandbox/cms/contacts/11010', { first_name: evil })
    await world.control('PATCH', '/_sandbox/cms/matters/21010', { description: `${evil}"'--></script>` })
    await world.settled()
    await world.changeStage(21010, 'Mediation')
    await world.settled()
    await world.text('+17865550120', `${evil}<script>alert(2)</script>`)
    await world.settled()
    await open('/trace?q=%2B17865550120')
    await seen(`${evil}<script>alert(2)</script>`)
    expect(await page.locator('h1').textContent()).toContain(evil)
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    for (const path of ['/', '/tasks', '/held']) {
      await page.goto(path)
      await still(page)
      expect(await page.locator('img[src="x"]').count()).toBe(0)
    }
  })

  it('stays text: the name of a file, and of a deposition whose transcript is missing', async () => {
    const { world } = office
    const file = `"><svg onload=alert(3)>${evil}.pdf`
    await world.control('POST', '/_sandbox/dms/documents', { matter: '21008', name: file, category: evil })
    await world.control('POST', '/_sandbox/cms/calendar_entries', {
      summary: `Deposition of ${evil}`,
      matter_id: 21008,
      calendar_entry_event_type: { name: 'Deposition' },
      start_at: '2024-10-01T15:00:00Z',
      end_at: '2024-10-01T17:00:00Z',
    })
    await world.settled()
    for (const stage of ['Discovery', 'Discovery Complete']) {
      await world.changeStage(21008, stage)
      await world.settled()
    }
    await world.settled()
    await world.advance({ hours: 24 * 7 + 1 })
    await world.settled()
    const inert = async () =>
      expect(await page.locator('img[src="x"], svg[onload], main script').count()).toBe(0)
    await open('/trace?q=21008&as=matter&quiet=true')
    // What is opened holds more to open.
    const closed = page.locator('main details:not([open]) > summary, main button[aria-expanded="false"]')
    while ((await closed.count()) > 0) await closed.first().click()
    await seen(file)
    await inert()
    for (const path of ['/held', '/tasks', '/']) {
      await page.goto(path)
      await still(page)
      if (path !== '/') await seen(/Deposition of <img src=x/)
      await inert()
    }
  })
})

describe('signing in', () => {
  const password = 'a sentence that nobody guesses'
  const fill = async (given: string) => {
    await page.getByLabel('Mail address').fill('dana.whitlock@example.com')
    await page.locator('input[name=password]').fill(given)
    await page.keyboard.press('Enter')
  }

  it('is asked of whoever has no session, and leads back to where they wanted to go', async () => {
    page = await office.page({}, false)
    await page.goto('/held')
    await page.getByRole('heading', { name: 'Sign in to Tipstaff' }).waitFor()
    await fill('not it at all, really')
    await page.getByRole('alert').waitFor()
    await fill(password)
    await page.getByRole('heading', { name: 'Held', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Your account and settings' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Tipstaff' }).waitFor()
    await page.goto('/held')
    await page.getByRole('heading', { name: 'Sign in to Tipstaff' }).waitFor()
  })

  it('begins with an invitation, whose link works once', async () => {
    const { world } = office
    const firm = { db: world.runtime.db, firmId: world.firmId }
    const acting = { by: 'test', now: world.clock.now(), newId: world.runtime.newId }
    const invited = await firm.db.forFirm(firm.firmId, (tx) =>
      invite(tx, { name: 'Nadia Ortiz', email: 'nadia@harborpike.example', role: 'read_only' }, acting),
    )
    page = await office.page({}, false)
    await page.goto(`/join#${invited!.token}`)
    await page.getByRole('heading', { name: 'Join Harbor & Pike' }).waitFor()
    await seen('You will be able to see everything and change nothing.')
    await page.locator('input[name=password]').fill('short')
    await page.keyboard.press('Enter')
    // The browser itself asks for more; nothing was sent.
    await page.getByRole('heading', { name: 'Join Harbor & Pike' }).waitFor()
    await page.locator('input[name=password]').fill('a sentence of her own')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    // What she may not do is not offered.
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
    await page.goto('about:blank')
    await page.goto(`/join#${invited!.token}`)
    await seen('This invitation is not good')
  })
})

describe('news', () => {
  it('is there by itself within a second or two, without anybody asking', async () => {
    await open('/tasks')
    const before = await page.getByText('A client wrote by text').count()
    await office.world.text('+13475550118', 'What time is it tomorrow?')
    await office.world.settled()
    await expect
      .poll(() => page.getByText('A client wrote by text').count(), { timeout: 5_000 })
      .toBe(before + 1)
  })
})

describe('the search box', () => {
  it('offers who is meant while somebody types, by keyboard alone', async () => {
    await open('/')
    await page.keyboard.press('/')
    await write(page, 'whitf')
    await page.getByRole('option', { name: /^James Whitfield/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'James Whitfield', level: 1 }).waitFor()
  })
})

describe('every page, light and dark', () => {
  let shown: Page
  beforeAll(async () => {
    shown = await office.lasting()
  })
  it.each(consolePages)('$name has nothing that axe finds wrong', async ({ path }) => {
    await shown.goto(await addressOf(office.world, path))
    await still(shown)
    expect(await axeFindsInBoth(shown)).toEqual([])
  })
})

describe('the page itself', () => {
  it('may run our files only, and is never kept; its files are kept for ever, and come packed', async () => {
    page = await office.page()
    const { appUrl } = office.world
    const first = await fetch(`${appUrl}/trace`)
    const again = await fetch(`${appUrl}/trace`)
    const policy = first.headers.get('content-security-policy')!
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w+/]{24}'; /)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(policy).not.toBe(again.headers.get('content-security-policy'))
    expect(first.headers.get('cache-control')).toBe('no-store')
    const html = await first.text()
    expect(html).toContain(/'nonce-([^']+)'/.exec(policy)![1])
    expect(html).not.toContain('__NONCE__')
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)![1]!
    for (const encoding of ['br', 'gzip']) {
      const file = await fetch(`${appUrl}${script}`, { headers: { 'accept-encoding': encoding } })
      expect(file.headers.get('content-encoding')).toBe(encoding)
      expect(file.headers.get('cache-control')).toContain('immutable')
      expect((await file.text()).length).toBeGreaterThan(10_000)
    }
    expect((await fetch(`${appUrl}/assets/..%2fmanifest.json`)).status).toBe(404)
  })
})

/**
 * A day of a person at a law firm, from the sign-in link on and by keyboard alone: a status that changes
 * and arrives, a wrong number, a status that nobody mapped, a pause, a template that clients did not understand.
 */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { firstOwnerLinks } from '../../src/main/first-owner.ts'
import { type Seen, still } from '../support/console.ts'
import { useOffice, write } from '../support/office.ts'

const office = useOffice(undefined, 'nobody')
let page: Page & Seen

const open = async (path: string) => {
  page = await office.page({ host: 'localhost' })
  page.setDefaultTimeout(10_000)
  await page.goto(path)
  await still(page)
}
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor()
const focused = () =>
  page.evaluate(
    `(() => { const at = document.activeElement; return at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent })()`,
  ) as Promise<string>
/** Presses a key until the focus is where it should be. */
const press = async (key: string, until: string | RegExp) => {
  const there = (name: string) => (typeof until === 'string' ? name.trim() === until : until.test(name))
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press(key)
    if (there((await focused()) ?? '')) return
  }
  throw new Error(`${key} never came to ${until}; it is at ${await focused()}`)
}
const go = async (letter: string, heading: string) => {
  await page.keyboard.press('g')
  await page.keyboard.press(letter)
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  await still(page)
}
const told = async (to: string) => (await office.world.messages({ to })).map((m) => m.text)
const maria = '+12015550111'

describe('a day at the console, by keyboard alone', () => {
  it('begins with the link of the first start: it makes the firm’s first owner, once', async () => {
    const [first] = await firstOwnerLinks(office.world.runtime)
    const link = new URL(first!.link)
    page = await office.page({ host: 'localhost' }, false)
    await page.goto('/')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.goto(`${link.pathname}${link.hash}`)
    await press('Tab', /^Your name/)
    await write(page, 'Dana Whitlock')
    await press('Tab', /^Mail address/)
    await write(page, 'dana.whitlock@example.com')
    await press('Tab', /^Password/)
    await write(page, 'a sentence that nobody guesses')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    await still(page)
    await office.keep(page)

    await page.context().clearCookies()
    await page.goto(`${link.pathname}${link.hash}`)
    await seen(/^This invitation is not good/)
  })

  it('a status changes in the CMS, and a second later the console says that she got it', async () => {
    await open('/')
    await page.keyboard.press('/')
    await write(page, 'Maria Santos')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Maria Santos', level: 1 }).waitFor()
    await still(page)
    await office.world.changeStage(21001, 'Mediation')
    await office.world.settled()
    await page.locator('.answer').getByText('Delivered').waitFor({ timeout: 5_000 })
    expect(await told(maria)).toHaveLength(1)
  })

  it('a wrong number is corrected in the dead letter itself, and the message arrives there', async () => {
    const { world } = office
    await world.changePhone(11004, '+15005550001')
    await world.changeStage(21004, 'Complaint Filed')
    await world.settled()
    await open('/')
    await go('d', 'Dead letters')
    await press('j', /Status update/)
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'Correct the number…' })
    await dialog.waitFor()
    await page.keyboard.press('Control+A')
    await write(page, '(310) 555-0198')
    await page.keyboard.press('Enter')
    await seen('1 message goes to +13105550198 now')
    await world.settled()
    expect(await told('+13105550198')).toHaveLength(1)
    await seen('No dead letters.')
  })

  it('a number that is none is refused in words that help, and the letter is still there', async () => {
    const { world } = office
    await world.changePhone(11003, '+15005550001')
    await world.changeStage(21003, 'Investigation')
    await world.settled()
    await open('/dead-letters')
    await press('j', /Status update/)
    await page.keyboard.press('c')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Control+A')
    await write(page, '12')
    await page.keyboard.press('Enter')
    await seen(/not a number that is in use/)
    await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'Status update' }).count()).toBe(1)
  })

  it('a status that nobody mapped is given its meaning, and the client hears of it', async () => {
    const { world } = office
    await world.changeStage(21009, 'Quite Another Stage')
    await world.settled()
    const before = await world.messages()
    await open('/')
    await go('m', 'States')
    await press('j', 'Quite Another Stage')
    await press('Tab', 'Which state does “Quite Another Stage” mean?')
    await write(page, 'Awaiting')
    await page.getByRole('option', { name: 'Awaiting documents' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await press('Tab', 'Map')
    await page.keyboard.press('Enter')
    await seen('“Quite Another Stage” means Awaiting documents from now on')
    await world.settled()
    await seen('Every status that came in means a state.')
    expect((await world.messages()).length).toBeGreaterThan(before.length)
  })

  it('a client is paused and let go again; what was held meanwhile goes', async () => {
    const { world } = office
    const before = (await told(maria)).length
    await open('/trace?q=Maria%20Santos')
    await page.keyboard.press('s')
    await page.getByRole('dialog').waitFor()
    await press('Tab', /^Why/)
    await write(page, 'Ms Pike calls her')
    await press('Tab', 'Stop now')
    await page.keyboard.press('Enter')
    await seen('Messages to Maria Santos are stopped.')
    await world.changeStage(21001, 'Trial Prep')
    await world.settled()
    expect(await told(maria)).toHaveLength(before)
    await press('Tab', 'Resume messages: Maria Santos')
    await page.keyboard.press('Enter')
    await seen(/held messages? (is|are) looked at again now/)
    await world.settled()
    expect(await told(maria)).toHaveLength(before + 1)
  })

  it('a template is reworded; the next message says it, and the old one still shows its own version', async () => {
    const { world } = office
    await open('/')
    await go('p', 'Templates')
    await press('j', 'Status update')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Status update', level: 1 }).waitFor()
    await still(page)
    await press('Tab', 'EN')
    await page.keyboard.press('ArrowRight')
    await press('Tab', 'Text message')
    await page.keyboard.press('Control+A')
    await write(page, 'Hola, hay novedades en su caso: ')
    // A variable is put in where the writer is.
    await press('Tab', 'What it may speak of')
    await page.keyboard.press('Enter')
    await press('Tab', 'matter.state.words')
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('Text message')
    await page
      .locator('.bubble')
      .getByText(/^Hola, hay novedades en su caso: \S/)
      .waitFor()
    await press('Tab', 'Publish…')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await write(page, 'Clients asked what it means')
    await press('Tab', 'Publish…')
    await page.keyboard.press('Enter')
    await seen('Published: version 2')
    await seen('“Clients asked what it means”')
    await world.changeStage(21001, 'Trial')
    await world.settled()
    const texts = await told(maria)
    expect(texts.at(-1)).toBe('Hola, hay novedades en su caso: en juicio')
    expect(texts.at(-2)).toContain('nuevo estado de su caso')

    await page.goto('/trace?q=Maria%20Santos')
    await still(page)
    const stories = page.locator('.story')
    await stories.first().waitFor()
    await stories.nth(1).getByText('How it came about').click()
    expect(await stories.nth(0).textContent()).toContain('Status update, version 2, es')
    expect(await stories.nth(1).textContent()).toContain('Status update, version 1, es')
  })

  it('and taken back: an older version is compared, and published again', async () => {
    await open('/templates/status-update')
    await press('Tab', 'Compare with today’s')
    await page.keyboard.press('Enter')
    await page.locator('.compared').waitFor()
    await press('Tab', 'Begin from version 1')
    await page.keyboard.press('Enter')
    await press('Shift+Tab', 'Publish…')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    expect(await page.getByLabel('Why?').inputValue()).toBe('Back to version 1')
    await page.keyboard.press('Tab')
    await press('Tab', 'Publish…')
    await page.keyboard.press('Enter')
    await seen('Published: version 3')
  })
})

describe('what others wrote, where templates are tried', () => {
  it('runs nowhere: a name, a matter’s field and a template with markup stay text', async () => {
    const evil = '<img src=x onerror=alert(1)>'
    const { world } = office
    await world.control('PATCH', '/_sandbox/cms/contacts/11010', { first_name: evil })
    await world.control('PATCH', '/_sandbox/cms/matters/21010', { description: `${evil}</script>` })
    await world.settled()
    await world.changeStage(21010, 'Mediation')
    await world.settled()
    await open('/templates/status-update')
    await page.getByLabel('Tried on the matter').fill('21010')
    await page
      .getByRole('textbox', { name: 'Text message' })
      .fill(`{{ client.first_name }} ${evil}<script>alert(2)</script>`)
    await page
      .getByRole('textbox', { name: /^Mail/ })
      .fill(`{{ client.first_name }}\n\n${evil} [x](javascript:alert(3))`)
    await page.locator('.bubble').getByText('alert(2)').waitFor()
    await page.locator('.mail-card').getByText('alert(1)').first().waitFor()
    expect(await page.locator('img[src="x"], main script, main a[href^="javascript"]').count()).toBe(0)
  })
})

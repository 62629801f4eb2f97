/** The page of reports in a real browser: by keyboard alone, its files, and what axe finds in it. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { extractText } from 'unpdf'
import { describe, expect, it } from 'vitest'
import type { MessageReport } from '../../contracts/message-reports.ts'
import { axeFindsInBoth } from '../support/axe.ts'
import { busyDay, type Seen, still, tabUntil } from '../support/console.ts'
import { type Office, useOffice } from '../support/office.ts'

const office = useOffice(busyDay)
let page: Page & Seen

const open = async (...given: Parameters<Office['open']>) => {
  page = await office.open(...given)
}
const asked = async (query = ''): Promise<MessageReport> => {
  const response = await page.request.get(`/api/v1/reports/messages${query}`)
  expect(response.status()).toBe(200)
  return response.json()
}
const figure = (name: string) =>
  page
    .locator('.figures > div', { has: page.getByText(name, { exact: true }) })
    .locator('dd')
    .textContent()
/** Pictures to look at, where somebody asks for them. */
const picture = async (name: string) => {
  const folder = process.env.PICTURES
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

describe('the page of reports', () => {
  it('shows what the API counts: in short, by outcome, over time, by template', async () => {
    await open('/reports')
    const report = await asked()
    expect(report.total.messages).toBeGreaterThan(5)
    expect(await figure('Messages')).toBe(String(report.total.messages))
    const table = page.getByRole('region', { name: 'What became of them' }).getByRole('table')
    for (const [name, count] of [
      ['Delivered', report.total.outcomes.delivered],
      ['Failed', report.total.outcomes.dead],
      ['Held', report.total.outcomes.held],
      ['All', report.total.messages],
    ] as const)
      expect(
        await table
          .getByRole('row', { name: new RegExp(`^${name} `) })
          .locator('td')
          .first()
          .textContent(),
      ).toBe(String(count))
    // Every chart has a name, and its numbers in a table.
    const charts = await page.getByRole('img', { name: /^Chart: / }).count()
    expect(charts).toBeGreaterThanOrEqual(6)
    await picture('reports-light')
  })

  it('says what clients text after a change, what that is worth, and how fast answers were', async () => {
    await open('/reports')
    await page.getByRole('heading', { name: 'Texts from clients after a change' }).waitFor()
    await page.getByText('A comparison, not a proof').waitFor()
    // All of it happened today: seven days have not passed, and none of it counts.
    await page.getByText('Too few changes to conclude anything: it takes 30 in either group.').waitFor()
    const tasks = page.getByRole('region', { name: 'How fast staff answered' })
    await tasks.getByRole('row', { name: /^A client’s text 1 0 1 not yet not yet$/ }).waitFor()
    const speed = page.getByRole('region', { name: /^Text: Messages \d+$/ })
    await speed.getByRole('row', { name: /^All together / }).waitFor()
  })

  it('is reached, narrowed and put back by keyboard alone; the address can be sent on', async () => {
    await open('/')
    await page.keyboard.press('g')
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: 'Reports', level: 1 }).waitFor()
    await still(page)
    await tabUntil(page, 'Channel')
    await page.keyboard.press('m')
    await page.keyboard.press('Enter')
    await tabUntil(page, 'Show')
    await page.keyboard.press('Enter')
    await page.waitForURL(/channel=email/)
    await still(page)
    const { total } = await asked('?channel=email')
    await page
      .locator('.figures dd', { hasText: new RegExp(`^${total.messages}$`) })
      .first()
      .waitFor()
    // Whoever narrows it once more goes on from where they are.
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Show')
    await page.reload()
    await still(page)
    expect(await figure('Messages')).toBe(String(total.messages))
    await tabUntil(page, 'Clear')
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.search === '')
  })

  it('goes to other days by name, in the calendar of the firm', async () => {
    await open('/reports')
    await page.getByLabel('Period').selectOption('Last month')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(/from=2030-09-01&to=2030-09-30/)
    await page.getByText('No messages were written in these days.').waitFor()
    await page.getByLabel('Period').selectOption('This month')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(/from=2030-10-01&to=2030-10-15/)
    await page.locator('.figures').first().waitFor()
  })

  it('hands out the same as a table', async () => {
    await open('/reports?channel=sms')
    const report = await asked('?channel=sms')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Table (CSV)', exact: true }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^tipstaff-messages-2030-09-16-to-2030-10-15\.csv$/)
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n')
      .slice(1)
    expect(lines.reduce((sum, line) => sum + Number(line.split(',')[5]), 0)).toBe(report.total.messages)
  })

  it('hands out all of it as a document in the language of the page', async () => {
    await open('/reports', { language: 'es' })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'PDF' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^tipstaff-messages-.*\.pdf$/)
    const { text } = await extractText(new Uint8Array(readFileSync(await download.path())), {
      mergePages: true,
    })
    expect(text).toContain('Mensajes a clientes')
  })

  it('speaks Spanish', async () => {
    await open('/reports', { language: 'es' })
    await page.getByRole('heading', { name: 'Informes', level: 1 }).waitFor()
    await page.getByRole('heading', { name: 'Qué fue de ellos' }).waitFor()
    await picture('reports-es')
  })

  it.each([1280, 390])(
    'has nothing that axe finds wrong, %i pixels wide, and no page that is wider',
    async (width) => {
      await open('/reports', { width, height: 844 })
      await page.locator('.figures').first().waitFor()
      for (const button of await page.getByRole('button', { name: 'As a table' }).all()) await button.click()
      expect(await axeFindsInBoth(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      await picture(`reports-${width}`)
    },
  )
})

/** The pages of clients and matters in a real browser: found, read, stopped, written from. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFinds } from '../support/axe.ts'
import { busyDay, type Looking, type Seen, still, tabUntil } from '../support/console.ts'
import { addressOf } from '../support/console-pages.ts'
import { useOffice, write } from '../support/office.ts'

const office = useOffice(busyDay)
let page: Page & Seen

const open = async (path: string, looking?: Looking) => {
  page = await office.open(await addressOf(office.world, path), looking)
}
const line = (text: string | RegExp) => page.locator('.timeline-line', { hasText: text }).first()

describe('by keyboard alone', () => {
  it('a client is found, told something by a template, and the message stands in the line with its receipt', async () => {
    await open('/')
    await page.keyboard.press('/')
    await write(page, 'whitf')
    await page.getByRole('option', { name: /^James Whitfield/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'James Whitfield', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/clients\/[0-9a-f-]{36}$/)
    await still(page)

    await tabUntil(page, 'Write a message')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Write to James Whitfield' })
    await dialog.waitFor()
    await dialog.getByLabel('Template').focus()
    await write(page, 'Please')
    await tabUntil(page, 'Topic')
    await write(page, 'your medical records')
    await dialog.getByText('Goes at once').waitFor()
    await dialog.getByText(/please call us at \(212\) 555-0100\s+about your medical records\./).waitFor()
    expect(await axeFinds(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Send' }).and(page.locator(':enabled')).waitFor()
    await tabUntil(page, 'Send')
    // Whoever presses it twice sends once.
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await office.world.settled()
    const sent = await office.world.messages({ to: '+13105550112' })
    expect(sent.filter((m) => m.text.includes('about your medical records'))).toHaveLength(1)
    await page.reload()
    await still(page)
    const message = line('Please call')
    await message.getByText('Delivered', { exact: true }).waitFor()
    expect(await message.textContent()).toMatch(/Written by Dana Whitlock.*sent .*delivered /s)
    await message.getByRole('link', { name: 'Trace' }).click()
    await page.locator('.answer').waitFor()
  })
})

describe('a matter’s page', () => {
  it('says how its state came about, by which raw status, and who mapped that', async () => {
    await open('/matters/{Maria Santos}')
    const steps = page.getByRole('region', { name: 'How it got there' })
    expect(await steps.textContent()).toMatch(/Mediation.*The CMS said “Mediation”.*Mapped by/s)
  })

  it('is paused by one click and resumed by another', async () => {
    await open('/matters/{Oliver Hartley}')
    const stops = page.getByRole('region', { name: 'What holds messages' })
    await stops.getByRole('button', { name: 'Pause this matter' }).click()
    await stops.getByText('This matter is paused').waitFor()
    expect(
      await office.world.rows('select reason from pauses where lifted_at is null and scope = $1', ['matter']),
    ).toEqual([{ reason: 'Paused from this page' }])
    await stops.getByRole('button', { name: /^Resume/ }).click()
    await stops.getByText('Nothing holds messages.').waitFor()
    await line('Pause begun').getByText('Dana Whitlock').waitFor()
  })

  it('leads there from what waits, and from the trace', async () => {
    await open('/held')
    await page.locator('.about-matter').first().click()
    await page.getByRole('region', { name: 'Everything said and heard' }).waitFor()
    await page.goto('/trace?q=Maria%20Santos')
    await still(page)
    await page.locator('.card-title a').first().click()
    await page.getByRole('region', { name: 'How they are reached' }).waitFor()
  })

  it('says so where there is nothing, or nothing that may be seen', async () => {
    page = await office.page()
    for (const path of ['/clients/019f0000-0000-7000-8000-000000000000', '/matters/not-an-id']) {
      await page.goto(path)
      await page.getByRole('alert').waitFor()
    }
  })

  it('speaks Spanish', async () => {
    await open('/clients/{Maria Santos}', { language: 'es' })
    await page.getByRole('heading', { name: 'Todo lo dicho y lo oído' }).waitFor()
    await page.getByRole('button', { name: 'Escribir un mensaje' }).waitFor()
  })
})

describe('quiet hours', () => {
  it('are let pass by the owner with a reason, which stands in the line', async () => {
    const [asleep] = await office.world.rows<{ name: string }>(
      `select c.name from messages m join clients c on c.id = m.client_id
       where m.state = 'held' and m.channel = 'sms' and m.reason like 'quiet hours%' limit 1`,
    )
    await open(`/matters/{${asleep!.name}}`)
    await page.getByRole('button', { name: 'Write a message' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Template').selectOption('please-call')
    await dialog.getByLabel('Topic').fill('the signing')
    const text = dialog.getByRole('radio', { name: 'Text' })
    // Not all of them have a choice.
    if ((await text.count()) > 0) await dialog.locator('label', { hasText: /^Text$/ }).click()
    await dialog.getByText('Will be held').waitFor()
    await dialog.getByLabel('Let it pass: Quiet hours').check()
    await dialog.getByLabel('Why may it pass?').fill('She waits for it')
    await dialog.getByText('Goes at once').waitFor()
    await dialog.getByRole('button', { name: 'Send' }).click()
    await dialog.waitFor({ state: 'detached' })
    await office.world.settled()
    await page.reload()
    await still(page)
    expect(await line('Please call').textContent()).toContain('let it pass Quiet hours: She waits for it')
  })
})

describe('what others wrote', () => {
  const evil = '<img src=x onerror=alert(1)>'
  it('stays text on these pages: the name of a contact, the title of a matter, the words of a text', async () => {
    const { world } = office
    await world.control('PATCH', '/_sandbox/cms/contacts/11010', { first_name: evil })
    await world.control('PATCH', '/_sandbox/cms/matters/21010', { description: `${evil}"'--></script>` })
    await world.settled()
    await world.changeStage(21010, 'Mediation')
    await world.settled()
    await world.text('+17865550120', `${evil}<script>alert(2)</script>`)
    await world.settled()
    const [row] = await world.rows<{ client: string; matter: string }>(
      `select client_id as client, id as matter from matters where external_id = '21010'`,
    )
    await open(`/matters/${row!.matter}`)
    expect(await page.locator('h1').textContent()).toContain(evil)
    await line(`${evil}<script>alert(2)</script>`).waitFor()
    await page.goto(`/clients/${row!.client}`)
    await still(page)
    expect(await page.locator('h1').textContent()).toContain(evil)
    await page.getByRole('button', { name: 'Write a message' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Template').selectOption('please-call')
    await dialog.getByLabel('Topic').fill(evil)
    for (const channel of ['Text', 'Mail']) {
      await dialog.locator('label', { hasText: new RegExp(`^${channel}$`) }).click()
      await dialog.locator('.write-preview').getByText(evil).first().waitFor()
    }
    expect(await page.locator('img[src="x"]').count()).toBe(0)
  })
})

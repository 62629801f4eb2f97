/** Rules in the console, in a real browser: read, edited, tried, published and restored, by keyboard too. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { createKey } from '../../src/modules/console/index.ts'
import { invite } from '../../src/modules/staff/index.ts'
import { axeFindsInBoth } from '../support/axe.ts'
import { type Seen, still } from '../support/console.ts'
import { type Office, useOffice, write } from '../support/office.ts'

const office = useOffice(async (world) => {
  for (const [matter, stage] of [
    [21003, 'Investigation'],
    [21003, 'Mediation'],
    [21001, 'Mediation'],
  ] as const) {
    await world.changeStage(matter, stage)
    await world.settled()
  }
})
let page: Page & Seen

const open = async (...given: Parameters<Office['open']>) => {
  page = await office.open(...given)
}
const editor = () => page.getByRole('textbox', { name: /^(The YAML of|El YAML de)/ })
const textOf = async (): Promise<string> => (await editor().locator('.cm-line').allTextContents()).join('\n')
const button = (name: string | RegExp) => page.getByRole('button', { name })
const paste = (text: string) =>
  page.evaluate(
    `(() => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', ${JSON.stringify(text)})
      document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })()`,
  )
/** The edition that holds, as the API has it. */
async function api(method: string, path: string, body?: object) {
  const { world } = office
  const { key } = await world.runtime.db.forFirm(world.firmId, (tx) =>
    createKey(
      tx,
      { name: 'Kim', scopes: ['read', 'configure'] },
      { by: 'test', now: world.clock.now(), newId: world.runtime.newId },
    ),
  )
  const answer = await fetch(`${world.appUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return JSON.parse(await answer.text())
}

describe('the list of rules', () => {
  it('says each as a sentence, and leads to it by J and Enter', async () => {
    await open('/')
    await page.keyboard.press('g')
    await page.keyboard.press('u')
    await page.getByRole('heading', { name: 'Rules', level: 1 }).waitFor()
    await page.getByText('When a matter enters “intake”, tell the client').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'comment-added', level: 1 }).waitFor()
  })

  it('speaks Spanish', async () => {
    await open('/rules', { language: 'es' })
    await page.getByText('Cuando un asunto entra en «intake», se avisa al cliente').waitFor()
    await page.getByText('transcript-ready').first().click()
    await page.getByText('Se espera 10 días; después, el asistente legal recibe la tarea').waitFor()
  })
})

describe('editing a rule by keyboard alone', () => {
  it('shows what is wrong while one types, offers what fits, tries it, and publishes it with a reason', async () => {
    const { world } = office
    await open('/rules/status-update')
    // The way there: Tab goes in, and Tab goes out again.
    await editor().focus()
    await page.keyboard.press('Tab')
    expect(await page.evaluate("document.activeElement.closest('.cm-editor')")).toBeNull()
    await editor().focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('End')
    for (let n = 0; n < 'status-update'.length; n++) await page.keyboard.press('Backspace')
    await write(page, 'nothing-of-ours')
    const wrong = page.getByText('names a template that does not exist: nothing-of-ours')
    await wrong.first().waitFor()
    await expect.poll(() => page.locator('.cm-lintRange-error').count()).toBe(1)
    expect(await button('Publish…').isDisabled()).toBe(true)
    for (let n = 0; n < 'nothing-of-ours'.length; n++) await page.keyboard.press('Backspace')
    await write(page, 'matter-c')
    await page.getByRole('option', { name: /matter-closed/ }).waitFor()
    // What has only just opened is not taken by an Enter that was meant for the text.
    await page.clock.setFixedTime(new Date(world.clock.now().add({ seconds: 1 }).toString()))
    await page.keyboard.press('Enter')
    await page.getByText('It could be published as it is.').waitFor()
    expect(await textOf()).toContain('template: matter-closed')
    // The sentence has followed.
    await page.locator('.sentence', { hasText: 'in the words of “matter-closed”' }).waitFor()

    await button('Try it').focus()
    await page.keyboard.press('Enter')
    await page.getByText(/\d+ in other words/).waitFor()
    const row = page.getByRole('listitem', { name: /^Other words: Aiyana Begay/ }).first()
    await row.waitFor()
    await row.getByText('Show the words').press('Enter')
    await row.locator('del').first().waitFor()
    await row.locator('ins').first().waitFor()
    expect(await world.messages({ to: '+16025550113' })).toHaveLength(2)

    await button('Publish…').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await write(page, 'Nobody understood the old words')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Edition 2 holds from now on').waitFor()
    const history = page.getByRole('listitem', { name: 'Edition 2', exact: true })
    await history.getByText('Nobody understood the old words').waitFor()
    await history.getByText('by Dana Whitlock').waitFor()
    expect(await api('GET', '/rules/status-update')).toMatchObject({
      edition: 2,
      reason: 'Nobody understood the old words',
      changedBy: 'Dana Whitlock',
    })
  })

  it('restores an edition: its text is there at once, and the reason is begun', async () => {
    await open('/rules/status-update')
    const first = page.getByRole('listitem', { name: 'Edition 1', exact: true })
    await first.focus()
    await page.keyboard.press('r')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await dialog.getByRole('textbox').inputValue()).toBe('Back to edition 1: ')
    await page.keyboard.press('End')
    await write(page, 'the old words were better')
    await dialog.getByRole('button', { name: 'Publish' }).press('Enter')
    await page.getByText('Edition 3 holds from now on').waitFor()
    const { yaml } = await api('GET', '/rules/status-update')
    expect(yaml).toContain('template: status-update')
  })

  it('leaves no draft behind by mistake, and keeps one while somebody looks elsewhere', async () => {
    await open('/rules/welcome')
    await editor().focus()
    await page.keyboard.press('Control+End')
    await write(page, '# a remark')
    await page.getByText('remarks (#) are not kept here').first().waitFor()
    await page.getByRole('link', { name: 'All rules' }).click()
    await page.getByRole('heading', { name: 'Rules', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'welcome', exact: true }).click()
    await page.getByRole('heading', { name: 'welcome', level: 1 }).waitFor()
    expect(await textOf()).toContain('# a remark')
    await button('Discard the draft').click()
    await expect.poll(textOf).not.toContain('# a remark')
  })
})

describe('two who edit the same rule', () => {
  it('the second is told, compares, and goes on from what the first published', async () => {
    await open('/rules/invoice-paid')
    await editor().focus()
    await page.keyboard.press('Control+End')
    await write(page, '    urgency: urgent')
    await page.getByText('It could be published as it is.').waitFor()
    const { yaml } = await api('GET', '/rules/invoice-paid')
    await api('PUT', '/rules/invoice-paid', {
      yaml: `${yaml.trimEnd()}\n    channels: [email]\n`,
      basedOn: 1,
      reason: 'Receipts by mail',
    })
    // The page hears of it by itself.
    const alert = page.getByRole('alert').filter({ hasText: 'published edition 2 meanwhile' })
    await alert.waitFor()
    await alert.getByText('Receipts by mail').waitFor()
    await alert.locator('del', { hasText: 'channels:' }).first().waitFor()
    expect(await button('Publish…').isDisabled()).toBe(true)
    await button('Go on from edition 2').click()
    await alert.waitFor({ state: 'detached' })
    await button('Publish…').click()
    await page.getByRole('dialog').getByRole('textbox').fill('Urgent, by every way')
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await page.getByText('Edition 3 holds from now on').waitFor()
  })
})

describe('a new rule', () => {
  it('begins with its name, is tried, and is there once it is published; switched off it is marked', async () => {
    await open('/rules')
    await button('New rule').click()
    await page.getByRole('dialog').getByRole('textbox').fill('Mediation call')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'mediation-call', level: 1 }).waitFor()
    await page.getByText('There is no such rule yet.').waitFor()
    await editor().focus()
    await page.keyboard.press('Control+a')
    await paste(
      // Not as it will be written: what holds then is no news to whoever published it.
      "then: [{ task: { title: Call them } }]\nkey: mediation-call\non: matter.status_changed\nwhen: matter.state == 'mediation'\n",
    )
    await page.getByText('It could be published as it is.').waitFor()
    await button('Try it').click()
    await page.getByText('2 would be sent now').waitFor()
    await button('Publish…').click()
    await page.getByRole('dialog').getByRole('textbox').fill('Clients asked')
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await page.getByText('Edition 1 holds from now on').waitFor()
    await expect.poll(textOf).toMatch(/^key: mediation-call\n/)
    expect(await page.getByRole('alert').filter({ hasText: 'meanwhile' }).count()).toBe(0)
    const { yaml } = await api('GET', '/rules/mediation-call')
    await api('PUT', '/rules/mediation-call', {
      yaml: yaml.replace('on:', 'off: true\non:'),
      basedOn: 1,
      reason: 'Not yet',
    })
    await page.goto('/rules')
    await still(page)
    const row = page.getByRole('listitem', { name: /^mediation-call/ })
    await row.getByText('Switched off', { exact: true }).waitFor()
    await row.getByText('Not in Git').waitFor()
  })
})

describe('somebody who may not configure', () => {
  it('can read and try, and is offered nothing that would be refused', async () => {
    const { world } = office
    const invited = await world.runtime.db.forFirm(world.firmId, (tx) =>
      invite(
        tx,
        { name: 'Rosa', email: 'rosa@firm.example', role: 'staff' },
        { by: 'test', now: world.clock.now(), newId: world.runtime.newId },
      ),
    )
    page = await office.page({}, false)
    await page.goto(`/join#${invited!.token}`)
    await page.locator('input[name=password]').fill('a sentence of her own')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    await page.goto('/rules/matter-closed')
    await still(page)
    await page.getByText('To publish it takes the right “configure”.').waitFor()
    expect(await button('Publish…').count()).toBe(0)
    expect(await button('Restore').count()).toBe(0)
    await button('Try it').click()
    await page.getByText('0 the same').waitFor()
  })
})

describe('with everything open', () => {
  it('has nothing that axe finds wrong, light and dark', async () => {
    await open('/rules/status-update')
    await editor().focus()
    await page.keyboard.press('Control+End')
    await write(page, '    digest: nowhere')
    await page.getByText('names a digest that does not exist').first().waitFor()
    await page.keyboard.press('Shift+Home')
    await page.keyboard.press('Shift+Home')
    await page.keyboard.press('Backspace')
    await write(page, '    channels: [sms]')
    await page.getByText('It could be published as it is.').waitFor()
    await page.getByLabel('Also what stays the same').check()
    await button('Try it').click()
    await page.getByText(/\d+ would no longer be sent/).waitFor()
    for (const words of await page.getByText('Show the words').all()) await words.click()
    await page.getByRole('listitem', { name: 'Edition 2', exact: true }).getByText('What changed').click()
    await page.locator('.diff ins').first().waitFor()
    expect(await axeFindsInBoth(page)).toEqual([])
  })
})

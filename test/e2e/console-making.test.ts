/** Templates that begin in the console and rules that end there, in a real browser and by keyboard. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFindsInBoth } from '../support/axe.ts'
import { still, tabUntil } from '../support/console.ts'
import { useOffice, write } from '../support/office.ts'

const office = useOffice(async (world) => {
  await world.changeStage(21001, 'Mediation')
  await world.settled()
})
const press = async (page: Page, name: string, key = 'Enter') => {
  await tabUntil(page, name)
  await page.keyboard.press(key)
}

describe('a template', () => {
  it('begins with a name, goes the ways and in the languages that are ticked, and is removed with a reason', async () => {
    const page = await office.open('/templates')
    await press(page, 'New template')
    await page.getByRole('dialog', { name: 'New template' }).waitFor()
    await write(page, 'Offer accepted')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing is stored until you publish it.').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    const ways = page.getByRole('group', { name: 'Ways it goes' })
    const languages = page.getByRole('group', { name: 'Languages' })
    await ways.getByLabel('Mail').press('Space')
    await page.getByLabel('Subject of the mail').fill('Your offer')
    await page
      .getByRole('textbox', { name: 'Mail', exact: true })
      .fill('Dear {{ client.name }}, your offer was **accepted**.')
    await page.getByRole('textbox', { name: 'Text message' }).fill('Your offer was accepted.')
    // The other language lacks its words, and the page says so.
    await page.getByRole('alert').first().waitFor()
    expect(await page.getByRole('button', { name: 'Publish…' }).isDisabled()).toBe(true)
    expect(await languages.getByLabel('Spanish').isDisabled()).toBe(true)
    await page.getByText('ES', { exact: true }).click()
    await page.getByLabel('Subject of the mail').fill('Su oferta')
    await page.getByRole('textbox', { name: 'Mail', exact: true }).fill('Su oferta fue aceptada.')
    await page.getByRole('textbox', { name: 'Text message' }).fill('Su oferta fue aceptada.')
    await page.getByRole('alert').first().waitFor({ state: 'detached' })
    await page.getByText('EN', { exact: true }).click()
    // Taken away by mistake, and there again as it was.
    await ways.getByLabel('Mail').press('Space')
    await page.getByLabel('Subject of the mail').waitFor({ state: 'detached' })
    await ways.getByLabel('Mail').press('Space')
    expect(await page.getByLabel('Subject of the mail').inputValue()).toBe('Your offer')
    await still(page)
    expect(await axeFindsInBoth(page)).toEqual([])
    await press(page, 'Publish…')
    await write(page, 'Clients wait for this')
    await page.getByRole('dialog').getByRole('button', { name: 'Publish…' }).press('Enter')
    await page.getByText('As published: version 1.').waitFor()

    await page.goto('/templates')
    const row = page.getByRole('listitem', { name: 'Offer accepted' })
    await row.getByText('no rule says it').waitFor()
    await row.getByRole('link').press('Enter')
    await page.getByText('As published: version 1.').waitFor()
    await press(page, 'Remove…')
    await page.getByRole('dialog', { name: 'Remove Offer accepted?' }).waitFor()
    expect(await axeFindsInBoth(page)).toEqual([])
    await write(page, 'Said on the phone after all')
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).press('Enter')
    await page.getByRole('heading', { name: 'Templates', level: 1 }).waitFor()
    await row.waitFor({ state: 'detached' })
  })

  it('that something says is not removed: the page names what', async () => {
    const page = await office.open('/templates/status-update')
    await page.getByText(/^To be removed, nothing may name it any more: .*Status update/).waitFor()
    expect(await page.getByRole('button', { name: 'Remove…' }).isDisabled()).toBe(true)
  })
})

describe('a rule', () => {
  it('is removed with a reason, and made anew from its history', async () => {
    const page = await office.open('/rules/comment-added')
    await press(page, 'Remove…')
    await write(page, 'They call instead')
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).press('Enter')
    await page.getByRole('heading', { name: 'Rules', level: 1 }).waitFor()
    await page.getByText('Removed: comment-added').waitFor()
    await page.getByRole('listitem', { name: /^comment-added/ }).waitFor({ state: 'detached' })
    const [kept] = await office.world.rows<{ reason: string }>(
      `select reason from config_versions where kind = 'rule' and key = 'comment-added' and body is null`,
    )
    expect(kept).toEqual({ reason: 'They call instead' })

    await page.goto('/rules/comment-added')
    await page.getByText('There is no such rule yet.').waitFor()
    await page.getByRole('listitem', { name: 'Edition 2', exact: true }).getByText('Removed').waitFor()
    await page.getByRole('listitem', { name: 'Edition 1', exact: true }).focus()
    await page.keyboard.press('r')
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).press('Enter')
    await page.getByText('Edition 3 holds from now on').waitFor()
    await page.goto('/rules/nobodys-rule')
    await still(page)
    expect(await page.getByRole('heading', { name: 'History' }).count()).toBe(0)
    expect(await page.getByRole('alert').count()).toBe(0)
  })
})

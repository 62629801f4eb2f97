/** A second factor of everybody, in a real browser and by keyboard alone: asked for by an owner, set up by whoever has none. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { invite } from '../../src/modules/staff/index.ts'
import { axeFinds } from '../support/axe.ts'
import { type Seen, still, tabUntil } from '../support/console.ts'
import { useOffice, write } from '../support/office.ts'
import { deviceWithFinger } from '../support/passkey.ts'
import { totp } from '../support/tab.ts'

const office = useOffice()
const password = 'a sentence that nobody guesses'
const press = async (page: Page, name: string) => {
  await tabUntil(page, name)
  await page.keyboard.press('Enter')
}
const asked = (page: Page) =>
  page.getByRole('heading', { name: 'Set up a second factor', level: 1 }).waitFor()

async function colleague(name: string, email: string): Promise<Page & Seen> {
  const { world } = office
  const acting = { by: 'test', now: world.clock.now(), newId: world.runtime.newId }
  const invited = await world.runtime.db.forFirm(world.firmId, (tx) =>
    invite(tx, { name, email, role: 'staff' }, acting),
  )
  // A passkey is for a name, not for a number.
  const theirs = await office.page({ host: 'localhost' }, false)
  await theirs.goto(`/join#${invited!.token}`)
  await theirs.locator('input[name=password]').fill(password)
  await theirs.keyboard.press('Enter')
  await theirs.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
  return theirs
}

describe('a second factor of everybody', () => {
  it('stops at the door who has none, the owner who asks for it as well; a code and a passkey open it', async () => {
    const sam = await colleague('Sam Cole', 'sam.cole@example.com')
    const page = await office.open('/settings/sign-in')
    await press(page, 'Edit')
    await page.getByRole('switch', { name: 'Ask everybody for a second factor' }).press('Space')
    await page.getByText('To be asked to set one up: Dana Whitlock and Sam Cole.').waitFor()
    expect(await axeFinds(page)).toEqual([])
    await press(page, 'Publish…')
    await write(page, 'The insurer asks for it')
    await press(page, 'Publish')
    await asked(page)
    expect(await axeFinds(page)).toEqual([])
    await press(page, 'Set up…')
    await write(page, password)
    await page.keyboard.press('Enter')
    const link = await page.getByRole('link', { name: 'Open in an app on this device' }).getAttribute('href')
    await write(page, totp(new URL(link!).searchParams.get('secret')!))
    await page.keyboard.press('Enter')
    // Shown this once: they stay until she closes them.
    await page.getByRole('dialog', { name: 'Keep these backup codes' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('That is all that was missing.').waitFor()
    await press(page, 'Go on to Tipstaff')
    await page.getByRole('heading', { name: 'Signing in', level: 1 }).waitFor()
    await page.getByText('Everybody needs a second factor').first().waitFor()
    await still(page)

    await sam.goto('/tasks')
    await asked(sam)
    const refused = await sam.evaluate(`fetch('/api/v1/tasks').then((answer) => answer.status)`)
    expect(refused).toBe(403)
    await deviceWithFinger(sam)
    await press(sam, 'Add a passkey…')
    await sam.getByRole('dialog', { name: 'Add a passkey' }).waitFor()
    await sam.keyboard.press('Enter')
    await sam.getByText('That is all that was missing.').waitFor()
    await press(sam, 'Go on to Tipstaff')
    await sam.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor()
    await still(sam)
    // What was asked for while nothing was open is no trouble that the page tells of.
    for (const one of [page, sam])
      expect(one.complaints.splice(0).every((said) => said.includes('403'))).toBe(true)
  })
})

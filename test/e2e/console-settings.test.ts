/** Settings in the console, in a real browser and by keyboard alone: people, walls, keys, connections. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { invite, type Role } from '../../src/modules/staff/index.ts'
import { axeFindsInBoth } from '../support/axe.ts'
import { type Seen, still, tabUntil } from '../support/console.ts'
import { type Office, useOffice, write } from '../support/office.ts'

const office = useOffice(async (world) => {
  await world.changeStage(21001, 'Mediation')
  await world.settled()
})
let page: Page & Seen

const open = async (...given: Parameters<Office['open']>) => {
  page = await office.open(...given)
  return page
}
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name })
const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? ""')

/** Somebody else, in a browser of their own. */
async function colleague(name: string, role: Role): Promise<Page & Seen> {
  const { world } = office
  const email = `${name.toLowerCase().replace(/\W+/g, '.')}@example.com`
  const invited = await world.runtime.db.forFirm(world.firmId, (tx) =>
    invite(tx, { name, email, role }, { by: 'test', now: world.clock.now(), newId: world.runtime.newId }),
  )
  const theirs = await office.page(undefined, false)
  await theirs.goto(`/join#${invited!.token}`)
  await theirs.getByLabel('Password').first().fill('a sentence that nobody guesses')
  await theirs.keyboard.press('Enter')
  await theirs.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
  return theirs
}

describe('by keyboard alone', () => {
  it('somebody is invited, and the link is there to be copied; another link, and the invitation withdrawn', async () => {
    await open('/')
    await press('g', 's')
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await tabUntil(page, 'Staff\nWho may sign in, and what they may do.')
    await press('Enter')
    await page.getByRole('heading', { name: 'Staff', level: 1 }).waitFor()
    await page.getByText('Dana Whitlock').waitFor()
    await tabUntil(page, 'Invite somebody')
    await press('Enter')
    await dialog('Invite somebody').waitFor()
    await write(page, 'Nadia Ortiz')
    await press('Tab')
    await write(page, 'nadia.ortiz@example.com')
    await press('Tab', 'ArrowDown', 'Enter')
    const given = dialog('Invited: Nadia Ortiz')
    await given.waitFor()
    expect(await given.locator('.copy-me').textContent()).toMatch(/\/join#tsi_/)
    await press('Escape')
    const invitations = page.getByRole('region', { name: 'Open invitations' })
    await invitations.getByText('Nadia Ortiz').waitFor()
    expect(await invitations.textContent()).toMatch(/Read only.*invited by Dana Whitlock/)
    await given.waitFor({ state: 'detached' })
    await press('j', 'r')
    await given.waitFor()
    await press('Escape')
    await given.waitFor({ state: 'detached' })
    await page.locator('[data-row]').first().focus()
    await press('e')
    await dialog('Withdraw the invitation of Nadia Ortiz?').waitFor()
    await press('Enter')
    await invitations.waitFor({ state: 'detached' })
  })

  it('a matter is closed to somebody, for whom it vanishes at once; and opened again', async () => {
    const theirs = await colleague('Tom Reyes', 'staff')
    const looking = async () => {
      await theirs.goto('/trace?q=00001-Santos')
      await still(theirs)
    }
    await looking()
    await theirs.locator('.story').first().waitFor()
    await open('/settings/walls')
    await page.getByText('No matter is closed to anybody.').waitFor()
    await tabUntil(page, 'Close a matter…')
    await press('Enter')
    await dialog('Close a matter to somebody').waitFor()
    await write(page, '00001-')
    await page
      .getByRole('option', { name: /^00001-Santos · .* · Maria Santos$/ })
      .first()
      .waitFor()
    await press('ArrowDown', 'Enter')
    await tabUntil(page, 'To whom')
    await write(page, 'Tom')
    await page.getByRole('option', { name: /Tom Reyes/ }).waitFor()
    await press('ArrowDown', 'Enter')
    await tabUntil(page, 'Why?')
    await write(page, 'He was her neighbour’s lawyer')
    await tabUntil(page, 'Close it')
    await press('Enter')
    await dialog('Close a matter to somebody').waitFor({ state: 'detached' })
    await page.locator('[data-row]', { hasText: 'He was her neighbour’s lawyer' }).waitFor()
    await looking()
    await theirs.getByText('Nothing fits “00001-Santos”.').waitFor()
    await page.locator('[data-row]').first().focus()
    await press('e')
    await page.getByRole('dialog').waitFor()
    await write(page, 'The conflict is over')
    await tabUntil(page, 'Open it again')
    await press('Enter')
    await page.getByText('No matter is closed to anybody.').waitFor()
    await looking()
    await theirs.locator('.story').first().waitFor()
    const kept = await office.world.rows(
      `select data ->> 'reason' as reason from audit_entries where action like 'wall.%' order by seq`,
    )
    expect(kept.map(({ reason }) => reason)).toEqual([
      'He was her neighbour’s lawyer',
      'The conflict is over',
    ])
  })

  it('a key is made, shown once, opens what it may, and is revoked', async () => {
    await open('/settings/keys')
    await tabUntil(page, 'Make a key')
    await press('Enter')
    await dialog('Make a key').waitFor()
    await write(page, 'Nightly report')
    await tabUntil(page, 'Make it')
    await press('Enter')
    const made = dialog('The key “Nightly report”')
    const key = await made.locator('.copy-me').textContent()
    expect(key).toMatch(/^tsk_/)
    const asked = () =>
      fetch(`${office.world.appUrl}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } })
    expect(await (await asked()).json()).toMatchObject({ name: 'Nightly report', scopes: ['read'] })
    await press('Escape')
    await made.waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(key)
    await page.locator('[data-row]').first().focus()
    expect(await focused()).toBe('Nightly report')
    expect(await page.locator('[data-row]').first().textContent()).toMatch(
      /Good.*See.*made by Dana Whitlock.*good until/,
    )
    await press('e')
    await dialog('Revoke the key “Nightly report”?').waitFor()
    await press('Enter')
    await page.getByText('Revoked: Nightly report').waitFor()
    expect((await asked()).status).toBe(401)
  })

  it('a connection is tested: what works, what does not, and what to do, without a secret', async () => {
    await open('/connections')
    const row = page.getByRole('listitem', { name: 'harbor-pike-clio' })
    await row.focus()
    await press('t')
    await row.getByText('It works', { exact: true }).waitFor()
    expect(await row.getByRole('status').textContent()).toMatch(/Does it let us in: yes clio answers/)
    await office.world.fault([{ provider: 'twilio', kind: 'status', status: 401 }])
    const twilio = page.getByRole('listitem', { name: 'harbor-pike-twilio' })
    await twilio.focus()
    await press('t')
    await twilio.getByText('It does not work').waitFor()
    await office.world.clearFaults()
    const said = await twilio.getByRole('status').textContent()
    expect(said).toContain('What to do:')
    for (const [name, value] of Object.entries(process.env))
      if (/TOKEN|SECRET/.test(name) && value) expect(said).not.toContain(value)
  })
})

describe('the firm’s own settings, and its pauses', () => {
  it('quiet hours are changed by keyboard: what waits is counted before, and leaves at another time after', async () => {
    const { world } = office
    // It is night in Tokyo.
    await world.changeStage(21005, 'Discovery')
    await world.settled()
    const leaves = async () =>
      (
        await world.rows<{ due: string }>(
          `select to_char(m.due_at at time zone c.time_zone, 'HH24:MI') as due from messages m
             join clients c on c.id = m.client_id where m.state = 'held'`,
        )
      ).map(({ due }) => due)
    expect(await leaves()).toEqual([expect.stringMatching(/^08:0/)])
    await open('/settings/hours')
    const holds = page.getByRole('region', { name: 'As it holds' })
    await holds.getByText(/Texts wait from 21:00 to 08:00/).waitFor()
    await holds.getByText('1 message waits for quiet hours now.').waitFor()
    await tabUntil(page, 'Edit')
    await press('Enter')
    await tabUntil(page, 'Until')
    await page.getByLabel('Until', { exact: true }).fill('10:00')
    await page.getByText(/1 message waits for quiet hours now. 1 leaves later./).waitFor()
    await tabUntil(page, 'Publish…')
    await press('Enter')
    await dialog('Publish').waitFor()
    await write(page, 'The office opens at ten')
    await tabUntil(page, 'Publish')
    await press('Enter')
    await holds.getByText(/Texts wait from 21:00 to 10:00/).waitFor()
    await holds.getByText('“The office opens at ten”').waitFor()
    await world.settled()
    expect(await leaves()).toEqual([expect.stringMatching(/^10:0/)])
  })

  it('whoever publishes second is told who was first, and keeps what they typed', async () => {
    await open('/settings/hours')
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('From', { exact: true }).fill('20:00')
    const other = await office.page()
    await other.goto('/settings/hours')
    await other.getByRole('button', { name: 'Edit' }).click()
    await other.getByLabel('From', { exact: true }).fill('22:00')
    await other.getByRole('button', { name: 'Publish…' }).click()
    await other.getByRole('dialog').getByRole('textbox').fill('later')
    await other.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await other
      .getByText(/Texts wait from 22:00/)
      .first()
      .waitFor()
    await page.getByText(/Dana Whitlock has changed it meanwhile/).waitFor()
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('20:00')
    expect(await page.getByRole('button', { name: 'Publish…' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: /^Go on from edition/ }).click()
    await page.getByRole('button', { name: 'Publish…' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('earlier')
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await page
      .getByText(/Texts wait from 20:00/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Who changed it' }).click()
    await page.getByText('“later”').waitFor()
  })

  it('retention is shortened: counted before, the firm’s name typed by hand, and then the words are gone', async () => {
    const { world } = office
    const words = async () =>
      (
        await world.rows<{ n: number }>(
          `select count(*)::int as n from messages where purpose = 'status' and body is not null and sent_at is not null`,
        )
      )[0]!.n
    await world.advance({ hours: 24 * 40 })
    const before = await words()
    expect(before).toBeGreaterThan(0)
    await open('/settings/retention')
    await tabUntil(page, 'Edit')
    await press('Enter')
    await page.getByRole('textbox', { name: 'Status updates' }).focus()
    await write(page, '1')
    await page.getByText(/Within the hour these would be deleted, and not come back/).waitFor()
    await tabUntil(page, 'Publish…')
    await press('Enter')
    await dialog('Delete words sooner').waitFor()
    await write(page, 'Data protection')
    await press('Tab')
    await write(page, 'Harbor')
    const go = page.getByRole('button', { name: 'Delete them' })
    expect(await go.isDisabled()).toBe(true)
    await write(page, ' & Pike')
    await tabUntil(page, 'Delete them')
    expect(await words()).toBe(before)
    await press('Enter')
    await page.getByRole('listitem', { name: 'Status updates' }).getByText('1 month').waitFor()
    await world.advance({ hours: 1 })
    expect(await words()).toBe(0)
  })

  it('a pause ends at a date that somebody types, by the firm’s clock; not at one that has passed', async () => {
    await open('/')
    await press('s')
    const stop = page.getByRole('dialog', { name: 'Stop messages' })
    await stop.getByLabel('Why').fill('Office party')
    await stop.getByRole('combobox', { name: 'Until' }).click()
    await page.getByRole('option', { name: 'A date and a time…' }).click()
    const go = stop.getByRole('button', { name: 'Stop now' })
    expect(await go.isDisabled()).toBe(true)
    const until = stop.getByLabel('Until when')
    await until.fill('2029-12-24T18:00')
    await stop.getByText('That has passed already.').waitFor()
    expect(await go.isDisabled()).toBe(true)
    await until.fill('2031-12-24T18:00')
    await go.click()
    await stop.waitFor({ state: 'detached' })
    const rows = await office.world.rows<{ ends_at: Temporal.Instant }>(
      'select ends_at from pauses where lifted_at is null',
    )
    expect(rows.map(({ ends_at }) => ends_at.toString())).toEqual(['2031-12-24T23:00:00Z'])
    const banner = page.getByRole('region', { name: 'What is paused' })
    await banner.getByRole('button', { name: /^Resume/ }).click()
    await banner.waitFor({ state: 'detached' })
  })

  it('are read by everybody, and changed by whose role it is', async () => {
    const theirs = await colleague('Sam Cole', 'staff')
    await theirs.goto('/settings/hours')
    await theirs
      .getByText(/Texts wait from/)
      .first()
      .waitFor()
    await theirs.getByText('Your role reads this; owners and attorneys change it.').waitFor()
    expect(await theirs.getByRole('button', { name: 'Edit' }).count()).toBe(0)
  })
})

describe('people', () => {
  it('who is suspended is out at once, and let in again; who is removed has left', async () => {
    const theirs = await colleague('Ben Okafor', 'staff')
    await open('/settings/staff')
    const row = page.getByRole('listitem', { name: 'Ben Okafor' })
    const choose = async (what: string) => {
      await row.getByRole('button', { name: 'More about Ben Okafor' }).click()
      await page.getByRole('menuitem', { name: what }).click()
    }
    await choose('Suspend')
    await dialog('Suspend Ben Okafor?').getByRole('button', { name: 'Suspend' }).click()
    await row.getByText('Suspended').waitFor()
    await theirs.goto('/')
    await theirs.getByRole('heading', { name: 'Sign in' }).waitFor()
    await choose('Let in again')
    await row.getByText('Suspended').waitFor({ state: 'detached' })
    await row.getByRole('button', { name: 'Role of Ben Okafor' }).click()
    const roles = dialog('Role of Ben Okafor')
    await roles.getByLabel('Attorney').check()
    await roles.getByRole('button', { name: 'Give this role' }).click()
    await row.getByText('Attorney').waitFor()
    await choose('Remove')
    await dialog('Remove Ben Okafor?').getByRole('button', { name: 'Remove' }).click()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Have left/ }).click()
    await page.getByRole('listitem', { name: 'Ben Okafor' }).getByText('Has left').waitFor()
  })

  it('the last owner can’t be removed, and the page says why', async () => {
    await open('/settings/staff')
    await page.getByRole('button', { name: 'More about Dana Whitlock' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await dialog('Remove Dana Whitlock?').getByRole('button', { name: 'Remove' }).click()
    await page.getByText(/last owner/).waitFor()
    await page.getByRole('listitem', { name: 'Dana Whitlock' }).waitFor()
  })

  it('whose role does not show it is told so, and asks for nothing', async () => {
    const theirs = await colleague('Rita Vale', 'attorney')
    for (const path of ['/settings/staff', '/settings/walls', '/settings/keys']) {
      await theirs.goto(path)
      await theirs.getByText('Your role does not show this.').waitFor()
      expect(await theirs.getByRole('button', { name: /Invite|Close a matter|Make a key/ }).count()).toBe(0)
    }
  })
})

describe('what is shown in dialogs', () => {
  it.each([
    ['/settings/staff', 'Invite somebody'],
    ['/settings/walls', 'Close a matter…'],
    ['/settings/keys', 'Make a key'],
    ['/settings/hours', 'Edit'],
    ['/settings/retention', 'Edit'],
  ])('%s: axe finds nothing, in light and dark', async (path, button) => {
    await open(path)
    await page.getByRole('button', { name: button }).click()
    await page
      .getByRole(button === 'Edit' ? 'status' : 'dialog')
      .first()
      .waitFor()
    expect(await axeFindsInBoth(page)).toEqual([])
  })
})

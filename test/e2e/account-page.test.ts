/** "Your account" in a real browser: second factor, passkeys, password, sessions; by keyboard alone. */
import type { CDPSession, Page } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { axeFindsInBoth } from '../support/axe.ts'
import { type Looking, type Seen, still, tabUntil } from '../support/console.ts'
import { useOffice, write } from '../support/office.ts'
import { deviceWithFinger } from '../support/passkey.ts'
import { totp } from '../support/tab.ts'

const email = 'dana.whitlock@example.com'
const password = 'a sentence that nobody guesses'
const office = useOffice()
let page: Page & Seen
beforeEach(() =>
  office.world.database.adminPool.query(`
    delete from sign_in."rateLimit"; delete from sign_in."session"; delete from sign_in."passkey";
    delete from sign_in."twoFactor"; update sign_in."user" set "twoFactorEnabled" = false`),
)

/** Signs in by name, where passkeys are possible, and opens the page. */
async function account(looking: Looking = {}) {
  page = await office.page({ ...looking, host: 'localhost' }, false)
  await enter(page)
}
async function enter(at: Page) {
  await at.goto('/account')
  await at.locator('input[name=email]').fill(email)
  await at.locator('input[name=password]').fill(password)
  await at.keyboard.press('Enter')
  await at.locator('#second-factor').waitFor()
  await still(at)
}

const tabTo = (name: string) => tabUntil(page, name)
const press = async (name: string) => {
  await tabTo(name)
  await page.keyboard.press('Enter')
}
const dialog = (name: string) => page.getByRole('dialog', { name })
const nothingWrong = async () => expect(await axeFindsInBoth(page)).toEqual([])
const acts = async () =>
  (
    await office.world.rows<{ action: string }>(
      `select action from audit_entries where action like 'staff.%' order by xid, seq`,
    )
  ).map(({ action }) => action.slice('staff.'.length))

const setUnlocks = (tools: CDPSession, authenticatorId: string, isUserVerified: boolean) =>
  tools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })

describe('the second factor', () => {
  it('is set up by keyboard alone, its codes shown once, asked for, and turned off', async () => {
    await account()
    await press('Set up…')
    await dialog('Set up the second factor').waitFor()
    await write(page, 'not the right password')
    await page.keyboard.press('Enter')
    await page.getByText('The password is not right.').waitFor()
    await page.keyboard.press('ControlOrMeta+a')
    await write(page, password)
    await page.keyboard.press('Enter')
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
    await nothingWrong()
    const link = await page.getByRole('link', { name: 'Open in an app on this device' }).getAttribute('href')
    const secret = new URL(link!).searchParams.get('secret')!
    expect(link).toMatch(/^otpauth:\/\/totp\/Tipstaff:dana/)
    expect((await page.locator('.secret').textContent())!.replaceAll(' ', '')).toBe(secret)
    await write(page, '000000')
    await page.keyboard.press('Enter')
    await page.getByText('This code is not right, or too old.').waitFor()
    await page.keyboard.press('ControlOrMeta+a')
    await write(page, totp(secret))
    await page.keyboard.press('Enter')
    await dialog('Keep these backup codes').waitFor()
    await nothingWrong()
    const codes = await page.locator('.codes li').allInnerTexts()
    expect(codes).toHaveLength(10)
    await page.keyboard.press('Enter')
    await page.getByText('On', { exact: true }).waitFor()
    expect(await page.locator('.codes').count()).toBe(0)

    // Another device: the password alone opens nothing; a code, kept for when the phone is lost, does.
    const other = await office.page({ host: 'localhost' }, false)
    await other.goto('/account')
    await other.locator('input[name=email]').fill(email)
    await other.locator('input[name=password]').fill(password)
    await other.keyboard.press('Enter')
    await other.getByRole('heading', { name: 'One more step' }).waitFor()
    await other.getByRole('button', { name: 'Use a backup code' }).click()
    await other.getByLabel('Backup code').fill('wrong-codes')
    await other.keyboard.press('Enter')
    await other.getByText('This code is not right, or was used before.').waitFor()
    await other.getByLabel('Backup code').fill(codes[0]!)
    await other.keyboard.press('Enter')
    await other.locator('#second-factor').waitFor()
    await other.context().close()

    await press('Turn off…')
    await dialog('Turn the second factor off').waitFor()
    await nothingWrong()
    await write(page, password)
    await page.keyboard.press('Enter')
    await page.getByText('Off', { exact: true }).waitFor()
    expect(await acts()).toEqual(
      expect.arrayContaining(['second_factor_on', 'backup_code_used', 'second_factor_off']),
    )
  })
})

describe('a passkey', () => {
  it('is added, named, signed in with in place of password and code, and removed, by keyboard alone', async () => {
    await account()
    const { tools, authenticatorId } = await deviceWithFinger(page)
    await press('Add a passkey…')
    await dialog('Add a passkey').waitFor()
    await nothingWrong()
    await page.keyboard.press('ControlOrMeta+a')
    await write(page, 'My laptop')
    await page.keyboard.press('Enter')
    await page.getByRole('listitem', { name: 'My laptop' }).waitFor()
    await press('Rename the passkey My laptop')
    await dialog('Rename the passkey').waitFor()
    await nothingWrong()
    await page.keyboard.press('ControlOrMeta+a')
    await write(page, 'The blue laptop')
    await page.keyboard.press('Enter')
    await page.getByRole('listitem', { name: 'The blue laptop' }).waitFor()

    // This device has one already.
    await press('Add a passkey…')
    await dialog('Add a passkey').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('This device has a passkey for you already.').waitFor()

    await page.context().clearCookies()
    await page.goto('/account')
    await page.getByRole('heading', { name: 'Sign in to Tipstaff' }).waitFor()
    // Who cannot unlock it does not get in.
    await setUnlocks(tools, authenticatorId, false)
    await press('Sign in with a passkey')
    await page.getByText('Nothing came of it').waitFor()
    await setUnlocks(tools, authenticatorId, true)
    await press('Sign in with a passkey')
    await page.getByRole('listitem', { name: 'The blue laptop' }).waitFor()
    await still(page)

    await press('Remove the passkey The blue laptop')
    await page.getByText('You have no passkey yet.').waitFor()
    const kept = await tools.send('WebAuthn.getCredentials', { authenticatorId })
    expect(kept.credentials).toHaveLength(1)
    await page.context().clearCookies()
    await page.goto('/account')
    await press('Sign in with a passkey')
    await page.getByText('This passkey is not known here.').waitFor()
    expect(await acts()).toEqual(
      expect.arrayContaining(['passkey_added', 'passkey_renamed', 'passkey_removed']),
    )
  })

  it('that was not unlocked is refused by the server, whatever the page asked for', async () => {
    await account()
    await deviceWithFinger(page)
    await page.getByRole('button', { name: 'Add a passkey…' }).click()
    await page.keyboard.press('Enter')
    await page.getByText('The passkey was added').waitFor()
    const status = await page.evaluate(`(async () => {
      const asked = await (await fetch('/auth/passkey/generate-authenticate-options')).json()
      const options = PublicKeyCredential.parseRequestOptionsFromJSON({ ...asked, userVerification: 'discouraged' })
      const response = (await navigator.credentials.get({ publicKey: options })).toJSON()
      const answer = await fetch('/auth/passkey/verify-authentication', {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ response }) })
      return answer.status + ' ' + (await answer.json()).code
    })()`)
    expect(status).toBe('403 NOT_UNLOCKED')
  })
})

describe('the password', () => {
  it('is changed, and every other session ends', async () => {
    await account()
    const other = await office.page({ host: 'localhost' }, false)
    await enter(other)
    await tabTo('Present password')
    await write(page, 'not the right password')
    await tabTo('New password')
    await write(page, 'another sentence altogether')
    await page.keyboard.press('Enter')
    await page.getByText('The password is not right.').waitFor()
    await nothingWrong()
    await page.locator('input[name=current]').fill(password)
    await page.keyboard.press('Enter')
    await page.getByText('The password was changed').waitFor()
    await other.goto('/held')
    await other.getByRole('heading', { name: 'Sign in to Tipstaff' }).waitFor()
    await other.context().close()
    // As it was, for the next test.
    await page.locator('input[name=current]').fill('another sentence altogether')
    await page.locator('input[name=new]').fill(password)
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await acts()).filter((one) => one === 'password_changed').length).toBe(2)
  })
})

describe('a forgotten password', () => {
  it('is asked for and chosen anew by keyboard alone, by a link that works once', async () => {
    page = await office.page({}, false)
    await page.goto('/sign-in')
    await press('Forgot the password?')
    await page.getByRole('heading', { name: 'A new password' }).waitFor()
    await write(page, email)
    await page.keyboard.press('Enter')
    await page.getByText('If somebody signs in with this address, a link is on its way.').waitFor()
    await nothingWrong()
    const { runtime, firmId } = office.world
    const link = await runtime.signIn.resetLink(firmId, email, 'test')
    await page.goto(link)
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
    await write(page, password)
    await page.keyboard.press('Enter')
    await page.getByText('The password was changed.').waitFor()
    await press('Sign in')
    await page.getByRole('heading', { name: 'Sign in to Tipstaff' }).waitFor()
    await page.goto('about:blank')
    await page.goto(link)
    await page.locator('input[name=password]').fill(password)
    await page.keyboard.press('Enter')
    await page.getByText('This link is not good').waitFor()
    await press('Ask for another')
    await page.getByRole('heading', { name: 'A new password' }).waitFor()
  })
})

describe('where somebody is signed in', () => {
  it('is listed by device, this one marked; one is signed out, then all others', async () => {
    await account()
    const others = [
      await office.page({ host: 'localhost' }, false),
      await office.page({ host: 'localhost' }, false),
    ]
    for (const other of others) await enter(other)
    await page.reload()
    await still(page)
    const list = page.getByRole('list', { name: 'Where you are signed in' })
    await expect.poll(() => list.getByRole('listitem').count()).toBe(3)
    expect(await list.getByRole('listitem').first().textContent()).toMatch(
      /^Chrome on LinuxThis onesince .+from 127\.0\.0\.1$/,
    )
    await tabTo('Sign out Chrome on Linux')
    await page.keyboard.press('Enter')
    await page.getByText('Signed out there').waitFor()
    await expect.poll(() => list.getByRole('listitem').count()).toBe(2)
    await press('Sign out everywhere else')
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1)
    for (const other of others) {
      await other.goto('/held')
      await other.getByRole('heading', { name: 'Sign in to Tipstaff' }).waitFor()
      await other.context().close()
    }
    expect(await acts()).toEqual(expect.arrayContaining(['session_ended', 'other_sessions_ended']))
  })

  it('is shown to a fresh sign-in only, and the page says how to come by one', async () => {
    await account({ language: 'es' })
    await page.getByRole('heading', { name: 'Su cuenta', level: 1 }).waitFor()
    await office.world.database.adminPool.query(
      `update sign_in."session" set "createdAt" = now() - interval '2 hours'`,
    )
    await page.reload()
    await page.getByText('su sesión tiene más de una hora').waitFor()
    await press('Entrar de nuevo')
    await page.getByRole('heading', { name: 'Iniciar sesión en Tipstaff' }).waitFor()
    await page.locator('input[name=email]').fill(email)
    await page.locator('input[name=password]').fill(password)
    await page.keyboard.press('Enter')
    await page.getByText('Chrome en Linux').first().waitFor()
  })
})

/** The button of a firm's own sign-in, in a real browser that goes to a real issuer and comes back. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { invite } from '../../src/modules/staff/index.ts'
import { axeFindsInBoth } from '../support/axe.ts'
import { type ConsoleWorld, startConsole, tabUntil } from '../support/console.ts'
import { firmCopy } from '../support/firm-copy.ts'
import { client, type Issuer, signInYaml, startIssuer } from '../support/issuer.ts'

// A browser on a busy machine is slow to start.
vi.setConfig({ testTimeout: 180_000 })

let office: ConsoleWorld
let issuer: Issuer
let firm: ReturnType<typeof firmCopy>
beforeAll(async () => {
  issuer = await startIssuer()
  firm = firmCopy((yaml) => yaml + signInYaml(issuer.url))
  office = await startConsole({ firm: firm.dir, env: { HARBOR_PIKE_SIGN_IN: client.secret } })
  issuer.open(office.world.appUrl, 'harbor-pike')
}, 120_000)
afterAll(async () => {
  await office.close()
  issuer.close()
  firm.remove()
})

describe('the button of the firm’s own sign-in', () => {
  it('leads there and back, by keyboard alone, and says so in words where it came to nothing', async () => {
    const refused = await office.page({}, false)
    await refused.goto('/held')
    await refused.getByRole('button', { name: 'Sign in with Microsoft 365' }).waitFor()
    expect(await axeFindsInBoth(refused)).toEqual([])
    issuer.seat({ sub: 'stranger', email: 'stranger@harborpike.example', email_verified: true })
    await tabUntil(refused, 'Sign in with Microsoft 365')
    await refused.keyboard.press('Enter')
    await refused.getByText('Nobody at the firm has invited your address.').waitFor()
    expect(await axeFindsInBoth(refused)).toEqual([])
    await refused.context().close()

    issuer.seat({ sub: 'dana-1', email: 'dana.whitlock@example.com', email_verified: true })
    const page = await office.page({}, false)
    await page.goto('/held')
    await page.getByRole('button', { name: 'Sign in with Microsoft 365' }).waitFor()
    await tabUntil(page, 'Sign in with Microsoft 365')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Held', level: 1 }).waitFor()
    expect(page.complaints).toEqual([])
    await page.context().close()
  })
})

describe('in Spanish', () => {
  it('the button and the refusal are as well', async () => {
    const page = await office.page({ language: 'es' }, false)
    await page.goto('/sign-in?firm=harbor-pike&error=EMAIL_NOT_VERIFIED')
    await page.getByRole('button', { name: 'Entrar con Microsoft 365' }).waitFor()
    await page.getByText('El acceso de su despacho no responde de su correo.').waitFor()
    await page.context().close()
  })
})

describe('where the firm lets its people in by it alone', () => {
  const email = 'sam.cole@example.com'
  const password = 'a sentence that nobody guesses'
  const invited = async (name: string, address: string) => {
    const { world } = office
    const acting = { by: 'test', now: world.clock.now(), newId: world.runtime.newId }
    const made = await world.runtime.db.forFirm(world.firmId, (tx) =>
      invite(tx, { name, email: address, role: 'staff' }, acting),
    )
    return `/join#${made!.token}`
  }

  it('a password is refused with the button beside it, and an invitation asks for none', async () => {
    const sam = await office.page({}, false)
    await sam.goto(await invited('Sam Cole', email))
    // Either way, as long as the firm asks for nothing.
    await sam.getByRole('button', { name: 'Sign in with Microsoft 365' }).waitFor()
    await sam.locator('input[name=password]').fill(password)
    await sam.keyboard.press('Enter')
    await sam.getByRole('heading', { name: 'Today', level: 1 }).waitFor()

    const owner = await office.page()
    await owner.goto('/settings/sign-in')
    await owner.getByRole('button', { name: 'Edit' }).click()
    await owner.getByRole('switch', { name: 'Let people in by Microsoft 365 alone' }).click()
    await owner.getByText('To be signed out, and to come back by Microsoft 365: Sam Cole.').waitFor()
    await owner.getByRole('button', { name: 'Publish…' }).click()
    await owner.getByLabel('Why').fill('Who leaves is shut out in one place')
    await owner.getByRole('button', { name: 'Publish', exact: true }).click()
    await owner.getByText('Everybody but owners signs in with Microsoft 365 alone.').first().waitFor()

    await sam.goto('/tasks')
    await sam.locator('input[name=email]').fill(email)
    await sam.locator('input[name=password]').fill(password)
    await sam.keyboard.press('Enter')
    await sam
      .getByText('Your firm lets its people in with Microsoft 365 alone: use the button above.')
      .waitFor()
    expect(await axeFindsInBoth(sam)).toEqual([])
    issuer.seat({ sub: 'sam-1', email, email_verified: true })
    await sam.getByRole('button', { name: 'Sign in with Microsoft 365' }).click()
    await sam.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor()
    await sam.context().close()

    const nadia = await office.page({}, false)
    await nadia.goto(await invited('Nadia Ortiz', 'nadia@harborpike.example'))
    await nadia.getByText('Your firm’s own account is all that you need').waitFor()
    expect(await nadia.locator('input').count()).toBe(0)
    expect(await axeFindsInBoth(nadia)).toEqual([])
    issuer.seat({ sub: 'nadia-1', email: 'nadia@harborpike.example', email_verified: true })
    await nadia.getByRole('button', { name: 'Sign in with Microsoft 365' }).click()
    await nadia.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    await nadia.context().close()
    await owner.context().close()
  })
})

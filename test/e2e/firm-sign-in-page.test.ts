/** The button of a firm's own sign-in, in a real browser that goes to a real issuer and comes back. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { axeFinds } from '../support/axe.ts'
import { type ConsoleWorld, startConsole, tabUntil } from '../support/console.ts'
import { firmCopy } from '../support/firm-copy.ts'
import { client, type Issuer, startIssuer } from '../support/issuer.ts'

// A browser on a busy machine is slow to start.
vi.setConfig({ testTimeout: 180_000 })

let office: ConsoleWorld
let issuer: Issuer
let firm: ReturnType<typeof firmCopy>
beforeAll(async () => {
  issuer = await startIssuer()
  firm = firmCopy(
    (yaml) => `${yaml}
signIn:
  issuer: ${issuer.url}
  clientId: ${client.id}
  clientSecret: env:HARBOR_PIKE_SIGN_IN
  name: Microsoft 365
`,
  )
  office = await startConsole({ firm: firm.dir, env: { HARBOR_PIKE_SIGN_IN: client.secret } })
  issuer.open(office.world.appUrl, 'harbor-pike')
}, 120_000)
afterAll(async () => {
  await office.close()
  issuer.close()
  firm.remove()
})

describe.each(['light', 'dark'] as const)('the button of the firm’s own sign-in, %s', (scheme) => {
  it('leads there and back, by keyboard alone, and says so in words where it came to nothing', async () => {
    const refused = await office.page({ scheme }, false)
    await refused.goto('/held')
    await refused.getByRole('button', { name: 'Sign in with Microsoft 365' }).waitFor()
    expect(await axeFinds(refused)).toEqual([])
    issuer.seat({ sub: 'stranger', email: 'stranger@harborpike.example', email_verified: true })
    await tabUntil(refused, 'Sign in with Microsoft 365')
    await refused.keyboard.press('Enter')
    await refused.getByText('Nobody at the firm has invited your address.').waitFor()
    expect(await axeFinds(refused)).toEqual([])
    await refused.context().close()

    issuer.seat({ sub: 'dana-1', email: 'dana.whitlock@example.com', email_verified: true })
    const page = await office.page({ scheme }, false)
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

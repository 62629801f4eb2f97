/** The console in a real browser, over a firm in which enough has happened to look at. */
import type { BrowserContext, Page } from 'playwright-core'
import { firstOwnerLinks } from '../../src/main/first-owner.ts'
import { launchChromium } from './chromium.ts'
import { startWorld, type World, type WorldOptions } from './world.ts'

export interface Looking {
  scheme?: 'light' | 'dark'
  width?: number
  height?: number
  language?: 'en' | 'es'
  /** By its name, as passkeys want it; the cookies of before are for the number. */
  host?: 'localhost'
}
type Cookies = Parameters<BrowserContext['addCookies']>[0]
export type ConsoleWorld = Awaited<ReturnType<typeof startConsole>>

/** What the browser complained of: broken scripts, refused styles, answers of 5xx. */
export interface Seen {
  complaints: string[]
}

/** @param before `nobody`: the link of the first start is still good */
export async function startConsole(options: WorldOptions = {}, before: 'Dana' | 'nobody' = 'Dana') {
  const world = await startWorld(options)
  let cookies: Cookies = before === 'Dana' ? await dana(world) : []
  const browser = await launchChromium()

  /** A browser of its own, signed in, whose clock shows the world's time. */
  const context = async (looking: Looking = {}, signedIn = true) => {
    const made = await browser.newContext({
      baseURL: looking.host ? world.appUrl.replace('127.0.0.1', looking.host) : world.appUrl,
      colorScheme: looking.scheme ?? 'light',
      locale: looking.language ?? 'en',
      timezoneId: 'America/New_York',
      reducedMotion: 'reduce',
      viewport: { width: looking.width ?? 1280, height: looking.height ?? 900 },
    })
    if (signedIn) await made.addCookies(cookies)
    return made
  }
  /** Who has signed in there is signed in on every page from now on. */
  const keep = async (from: Page) => {
    cookies = await from.context().cookies()
  }
  const page = async (looking?: Looking, signedIn = true) => {
    const made = await (await context(looking, signedIn)).newPage()
    return watched(made, world)
  }
  return {
    world,
    browser,
    context,
    page,
    keep,
    async close() {
      await browser.close()
      await world.close()
    },
  }
}

/** Dana Whitlock joins by the link of the first start. @returns what her browser keeps */
async function dana(world: World): Promise<Cookies> {
  const [first] = await firstOwnerLinks(world.runtime)
  const token = new URL(first!.link).hash.slice(1)
  const joined = await fetch(`${world.appUrl}/auth/invitations/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: world.appUrl },
    body: JSON.stringify({
      name: 'Dana Whitlock',
      email: 'dana.whitlock@example.com',
      password: 'a sentence that nobody guesses',
    }),
  })
  if (!joined.ok) throw new Error(`Dana could not join: ${joined.status} ${await joined.text()}`)
  return joined.headers.getSetCookie().map((cookie) => {
    const pair = cookie.split(';')[0]!
    const at = pair.indexOf('=')
    return {
      name: pair.slice(0, at),
      value: pair.slice(at + 1),
      domain: new URL(world.appUrl).hostname,
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax' as const,
    }
  })
}

async function watched(page: Page, world: World): Promise<Page & Seen> {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // The browser itself notes each answer that is no success; the page has dealt with it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(`console: ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.exposeFunction('refusedByPolicy', (what: string) => void complaints.push(`policy: ${what}`))
  await page.addInitScript(`addEventListener('securitypolicyviolation', (e) =>
    refusedByPolicy(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile))`)
  await page.clock.setFixedTime(new Date(world.clock.now().toString()))
  return Object.assign(page, { complaints })
}

/** Goes on with Tab until the focus is on what is called so, as somebody without a mouse does. */
export async function tabUntil(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab')
    const here = await page.evaluate(`(() => {
      const e = document.activeElement
      return (e.getAttribute('aria-label') ?? e.labels?.[0]?.innerText ?? e.innerText ?? '').replace('*', '').trim()
    })()`)
    if (here === name) return
  }
  throw new Error(`no Tab leads to "${name}"`)
}

/** Nothing waits any more: skeletons are gone, answers are there. */
export async function still(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  // The line on which news comes is never idle; what was asked for has come when nothing waits any more.
  await page.waitForLoadState('load')
  await page.locator('[data-waiting]').first().waitFor({ state: 'detached' })
}

/**
 * A busy Tuesday: texts and mails that arrived, one opened, one answered; a number that does not work, a provider
 * that failed, a status that nobody mapped, a client who is paused.
 */
export async function busyDay(world: World): Promise<void> {
  const { control } = world
  const stage = async (matter: number, name: string) => {
    await world.changeStage(matter, name)
    await world.settled()
  }
  await control('PATCH', '/_sandbox/cms/contacts/11011', { primary_email_address: 'open@example.com' })
  await world.settled()
  await stage(21001, 'Mediation')
  await world.text('+12015550111', 'Gracias, ¿tengo que ir yo también?')
  await world.settled()
  await world.advance({ minutes: 20 })
  await stage(21003, 'Investigation')
  await stage(21008, 'Settlement Offer')
  await stage(21011, 'Trial')
  await world.advance({ minutes: 25 })

  // A number that nobody has, and a carrier that fails for long enough.
  await world.changePhone(11004, '+15005550001')
  await stage(21004, 'Complaint Filed')
  await world.fault([{ provider: 'twilio', kind: 'status', status: 500 }])
  await stage(21002, 'Investigation')
  await stage(21010, 'Demand Sent')
  for (const minutes of [1, 5, 30, 5]) await world.advance({ minutes })
  await world.clearFaults()

  await stage(21009, 'on hold??')
  await stage(21006, 'Quite Another Stage')
  // It is night in Tokyo and Auckland: these wait for the morning there.
  await stage(21005, 'Discovery')
  await stage(21007, 'Mediation')
  await world.settled()
}

/** How long the console takes in a browser: from nothing to the first page, from page to page, from news to its being shown. */
import type { BrowserContext, Page } from 'playwright-core'
import { launchChromium } from '../../test/support/chromium.ts'
import { consolePages } from '../../test/support/console-pages.ts'
import { median, percentile, round, sleep } from '../measure.ts'
import { phoneOf } from '../people.ts'

/** Milliseconds. */
export interface PageTimes {
  /** From an empty cache to what needs a person, all of it; the slowest of some. */
  first: number
  /** Each page, opened for the first time in a tab that is open already: the median of three such tabs. */
  pages: Record<string, number>
  slowest: number
  p50: number
}

/** In the page: waits until nothing waits any more of what is in sight, and the heading is another than before. */
const arrival = `window.arrived = (before) => new Promise((done) => {
  const look = () => {
    const heading = document.querySelector('main h1')
    const waits = [...document.querySelectorAll('[data-waiting]')].some((one) => one.getBoundingClientRect().top < innerHeight)
    if (heading && heading.textContent !== before && !waits) done(performance.timeOrigin + performance.now())
    else requestAnimationFrame(look)
  }
  look()
})`

export async function openBrowser(url: string, cookie: string) {
  const browser = await launchChromium()
  const context = async (): Promise<BrowserContext> => {
    const made = await browser.newContext({
      baseURL: url,
      viewport: { width: 1280, height: 900 },
      locale: 'en',
    })
    await made.addCookies(
      cookie.split('; ').map((pair) => ({
        name: pair.slice(0, pair.indexOf('=')),
        value: pair.slice(pair.indexOf('=') + 1),
        url: url.replace('http:', 'https:'),
        secure: true,
      })),
    )
    await made.addInitScript(arrival)
    return made
  }
  return { context, close: () => browser.close() }
}

/** @param ids of a client and a matter of theirs */
export async function pageTimes(
  context: () => Promise<BrowserContext>,
  ids: { client: string; matter: string },
): Promise<PageTimes> {
  const firsts: number[] = []
  for (let i = 0; i < 5; i++) {
    const fresh = await context()
    const page = await fresh.newPage()
    const began = performance.timeOrigin + performance.now()
    await page.goto('/', { waitUntil: 'commit' })
    firsts.push(((await page.evaluate("arrived('')")) as number) - began)
    await fresh.close()
  }
  const visits: Record<string, number[]> = {}
  for (let tab = 0; tab < 3; tab++) {
    const open = await context()
    const page = await open.newPage()
    await page.goto('/')
    await page.evaluate("arrived('')")
    await page.waitForLoadState('load')
    for (const { name, path } of consolePages.filter(inside)) {
      const address = instead[name] ?? path.replace(/\{.*\}/, name === 'client' ? ids.client : ids.matter)
      const ms = await go(page, address)
      visits[name] = [...(visits[name] ?? []), ms]
      // Somebody looks at it; what comes later of it does not slow down the next.
      await sleep(500)
    }
    await open.close()
  }
  const pages = Object.fromEntries(Object.entries(visits).map(([name, ms]) => [name, median(ms)]))
  const times = Object.values(pages)
  return {
    first: round(Math.max(...firsts)),
    pages,
    slowest: round(Math.max(...times)),
    p50: round(percentile(times, 0.5)),
  }
}

/** Today is the first page; whoever sees the last three is not signed in. */
const inside = ({ name }: { name: string }) =>
  !['today', 'rule-new', 'sign-in', 'forgot', 'reset'].includes(name)

/** Where the bench's firm has another thing to show than the example. */
const instead: Record<string, string> = {
  rule: '/rules/offer',
  trace: `/trace?q=${encodeURIComponent(phoneOf(4))}`,
}

/** Follows a link within the page, and waits. */
export async function go(page: Page, path: string): Promise<number> {
  return round(
    (await page.evaluate(`(async () => {
      const before = document.querySelector('main h1')?.textContent ?? ''
      const began = performance.timeOrigin + performance.now()
      history.pushState({}, '', ${JSON.stringify(path)})
      return (await arrived(before)) - began
    })()`)) as number,
  )
}

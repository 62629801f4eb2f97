/** One console for all tests of a file: what a page complained of fails the test that opened it. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { type ConsoleWorld, type Looking, type Seen, startConsole, still } from './console.ts'
import type { World } from './world.ts'

/**
 * @param prepare what has happened at the firm before the first test
 * @param before `nobody`: the link of the first start is still good
 */
export function useOffice(
  prepare: (world: World) => Promise<unknown> = async () => {},
  before: 'Dana' | 'nobody' = 'Dana',
) {
  // A browser on a busy machine is slow to start.
  vi.setConfig({ testTimeout: 180_000 })
  let office: ConsoleWorld
  const opened: (Page & Seen)[] = []
  const lasting: (Page & Seen)[] = []
  beforeAll(async () => {
    office = await startConsole({}, before)
    await prepare(office.world)
  }, 120_000)
  afterAll(async () => {
    await office.close()
    expect(lasting.flatMap(({ complaints }) => complaints)).toEqual([])
  })
  afterEach(async () => {
    const pages = opened.splice(0)
    for (const page of pages) await page.context().close()
    // Also what a page's policy refused.
    expect(pages.flatMap(({ complaints }) => complaints)).toEqual([])
  })

  const page = async (looking?: Looking, signedIn?: boolean) => {
    const made = await office.page(looking, signedIn)
    opened.push(made)
    return made
  }
  return {
    /** A page for several tests, on which one goes on from what was loaded; closed at the end of the file. */
    async lasting() {
      const made = await office.page()
      lasting.push(made)
      return made
    },
    get world() {
      return office.world
    },
    page,
    context: (looking?: Looking, signedIn?: boolean) => office.context(looking, signedIn),
    keep: (from: Page) => office.keep(from),
    async open(path: string, looking?: Looking, signedIn?: boolean) {
      const made = await page(looking, signedIn)
      await made.goto(path)
      await still(made)
      return made
    },
  }
}
export type Office = ReturnType<typeof useOffice>

/** Types into what has the focus, once something has: a dialog takes it a moment after it is there. */
export async function write(page: Page, text: string): Promise<void> {
  const dialogs = page.locator('[role=dialog][aria-modal=true]')
  const within = (await dialogs.count()) > 0 ? dialogs.last() : page
  await within.locator(':is(input, textarea, select, [contenteditable=true]):focus').waitFor()
  await page.keyboard.type(text)
}

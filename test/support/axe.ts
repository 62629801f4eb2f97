/** What axe finds wrong with a page as it is shown now. */
import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/**
 * @param only of its rules; all of them by default
 * @returns each finding with the places it is about; empty: nothing
 */
export async function axeFinds(page: Page, only?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe.source)
  const options = only === undefined ? {} : { runOnly: only }
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => `${n.html} ${n.failureSummary}`).join('\n')}`,
  )
}

/**
 * As `axeFinds` in light, and in dark what depends on colours: nothing else of a page changes with the scheme.
 *
 * @param page shown in light; it is again afterwards
 */
export async function axeFindsInBoth(page: Page): Promise<string[]> {
  const light = await axeFinds(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
  const dark = await axeFinds(page, ['color-contrast', 'link-in-text-block'])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html[data-mantine-color-scheme=light]').waitFor()
  return [...light, ...dark.map((finding) => `dark: ${finding}`)]
}

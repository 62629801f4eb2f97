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

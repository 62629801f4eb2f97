/** `npm run screenshots`: the pictures in docs/images/console, from the example firm on a busy day. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { busyDay, type ConsoleWorld, startConsole, still } from '../support/console.ts'
import { addressOf, consolePages } from '../support/console-pages.ts'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'images', 'console')
let console_: ConsoleWorld
beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  console_ = await startConsole()
  await busyDay(console_.world)
}, 120_000)
afterAll(() => console_.close())

const sizes = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } } as const
const wanted = process.env.SHOTS?.split(',')

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  it.each(['desktop', 'phone'] as const)(
    '%s',
    async (size) => {
      const page = await console_.page({ scheme, ...sizes[size] })
      for (const { name, path } of consolePages) {
        if (wanted && !wanted.includes(name)) continue
        await page.goto(await addressOf(console_.world, path))
        await still(page)
        await page.screenshot({ path: join(folder, `${name}-${size}-${scheme}.png`) })
      }
      if (!wanted || wanted.includes('stop')) {
        await page.goto('/trace?q=Maria%20Santos')
        await still(page)
        await page.keyboard.press('s')
        await page.getByRole('dialog').getByRole('textbox').fill('The attorney calls her herself.')
        await still(page)
        await page.screenshot({ path: join(folder, `stop-${size}-${scheme}.png`) })
      }
      if (!wanted || wanted.includes('write')) {
        await page.goto(await addressOf(console_.world, '/matters/{Maria Santos}'))
        await still(page)
        await page.getByRole('button', { name: 'Write a message' }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByLabel('Template').selectOption('please-call')
        await dialog.getByLabel('Topic').fill('su pasaporte')
        await dialog.getByText('su pasaporte').first().waitFor()
        await page.screenshot({ path: join(folder, `write-${size}-${scheme}.png`) })
      }
      await page.context().close()
    },
    // Some thirty pages.
    400_000,
  )
})

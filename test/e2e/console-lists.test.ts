/** Lists that are longer than what is read at once: read on, come back to, and looked at while things happen. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type Seen, still } from '../support/console.ts'
import { type Office, useOffice } from '../support/office.ts'
import type { World } from '../support/world.ts'

const office = useOffice(async (world) => {
  await world.changeStage(21001, 'Mediation')
  await world.settled()
  await addTasks(world, 1, 60)
})
let page: Page & Seen

const open = async (...given: Parameters<Office['open']>) => {
  page = await office.open(...given)
}
const rows = () => page.locator('[data-row]')
const scrolled = () => page.evaluate<number>('scrollY')

/** Of Maria Santos; the highest number is the newest. */
const addTasks = (world: World, from: number, to: number) =>
  world.rows(
    `insert into tasks (firm_id, id, kind, title, detail, matter_id, client_id, cause, state, created_at)
     select m.firm_id, uuidv7(n * interval '1 second'), 'rule', 'Call about point ' || n, '', m.id, m.client_id, 'point ' || n,
            'open', $1
     from matters m, generate_series($2::int, $3::int) n where m.external_id = '21001'`,
    [world.clock.now(), from, to],
  )

/** To the end of what is there, until there is no more of it. */
async function toTheEnd(whole: number) {
  await expect
    .poll(
      async () => {
        await page.evaluate('scrollTo(0, document.body.scrollHeight)')
        return rows().count()
      },
      { timeout: 20_000 },
    )
    .toBe(whole)
}

describe('a long list', () => {
  it('is read on as somebody comes near its end, by mouse or by keyboard, each row once', async () => {
    await open('/tasks')
    expect(await rows().count()).toBeLessThan(60)
    for (let n = 0; n < 60; n++) await page.keyboard.press('j')
    await expect.poll(() => rows().count(), { timeout: 20_000 }).toBe(60)
    const titles = await rows().locator('.row-title').allInnerTexts()
    expect(new Set(titles).size).toBe(60)
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0)
  })

  it('is where one left it after a look at somebody in it', async () => {
    await open('/tasks')
    await toTheEnd(60)
    const last = rows().nth(50)
    await last.scrollIntoViewIfNeeded()
    const before = await scrolled()
    expect(before).toBeGreaterThan(1_000)
    await last.getByRole('link', { name: 'Maria Santos' }).click()
    await page.getByRole('heading', { name: 'Maria Santos', level: 1 }).waitFor()
    expect(await scrolled()).toBe(0)
    await page.goBack()
    await page.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor()
    await expect.poll(scrolled).toBe(before)
    await expect.poll(() => rows().count()).toBe(60)
  })

  it('does not move under one’s hands while things happen: the row in hand stays in hand', async () => {
    await open('/tasks')
    await toTheEnd(60)
    const row = rows().nth(40)
    await row.focus()
    const name = await row.getAttribute('aria-label')
    const top = async () => (await page.locator('[data-row]:focus').boundingBox())!.y
    const before = await top()
    // Two come, and somebody else is done with one that stood far above.
    await addTasks(office.world, 61, 62)
    const [done] = await office.world.rows<{ id: string }>(`select id from tasks where cause = 'point 55'`)
    expect(
      await page.evaluate<number>(
        `fetch('/api/v1/tasks/${done!.id}/complete', { method: 'POST' }).then((a) => a.status)`,
      ),
    ).toBe(200)
    await page.getByText('Call about point 62').waitFor({ state: 'attached', timeout: 20_000 })
    await page.getByText('Call about point 55', { exact: true }).waitFor({ state: 'detached' })
    await still(page)
    expect(await page.locator('[data-row]:focus').getAttribute('aria-label')).toBe(name)
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1)
  })
})

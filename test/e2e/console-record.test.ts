/** The pages on the record, in a real browser: by keyboard alone, and what axe finds in what a click opens. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { placeHold } from '../../src/modules/retention/index.ts'
import { axeFinds, axeFindsInBoth } from '../support/axe.ts'
import { busyDay, type Seen, still } from '../support/console.ts'
import { type Office, useOffice, write } from '../support/office.ts'

const office = useOffice(busyDay)
let page: Page & Seen

const open = async (...given: Parameters<Office['open']>) => {
  page = await office.open(...given)
}
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor()
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
/** Tab until what is named so has the focus: the way of somebody without a mouse. */
async function tabTo(name: string | RegExp, most = 80): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(`(() => {
      const e = document.activeElement
      const label = e.labels?.[0]?.textContent ?? e.getAttribute('aria-label') ?? e.textContent ?? ''
      return label.replace(/\\s*\\*\\s*$/, '').trim()
    })()`)
    if (typeof name === 'string' ? focused === name : name.test(String(focused))) return
  }
  throw new Error(`Tab does not lead to ${name}`)
}
describe('the record', () => {
  it('is asked by keyboard alone: what was done to a client, in an address that can be sent on', async () => {
    await open('/')
    await press('g', 'o')
    await page.getByRole('heading', { name: 'Record', level: 1 }).waitFor()
    await still(page)
    await tabTo('Client')
    await write(page, 'Maria Santos')
    await press('Enter')
    await page.waitForURL(/\/audit\?client=Maria(\+|%20)Santos$/)
    await still(page)
    const rows = page.getByRole('list', { name: 'Record' }).getByRole('listitem')
    await rows.first().waitFor()
    const about = await rows.locator('.about-client').allTextContents()
    expect(new Set(about)).toEqual(new Set(['Maria Santos']))
    await page.reload()
    await still(page)
    await rows.first().waitFor()
    expect(await page.getByRole('textbox', { name: 'Client' }).inputValue()).toBe('Maria Santos')
    await press('j')
    await tabTo('Raw entry', 5)
    await press('Enter')
    await seen('Hash')
  })

  it('says how far it is proven, and proves it when somebody asks', async () => {
    await open('/audit?act=event.decided')
    await office.world.settled()
    await page.getByRole('button', { name: 'Verify now' }).focus()
    await press('Enter')
    await seen('Every entry is what was sealed')
    await seen(/^Verified up to /)
    await page.getByText('verified', { exact: true }).first().waitFor()
  })

  it('tells in Spanish, on a phone, that it was altered', async () => {
    await open('/audit?act=event.decided', { language: 'es', width: 390 })
    await office.world.tamper(
      `update audit_entries set actor = 'nobody' where action = 'message.queued' and firm_id = '${office.world.firmId}'`,
    )
    await page.getByRole('button', { name: 'Verificar ahora' }).click()
    await page
      .getByRole('region', { name: 'Hasta dónde está probado el registro' })
      .getByText(/^El registro no es/)
      .waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    expect(await axeFinds(page)).toEqual([])
    await office.world.tamper(
      `update audit_entries set actor = 'tipstaff' where actor = 'nobody' and firm_id = '${office.world.firmId}'`,
    )
    await page.getByRole('button', { name: 'Verificar ahora' }).click()
    await seen(/^Verificado hasta/)
  })

  it('has nothing that axe finds wrong in a raw entry', async () => {
    await open('/audit')
    await page.getByRole('button', { name: 'Raw entry' }).first().click()
    expect(await axeFindsInBoth(page)).toEqual([])
  })
})

describe('a matter', () => {
  it('is handed out, by keyboard alone, as a file that proves itself', async () => {
    await open('/audit?matter=21001')
    await page.getByRole('button', { name: 'Export for a court or insurer' }).waitFor()
    await tabTo('Export for a court or insurer')
    const [download] = await Promise.all([page.waitForEvent('download'), press('Enter')])
    expect(download.suggestedFilename()).toMatch(/^tipstaff-[A-Za-z0-9-]+-2030-10-15\.zip$/)
    const folder = mkdtempSync(join(tmpdir(), 'tipstaff-download-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const files = unzipSync(readFileSync(await download.path()))
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
    const { check } = await import(pathToFileURL(join(folder, 'verify.mjs')).href)
    const { altered, notes } = check(folder)
    expect(altered).toEqual([])
    // Words that nobody recorded a hash of would be said here.
    expect(notes.filter((note: string) => !/^Ask the firm|were so new/.test(note))).toEqual([])
    await seen('The export is ready')
    await seen('Matter exported')
  })

  it('is put under a hold and let go of, by keyboard alone; everybody sees it meanwhile', async () => {
    await open('/audit?matter=21001')
    await page.getByRole('button', { name: 'Legal hold…' }).waitFor()
    await tabTo('Legal hold…')
    await press('Enter')
    await page.getByRole('dialog').waitFor()
    await write(page, 'Litigation with Acme')
    await tabTo('Place the hold', 5)
    await press('Enter')
    const band = page.getByRole('region', { name: 'Legal hold' })
    await band.getByText(/^Dana Whitlock, .*: “Litigation with Acme”$/).waitFor()
    await page.goto('/trace?q=21001&as=matter')
    await still(page)
    await band.getByText(/Litigation with Acme/).waitFor()
    await press('g', 'l')
    await page.getByRole('heading', { name: 'Legal holds', level: 1 }).waitFor()
    await still(page)
    await page.getByRole('listitem', { name: /^Legal hold on/ }).waitFor()
    await press('j')
    await press('e')
    await page.getByRole('dialog').waitFor()
    await write(page, 'settled')
    await tabTo('Release', 5)
    await press('Enter')
    await seen('There is no legal hold.')
    // The page shows it as done before it is.
    await expect
      .poll(() => office.world.rows('select reason, release_reason from legal_holds'))
      .toEqual([{ reason: 'Litigation with Acme', release_reason: 'settled' }])
  })

  it('and its holds have nothing that axe finds wrong', async () => {
    const { world } = office
    const [matter] = await world.rows<{ id: string }>(`select id from matters where external_id = '21002'`)
    await world.runtime.db.forFirm(world.firmId, (tx) =>
      placeHold(tx, { scope: 'matter', id: matter!.id as never }, 'a claim', {
        by: 'cli:ops',
        now: world.clock.now(),
        newId: world.runtime.newId,
      }),
    )
    await open('/audit?matter=21002')
    for (const path of ['/audit?matter=21002', '/holds', '/trace?q=21002&as=matter']) {
      await page.goto(path)
      await seen(/a claim/)
      await still(page)
      expect(await axeFindsInBoth(page)).toEqual([])
    }
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { defaultSettings } from './core/settings.ts'
import { magicCalls, magicSteps, refusedStatuses } from './sendgrid/magic.ts'
import { deliveryErrors } from './twilio/errors.ts'
import { behaviours, magicOf, refusals, twilioOwn } from './twilio/magic.ts'

const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
const rows = [...readme.matchAll(/^\| `(\S+?)`.* \| (.+) \|$/gm)].map(([, key, what]) => ({
  key: key!,
  what: what!,
}))

describe('the README', () => {
  it('lists each magic phone with what it does, and no other', () => {
    const phones = rows.filter(({ key }) => key.startsWith('+1500555'))
    for (const { key, what } of phones) {
      const magic = magicOf(key)
      if (magic?.kind === 'behave') expect(what).toBe(magic.how)
      else
        expect(what).toMatch(
          new RegExp(`^${magic?.kind === 'refuse' ? 'refused' : 'receipt'}: ${magic?.code}\\b`),
        )
    }
    const all = [twilioOwn, refusals, deliveryErrors, behaviours].reduce(
      (sum, table) => sum + Object.keys(table).length,
      0,
    )
    expect(new Set(phones.map(({ key }) => key)).size).toBe(all)
  })

  it('lists each magic address with its events', () => {
    for (const [local, steps] of Object.entries(magicSteps)) {
      const row = rows.find(({ key }) => key === `${local}@`)
      expect(row, local).toBeDefined()
      if (steps.length > 0) expect(row!.what.startsWith(steps.join(', '))).toBe(true)
    }
    for (const name of magicCalls) expect(rows.some(({ key }) => key === `${name}@`)).toBe(true)
    for (const status of refusedStatuses) expect(readme).toContain(`\`error${status}@\``)
  })

  it('names every setting', () => {
    for (const group of Object.values(defaultSettings())) {
      for (const name of Object.keys(group)) expect(readme).toMatch(new RegExp(`[{,]${name}[,}]`))
    }
  })
})

/** What is registered somewhere is enumerated from there, never from a list in a test. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adapters } from '../../src/main/adapters.ts'
import { ConfigError, readConfig } from '../../src/main/config.ts'
import { configLanguage } from '../../src/main/language.ts'
import { gates } from '../../src/modules/notices/index.ts'
import { StartupError } from '../../src/platform/db/startup-error.ts'
import { startWorld, type World } from '../support/world.ts'

/** Lanes that `due_work` does not name, and what wakes them instead. */
const UNSWEPT: Readonly<Record<string, string>> = {
  outlets:
    'every sweep nudges it for every firm: a connection that can not be opened is told before a message waits for it',
  subscribe:
    'webhooks are looked after every hour (keep-subscribed.ts), and at once when somebody lets us into a system',
  check:
    'every sweep nudges it for every firm: once a day it looks over the record, and else it looks at the clock',
  retain:
    'every sweep nudges it for every firm: once an hour it looks for what is old enough, and else at the clock',
  seal: 'every sweep nudges it for every firm: asking which have entries to seal costs as much as sealing',
}

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

describe('lanes', () => {
  it('are swept: each that due_work names is registered, and the reverse', async () => {
    const { rows } = await world.database.adminPool.query<{ source: string }>(
      `select prosrc as source from pg_proc where proname = 'due_work'`,
    )
    expect(rows).toHaveLength(1)
    const swept = [...rows[0]!.source.matchAll(/select '(\w+)'/g)].map((m) => m[1]!)
    expect(swept.length).toBeGreaterThan(4)
    expect([...swept, ...Object.keys(UNSWEPT)].toSorted()).toEqual(world.runtime.lanes.names.toSorted())
    expect(Object.values(UNSWEPT).every((why) => why.length > 40)).toBe(true)
  })

  it('can be nudged by name, and by no other', () => {
    expect(() => world.runtime.lanes.nudge('nowhere', world.firmId)).toThrow('no lane is called nowhere')
  })
})

describe('kinds of configuration', () => {
  it('are all shown by the example firm', async () => {
    const kinds = configLanguage(adapters(world.clock)).kinds.map((k) => k.kind)
    const shown = await world.rows<{ kind: string }>('select distinct kind from config_heads')
    expect(kinds.length).toBeGreaterThan(3)
    expect(shown.map((s) => s.kind).toSorted()).toEqual(kinds.toSorted())
  })
})

describe('gates', () => {
  it('are explained in docs/state-machines.md, in the order in which they are asked', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'state-machines.md'), 'utf8')
    const section = page.split(/^## /m).find((part) => part.startsWith('Gates\n')) ?? ''
    const rows = [...section.matchAll(/^\| `(\w+)` +\| .+ \| .+ \|$/gm)]
    expect(rows.map((r) => r[1])).toEqual(gates.map((g) => g.name))
  })
})

describe('what stops a start', () => {
  it('is one line, whatever it quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (quoted) => {
        const { message } = new StartupError(`the database said: ${quoted}\n\tDETAIL: ${quoted}`)
        expect(message).not.toMatch(/[\r\n\u2028\u2029]/)
        expect(message.startsWith('the database said: ')).toBe(true)
      }),
    )
  })

  it('is one line for wrong settings too, and names each of them', () => {
    try {
      readConfig({ PORT: 'a\nb', LOG_LEVEL: 'loud', PUBLIC_URL: 'ftp://x' })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      const { message } = error as Error
      expect(message).not.toContain('\n')
      for (const name of ['PORT', 'LOG_LEVEL', 'PUBLIC_URL']) expect(message).toContain(name)
    }
  })
})

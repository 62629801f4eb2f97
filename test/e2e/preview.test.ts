/** What a template would say about a real matter, before anybody is told; and what `apply` warns of. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PreviewOptions, previewCommand } from '../../src/main/commands/preview.ts'
import type { PreviewedMessage } from '../../src/modules/rules/index.ts'
import { startWorld, type World } from '../support/world.ts'

const example = join(import.meta.dirname, '../../examples/harbor-pike')
const home = mkdtempSync(join(tmpdir(), 'tipstaff-preview-'))
let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.control('POST', '/_sandbox/cms/calendar_entries', {
    summary: 'Motion hearing',
    start_at: '2030-11-20T15:00:00Z',
    end_at: '2030-11-20T16:00:00Z',
    matter: { id: 21001 },
    calendar_entry_event_type: { name: 'Hearing' },
  })
  await world.settled()
})
afterAll(async () => {
  await world.close()
  rmSync(home, { recursive: true, force: true })
})

async function preview(key: string, options: Partial<PreviewOptions> = {}) {
  const said: string[] = []
  const out = (text: string) => void said.push(text)
  const deps = { ...world.runtime, terminal: { out, err: out, colour: false }, by: 'test' }
  const code = await previewCommand(deps, key, { matter: '21001', ...options })
  return { code, said: said.join('') }
}
const json = async (key: string, options: Partial<PreviewOptions> = {}) => {
  const { code, said } = await preview(key, { ...options, json: true })
  return { code, messages: (JSON.parse(said) as { messages: PreviewedMessage[] }).messages }
}

describe('a preview', () => {
  it('says word for word what was sent, with segments and both languages', async () => {
    const sent = await world.messages()
    const { code, messages } = await json('hearing-scheduled')
    expect(code).toBe(0)
    expect(new Set(messages.map((m) => `${m.channel} ${m.language}`)).size).toBe(4)
    const sms = messages.find((m) => m.channel === 'sms' && sent.some((s) => s.text === m.text))
    expect(sms).toMatchObject({ problems: [], segments: expect.any(Number) })
    expect(sms!.eventAt).not.toBeNull()
    const mail = sent.find((m) => m.channel === 'email')!
    expect(messages.map((m) => m.subject)).toContain(mail.subject)
    expect(await world.messages()).toHaveLength(sent.length)
  })

  it('is one language, for people', async () => {
    const { code, said } = await preview('hearing-scheduled', { language: 'es' })
    expect(code).toBe(0)
    expect(said).toMatch(/^── sms · es, \d segments? \(rule hearing-scheduled, 2030/m)
    expect(said).toMatch(/^Subject: /m)
    expect(said).not.toContain('· en')
  })

  it('says what would hold the message', async () => {
    const { code, messages } = await json('invoice-paid')
    expect(code).toBe(1)
    expect(messages.every((m) => m.text === null && m.problems.length > 0 && m.eventAt === null)).toBe(true)
  })

  it('is of a file before it is applied, and names the place of what is wrong in it', async () => {
    const text = readFileSync(join(example, 'templates', 'hearing-scheduled.yaml'), 'utf8')
    const file = join(home, 'hearing-scheduled.yaml')
    writeFileSync(file, text.replace(/(sms: [>|]?-?\s*)/, '$1Brand new. '))
    const { messages } = await json('hearing-scheduled', { file })
    expect(messages.some((m) => m.text?.startsWith('Brand new. '))).toBe(true)
    writeFileSync(file, text.replace('}}', '| nonsense }}'))
    const wrong = await preview('hearing-scheduled', { file })
    expect(wrong.code).toBe(1)
    expect(wrong.said).toMatch(/hearing-scheduled\.yaml:\d+:\d+ .*nonsense/)
  })

  it.each([
    ['no-such', {}, 'the firm has no template no-such; there are: comment-added'],
    ['welcome', { matter: '99' }, 'no matter is known by "99"'],
    ['welcome', { language: 'pl' }, 'welcome has nothing in pl'],
    ['welcome', { file: '/nowhere.yaml' }, 'does not exist'],
  ])('names what is not there: %s %j', async (key, options, why) => {
    const { code, said } = await preview(key, options)
    expect(code).toBe(1)
    expect(said).toContain(why)
  })
})

describe('apply', () => {
  it('warns of long texts and of words that no rule provides, with the place, and goes on', async () => {
    const dir = join(home, 'firm')
    cpSync(example, dir, { recursive: true })
    const file = join(dir, 'templates', 'comment-added.yaml')
    const text = readFileSync(file, 'utf8')
    const changed = text.replace(
      /(sms: [>|]?-?\s*)/,
      `$1${'Long words again. '.repeat(30)} {{ hearing.date }} `,
    )
    expect(changed).not.toBe(text)
    writeFileSync(file, changed)
    const { code, printed } = await world.apply(dir)
    expect(code).toBe(0)
    expect(printed).toMatch(/comment-added\.yaml:\d+:\d+ warning: .*SMS segments/)
    expect(printed).toMatch(/comment-added\.yaml:\d+:\d+ warning: .*there is no hearing\.date/)
    expect((await world.apply(example, 'git')).printed).not.toContain('warning')
  })
})

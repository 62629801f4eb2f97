/** Rules edited over the API: what apply, export, other processes and the record see of it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { checked, rules } from '../../contracts/rules.ts'
import { adapters } from '../../src/main/adapters.ts'
import { exportDirectory } from '../../src/main/commands/export.ts'
import { configLanguage } from '../../src/main/language.ts'
import { createKey } from '../../src/modules/console/index.ts'
import { loadConfig } from '../../src/modules/firms/index.ts'
import type { Scope } from '../../src/modules/staff/index.ts'
import { firmCopy } from '../support/firm-copy.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })
let world: World
/** As it is in Git. */
const copy = firmCopy((yaml) => yaml.replace('name: Harbor & Pike', 'name: Harbor and Pike'))
const keys = new Map<Scope, string>()
beforeAll(async () => {
  world = await startWorld({ firm: copy.dir })
  for (const scope of ['read', 'configure'] as const) {
    const { key } = await world.runtime.db.forFirm(world.firmId, (tx) =>
      createKey(
        tx,
        { name: `${scope} desk`, scopes: [scope] },
        { by: 'test', now: world.clock.now(), newId: world.runtime.newId },
      ),
    )
    keys.set(scope, key)
  }
})
afterAll(async () => {
  await world.close()
  copy.remove()
})

async function api(method: string, path: string, body?: object, scope: Scope = 'read') {
  const answer = await fetch(`${world.appUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${keys.get(scope)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: JSON.parse(await answer.text()) }
}
const put = (key: string, yaml: string, basedOn: number, reason = 'a client asked') =>
  api('PUT', `/rules/${key}`, { yaml, basedOn, reason }, 'configure')
const ruleOf = async (key: string) => (await api('GET', `/rules/${key}`)).body

const james = { phone: '+13105550112', matter: 21002 }
const told = async () => (await world.messages({ to: james.phone })).map(({ text }) => text)

describe('reading rules', () => {
  it('gives each with its sentence, its YAML and who has it so, and the names that a rule may speak of', async () => {
    const { status, body } = await api('GET', '/rules')
    expect(status).toBe(200)
    const { items, vocabulary } = rules.parse(body)
    expect(items).toHaveLength(16)
    const welcome = items.find(({ key }) => key === 'welcome')!
    expect(welcome).toMatchObject({
      on: 'matter.status_changed',
      off: false,
      edition: 1,
      changedBy: 'test',
      origin: 'git',
      reason: null,
      ahead: false,
      templates: ['welcome'],
    })
    expect(welcome.sentence.en).toContain('When a matter enters “intake”, tell the client')
    expect(welcome.sentence.es).toContain('Cuando un asunto entra en «intake»')
    // As a person would write it, whatever order the database keeps.
    expect(welcome.yaml).toMatch(/^key: welcome\ndescribe: .*\non: matter.status_changed\nwhen: .*\nthen:\n/)
    expect(vocabulary.states).toContainEqual({ key: 'intake', words: 'being opened' })
    expect(vocabulary.events).toEqual(
      expect.arrayContaining(['matter.status_changed', 'hearing.moved', 'document.filed']),
    )
    expect(vocabulary.templates.find(({ key }) => key === 'hearing-moved')!.variables).toEqual(['before'])
    expect(vocabulary.digests).toEqual(['updates'])
    expect((await api('GET', '/rules/nobodys')).status).toBe(404)
    expect((await api('GET', '/rules/nobodys/history')).status).toBe(404)
  })
})

describe('a draft', () => {
  const check = async (yaml: string, key = 'welcome') =>
    checked.parse((await api('POST', `/rules/${key}/check`, { yaml })).body)

  it('is checked as apply checks it: all mistakes at once, each with its line and column', async () => {
    const broken = [
      'key: welcome',
      'on: matter.status_changed',
      "when: matter.state == 'intaek'",
      'wait: three days',
      'then:',
      '  - tell: client',
      '    template: wellcome',
      '    chanels: [sms]',
      '',
    ].join('\n')
    const { problems, sentence } = await check(broken)
    expect(sentence).toBeNull()
    expect(problems).toEqual([
      {
        line: 4,
        column: 7,
        path: 'wait',
        message: 'is not an ISO 8601 duration of days or less, such as P3D or PT10M',
      },
      { line: 8, column: 5, path: 'then[0].chanels', message: 'is not a known setting here' },
    ])
    // Then what only shows beside everything else.
    const named = await check(broken.replace('three days', 'P3D').replace('chanels', 'channels'))
    expect(named.problems.map(({ line, path }) => [line, path])).toEqual([
      [3, 'when'],
      [7, 'then[0].template'],
    ])
    expect(named.problems[1]!.message).toContain('names a template that does not exist: wellcome; there are:')
    expect(named.sentence!.en).toContain('“intaek”')
    // In the same words as on the command line.
    const own = readFileSync(join(copy.dir, 'rules.yaml'), 'utf8')
    const other = firmCopy((yaml) => yaml.replace('name: Harbor & Pike', 'name: Harbor and Pike'))
    try {
      writeFileSync(
        join(other.dir, 'rules.yaml'),
        own.replace(/- key: welcome\n[\s\S]*?template: welcome\n/, (text) =>
          text.replace("== 'intake'", "== 'intaek'").replace('template: welcome', 'template: wellcome'),
        ),
      )
      const applied = await world.apply(other.dir)
      expect(applied.code).toBe(1)
      for (const { message } of named.problems) expect(applied.printed).toContain(message)
    } finally {
      other.remove()
    }
  })

  it('that is no YAML, no rule, or another than it is called says so', async () => {
    expect((await check('key: [')).problems).toMatchObject([{ line: 1 }])
    expect((await check('')).problems).toMatchObject([{ message: 'is not a mapping' }])
    const { yaml } = await ruleOf('welcome')
    expect((await check(yaml, 'other')).problems).toMatchObject([
      { path: 'key', message: 'says "welcome", but this is other' },
    ])
    const remarked = await check(`# why\n${yaml}`)
    expect(remarked.problems).toEqual([])
    expect(remarked.warnings).toMatchObject([
      { message: expect.stringContaining('remarks (#) are not kept') },
    ])
  })
})

describe('publishing', () => {
  it('wants the right to configure, a reason, and the edition that holds', async () => {
    const { yaml } = await ruleOf('matter-closed')
    const draft = { yaml, basedOn: 1, reason: 'x' }
    expect((await api('PUT', '/rules/matter-closed', draft)).status).toBe(403)
    expect((await put('matter-closed', yaml, 1, '  ')).body.errors).toMatchObject([{ path: 'body.reason' }])
    expect(await put('matter-closed', yaml, 0)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('it is version 1 by now') },
    })
    expect((await put('nobodys', yaml.replace('matter-closed', 'nobodys'), 3)).status).toBe(404)
    const wrong = await put('matter-closed', yaml.replace('template: ', 'template: no-'), 1)
    expect(wrong).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body.yaml.then[0].template', line: 7, column: 15 }] },
    })
    // The same once more is no new edition.
    expect((await put('matter-closed', yaml, 1)).body).toMatchObject({ edition: 1, changed: false })
    expect((await ruleOf('matter-closed')).edition).toBe(1)
  })

  it('of two who publish at once keeps one, and tells the other', async () => {
    const { yaml } = await ruleOf('invoice-paid')
    const both = await Promise.all(
      ['sms', 'email'].map((channel) =>
        put('invoice-paid', `${yaml.trimEnd()}\n    channels: [${channel}]\n`, 1),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await ruleOf('invoice-paid')).edition).toBe(2)
  })

  it('takes effect in every process, is in the record, and is told by the history', async () => {
    const other = world.another(false)
    const { yaml } = await ruleOf('status-update')
    const before = await told()
    const made = await put(
      'status-update',
      yaml.replace("'mediation', ", ''),
      1,
      'Mediation is told by phone',
    )
    expect(made).toMatchObject({
      status: 200,
      body: { key: 'status-update', edition: 2, changed: true, warnings: [] },
    })
    // Another process decides with it, and with its own eyes: nobody told it.
    const code = await other.db.forFirm(world.firmId, (tx) => other.firms.code(tx))
    expect(code.program.revision).toBe(made.body.revision)
    expect(code.program.rulesByKey.get('status-update')!.version).toBe(2)
    await world.changeStage(james.matter, 'Mediation')
    await world.settled()
    expect(await told()).toEqual(before)

    const { body: history } = await api('GET', '/rules/status-update/history')
    expect(history.items).toMatchObject([
      {
        edition: 2,
        origin: 'console',
        changedBy: 'the key "configure desk"',
        reason: 'Mediation is told by phone',
      },
      { edition: 1, origin: 'git', changedBy: 'test', reason: null },
    ])
    expect(history.items[0].yaml).not.toContain('mediation')
    expect(history.items[1].yaml).toContain('mediation')
    const [entry] = await world.rows<{ actor: string; data: object }>(
      `select actor, data from audit_entries where action = 'config.changed' and subject = $1`,
      [`revision:${made.body.revision}`],
    )
    expect(entry).toMatchObject({
      actor: expect.stringMatching(/^apikey:/),
      data: {
        origin: 'console',
        reason: 'Mediation is told by phone',
        changes: ['change rule status-update'],
      },
    })
  })

  it('is a conflict to apply and comes into the files by export, which apply then agrees to', async () => {
    expect(await ruleOf('status-update')).toMatchObject({ ahead: true, edition: 2 })
    const refused = await world.apply(copy.dir)
    expect(refused.code).toBe(2)
    expect(refused.printed).toContain('rule status-update')
    const terminal = { out: () => {}, err: () => {}, colour: false }
    const language = configLanguage(adapters(world.clock))
    const written = await exportDirectory({ database: world.runtime.db, language, terminal }, copy.dir, {
      firm: 'harbor-pike',
    })
    expect(written).toBe(0)
    const file = readFileSync(join(copy.dir, 'rules.yaml'), 'utf8')
    expect(file).not.toContain("'mediation', 'trial_preparation'")
    // Remarks beside the rest are where they were.
    expect(file).toContain('\n# ')
    expect((await world.apply(copy.dir)).code).toBe(0)
    expect(await ruleOf('status-update')).toMatchObject({ ahead: false, edition: 2 })
  })

  it('makes a rule that was not there, and one that is switched off is kept and never asked', async () => {
    const yaml = [
      'key: trial-soon',
      'on: matter.status_changed',
      "when: matter.state == 'trial'",
      'then:',
      '  - tell: client',
      '    template: status-update',
      '',
    ].join('\n')
    expect((await put('trial-soon', yaml, 0)).body).toMatchObject({ edition: 1, changed: true })
    const before = (await told()).length
    const off = await put('trial-soon', yaml.replace('on:', 'off: true\non:'), 1, 'not yet')
    expect(off.body).toMatchObject({ edition: 2 })
    const shown = await ruleOf('trial-soon')
    expect(shown).toMatchObject({ off: true, sentence: { en: expect.stringMatching(/^Switched off: when/) } })
    const code = await world.runtime.db.forFirm(world.firmId, (tx) => world.runtime.firms.code(tx))
    expect(code.program.rulesByKey.has('trial-soon')).toBe(false)
    await world.changeStage(james.matter, 'Trial')
    await world.settled()
    // status-update alone speaks.
    expect(await told()).toHaveLength(before + 1)
    const { items } = await world.runtime.db.forFirm(world.firmId, loadConfig)
    expect(items.some(({ kind, key }) => kind === 'rule' && key === 'trial-soon')).toBe(true)
  })
})

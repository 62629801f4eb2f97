import { randomFillSync } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { drivenClock, type FirmId, uuidSource } from '../../kernel/index.ts'
import { connectionSettings } from '../../modules/connections/index.ts'
import {
  type ConfigLanguage,
  editConfig,
  findFirm,
  firmSettings,
  type Json,
  loadConfig,
  zodKind,
} from '../../modules/firms/index.ts'
import { statusesConfig } from '../../modules/matters/index.ts'
import { digestConfig, quietRule } from '../../modules/moments/index.ts'
import { planConfig } from '../../modules/reminders/index.ts'
import { ruleConfig } from '../../modules/rules/index.ts'
import { templateConfig } from '../../modules/templates/index.ts'
import { type Database, database } from '../../platform/db/firm-tx.ts'
import { type ApplyDeps, type ApplyOptions, applyDirectory, type ConfigChange } from './apply.ts'
import { exportDirectory } from './export.ts'
import { references } from './references.ts'

const language: ConfigLanguage = {
  kinds: [
    zodKind('firm', firmSettings),
    zodKind('connection', connectionSettings),
    zodKind('states', statusesConfig),
    zodKind('rule', ruleConfig),
    zodKind('reminder', planConfig),
    zodKind('quiet', quietRule),
    zodKind('digest', digestConfig),
    zodKind('template', templateConfig),
  ],
  crossChecks: references,
}
const example = join(import.meta.dirname, '..', '..', '..', 'examples', 'harbor-pike')
const newId = uuidSource(Date.now, randomFillSync)
const home = mkdtempSync(join(tmpdir(), 'tipstaff-apply-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

let test: TestDatabase
let db: Database
let dir: string
let count = 0
beforeAll(async () => {
  test = await testDatabase()
  db = database(test.pool)
})
/** A copy of the example under a key of its own, and so are its connections: keys are unique over all firms. */
beforeEach(() => {
  count += 1
  dir = join(home, `firm-${count}`)
  cpSync(example, dir, { recursive: true })
  change('firm.yaml', /harbor-pike/g, `harbor-${count}`)
})

const key = () => `harbor-${count}`
const read = (file: string) => readFileSync(join(dir, file), 'utf8')
function change(file: string, from: string | RegExp, to: string) {
  const before = read(file)
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${file} holds no ${from}`)
  writeFileSync(join(dir, file), after)
}

async function run(options: Partial<ApplyOptions> = {}, more: Partial<ApplyDeps> = {}) {
  let out = ''
  let err = ''
  const told: ConfigChange[] = []
  const terminal = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
    colour: false,
  }
  const deps: ApplyDeps = {
    database: db,
    language,
    clock: drivenClock('2026-10-15T01:05:00Z'),
    newId,
    terminal,
    async changed(_tx, done) {
      told.push(done)
    },
    ...more,
  }
  const code = await applyDirectory(deps, dir, { author: 'ci', ...options })
  return { code, out, err: err.replaceAll(`${dir}/`, ''), told, deps }
}
const stored = async () => db.forFirm((await findFirm(db, key()))!, loadConfig)
async function edit(kind: string, itemKey: string, make: (body: { [name: string]: Json }) => Json | null) {
  const firmId = (await findFirm(db, key())) as FirmId
  const result = await db.forFirm(firmId, async (tx) => {
    const item = (await loadConfig(tx)).items.find((one) => one.kind === kind && one.key === itemKey)
    const body = make((item?.body ?? {}) as { [name: string]: Json })
    const wanted = { kind, key: itemKey, body, seenVersion: item?.version ?? 0 }
    return editConfig(tx, language, wanted, { author: 'pat', at: Temporal.Now.instant() }, newId)
  })
  if (!result.ok) throw new Error(JSON.stringify(result))
}

describe('apply', () => {
  it('stores a firm, says what it did and who is awake, and does nothing the second time', async () => {
    const first = await run()
    expect(first.err).toBe('')
    expect(first.code).toBe(0)
    expect(first.out).toContain(`Harbor & Pike (${key()})\n  + connection ${key()}-billing\n`)
    expect(first.out).toContain('  + template welcome\n')
    expect(first.out).toMatch(/\n55 changes: applied as revision 1\.\n/)
    expect(first.out).toMatch(
      /Clients of Harbor & Pike live in 14 time zones .*; awake now: .*Honolulu \(15:05\)/,
    )
    expect(first.out).not.toContain('Madrid (')
    expect(first.told).toMatchObject([{ author: 'ci', origin: 'git', revision: 1 }])
    const second = await run()
    expect(second).toMatchObject({ code: 0, err: '', told: [] })
    expect(second.out).toContain('Nothing to change, 55 unchanged; revision 1 holds.\n')
    expect((await stored()).items).toHaveLength(55)
  })

  it('shows what would change without changing it', async () => {
    expect((await run({ dryRun: true })).out).toContain('55 changes: a dry run, nothing was changed.')
    expect(await findFirm(db, key())).toBeUndefined()
    await run()
    change('templates/welcome.yaml', 'subject: Welcome to', 'subject: A warm welcome to')
    change('rules.yaml', 'due: P1D', 'due: P2D')
    rmSync(join(dir, 'templates', 'matter-closed.yaml'))
    change('rules.yaml', 'template: matter-closed', 'template: status-update')
    const dry = await run({ dryRun: true })
    expect(dry.out).toContain(
      [
        '  ~ rule matter-closed',
        '      then[0].template: "matter-closed" → "status-update"',
        '  ~ rule settlement-offer',
        '      then[1].task.due: "P1D" → "P2D"',
        '  - template matter-closed',
        '  ~ template welcome',
        '      languages.en.email.subject: "Welcome to {{ firm.name }}" → "A warm welcome to {{ firm.name }}"',
        '4 changes, 51 unchanged: a dry run, nothing was changed.',
      ].join('\n'),
    )
    expect((await stored()).revision).toBe(1)
  })

  it('names file, line and column of every mistake, and changes nothing', async () => {
    await run()
    change('firm.yaml', 'env:HARBOR_PIKE_TWILIO_TOKEN', '0123456789abcdef')
    change('firm.yaml', /connection: harbor-\d+-sendgrid/, 'connection: nowhere')
    change('rules.yaml', 'purpose: intake', 'purpose: intake\n      urgency: high')
    change('templates/status-update.yaml', '  es:', '  spanish:')
    const lineOf = (file: string, text: string) =>
      read(file)
        .split('\n')
        .findIndex((line) => line.includes(text)) + 1
    const { code, err, out } = await run()
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err.split('\n')).toEqual([
      `firm.yaml:${lineOf('firm.yaml', 'authToken')}:18 connection ${key()}-twilio: settings.authToken holds a secret as it is; write a reference: env:NAME, file:PATH or stored:NAME`,
      `rules.yaml:${lineOf('rules.yaml', 'urgency: high')}:16 rule welcome: then[0].urgency is not one of: normal, urgent`,
      `templates/status-update.yaml:${lineOf('templates/status-update.yaml', 'spanish:')}:3 template status-update: languages.spanish is not a two-letter language code, such as en or es`,
      '3 problems; nothing was changed.',
      '',
    ])
    expect((await stored()).revision).toBe(1)
  })

  it('finds names that lead nowhere', async () => {
    change('firm.yaml', /connection: harbor-\d+-sendgrid/, 'connection: nowhere')
    change('firm.yaml', / {10}mattersOf: harbor-\d+-clio/, '          mattersOf: clio')
    change('rules.yaml', 'template: welcome', 'template: wellcome')
    change('rules.yaml', "matter.state == 'discovery'", "matter.state == 'discovry'")
    change('rules.yaml', '        before: event.before.start_at', '        was: event.before.start_at')
    change('statuses.yaml', '      es: en apertura\n', '')
    const { code, err } = await run()
    expect(code).toBe(1)
    for (const message of [
      /firm\.yaml:\d+:15 firm: email\.connection names a connection that does not exist: nowhere; there are: /,
      /firm\.yaml:\d+:\d+ connection \S+-billing: hooks\.events\[0\]\.mattersOf names a connection that does not exist: clio;/,
      /rules\.yaml:\d+:17 rule welcome: then\[0\]\.template names a template that does not exist: wellcome; there are: /,
      /rules\.yaml:\d+:9 rule discovery-explained: when speaks of a state that does not exist: discovry; there are: /,
      /rules\.yaml:\d+:7 rule hearing-cancelled: then\[0\]\.with does not pass before, which the template/,
      /statuses\.yaml:\d+:5 states: states\[0\]\.words has no words in es/,
    ]) {
      expect(err).toMatch(message)
    }
    expect(await findFirm(db, key())).toBeUndefined()
  })

  it('refuses a reminder whose answers nobody could understand', async () => {
    const asks = 'templates/date-reminder.yaml'
    const cases: [edits: [file: string, from: string | RegExp, to: string][], said: RegExp][] = [
      [
        [[asks, 'Reply C to confirm', 'Reply K to confirm']],
        /languages\.en\.sms does not tell the client to answer C/,
      ],
      [[[asks, 'confirm: [C]', 'confirm: {en: [C]}']], /answers\.confirm has no words in es/],
      [
        [[asks, 'reschedule: [R]', 'reschedule: [R, c]']],
        /answers\.reschedule has C in en, which means confirm already/,
      ],
      [
        [
          [asks, 'reschedule: [R]', 'reschedule: [CANCEL]'],
          [asks, /R (to reschedule|para cambiar)/g, 'CANCEL'],
        ],
        /answers\.reschedule has CANCEL, which means STOP to carriers, and to us/,
      ],
      [[[asks, 'confirm: [C]', 'confirm: [C, yes]']], /answers\.confirm has yes, which means START/],
      [
        [[asks, 'date-confirmed }', 'date-confirmt }']],
        /names a template that does not exist: date-confirmt/,
      ],
      [[[asks, 'date-confirmed }', 'date-reminder }']], /date-reminder asks again/],
      [
        [['rules.yaml', 'template: hearing-moved', 'template: date-reminder']],
        /asks about an appointment, and the rule [a-z-]+ says it: only reminder plans may/,
      ],
      [
        [['reminders.yaml', /template: date-reminder/g, 'template: date-changed']],
        /asks about an appointment by text, and no plan in reminders\.yaml says it by text/,
      ],
      [
        [
          [
            'reminders.yaml',
            'cancelled: { template: date-cancelled }',
            'cancelled: { template: date-reminder }',
          ],
        ],
        /asks about an appointment that is off: it is what office-meeting says when one is cancelled/,
      ],
    ]
    for (const [edits, said] of cases) {
      const before = edits.map(([file]) => [file, read(file)] as const)
      for (const [file, from, to] of edits) change(file, from, to)
      const { code, err } = await run()
      expect([code, err.match(said)?.[0] ?? err]).toEqual([1, expect.stringMatching(said)])
      for (const [file, text] of before.toReversed()) writeFileSync(join(dir, file), text)
    }
    change(asks, 'confirm: [C]', 'confirm: {en: [1], es: [C]}')
    change(asks, 'Reply C to confirm', 'Reply 1 to confirm')
    expect((await run()).code).toBe(0)
  })

  it('says so when the directory is none of a firm', async () => {
    dir = join(home, 'nowhere')
    expect(await run()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('does not exist') })
    dir = mkdtempSync(join(home, 'empty-'))
    expect((await run()).err).toContain('firm.yaml:1:1 firm: is missing: a firm needs its firm.yaml')
    writeFileSync(join(dir, 'firm.yaml'), Buffer.from([0x6b, 0xff, 0xfe]))
    expect((await run()).err).toContain('is not UTF-8 text')
    writeFileSync(join(dir, 'firm.yaml'), 'key: [')
    const broken = await run()
    expect(broken.err).toMatch(/^firm\.yaml:1:\d+ /)
    expect(broken.err).not.toContain('is missing: a firm needs')
  })

  it('warns of files that it does not know', async () => {
    writeFileSync(join(dir, 'templates', 'old.html'), '<p>')
    const { code, err } = await run({ dryRun: true })
    expect({ code, err }).toEqual({
      code: 0,
      err: 'templates/old.html:1:1 warning: is not a file of a firm; ignored\n',
    })
  })

  it('names the connection whose key another firm has, with its line', async () => {
    await run()
    const taken = `${key()}-dms`
    count += 1
    const before = dir
    dir = join(home, `firm-${count}`)
    cpSync(before, dir, { recursive: true })
    change('firm.yaml', new RegExp(`harbor-${count - 1}(?!-dms)`, 'g'), key())
    const { code, err } = await run()
    expect(code).toBe(1)
    expect(err).toMatch(
      new RegExp(
        `^firm\\.yaml:\\d+:10 connection ${taken}: key is the key of another firm’s connection`.replace(
          '’',
          '.',
        ),
      ),
    )
    expect(await findFirm(db, key())).toBeUndefined()
  })

  it('stops at what was edited elsewhere, until it is told who wins', async () => {
    await run()
    await edit('rule', 'welcome', (body) => ({ ...body, describe: 'Reworded by Pat' }))
    await edit('rule', 'comment-added', () => null)
    change('rules.yaml', 'due: P1D', 'due: P2D')
    const stopped = await run()
    expect(stopped.code).toBe(2)
    expect(stopped.out).toContain('  ! rule welcome: changed elsewhere')
    expect(stopped.out).toContain('describe: "Reworded by Pat" → "A new matter is opened."')
    expect(stopped.out).toContain('  ! rule comment-added: removed elsewhere')
    expect(stopped.err).toContain('2 items were edited elsewhere since the last apply; nothing was changed.')
    expect((await stored()).revision).toBe(3)

    const kept = await run({ take: 'console' })
    expect(kept.code).toBe(0)
    expect(kept.out).toContain('  ! rule welcome stays as the console has it')
    const describeOf = async () =>
      (
        (await stored()).items.find((item) => item.key === 'welcome' && item.kind === 'rule')!.body as {
          describe: string
        }
      ).describe
    expect(await describeOf()).toBe('Reworded by Pat')
    expect((await run()).code).toBe(2)

    expect((await run({ take: 'git' })).code).toBe(0)
    expect(await describeOf()).toBe('A new matter is opened.')
    expect((await run()).out).toContain('Nothing to change')
  })

  it('refuses a mixture of both sides that does not hold together', async () => {
    await run()
    await edit('rule', 'welcome', (body) => ({ ...body, describe: 'Still wants the template welcome' }))
    change('rules.yaml', 'template: welcome', 'template: status-update')
    rmSync(join(dir, 'templates', 'welcome.yaml'))
    const mixed = await run({ take: 'console' })
    expect(mixed.code).toBe(1)
    expect(mixed.err).toContain('names a template that does not exist: welcome')
    expect((await stored()).revision).toBe(2)
  })

  it('speaks JSON to programs', async () => {
    await run()
    change('rules.yaml', 'due: P1D', 'due: P2D')
    const { out, err } = await run({ json: true })
    expect(err).toBe('')
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      firm: { key: key() },
      applied: true,
      revision: 2,
      changes: [
        {
          action: 'change',
          kind: 'rule',
          key: 'settlement-offer',
          diff: [{ path: ['then', 1, 'task', 'due'], from: 'P1D', to: 'P2D' }],
        },
      ],
      unchanged: 54,
      problems: [],
      awake: expect.arrayContaining([{ zone: 'Pacific/Honolulu', time: '15:05' }]),
    })
    writeFileSync(join(dir, 'rules.yaml'), 'x: [')
    const broken = await run({ json: true })
    expect(broken.code).toBe(1)
    expect(JSON.parse(broken.out)).toMatchObject({ ok: false, problems: [{ line: 1 }] })
  })

  it('makes one firm of two first applies at the same moment', async () => {
    const both = await Promise.all([run(), run()])
    expect(both.map((result) => [result.code, result.err])).toEqual([
      [0, ''],
      [0, ''],
    ])
    expect((await stored()).revision).toBe(1)
  })

  it('lets no escape sequence of a file reach the terminal, and colours only where asked', async () => {
    writeFileSync(join(dir, 'rules.yaml'), `- key: "\\e[2Jx"\n  on: "\\u009b31m"\n  "then\\e[2J": 1\n`)
    const { err, deps } = await run()
    expect([...err].filter((char) => char === '\u001b' || char === '\u009b')).toEqual([])
    expect(err).toContain('�[2J')
    let coloured = ''
    cpSync(example, dir, { recursive: true })
    change('firm.yaml', /harbor-pike/g, key())
    const terminal = { ...deps.terminal, colour: true, out: (text: string) => (coloured += text) }
    await applyDirectory({ ...deps, terminal }, dir, { author: 'ci', dryRun: true })
    expect(coloured).toContain('\u001b[32m  + rule welcome\u001b[0m')
  })
})

describe('export', () => {
  const exported = async (to: string, options: { dryRun?: boolean; firm?: string } = {}) => {
    let text = ''
    const write = (part: string) => {
      text += part
    }
    const terminal = { out: write, err: write, colour: false }
    const code = await exportDirectory({ database: db, language, terminal }, to, { firm: key(), ...options })
    return { code, text }
  }

  it('leaves a directory that says the same byte for byte', async () => {
    await run()
    const before = read('firm.yaml')
    expect(await exported(dir)).toEqual({ code: 0, text: `${dir} already says what holds (revision 1)\n` })
    expect(read('firm.yaml')).toBe(before)
  })

  it('writes a directory whose apply changes nothing', async () => {
    await run()
    const fresh = join(home, `fresh-${count}`)
    expect((await exported(fresh)).code).toBe(0)
    expect(readdirSync(fresh).sort()).toEqual([
      'digests.yaml',
      'firm.yaml',
      'quiet-hours.yaml',
      'reminders.yaml',
      'rules.yaml',
      'statuses.yaml',
      'templates',
    ])
    expect(readFileSync(join(fresh, 'rules.yaml'), 'utf8')).toMatch(/^- key: comment-added\n {2}describe: /)
    expect(readFileSync(join(fresh, 'templates', 'welcome.yaml'), 'utf8')).toContain(
      '      body: |\n        Dear {{',
    )
    dir = fresh
    const again = await run()
    expect(again.err).toBe('')
    expect(again.out).toContain('Nothing to change, 55 unchanged; revision 1 holds.')
  })

  it('brings the console’s edits home, beside the comments, and ends the conflict', async () => {
    await run()
    await edit('firm', 'firm', (body) => ({ ...body, quietHours: { from: '20:00', until: '09:00' } }))
    await edit('rule', 'welcome', () => null)
    await edit('template', 'hello', () => ({
      key: 'hello',
      languages: { en: { sms: 'Hi' }, es: { sms: 'Hola' } },
    }))
    expect((await run()).code).toBe(2)
    expect((await exported(dir, { dryRun: true })).text).toContain('would be written')
    expect((await run()).code).toBe(2)
    const { text } = await exported(dir)
    expect(text.replaceAll(`${dir}/`, '').trim().split('\n').sort()).toEqual([
      'written firm.yaml',
      'written rules.yaml',
      'written templates/hello.yaml',
    ])
    expect(read('firm.yaml')).toContain("  from: '20:00'\n  until: '09:00'\n")
    expect(read('firm.yaml')).toContain('# The night desk: answers while the other offices sleep.')
    expect(read('rules.yaml')).not.toContain('key: welcome')
    expect((await run()).out).toContain('Nothing to change')
    expect((await run()).code).toBe(0)
  })

  it('writes nothing into another firm’s directory, nor for a firm that is not there', async () => {
    await run()
    const other = join(home, `other-${count}`)
    cpSync(example, other, { recursive: true })
    const before = readFileSync(join(other, 'firm.yaml'), 'utf8')
    expect(await exported(other)).toMatchObject({
      code: 1,
      text: expect.stringContaining('holds the firm harbor-pike'),
    })
    expect(readFileSync(join(other, 'firm.yaml'), 'utf8')).toBe(before)
    expect(await exported(dir, { firm: 'nobody' })).toEqual({ code: 1, text: 'there is no firm nobody\n' })
    writeFileSync(join(dir, 'rules.yaml'), 'x: [')
    expect(await exported(dir)).toMatchObject({
      code: 1,
      text: expect.stringMatching(/rules\.yaml:\d+:\d+ /),
    })
  })
})

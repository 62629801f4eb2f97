/** A draft of a rule, tried on what has really happened: message by message, and without any effect. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type RuleTrial, trialResult } from '../../contracts/rules.ts'
import { tryDraft } from '../../src/main/rule-trial.ts'
import { createKey } from '../../src/modules/console/index.ts'
import { closeMatter, invite } from '../../src/modules/staff/index.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 })
/** James Whitfield, Los Angeles, texts only. */
const james = { phone: '+13105550112', matter: 21002, client: 11002 }
/** Aiyana Begay, Phoenix, by text and mail. */
const aiyana = { phone: '+16025550113', matter: 21003 }
let world: World
let key: string
const acting = () => ({ by: 'test', now: world.clock.now(), newId: world.runtime.newId })
const stage = async (matter: number, name: string) => {
  await world.changeStage(matter, name)
  await world.settled()
}
beforeAll(async () => {
  world = await startWorld({ webhooksOnly: true })
  await stage(james.matter, 'Investigation')
  await world.advance({ minutes: 20 })
  await stage(aiyana.matter, 'Investigation')
  await stage(aiyana.matter, 'Mediation')
  await world.advance({ minutes: 20 })
  ;({ key } = await world.runtime.db.forFirm(world.firmId, (tx) =>
    createKey(tx, { name: 'desk', scopes: ['read', 'configure'] }, acting()),
  ))
})
afterAll(() => world.close())

async function ask(method: string, path: string, body?: object) {
  const answer = await fetch(`${world.appUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: JSON.parse(await answer.text()) }
}
const yamlOf = async (rule: string): Promise<string> => (await ask('GET', `/rules/${rule}`)).body.yaml
async function trial(rule: string, yaml: string, more: object = {}): Promise<RuleTrial> {
  const { status, body } = await ask('POST', `/rules/${rule}/trial`, { yaml, ...more })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return trialResult.parse(body)
}
const few = { limit: 200, same: true }
const none = { sent: 0, unsent: 0, changed: 0, same: 0, problem: 0 }

describe('a draft on the last 30 days', () => {
  it('that says what holds says the same as was really sent, word for word', async () => {
    const tried = await trial('status-update', await yamlOf('status-update'), { same: true })
    expect(tried.next).toBeNull()
    expect(tried.looked).toBe(3)
    expect(tried.edition).toBe(1)
    const messages = await world.rows<{ id: string; body: string; subject: string | null }>(
      `select m.id, m.body, m.subject from messages m where m.template_key = 'status-update'`,
    )
    expect(messages.length).toBeGreaterThan(3)
    expect(tried.totals).toEqual({ ...none, same: messages.length })
    for (const { message, after, difference } of tried.items) {
      const sent = messages.find(({ id }) => id === message!.id)!
      expect({ difference, text: after!.text, subject: after!.subject }).toEqual({
        difference: 'same',
        text: sent.body,
        subject: sent.subject,
      })
    }
    // Listed only when asked for.
    expect((await trial('status-update', await yamlOf('status-update'))).items).toEqual([])
  })

  it('shows what would no longer be sent, and why', async () => {
    const yaml = (await yamlOf('status-update')).replace("'mediation', ", '')
    const { items, totals } = await trial('status-update', yaml)
    expect(totals).toEqual({ ...none, unsent: 2, same: totals.same })
    expect(totals.same).toBeGreaterThan(1)
    expect(
      items.map(({ difference, before, after, why }) => [difference, before!.channel, after, why]),
    ).toEqual(
      expect.arrayContaining([
        ['unsent', 'sms', null, { outcome: 'no', reason: null }],
        ['unsent', 'email', null, { outcome: 'no', reason: null }],
      ]),
    )
    expect(items[0]).toMatchObject({
      client: { name: 'Aiyana Begay' },
      matter: { number: expect.any(String) },
      message: { state: expect.any(String) },
    })
  })

  it('shows what would be sent that was not, also of a rule that is not there yet', async () => {
    const yaml = [
      'key: mediation-call',
      'on: matter.status_changed',
      "when: matter.state == 'mediation'",
      'then:',
      '  - tell: client',
      '    template: status-update',
      '    channels: [sms]',
      '  - task:',
      '      title: Call about the mediation',
      '      assign: attorney',
      '',
    ].join('\n')
    const { items, totals, edition } = await trial('mediation-call', yaml)
    expect({ totals, edition }).toEqual({ totals: { ...none, sent: 2 }, edition: 0 })
    expect(items.map(({ after, why, message }) => [after!.channel, after!.address, why, message])).toEqual([
      ['sms', aiyana.phone, null, null],
      ['task', 'attorney', null, null],
    ])
    expect(items[0]!.after!.text).toContain('mediation')
  })

  it('shows other words, and that a channel or the urgency is another', async () => {
    const other = (await yamlOf('status-update')).replace(
      'template: status-update',
      'template: matter-closed',
    )
    const worded = await trial('status-update', other)
    expect(worded.totals).toEqual({ ...none, changed: worded.items.length })
    const [first] = worded.items
    expect(first!.before!.template).toBe('status-update')
    expect(first!.after!.template).toBe('matter-closed')
    expect(first!.after!.text).not.toBe(first!.before!.text)

    const urgent = `${(await yamlOf('status-update')).trimEnd()}\n    urgency: urgent\n    channels: [sms]\n`
    const { totals, items } = await trial('status-update', urgent)
    const mails = items.filter(({ before }) => before!.channel === 'email')
    expect(totals).toEqual({ ...none, changed: totals.changed, unsent: mails.length })
    expect(totals.changed).toBeGreaterThan(1)
    expect(mails.every(({ difference }) => difference === 'unsent')).toBe(true)
  })

  it('switched off says nothing more; one that was off, all that it would have said', async () => {
    const yaml = await yamlOf('status-update')
    const { totals } = await trial('status-update', yaml.replace('on:', 'off: true\non:'))
    expect(totals.unsent).toBeGreaterThan(3)
    expect(totals).toEqual({ ...none, unsent: totals.unsent })
  })

  it('shows where it can not be decided, or its words are not whole: staff would get a task', async () => {
    const rule = (when: string, template: string) =>
      [
        'key: broken',
        'on: matter.status_changed',
        `when: ${when}`,
        'then:',
        '  - tell: client',
        `    template: ${template}`,
        '    with: { before: "null", starts_at: "null" }',
        '',
      ].join('\n')
    const failing = await trial('broken', rule('matter.nowhere == 3', 'status-update'))
    expect(failing.totals).toEqual({ ...none, problem: 3 })
    expect(failing.items[0]!.why).toEqual({ outcome: 'error', reason: 'when: matter.nowhere is not there' })
    const halfEmpty = await trial('broken', rule('"true"', 'hearing-moved'))
    expect(halfEmpty.totals).toEqual({ ...none, problem: 3 })
    expect(halfEmpty.items[0]!.why!.reason).toMatch(/^template: /)
  })

  it('goes by what was so then as far as it was kept, and names where today stands in', async () => {
    const yaml = (when: string) =>
      `key: spanish\non: matter.status_changed\nwhen: ${when}\nthen:\n  - tell: client\n    template: status-update\n    channels: [sms]\n`
    // A rule that asks for it keeps it with each decision.
    const asked = yaml("client.language == 'en' && matter.state == 'discovery'")
    const put = await ask('PUT', '/rules/spanish', { yaml: asked, basedOn: 0, reason: 'to be tried' })
    expect(put.status).toBe(200)
    await stage(james.matter, 'Discovery')
    await world.changeField(james.client, 'Language', 'es')
    await stage(james.matter, 'Mediation')
    const [client] = await world.rows<{ language: string }>(
      'select language from clients where external_id = $1',
      [String(james.client)],
    )
    expect(client!.language).toBe('es')
    // Then it was English, and the matter was in discovery: both were kept.
    const same = await trial('spanish', asked, { same: true })
    expect(same.totals).toMatchObject({ same: 1, unsent: 0, sent: 0 })
    expect(same.items[0]).toMatchObject({ standIns: [], before: { language: 'en' } })
    // What no rule read then is as it is today, and is said to be.
    const { items } = await trial(
      'spanish',
      yaml("client.first_name == 'James' && documents.size() < 900 && matter.state == 'discovery'"),
      { same: true },
    )
    expect(items).toHaveLength(1)
    expect(items[0]!.standIns).toEqual(expect.arrayContaining(['client.first_name', 'documents']))
    expect(items[0]!.standIns).not.toContain('client.language')
  })

  it('says nothing of what was undone at once', async () => {
    const before = (await trial('matter-closed', await yamlOf('matter-closed'), { same: true })).totals.same
    await stage(james.matter, 'Closed')
    await stage(james.matter, 'Mediation')
    await world.advance({ minutes: 15 })
    const after = await trial('matter-closed', await yamlOf('matter-closed'), { same: true })
    expect(after.totals.same).toBe(before)
    expect(after.passedOver).toBe(1)
  })

  it('comes in parts, which together are the whole', async () => {
    const yaml = await yamlOf('status-update')
    const whole = await trial('status-update', yaml, { same: true, limit: 200 })
    const parts: RuleTrial[] = []
    for (let next: string | undefined; parts.length < 50; ) {
      const part = await trial('status-update', yaml, {
        same: true,
        limit: 1,
        ...(next ? { cursor: next } : {}),
      })
      parts.push(part)
      if (part.next === null) break
      next = part.next
    }
    expect(parts.length).toBeGreaterThan(4)
    expect(parts.flatMap(({ items }) => items)).toEqual(whole.items)
    expect(parts.reduce((sum, { looked }) => sum + looked, 0)).toBe(whole.looked)
    // What is older than 30 days is not looked at.
    await world.advance({ hours: 24 * 31 })
    expect(await trial('status-update', yaml)).toMatchObject({ looked: 0, next: null, lookedUntil: null })
    // Its webhooks have to be asked for anew after so long.
    await world.runtime.subscribe(world.firmId)
    await stage(james.matter, 'Trial')
    expect(await trial('status-update', yaml)).toMatchObject({ looked: 1 })
  })

  it('must be fit to be published: else each mistake is told with its place', async () => {
    const { status, body } = await ask('POST', '/rules/welcome/trial', {
      yaml: 'key: welcome\non: x\nthen: []\n',
    })
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([{ line: 3, path: 'body.yaml.then' }])
  })
})

describe('a trial', () => {
  it('changes no row, and the database would refuse it', async () => {
    const yaml = (await yamlOf('status-update')).replace('template: status-update', 'template: matter-closed')
    // The first use of a key is noted; that is not the trial's.
    await trial('status-update', yaml)
    const digest = async () => {
      const { rows: tables } = await world.database.adminPool.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
      )
      const found: Record<string, string> = {}
      for (const { name } of tables) {
        const { rows } = await world.database.adminPool.query<{ digest: string }>(
          `select count(*) || ' ' || coalesce(md5(string_agg(t.xmin::text || t.ctid::text || t::text, ',' order by t.ctid)), '') as digest from ${name} t`,
        )
        found[name] = rows[0]!.digest
      }
      return found
    }
    const [before, sentBefore] = [await digest(), (await world.messages()).length]
    expect(Object.keys(before).length).toBeGreaterThan(40)
    expect((await trial('status-update', yaml, { same: true })).totals.changed).toBeGreaterThan(0)
    await trial('brand-new', yaml.replace('key: status-update', 'key: brand-new'))
    expect(await digest()).toEqual(before)
    await world.settled()
    expect((await world.messages()).length).toBe(sentBefore)
    const writing = world.runtime.db.forFirm(world.firmId, async (tx) => {
      await tryDraft(tx, world.runtime, world.runtime.edits, { key: 'status-update', text: yaml }, few)
      await tx.run('update matters set title = title')
    })
    await expect(writing).rejects.toThrow('read-only transaction')
  })

  it('shows nothing of a matter that is closed to who asks', async () => {
    const db = world.runtime.db
    const [matter] = await world.rows<{ id: never }>('select id from matters where external_id = $1', [
      String(james.matter),
    ])
    const staffId = await db.forFirm(world.firmId, async (tx) => {
      const invited = await invite(tx, { name: 'Eve', email: 'eve@firm.example', role: 'owner' }, acting())
      await closeMatter(tx, { matterId: matter!.id, staffId: invited!.id }, 'her brother', acting())
      return invited!.id
    })
    const yaml = await yamlOf('status-update')
    const tried = (walledFor: string | null) =>
      db.forFirm(
        world.firmId,
        (tx) =>
          tryDraft(
            tx,
            world.runtime,
            world.runtime.edits,
            { key: 'status-update', text: yaml },
            { limit: 200, same: true },
          ),
        walledFor,
      )
    expect((await tried(null)).items.map(({ matter }) => matter.id)).toContain(matter!.id)
    const walled = await tried(staffId)
    expect(JSON.stringify(walled)).not.toContain(matter!.id)
    expect(walled.next).toBeNull()
  })
})

/** Pieces of the configuration that begin and end in the console: rules and templates. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '../../src/modules/console/index.ts'
import type { Scope } from '../../src/modules/staff/index.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let attorney: string
let reader: string
beforeAll(async () => {
  world = await startWorld({ webhooksOnly: true })
  attorney = await keyFor(['read', 'configure'])
  reader = await keyFor(['read', 'operate'])
})
afterAll(() => world.close())

async function keyFor(scopes: Scope[]): Promise<string> {
  const acting = { by: 'test', now: world.clock.now(), newId: world.runtime.newId }
  const { key } = await world.runtime.db.forFirm(world.firmId, (tx) =>
    createKey(tx, { name: 'Kim', scopes }, acting),
  )
  return key
}
async function ask(method: string, path: string, body?: object, key = attorney) {
  const answer = await fetch(`${world.appUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: JSON.parse(await answer.text()) }
}
const toldOf = async (stage: string) => {
  const before = (await world.messages()).length
  await world.changeStage(21001, stage)
  await world.settled()
  return (await world.messages()).slice(before).map(({ text }) => text)
}

describe('a rule that is removed', () => {
  it('says nothing from then on, keeps its history, and can be made anew from there', async () => {
    expect(await toldOf('Mediation')).not.toEqual([])
    const { yaml, edition } = (await ask('GET', '/rules/status-update')).body
    const gone = await ask('PUT', '/rules/status-update/removal', { basedOn: edition, reason: 'By hand now' })
    expect(gone).toEqual({
      status: 200,
      body: { key: 'status-update', edition: edition + 1, revision: expect.any(Number) },
    })
    expect((await ask('GET', '/rules/status-update')).status).toBe(404)
    expect(await toldOf('Investigation')).toEqual([])
    const { items } = (await ask('GET', '/rules/status-update/history')).body
    expect(items.map((one: { yaml: string | null }) => one.yaml)).toEqual([null, yaml])
    expect(items[0]).toMatchObject({ reason: 'By hand now', changedBy: 'the key "Kim"', origin: 'console' })
    // Git still has it: an apply stops there, and says why.
    const applied = await world.apply(world.firmDir!)
    expect(applied).toMatchObject({ code: 2, printed: expect.stringContaining('status-update') })

    const anew = { yaml, basedOn: 0, reason: 'They miss it' }
    expect(await ask('PUT', '/rules/status-update', anew)).toMatchObject({
      status: 200,
      body: { edition: edition + 2, changed: true },
    })
    expect(await toldOf('Discovery')).not.toEqual([])
    expect((await world.apply(world.firmDir!)).code).toBe(0)
    const kept = await world.rows<{ action: string }>(
      `select action from audit_entries where action like 'config.%' and actor like 'apikey:%' order by xid, seq`,
    )
    expect(kept).toHaveLength(2)
  })

  it('is removed by whose role it is, once, and not where somebody else was quicker', async () => {
    const { edition } = (await ask('GET', '/rules/comment-added')).body
    const path = '/rules/comment-added/removal'
    const wished = { basedOn: edition, reason: 'r' }
    expect((await ask('PUT', path, wished, reader)).status).toBe(403)
    expect((await ask('PUT', path, { ...wished, basedOn: edition + 1 })).status).toBe(409)
    expect((await ask('PUT', path, { basedOn: edition, reason: ' ' })).status).toBe(422)
    const both = await Promise.all([ask('PUT', path, wished), ask('PUT', path, wished)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 404])
    expect((await ask('PUT', path, { ...wished, basedOn: 0 })).status).toBe(404)
    expect((await ask('PUT', '/rules/nobodys/removal', wished)).status).toBe(404)
  })
})

describe('a template', () => {
  it('begins in the console: published, said by a rule, and removed once nothing says it', async () => {
    const words = { en: { sms: 'Your offer is in.' }, es: { sms: 'Su oferta ha llegado.' } }
    const { variables } = (await ask('GET', '/templates')).body
    expect(variables.map(({ path }: { path: string }) => path)).toContain('client.first_name')
    expect((await ask('GET', '/templates/offer-in')).status).toBe(404)
    const preview = await ask('POST', '/templates/offer-in/preview', { body: { languages: words } })
    expect(preview.body).toMatchObject({ problems: [], messages: [{ text: 'Your offer is in.' }, {}] })
    const made = { body: { languages: words }, basedOn: 0, reason: 'Offers come every week' }
    expect(await ask('PUT', '/templates/offer-in', made, reader)).toMatchObject({ status: 403 })
    expect(await ask('PUT', '/templates/offer-in', made)).toMatchObject({ status: 200, body: { edition: 1 } })
    // Somebody else has begun one of the same name meanwhile.
    expect((await ask('PUT', '/templates/offer-in', made)).status).toBe(409)

    const yaml =
      'key: offer-in\non: matter.status_changed\nthen: [{ tell: client, template: offer-in, channels: [sms] }]\n'
    expect(await ask('PUT', '/rules/offer-in', { yaml, basedOn: 0, reason: 'r' })).toMatchObject({
      status: 200,
    })
    expect(await toldOf('Mediation')).toContain('Su oferta ha llegado.')

    const removal = { basedOn: 1, reason: 'No more offers' }
    expect(await ask('PUT', '/templates/offer-in/removal', removal)).toMatchObject({
      status: 422,
      body: { errors: [{ message: expect.stringMatching(/rule offer-in.*offer-in/) }] },
    })
    expect((await ask('PUT', '/rules/offer-in/removal', removal)).status).toBe(200)
    expect(await ask('PUT', '/templates/offer-in/removal', removal)).toMatchObject({ body: { edition: 2 } })
    expect((await ask('GET', '/templates/offer-in')).status).toBe(404)
    const { items } = (await ask('GET', '/templates/offer-in/history')).body
    expect(items.map(({ body }: { body: unknown }) => body === null)).toEqual([true, false])
  })
})

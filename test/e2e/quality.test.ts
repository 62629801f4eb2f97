/** Dirt as work: found by an audit or by the reads of every day, mended here or in the CMS, and what waited goes. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditCmsCommand } from '../../src/main/commands/audit-cms.ts'
import {
  fixQualityCommand,
  ignoreQualityCommand,
  listQualityCommand,
} from '../../src/main/commands/quality.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
let printed: string
let complained: string
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  printed = ''
  complained = ''
})

const deps = () => ({
  ...world.runtime,
  by: 'cli:tess',
  terminal: {
    out: (text: string) => (printed += text),
    err: (text: string) => (complained += text),
    colour: false,
  },
})
const audit = async () => {
  // What was seen before an audit began was not seen by it.
  await world.advance({ minutes: 1 })
  return auditCmsCommand(deps(), 'harbor-pike-clio', { json: true, wait: () => Promise.resolve() })
}
const items = (external: string) =>
  world.rows<{ id: string; kind: string; state: string; value: string | null; resolved_by: string | null }>(
    'select id, kind, state, value, resolved_by from quality_items where external_id = $1 order by kind',
    [external],
  )
const patch = (path: string, body: object) => world.control('PATCH', `/_sandbox/cms/${path}`, body)
const noticesOf = (matter: number) =>
  world.rows<{ state: string; reason: string | null }>(
    `select n.state, n.reason from notices n join matters m on m.id = n.matter_id
     where m.external_id = $1 order by n.created_at, n.id`,
    [String(matter)],
  )
const matterOf = async (client: number): Promise<number> => {
  const { data } = (await world.control('GET', '/_sandbox/cms/matters')) as {
    data: { id: number; client: { id: number } | null }[]
  }
  return data.find((one) => one.client?.id === client)!.id
}
/** The example firm's clients: 11011 wants mail and has no phone; 11010 wants texts. */
const texted = { client: 11010, matter: 0 }

describe('a client whose only address is wrong', () => {
  it('is found by the daily read, and what was to be said waits for an address', async () => {
    texted.matter = await matterOf(texted.client)
    await world.changePhone(texted.client, '786 555')
    await world.changeStage(texted.matter, 'Mediation')
    await world.settled()
    expect(await items(String(texted.client))).toMatchObject([
      { kind: 'phone_unusable', state: 'open', value: '786 555' },
    ])
    expect((await noticesOf(texted.matter)).at(-1)).toEqual({
      state: 'held',
      reason: 'no phone number or mail address that works',
    })
    expect(await world.messages({ to: '+17865550120' })).toEqual([])
  })

  it('is corrected here: the text goes at once, and the CMS does not undo it', async () => {
    const [item] = await items(String(texted.client))
    expect(await fixQualityCommand(deps(), item!.id, '12', {})).toBe(1)
    expect(complained).toBe('tipstaff: the number is not a number that is in use\n')
    expect(await fixQualityCommand(deps(), item!.id, '(786) 555-0120', {})).toBe(0)
    expect(printed).toMatch(/^Fixed; \d+ that waited are looked at again\.\n$/)
    await world.settled()
    expect(await world.messages({ to: '+17865550120' })).toHaveLength(1)
    // The CMS still shows the old number.
    await world.changeField(texted.client, 'Language', 'en')
    expect(await items(String(texted.client))).toMatchObject([
      { kind: 'phone_unusable', state: 'fixed', value: null, resolved_by: 'cli:tess' },
    ])
    const points = () =>
      world.rows(
        `select address, origin, rank from contact_points p join clients c on c.id = p.client_id
         where c.external_id = $1 and channel = 'sms' and p.removed_at is null`,
        [String(texted.client)],
      )
    expect(await points()).toEqual([{ address: '+17865550120', origin: 'staff', rank: -1 }])
    await world.changePhone(texted.client, '+1 786 555 0120')
    expect(await points()).toEqual([{ address: '+17865550120', origin: 'cms', rank: 0 }])
    expect(await world.rows(`select actor from audit_entries where action = 'quality.fixed'`)).toEqual([
      { actor: 'cli:tess' },
    ])
  })

  it('is work again when the CMS, which had followed, shows another one that is wrong', async () => {
    await world.advance({ minutes: 1 })
    await world.changeField(texted.client, 'Language', 'es')
    await world.advance({ minutes: 1 })
    await world.changePhone(texted.client, '786 556')
    expect(await items(String(texted.client))).toMatchObject([
      { kind: 'phone_unusable', state: 'open', value: '786 556', resolved_by: null },
    ])
  })
})

it('a correction ends when the CMS gets a main number that the client never had: that one is newer', async () => {
  await world.advance({ minutes: 1 })
  const [item] = (await items(String(texted.client))).filter(({ state }) => state === 'open')
  expect(await fixQualityCommand(deps(), item!.id, '(786) 555-0121', {})).toBe(0)
  const first = async () => {
    const [row] = await world.rows<{ address: string }>(
      `select address from contact_points p join clients c on c.id = p.client_id
       where c.external_id = $1 and channel = 'sms' and p.removed_at is null order by rank limit 1`,
      [String(texted.client)],
    )
    return row?.address
  }
  // A number that was there before says nothing new.
  await world.advance({ minutes: 1 })
  await world.changePhone(texted.client, '+1 786 555 0120')
  expect(await first()).toBe('+17865550121')
  await world.advance({ minutes: 1 })
  await world.changePhone(texted.client, '+1 786 555 0122')
  expect(await first()).toBe('+17865550122')
  expect(
    await world.rows(`select actor from audit_entries where action = 'contact_point.overtaken'`),
  ).toEqual([{ actor: 'cms' }])
})

describe('what an audit finds', () => {
  it('becomes items, each once however often it is found', async () => {
    await patch('contacts/11006', { primary_email_address: 'kenji@gmial.com' })
    await world.changeStage(await matterOf(11006), 'Mediation')
    await world.settled()
    expect(await audit()).toBe(0)
    expect(await audit()).toBe(0)
    expect(await items('11006')).toMatchObject([
      { kind: 'mail_typo', state: 'open', value: 'kenji@gmial.com' },
      { kind: 'preference_unmet', state: 'open' },
    ])
    expect(await items('on hold??')).toMatchObject([{ kind: 'status_unknown', state: 'open' }])
    printed = ''
    await listQualityCommand(deps(), { kind: 'mail_typo' })
    expect(printed).toContain('client 11006')
    expect(printed).toContain('perhaps gmail.com is meant, perhaps kenji@gmail.com')
    expect(printed).toContain(`${world.sandboxUrl}/nc/#/contacts/11006`)
  })

  it('is not written to while it is wrong: the right address is used, and the wrong one no more', async () => {
    const typo = (await items('11006')).find(({ kind }) => kind === 'mail_typo')!
    expect(await fixQualityCommand(deps(), typo.id, 'kenji@example.org', {})).toBe(0)
    expect(
      await world.rows(
        `select address, suppressed_reason from contact_points p join clients c on c.id = p.client_id
         where c.external_id = '11006' and channel = 'email' and p.removed_at is null order by rank`,
      ),
    ).toEqual([
      { address: 'kenji@example.org', suppressed_reason: null },
      { address: 'kenji@gmial.com', suppressed_reason: 'replaced by staff' },
    ])
    // The next audit still sees the old one, and knows that it was dealt with.
    await audit()
    expect(await items('11006')).toMatchObject([
      { kind: 'mail_typo', state: 'fixed', value: null },
      { kind: 'preference_unmet', state: 'fixed', value: null },
    ])
  })

  it('is fixed by itself once the CMS is mended, and open again if it comes back', async () => {
    await patch('contacts/11007', { custom_field_values: [{ field_name: 'Time zone', value: 'Eastern' }] })
    await audit()
    expect(await items('11007')).toMatchObject([{ kind: 'zone_unknown', state: 'open' }])
    await patch('contacts/11007', {
      custom_field_values: [{ field_name: 'Time zone', value: 'America/New_York' }],
    })
    await audit()
    expect(await items('11007')).toMatchObject([
      { kind: 'zone_unknown', state: 'fixed', resolved_by: 'tipstaff', value: null },
    ])
    await patch('contacts/11007', { custom_field_values: [{ field_name: 'Time zone', value: 'Eastern' }] })
    await audit()
    expect(await items('11007')).toMatchObject([{ kind: 'zone_unknown', state: 'open', resolved_by: null }])
  })

  it('stays ignored when staff say so, and says why', async () => {
    const [item] = await items('on hold??')
    expect(await ignoreQualityCommand(deps(), item!.id, 'nobody uses it', {})).toBe(0)
    await audit()
    expect(await items('on hold??')).toMatchObject([{ state: 'ignored', resolved_by: 'cli:tess' }])
    expect(await ignoreQualityCommand(deps(), item!.id, 'again', {})).toBe(1)
    expect(complained).toContain('is not open')
  })

  it('tells nobody’s address to the log or the record', async () => {
    const entries = JSON.stringify(
      await world.rows(
        `select data from audit_entries where action like 'quality.%' or action = 'cms.audited'`,
      ),
    )
    for (const secret of ['kenji', '5550120', '786 555']) {
      expect(entries).not.toContain(secret)
      expect(world.logged.join('')).not.toContain(secret)
    }
  })
})

/** A case management system of the SOAP days, followed by its lists: nothing calls us from there. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { firmCopy } from '../support/firm-copy.ts'
import { startWorld, type World } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const firm = firmCopy((text) =>
  text.replace(
    '\nconnections:\n',
    `
connections:
  - key: harbor-pike-archive
    kind: soap-cms
    poll:
      every: PT5M
    settings:
      wsdl: env:HARBOR_PIKE_ARCHIVE_WSDL
      key: env:HARBOR_PIKE_ARCHIVE_KEY
      zone: America/New_York
`,
  ),
)
let world: World
beforeAll(async () => {
  world = await startWorld({ firm: firm.dir })
  await world.settled()
})
afterAll(async () => {
  await world.close()
  firm.remove()
})

const change = (what: string, fields: object) => world.control('PATCH', `/_sandbox/legacy/${what}`, fields)
/** By the wall clock of the office, as the system writes it. */
const wall = (at: Temporal.Instant) => {
  const { month, day, year, hour, minute } = at.toZonedDateTimeISO('America/New_York')
  return `${month}/${day}/${year} ${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`
}
const maria = '+19175550123'

it('takes in its cases without a word, one call at a time', async () => {
  const [found] = await world.rows<{ data: { responsible_attorney: string }; state: string }>(
    "select data, state from matters where external_id = '000117'",
  )
  // What an attorney typed survives to the byte.
  expect(found!.data.responsible_attorney).toBe('Eleanor “Nell” Harbor')
  expect(await world.rows('select from events')).toEqual([])
  const { data } = (await world.control('GET', '/_sandbox/legacy/traffic')) as { data: { overlaps: number } }
  expect(data.overlaps).toBe(0)
})

it('tells a change of status that a poll found, once', async () => {
  await world.advance({ minutes: 10 })
  await change('cases/000117', { CaseStatus: 'Mediation' })
  for (let i = 0; i < 3; i++) await world.advance({ minutes: 5 })
  const told = await world.messages({ to: maria })
  expect(told).toHaveLength(1)
  expect(await world.rows("select outcome from events where type = 'matter.status_changed'")).toEqual([
    { outcome: 'decided' },
  ])
})

it('tells of a hearing at the right instant', async () => {
  const at = world.clock
    .now()
    .add({ hours: 24 * 10 })
    .round('hour')
  await world.control('POST', '/_sandbox/legacy/appointments', {
    CaseId: '000117',
    Subject: 'Motion “hearing”',
    ApptType: 'Hearing',
    Starts: wall(at),
    Ends: wall(at.add({ hours: 1 })),
  })
  for (let i = 0; i < 2; i++) await world.advance({ minutes: 5 })
  const facts = await world.rows<{ data: { start_at: string; summary: string } }>(
    "select data from facts where kind = 'appointment' and data ->> 'summary' = 'Motion “hearing”'",
  )
  expect(facts.map((f) => String(Temporal.Instant.from(f.data.start_at)))).toEqual([String(at)])
  expect(await world.rows("select from events where type = 'hearing.scheduled'")).toHaveLength(1)
})

import { beforeAll, expect, it } from 'vitest'
import { quarantine, storeArrivals } from '../../src/modules/ingest/store.ts'
import { apiWorld, type FirmWorld, newId, zone } from './api-support.ts'
import { phone } from './api-things.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let ours: FirmWorld
let key: string

beforeAll(async () => {
  world = await apiWorld()
  ours = await world.firm('ours')
  key = (await ours.key(['read'], 'all')).key
})

const list = async (path: string) => (await world.call(key, 'GET', path)).body.items

async function quarantined(item: {
  kind: 'unknown_status' | 'no_matter'
  rawStatus: string | null
  detail: object
}) {
  const deliveryId = newId<string>() as never
  const connectionId = ours.connections.clio
  await ours.inFirm(async (tx) => {
    const body = Buffer.from('{}')
    const arrival = {
      id: deliveryId,
      connectionId,
      receivedAt: world.clock.now(),
      model: null,
      headers: {},
      body,
    }
    await storeArrivals(tx, [{ ...arrival, key: deliveryId, keyless: false }])
    const detail = item.detail as Record<string, never>
    await quarantine(tx, [{ connectionId, deliveryId, ...item, detail }], world.clock.now(), newId)
  })
}

it('dead letters and held items name whom they are for as one calls them, and their clocks', async () => {
  const ada = await ours.client('Ada Byron', { phone: phone() }, 'A-1')
  await ours.inFirm((tx) => tx.run(`update clients set first_name = 'Ada' where id = $1`, [ada.id]))
  await ours.tell(ada, { messages: [{ channel: 'sms' }] })
  await ours.send({ kind: 'refused', code: '30006', detail: 'landline' })
  await ours.tell(ada, { messages: [{ channel: 'sms', state: 'held', reason: 'client paused' }] })
  await ours.tell(ada, { notice: { state: 'held', reason: 'evidence: x' } })
  const person = { clientId: ada.id, client: 'Ada Byron', firstName: 'Ada', timeZone: zone }
  expect(await list('/dead-letters')).toMatchObject([person])
  expect(await list('/held')).toMatchObject([person, person])
})

it('tasks say where their matter stands, as the firm’s system calls it', async () => {
  const bo = await ours.client('Bo Diaz', { phone: phone() }, 'B-1')
  await ours.inFirm(async (tx) => {
    await tx.run(`update matters set state = 'discovery' where id = $1`, [bo.matterId])
    for (const [matterId, title] of [
      [bo.matterId, 'call'],
      [null, 'think'],
    ])
      await tx.run(
        `insert into tasks (firm_id, id, kind, title, detail, matter_id, cause, state, created_at)
         values (current_firm(), $1, 'rule', $2, '', $3, $2, 'open', $4)`,
        [newId(), title, matterId, world.clock.now()],
      )
  })
  expect(await list('/tasks')).toMatchObject([
    { title: 'think', matterState: null },
    {
      title: 'call',
      matterState: { key: 'discovery', label: 'Discovery', words: { en: 'in discovery' } },
    },
  ])
})

it('what is in quarantine names its matter and client, and what its status may mean', async () => {
  const cy = await ours.client('Cy Lopez', { phone: phone() }, 'C-1')
  await quarantined({ kind: 'unknown_status', rawStatus: 'Discovry', detail: { matter: 'm-Cy Lopez' } })
  await quarantined({
    kind: 'no_matter',
    rawStatus: null,
    detail: { matter: 'nobodys', client: 'c-Cy Lopez' },
  })
  await quarantined({ kind: 'no_matter', rawStatus: null, detail: { matter: 'nobodys' } })
  const nobody = { matterId: null, matter: null, clientId: null, client: null, suggestions: [] }
  expect(await list('/quarantine')).toMatchObject([
    nobody,
    { ...nobody, clientId: cy.id, client: 'Cy Lopez' },
    {
      matterId: cy.matterId,
      matter: 'C-1',
      clientId: cy.id,
      client: 'Cy Lopez',
      suggestions: [{ state: { key: 'discovery', label: 'Discovery' }, raw: 'Discovery' }],
    },
  ])
})

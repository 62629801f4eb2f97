import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  closeDeadLetterCommand,
  listDeadLettersCommand,
  replayDeadLettersCommand,
} from '../../src/main/commands/dead-letters.ts'
import { createKeyCommand, listKeysCommand, revokeKeyCommand } from '../../src/main/commands/keys.ts'
import type { OperatingDeps } from '../../src/main/commands/operating.ts'
import { listPausesCommand, pauseCommand, resumeCommand } from '../../src/main/commands/pause.ts'
import {
  discardQuarantineCommand,
  listQuarantineCommand,
  replayQuarantineCommand,
} from '../../src/main/commands/quarantine.ts'
import { endTaskCommand, listTasksCommand } from '../../src/main/commands/tasks.ts'
import { traceCommand } from '../../src/main/commands/trace.ts'
import { deploymentStats, firmStats, unhandledTypes } from '../../src/modules/console/index.ts'
import { quarantine, storeArrivals } from '../../src/modules/ingest/store.ts'
import { openTasks } from '../../src/modules/tasks/index.ts'
import { apiWorld, type FirmWorld, newId } from './api-support.ts'

let world: Awaited<ReturnType<typeof apiWorld>>
let firm: FirmWorld
let deps: OperatingDeps
let out = ''
let err = ''
beforeAll(async () => {
  world = await apiWorld()
  firm = await world.firm('harbor')
  const terminal = {
    out(text: string) {
      out += text
    },
    err(text: string) {
      err += text
    },
    colour: false,
  }
  deps = { ...world.deps, terminal, by: 'cli:kim' }
})
beforeEach(() => {
  out = ''
  err = ''
  world.nudged.length = 0
})
const json = () => JSON.parse(out)

describe('the firm that a command works for', () => {
  it('is the only one, or the one that is named', async () => {
    const other = await apiWorld()
    const alone = { ...deps, ...other.deps, terminal: deps.terminal }
    expect(await listTasksCommand(alone, {})).toBe(1)
    expect(err).toContain('there is no firm yet')
    await other.firm('one')
    expect(await listTasksCommand(alone, {})).toBe(0)
    await other.firm('two')
    expect(await listTasksCommand(alone, {})).toBe(1)
    expect(err).toContain('there are 2 firms: say which with --firm KEY')
    expect(await listTasksCommand(alone, { firm: 'two' })).toBe(0)
    expect(await listTasksCommand(alone, { firm: 'three' })).toBe(1)
    expect(err).toContain('no firm has the key three')
  })
})

describe('tipstaff trace', () => {
  it('prints one screen, JSON, or why there is nothing', async () => {
    const client = await firm.client('Ana Reyes', { phone: '+12125550142' })
    await firm.tell(client, { messages: [{ channel: 'sms' }] })
    expect(await traceCommand(deps, '(212) 555 0142', {})).toBe(0)
    expect(out).toContain('Not yet: waits for its turn to leave, to …0142 by SMS')
    expect(out).toContain('times in America/New_York')
    out = ''
    expect(await traceCommand(deps, 'Ana Reyes', { json: true })).toBe(0)
    expect(json().clients[0].name).toBe('Ana Reyes')
    expect(await traceCommand(deps, 'nobody', {})).toBe(1)
    expect(err).toContain('tipstaff: nothing is known by "nobody"')
    expect(await traceCommand(deps, 'Ana Reyes', { cursor: 'x' })).toBe(1)
  })
})

describe('tipstaff dead-letters', () => {
  it('lists, replays and closes, and says what can’t be done', async () => {
    await firm.send({ kind: 'accepted', providerMessageId: '' })
    const client = await firm.client('Bo', { phone: '+12125550143' })
    await firm.tell(client, { messages: [{ channel: 'sms' }] })
    await firm.send({ kind: 'refused', code: '30006', detail: 'landline' })
    expect(await listDeadLettersCommand(deps, { json: true })).toBe(0)
    const [letter] = json().items
    out = ''
    expect(await listDeadLettersCommand(deps, {})).toBe(0)
    expect(out).toMatch(new RegExp(`^${letter.id} .*refused +30006 .*Bo .*landline\n$`))
    out = ''
    expect(await replayDeadLettersCommand(deps, [], {})).toBe(1)
    expect(await replayDeadLettersCommand(deps, ['x'], {})).toBe(1)
    expect(err).toContain('"x" is not an id')
    expect(await replayDeadLettersCommand(deps, [newId()], {})).toBe(1)
    expect(await replayDeadLettersCommand(deps, [letter.id], {})).toBe(0)
    expect(out).toBe('1 put back into the queue.\n')
    expect(world.nudged).toEqual([`deliver ${firm.firmId}`])
    out = ''
    expect(await replayDeadLettersCommand(deps, [], { all: true, json: true })).toBe(0)
    expect(json()).toEqual({ replayed: [], notOpen: [] })
    expect(await closeDeadLetterCommand(deps, letter.id, 'called', {})).toBe(1)
    expect(err).toContain('is not open')
    expect(await closeDeadLetterCommand(deps, newId(), 'called', {})).toBe(1)
  })
})

describe('tipstaff pause and resume', () => {
  it('pause with a reason and perhaps an end, resume with what was held', async () => {
    const client = await firm.client('Cy', { phone: '+12125550144' })
    await firm.tell(client, { messages: [{ channel: 'sms' }] })
    expect(await pauseCommand(deps, 'client', '2125550144', { reason: ' ' })).toBe(1)
    expect(await pauseCommand(deps, 'client', '2125550144', { reason: 'talks', until: 'later' })).toBe(1)
    expect(
      await pauseCommand(deps, 'client', '2125550144', { reason: 'talks', until: '2026-10-16T12:00:00Z' }),
    ).toBe(0)
    expect(out).toBe('Paused: client Cy. 1 queued messages stay here.\n')
    await firm.send({ kind: 'accepted', providerMessageId: '' })
    out = ''
    expect(await listPausesCommand(deps, {})).toBe(0)
    expect(out).toMatch(/client {2}Cy .*cli:kim .*until 2026-10-16 12:00Z {2}talks/)
    out = ''
    expect(await resumeCommand(deps, 'client', 'Cy', {})).toBe(0)
    expect(out).toContain('Looked at again, and sent if still true: 0 notices, 1 messages; 0 were queued.')
    expect(out).toContain('paused')
    expect(world.nudged).toContain(`release ${firm.firmId}`)
    expect(await resumeCommand(deps, 'client', 'Cy', {})).toBe(1)
    expect(err).toContain('client Cy is not paused')
    out = ''
    expect(await listPausesCommand(deps, {})).toBe(0)
    expect(out).toBe('Nothing is paused.\n')
  })
})

describe('tipstaff quarantine and tasks', () => {
  it('list what is open, and deal with it', async () => {
    const deliveryId = newId<string>() as never
    const connectionId = firm.connections.clio
    const now = world.clock.now()
    const [task] = await firm.inFirm(async (tx) => {
      await storeArrivals(tx, [
        {
          id: deliveryId,
          connectionId,
          receivedAt: now,
          model: null,
          headers: {},
          body: Buffer.from('x'),
          key: deliveryId,
          keyless: false,
        },
      ])
      await tx.run(`update inbound_deliveries set state = 'quarantined' where id = $1`, [deliveryId])
      const detail = { matter: 'm', suggestions: [{ state: 'discovery' }] }
      await quarantine(
        tx,
        [{ connectionId, deliveryId, kind: 'unknown_status', rawStatus: 'Disc', detail }],
        now,
        newId,
      )
      return openTasks(
        tx,
        [
          {
            kind: 'rule',
            title: 'call\u001b[2J her',
            detail: '',
            matterId: null,
            clientId: null,
            assignee: 'staff',
            dueAt: now,
            cause: newId(),
          },
        ],
        now,
      )
    })
    expect(await listQuarantineCommand(deps, {})).toBe(0)
    expect(out).toContain('"Disc", perhaps discovery')
    expect((await firm.inFirm((tx) => firmStats(tx, now))).quarantineOpen).toBe(1)
    expect(await discardQuarantineCommand(deps, newId(), 'a test', {})).toBe(1)
    expect(err).toContain('not in quarantine')
    out = ''
    expect(await replayQuarantineCommand(deps, [], {})).toBe(1)
    expect(await replayQuarantineCommand(deps, [], { all: true })).toBe(0)
    expect(out).toContain('1 looked at again')
    expect(world.nudged).toEqual([`decide ${firm.firmId}`, `poll ${firm.firmId}`])
    out = ''
    expect(await listQuarantineCommand(deps, {})).toBe(0)
    expect(out).toBe('Quarantine is empty.\n')
    const [item] = await firm.inFirm((tx) => tx.rows<{ id: string }>('select id from quarantine'))
    expect(await discardQuarantineCommand(deps, item!.id, 'a test', {})).toBe(1)
    expect(err).toContain('replayed or discarded already')
    await firm.inFirm(async (tx) => {
      await tx.run(`update inbound_deliveries set state = 'quarantined' where id = $1`, [deliveryId])
      await quarantine(
        tx,
        [{ connectionId, deliveryId, kind: 'unreadable', rawStatus: null, detail: {} }],
        now,
        newId,
      )
    })
    const [again] = await firm.inFirm((tx) =>
      tx.rows<{ id: string }>(`select id from quarantine where state = 'open'`),
    )
    expect(await discardQuarantineCommand(deps, again!.id, '', {})).toBe(1)
    expect(await discardQuarantineCommand(deps, again!.id, 'a test by the vendor', {})).toBe(0)
    expect(out).toContain('Discarded')
    expect((await firm.inFirm((tx) => firmStats(tx, now))).quarantineOpen).toBe(0)

    out = ''
    expect(await listTasksCommand(deps, {})).toBe(0)
    expect(out).toContain('call [2J her')
    expect(out).not.toContain('\u001b')
    expect(await endTaskCommand(deps, task!, {})).toBe(0)
    expect(await endTaskCommand(deps, task!, {})).toBe(1)
    expect(err).toContain('is done already')
    out = ''
    expect(await listTasksCommand(deps, { state: 'done', json: true })).toBe(0)
    expect(json().items[0]).toMatchObject({ id: task, doneBy: 'cli:kim' })
  })
})

describe('tipstaff keys', () => {
  it('shows a key once, keeps its hash, and revokes it at once', async () => {
    expect(await createKeyCommand(deps, 'front desk', { scope: ['read', 'operate,read'] })).toBe(0)
    const key = out.trim()
    expect(key).toMatch(/^tsk_[\w-]{43}$/)
    expect(err).toContain('may: read, operate')
    expect((await world.call(key, 'GET', '/pauses')).status).toBe(200)
    out = ''
    expect(await listKeysCommand(deps, { json: true })).toBe(0)
    const [listed] = json().items
    expect(listed).toMatchObject({ name: 'front desk', scopes: ['read', 'operate'], revokedAt: null })
    const stored = await firm.inFirm((tx) => tx.rows('select row_to_json(k)::text as row from api_keys k'))
    expect(JSON.stringify(stored) + out).not.toContain(key.slice(4))
    expect(await revokeKeyCommand(deps, listed.id, {})).toBe(0)
    expect((await world.call(key, 'GET', '/pauses')).status).toBe(401)
    expect(await revokeKeyCommand(deps, listed.id, {})).toBe(1)
    expect(await createKeyCommand(deps, 'x', { scope: ['root'] })).toBe(1)
    expect(err).toContain('--scope root is not one of read, operate')
  })
})

describe('figures of what waits', () => {
  it('count the open ones of a firm, and of all firms together', async () => {
    const fresh = await apiWorld()
    const [one, two] = [await fresh.firm('one'), await fresh.firm('two')]
    for (const [i, each] of [one, two].entries()) {
      const client = await each.client('Z', { phone: `+1212555020${i}` })
      await each.tell(client, { messages: [{ channel: 'sms' }] })
      await each.send({ kind: 'ambiguous', detail: 'reset' })
      await each.tell(client, { event: { outcome: 'unhandled', type: 'comment.added' } })
      await each.tell(client, { messages: [{ channel: 'sms' }] })
      fresh.clock.advance({ seconds: 60 })
    }
    const now = fresh.clock.now()
    const stats = await one.inFirm((tx) => firmStats(tx, now))
    expect(stats).toMatchObject({ unknownOpen: 1, deadLettersOpen: 0, quarantineOpen: 0, tasksOpen: 0 })
    expect(stats.lanes).toContainEqual({ lane: 'deliver', due: 1, ageSeconds: 120 })
    expect(stats.lanes).toContainEqual({ lane: 'reconcile', due: 1, ageSeconds: 116 })
    const all = await deploymentStats(fresh.db, now)
    expect(all.unknownOpen).toBe(2)
    expect(all.lanes).toContainEqual({ lane: 'deliver', due: 2, ageSeconds: 120 })
    const types = await one.inFirm((tx) => unhandledTypes(tx, now.subtract({ hours: 1 })))
    expect(types).toMatchObject([{ type: 'comment.added', count: 1 }])
  })
})

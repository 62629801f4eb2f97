/** The command line as a whole: every command explains itself, wrong use is told apart, and figures are filled. */
import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FirmId, uuidSource } from '../../src/kernel/index.ts'
import { parseArgs, programOf } from '../../src/main/command-line.ts'
import { hold, readDeployment, release, watchHold } from '../../src/main/deployment.ts'
import { laneWatch } from '../../src/main/lane-watch.ts'
import { readinessOf } from '../../src/main/readiness.ts'
import { createMetrics } from '../../src/platform/metrics/index.ts'
import { startWorld, type World } from '../support/world.ts'

const silent = { out: () => {}, err: () => {}, colour: false }
const program = programOf({
  terminal: silent,
  end: () => {},
  opened: async () => {},
  config: () => {
    throw new Error('no command is run here')
  },
})
const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves)
const nameOf = (command: Command): string =>
  command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()

describe('the command line', () => {
  it.each(leaves(program).map((command) => [nameOf(command), command] as const))(
    '%s has --json, a description and an example in its help',
    (_name, command) => {
      expect(command.options.map(({ long }) => long)).toContain('--json')
      expect(command.description().length).toBeGreaterThan(5)
      const help: string[] = []
      command.configureOutput({ writeOut: (text) => void help.push(text) })
      command.outputHelp()
      expect(help.join('')).toMatch(/Example:\n {2}\$ npx tipstaff \S+/)
    },
  )

  it('has the commands that the doors promise', () => {
    const names = program.commands.map((command) => command.name())
    expect(names).toEqual(
      expect.arrayContaining(
        'start web worker migrate apply export doctor trace dead-letters pause resume verify-audit'.split(
          ' ',
        ),
      ),
    )
  })

  it.each([
    [['dead-leters'], /unknown command 'dead-leters'\n\(Did you mean dead-letters\?\)/],
    [['trace', 'x', '--jsno'], /unknown option '--jsno'\n\(Did you mean --json\?\)/],
    [['trace'], /missing required argument 'whom'/],
    [['pause', 'everybody'], /Allowed choices are client, matter, firm, list/],
    [['trace', 'x', '--limit', 'many'], /must be a whole number/],
  ])('%j: exits 2 and says what was meant', async (args, said) => {
    const printed: string[] = []
    expect(await parseArgs(args, { ...silent, err: (text) => void printed.push(text) })).toBe(2)
    expect(printed.join('')).toMatch(said)
    expect(printed.join('')).toMatch(/--help/)
  })
})

describe('figures and readiness', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.close())

  const scrape = async () => (await fetch(`${world.appUrl}/metrics`)).text()

  it('fills the gauges from the rows, just before they are read', async () => {
    await world.fault([{ provider: 'sendgrid', kind: 'status', status: 400 }])
    await world.changeStage(21001, 'Deposition Scheduled')
    await world.settled()
    await world.clearFaults()
    await world.changeStage(21005, 'on hold??')
    await world.settled()
    world.runtime.state.held = 'a test'
    await world.changeStage(21009, 'Deposition Scheduled')
    await world.settled()
    world.clock.advance({ seconds: 90 })
    const text = await scrape()
    expect(text).toMatch(/^tipstaff_dead_letters_open 1$/m)
    expect(text).toMatch(/^tipstaff_quarantine_open 1$/m)
    expect(text).toMatch(/^tipstaff_held 1$/m)
    expect(text).toMatch(/^tipstaff_queue_depth\{lane="deliver"\} 2$/m)
    expect(text).toMatch(/^tipstaff_queue_age_seconds\{lane="deliver"\} 90$/m)
    expect(text).toMatch(/^tipstaff_database_connections\{state="open"\} [1-9]/m)
    expect(text).toMatch(/^tipstaff_jobs_total\{lane="deliver",outcome="ok"\} [1-9]/m)
    expect(text).toMatch(/^tipstaff_dispatch_seconds_count [1-9]/m)
    expect(text).not.toMatch(/^tipstaff_scrape_errors_total [1-9]/m)
    world.runtime.state.held = null
  })

  it('counts our own faults by status, so that the rate of 5xx is seen', async () => {
    const { accept } = world.runtime.hooks
    world.runtime.hooks.accept = () => Promise.reject(new Error('a fault of ours'))
    const answer = await fetch(`${world.appUrl}/hooks/harbor-pike-dms`, { method: 'POST', body: '{}' })
    world.runtime.hooks.accept = accept
    expect(answer.status).toBe(503)
    expect(await scrape()).toMatch(
      /^tipstaff_http_requests_total\{route="\/hooks",method="POST",status="503"\} 1$/m,
    )
  })

  it('names each check, and which one fails', async () => {
    expect(await readinessOf(world.runtime)).toEqual({
      ready: true,
      checks: {
        database: { ok: true },
        migrations: { ok: true },
        listening: { ok: true },
        lanes: { ok: true },
        sending: { ok: true },
        working: { ok: true },
      },
    })
    const deaf = { ...world.runtime, listening: () => false }
    expect(await readinessOf(deaf)).toMatchObject({ ready: false, checks: { listening: { ok: false } } })
    const stuck = { ...world.runtime, watch: { ...world.runtime.watch, stuck: () => ['fetch'] } }
    expect(await readinessOf(stuck)).toMatchObject({ ready: false, checks: { lanes: { ok: false } } })
    world.runtime.state.sweptAt = world.clock.monotonic()
    world.clock.advance({ seconds: 90 })
    expect((await readinessOf(world.runtime)).checks.lanes).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/no sweep/),
    })
    world.runtime.state.sweptAt = null
    const away = {
      ...world.runtime,
      db: { ...world.runtime.db, lookup: () => Promise.reject(new Error('gone')) },
    }
    expect(await readinessOf(away)).toMatchObject({
      ready: false,
      checks: { database: { ok: false, detail: 'gone' } },
    })
  })

  it('holds and releases a running process from outside; it stays ready for webhooks', async () => {
    const watch = watchHold(world.runtime, null)
    await hold(world.runtime.db, 'moving house', world.clock.now())
    await watch.look()
    expect(world.runtime.state.held).toBe('moving house')
    expect(await readinessOf(world.runtime)).toMatchObject({
      ready: true,
      checks: { sending: { ok: false, detail: 'held: moving house' } },
    })
    await release(world.runtime.db, (await readDeployment(world.runtime.db)).epoch)
    await watch.look()
    expect(world.runtime.state.held).toBeNull()
  })

  it('sees a batch that does not end', async () => {
    let now = 0
    const ended: string[] = []
    const watch = laneWatch(
      createMetrics({ process: false }),
      () => now,
      (lane) => void ended.push(lane),
    )
    const done = Promise.withResolvers<{ next: 'idle' }>()
    const lane = watch.watch({ name: 'fetch', parallel: 1, run: () => done.promise })
    const firm = uuidSource(
      () => 0,
      (bytes) => crypto.getRandomValues(bytes),
    )<FirmId>()
    const running = lane.run(firm)
    now = 5_000
    expect(watch.stuck(10_000)).toEqual([])
    now = 10_001
    expect(watch.stuck(10_000)).toEqual(['fetch'])
    expect(ended).toEqual([])
    done.resolve({ next: 'idle' })
    await running
    expect(watch.stuck(0)).toEqual([])
    expect(ended).toEqual(['fetch'])
  })
})

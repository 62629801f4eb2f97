/** `tipstaff start`: database, web and worker in this process, the sandbox beside it while it plays the world. */
import { createServer, type RequestListener, type Server } from 'node:http'
import { join } from 'node:path'
import { systemClock } from '../../kernel/index.ts'
import { listFirms } from '../../modules/firms/index.ts'
import { StartupError } from '../../platform/db/startup-error.ts'
import { adapters } from '../adapters.ts'
import { bootRuntime } from '../boot.ts'
import { webListener } from '../busy-doors.ts'
import type { Config } from '../config.ts'
import { recognise, tellHeld, watchHold } from '../deployment.ts'
import { keepDoor } from '../door.ts'
import { firstOwnerLinks } from '../first-owner.ts'
import { keepSubscribed } from '../keep-subscribed.ts'
import { configLanguage } from '../language.ts'
import { openDatabase, root } from '../open.ts'
import type { Profile } from '../profiles.ts'
import { keepPulse } from '../pulse.ts'
import { doorsOf, purposeOf, refuseUnfit } from '../purpose.ts'
import { readinessOf } from '../readiness.ts'
import type { Runtime } from '../runtime.ts'
import {
  connectSandbox,
  type SandboxDoors,
  sandboxAddress,
  sandboxDmsSecret,
  sandboxEnvironment,
  startSandbox,
} from '../sandbox-process.ts'
import { applyDirectory } from './apply.ts'
import { applyHooks } from './apply-hooks.ts'
import type { Terminal } from './terminal.ts'

export interface StartOptions {
  /** Which part of the work this process does. */
  role: 'all' | 'web' | 'worker'
  /** Say where the doors are as one line of JSON. */
  json?: boolean
}

type Answer = RequestListener

const about: Readonly<Record<Profile, string>> = {
  production: 'real systems only',
  staging: "the firm's configuration against the sandbox; nobody real is reached",
  shadow: 'reads the real systems and sends nothing; see what it would have sent: npx tipstaff shadow',
}

export async function start(
  config: Config,
  options: StartOptions,
  terminal: Terminal,
): Promise<() => Promise<void>> {
  const say = (line: string) => {
    if (!options.json) terminal.out(`${line}\n`)
  }
  const undo: (() => Promise<void>)[] = []
  try {
    // The port first: when it is taken, nothing else has been touched.
    const door = options.role === 'worker' ? null : await bind(config.port)
    if (door) undo.push(door.close)
    const port = door?.port ?? config.port
    const appUrl = `http://127.0.0.1:${port}`
    const placed = { ...config, port, publicUrl: config.env.PUBLIC_URL ? config.publicUrl : appUrl }

    const database = await openDatabase(placed, say)
    undo.push(database.close)
    const sandboxUrl = sandboxAddress(config)
    // Its test values and private addresses are for rehearsals: a real firm never gets them.
    const { profile, sandbox } = await purposeOf(config, database.appUrl)
    const settled: Config = { ...placed, profile, sandbox: sandbox ? 'on' : 'off' }
    const runtime = bootRuntime(settled, database.appUrl, {
      doorsOnly: options.role === 'web',
      sandbox,
      profile,
      ...(sandbox ? { extraEnv: sandboxEnvironment(sandboxUrl, sandboxDmsSecret) } : {}),
    })
    undo.push(() => runtime.stop())
    await refuseUnfit(runtime)
    // Before anything is taken in: a copy writes its first entry under an epoch of its own.
    const deployment = await recognise({
      db: runtime.db,
      dataDir: config.dataDir,
      now: () => runtime.clock.now(),
    })
    const held = watchHold(runtime)
    undo.push(async () => held.stop())
    await held.look()
    const subscribed = keepSubscribed(runtime)
    undo.push(async () => subscribed.stop())

    const playing = options.role === 'all' && sandbox
    if (playing) {
      if (profile === null && (await listFirms(runtime.db)).length === 0) await loadExample(runtime, terminal)
      const doors = await doorsOf(runtime)
      await keepSandbox(settled, { appUrl, doors }, subscribed.now, say, undo)
    }
    if (door) {
      door.answer(webListener(runtime, () => readinessOf(runtime)))
      // Again, as what ends second: Twilio does not repeat a receipt or a text that it could not deliver, so the doors
      // stay open while calls under way end.
      undo.push(door.close)
      const open = await keepDoor(runtime)
      undo.push(async () => open.stop())
    }
    undo.push(() => runtime.endWork())
    if (options.role !== 'web') runtime.work()
    await runtime.sweep()
    const pulse = keepPulse(runtime)
    undo.push(async () => pulse.stop())
    if (options.role !== 'web') await subscribed.now()
    await tellHeld(runtime, deployment)

    if (options.json)
      terminal.out(
        `${JSON.stringify({ url: door ? settled.publicUrl : null, sandbox: playing ? sandboxUrl : null, held: runtime.state.held })}\n`,
      )
    say('')
    if (profile) say(`Profile             ${profile}: ${about[profile]}`)
    if (door) say(`Tipstaff            ${settled.publicUrl}   (health: /readyz, metrics: /metrics)`)
    if (playing) {
      say(`The sandbox         ${sandboxUrl}   the outside world: a CMS, phones, a mailbox`)
      say(`Try it              change a matter's status at ${sandboxUrl}/cms and watch ${sandboxUrl}/phone`)
    }
    // In a log that others can read the link would be theirs to follow: it is for a person at a terminal.
    if (door && !options.json)
      for (const { firm, link } of await firstOwnerLinks(runtime))
        say(`Sign in             ${link}   makes you the first owner of ${firm}; works once`)
    if (runtime.state.held !== null)
      say(`NOTHING IS SENT     ${runtime.state.held}. Run: npx tipstaff reconcile`)
    say('Stop with Ctrl-C.')
  } catch (error) {
    await unwind(undo)
    throw error
  }
  return () => unwind(undo)
}

/** In the reverse order: what was started last ends first, PostgreSQL last but for the port. */
async function unwind(undo: (() => Promise<void>)[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step()
}

interface Door {
  port: number
  /** From now on requests are answered by this; until then they are told to wait. */
  answer(listener: Answer): void
  close(): Promise<void>
}

function bind(port: number): Promise<Door> {
  let listener: Answer | undefined
  const server: Server = createServer((request, response) => {
    if (listener) return void listener(request, response)
    response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('starting\n')
  })
  server.keepAliveTimeout = 65_000
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new StartupError(
          error.code === 'EADDRINUSE'
            ? `port ${port} is in use: stop what uses it, or set PORT to another`
            : `port ${port} can't be opened: ${error.message}`,
        ),
      )
    })
    server.listen(port, () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        answer: (given) => {
          listener = given
        },
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeIdleConnections()
            setTimeout(() => server.closeAllConnections(), 2_000).unref()
          }),
      })
    })
  })
}

async function loadExample(runtime: Runtime, terminal: Terminal): Promise<void> {
  const code = await applyDirectory(
    {
      database: runtime.db,
      language: configLanguage(adapters(systemClock)),
      clock: runtime.clock,
      newId: runtime.newId,
      terminal: { ...terminal, out: () => {} },
      ...applyHooks(runtime),
    },
    join(root, 'examples', 'harbor-pike'),
    { author: 'tipstaff start' },
  )
  if (code !== 0)
    throw new StartupError(
      'the example firm could not be loaded: run "npx tipstaff apply examples/harbor-pike"',
    )
  terminal.out('The example firm, Harbor & Pike, is loaded from examples/harbor-pike.\n')
}

/** Starts the sandbox and starts it again should it end; its webhooks are made anew, since it forgets them. */
async function keepSandbox(
  config: Config,
  { appUrl, doors }: { appUrl: string; doors: SandboxDoors | null },
  subscribe: () => Promise<void>,
  say: (line: string) => void,
  undo: (() => Promise<void>)[],
): Promise<void> {
  let stopped = false
  let current: Awaited<ReturnType<typeof startSandbox>> | undefined
  const up = async () => {
    current = await startSandbox({
      root,
      port: config.sandboxPort,
      appUrl,
      env: config.env,
      onEnd: () => {
        if (stopped) return
        say('The sandbox ended; it is started again.')
        setTimeout(() => {
          if (!stopped)
            up()
              .then(subscribe)
              .catch((error: Error) => say(`The sandbox: ${error.message}`))
        }, 1_000)
      },
    })
    await connectSandbox(current.url, appUrl, doors)
  }
  undo.push(async () => {
    stopped = true
    await current?.stop()
  })
  await up()
}

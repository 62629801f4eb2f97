import { Command, CommanderError, Option } from 'commander'
import { systemClock } from '../kernel/index.ts'
import { StartupError } from '../platform/db/startup-error.ts'
import { createLog } from '../platform/log/index.ts'
import { adapters } from './adapters.ts'
import { bootRuntime } from './boot.ts'
import { applyDirectory } from './commands/apply.ts'
import { applyHooks } from './commands/apply-hooks.ts'
import { start } from './commands/start.ts'
import type { Terminal } from './commands/terminal.ts'
import { type Config, ConfigError, readConfig, wantsColour } from './config.ts'
import { configLanguage } from './language.ts'
import { openDatabase } from './open.ts'
import type { Runtime } from './runtime.ts'
import { sandboxDmsSecret, sandboxEnvironment } from './sandbox-process.ts'

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  colour: process.stdout.isTTY === true && wantsColour(),
}

/** @returns the exit code: 0 done · 1 it did not work · 2 wrong use or settings */
export async function parseArgs(args: readonly string[]): Promise<number> {
  let code = 0
  const program = new Command('tipstaff')
    .description("carries a law firm's messages: from its case management system to its clients, once, with proof")
    .exitOverride()
    .showHelpAfterError()
  const end = (result: number) => {
    code = result
  }

  for (const role of ['start', 'web', 'worker'] as const) {
    program
      .command(role)
      .description(
        {
          start: 'database, web and worker in one process, with the sandbox while the example firm is the only one',
          web: 'only the HTTP doors',
          worker: 'only the work behind them',
        }[role],
      )
      .action(async () => end(await serve(readConfig(), role === 'start' ? 'all' : role)))
  }
  program
    .command('migrate')
    .description('bring the database to this release (as its owner: DATABASE_ADMIN_URL)')
    .action(async () => {
      const database = await openDatabase(readConfig(), (line) => terminal.out(`${line}\n`))
      await database.close()
      terminal.out('The database is up to date.\n')
    })
  program
    .command('apply')
    .argument('<dir>', "the firm's directory")
    .description('make a firm what its directory says; everything is checked before anything changes')
    .addOption(new Option('--take <whose>', 'who wins where both changed something').choices(['git', 'console']))
    .option('--dry-run', 'only show what would change')
    .option('--author <name>', 'who is applying this', 'cli')
    .option('--json', 'print JSON')
    .action(async (dir: string, options) => {
      await withRuntime(async (runtime) => {
        const deps = {
          database: runtime.db,
          language: configLanguage(adapters(systemClock)),
          clock: runtime.clock,
          newId: runtime.newId,
          terminal,
          ...applyHooks(runtime),
        }
        end(await applyDirectory(deps, dir, options))
      })
    })

  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof StartupError || error instanceof ConfigError) {
      terminal.err(`tipstaff: ${error.message}\n`)
      return error.exitCode
    }
    throw error
  }
}

/** Runs until it is told to stop, then ends in order. */
async function serve(config: Config, role: 'all' | 'web' | 'worker'): Promise<number> {
  const stopped = Promise.withResolvers<void>()
  let asked = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked && signal === 'SIGINT') process.exit(130)
      asked = true
      stopped.resolve()
    })
  }
  const stop = await start(config, { role }, terminal)
  await stopped.promise
  terminal.out('Stopping: what is under way ends first.\n')
  await stop()
  return 0
}

/** For commands that need the database and nothing that runs. */
async function withRuntime(work: (runtime: Runtime, config: Config) => Promise<void>): Promise<void> {
  const config = readConfig()
  const database = await openDatabase(config, () => {})
  const sandbox = config.sandbox !== 'off'
  const url = `http://127.0.0.1:${config.sandboxPort}`
  const runtime = bootRuntime(config, database.appUrl, {
    sandbox,
    log: createLog({ level: 'silent' }),
    sweepEvery: null,
    ...(sandbox ? { extraEnv: sandboxEnvironment(url, sandboxDmsSecret) } : {}),
  })
  try {
    await work(runtime, config)
  } finally {
    await runtime.stop()
    await database.close()
  }
}

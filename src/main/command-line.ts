/** Every command, and how it ends. */
import { Command, CommanderError } from 'commander'
import { StartupError } from '../platform/db/startup-error.ts'
import { createLog } from '../platform/log/index.ts'
import { bootRuntime } from './boot.ts'
import { type Cli, example, type Opened, profileOption } from './commands/cli-parts.ts'
import { defineAppointments } from './commands/define-appointments.ts'
import { defineDaily } from './commands/define-daily.ts'
import { defineFirm } from './commands/define-firm.ts'
import { defineOperations } from './commands/define-operations.ts'
import { defineRecord } from './commands/define-record.ts'
import { start } from './commands/start.ts'
import type { Terminal } from './commands/terminal.ts'
import { type Config, ConfigError, readConfig, wantsColour } from './config.ts'
import { recognise } from './deployment.ts'
import { openDatabase } from './open.ts'
import { purposeOf } from './purpose.ts'
import { sandboxAddress, sandboxDmsSecret, sandboxEnvironment } from './sandbox-process.ts'

const standardTerminal = (): Terminal => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  colour: process.stdout.isTTY === true && wantsColour(),
})

/** @returns the exit code: 0 done · 1 it did not work · 2 wrong use or settings */
export async function parseArgs(
  args: readonly string[],
  terminal: Terminal = standardTerminal(),
): Promise<number> {
  let code = 0
  const cli: Cli = {
    terminal,
    end: (result) => {
      code = result
    },
    config: (profile) => readConfig(undefined, profile),
    opened: async (work, profile) => {
      code = await withRuntime(work, profile)
    },
  }
  try {
    await programOf(cli).parseAsync(args, { from: 'user' })
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

/** The whole command line; tests walk it, so that each command has its help. */
export function programOf(cli: Cli): Command {
  const program = new Command('tipstaff')
    .description(
      "carries a law firm's messages: from its case management system to its clients, once, with proof",
    )
    .configureOutput({
      writeOut: (text) => cli.terminal.out(text),
      writeErr: (text) => cli.terminal.err(text),
    })
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help to see what there is)')
  const about = {
    start: 'database, web and worker in one process, with the sandbox while the example firm is the only one',
    web: 'only the HTTP doors',
    worker: 'only the work behind them',
  }
  for (const role of ['start', 'web', 'worker'] as const)
    example(
      program
        .command(role)
        .description(about[role])
        .addOption(profileOption())
        .option('--json', 'say where the doors are as JSON')
        .action(async (options) =>
          cli.end(
            await serve(
              cli.config(options.profile),
              role === 'start' ? 'all' : role,
              cli.terminal,
              options.json ?? false,
            ),
          ),
        ),
      role,
    )
  defineFirm(program, cli)
  defineDaily(program, cli)
  defineAppointments(program, cli)
  defineRecord(program, cli)
  defineOperations(program, cli)
  return example(
    program,
    'trace +12015550147',
    'doctor',
    'pause client "Maria Alvarez" --reason "settlement talks"',
  )
}

/** Runs until it is told to stop, then ends in order. */
async function serve(
  config: Config,
  role: 'all' | 'web' | 'worker',
  terminal: Terminal,
  json: boolean,
): Promise<number> {
  const stopped = Promise.withResolvers<void>()
  let asked = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked && signal === 'SIGINT') process.exit(130)
      asked = true
      stopped.resolve()
    })
  }
  const stop = await start(config, { role, json }, terminal)
  await stopped.promise
  if (!json) terminal.out('Stopping: what is under way ends first.\n')
  await stop()
  return 0
}

/** For commands that need the database and nothing that runs; while `npm start` runs, its server is shared. */
async function withRuntime(work: (opened: Opened) => Promise<number>, asked?: string): Promise<number> {
  const given = readConfig(undefined, asked)
  const database = await openDatabase(given, () => {})
  try {
    const { profile, sandbox } = await purposeOf(given, database.appUrl)
    const config: Config = { ...given, profile, sandbox: sandbox ? 'on' : 'off' }
    const url = sandboxAddress(config)
    const runtime = bootRuntime(config, database.appUrl, {
      sandbox,
      profile,
      log: createLog({ level: 'silent' }),
      sweepEvery: null,
      ...(sandbox ? { extraEnv: sandboxEnvironment(url, sandboxDmsSecret) } : {}),
    })
    try {
      // A command may be the first that meets a restored copy, and writes into its record.
      await recognise({ db: runtime.db, dataDir: config.dataDir, now: () => runtime.clock.now() })
      return await work({ runtime, config, database })
    } finally {
      await runtime.stop()
    }
  } finally {
    await database.close()
  }
}

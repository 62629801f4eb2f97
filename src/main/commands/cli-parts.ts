/** What the definitions of commands share. */
import { userInfo } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Config } from '../config.ts'
import type { OpenDatabase } from '../open.ts'
import { profiles } from '../profiles.ts'
import type { Runtime } from '../runtime.ts'
import type { OperatingDeps } from './operating.ts'
import type { Terminal } from './terminal.ts'

/** A database and a runtime that sends nothing, for the time of one command. */
export interface Opened {
  runtime: Runtime
  config: Config
  database: OpenDatabase
}

export interface Cli {
  terminal: Terminal
  /** The exit code, once a command has ended. */
  end(code: number): void
  /** Starts or joins the database; migrates unless told not to. */
  opened(work: (opened: Opened) => Promise<number>, profile?: string): Promise<void>
  /** Settings without a database. @param profile in place of PROFILE */
  config(profile?: string): Config
}

/** Who acts, as it stands in the record. */
export const byMe = (): string => {
  try {
    return `cli:${userInfo().username}`
  } catch {
    return 'cli' // a container's user may have no name
  }
}

export const operating = (cli: Cli, runtime: Runtime): OperatingDeps & Runtime => ({
  ...runtime,
  terminal: cli.terminal,
  by: byMe(),
})

export const json = (command: Command): Command => command.option('--json', 'print JSON')

export const profileOption = (): Option =>
  new Option(
    '--profile <profile>',
    'what this deployment is for, in place of PROFILE: real systems only, the sandbox only, or reading without sending',
  ).choices(profiles)

export const firm = (command: Command): Command =>
  command.option('--firm <key>', 'which firm; needed where there are several')

/** Shown below a command's options. */
export const example = (command: Command, ...lines: string[]): Command =>
  command.addHelpText('after', `\nExample:\n${lines.map((line) => `  $ npx tipstaff ${line}`).join('\n')}`)

export function count(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 1_000)
    throw new InvalidArgumentError('must be a whole number from 1 to 1000')
  return number
}

/** The command line: every command, what it needs, and how it ends. */
import { parseArgs } from './command-line.ts'

process.exitCode = await parseArgs(process.argv.slice(2))

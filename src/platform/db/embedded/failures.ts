import { StartupError } from '../startup-error.ts'

/** The error for a full disk. `detail` says how full. */
export function noSpace(path: string, detail = 'the disk is full'): StartupError {
  return new StartupError(
    `No disk space for the database in ${path}: ${detail}. Free at least 500 MB there, or choose another DATA_DIR.`,
  )
}

/**
 * Says in one line why the server did not start, from what it wrote to its log since we started it.
 * `home` is the directory of the database, `logFile` where the rest can be read.
 */
export function explainServerLog(text: string, home: string, logFile: string): StartupError {
  if (/No space left on device/.test(text)) return noSpace(home)
  const worst = text
    .split('\n')
    .filter((line) => /(FATAL|PANIC|ERROR|error while loading|not found):?/.test(line))
    .map((line) => line.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, ''))
  if (/Cannot allocate memory|could not map anonymous shared memory/.test(text)) {
    return new StartupError(
      'Not enough memory for PostgreSQL: it needs some 200 MB. Stop something else, or set DATABASE_URL.',
    )
  }
  const reason = worst[0] ?? text.trim().split('\n').at(-1) ?? ''
  return new StartupError(`PostgreSQL did not start: ${reason || 'it said nothing'} (see ${logFile}).`)
}

/** Turns a failure of our own file operations into one clear line; anything else is handed back as it is. */
export function explainFileError(error: unknown, dataDir: string): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return noSpace(dataDir)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new StartupError(
        `Cannot write to ${(error as NodeJS.ErrnoException).path ?? dataDir} (${code}). Give this user the right to, or choose another DATA_DIR.`,
        { cause: error },
      )
    default:
      return error
  }
}

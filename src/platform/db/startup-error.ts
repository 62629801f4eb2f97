/**
 * Something that the person who starts Tipstaff can put right. `message` is one clear line that says what is
 * wrong and what to do; the command prints it alone, without a stack, and exits with `exitCode`.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError'
  readonly exitCode: number

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    // What it quotes (PostgreSQL's log, an operating system's error) may have several.
    super(oneLine(message), options.cause === undefined ? {} : { cause: options.cause })
    this.exitCode = options.exitCode ?? 1
  }
}

const oneLine = (text: string) =>
  text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')

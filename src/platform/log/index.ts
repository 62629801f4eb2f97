/** JSON logs, one line per thing that happened, without message bodies or contact details. */
import { format } from 'node:util'
import { type Bindings, type DestinationStream, type Logger, pino } from 'pino'
import { allowFields } from './fields.ts'
import { scrub } from './scrub.ts'

export { scrub, scrubMarked, scrubValue } from './scrub.ts'

export type Log = Logger

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * @param options.level least severe level that is written (LOG_LEVEL)
 * @param options.destination where lines go; standard output when absent
 * @returns a pino logger; `log.child({ firm, matter, event })` binds fields. Only fields of the allow-list
 *   (fields.ts) are written, others are named under `dropped`; messages and errors are scrubbed
 */
export function createLog(options: { level?: LogLevel; destination?: DestinationStream } = {}): Log {
  const settings = {
    level: options.level ?? 'info',
    base: null,
    timestamp: () => `,"time":"${Temporal.Now.instant().toString({ smallestUnit: 'millisecond' })}"`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: allowFields,
    },
    // Errors are taken apart by allowFields; pino's own serializer would copy all their properties.
    serializers: { err: (value: unknown) => value },
    hooks: {
      logMethod(this: Logger, args: unknown[], method: (...args: unknown[]) => void) {
        method.apply(this, harmless(args))
      },
    },
  }
  const log = options.destination === undefined ? pino(settings) : pino(settings, options.destination)
  return guardBindings(log)
}

/** pino applies no formatter to what children bind, so both doors are closed here; children inherit them. */
function guardBindings(log: Log): Log {
  const { child, setBindings } = log
  log.child = function (this: Log, bindings: Bindings) {
    return child.call(this, allowFields(bindings))
  } as typeof child
  log.setBindings = function (this: Log, bindings: Bindings) {
    setBindings.call(this, allowFields(bindings))
  }
  return log
}

/** Interpolates here rather than in pino, so that what `%s` brings in is scrubbed as well. */
function harmless(args: unknown[]): unknown[] {
  const [first, ...rest] = args
  if (typeof first === 'string') return [scrub(format(first, ...rest))]
  const fields: unknown = first instanceof Error ? { err: first } : first
  if (rest.length > 0) return [fields, scrub(format(...rest))]
  // Given an error and no words, pino would take the error's message as it is.
  const error = (fields as { err?: unknown } | null | undefined)?.err
  return error instanceof Error ? [fields, scrub(error.message)] : [fields]
}

/** `npm run torture`: kills the app while messages flow, and asks the outside world what it heard. */
import { readOptions, UsageError } from './options.ts'
import { type Report, torture } from './run.ts'

/** Nothing here may go on for ever: the events, and as long again with time for the last questions. */
const mostSeconds = (seconds: number) => seconds * 2 + 480

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
// Started by a test, it goes with it.
if (process.channel) process.once('disconnect', () => stop.abort())

try {
  const options = readOptions(process.argv.slice(2))
  setTimeout(
    () => stop.abort(new Error('the run took too long')),
    mostSeconds(options.seconds) * 1_000,
  ).unref()
  const report = await torture(options, stop.signal, (line) => void process.stderr.write(`${line}\n`))
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : table(report))
  const { lost, duplicates, unknownOpen, exits, settled } = report
  process.exitCode = lost + duplicates + unknownOpen + exits.length === 0 && settled ? 0 : 1
} catch (error) {
  process.stderr.write(
    `torture: ${stop.signal.aborted ? `ended early: ${String(stop.signal.reason)}` : (error as Error).message}\n`,
  )
  process.exitCode = error instanceof UsageError ? 2 : 1
}
process.disconnect?.()

function table(report: Report): string {
  const { options, orphans, seconds } = report
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(' · ') || 'none'
  const rows: [string, string | number][] = [
    ['messages', options.messages],
    ['accepted outside', report.accepted],
    ['delivered', report.delivered],
    ['lost', report.lost],
    ['duplicates', report.duplicates],
    ['doubledByPolicy', report.doubledByPolicy],
    ['unknownOpen', report.unknownOpen],
    ['dead letters', report.dead],
    ['disasters', list(report.disasters)],
    ['attempts', list(report.attempts)],
    [
      'orphans',
      `${orphans.count}, taken up after ${orphans.median} s (median), ${orphans.longest} s (longest)`,
    ],
    [
      'webhook undecided',
      `${report.longestUndecided} s (longest; ${report.cmsErrors} calls to the CMS failed)`,
    ],
    ['ended by themselves', report.exits.length],
    ['came to rest', report.settled ? `after ${seconds.settling} s` : 'NO'],
    [
      'lease, absent for',
      `${report.lease}, ${report.absentFor}${options.quick ? ' (quick; PT60S otherwise)' : ''}`,
    ],
    ['seed, seconds', `${options.seed}, ${seconds.total}`],
  ]
  const lines = rows.map(([name, value]) => `${name.padEnd(20)}${value}`)
  return `${[...lines, ...report.details, ...report.exits].join('\n')}\n`
}

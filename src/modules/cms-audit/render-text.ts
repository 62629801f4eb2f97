/** The report for a terminal: read in 80 columns, with or without colours. Pure. */
import { percent } from '../../platform/page/index.ts'
import { kindOf } from '../quality/index.ts'
import type { AuditReport, VerdictReport } from './types.ts'
import { changes, plain, pointWords, statusesWords, verdictWords } from './words.ts'

const width = 80

export interface TextOptions {
  colour: boolean
  /** How many examples of each kind, and matters of each verdict. */
  examples?: number
}

export function renderText(report: AuditReport, { colour, examples = 3 }: TextOptions): string {
  const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const [bold, dim, green, yellow, red] = [1, 2, 32, 33, 31].map(paint) as [Paint, Paint, Paint, Paint, Paint]
  const lines: string[] = []
  const say = (text = '', hang = 0): void => void lines.push(...wrap(text, hang))
  const title = (text: string): void => void lines.push('', bold(text))

  say(`Audit of ${report.connection} (${report.kind}), ${minute(report.finishedAt)}, ${report.seconds} s`)
  say(
    report.records
      .filter(({ count, problem }) => count > 0 || problem !== null)
      .map(({ model, count }) => `${model} ${count}`)
      .join(' · '),
  )

  title('Verdicts')
  const tones = { ready: green, ready_except: yellow, not_ready: red } as const
  for (const verdict of report.verdicts) {
    lines.push(`  ${verdict.purpose.padEnd(13)}${tones[verdict.verdict](verdictWords(verdict))}`)
    for (const why of verdict.because) say(`${' '.repeat(15)}${plain(why)}`, 15)
    if (verdict.verdict === 'ready_except') say(`${' '.repeat(15)}${listed(verdict, examples * 2)}`, 15)
  }

  if (report.compared) {
    title(`Since the audit of ${minute(report.compared.finishedAt)}`)
    const found = changes(report.compared)
    if (found.length === 0) say('  Nothing changed.')
    for (const { kind, before, now, gone, fresh } of found) {
      const mark = now < before ? green('better') : now > before ? red('worse ') : yellow('moved ')
      lines.push(
        `  ${mark} ${String(before).padStart(6)} → ${String(now).padEnd(6)} ${cut(kindOf(kind).title, 44)}` +
          dim(` -${gone} +${fresh}`),
      )
    }
  }

  title('What was found')
  if (report.trouble.length === 0) say('  Nothing.')
  for (const trouble of report.trouble) {
    say(`  ${String(trouble.count).padStart(6)}  ${trouble.title}`, 10)
    say(dim(`          ${trouble.advice}`), 10)
    for (const example of trouble.examples.slice(0, examples)) {
      const value = example.value === null ? '' : ` "${plain(example.value)}"`
      const hint = example.suggestion === null ? '' : ` → ${plain(example.suggestion)}`
      say(
        `          ${trouble.subject} ${plain(example.externalId)}, ${example.field}${value}: ${plain(example.reason)}${hint}`,
        12,
      )
    }
    const more = trouble.count - Math.min(trouble.examples.length, examples)
    if (more > 0) say(dim(`          and ${more} more`))
  }

  title('Data points')
  for (const point of report.points) {
    const types = Object.keys(point.types).join(', ')
    const where =
      point.place === null
        ? 'nowhere in this connection'
        : `${point.place}${types ? ` (${types})` : ''}${point.filled === 0 ? ', always empty' : ''}`
    lines.push(
      `  ${pointWords[point.point].padEnd(24)}${percent(point.filled, point.records).padStart(7)} filled${percent(point.valid, point.records).padStart(7)} valid`,
    )
    say(`      ${dim(plain(where))}`, 6)
  }

  title(`Status: ${report.status.form}, ${report.status.distinct} different`)
  for (const { value, count, state, suggestions } of report.status.values.slice(0, 40)) {
    const like = suggestions.map((s) => s.state).join(', ')
    const to = state ?? (like ? `${yellow('?')} perhaps ${like}` : red('not in the status map'))
    lines.push(`  ${String(count).padStart(6)}  ${cut(plain(value), 34).padEnd(34)} → ${to}`)
  }
  if (report.status.values.length > 40) say(dim(`          and ${report.status.values.length - 40} more`))

  if (report.dates.length > 0) {
    title('Dates')
    for (const { path, formats } of report.dates) {
      const seen = Object.entries(formats).map(([format, count]) => `${format} ×${count}`)
      say(`  ${plain(path)}: ${seen.join(', ')}`, 4)
    }
  }

  title('Otherwise than documented')
  if (report.differences.length === 0) say('  Nothing.')
  for (const { model, path, detail, count } of report.differences)
    say(`  ${String(count).padStart(6)}  ${model}.${path} ${plain(detail)}`, 10)

  title('Endpoints')
  for (const { path, statuses, p50, p95, limit } of report.endpoints) {
    const left = limit ? `, limit ${limit.limit}, lowest left ${limit.lowestRemaining}` : ', no limit told'
    say(`  ${path}`)
    say(`      ${statusesWords(statuses)}; p50 ${p50} ms, p95 ${p95} ms${left}`, 6)
  }
  for (const { model, problem } of report.records)
    if (problem !== null) say(red(`  ${model} could not be read: ${plain(problem)}`), 4)
  return `${lines.join('\n')}\n`
}

type Paint = (text: string) => string

function listed(verdict: VerdictReport, most: number): string {
  const names = verdict.listed.slice(0, most).map(({ externalId, number }) => plain(number ?? externalId))
  const more = verdict.blocked - names.length
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const minute = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)}Z`

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text

/** Breaks at blanks; what stands in the first column stays there. */
function wrap(text: string, hang: number): string[] {
  const lines: string[] = []
  let rest = text
  while (length(rest) > width) {
    const at = rest.lastIndexOf(' ', width)
    if (at <= hang + 1) break
    lines.push(rest.slice(0, at))
    rest = ' '.repeat(hang) + rest.slice(at + 1)
  }
  return [...lines, rest]
}

/** Without colours. */
const length = (text: string): number =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  text.replace(/\u001b\[\d+m/g, '').length

/** The report for a terminal: tables, and bars for the shares that were missed. Pure. */
import type { ReminderReport } from '../../../contracts/reports.ts'
import { answerWords, shareWords, typeWords, unknownWords } from './words.ts'

const cells = 24

export function renderReportText(report: ReminderReport, { colour }: { colour: boolean }): string {
  const bold = (text: string) => (colour ? `\u001b[1m${text}\u001b[0m` : text)
  const { total, types, answers, steps } = report
  const lines = [
    `Appointments from ${report.from} to ${report.to} (${report.zone}) and their reminders`,
    `${total.appointments} appointments, ${total.toCome} of them to come; ${total.reminded} reminded of, by ${total.reminders} reminders`,
    '',
  ]
  if (total.appointments === 0 && steps.length === 0) return `${lines[0]}\nThere are none.\n`
  const unknown = unknownWords(report)
  lines.push(
    bold('By type'),
    ...table([
      ['', 'dates', 'to come', 'reminders', 'confirmed', 'other date', 'kept', 'missed', 'not known'],
      ...types.map((t) => [
        typeWords(t.type),
        ...[
          t.appointments,
          t.toCome,
          t.reminders,
          t.confirmed,
          t.anotherDate,
          t.kept,
          t.missed,
          t.unknown,
        ].map(String),
      ]),
      [
        'all',
        ...[
          total.appointments,
          total.toCome,
          total.reminders,
          total.confirmed,
          total.anotherDate,
          total.kept,
          total.missed,
          total.unknown,
        ].map(String),
      ],
    ]),
    '',
    bold('By step and template'),
    ...table([
      ['', 'reminders', 'confirmed', 'other date', 'kept', 'missed', 'not known'],
      ...steps.map((s) => [
        `${s.plan}/${s.step} ${s.template}`,
        ...[s.reminders, s.confirmed, s.anotherDate, s.kept, s.missed, s.unknown].map(String),
      ]),
    ]),
    '',
    bold('Missed, of those of which it is known'),
    ...bars([
      ...answers.map((a) => ({ label: answerWords[a.answer], ...a })),
      ...types.map((t) => ({ label: typeWords(t.type), ...t })),
    ]),
    ...(unknown === null ? [] : ['', unknown]),
  )
  return `${lines.join('\n')}\n`
}

const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')

function table(rows: readonly (readonly string[])[]): string[] {
  const clean = rows.map((row) => row.map(plain))
  const widths = clean[0]!.map((_, i) => Math.max(...clean.map((row) => row[i]!.length)))
  return clean.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .replace(/^/, '  ')
      .trimEnd(),
  )
}

function bars(
  list: readonly { label: string; kept: number; missed: number; missedShare: number | null }[],
): string[] {
  const labels = list.map(({ label }) => plain(label))
  const width = Math.max(...labels.map((label) => label.length))
  return list.map((one, i) => {
    const full = Math.round((one.missedShare ?? 0) * cells)
    const bar = one.missedShare === null ? ' '.repeat(cells) : '█'.repeat(full) + '·'.repeat(cells - full)
    return `  ${labels[i]!.padEnd(width)}  ${bar}  ${shareWords(one)}`
  })
}

/** The report as one page: no script, no request, charts with their numbers in tables beside them. Pure. */
import type { ReminderReport } from '../../../contracts/reports.ts'
import { barChart, esc, html, join, type Markup } from '../../platform/page/index.ts'
import { answerWords, shareWords, typeWords, unknownWords } from './words.ts'

/** @returns a whole document; what others wrote is text in it, whatever it looks like */
export function renderReportHtml(report: ReminderReport): string {
  const { total, types, answers, steps } = report
  const title = `Appointments and reminders, ${report.from} to ${report.to}`
  const unknown = unknownWords(report)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${String(total.appointments)} appointments, ${String(total.toCome)} of them to come; ${String(total.reminded)} reminded of, by ${String(total.reminders)} reminders. Days as in ${report.zone}; read at ${report.at.slice(0, 16).replace('T', ' ')} UTC.</p>
</header>
<main>
<section aria-labelledby="missed"><h2 id="missed">Missed, with confirmation and without</h2>
${shares(
  'Share of appointments that were missed, by what the client had answered',
  answers.map((a) => ({ label: answerWords[a.answer], ...a })),
)}
${unknown === null ? html`` : html`<p>${unknown}</p>`}
${table(
  'Appointments that are over, by what the client had answered',
  ['Answer', 'Appointments', ...attendance],
  answers.map((a) => [answerWords[a.answer], a.appointments, ...came(a)]),
)}
</section>
<section aria-labelledby="types"><h2 id="types">By type of appointment</h2>
${shares(
  'Share of appointments that were missed, by type',
  types.map((t) => ({ label: typeWords(t.type), ...t })),
)}
${table(
  'Appointments by type',
  ['Type', 'Appointments', 'To come', 'Reminded', 'Reminders', 'Confirmed', 'Other date', ...attendance],
  [...types.map((t) => ({ name: typeWords(t.type), ...t })), { name: 'All', ...total }].map((t) => [
    t.name,
    t.appointments,
    t.toCome,
    t.reminded,
    t.reminders,
    t.confirmed,
    t.anotherDate,
    ...came(t),
  ]),
)}
</section>
<section aria-labelledby="steps"><h2 id="steps">By step of a plan, and template</h2>
${barChart(
  'Reminders that left',
  steps.map((s) => ({ label: `${s.plan}/${s.step}`, value: s.reminders })),
)}
${table(
  'Reminders that left, and what became of their appointments',
  ['Step', 'Template', 'Reminders', 'Confirmed', 'Other date', ...attendance],
  steps.map((s) => [`${s.plan}/${s.step}`, s.template, s.reminders, s.confirmed, s.anotherDate, ...came(s)]),
)}
</section>
</main>
</body>
</html>
`
  return page.markup
}

const attendance = ['Kept', 'Missed', 'Not known', 'Missed of known']

interface Came {
  kept: number
  missed: number
  unknown: number
  missedShare: number | null
}
const came = (one: Came): (string | number)[] => [one.kept, one.missed, one.unknown, shareWords(one)]

const shares = (title: string, list: readonly (Came & { label: string })[]): Markup =>
  barChart(
    title,
    // Bars of one scale: all of them end at 100 %.
    list.map((one) => ({ label: one.label, value: one.missedShare ?? 0, words: shareWords(one) })),
    1,
  )

const table = (
  caption: string,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Markup =>
  html`<table><caption>${caption}</caption><thead><tr>${join(
    head.map((name) => html`<th scope="col">${name}</th>`),
    '',
  )}</tr></thead><tbody>
${join(
  rows.map(
    ([name, ...cells]) =>
      html`<tr><th scope="row">${String(name)}</th>${join(
        cells.map((cell) =>
          typeof cell === 'number' ? html`<td class="n">${String(cell)}</td>` : html`<td>${cell}</td>`,
        ),
        '',
      )}</tr>`,
  ),
)}
</tbody></table>`

const style = esc.raw(`
:root{color-scheme:light;font:16px/1.5 system-ui,sans-serif;color:#111;background:#fff}
body{max-width:62rem;margin:0 auto;padding:1rem}
h1{font-size:1.7rem;margin:.5rem 0}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:2px solid #111}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}caption{text-align:left;color:#444}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #aaa;overflow-wrap:anywhere}.n{text-align:right;white-space:nowrap}
figure{margin:0}svg{width:100%;height:auto;max-width:62rem}svg text{font:13px system-ui,sans-serif;fill:#111}
`)

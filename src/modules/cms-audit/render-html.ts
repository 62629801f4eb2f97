/** The report as one page: no script, no request, charts as drawings that need no colour. Pure. */
import { barChart, esc, html, join, type Markup, percent, shareChart } from '../../platform/page/index.ts'
import { kindOf } from '../quality/index.ts'
import type { AuditReport, TroubleReport, VerdictReport } from './types.ts'
import { changes, pointWords, statusesWords, verdictWords } from './words.ts'

const mostListed = 200

/** @returns a whole document; what others wrote is text in it, whatever it looks like */
export function renderHtml(report: AuditReport): string {
  const when = report.finishedAt.slice(0, 16).replace('T', ' ')
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Audit of ${report.connection}, ${when} UTC</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Audit of ${report.connection}</h1>
<p>${report.kind}, ${when} UTC, ${String(report.seconds)} seconds of reading, nothing written.
${join(
  report.records.map(({ model, count }) => html`${String(count)} ${model}`),
  ' · ',
)}</p>
</header>
<main>
<section aria-labelledby="verdicts"><h2 id="verdicts">Verdicts</h2>
${join(report.verdicts.map(verdict))}
</section>
${compared(report)}
<section aria-labelledby="found"><h2 id="found">What was found</h2>
${
  report.trouble.length === 0
    ? html`<p>Nothing.</p>`
    : html`${barChart(
        'How often each kind was found',
        report.trouble.slice(0, 30).map((one) => ({ label: one.title, value: one.count })),
      )}${join(report.trouble.map(trouble))}`
}
</section>
<section aria-labelledby="points"><h2 id="points">Data points</h2>
${shareChart(
  'How many records have it (outline) and how many have it usable (filled)',
  report.points.map((p) => ({
    label: pointWords[p.point],
    all: p.records,
    outer: p.filled,
    inner: p.valid,
  })),
)}
<table><caption>Where each was found</caption><thead><tr><th scope="col">What</th><th scope="col">Where</th><th scope="col">Type</th><th scope="col" class="n">Records</th><th scope="col" class="n">Filled</th><th scope="col" class="n">Valid</th></tr></thead><tbody>
${join(
  report.points.map(
    (p) =>
      html`<tr><th scope="row">${pointWords[p.point]}</th><td>${p.place ?? 'nowhere in this connection'}</td><td>${Object.keys(p.types).join(', ')}</td><td class="n">${String(p.records)}</td><td class="n">${percent(p.filled, p.records)}</td><td class="n">${percent(p.valid, p.records)}</td></tr>`,
  ),
)}
</tbody></table>
</section>
<section aria-labelledby="status"><h2 id="status">Status: ${report.status.form}, ${String(report.status.distinct)} different</h2>
<table><caption>Values, and the proposed map</caption><thead><tr><th scope="col">In the CMS</th><th scope="col" class="n">Matters</th><th scope="col">State</th></tr></thead><tbody>
${join(
  report.status.values
    .slice(0, mostListed)
    .map(
      ({ value, count, state, suggestions }) =>
        html`<tr><th scope="row">${value}</th><td class="n">${String(count)}</td><td>${state ?? (suggestions.length > 0 ? `not mapped; perhaps ${suggestions.map((s) => s.state).join(', ')}` : 'not mapped')}</td></tr>`,
    ),
)}
</tbody></table>
</section>
<section aria-labelledby="dates"><h2 id="dates">Dates</h2>
<table><caption>Formats seen</caption><thead><tr><th scope="col">Field</th><th scope="col">Formats</th></tr></thead><tbody>
${join(
  report.dates.map(
    ({ path, formats }) =>
      html`<tr><th scope="row">${path}</th><td>${Object.entries(formats)
        .map(([format, count]) => `${format} ×${count}`)
        .join(', ')}</td></tr>`,
  ),
)}
</tbody></table>
</section>
<section aria-labelledby="differences"><h2 id="differences">Otherwise than documented</h2>
${
  report.differences.length === 0
    ? html`<p>Nothing.</p>`
    : html`<table><caption>What came back</caption><thead><tr><th scope="col">Field</th><th scope="col">Difference</th><th scope="col" class="n">Records</th></tr></thead><tbody>${join(
        report.differences.map(
          ({ model, path, detail, count }) =>
            html`<tr><th scope="row">${model}.${path}</th><td>${detail}</td><td class="n">${String(count)}</td></tr>`,
        ),
      )}</tbody></table>`
}
</section>
<section aria-labelledby="endpoints"><h2 id="endpoints">Endpoints</h2>
<table><caption>Every endpoint tried</caption><thead><tr><th scope="col">Endpoint</th><th scope="col">Answers</th><th scope="col" class="n">p50</th><th scope="col" class="n">p95</th><th scope="col">Rate limit told</th></tr></thead><tbody>
${join(
  report.endpoints.map(
    ({ path, statuses, p50, p95, limit }) =>
      html`<tr><th scope="row">${path}</th><td>${statusesWords(statuses)}</td><td class="n">${String(p50)} ms</td><td class="n">${String(p95)} ms</td><td>${limit ? `${limit.limit}, lowest left ${limit.lowestRemaining}` : 'none'}</td></tr>`,
  ),
)}
</tbody></table>
</section>
</main>
</body>
</html>
`
  return page.markup
}

function verdict(one: VerdictReport): Markup {
  const marks = { ready: '✓', ready_except: '!', not_ready: '✗' } as const
  return html`<article class="verdict ${one.verdict}"><h3><span aria-hidden="true">${marks[one.verdict]}</span> ${one.purpose}: ${verdictWords(one)}</h3>
<p>${String(one.blocked)} of ${String(one.matters)} open matters must wait.</p>
${one.because.length > 0 ? html`<ul>${join(one.because.map((why) => html`<li>${why}</li>`))}</ul>` : html``}
${
  one.listed.length === 0
    ? html``
    : html`<details><summary>Which matters</summary><ul>${join(
        one.listed
          .slice(0, mostListed)
          .map(
            ({ externalId, number, because }) =>
              html`<li>${number ?? externalId} (${externalId}): ${because.map((kind) => kindOf(kind).title).join('; ')}</li>`,
          ),
      )}${one.blocked > mostListed ? html`<li>and ${String(one.blocked - Math.min(mostListed, one.listed.length))} more</li>` : html``}</ul></details>`
}</article>`
}

function compared({ compared: since }: AuditReport): Markup {
  if (since === null) return html``
  const found = changes(since)
  return html`<section aria-labelledby="since"><h2 id="since">Since ${since.finishedAt.slice(0, 16).replace('T', ' ')} UTC</h2>
${
  found.length === 0
    ? html`<p>Nothing changed.</p>`
    : html`<table><caption>Better and worse</caption><thead><tr><th scope="col">Kind</th><th scope="col" class="n">Before</th><th scope="col" class="n">Now</th><th scope="col" class="n">Gone</th><th scope="col" class="n">New</th><th scope="col">Which is</th></tr></thead><tbody>${join(
        found.map(
          ({ kind, before, now, gone, fresh }) =>
            html`<tr><th scope="row">${kindOf(kind).title}</th><td class="n">${String(before)}</td><td class="n">${String(now)}</td><td class="n">${String(gone)}</td><td class="n">${String(fresh)}</td><td>${now < before ? 'better' : now > before ? 'worse' : 'no better'}</td></tr>`,
        ),
      )}</tbody></table>`
}</section>`
}

function trouble(one: TroubleReport): Markup {
  const waits =
    one.blocks.length > 0 ? `Until then must wait: ${one.blocks.join(', ')}.` : 'Nothing waits for it.'
  return html`<details><summary>${String(one.count)} × ${one.title}</summary>
<p>${one.advice} ${waits}</p>
<table><caption>Examples</caption><thead><tr><th scope="col">Record</th><th scope="col">Field</th><th scope="col">Value</th><th scope="col">What is wrong</th><th scope="col">Perhaps</th></tr></thead><tbody>
${join(
  one.examples.map(
    (example) =>
      html`<tr><th scope="row">${record(one.subject, example.externalId, example.link)}</th><td>${example.field}</td><td>${example.value ?? ''}</td><td>${example.reason}</td><td>${example.suggestion ?? ''}</td></tr>`,
  ),
)}
</tbody></table>${one.count > one.examples.length ? html`<p>and ${String(one.count - one.examples.length)} more</p>` : html``}</details>`
}

const record = (subject: string, id: string, link: string | null): Markup =>
  link !== null && /^https?:\/\//.test(link)
    ? html`<a href="${link}" rel="noreferrer">${subject} ${id}</a>`
    : html`${subject} ${id}`

const style = esc.raw(`
:root{color-scheme:light;font:16px/1.5 system-ui,sans-serif;color:#111;background:#fff}
body{max-width:62rem;margin:0 auto;padding:1rem}
h1{font-size:1.7rem;margin:.5rem 0}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:2px solid #111}h3{font-size:1rem;margin:0}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}caption{text-align:left;color:#444}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #aaa;overflow-wrap:anywhere}.n{text-align:right;white-space:nowrap}
a{color:#003f8a}details{margin:.4rem 0}summary{cursor:pointer;font-weight:600}
.verdict{border:2px solid #111;border-left-width:10px;padding:.5rem 1rem;margin:.5rem 0}.ready_except{border-style:dashed;border-left-style:solid}.not_ready{border-style:double}
figure{margin:0}svg{width:100%;height:auto;max-width:62rem}svg text{font:13px system-ui,sans-serif;fill:#111}
@media print{details{display:block}details>*{display:block}}
`)

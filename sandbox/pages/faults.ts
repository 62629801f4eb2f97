import type { Hono } from 'hono'
import type { Core } from '../core/core.ts'
import type { FaultOrder } from '../core/faults.ts'
import { html, page } from './layout.ts'

const ready: readonly { label: string; faults: readonly FaultOrder[] }[] = [
  { label: 'Twilio answers 500', faults: [{ provider: 'twilio', kind: 'status', status: 500 }] },
  { label: 'Twilio is rate limiting (429)', faults: [{ provider: 'twilio', kind: 'status', status: 429 }] },
  { label: 'Twilio takes 5 s', faults: [{ provider: 'twilio', kind: 'slow', delayMs: 5000 }] },
  {
    label: 'Twilio accepts one text, then hangs up',
    faults: [{ provider: 'twilio', kind: 'reset_after_accept', count: 1 }],
  },
  { label: 'Twilio never answers', faults: [{ provider: 'twilio', kind: 'timeout' }] },
  { label: 'SendGrid answers 503', faults: [{ provider: 'sendgrid', kind: 'status', status: 503 }] },
  {
    label: 'SendGrid accepts one mail, then hangs up',
    faults: [{ provider: 'sendgrid', kind: 'reset_after_accept', count: 1 }],
  },
  { label: 'The CMS is down (503)', faults: [{ provider: 'clio', kind: 'status', status: 503 }] },
]

/** `/faults`: break the outside world by hand. */
export function mountFaultsPage(app: Hono, core: Core): void {
  app.get('/faults', (c) => {
    const inForce = core.faults.list()
    const body = html`<h1>Faults</h1>
<p class="soft">Break the outside world. A new choice takes the place of what is in force.</p>
<div class="actions">${ready.map(
      ({ label, faults }) => html`<button data-faults="${JSON.stringify(faults)}">${label}</button>`,
    )}</div>
<div class="actions"><button class="primary" data-faults="[]">All is well again</button><span role="status" id="said" class="soft small"></span></div>
<h2>In force</h2>
${
  inForce.length === 0
    ? html`<p class="empty">Everything works.</p>`
    : html`<table><thead><tr><th scope="col">Provider</th><th scope="col">Fault</th><th scope="col">Details</th><th scope="col">Calls hit</th></tr></thead>
<tbody>${inForce.map(
        ({ provider, kind, hits, ...rest }) =>
          html`<tr><td>${provider}</td><td>${kind}</td><td><code>${JSON.stringify(rest)}</code></td><td>${hits}</td></tr>`,
      )}</tbody></table>`
}`
    return c.html(page({ title: 'Faults', body, active: 'faults', script }))
  })
}

const script = `
for (const button of document.querySelectorAll('[data-faults]')) button.addEventListener('click', async () => {
  const answer = await fetch('/_sandbox/faults', { method: 'PUT', body: button.dataset.faults })
  if (answer.ok) location.reload()
  else document.getElementById('said').textContent = 'refused: ' + (await answer.text())
})
`

import type { Hono } from 'hono'
import type { Core } from '../core/core.ts'
import type { Message } from '../core/messages.ts'
import type { SendGrid } from '../sendgrid/index.ts'
import { files, mountFiles } from './files.ts'
import { type Html, html, page, raw } from './layout.ts'
import { mountLetter, oneClickUrl } from './letter.ts'
import { liveScript } from './live.ts'
import { statusTag, timeTag } from './parts.ts'

/** `/mail`, `/mail/{address}` and `/mail/{address}/{id}`: a client's mailbox. */
export function mountMailPages(app: Hono, core: Core, sendgrid: SendGrid): void {
  mountLetter(app, core, sendgrid)
  mountFiles(app, core)
  app.get('/mail', (c) => c.html(listPage(core)))
  app.get('/mail/:address', (c) => c.html(mailboxPage(core, c.req.param('address'), undefined)))
  app.get('/mail/:address/:id', (c) => {
    const message = core.messages.find(c.req.param('id'))
    return message ? c.html(mailboxPage(core, c.req.param('address'), message)) : c.text('no such mail', 404)
  })
}

function listPage(core: Core): string {
  const boxes = core.messages.recipients('email').slice(0, 500)
  const rows = boxes.map(
    ({ to, latest, count }) => html`<li><a class="row" href="/mail/${to}">
<strong>${to}</strong><span class="soft small">${timeTag(latest.acceptedAt)}</span>
<span class="cut soft">${latest.subject}</span><span class="soft small">${count} ${count === 1 ? 'mail' : 'mails'}</span></a></li>`,
  )
  const body = html`<h1>Mailboxes</h1>
<p class="soft">Every address that a mail was sent to, the latest first.</p>
<div data-live="boxes">${
    rows.length > 0
      ? html`<ul class="list">${rows}</ul>`
      : html`<p class="empty">No mail has been sent yet.</p>`
  }</div>`
  return page({ title: 'Mailboxes', body, active: 'mail', script: liveScript })
}

function mailboxPage(core: Core, address: string, open: Message | undefined): string {
  const mails = core.messages
    .of(address)
    .filter((message) => message.channel === 'email')
    .reverse()
    .slice(0, 500)
  const rows = mails.map(
    (
      mail,
    ) => html`<li><a class="row" href="/mail/${address}/${mail.id}"${mail === open ? raw(' aria-current="true"') : ''}>
<strong class="cut">${mail.subject ?? '(no subject)'}</strong><span class="soft small">${timeTag(mail.acceptedAt)}</span>
<span class="cut soft small">${mail.from}</span>${statusTag(mail.status)}</a></li>`,
  )
  const body = html`<div data-about="${address.toLowerCase()}">
<h1>${address}</h1>
<div class="mailbox"><nav aria-label="Mails" data-live="mails" style="display:block">${
    rows.length > 0 ? html`<ul class="list">${rows}</ul>` : html`<p class="empty">This mailbox is empty.</p>`
  }</nav>
${open ? letter(open, mails) : html`<p class="empty">Choose a mail to read. Opening one loads its images, as a mail program does.</p>`}</div></div>`
  return page({ title: address, body, active: 'mail', script: liveScript + letterScript })
}

/** @param mails of the same mailbox */
function letter(mail: Message, mails: readonly Message[]): Html {
  const here = `/mail/${mail.to}/${mail.id}`
  const headers = Object.entries(mail.headers ?? {})
  return html`<article class="card" aria-labelledby="subject">
<h2 id="subject">${mail.subject ?? '(no subject)'}</h2>
<dl class="facts small"><dt>From</dt><dd>${mail.from}</dd><dt>To</dt><dd>${mail.to}</dd>
<dt>Date</dt><dd>${timeTag(mail.acceptedAt)}</dd><dt>Through</dt><dd>${mail.provider} ${statusTag(mail.status)}</dd></dl>
<div class="actions">${
    oneClickUrl(mail) === undefined
      ? html`<span class="soft small">No one-click unsubscribe in this mail</span>`
      : html`<button data-post="${here}/unsubscribe">Unsubscribe</button>`
  }${
    mail.provider === 'sendgrid'
      ? html`<button data-post="${here}/machine-open">Let a mail proxy open it</button>`
      : ''
  }<span role="status" id="done" class="small soft"></span></div>
${files(mail, mails)}
${mail.html === null ? '' : html`<iframe class="letter" title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="${here}/html"></iframe>`}
<details${mail.html === null ? raw(' open') : ''}><summary>Text part</summary>${
    mail.text === null ? html`<p class="soft">none</p>` : html`<pre>${mail.text}</pre>`
  }</details>
<details><summary>Headers</summary><dl class="facts small">${
    headers.length > 0
      ? headers.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)
      : html`<dd>none</dd>`
  }<dt>Message id</dt><dd>${mail.providerMessageId}</dd><dt>Reference</dt><dd>${mail.reference ?? 'none'}</dd></dl></details>
</article>`
}

const letterScript = `
for (const button of document.querySelectorAll('[data-post]')) button.addEventListener('click', async () => {
  const done = document.getElementById('done')
  done.textContent = 'asking…'
  const answer = await fetch(button.dataset.post, { method: 'POST' })
  done.textContent = (await answer.json()).said
})
`

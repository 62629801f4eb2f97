import type { Hono } from 'hono'
import type { Core } from '../core/core.ts'
import { html, page } from './layout.ts'
import { liveScript } from './live.ts'
import { statusTag, timeTag } from './parts.ts'

const doors = [
  { href: '/phone', name: 'Phones', words: 'Read a client’s texts, and answer them.' },
  { href: '/mail', name: 'Mailboxes', words: 'Read a client’s mail, follow its links, unsubscribe.' },
  {
    href: '/cms',
    name: 'Case management',
    words: 'Work as the firm does: change a matter’s status, move a hearing.',
  },
  { href: '/faults', name: 'Faults', words: 'Make a provider fail, hang or forget to answer.' },
] as const

/** `/`: where to go, and the latest messages. */
export function mountHomePage(app: Hono, core: Core): void {
  app.get('/', (c) => {
    const latest = core.messages.list({ limit: 12 }).reverse()
    const body = html`<h1>The outside world</h1>
<p class="soft">Carriers, mail providers and the firm’s case management system, played by one process. Nothing here reaches anyone.</p>
<ul class="cards">${doors.map(
      ({ href, name, words }) =>
        html`<li><a class="card" href="${href}"><h2>${name}</h2><span class="soft">${words}</span></a></li>`,
    )}</ul>
<h2>Latest messages</h2>
<div data-live="latest">${
      latest.length === 0
        ? html`<p class="empty">Nothing has been said yet. Change a matter’s status in the case management system.</p>`
        : html`<ul class="list">${latest.map(
            (message) => html`<li><a class="row" href="${
              message.channel === 'sms' ? `/phone/${message.to}` : `/mail/${message.to}/${message.id}`
            }"><strong class="cut">${message.to}</strong><span class="soft small">${timeTag(message.acceptedAt)}</span>
<span class="cut soft">${message.subject ?? message.text}</span>${statusTag(message.status)}</a></li>`,
          )}</ul>`
    }</div>`
    return c.html(page({ title: 'Outside world', body, active: 'home', script: liveScript }))
  })
}

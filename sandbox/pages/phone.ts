import type { Hono } from 'hono'
import type { Core } from '../core/core.ts'
import type { Message } from '../core/messages.ts'
import { defaultTwilio, type Resource, type Twilio } from '../twilio/index.ts'
import { type Html, html, page } from './layout.ts'
import { liveScript } from './live.ts'
import { statusTag, timeTag } from './parts.ts'

/** One text on a phone; `mine` when the client wrote it. */
type Bubble = { mine: boolean; other: string; body: string; at: string; status: string; origin: string }

/** `/phone` and `/phone/{number}`: what a client sees, and can answer. */
export function mountPhonePages(app: Hono, core: Core, twilio: Twilio): void {
  app.get('/phone', (c) => c.html(listPage(core, twilio)))
  app.get('/phone/:number', (c) => {
    const number = c.req.param('number').replace(/^ (?=\d)/, '+')
    return c.html(phonePage(number, core, twilio))
  })
}

function bubblesOf(number: string, core: Core, twilio: Twilio): Bubble[] {
  const heard = twilio.store
    .list({ from: number }, Number.POSITIVE_INFINITY)
    .filter((item) => item.direction === 'inbound')
  const bubbles = [...heard.map(fromClient), ...core.messages.of(number).filter(isText).map(fromFirm)]
  // At the same millisecond the client spoke first: the carrier's own answer comes that fast.
  return bubbles.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

const isText = (message: Message) => message.channel === 'sms'

function fromFirm(message: Message): Bubble {
  const { from, text, acceptedAt, status, origin } = message
  return { mine: false, other: from, body: text ?? '', at: acceptedAt, status, origin }
}

function fromClient(text: Resource): Bubble {
  const at = new Date(text.createdAt).toISOString()
  return { mine: true, other: text.to, body: text.body, at, status: text.status, origin: 'api' }
}

function listPage(core: Core, twilio: Twilio): string {
  const numbers = new Map<string, { at: string; words: string; count: number }>()
  for (const { to, latest, count } of core.messages.recipients('sms')) {
    numbers.set(to, { at: latest.acceptedAt, words: latest.text ?? '', count })
  }
  for (const text of twilio.store.list({}, Number.POSITIVE_INFINITY)) {
    if (text.direction !== 'inbound' || numbers.has(text.from)) continue
    numbers.set(text.from, { at: new Date(text.createdAt).toISOString(), words: text.body, count: 0 })
  }
  const latestFirst = [...numbers].sort(([, a], [, b]) => (a.at < b.at ? 1 : -1)).slice(0, 500)
  const rows = latestFirst.map(
    ([number, { at, words, count }]) => html`<li><a class="row" href="/phone/${number}">
<strong>${number}</strong><span class="soft small">${timeTag(at)}</span>
<span class="cut soft">${words}</span><span class="soft small">${count} ${count === 1 ? 'text' : 'texts'}</span></a></li>`,
  )
  const body = html`<h1>Phones</h1>
<p class="soft">Every phone that a text was sent to, the latest first. Open one to read and answer as the client.</p>
<form class="actions" style="align-items:end" action="/phone" onsubmit="event.preventDefault(); location = '/phone/' + this.number.value.replace(/[^+0-9]/g, '')">
<div><label for="number">Another phone</label><input id="number" name="number" type="tel" placeholder="+12015550199" required></div>
<button>Open</button></form>
<div data-live="phones">${
    rows.length > 0
      ? html`<ul class="list">${rows}</ul>`
      : html`<p class="empty">No phone has been texted yet.</p>`
  }</div>`
  return page({ title: 'Phones', body, active: 'phone', script: liveScript })
}

function phonePage(number: string, core: Core, twilio: Twilio): string {
  const bubbles = bubblesOf(number, core, twilio)
  const latest = bubbles.at(-1)?.other ?? defaultTwilio.number
  const others = [...new Set([latest, ...twilio.account.numbers.keys()])]
  const body = html`<div class="phone" data-about="${number}">
<header><h1>${number}</h1><p class="soft small" style="margin:0">a client’s phone</p></header>
<ol class="chat" data-live="chat" aria-live="polite" aria-label="Texts" tabindex="0">${
    bubbles.length > 0
      ? bubbles.map(bubble)
      : html`<li class="soft small" style="align-items:center">No texts yet</li>`
  }</ol>
<form class="reply" id="reply">
<div class="to"><label for="to">To</label>
<select id="to" name="to">${others.map((other) => html`<option>${other}</option>`)}</select></div>
<label class="visually-hidden" for="body">Your text</label>
<input id="body" name="body" maxlength="1600" autocomplete="off" placeholder="Text message" required>
<button class="primary">Send</button></form>
<p class="bad small" role="alert" id="trouble" style="margin:0 1rem .6rem" hidden></p>
</div>`
  return page({ title: number, body, active: 'phone', script: liveScript + replyScript })
}

function bubble({ mine, other, body, at, status, origin }: Bubble): Html {
  const note =
    origin === 'opt-out-reply' ? ' · by the carrier' : origin === 'twiml' ? ' · automatic reply' : ''
  return html`<li class="${mine ? 'mine' : 'theirs'}"><span class="visually-hidden">${mine ? 'You' : other}:</span>
<span class="bubble">${body}</span><span class="small soft">${timeTag(at)}${mine ? '' : html` · ${other}${note} `}${
    mine || status === 'delivered' ? '' : statusTag(status)
  }</span></li>`
}

const replyScript = `
const form = document.getElementById('reply'), trouble = document.getElementById('trouble')
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const { to, body } = Object.fromEntries(new FormData(form))
  const answer = await fetch('/_sandbox/texts', { method: 'POST', body: JSON.stringify({ from: about, to, body }) })
  trouble.hidden = answer.ok
  if (answer.ok) form.body.value = ''
  else { const { error } = await answer.json(); trouble.textContent = error.field + ' ' + error.message }
  refresh()
})
`

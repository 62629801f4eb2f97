import { Hono } from 'hono'
import { type Html, html, page, raw } from '../pages/layout.ts'
import { liveScript } from '../pages/live.ts'
import { timeTag } from '../pages/parts.ts'
import { modelOf } from './models.ts'
import type { LogEntry, Outbox } from './outbox.ts'
import { pageScript } from './page-script.ts'
import type { Store } from './store.ts'
import type { Row } from './types.ts'

/** More would be a wall; the search finds the rest. */
const SHOWN = 40
const LOG_SHOWN = 50

const nameOf = (contact: Row | undefined): string =>
  contact === undefined ? 'no client' : String(modelOf('contact').computed?.name?.(contact))

function customValue(contact: Row | undefined, name: string): string | null {
  const value = (contact?.lists.custom_field_values ?? []).find((held) => held.attrs.field_name === name)
  const option = value?.lists.picklist_option?.[0]?.attrs.option
  return value === undefined ? null : String(option ?? value.attrs.value)
}

function owned(store: Store, model: string, ref: string, matter: Row): Row[] {
  const ids = store.collection(model).owned.get(ref)?.get(matter.id) ?? []
  return ids.flatMap((id) => store.get(model, id) ?? [])
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

/** What is known of a matter at a glance; fetched again when something changes. */
function glance(store: Store, matter: Row, now: number): Html {
  const stage = store.get('matter_stage', Number(matter.refs.matter_stage ?? 0))
  const next = owned(store, 'calendar_entry', 'matter', matter)
    .filter((entry) => Date.parse(String(entry.attrs.start_at)) > now)
    .sort((a, b) => String(a.attrs.start_at).localeCompare(String(b.attrs.start_at)))[0]
  const bills = owned(store, 'bill', 'matters', matter).filter(
    (bill) => bill.attrs.state === 'awaiting_payment',
  )
  const paused = customValue(store.get('contact', Number(matter.refs.client)), 'Pause automation') === 'true'
  return html`<p><span class="pill">${String(stage?.attrs.name ?? 'no stage')}</span>
<span class="pill">${String(matter.attrs.status)}</span>${paused ? html` <span class="pill warn">automation paused</span>` : ''}</p>
<p class="soft small">${next ? html`Next: ${String(next.attrs.summary)}, ${timeTag(String(next.attrs.start_at))}` : 'No date ahead'} ·
${bills.length === 0 ? 'no open invoice' : `open invoice ${String(bills[0]?.attrs.number)}`} ·
${count(owned(store, 'document', 'matter', matter).length, 'document')}</p>`
}

function card(store: Store, matter: Row, now: number): Html {
  const client = store.get('contact', Number(matter.refs.client))
  const stages = [...store.all('matter_stage')]
  const phone = modelOf('contact').computed?.primary_phone_number?.(client as Row)
  const about = [
    customValue(client, 'Contact preference') ?? 'no preference',
    customValue(client, 'Time zone') ?? 'no zone',
    customValue(client, 'Language') ?? 'no language',
  ].join(' · ')
  const title = String(matter.attrs.description)
  return html`<li class="card" data-matter="${matter.id}" data-client="${Number(matter.refs.client)}" data-number="${String(matter.attrs.display_number)}">
<h2>${title}</h2>
<p class="small"><strong>${nameOf(client)}</strong> <span class="soft">${about}</span>
${typeof phone === 'string' && phone.startsWith('+') ? html` · <a style="white-space:nowrap" href="/phone/${encodeURIComponent(phone)}">their phone</a>` : ''}</p>
<div data-live="matter-${matter.id}">${glance(store, matter, now)}</div>
<form class="actions" data-do="stage">
<label class="visually-hidden" for="stage-${matter.id}">New status of ${title}</label>
<select id="stage-${matter.id}" name="stage">${stages.map(
    (stage) =>
      html`<option${stage.id === matter.refs.matter_stage ? raw(' selected') : ''}>${String(stage.attrs.name)}</option>`,
  )}</select>
<button class="primary">Change status</button>
</form>
<div class="actions" role="group" aria-label="More for ${title}">
<button data-do="hearing">Move the hearing</button>
<button data-do="transcript">File a transcript</button>
<button data-do="dms">File it in the document system</button>
<button data-do="pay">Pay the invoice</button>
<button data-do="pause">Pause or resume</button>
</div>
<form class="actions" data-do="comment">
<label class="visually-hidden" for="comment-${matter.id}">Comment on ${title}</label>
<input id="comment-${matter.id}" name="comment" placeholder="A comment for the client" required maxlength="500">
<button>Add a comment</button>
</form>
<p role="status" class="soft small"></p>
</li>`
}

function logLine(entry: LogEntry): Html {
  const tone = entry.outcome === 'delivered' ? 'good' : entry.outcome === 'retrying' ? 'warn' : 'bad'
  return html`<tr><td>${timeTag(new Date(entry.at).toISOString())}</td>
<td>${entry.model} ${entry.record}<br><span class="soft small">${entry.event}</span></td>
<td class="cut"><span class="soft small">${entry.kind}</span> ${new URL(entry.url).pathname}</td>
<td><span class="pill ${tone}">${entry.outcome}</span> ${entry.status || entry.error || ''}
<span class="soft small">try ${entry.attempt}, ${entry.ms} ms</span></td></tr>`
}

function logTable(entries: LogEntry[]): Html {
  if (entries.length === 0) {
    return html`<p class="empty">Nothing has been sent yet. Either nothing changed, or nobody subscribed.</p>`
  }
  return html`<div class="scroll"><table><thead><tr><th scope="col">When</th><th scope="col">What</th>
<th scope="col">To</th><th scope="col">Result</th></tr></thead><tbody>${entries.map(logLine)}</tbody></table></div>`
}

const newMatter = html`<details><summary>Open a new matter</summary>
<form id="new" class="card"><div class="fields">
<div><label for="new-first">First name</label><input id="new-first" name="first" required></div>
<div><label for="new-last">Last name</label><input id="new-last" name="last" required></div>
<div><label for="new-phone">Mobile</label><input id="new-phone" name="phone" type="tel" placeholder="+12015550150"></div>
<div><label for="new-mail">Mail address</label><input id="new-mail" name="mail" type="email"></div>
<div><label for="new-about">What it is about</label><input id="new-about" name="about" required></div>
</div><div class="actions"><button class="primary">Open it</button><span role="status" class="soft small"></span></div>
<p class="soft small">They hear by both channels, in English, in the time zone of this browser. The matter starts at Intake.</p>
</form></details>`

/** `/cms`: work as the firm does, and watch the webhooks leave. */
export function pageRoutes(store: Store, outbox: Outbox): Hono {
  const app = new Hono()
  app.get('/cms', (c) => {
    const query = (c.req.query('q') ?? '').trim().toLowerCase()
    const now = store.now()
    const found: Row[] = []
    for (const matter of store.all('matter')) {
      const words = [
        matter.attrs.description,
        matter.attrs.display_number,
        nameOf(store.get('contact', Number(matter.refs.client))),
      ]
      if (query === '' || words.join(' ').toLowerCase().includes(query)) found.push(matter)
      if (found.length > SHOWN) break
    }
    const body = html`<style>.matters{grid-template-columns:repeat(auto-fill,minmax(min(100%,25rem),1fr))}
.scroll{overflow-x:auto}.card .actions{margin:.5rem 0}.card select,.card input{flex:1 1 12rem;min-width:0}
.card [role=group] button{padding:.3rem .65rem;font-size:.9rem}.card [role=status]:empty{display:none}
#q{flex:0 1 22rem;min-width:0}.fields{display:grid;gap:.6rem;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr))}
.fields input{width:100%}</style>
<h1>Case management</h1>
<p class="soft">The firm Harbor &amp; Pike, as its people see it. What you do here fires the firm’s webhooks.</p>
<form class="actions" role="search"><label class="visually-hidden" for="q">Search matters</label>
<input id="q" name="q" type="search" value="${query}" placeholder="Search matters and clients"><button>Search</button></form>
${newMatter}
${
  found.length === 0
    ? html`<p class="empty">No matter has “${query}” in its name, number or client.</p>`
    : html`<ul class="cards matters">${found.slice(0, SHOWN).map((matter) => card(store, matter, now))}</ul>`
}
${found.length > SHOWN ? html`<p class="soft small">The first ${SHOWN} are shown. Search for the others.</p>` : ''}
<h2 id="log">Webhooks sent</h2>
<p class="soft small">The last ${LOG_SHOWN} tries, newest first.</p>
<div data-live="log">${logTable(outbox.log(LOG_SHOWN))}</div>`
    return c.html(
      page({ title: 'Case management', active: 'cms', body, script: `${liveScript}\n${pageScript}` }),
    )
  })
  return app
}

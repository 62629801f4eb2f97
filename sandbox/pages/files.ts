import type { Hono } from 'hono'
import type { Core } from '../core/core.ts'
import type { Attachment, Message } from '../core/messages.ts'
import { type Invitation, readInvitation } from './invitation.ts'
import { type Html, html } from './layout.ts'
import { timeTag } from './parts.ts'

/** What came with a mail: invitations as a calendar takes them, other files to be kept. */
export function mountFiles(app: Hono, core: Core): void {
  app.get('/mail/:address/:id/files/:n', (c) => {
    const file = core.messages.find(c.req.param('id'))?.attachments?.[Number(c.req.param('n'))]
    if (!file) return c.text('no such file', 404)
    const text = file.contentType.startsWith('text/')
    return c.body(text ? file.content : Buffer.from(file.content, 'base64'), 200, {
      'content-type': text ? `${bare(file.contentType)}; charset=utf-8` : bare(file.contentType),
      // Whatever it is, it is not opened here.
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })
}

/** @param mails of the same mailbox: an invitation may update one of an earlier mail */
export function files(mail: Message, mails: readonly Message[]): Html[] {
  return (mail.attachments ?? []).map((file, n) => {
    const link = html`<a class="button" href="/mail/${mail.to}/${mail.id}/files/${n}" download>Download ${file.filename}</a>`
    const invitation = invitationIn(file)
    if (!invitation)
      return html`<p class="actions">${link}<span class="soft small">${file.contentType}</span></p>`
    const earlier = mails
      .filter((other) => other !== mail && other.acceptedAt <= mail.acceptedAt)
      .flatMap((other) => (other.attachments ?? []).flatMap((one) => invitationIn(one) ?? []))
      .filter((one) => one.uid === invitation.uid)
    return card(invitation, earlier, link)
  })
}

function card(invitation: Invitation, earlier: readonly Invitation[], link: Html): Html {
  const { method, sequence, summary, location, start, end } = invitation
  return html`<section class="card" aria-label="Invitation">
<p class="small soft">${meaning(invitation, earlier)} · ${method}, sequence ${sequence}</p>
<p><strong>${summary}</strong></p>
<dl class="facts small"><dt>When</dt><dd>${when(start)}${end === null ? '' : html` – ${when(end)}`}</dd>${
    location === null ? '' : html`<dt>Where</dt><dd>${location}</dd>`
  }</dl>
<p class="actions">${link}</p></section>`
}

function meaning({ method, sequence }: Invitation, earlier: readonly Invitation[]): string {
  if (method === 'CANCEL')
    return earlier.length > 0 ? 'Cancels an invitation' : 'Cancels an invitation never seen here'
  if (earlier.length === 0) return 'New invitation'
  const highest = Math.max(...earlier.map((one) => one.sequence))
  if (sequence > highest) return 'Updates an invitation'
  return sequence === highest ? 'The same invitation again' : 'Older than an invitation seen before: ignored'
}

const when = (iso: string): Html => (iso.includes('T') ? timeTag(iso) : html`${iso}, all day`)

const invitationIn = (file: Attachment): Invitation | undefined =>
  bare(file.contentType) === 'text/calendar' ? readInvitation(file.content) : undefined

const bare = (contentType: string): string => contentType.split(';')[0]!.trim().toLowerCase()

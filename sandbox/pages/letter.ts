import type { Hono } from 'hono'
import type { Core } from '../core/core.ts'
import type { Message } from '../core/messages.ts'
import { reportClick, reportOpen, type SendGrid } from '../sendgrid/index.ts'

// Nothing of a mail runs here, and it can reach no other page of the sandbox.
const letterPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src 'self' data: http: https:; style-src 'unsafe-inline'"
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const link = /(<a\b[^>]*?\shref=)(["'])(https?:[^"']*)\2/gi

/** The mail itself in its frame, its open pixel and tracked links, and what a reader can do with it. */
export function mountLetter(app: Hono, core: Core, sendgrid: SendGrid): void {
  app.get('/mail/:address/:id/html', (c) => {
    const mail = core.messages.find(c.req.param('id'))
    if (mail?.html === undefined || mail.html === null) return c.text('no such mail', 404)
    c.header('content-security-policy', letterPolicy)
    c.header('cache-control', 'no-store')
    return c.html(`<base target="_blank">${tracked(mail, mail.html, sendgrid)}`)
  })
  app.get('/_sandbox/open/:file', (c) => {
    const mail = sendgrid.mails.get(c.req.param('file').replace(/\.gif$/, ''))
    const useragent = c.req.header('user-agent') ?? ''
    // Apple Mail's privacy proxy shows itself by this and nothing more.
    if (mail)
      reportOpen(sendgrid, mail, { ip: '203.0.113.7', useragent, machine: useragent === 'Mozilla/5.0' })
    return c.body(pixel, 200, { 'content-type': 'image/gif', 'cache-control': 'no-store' })
  })
  app.get('/_sandbox/click/:id/:n', (c) => {
    const mail = sendgrid.mails.get(c.req.param('id'))
    const url = mail && linksIn(mail.log.html ?? '')[Number(c.req.param('n'))]
    if (!mail || url === undefined) return c.text('no such link', 404)
    reportClick(sendgrid, mail, { ip: '203.0.113.7', useragent: c.req.header('user-agent') ?? '', url })
    return c.redirect(url)
  })
  app.post('/mail/:address/:id/machine-open', (c) => {
    const mail = sendgrid.mails.get(c.req.param('id'))
    if (!mail) return c.json({ said: 'no such mail' }, 404)
    reportOpen(sendgrid, mail)
    return c.json({ said: 'opened by a machine' })
  })
  app.post('/mail/:address/:id/unsubscribe', async (c) => {
    const mail = core.messages.find(c.req.param('id'))
    const url = mail && oneClickUrl(mail)
    if (url === undefined) return c.json({ said: 'this mail has no one-click unsubscribe' }, 404)
    // RFC 8058: a form POST of exactly this, with no cookie or credential.
    const result = await core.post(url, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
    const ok = result.status >= 200 && result.status < 300
    return c.json({
      said: ok ? 'unsubscribed' : `not unsubscribed: ${result.error ?? `HTTP ${result.status}`}`,
    })
  })
}

/** Where RFC 8058 says to POST, or undefined. Plain http passes too, since rehearsals run on one machine. */
export function oneClickUrl(mail: Message): string | undefined {
  const headers = Object.fromEntries(
    Object.entries(mail.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  if (headers['list-unsubscribe-post']?.trim().toLowerCase() !== 'list-unsubscribe=one-click')
    return undefined
  return /<(https?:[^>]+)>/i.exec(headers['list-unsubscribe'] ?? '')?.[1]
}

function tracked(message: Message, markup: string, sendgrid: SendGrid): string {
  const mail = sendgrid.mails.get(message.id)
  if (!mail) return markup
  let n = 0
  const links = mail.trackClicks
    ? markup.replace(
        link,
        (_, before: string, quote: string) => `${before}${quote}/_sandbox/click/${message.id}/${n++}${quote}`,
      )
    : markup
  return mail.trackOpens
    ? `${links}<img src="/_sandbox/open/${message.id}.gif" width="1" height="1" alt="">`
    : links
}

function linksIn(markup: string): string[] {
  return [...markup.matchAll(link)].map(([, , , url]) =>
    url!.replaceAll('&amp;', '&').replaceAll('&#38;', '&'),
  )
}

/** The page on which a person ends who let us into a CMS, or did not. Needs no script and holds no secret. */
import { createHash } from 'node:crypto'

export type ConnectPage =
  | { kind: 'connected'; connection: string; firm: string }
  | { kind: 'denied'; connection: string }
  /** Never ours, used before, or too old. */
  | { kind: 'bad_state' }
  | { kind: 'bad_link' }
  | { kind: 'failed'; detail: string }
  | { kind: 'unreachable'; detail: string }

const style = `body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem;color:#1f2933;background:#fff}
h1{font-size:1.6rem;line-height:1.3}code{overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{background:#14181d;color:#e4e7eb}}`

/** Nothing is loaded and nothing runs; the address holds a code, which goes to nobody as a referrer. */
export const connectHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

export function connectPage(page: ConnectPage): { status: 200 | 400 | 404 | 502; html: string } {
  const { status, title, body } = textOf(page)
  return {
    status,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escaped(title)} · Tipstaff</title><style>${style}</style></head>
<body><main><h1>${escaped(title)}</h1>${body.map((line) => `<p>${line}</p>`).join('')}</main></body></html>`,
  }
}

function textOf(page: ConnectPage): { status: 200 | 400 | 404 | 502; title: string; body: string[] } {
  const again = 'Run <code>npx tipstaff connect</code> again for a new link.'
  switch (page.kind) {
    case 'connected':
      return {
        status: 200,
        title: 'Connected',
        body: [
          `Tipstaff can now read and write the case management system of ${escaped(page.firm)} (<code>${escaped(page.connection)}</code>). What waited for it goes on by itself.`,
          'You can close this page.',
        ],
      }
    case 'denied':
      return {
        status: 200,
        title: 'Not connected',
        body: [
          `You said no, so nothing has changed for <code>${escaped(page.connection)}</code>.`,
          `If that was a slip: ${again}`,
        ],
      }
    case 'bad_state':
      return {
        status: 400,
        title: 'This link has been used or is too old',
        body: [`A link serves once, within ten minutes. Nothing has changed. ${again}`],
      }
    case 'bad_link':
      return {
        status: 404,
        title: 'This link does not work',
        body: [`It is older than an hour, or was cut off on its way. ${again}`],
      }
    case 'failed':
      return {
        status: 400,
        title: 'Not connected',
        body: [`The case management system did not let us in. ${escaped(page.detail)}`, again],
      }
    case 'unreachable':
      return {
        status: 502,
        title: 'Not connected yet',
        body: [`The case management system could not be reached. ${escaped(page.detail)}`, again],
      }
  }
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

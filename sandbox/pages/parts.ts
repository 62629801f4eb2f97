import { type Html, html } from './html.ts'

/** A moment; the page's script rewrites it in the reader's zone. */
export function timeTag(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}

/** A small coloured word for a state. */
export function statusTag(status: string): Html {
  const tone = ['delivered', 'sent', 'received'].includes(status)
    ? 'good'
    : ['undelivered', 'failed', 'bounced', 'dropped'].includes(status)
      ? 'bad'
      : 'soft'
  return html`<span class="pill ${tone}">${status}</span>`
}

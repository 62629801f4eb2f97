import { type Html, html, raw } from './html.ts'
import { styles } from './styles.ts'

export { type Html, html, raw } from './html.ts'

/** The sections in the top bar. */
export type Section = 'home' | 'phone' | 'mail' | 'cms' | 'faults'

const sections: readonly { id: Section; href: string; label: string }[] = [
  { id: 'phone', href: '/phone', label: 'Phones' },
  { id: 'mail', href: '/mail', label: 'Mailboxes' },
  { id: 'cms', href: '/cms', label: 'Case management' },
  { id: 'faults', href: '/faults', label: 'Faults' },
]

/**
 * A whole page. `title` is shown in the tab, `body` is the content of <main>, `active` marks the top bar.
 * `script` is a module script (a constant of the source, never user input).
 */
export function page(parts: { title: string; body: Html; active: Section; script?: string }): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${parts.title} · Sandbox</title>
<link rel="icon" href="data:,">
<style>${raw(styles)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="bar">
<a class="brand" href="/">Sandbox <span>the outside world, for rehearsal</span></a>
<nav aria-label="Sections">${sections.map(
    (section) =>
      html`<a href="${section.href}"${section.id === parts.active ? raw(' aria-current="page"') : ''}>${section.label}</a>`,
  )}</nav>
</header>
<main id="main">
${parts.body}
</main>
${parts.script === undefined ? '' : html`<script type="module">${raw(parts.script)}</script>`}
</body>
</html>`.markup
}

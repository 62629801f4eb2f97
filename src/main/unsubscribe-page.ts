/** The page behind the link at the foot of a mail. Says the same to everyone; needs no script and no session. */
const texts = {
  shown: {
    title: 'Stop these emails?',
    body: 'You will no longer get this kind of email from us. · Ya no recibirá este tipo de correo.',
  },
  done: {
    title: 'Done. · Listo.',
    body: 'You will not get this kind of email from us any more. Call the office if you change your mind.',
  },
  refused: {
    title: 'This link does not work',
    body: 'It may have been cut off by your mail program. Call the office, and they will do it for you.',
  },
} as const

export function unsubscribePage(state: keyof typeof texts): string {
  const { title, body } = texts[state]
  const form =
    state === 'shown'
      ? '<form method="post"><button name="List-Unsubscribe" value="One-Click">Stop these emails · No recibir más</button></form>'
      : ''
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${title}</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color:#1f2933}
button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.4rem;background:#1d4ed8;color:#fff;cursor:pointer}
@media(prefers-color-scheme:dark){body{background:#14181d;color:#e4e7eb}}</style>
<main><h1>${title}</h1><p>${body}</p>${form}</main></html>`
}

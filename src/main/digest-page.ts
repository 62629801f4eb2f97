/** The page behind the link of a digest: to be read, without script or session; and how often to hear from now on. */
import type { Pace } from '../modules/moments/index.ts'
import { esc, html, join, type Markup } from '../platform/page/index.ts'
import type { DigestPage } from './digest-lane.ts'

const words = {
  en: {
    title: 'Your update from',
    matter: 'Matter',
    question: 'How often do you want to hear from us?',
    note: 'What cannot wait still reaches you at once.',
    paces: { at_once: 'Each thing at once', daily: 'Once a day', weekly: 'Once a week' },
    save: 'Save',
    saved: 'Saved. Thank you.',
  },
  es: {
    title: 'Sus novedades de',
    matter: 'Asunto',
    question: '¿Con qué frecuencia quiere saber de nosotros?',
    note: 'Lo que no puede esperar le llega siempre de inmediato.',
    paces: { at_once: 'Cada novedad enseguida', daily: 'Una vez al día', weekly: 'Una vez por semana' },
    save: 'Guardar',
    saved: 'Guardado. Gracias.',
  },
} as const

const refusals = {
  gone: {
    title: 'There is nothing here any more · Ya no hay nada aquí',
    body: 'Call the office, and they will tell you. · Llame a la oficina.',
  },
  expired: {
    title: 'This link has expired · Este enlace ha caducado',
    body: 'For your safety it works for two weeks. Call the office. · Por su seguridad funciona dos semanas. Llame a la oficina.',
  },
  refused: {
    title: 'This link does not work · Este enlace no funciona',
    body: 'It may have been cut off. Call the office. · Quizá se cortó. Llame a la oficina.',
  },
} as const

/** Nobody else is told of the address, which is the key; nothing runs, nothing is kept, nobody frames it. */
export const digestHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}

export function digestPage(page: DigestPage): { status: 200 | 404 | 410; html: string } {
  if (page.kind !== 'shown') {
    const { title, body } = refusals[page.kind]
    return {
      status: page.kind === 'refused' ? 404 : 410,
      html: frame('en', title, html`<h1>${title}</h1><p>${body}</p>`),
    }
  }
  const { firmName, lines, pace, chosen } = page
  const language = lines.language === 'es' ? 'es' : 'en'
  const said = words[language]
  const title = `${said.title} ${firmName}`
  const groups = lines.groups.map(({ matter, lines: own }) => {
    const name = [matter.number, matter.title].filter((part) => part !== null).join(' · ')
    const heading = lines.groups.length > 1 ? html`<h2>${name === '' ? said.matter : name}</h2>` : ''
    return html`${heading}<ul>${join(own.map((line) => html`<li>${line}</li>`))}</ul>`
  })
  const options = (Object.keys(said.paces) as Pace[]).map((key) => {
    const checked = key === pace ? html` checked` : ''
    return html`<label><input type="radio" name="updates" value="${key}" required${checked}> ${said.paces[key]}</label>`
  })
  const form = html`<form method="post"><fieldset><legend>${said.question}</legend>${join(options)}
<p>${said.note}</p><button>${said.save}</button></fieldset></form>`
  const status = chosen ? html`<p role="status" class="saved">${said.saved}</p>` : ''
  return {
    status: 200,
    html: frame(language, title, html`<h1>${title}</h1>${status}${join(groups)}${form}`),
  }
}

const style = esc.raw(`
:root{color-scheme:light dark}
body{margin:0;font:1.0625rem/1.6 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;background:#f4f5f7;color:#1f2329}
main{max-width:36rem;margin:0 auto;padding:2rem 1.25rem}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 1rem}h2{font-size:1.0625rem;margin:1.5rem 0 .25rem}
ul{margin:0 0 1rem;padding:1rem 1rem 1rem 2.25rem;background:#fff;border-radius:.5rem}li{margin:.375rem 0}
fieldset{border:1px solid #c9ced6;border-radius:.5rem;margin:2rem 0 0;padding:1rem 1.25rem}legend{padding:0 .375rem;font-weight:600}
label{display:flex;gap:.5rem;align-items:center;min-height:2.75rem}input{width:1.25rem;height:1.25rem}fieldset p{color:#4a5260;margin:.5rem 0 1rem}
button{font:inherit;min-height:2.75rem;padding:.5rem 1.25rem;border:0;border-radius:.375rem;background:#1d4f91;color:#fff;cursor:pointer}
.saved{padding:.75rem 1rem;border-radius:.5rem;background:#dff2e1;color:#14391a}
:focus-visible{outline:3px solid #5b9bff;outline-offset:2px}
@media(prefers-color-scheme:dark){body{background:#16191d;color:#e8eaed}ul{background:#20252b}fieldset p{color:#b4bac2}.saved{background:#173a1d;color:#d7f0db}}
`)

const frame = (language: string, title: string, body: Markup): string =>
  html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title>
<style>${style}</style></head><body><main>${body}</main></body></html>
`.markup

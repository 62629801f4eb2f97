/** From a message's Markdown to the two parts of a mail. Same input, same bytes: it is made again for every attempt. */
import MarkdownIt, { type Token } from 'markdown-it'
import { lineSeparator, oneLine } from './clean.ts'

export interface MailInput {
  subject: string
  /** As `renderMessage` wrote it: values already escaped. */
  markdown: string
  firmName: string
  /** Two letters; the frame speaks English and Spanish. */
  language: string
  /** One click ends these mails (RFC 8058); the header of that name is the sender's to set. */
  unsubscribeUrl?: string
  /** What mailboxes show beside the subject. */
  preheader?: string
}

const markdown = new MarkdownIt({ html: false, linkify: true })
// Pictures betray who opens a mail; code and tables come from stray indents and pipes, not from people.
markdown.disable(['image', 'table', 'code', 'fence', 'backticks', 'strikethrough', 'reference'])
// Only what says it is an address: "Docs.No" is a slip of the finger.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: true })
markdown.validateLink = (url) => /^(https?:\/\/|mailto:|tel:)/i.test(url)

const words = {
  en: { sentBy: 'This message was sent by', stop: 'Stop these emails' },
  es: { sentBy: 'Este mensaje fue enviado por', stop: 'Dejar de recibir estos correos' },
} as const

/** @returns the HTML part, what stands in its frame, and the plain part with links as `text (url)` */
export function mailParts(mail: MailInput): { html: string; content: string; text: string } {
  const tokens = markdown.parse(mail.markdown, {})
  const { sentBy, stop } = mail.language === 'es' ? words.es : words.en
  const firm = oneLine(mail.firmName)
  const content = markdown.renderer.render(tokens, markdown.options, {}).replaceAll(lineSeparator, '<br>\n')
  const url = mail.unsubscribeUrl
  const stopLink = url === undefined ? '' : `<br><a href="${escapeHtml(url)}">${stop}</a>`
  return {
    html: frame({ ...mail, content, footer: `${sentBy} ${escapeHtml(firm)}.${stopLink}` }),
    content,
    text: `${plainText(tokens)}\n\n-- \n${sentBy} ${firm}.\n${url === undefined ? '' : `${stop}: ${url}\n`}`,
  }
}

/** @returns what a mail says, without its frame: for whoever keeps words and no Markdown */
export const mailText = (body: string): string => plainText(markdown.parse(body, {}))

function frame(mail: MailInput & { content: string; footer: string }): string {
  const preheader =
    mail.preheader === undefined
      ? ''
      : `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(oneLine(mail.preheader))}</div>\n`
  return `<!doctype html>
<html lang="${escapeHtml(mail.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(oneLine(mail.subject))}</title>
<style>
a{color:#1d4f91}
h1,h2,h3{font-size:20px;line-height:1.3;margin:24px 0 8px}
p,ul,ol,blockquote{margin:0 0 16px}
blockquote{padding-left:16px;border-left:3px solid #c9ced6}
@media (prefers-color-scheme:dark){.page,.card{background:#16191d!important;color:#e8eaed!important}.foot,.firm{color:#b4bac2!important}a{color:#8ab4f8!important}}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f5f7;color:#1f2329">
${preheader}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;text-align:left">
<tr><td class="firm" style="padding:0 24px 12px;font:600 15px/1.4 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#4a5260">${escapeHtml(oneLine(mail.firmName))}</td></tr>
<tr><td class="card" style="padding:28px 24px 12px;background:#ffffff;border-radius:8px;font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#1f2329">
${mail.content}</td></tr>
<tr><td class="foot" style="padding:16px 24px;font:13px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#5a6270">${mail.footer}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => entities[char]!)

/** The words as a person would type them: blank lines between blocks, dashes for lists. */
function plainText(tokens: readonly Token[]): string {
  const blocks: string[] = []
  /** What stands before the next line: one entry per open list item or quotation. */
  const lists: { number: number | null }[] = []
  let bullet = ''
  let quotes = 0
  let tight = false
  for (const token of tokens) {
    switch (token.type) {
      case 'bullet_list_open':
        lists.push({ number: null })
        break
      case 'ordered_list_open':
        lists.push({ number: Number(token.attrGet('start') ?? 1) })
        break
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop()
        tight = lists.length > 0
        break
      case 'list_item_open': {
        const list = lists.at(-1)
        bullet = list === undefined || list.number === null ? '- ' : `${list.number++}. `
        break
      }
      case 'blockquote_open':
        quotes++
        break
      case 'blockquote_close':
        quotes--
        break
      case 'hr':
        blocks.push('---')
        break
      case 'inline': {
        const indent = '> '.repeat(quotes) + '  '.repeat(Math.max(lists.length - 1, 0))
        const hanging = indent + ' '.repeat(lists.length > 0 ? 2 : 0)
        const lines = inlineText(token.children ?? []).split('\n')
        const block = lines
          .map((line, i) => (i === 0 && bullet !== '' ? indent + bullet : hanging) + line)
          .join('\n')
        // Items of one list stay together.
        if (bullet !== '' && tight) blocks.push(`${blocks.pop() ?? ''}\n${block}`)
        else blocks.push(block)
        tight = lists.length > 0
        bullet = ''
        break
      }
    }
  }
  return blocks.join('\n\n')
}

function inlineText(tokens: readonly Token[]): string {
  let out = ''
  const links: { href: string; at: number }[] = []
  for (const token of tokens) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') out += '\n'
    else if (token.type === 'link_open')
      links.push({ href: String(token.attrGet('href') ?? ''), at: out.length })
    else if (token.type === 'link_close') {
      const { href, at } = links.pop() ?? { href: '', at: 0 }
      const address = href.replace(/^(mailto|tel):/i, '')
      const label = out.slice(at)
      if (label !== address && label !== href && label !== decoded(href)) out += ` (${address})`
    } else out += token.content
  }
  return out.replaceAll(lineSeparator, '\n')
}

function decoded(url: string): string {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}

/**
 * The HTML part of a mail as its reader sees it, made of elements of our own: of the mail only its structure and its
 * text are taken, so nothing in it can run, load or style anything here.
 */
import { createElement, type ReactNode } from 'react'

const kept: Readonly<Record<string, string>> = {
  P: 'p',
  BR: 'br',
  STRONG: 'strong',
  EM: 'em',
  UL: 'ul',
  OL: 'ol',
  LI: 'li',
  BLOCKQUOTE: 'blockquote',
  HR: 'hr',
  // The page has its own headings; these are of the mail.
  H1: 'p',
  H2: 'p',
  H3: 'p',
  A: 'u',
}

export function MailView({ subject, html }: { subject: string | null; html: string }) {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  return (
    <div className="mail-view">
      <p className="mail-subject">{subject}</p>
      <div className="mail-card">{[...body.childNodes].map(shown)}</div>
    </div>
  )
}

function shown(node: ChildNode, index: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent
  if (!(node instanceof Element)) return null
  const element = kept[node.tagName]
  const inside = [...node.childNodes].map(shown)
  if (element === undefined) return inside
  const heading = /^H\d$/.test(node.tagName)
  const props = { key: index, ...(heading ? { className: 'mail-heading' } : {}) }
  return inside.length > 0 ? createElement(element, props, inside) : createElement(element, props)
}

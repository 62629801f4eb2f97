/** One reply asked for by TwiML; `to` when it goes elsewhere than to the sender. */
export type TwimlReply = { body: string; to?: string }

/**
 * The messages in a webhook's answer: `<Message>` (or the older `<Sms>`) in `<Response>`, or a plain text.
 * Anything else sends nothing, as at Twilio (error 12300, 12100).
 */
export function repliesIn(contentType: string, answer: string): TwimlReply[] {
  const type = contentType.split(';')[0]!.trim().toLowerCase()
  if (type === 'text/plain') return answer === '' ? [] : [{ body: answer }]
  if (type !== 'text/xml' && type !== 'application/xml' && type !== 'text/html') return []
  const response = /<Response\b[^>]*>([\s\S]*)<\/Response>/.exec(answer)?.[1] ?? ''
  const replies: TwimlReply[] = []
  for (const [, , attributes = '', inner = ''] of response.matchAll(
    /<(Message|Sms)\b([^>]*)>([\s\S]*?)<\/\1>/g,
  )) {
    const body = decode(
      /<Body\b[^>]*>([\s\S]*?)<\/Body>/.exec(inner)?.[1] ?? inner.replace(/<Media\b[\s\S]*?<\/Media>/g, ''),
    )
    const to = /\bto\s*=\s*["']([^"']+)["']/.exec(attributes)?.[1]
    if (body !== '') replies.push(to === undefined ? { body } : { body, to: decode(to) })
  }
  return replies
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(xml: string): string {
  const cdata = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(xml)
  if (cdata) return cdata[1]!
  return xml.trim().replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

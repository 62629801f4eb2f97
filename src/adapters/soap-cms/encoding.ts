/** Bytes to text and back, with servers that say nothing or the wrong thing about what their bytes are. Pure. */

/** What a server of this kind writes when it does not write UTF-8. */
const usual = 'windows-1252'

/**
 * @param forced an encoding's label, or `auto`: byte order mark, then what is declared (RFC 7303 §3: the header before
 *   the document), but UTF-8 only if the bytes are
 */
export function decode(bytes: Uint8Array, contentType: string | null, forced: string): string {
  if (forced !== 'auto') return new TextDecoder(forced).decode(bytes)
  const marked = markOf(bytes)
  if (marked !== null) return new TextDecoder(marked).decode(bytes)
  const declared = known(charsetOf(contentType)) ?? known(declarationOf(bytes))
  // ISO-8859-1 and US-ASCII are windows-1252 to everybody who writes them (WHATWG Encoding §4.2).
  if (declared !== null && declared !== 'utf-8') return new TextDecoder(declared).decode(bytes)
  // Text in windows-1252 is hardly ever UTF-8 by chance.
  return strictly('utf-8', bytes) ?? new TextDecoder(usual).decode(bytes)
}

function markOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
}

const charsetOf = (contentType: string | null): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1]

const declarationOf = (bytes: Uint8Array): string | undefined =>
  /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(
    Buffer.from(bytes.subarray(0, 300)).toString('latin1'),
  )?.[1]

/** A declaration in single bytes can't be true of UTF-16; a wrong one there would make garbage of all. */
function known(label: string | undefined): string | null {
  if (label === undefined) return null
  try {
    const { encoding } = new TextDecoder(label)
    return encoding.startsWith('utf-16') ? null : encoding
  } catch {
    return null
  }
}

function strictly(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Not allowed in XML 1.0 (§2.2), not even escaped. */
const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** An XML text in nothing but ASCII: then it does not matter in what encoding the server believes it to be. */
export const asciiXml = (xml: string): string =>
  xml
    .toWellFormed()
    .replace(impossible, '')
    .replace(/[^\t\n\r\u0020-\u007e]/gu, (character) => `&#${character.codePointAt(0)};`)

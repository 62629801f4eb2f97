/** Text as bytes, the way a server whose database is windows-1252 sends it; right, undeclared or declared wrongly. */

/** What the body is written in, and what it claims to be. */
export interface Encoding {
  bytes: 'windows-1252' | 'utf-8'
  /** In the XML declaration; empty: it has no declaration. */
  declared: string
  /** `charset` of the Content-Type; empty: it names none. */
  charset: string
}

/** Its high half, read from the platform's own decoder, so that there is no second table to keep. */
const high = new Map(
  [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 128 }, (_, at) => at + 128))].map(
    (character, at) => [character, at + 128],
  ),
)

/** What windows-1252 has no place for becomes `?`, as such databases do it. */
export function toWindows1252(text: string): Uint8Array {
  return Uint8Array.from([...text], (character) => {
    const point = character.codePointAt(0) ?? 0
    return point < 128 ? point : (high.get(character) ?? 63)
  })
}

export const toBytes = (text: string, { bytes }: Encoding): Uint8Array =>
  bytes === 'utf-8' ? new TextEncoder().encode(text) : toWindows1252(text)

/** What the database keeps of a text. */
export const asKept = (text: string): string =>
  new TextDecoder('windows-1252').decode(toWindows1252(text.normalize('NFC')))

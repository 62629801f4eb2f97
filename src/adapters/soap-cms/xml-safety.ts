/** What is looked for in a server's XML before the SOAP library reads it. */
import sax from 'sax'

/** Far more than any record needs; less than a parser made busy. */
const most = { depth: 40, elements: 200_000, cdata: 3 }

/**
 * No document type, so that no entity can be defined or fetched (CWE-611, CWE-776); bounded depth and number. And no
 * name or id that every JavaScript object already has: the library (soap 1.13) keeps ids in a plain object, where
 * `id="__proto__"` would change all objects of this process (CWE-1321).
 *
 * @returns why it must not be read, in words for staff; null when it may
 */
export function xmlProblem(xml: string, inside = 0): string | null {
  let problem: string | null = null
  let depth = 0
  let elements = 0
  const say = (what: string): void => {
    problem ??= what
  }
  const reader = sax.parser(true)
  reader.ondoctype = () => say('it brings a document type along')
  reader.onsgmldeclaration = () => say('it brings declarations along')
  reader.onopentag = ({ name, attributes }) => {
    depth++
    elements++
    if (depth > most.depth) say('it is nested too deep')
    if (elements > most.elements) say('it has too many elements')
    if (isObjects(name.slice(name.indexOf(':') + 1))) say('an element has a name that no record has')
    for (const [attribute, value] of Object.entries(attributes)) {
      const local = attribute.slice(attribute.indexOf(':') + 1)
      const text = String(value)
      // An id, a reference to one, a name with its prefix.
      const said = [local, attribute, text, text.slice(1), text.slice(text.indexOf(':') + 1)]
      const bad = said.some(isObjects)
      if (bad) say('an attribute has a name or value that no record has')
    }
  }
  reader.onclosetag = () => {
    depth--
  }
  // The library reads a document in a CDATA section as part of the whole. A long one comes in parts, which say nothing
  // each by itself: a document may begin in one and go on in the next.
  let section: string[] = []
  reader.oncdata = (text) => void section.push(text)
  reader.onclosecdata = () => {
    const text = section.join('')
    section = []
    if (!text.includes('<?xml')) return
    const nested = inside >= most.cdata ? 'documents are nested in it' : xmlProblem(text.trim(), inside + 1)
    if (nested !== null) say(nested)
  }
  reader.onerror = () => {
    say('it is not well-formed XML')
    reader.resume()
  }
  // In pieces, so that what is found early ends it early.
  for (let at = 0; at < xml.length && problem === null; at += piece) reader.write(xml.slice(at, at + piece))
  if (problem === null) reader.close()
  return problem
}

const piece = 64 * 1024
const isObjects = (name: string): boolean => name in Object.prototype

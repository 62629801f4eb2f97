/** Reading a request's XML, and writing answers. */
import sax from 'sax'

export interface Node {
  /** Without its prefix: the old system never looked at namespaces. */
  name: string
  children: Node[]
  text: string
}

/** @returns undefined when it is not well-formed, or brings a document type along */
export function parseXml(source: string): Node | undefined {
  const root: Node = { name: '', children: [], text: '' }
  const open = [root]
  let bad = false
  const reader = sax.parser(true)
  reader.onopentag = ({ name }) => {
    const node: Node = { name: name.slice(name.indexOf(':') + 1), children: [], text: '' }
    open.at(-1)?.children.push(node)
    open.push(node)
  }
  reader.onclosetag = () => void open.pop()
  const text = (part: string): void => {
    const node = open.at(-1)
    if (node) node.text += part
  }
  reader.ontext = text
  reader.oncdata = text
  reader.ondoctype = () => {
    bad = true
  }
  reader.onerror = () => {
    bad = true
    reader.error = null as never
  }
  try {
    reader.write(source.replace(/^\uFEFF/, '')).close()
  } catch {
    return undefined
  }
  return bad ? undefined : root.children[0]
}

export const child = (node: Node | undefined, name: string): Node | undefined =>
  node?.children.find((one) => one.name === name)

export const escapeXml = (text: string): string =>
  text.replace(/[<>&"]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[sign] ?? sign)

export const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`

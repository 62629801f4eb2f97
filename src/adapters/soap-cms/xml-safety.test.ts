import { describe, expect, it } from 'vitest'
import { xmlProblem } from './xml-safety.ts'

const inCdata = (before: string, inner: string) => `<a><![CDATA[${before}${inner}]]></a>`
const hostile = '<?xml version="1.0"?><b id="__proto__"><c>1</c></b>'

describe('a document in a CDATA section', () => {
  it('is looked through, since the library reads it as part of the whole', () => {
    expect(xmlProblem(inCdata('', hostile))).toMatch(/no record has/)
    expect(xmlProblem(inCdata('', '<?xml version="1.0"?><b><c>1</c></b>'))).toBeNull()
  })

  it('is found wherever it begins in a long one, though it is read in pieces', () => {
    const begins = '<a><![CDATA['.length
    // Around where the second and the third piece end: the parser hands on there what it has of the section.
    for (const end of [2 * 65_536, 3 * 65_536])
      for (let at = end - 6; at <= end + 1; at++)
        expect(xmlProblem(inCdata(' '.repeat(at - begins), hostile)), `begins at ${at}`).toMatch(
          /no record has/,
        )
  })

  it('may be long', () => {
    const long = `<?xml version="1.0"?><b>${'<c>1</c>'.repeat(30_000)}</b>`
    expect(xmlProblem(inCdata('', long))).toBeNull()
  })
})

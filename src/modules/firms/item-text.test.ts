import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readItem, writeItem } from './item-text.ts'
import { zodKind } from './kinds.ts'

const kinds = [
  zodKind('rule', z.strictObject({ key: z.string(), on: z.string(), when: z.string().optional() })),
]
const read = (text: string) => {
  const found = readItem(text, 'a')
  if (!found.ok) throw new Error(JSON.stringify(found.problems))
  return found.item
}

describe('an item as a text of its own', () => {
  it('is written in the order of its kind, however the database gave it, and read back as it was', () => {
    const body = { when: "matter.state == 'closed'", on: 'x', key: 'a' }
    const text = writeItem({ kind: 'rule', key: 'a', body }, kinds)
    expect(text).toBe("key: a\non: x\nwhen: matter.state == 'closed'\n")
    expect(read(text).body).toEqual(body)
  })

  it('knows the line and column of each part, also as the only one of a list', () => {
    expect(read('key: a\non: x\n').locate(['on'])).toMatchObject({ line: 2, column: 5 })
    const listed = read('- key: a\n  on: x\n')
    expect(listed.body).toEqual({ key: 'a', on: 'x' })
    expect(listed.locate(['on'])).toMatchObject({ line: 2, column: 7 })
  })

  it('says where it can not be read, and that it is one mapping', () => {
    expect(readItem('key: [a\n', 'a')).toMatchObject({ ok: false, problems: [{ line: 2 }] })
    expect(readItem('just words', 'a')).toMatchObject({
      ok: false,
      problems: [{ message: 'is not a mapping' }],
    })
    expect(readItem('- key: a\n- key: b\n', 'a')).toMatchObject({ ok: false })
    expect(readItem('', 'a')).toMatchObject({ ok: false })
  })

  it('notices remarks, which are not kept, and does not take a text for one', () => {
    expect(read('key: a # one\n').hasComments).toBe(true)
    expect(read('# one\nkey: a\n').hasComments).toBe(true)
    expect(read('key: a\non: |\n  # a text\nwhen: "#"\n').hasComments).toBe(false)
  })
})

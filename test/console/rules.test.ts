/** What the rule editor offers and how it compares texts: the parts of the console that need no browser. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineDiff } from '../../web/console/src/rules/lines.ts'
import { suggest } from '../../web/console/src/rules/suggest.ts'

const own = {
  states: [
    { key: 'intake', words: 'being opened' },
    { key: 'closed', words: null },
  ],
  templates: [{ key: 'welcome', describe: 'A greeting', variables: [] }],
  events: ['matter.status_changed', 'document.filed'],
  digests: ['updates'],
}
/** @param text with | where the cursor is */
const offered = (text: string) => {
  const at = text.indexOf('|')
  const found = suggest(text.replace('|', ''), at, own)
  return found && { begun: text.slice(found.from, at), labels: found.options.map(({ label }) => label) }
}
const labels = (text: string) => offered(text)?.labels ?? []

describe('completion in a rule', () => {
  it('offers the keys that fit where the cursor is, and none twice', () => {
    expect(labels('|')).toEqual([
      'key',
      'describe',
      'off',
      'on',
      'when',
      'evidence',
      'wait',
      'overdue',
      'then',
    ])
    expect(offered('key: a\nwh|')).toEqual({
      begun: 'wh',
      labels: ['describe', 'off', 'on', 'when', 'evidence', 'wait', 'overdue', 'then'],
    })
    expect(labels('key: a\nthen:\n  - te|')).toContain('tell')
    expect(labels('key: a\nthen:\n- te|')).toContain('tell')
    expect(labels('key: a\nthen:\n  - tell: client\n    |')).toContain('template')
    expect(labels('key: a\nthen:\n  - tell: client\n    |')).not.toContain('tell')
    expect(labels('key: a\nthen:\n  - tell: client\n    |')).not.toContain('when')
    expect(labels('then:\n  - tell: client\n    template: x\n  - task:\n      |')).toEqual([
      'title',
      'detail',
      'assign',
      'due',
    ])
    expect(labels('evidence:\n  - name: x\n    |')).toEqual(['that', 'missing'])
    expect(labels('overdue:\n  |')).toContain('title')
  })

  it('offers the firm’s own templates, events and digests, and the values that there are', () => {
    expect(labels('on: |')).toEqual(own.events)
    expect(offered('on: doc|')!.begun).toBe('doc')
    expect(labels('then:\n  - tell: client\n    template: w|')).toEqual(['welcome'])
    expect(labels('then:\n  - tell: client\n    digest: |')).toEqual(['updates'])
    expect(labels('then:\n  - tell: client\n    urgency: |')).toEqual(['normal', 'urgent'])
    expect(labels('then:\n  - tell: client\n    channels: [sms, |')).toEqual(['sms', 'email'])
    expect(labels('then:\n  - tell: client\n    channels:\n      - |')).toEqual(['sms', 'email'])
    expect(labels('overdue:\n  assign: |')).toContain('paralegal')
  })

  it('offers states within quotes of a condition, events to `happened`, and fields behind a dot', () => {
    expect(offered("when: matter.state == 'in|")).toEqual({ begun: 'in', labels: ['intake', 'closed'] })
    expect(labels("when: matter.state in ['intake', '|")).toEqual(['intake', 'closed'])
    expect(labels("when: happened('|")).toEqual(own.events)
    expect(labels('when: matter.|')).toContain('previous_state')
    expect(labels('when: event.?|')).toContain('from')
    expect(labels('when: >-\n  client.|')).toContain('language')
    expect(labels("when: >-\n  matter.state == '|")).toEqual(['intake', 'closed'])
    expect(labels('evidence:\n  - name: x\n    that: docu|')).toContain('documents')
    expect(labels('then:\n  - tell: client\n    with:\n      before: event.|')).toContain('before')
  })

  it('offers nothing where anything may stand', () => {
    expect(offered('describe: some wo|')).toBeNull()
    expect(offered('key: a|')).toBeNull()
    expect(offered("when: matter.state == 'intake' |")).toBeNull()
  })
})

describe('comparing two texts', () => {
  it('marks the lines that went and came', () => {
    expect(lineDiff('a\nb\nc\n', 'a\nx\nc\n').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'same a',
      'out b',
      'in x',
      'same c',
    ])
    expect(lineDiff('', 'a\n')).toEqual([{ kind: 'in', text: 'a' }])
    expect(lineDiff('a\n', '')).toEqual([{ kind: 'out', text: 'a' }])
    expect(lineDiff('', '')).toEqual([])
  })

  it('loses no line of either, and calls equal texts the same', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
      .map((lines) => lines.map((line) => `${line}\n`).join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after)
        const of = (kind: string) =>
          lines.filter((line) => line.kind === 'same' || line.kind === kind).map((line) => `${line.text}\n`)
        expect(of('out').join('')).toBe(before)
        expect(of('in').join('')).toBe(after)
        if (before === after) expect(lines.every(({ kind }) => kind === 'same')).toBe(true)
      }),
    )
  })
})

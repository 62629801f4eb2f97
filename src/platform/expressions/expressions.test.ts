import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, type ExpressionFunctions, prepareValues, valuesRead } from './index.ts'

const variables = ['body', 'matter']
const functions: ExpressionFunctions = {
  'happened(string, string): bool': (values, type, within) =>
    (values.history as string[]).includes(`${type} ${within}`),
  'sum(list): double': (_values, list) => (list as number[]).reduce((all, one) => all + one, 0),
}
const values = {
  body: {
    n: 5,
    d: 5.5,
    s: 'x',
    nil: null,
    list: [1, 2, 3],
    items: [
      { a: 1, name: 'one' },
      { a: 2, name: 'two' },
    ],
    long: 12345678901234567890n,
    at: Temporal.Instant.from('2026-01-02T03:04:05.678Z'),
    day: Temporal.PlainDate.from('2026-10-15'),
    wait: Temporal.Duration.from('PT90M'),
  },
  matter: { state: 'discovery', bills: [] },
  history: ['document.filed P1D'],
}
const compiled = (source: string, returns: 'bool' | 'string' | 'number' | 'any' = 'any') => {
  const verdict = compileExpression(source, { variables, functions, returns })
  if (!verdict.ok) throw new Error(verdict.message)
  return verdict.expression
}
const value = (source: string, returns: 'bool' | 'string' | 'number' | 'any' = 'any') => {
  const verdict = compiled(source, returns).evaluate(values)
  if (!verdict.ok) throw new Error(verdict.message)
  return verdict.value
}
const failure = (source: string) => {
  const verdict = compiled(source).evaluate(values)
  return verdict.ok ? 'no failure' : verdict.message
}
const refusal = (source: string, returns: 'bool' | 'string' | 'number' | 'any' = 'any') => {
  const verdict = compileExpression(source, { variables, functions, returns })
  return verdict.ok ? 'no refusal' : { message: verdict.message, ...verdict.position }
}

describe('an expression', () => {
  it.each([
    ['body.n == 5', true],
    ['5 == body.n', true],
    ['body.n != 5', false],
    ['body.n + 1', 6],
    ['7 / body.n', 1.4],
    ['body.n % 2', 1],
    ['body.d * 2', 11],
    ['body.d > 5', true],
    ['5 < body.n', false],
    ['body.n in [4, 5]', true],
    ['2 in body.list', true],
    ['size(body.list) == 3', true],
    ['size(body.list) == body.n - 2', true],
    ['body.list[0]', 1],
    ['string(body.n)', '5'],
    ['body.long', '12345678901234567890'],
    ['string(body.long)', '12345678901234567890'],
    ['body.n == "5"', false],
    ['sum([1, body.n])', 6],
    ['2', 2],
    ['[1, 2.5, "x"]', [1, 2.5, 'x']],
    ['{"a": 1}', { a: 1 }],
  ])('lets numbers be numbers: %s', (source, expected) => {
    expect(value(source)).toEqual(expected)
  })

  it.each([
    ['has(body.s)', true],
    ['has(body.nothing)', false],
    ['has(body.?nothing.more)', false],
    ['body.?nothing.?more.orValue("none")', 'none'],
    ['body.?nil.?more.orValue("none")', 'none'],
    ['body.nil == null', true],
    ['has(body.nothing) && body.nothing.more == 1', false],
    ['body.nothing == 1 || matter.state == "discovery"', true],
    ['body["s"]', 'x'],
    ['body.items.exists(item, item.a == 2)', true],
    ['body.items.filter(item, item.a > 1)[0].name', 'two'],
    ['body.items.map(item, item.name).join("+")', 'one+two'],
    ['lower(trim("  ÄB "))', 'äb'],
    ['sha256("abc").startsWith("ba7816bf")', true],
    ['happened("document.filed", "P1D")', true],
    ['happened("document.filed", "P2D")', false],
    ['{"__proto__": 1, "a": 2}', { a: 2 }],
  ])('reads what may be absent: %s', (source, expected) => {
    expect(value(source)).toEqual(expected)
  })

  it('knows times', () => {
    expect(value('body.at < timestamp("2026-06-01T00:00:00Z")')).toBe(true)
    expect(value('body.wait > duration("1h")')).toBe(true)
    expect(value('body.day > "2026-10-01"')).toBe(true)
    expect(value('string(body.at)')).toBe('2026-01-02T03:04:05.678Z')
    expect(String(value('body.at + body.wait'))).toBe('2026-01-02T04:34:05.678Z')
    expect(String(value('timestamp(body.n)'))).toBe('1970-01-01T00:00:05Z')
    expect(String(value('body.at - timestamp("2026-01-02T03:04:00Z")'))).toBe('PT5.678S')
  })

  it.each([
    ['body.nothing.more', 'body.nothing is not there'],
    ['matter.status == "x"', 'matter.status is not there'],
    ['body.list[9]', 'body.list[9] is not there'],
    ['body["nothing"]', 'body["nothing"] is not there'],
    ['body.constructor', 'body.constructor is not there'],
    ['body.__proto__', 'body.__proto__ is not there'],
    ['body.s + body.n', 'there is no way to compute string + double'],
    ['1 / 0', 'division by zero'],
    ['matter.state.at(2)', "found no matching overload for 'string.at(int)'"],
  ])('says what is wrong with the values: %s', (source, message) => {
    expect(failure(source)).toBe(message)
  })

  it('tells a missing field from other failures', () => {
    expect(compiled('body.a.b').evaluate({ body: { a: {} }, matter: {} })).toMatchObject({
      missing: 'body.a.b',
    })
    expect(compiled('body.a').evaluate({ matter: {} })).toMatchObject({ missing: 'body' })
    expect(compiled('body.s + 1').evaluate(values)).not.toHaveProperty('missing')
  })

  it.each([
    ['', { message: 'is empty' }],
    ['body.n ==', { message: 'Unexpected token: EOF', offset: 9, line: 1, column: 10 }],
    ['true &&\n  nobody', { message: 'Unknown variable: nobody', offset: 10, line: 2, column: 3 }],
    ['process.env', { message: 'Unknown variable: process', offset: 0, line: 1, column: 1 }],
    [
      'body.s.matches("(a+)+$")',
      {
        message: 'matches() is not available: use contains, startsWith, endsWith or ==',
        offset: 0,
        line: 1,
        column: 1,
      },
    ],
    [
      '[1].map(x, body.s.matches("a"))',
      {
        message: 'matches() is not available: use contains, startsWith, endsWith or ==',
        offset: 11,
        line: 1,
        column: 12,
      },
    ],
    ['x'.repeat(4_001), { message: 'is longer than 4000 characters' }],
  ])('says what is wrong with the source: %j', (source, expected) => {
    expect(refusal(source)).toEqual(expected)
  })

  it('is held to what is wanted of it', () => {
    expect(refusal('"yes"', 'bool')).toEqual({ message: 'gives string, but true or false is wanted here' })
    expect(compiled('body.s', 'bool').evaluate(values)).toEqual({
      ok: false,
      message: 'gives a string, but true or false is wanted here',
    })
    expect(compiled('body.nil', 'string').evaluate(values)).toMatchObject({
      message: 'gives null, but text is wanted here',
    })
    expect(value('body.n + 1', 'number')).toBe(6)
  })

  it('may use variables with a type', () => {
    const verdict = compileExpression('count + "x"', { variables: { count: 'int' } })
    expect(verdict).toMatchObject({ ok: false, message: 'there is no way to compute int + string' })
  })

  it('never sees what it was not given', () => {
    expect(refusal('history')).toMatchObject({ message: 'Unknown variable: history' })
    expect(compiled('body').evaluate({ body: new (class Secret {})(), matter: 1 })).toMatchObject({
      ok: false,
    })
    expect(compiled('body').evaluate({ body: { deep: () => 1 }, matter: 1 })).toMatchObject({
      message: "body holds a function, which expressions can't read",
    })
  })

  it('is compiled once', () => {
    const again = () => compileExpression('body.n == 5', { variables, functions })
    expect(again()).toBe(again())
    expect(compileExpression('body.n == 5', { variables, functions: { ...functions } })).not.toBe(again())
  })
})

describe('what an expression reads', () => {
  it.each([
    ['body.data.status == "x" && matter.state in ["a"]', ['body.data.status', 'matter.state']],
    ['has(body.data.status)', ['body.data.status']],
    ['body.?data.?status.orValue("x")', ['body.data.status']],
    ['body["data"]["status"]', ['body.data.status']],
    ['body.items.exists(item, item.a == matter.n)', ['body.items', 'matter.n']],
    ['body.items.map(item, item.parts.exists(part, part.id == 1))', ['body.items']],
    ['body.items[0].name', ['body.items']],
    ['body.items[matter.index]', ['body.items', 'matter.index']],
    ['happened("x", "P1D") ? body : matter.x', ['body', 'happened()', 'matter.x']],
    ['cel.bind(b, body.long.path, b.end == 1)', ['body.long.path']],
    ['lower(body.s).startsWith("x")', ['body.s']],
    ['size(body.list) > 1 ? [body.a] : [matter.b]', ['body.a', 'body.list', 'matter.b']],
    ['1 + 1', []],
  ])('%s', (source, reads) => {
    expect(compiled(source).reads).toEqual(reads)
  })

  it('can be kept beside a decision', () => {
    const { reads } = compiled('body.n == 5 && matter.state == "x" && has(body.nothing)')
    expect(valuesRead(reads, values)).toEqual({ 'body.n': 5, 'matter.state': 'discovery' })
  })
})

describe('an evaluation', () => {
  const long = {
    body: { list: Array.from({ length: 10_000 }, (_, at) => at), s: 'a'.repeat(100_000) },
    matter: {},
  }
  const tooMuch = 'takes too many steps: the lists it loops over are too long'

  it('goes through a long list', () => {
    expect(compiled('body.list.filter(x, x > 5 && x % 2 == 0).size()').evaluate(long)).toEqual({
      ok: true,
      value: 4_997,
    })
  })

  it.each([
    'body.list.all(x, body.list.all(y, body.list.all(z, z >= 0)))',
    'body.list.exists(x, body.list.exists(y, false)) || true',
    'body.list.all(x, x in body.list)',
    'body.list.map(x, body.list + body.list).size()',
    'body.list.map(x, body.s + body.s).size()',
    'body.list.all(x, body.list == body.list.map(y, y))',
    'body.list.map(x, body.s.split("")).size()',
    `cel.bind(a, body.s, ${'cel.bind(b, a + a, cel.bind(a, b + b, '.repeat(6)}size(a)${')'.repeat(13)}`,
  ])('ends soon, whatever the expression: %s', (source) => {
    expect(compiled(source).evaluate(long)).toEqual({ ok: false, message: tooMuch })
  })

  it('starts with a full budget each time', () => {
    compiled('body.list.all(x, x in body.list)').evaluate(long)
    expect(compiled('body.list.all(x, x >= 0)').evaluate(long)).toEqual({ ok: true, value: true })
  })

  it('changes neither the values nor the outcome, prepared or not', () => {
    const before = structuredClone({ ...values.body, at: 0, day: 0, wait: 0 })
    const expression = compiled('body.items.map(item, item.a)')
    expect(expression.evaluate(prepareValues(values))).toEqual(expression.evaluate(values))
    expect({ ...values.body, at: 0, day: 0, wait: 0 }).toEqual(before)
    expect(values.body.at).toBeInstanceOf(Temporal.Instant)
  })

  it('takes any JSON, and gives it back as it was', () => {
    const whole = compileExpression('body', { variables })
    if (!whole.ok) throw new Error(whole.message)
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }), (body) => {
        const clean = JSON.parse(JSON.stringify(body), (key, item) =>
          key === '__proto__' ? undefined : item,
        )
        const verdict = whole.expression.evaluate({ body: clean, matter: {} })
        expect(verdict).toEqual({ ok: true, value: clean })
      }),
    )
  })

  it('never throws, whatever the source', () => {
    const parts = [
      'body',
      '.n',
      '.list',
      '[0]',
      ' + ',
      ' == ',
      '1',
      '"x"',
      '(',
      ')',
      'size',
      '.map(x, x)',
      ' && ',
      '!',
      'has(body.n)',
      '?',
      ':',
      '{',
      '}',
      'null',
      '.?a',
      'timestamp(',
      'duration("1h")',
      'int(',
      ',',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), (list) => {
        const verdict = compileExpression(list.join(''), { variables, functions })
        if (verdict.ok) verdict.expression.evaluate(values)
      }),
      { numRuns: 3_000 },
    )
  })
})
